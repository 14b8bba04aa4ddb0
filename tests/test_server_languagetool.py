"""The endpoint for LanguageTool clients, asked as they ask."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from serving import VAGUE, Served, serving

from attrlint.server.languagetool import fields_of

FORM = {"content-type": "application/x-www-form-urlencoded"}
EMOJI = "😀 Half of it is over, analysts note."
TOKEN = "a-token-that-nobody-guesses-1"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("server")) as served:
        yield served


def check(server: Served, **fields: str) -> dict[str, Any]:
    answer = server.client.post("/v2/check", data={"language": "en-US", **fields})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ids(found: dict[str, Any]) -> list[str]:
    return [match["rule"]["id"] for match in found["matches"]]


def marked(found: dict[str, Any], text: str) -> list[str]:
    """The words of every match, cut out in UTF-16 units as clients do."""
    units = text.encode("utf-16-le")
    spans = [(2 * match["offset"], 2 * (match["offset"] + match["length"])) for match in found["matches"]]
    return [units[start:end].decode("utf-16-le") for start, end in spans]


def test_a_match_has_all_that_clients_read(server: Served) -> None:
    found = check(server, text=EMOJI)
    (match,) = found["matches"]
    assert match["message"].startswith("“analysts note” does not say which")
    assert (match["offset"], match["length"], match["replacements"]) == (23, 13, [])
    assert match["context"]["text"] == EMOJI
    assert match["sentence"] == EMOJI.removeprefix("😀 ")
    assert match["rule"]["id"] == "ATTR_VAGUE_COLLECTIVE"
    assert match["rule"]["category"] == {"id": "ATTR_IDENTITY", "name": "Attribution: identity"}
    assert match["rule"]["urls"] == [{"value": f"{server.url}/rules/vague-collective"}]
    assert found["language"]["code"] == "en-US"
    assert found["software"]["apiVersion"] == 1
    assert found["sentenceRanges"] == [[0, 3], [3, len(EMOJI) + 1]]


def test_the_context_is_cut_and_its_offset_counts_utf16_too(server: Served) -> None:
    text = f"{'It rained all day long. ' * 3}{'😀' * 20} {VAGUE} {'It rained all day long. ' * 3}"
    found = check(server, text=text)
    (match,) = found["matches"]
    context = match["context"]
    units = context["text"].encode("utf-16-le")
    assert (
        units[2 * context["offset"] : 2 * (context["offset"] + context["length"])].decode("utf-16-le")
        == "analysts note"
    )
    assert context["text"].startswith("...")
    assert context["text"].endswith("...")


def test_markup_is_passed_over_and_counted(server: Served) -> None:
    parts = [
        {"markup": "<p title='😀'>"},
        {"text": "It is over, ana"},
        {"markup": "<b>"},
        {"text": "lysts"},
        {"markup": "</b>&nbsp;", "interpretAs": " "},
        {"text": "note."},
        {"markup": "</p><p>", "interpretAs": "\n\n"},
        {"text": "The singer reportedly left."},
    ]
    source = "".join(part.get("text") or part["markup"] for part in parts)
    found = check(server, data=json.dumps({"annotation": parts}))
    assert marked(found, source) == ["analysts</b>&nbsp;note".replace("analysts", "ana<b>lysts"), "reportedly"]
    plain = check(server, data=json.dumps({"text": EMOJI}))
    assert marked(plain, EMOJI) == ["analysts note"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["ATTR_VAGUE_COLLECTIVE", "ATTR_HEARSAY_ADVERB"]),
        ({"disabledRules": "ATTR_HEARSAY_ADVERB,WHITESPACE_RULE"}, ["ATTR_VAGUE_COLLECTIVE"]),
        ({"disabledCategories": "ATTR_IDENTITY,TYPOS"}, ["ATTR_HEARSAY_ADVERB"]),
        ({"enabledRules": "hearsay-adverb", "enabledOnly": "true"}, ["ATTR_HEARSAY_ADVERB"]),
        ({"enabledCategories": "ATTR_IDENTITY", "enabledOnly": "true"}, ["ATTR_VAGUE_COLLECTIVE"]),
        ({"enabledRules": "UPPERCASE_SENTENCE_START", "enabledOnly": "true"}, []),
        ({"enabledRules": "ATTR_DOUBTING_CUE"}, ["ATTR_VAGUE_COLLECTIVE", "ATTR_HEARSAY_ADVERB", "ATTR_DOUBTING_CUE"]),
        ({"level": "picky"}, ["ATTR_ANONYMOUS_LEAD", "ATTR_HEARSAY_ADVERB", "ATTR_DOUBTING_CUE"]),
        (
            {"level": "picky", "disabledRules": "ATTR_DOUBTING_CUE,ATTR_ANONYMOUS_LEAD"},
            ["ATTR_VAGUE_COLLECTIVE", "ATTR_HEARSAY_ADVERB"],
        ),
    ],
)
def test_rules_and_categories_are_switched(server: Served, fields: dict[str, str], expected: list[str]) -> None:
    text = f"{VAGUE} The singer reportedly left. Tomas Reyl, the goalkeeper of Harwick Town, claimed that he saw it."
    assert ids(check(server, text=text, **fields)) == expected


def test_one_paragraph_is_not_judged_as_a_story(server: Served) -> None:
    paragraph = "Reyl, who keeps goal for Harwick Town, said he had not seen the ball."
    assert ids(check(server, text=paragraph)) == []
    assert ids(check(server, text=f"The match went on.\n\n{paragraph}")) == ["ATTR_UNINTRODUCED_NAME"]
    assert ids(check(server, text=paragraph, enabledRules="ATTR_UNINTRODUCED_NAME")) == ["ATTR_UNINTRODUCED_NAME"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"text={EMOJI}&language=en-US", EMOJI),
        ("text=50% & more & a+b=c; analysts note&language=en-US", "50% & more & a+b=c; analysts note"),
        ("text=See &language=de in it, 100 %41&language=en-US", "See &language=de in it, 100 %41"),
        ("text=R & D&language=en-US&username=me&apiKey=key", "R & D"),
        ("language=en-US&text=He & she, 20% off", "He & she, 20% off"),
        (urlencode({"language": "en-US", "text": f"{EMOJI} & 5 %\n+"}), f"{EMOJI} & 5 %\n+"),
        ("text=It+is%20over&language=en-US", "It is over"),
        ("text=It%20is%20over", "It is over"),
    ],
)
def test_a_form_is_read_whether_encoded_or_not(body: str, text: str) -> None:
    fields = fields_of(body.encode())
    assert fields["text"] == text
    assert fields.get("language", "en-US") == "en-US"


def test_a_raw_body_finds_the_same_words(server: Served) -> None:
    answer = server.client.post("/v2/check", content=f"text=50% & {EMOJI}&language=en-US".encode(), headers=FORM)
    assert marked(answer.json(), f"50% & {EMOJI}") == ["analysts note"]


def test_a_query_does_as_well(server: Served) -> None:
    answer = server.client.get("/v2/check", params={"text": EMOJI, "language": "en-GB"})
    assert marked(answer.json(), EMOJI) == ["analysts note"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"language": "en-US"}, "either “text” or “data”"),
        ({"language": "en-US", "text": "a", "data": "{}"}, "either “text” or “data”"),
        ({"text": "a"}, "“language” is missing"),
        ({"text": "a", "language": "de-DE"}, "there are en, en-US"),
        ({"language": "en-US", "data": "{"}, '"annotation"'),
        ({"language": "en-US", "data": '{"annotation": [{"text": 1}]}'}, '"annotation"'),
        ({"language": "en-US", "data": '{"annotation": [{"interpretAs": "a"}]}'}, '"annotation"'),
        ({"language": "en-US", "text": "a", "enabledOnly": "true"}, "“enabledOnly” needs"),
        ({"language": "en-US", "text": "a" * 500_001}, "500,001 characters"),
    ],
)
def test_an_error_is_a_line_of_text(server: Served, fields: dict[str, str], words: str) -> None:
    answer = server.client.post("/v2/check", data=fields)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.startswith("Error: ")
    assert words in answer.text


def test_a_body_that_is_not_utf8_is_refused(server: Served) -> None:
    answer = server.client.post("/v2/check", content=b"text=caf\xe9&language=en-US", headers=FORM)
    assert (answer.status_code, answer.text) == (400, "Error: the body is not UTF-8: byte 0xE9 at offset 8")


def test_it_tells_what_it_is(server: Served) -> None:
    languages = server.client.get("/v2/languages").json()
    assert {"name": "English (US)", "code": "en", "longCode": "en-US"} in languages
    assert server.client.get("/v2/info").json()["software"]["name"] == "attrlint"
    assert server.client.get("/v2/maxtextlength").text == "500000"
    config = server.client.get("/v2/configinfo", params={"language": "en-US"}).json()
    assert config["parameter"]["maxTextLength"] == 500_000
    assert "ATTR_VAGUE_STUDY" in [rule["ruleId"] for rule in config["rules"]]


def test_the_token_goes_where_these_clients_can_put_it(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("server")
    (folder / "tokens").write_text(TOKEN, encoding="utf-8")
    with serving(folder, "serve", "--workers", "1", "--token-file", "tokens") as served:
        form = {"text": VAGUE, "language": "en-US"}
        refused = served.client.post("/v2/check", data=form)
        assert (refused.status_code, refused.text[:7]) == (401, "Error: ")
        assert served.client.post("/v2/check", data={**form, "apiKey": TOKEN, "username": "a"}).status_code == 200
        assert (
            served.client.post("/v2/check", data=form, headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
        )
        assert served.client.get("/v2/languages").status_code == 200
