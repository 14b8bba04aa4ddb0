"""Findings against an editor's marks: the counting, the command, and the floors for the articles of this repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import VAGUE, Run

from attrlint import engine, evaluate
from attrlint.errors import ReadError, UsageError
from attrlint.finding import Finding, Related, Report, Severity

ARTICLES = Path(__file__).parent / "articles" / "labelled.jsonl"


def finding(start: int, end: int, family: str = "identity", confidence: str = "high", *again: Related) -> Finding:
    return Finding("a-rule", family, Severity.WARNING, "", start, end, confidence, again)


def judged(findings: list[Finding], *marks: tuple[int, int, str, str]) -> evaluate.Evaluation:
    article = evaluate.Labelled("a1", "x" * 400, tuple(evaluate.Mark(*mark) for mark in marks))
    return evaluate.evaluate([article], lambda document: Report(document, tuple(findings)), engine.load().rules)


def test_a_finding_that_meets_a_flag_is_right() -> None:
    found = judged([finding(8, 12)], (10, 20, "FLAG", "media"))
    assert (found.precision, found.recall) == (("precision", 1, 1), ("recall", 1, 1))
    assert found.kinds == (("media", 1, 1),)
    assert found.f1 == 1.0


def test_places_that_only_touch_do_not_meet() -> None:
    found = judged([finding(5, 10)], (10, 20, "FLAG", "media"))
    assert (found.precision.part, found.recall.part, found.f1) == (0, 0, 0.0)
    assert [one.what for one in found.wrong] == ["a-rule"]
    assert [one.what for one in found.missed] == ["media"]


def test_a_debatable_place_counts_neither_way() -> None:
    found = judged([finding(8, 12)], (10, 20, "DEBATABLE", "media"))
    assert (found.neutral, found.precision.whole, found.recall.whole) == (1, 0, 0)
    assert (found.precision.ratio, found.recall.ratio, found.f1) == (None, None, None)


def test_a_flag_outweighs_a_debatable_place() -> None:
    assert judged([finding(0, 30)], (0, 5, "DEBATABLE", "media"), (20, 25, "FLAG", "media")).precision.part == 1


def test_a_long_finding_is_left_out_and_its_related_places_are_not() -> None:
    again = Related(300, 310, "speaks again here")
    found = judged([finding(0, 161, "identity", "high", again)], (0, 5, "FLAG", "media"), (305, 306, "FLAG", "media"))
    assert (found.precision.whole, found.recall.part) == (0, 1)
    assert judged([finding(0, 160)], (0, 5, "FLAG", "media")).recall.part == 1


def test_other_families_do_not_count() -> None:
    assert judged([finding(0, 5, "quotation")], (0, 5, "FLAG", "media")).recall.part == 0


def test_confidence_is_counted_level_by_level() -> None:
    found = judged([finding(0, 5), finding(50, 55, "identity", "low")], (0, 5, "FLAG", "media"))
    assert found.confidences == (("high", 1, 1), ("medium", 0, 0), ("low", 0, 1))


def test_a_family_without_rules_is_an_error() -> None:
    with pytest.raises(UsageError, match="identitty"):
        evaluate.evaluate([], engine.load().lint, engine.load().rules, ["identitty"])


def test_a_third_is_held_back_for_good() -> None:
    names = [f"article-{number}" for number in range(3000)]
    held = {name for name in names if evaluate.is_held_back(name)}
    assert 900 < len(held) < 1100
    assert [evaluate.is_held_back(name) for name in ("a1", "a2", "a3", "a4")] == [False, False, False, True]
    articles = [evaluate.Labelled(name, "", ()) for name in names]
    assert {article.id for article in evaluate.chosen(articles, "only")} == held
    assert {article.id for article in evaluate.chosen(articles, "without")} == set(names) - held
    assert evaluate.chosen(articles) == articles


GOOD = {"id": "a1", "text": VAGUE, "marks": [[27, 40, "FLAG", "collective"]]}


def changed(**keys: Any) -> str:
    return json.dumps({**GOOD, **keys})


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON (Expecting property name enclosed in double quotes in column 2): write one article a line"),
        ("[" * 100_000, "not JSON ("),
        ("[]", "not a JSON object"),
        ('{"id": "a1", "marks": []}', "“text” is missing: write an article as in {"),
        (changed(id=3), "“id” must be a string"),
        (changed(marks={}), "“marks” must be a list"),
        (changed(marks=[[1, 2, "FLAG"]]), "mark 1 of “a1”: not a list of four; write [start, end,"),
        (changed(marks=[GOOD["marks"][0], "x"]), "mark 2 of “a1”: not a list of four"),
        (changed(marks=[[True, 2, "FLAG", "media"]]), "start and end must be whole numbers"),
        (changed(marks=[[1.0, 2, "FLAG", "media"]]), "start and end must be whole numbers"),
        (changed(marks=[[5, 5, "FLAG", "media"]]), "[5, 5] is no stretch of a text of 42 code points; count from 0"),
        (changed(marks=[[0, 43, "FLAG", "media"]]), "[0, 43] is no stretch"),
        (changed(marks=[[0, 4, "flag", "media"]]), 'the verdict must be FLAG or DEBATABLE, not "flag"'),
        (changed(marks=[[0, 4, ["FLAG"], "media"]]), 'the verdict must be FLAG or DEBATABLE, not ["FLAG"]'),
        (changed(marks=[[0, 4, "FLAG", None]]), "the kind must be a string"),
    ],
)
def test_a_malformed_line_is_an_error_with_file_line_and_remedy(
    run: Run, tmp_path: Path, line: str, message: str
) -> None:
    (tmp_path / "labelled.jsonl").write_text(f"{json.dumps(GOOD)}\n\n{line}\n", encoding="utf-8")
    ran = run("evaluate", "labelled.jsonl")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"error: labelled.jsonl:3: {message}") or f": {message}" in ran.err
    assert ran.err.startswith("error: labelled.jsonl:3: ")
    assert ran.err.count("\n") == 1


def test_a_file_without_articles_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n \n", encoding="utf-8")
    with pytest.raises(ReadError, match="no labelled articles"):
        evaluate.read(str(tmp_path / "empty.jsonl"))


def test_other_line_separators_may_stand_inside_a_text(tmp_path: Path) -> None:
    text = "One\u2028two\u0085three"
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"id": "a", "text": text, "marks": []}, ensure_ascii=False) + "\r\n", encoding="utf-8"
    )
    (article,) = evaluate.read(str(tmp_path / "a.jsonl"))
    assert (article.text, article.line) == (text, 1)


@pytest.fixture
def labelled(tmp_path: Path, run: Run) -> str:
    """A file with one flag that is found, one that is missed and one finding that is wrong, in two articles."""
    wrong = {"id": "a4", "text": f"😀 Ana Pell said so.\n\n{VAGUE}", "marks": [[2, 10, "FLAG", "individual"]]}
    (tmp_path / "labelled.jsonl").write_text(f"{json.dumps(GOOD)}\n{json.dumps(wrong)}\n", encoding="utf-8")
    return "labelled.jsonl"


def test_the_tables(run: Run, labelled: str) -> None:
    ran = run("evaluate", labelled, "--show", "wrong")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "2 articles, 2 flags, 2 findings\n"
        "\n"
        "precision   0.500  1 of 2\n"
        "recall      0.500  1 of 2\n"
        "F1          0.500\n"
        "\n"
        "recall by kind of mark\n"
        "  collective  1.000  1 of 1\n"
        "  individual  0.000  0 of 1\n"
        "\n"
        "share right by confidence\n"
        "  high        0.500  1 of 2\n"
        "  medium          -  0 of 0\n"
        "  low             -  0 of 0\n"
        "\n"
        "wrong:\n"
        "  a4 vague-collective (high): 😀 Ana Pell said so. The offensive has stalled, [[analysts note]].\n"
    )
    assert run("evaluate", labelled, "--show", "missed").out.endswith(
        "missed:\n  a4 individual: 😀 [[Ana Pell]] said so. The offensive has stalled, analysts note.\n"
    )


def test_the_json(run: Run, labelled: str) -> None:
    found = json.loads(run("evaluate", labelled, "--format", "json", "--show", "missed").out)
    assert (found["version"], found["articles"], found["f1"]) == (1, 2, 0.5)
    assert found["precision"] == {"part": 1, "whole": 2, "ratio": 0.5}
    assert found["confidence"]["low"] == {"part": 0, "whole": 0, "ratio": None}
    (missed,) = found["missed"]
    assert (missed["id"], missed["what"], missed["start"], missed["end"]) == ("a4", "individual", 2, 10)
    assert "wrong" not in found


def test_the_choices_of_the_command(run: Run, labelled: str) -> None:
    assert run("evaluate", labelled, "--holdout", "only").out.startswith("1 article, 1 flag, 1 finding\n")
    assert run("evaluate", labelled, "--holdout", "without").out.startswith("1 article, 1 flag, 1 finding\n")
    assert run("evaluate", labelled, labelled).out.startswith("4 articles, 4 flags, 4 findings\n")
    assert run("evaluate", labelled, "--family", "hearsay").out.startswith("2 articles, 2 flags, 0 findings\n")
    assert run("evaluate", labelled, "--family", "hearsy").err.startswith("error: no rule of a family “hearsy” is on")
    assert run("evaluate", "nowhere.jsonl") == (2, "", "error: nowhere.jsonl: no such file or folder\n")


def test_the_configuration_of_the_file_holds(run: Run, labelled: str, tmp_path: Path) -> None:
    (tmp_path / "attrlint.toml").write_text('ignore = ["vague-collective"]\n', encoding="utf-8")
    assert run("evaluate", labelled).out.startswith("2 articles, 2 flags, 0 findings\n")
    (tmp_path / "all.toml").write_text("", encoding="utf-8")
    assert run("evaluate", labelled, "--config", "all.toml").out.startswith("2 articles, 2 flags, 2 findings\n")
    (tmp_path / "attrlint.toml").write_text('ignore = ["vague-colective"]\n', encoding="utf-8")
    ran = run("evaluate", labelled)
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert ran.err.startswith("error: attrlint.toml:1: no rule or family is called “vague-colective”")


# What is measured, rounded down: a change that loses something fails here. See the README beside them.
# The shares of right findings by confidence are what is promised of each.
PRECISION, RECALL, F1 = 0.92, 0.62, 0.74
CONFIDENCE = {"high": 0.97, "medium": 0.85, "low": 0.70}


def test_the_articles_of_this_repository_are_read_no_worse_than_before() -> None:
    found = evaluate.evaluate(evaluate.read(str(ARTICLES)), engine.load().lint, engine.load().rules)
    assert (found.articles, found.recall.whole) == (48, 208)
    assert (found.precision.ratio or 0) >= PRECISION
    assert (found.recall.ratio or 0) >= RECALL
    assert (found.f1 or 0) >= F1
    shares = {share.name: share.ratio or 0 for share in found.confidences}
    assert {name: ratio for name, ratio in shares.items() if ratio < CONFIDENCE[name]} == {}
