"""Findings as text: exact words under the carets, whatever stands before them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attrlint.finding import Finding, Related, Report, Severity, Waiver
from attrlint.report import Style, Tally, text
from attrlint.report.width import cells, shorten, shown, width, wrap
from attrlint.text import Document

PLAIN = Style(width=60)


def finding(start: int, end: int, message: str = "Who?", *related: Related, waived: bool = False) -> Finding:
    return Finding(
        "vague-collective",
        "identity",
        Severity.WARNING,
        message,
        start,
        end,
        "high",
        related,
        "f1",
        Waiver("agreed") if waived else None,
    )


def rendered(article: str, words: str, style: Style = PLAIN) -> list[str]:
    start = article.index(words)
    report = Report(Document(article, "a.txt"), (finding(start, start + len(words)),))
    return text.render(report, style).splitlines()


def under_carets(line: str, carets: str) -> str:
    """The text that stands in the cells over the carets."""
    found = re.search(r"\^+", carets)
    assert found
    at, over = 0, ""
    for char, cell in zip(line, cells(line), strict=True):
        if found.start() <= at < found.end():
            over += char
        at += cell
    return over


def test_a_finding_shows_line_carets_and_message() -> None:
    assert rendered("Quiet.\nIt stalled, analysts note.\n", "analysts note") == [
        "a.txt:2:13: warning vague-collective",
        "2 | It stalled, analysts note.",
        "  |             ^^^^^^^^^^^^^",
        "  = Who?",
        "  = https://attrlint.readthedocs.io/rules/vague-collective",
        "",
    ]


def test_messages_are_wrapped_and_related_places_follow() -> None:
    article = "Jane Doe spoke.\nThen it stalled, analysts note.\n"
    related = Related(0, 8, "one of them is named here")
    message = "“analysts note” does not say who. Name one of them and where they work."
    report = Report(Document(article, "a.txt"), (finding(33, 46, message, related),))
    assert text.render(report, PLAIN).splitlines()[3:] == [
        "  = “analysts note” does not say who. Name one of them and",
        "    where they work.",
        "  = note: one of them is named here: 1:1 “Jane Doe”",
        "  = https://attrlint.readthedocs.io/rules/vague-collective",
        "",
    ]


@pytest.mark.parametrize(
    "before",
    [
        "",
        "plain ",
        "\ttab ",
        "日本 ",
        "e\u0301e\u0301 ",
        "😀 ",
        "👩\u200d👩\u200d👧 ",
        "👍🏽 ",
        "❤\ufe0f ",
        "a\t\ufe0f ",
        "🇫🇮 ",
        "\x1b[31m",
        "각 ",
    ],
)
@pytest.mark.parametrize("words", ["analysts note", "分析 note", "ана😀литики"])
def test_carets_stand_under_the_words(before: str, words: str) -> None:
    _, line, carets, *_ = rendered(f"{before}{words} after", words)
    assert under_carets(line, carets) == words


@pytest.mark.parametrize("before", [0, 3, 40, 200])
@pytest.mark.parametrize("after", [0, 3, 40, 200])
def test_a_long_line_is_cut_around_the_words(before: int, after: int) -> None:
    article = "left " * before + "analysts note" + " right" * after
    _, line, carets, *_ = rendered(article, "analysts note")
    assert width(line) <= PLAIN.width
    assert under_carets(line, carets) == "analysts note"
    assert line.startswith("1 | …") == (before > 3 and len(article) > 56)
    assert line.endswith("…") == (after > 3 and len(article) > 56)
    assert set(line[4:].strip("…").split()) <= {"left", "analysts", "note", "right"}


def test_words_longer_than_the_line_are_cut_too() -> None:
    words = "so many words " * 20
    _, line, carets, *_ = rendered(f"Here are {words}and more.", words.strip())
    assert width(line) <= PLAIN.width
    assert line.startswith("1 | …so many")
    assert line.endswith("…")
    assert carets.count("^") == width(line) - len("1 | ……")


def test_a_line_of_ten_megabytes_is_no_trouble() -> None:
    article = "word " * 1_000_000 + "analysts note" + " word" * 1_000_000
    _, line, carets, *_ = rendered(article, "analysts note")
    assert under_carets(line, carets) == "analysts note"


@given(st.text(alphabet=st.sampled_from("ab \t日e\u0301😀\u200d\x1b🏽\ufe0f"), max_size=90), st.data())
def test_no_line_is_wider_than_the_terminal(article: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(article)))
    end = data.draw(st.integers(start, len(article)))
    report = Report(Document(article, "a.txt"), (finding(start, end),))
    _, line, carets, *_ = text.render(report, Style(width=40)).splitlines()
    assert width(line) <= 40
    assert width(carets) <= 41
    assert "^" in carets


def test_words_over_a_line_end_are_marked_on_both_lines() -> None:
    assert rendered("It stalled, analysts\r\n   note.\n", "analysts\r\n   note")[1:5] == [
        "1 | It stalled, analysts",
        "  |             ^^^^^^^^",
        "2 |    note.",
        "  |    ^^^^",
    ]


def test_of_many_lines_the_first_and_last_are_shown() -> None:
    article = "\n".join(f"line {number}" for number in range(1, 13))
    assert rendered(article, article[2:])[:6] == [
        "a.txt:1:3: warning vague-collective",
        " 1 | line 1",
        "   |   ^^^^",
        "...",
        "12 | line 12",
        "   | ^^^^^^^",
    ]


def test_a_finding_without_words_has_one_caret() -> None:
    report = Report(Document("abc", "a.txt"), (finding(3, 3),))
    assert text.render(report, PLAIN).splitlines()[1:3] == ["1 | abc", "  |    ^"]


def test_colour_only_paints() -> None:
    painted = rendered("It stalled, analysts note.", "analysts note", Style(color=True, width=60))
    assert "\x1b[1;33m^^^^^^^^^^^^^\x1b[0m" in painted[2]
    plain = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in painted]
    assert plain == rendered("It stalled, analysts note.", "analysts note")


def test_nothing_from_an_article_reaches_the_terminal_as_a_command() -> None:
    article = "\x1b]0;title\x07 \u202eanalysts note\u2066 \x9b31m"
    report = Report(Document(article, "\x1b[2Ja.txt"), (finding(0, len(article), article),))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2066]", text.render(report, PLAIN))


def test_waived_findings_are_left_out() -> None:
    report = Report(Document("abc", "a.txt"), (finding(0, 3, waived=True),))
    assert text.render(report, PLAIN) == ""


@pytest.mark.parametrize(
    ("tally", "line"),
    [
        (Tally(files=1), "no findings in 1 article"),
        (Tally(files=14), "no findings in 14 articles"),
        (Tally(files=1, flagged=1, warnings=1), "1 warning in 1 article"),
        (Tally(files=14, flagged=2, warnings=3, notes=1), "3 warnings, 1 note in 2 of 14 articles"),
        (Tally(files=1200, flagged=1100, errors=2000), "2,000 errors in 1,100 of 1,200 articles"),
        (Tally(files=3, unread=1, problems=1), "no findings in 2 articles; 1 could not be read"),
        (Tally(files=1, unread=1, problems=1), "no article could be read"),
    ],
)
def test_the_summary_counts(tally: Tally, line: str) -> None:
    assert text.summary(tally) == f"{line}\n"


@given(st.text(max_size=60), st.integers(5, 30))
def test_what_is_shortened_fits(words: str, room: int) -> None:
    assert width(shorten(words, room)) <= room


@given(st.lists(st.text(alphabet="ab日", min_size=1, max_size=6)), st.integers(12, 30))
def test_wrapping_keeps_every_word(words: list[str], room: int) -> None:
    lines = wrap(" ".join(words), room)
    assert " ".join(lines).split() == words
    assert all(width(line) <= room for line in lines)


@given(st.text())
def test_cells_count_what_is_shown(words: str) -> None:
    assert len(cells(words)) == len(words)
    assert "\x1b" not in shown(words)
