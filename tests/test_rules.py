"""Every rule of the built-in pack: one form, examples that hold, and no word list that nothing reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tomli

from attrlint import engine, examples, pack
from attrlint.rule import Rule

PACK = engine.built_in()
RULES = pack.load(PACK).rules
FAMILIES = {"identity", "hearsay", "anonymity", "quotation", "wording", "story", "waivers"}
FEWEST = 5


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_has_one_form(rule: Rule) -> None:
    """A rule is named after what it finds, says why and what instead, and brings enough examples."""
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.family in FAMILIES
    assert rule.status in ("stable", "preview")
    assert len(rule.bad) >= FEWEST
    assert len(rule.good) >= FEWEST
    for text in (rule.summary, rule.message, rule.why, rule.instead):
        assert text.strip()
        assert "you should" not in text.lower()
    assert all(example.because for example in rule.good)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_examples_do_not_repeat(rule: Rule) -> None:
    """No example text stands twice in a rule."""
    texts = [" ".join(example.text.split()) for example in (*rule.bad, *rule.good)]
    assert len(texts) == len(set(texts))


def test_every_example_holds() -> None:
    """Bad examples give exactly their marks, good ones nothing."""
    assert [str(failure) for failure in examples.run(str(PACK))] == []


def test_rule_names_are_unique() -> None:
    """No two rules share a name, and none has the name of a family."""
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert not FAMILIES & set(names)


def test_superseded_rules_exist() -> None:
    """A rule gives way only to rules there are."""
    names = {rule.name for rule in RULES}
    assert all(set(rule.supersedes) <= names for rule in RULES)


def test_every_word_list_is_read() -> None:
    """Each label of the word lists is used by a pattern, a rule, or the engine.

    Words that end in a point are read by the tokenizer, whatever their label.
    """
    paths = [*Path(engine.__file__).parent.glob("*.py"), *PACK.glob("*.toml"), *PACK.glob("*/*.toml")]
    readers = "\n".join(path.read_text(encoding="utf-8") for path in paths if path.parent.name != "lexicons")
    for path in sorted((PACK / "lexicons").glob("*.toml")):
        for label, table in tomli.loads(path.read_text(encoding="utf-8")).items():
            words = table.get("words", "").split()
            if words and all(word.endswith(".") for word in words):
                continue
            used = re.search(rf"(?<![\w-]){re.escape(label)}(?![\w-])", readers)
            assert used, f"{path.name}: nothing reads [{label}]"
