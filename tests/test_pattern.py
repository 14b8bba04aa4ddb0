"""The language of patterns: what it compiles to, and what it refuses."""

from __future__ import annotations

import pytest

from attrlint.grammar import MOST_TIMES, Compiler, Grammar
from attrlint.lexicon import Labels
from attrlint.pattern import Parts, Pattern, PatternData, PatternError, Patterns, Scan, Side

KINDS = {"a": "1", "b": "2", "c": "3", "paragraph": "9"}
LABELS: dict[str, Labels] = {tag: frozenset({label}) for label, tag in KINDS.items()}


def characters(text: str) -> str:
    return "".join(tag for label, tag in KINDS.items() if text in (label, ".") or text == f"[!{label}]")


def chain(text: str, mirrored: bool = False) -> tuple[tuple[Side, ...], str | None]:
    """Compile the pieces of a side, written with / between them from the anchor outwards."""
    grammar, compiler = Grammar({}, {"twice": "a{2}"}), Compiler(characters, 0, mirrored)
    nodes = [grammar.read(piece) for piece in text.split("/") if piece]
    return tuple(Side(*compiler.side(node)) for node in nodes), compiler.first(nodes)


def pattern(before: str = "", after: str = "", name: str = "p", head: str = "") -> Pattern:
    (left, first_left), (right, first_right) = chain(before, mirrored=True), chain(after)
    data = PatternData(name, "cue", head, (), (), (first_left, first_right))
    return Pattern(data, left, right, Grammar({}, {}).test(head) if head else None)


def scan(patterns: Patterns, tags: str, labels: list[Labels]) -> list[tuple[int, str, Parts]]:
    found = Scan(patterns, tags, tags[::-1], labels)
    return [(at, each.name, parts) for at in found.anchors for each, parts in found.fits(at)]


def fits(tags: str, anchor: str, before: str = "", after: str = "") -> list[tuple[int, Parts]]:
    """Where a pattern fits, written with the digits of KINDS as tags."""
    tag = KINDS[anchor]
    patterns = Patterns((pattern(before, after),), {LABELS[tag]: 1})
    return [(at, parts) for at, _, parts in scan(patterns, tags, [LABELS[tag] for tag in tags])]


def places(tags: str, anchor: str, before: str = "", after: str = "") -> list[int]:
    return [at for at, _ in fits(tags, anchor, before, after)]


@pytest.mark.parametrize(
    ("tags", "before", "after", "expected"),
    [
        ("121", "", "", [0, 2]),
        ("121", "b", "", [2]),
        ("121", "", "b", [0]),
        ("3213", "c b", "", [2]),
        ("2313", "c b", "", []),
        ("123 13".replace(" ", ""), "", "b? c", [0, 3]),
        ("12221", "", "b{2}", [0]),
        ("1221", "", "b{3}", []),
        ("13 12".replace(" ", ""), "", "b | c", [0, 2]),
        ("12 13".replace(" ", ""), "", "not(b)", [2]),
        ("12 13".replace(" ", ""), "", "at(b)", [0]),
        ("1911", "edge", "", [0, 2]),
        ("1191", "", "edge", [1, 3]),
        ("2211", "", "twice", []),
        ("2111", "", "twice", [1]),
    ],
)
def test_what_stands_around_an_anchor(tags: str, before: str, after: str, expected: list[int]) -> None:
    assert places(tags, "a", before, after) == expected


def test_parts_are_ranges_in_reading_order() -> None:
    assert fits("32213", "a", "<source: c <head: b> b> ", "<cue: c>") == [
        (3, {"cue": (3, 5), "source": (0, 3), "head": (1, 2)})
    ]


def test_pieces_of_a_side_follow_one_another() -> None:
    assert fits("32213", "a", "b/<source: b>/c", "<cue: c>") == [(3, {"cue": (3, 5), "source": (1, 2)})]
    assert fits("32213", "a", "b/b/b", "") == []


def test_patterns_are_tried_in_order() -> None:
    patterns = Patterns((pattern(after="b?", name="first"), pattern(after="b?", name="second")), {LABELS["1"]: 0b11})
    found = scan(patterns, "12", [LABELS["1"], LABELS["2"]])
    assert [name for _, name, _ in found] == ["first", "second"]


def test_anchors_are_told_apart_by_label_where_they_share_a_tag() -> None:
    patterns = Patterns((pattern(),), {frozenset({"b"}): 1})
    assert [at for at, *_ in scan(patterns, "11", [frozenset({"a"}), frozenset({"b"})])] == [1]


def test_a_pattern_admits_heads_of_its_class() -> None:
    assert pattern(head="b").admits(frozenset({"b"}))
    assert not pattern(head="b").admits(frozenset({"c"}))
    assert pattern().admits(frozenset({"c"}))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a*", "unexpected “*”: say how often at most, as in {0,9}"),
        ("a+ b", "unexpected “+”: say how often at most"),
        ("a{0,}", "unexpected “{”"),
        ("a{2,1}", "the smaller first"),
        (f"a{{0,{MOST_TIMES + 1}}}", "up to 99"),
        ("(a", "“(” is never closed"),
        ("<source: a", "never closed"),
        ("a)", "unexpected “)”"),
        ("?", "unexpected “?”"),
        ("loop", "macro “loop” contains itself"),
        ("ring", "class “ring” contains itself"),
        ("[]", "a label is missing"),
        ("[a//b]", "a label is missing"),
        ("[!]", "a label is missing"),
        ("(" * 5_000 + "a" + ")" * 5_000, "nested too deeply"),
    ],
)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(PatternError) as caught:
        Grammar({"ring": "[ring a]"}, {"loop": "a loop"}).read(text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("anchor", "message"),
    [
        (".", "ask for a label"),
        ("[!a]", "ask for a label"),
        ("a b", "one class"),
        ("edge", "one class"),
        ("m", "one class"),
    ],
)
def test_an_anchor_is_one_narrow_class(anchor: str, message: str) -> None:
    with pytest.raises(PatternError) as caught:
        Grammar({}, {"m": "a"}).check_anchor(anchor)
    assert message in str(caught.value)


def test_an_unknown_label_gets_the_nearest_name() -> None:
    grammar = Grammar({"verb": "[speech]"}, {})
    grammar.read("speach")
    with pytest.raises(PatternError) as caught:
        grammar.check(frozenset({"speech"}))
    assert str(caught.value) == "unknown label “speach”; did you mean “speech”?"
