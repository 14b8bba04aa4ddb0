"""JSON: the wire format that the schema describes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import attrlint
from attrlint.article import Article, Attribution, Cue, Entity, Source
from attrlint.finding import Finding, Related, Remedy, Report, Severity
from attrlint.ledger import speakers
from attrlint.report import Tally, tally
from attrlint.report import json as wire
from attrlint.text import Document, Span

SCHEMA = json.loads((Path(attrlint.__file__).parent / "schema" / "attrlint-1.schema.json").read_text(encoding="utf-8"))
DOCUMENT = Document("😀 Jane Doe spoke.\nAnalysts\nnote it.", "a.txt")


def validated(kind: str, files: list[str], closing: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(wire.OPENING + wire.SEPARATOR.join(files) + closing)
    jsonschema.Draft202012Validator({**SCHEMA, "anyOf": [{"$ref": f"#/$defs/{kind}"}]}).validate(found)
    return found


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_everything_in_the_schema_is_described() -> None:
    for name, part in SCHEMA["$defs"].items():
        if part.get("type") == "object":
            assert set(part["required"]) == set(part["properties"]), name
            assert part["additionalProperties"] is False, name


def test_findings() -> None:
    related = (Related(2, 10, "one of them is named here"),)
    finding = Finding(
        "vague-collective", "identity", Severity.WARNING, "“Analysts” who?", 18, 31, "high", related, "f1"
    )
    finding = finding._replace(remedy=Remedy(18, 31, "TK [who] notes", "TK [who] notes it."))
    report = Report(DOCUMENT, (finding,))
    found = validated("check", [wire.report(report)], wire.summed_up(tally(report.findings, text=DOCUMENT.text)))
    assert found == {
        "version": 1,
        "files": [
            {
                "path": "a.txt",
                "findings": [
                    {
                        "rule": "vague-collective",
                        "family": "identity",
                        "severity": "warning",
                        "message": "“Analysts” who?",
                        "start": 18,
                        "end": 31,
                        "line": 2,
                        "column": 1,
                        "end_line": 3,
                        "end_column": 5,
                        "text": "Analysts\nnote",
                        "confidence": "high",
                        "related": [{"start": 2, "end": 10, "note": "one of them is named here"}],
                        "fingerprint": "f1",
                        "waived": False,
                        "help": "https://attrlint.readthedocs.io/rules/vague-collective",
                        "remedy": {"start": 18, "end": 31, "text": "TK [who] notes", "sentence": "TK [who] notes it."},
                    }
                ],
                "problems": [],
            }
        ],
        "summary": {
            "files": 1,
            "findings": 1,
            "errors": 0,
            "warnings": 1,
            "notes": 0,
            "problems": 0,
            "words": 7,
            "rules": {"vague-collective": 1},
        },
    }


def article() -> Article:
    named = Source(2, 10, "Jane Doe", "name", "singular", "definite", 0, body=False)
    return Article(
        DOCUMENT,
        (
            Attribution(named, Cue(11, 16, "spoke", "speech"), (), "source-cue", "high", quoted=False, mood="claim"),
            Attribution(None, None, (Span(18, 26),), "orphan", "low", quoted=False, mood="claim"),
        ),
        (Entity(0, "Jane Doe", "person", 2, 10, ("analyst",)),),
    )


def test_attributions() -> None:
    found = validated("parse", [wire.article(article())], wire.closed(Tally()))
    assert found["files"][0] == {
        "path": "a.txt",
        "attributions": [
            {
                "source": {"start": 2, "end": 10, "text": "Jane Doe", "form": "name", "entity": 0},
                "cue": {"start": 11, "end": 16, "text": "spoke", "kind": "speech"},
                "content": [],
                "via": None,
                "pattern": "source-cue",
                "confidence": "high",
            },
            {
                "source": None,
                "cue": None,
                "content": [{"start": 18, "end": 26}],
                "via": None,
                "pattern": "orphan",
                "confidence": "low",
            },
        ],
        "entities": [{"id": 0, "name": "Jane Doe", "kind": "person", "start": 2, "end": 10, "roles": ["analyst"]}],
        "problems": [],
    }


def test_ledgers() -> None:
    parsed = article()
    found = validated("sources", [wire.ledger(parsed.document, speakers(parsed))], wire.closed(Tally()))
    assert [row["source"] for row in found["files"][0]["sources"]] == ["", "Jane Doe"]
    for row, speaker in zip(found["files"][0]["sources"], speakers(parsed), strict=True):
        assert [place["start"] for place in row["places"]] == [first(one) for one in speaker.attributions]


def first(attribution: Attribution) -> int:
    """Where an attribution begins: its source, its cue or its content."""
    parts = (attribution.source, attribution.cue, *attribution.content)
    return min(part.start for part in parts if part)


@pytest.mark.parametrize(
    ("kind", "lists"), [("check", ["findings"]), ("parse", ["attributions", "entities"]), ("sources", ["sources"])]
)
def test_what_could_not_be_read_is_there_all_the_same(kind: str, lists: list[str]) -> None:
    closing = wire.summed_up(Tally(files=1, unread=1, problems=1)) if kind == "check" else wire.closed(Tally())
    found = validated(kind, [wire.unread("a.txt", "no such file", *lists)], closing)
    assert found["files"] == [{"path": "a.txt", **{name: [] for name in lists}, "problems": ["no such file"]}]


def test_no_articles_are_a_document_too() -> None:
    assert validated("check", [], wire.summed_up(Tally()))["files"] == []
