"""Rules as manual pages and tables, for the terminal and for the documentation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrlint.preset import Preset
from attrlint.report.width import pad, shorten, width, wrap
from attrlint.rule import Example, Rule


def markdown(rule: Rule, heading: str = "#") -> str:
    """Return the manual page of a rule in Markdown; `heading` is the mark of its first heading."""
    parts = [f"{heading} {rule.name}", f"*{_facts(rule)}*", rule.summary, _paragraphs(rule.why)]
    parts += [f"{heading}# Found", "\n".join(_bullets(rule.bad))]
    parts += [f"{heading}# Instead", f"> {_escaped(' '.join(rule.instead.split()))}"]
    parts += [f"{heading}# Not found", "\n".join(_bullets(rule.good))]
    if rule.options:
        parts += [f"{heading}# Options", "\n".join(f"- `{option}`" for option in _options(rule))]
    return "\n\n".join(parts) + "\n"


def text(rule: Rule, room: int) -> str:
    """Return the manual page of a rule for a terminal of `room` cells; marked words stand in brackets."""
    parts = [f"{rule.name}\n{_facts(rule)}", _wrapped(rule.summary, room)]
    parts += [_wrapped(paragraph, room) for paragraph in _paragraphs(rule.why).split("\n\n")]
    parts += ["Found:\n" + "\n".join(_wrapped(_marked(example, "[", "]"), room, "  ") for example in rule.bad)]
    parts += ["Instead:\n" + _wrapped(rule.instead, room, "  ")]
    parts += ["Not found:\n" + "\n".join(_wrapped(_reasoned(example), room, "  ") for example in rule.good)]
    if rule.options:
        parts += [f"Options, set in [options.{rule.name}]:\n" + "\n".join(f"  {each}" for each in _options(rule))]
    parts.append(rule.help)
    return "\n\n".join(parts) + "\n"


def rule_table(rules: Sequence[Rule]) -> str:
    """Return all rules as one Markdown table, in the order of their families."""
    rows = [f"| {rule.family} | `{rule.name}` | {_level(rule)} | {_cell(rule.summary)} |" for rule in rules]
    return "\n".join(["| family | rule | level | finds |", "|---|---|---|---|", *rows]) + "\n"


def listing(rules: Sequence[Rule], room: int) -> str:
    """Return all rules as a table for a terminal of `room` cells, a heading for each family."""
    names = max((width(rule.name) for rule in rules), default=0)
    lines: list[str] = []
    family = ""
    for rule in rules:
        if rule.family != family:
            family = rule.family
            lines += ["", family] if lines else [family]
        lead = f"  {pad(rule.name, names)}  {_level(rule):13}  "
        lines.append(lead + shorten(rule.summary, max(20, room - width(lead))))
    return "\n".join(lines) + "\n"


def reasons(preset: Preset, room: int) -> str:
    """Return why a preset is as it is, line by line, for a terminal of `room` cells."""
    parts = [f"{preset.name}\n{_wrapped(preset.about, room, '  ')}"]
    parts += [f"{line.level}: {', '.join(line.rules)}\n{_wrapped(line.why, room, '  ')}" for line in preset.lines]
    if preset.quoted:
        parts.append(f"inside quotations, as notes\n{_wrapped(preset.quoted_why, room, '  ')}")
    return "\n\n".join(parts) + "\n"


def _facts(rule: Rule) -> str:
    """Return family, severity, state and age of a rule on one line."""
    state = "on by default" if rule.default else "off by default"
    preview = ", in preview" if rule.status == "preview" else ""
    return f"{rule.family}, {rule.severity.word}, {state}, since {rule.since}{preview}"


def _level(rule: Rule) -> str:
    return rule.severity.word if rule.default else f"{rule.severity.word} (off)"


def _options(rule: Rule) -> Iterator[str]:
    """Yield the options of a rule with their values, as they are written in a configuration."""
    from json import dumps

    for option, value in rule.options.items():
        yield f"{option} = {dumps(value, ensure_ascii=False)}"


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")


def _bullets(examples: Sequence[Example]) -> Iterator[str]:
    for example in examples:
        plain = example._replace(text=_escaped(example.text), marks=tuple(map(_escaped, example.marks)))
        yield f"- {_marked(plain, '**', '**')}" if plain.marks else f"- {_reasoned(plain)}"


def _escaped(words: str) -> str:
    """Return the words of an article so that Markdown shows the tags and comments in them."""
    return words.replace("&", "&amp;").replace("<", "&lt;")


def _reasoned(example: Example) -> str:
    return f"{' '.join(example.text.split())} ({example.because})"


def _marked(example: Example, before: str, after: str) -> str:
    """Return the text of a bad example with its marks between two signs; marks come in the order of the text."""
    done, rest = "", example.text
    for mark in example.marks:
        head, found, rest = rest.partition(mark)
        done += f"{head}{before}{found}{after}"
    return " ".join((done + rest).split())


def _paragraphs(words: str) -> str:
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in words.strip().split("\n\n"))


def _wrapped(words: str, room: int, indent: str = "") -> str:
    return "\n".join(indent + line for line in wrap(words, room - len(indent)))
