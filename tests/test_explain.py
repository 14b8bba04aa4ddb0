"""Rules as manual pages and tables."""

from __future__ import annotations

from attrlint import explain
from attrlint.finding import Severity
from attrlint.rule import Rule
from attrlint.strict import Table

EXAMPLES = {
    "bad": [{"text": "Experts see it, and\nanalysts note it.", "marks": ["Experts see", "analysts note"]}],
    "good": [{"text": "Jane Doe, an analyst, noted it.", "because": "she is named"}],
}


def rule(name: str, family: str = "identity", default: bool = True, status: str = "stable") -> Rule:
    facts = {
        "name": name,
        "family": family,
        "summary": "A claim rests on | nobody.",
        "severity": Severity.WARNING,
        "status": status,
        "since": "0.1",
        "message": "Who?",
        "default": default,
        "supersedes": (),
        "why": "One newsroom asks\nfor names.\n\nAnother does too.\n",
        "instead": "Jane Doe of the Example Institute noted it.",
        "examples": Table(EXAMPLES, "pack.toml", ""),
    }
    return Rule(**{**dict.fromkeys(Rule._fields, None), **facts})  # type: ignore[arg-type]


def test_a_page_for_the_terminal() -> None:
    assert explain.text(rule("vague-collective"), 40).splitlines() == [
        "vague-collective",
        "identity, warning, on by default, since 0.1",
        "",
        "A claim rests on | nobody.",
        "",
        "One newsroom asks for names.",
        "",
        "Another does too.",
        "",
        "Found:",
        "  [Experts see] it, and [analysts note]",
        "  it.",
        "",
        "Instead:",
        "  Jane Doe of the Example Institute",
        "  noted it.",
        "",
        "Not found:",
        "  Jane Doe, an analyst, noted it. (she",
        "  is named)",
        "",
        "https://attrlint.readthedocs.io/rules/vague-collective",
    ]


def test_a_page_in_markdown() -> None:
    page = explain.markdown(rule("vague-collective", default=False, status="preview"), "##")
    assert page.splitlines() == [
        "## vague-collective",
        "",
        "*identity, warning, off by default, since 0.1, in preview*",
        "",
        "A claim rests on | nobody.",
        "",
        "One newsroom asks for names.",
        "",
        "Another does too.",
        "",
        "### Found",
        "",
        "- **Experts see** it, and **analysts note** it.",
        "",
        "### Instead",
        "",
        "> Jane Doe of the Example Institute noted it.",
        "",
        "### Not found",
        "",
        "- Jane Doe, an analyst, noted it. (she is named)",
    ]


def test_tags_show_in_markdown() -> None:
    marked = {"text": "<p>R&D fell,\n<b>experts</b> say.</p>", "marks": ["<b>experts</b> say"]}
    examples = Table({"bad": [marked], "good": []}, "pack.toml", "")
    page = explain.markdown(rule("vague-collective")._replace(examples=examples, instead="<p>Jane Doe says.</p>"))
    assert "- &lt;p>R&amp;D fell, **&lt;b>experts&lt;/b> say**.&lt;/p>" in page
    assert "> &lt;p>Jane Doe says.&lt;/p>" in page


def test_the_table_of_the_documentation() -> None:
    assert explain.rule_table([rule("a"), rule("b", "hearsay", default=False)]) == (
        "| family | rule | level | finds |\n"
        "|---|---|---|---|\n"
        "| identity | `a` | warning | A claim rests on \\| nobody. |\n"
        "| hearsay | `b` | warning (off) | A claim rests on \\| nobody. |\n"
    )


def test_the_list_for_the_terminal() -> None:
    rules = [rule("a"), rule("longer"), rule("b", "hearsay", default=False)]
    assert explain.listing(rules, 46).splitlines() == [
        "identity",
        "  a       warning        A claim rests on | n…",
        "  longer  warning        A claim rests on | n…",
        "",
        "hearsay",
        "  b       warning (off)  A claim rests on | n…",
    ]
