"""The HTTP API, asked over a real connection."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jsonschema
import pytest
from conftest import SCHEMA, Run
from serving import VAGUE, Served, serving

from attrlint.cli import main

EMOJI = "😀 The offensive has stalled, analysts note."
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("server"), "serve", "--workers", "1", "--max-text", "100000") as served:
        yield served


def refused(response: httpx.Response, status: int) -> dict[str, Any]:
    """The problem document of a refused request, which must have all its parts."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = response.json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    return told


@pytest.mark.parametrize("command", ["check", "parse", "sources"])
def test_the_answer_is_what_the_command_line_prints(
    server: Served, command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    main([command, "--format", "json", "examples/foreign-desk.txt"])
    text = (ROOT / "examples" / "foreign-desk.txt").read_text(encoding="utf-8")
    answer = server.client.post(f"/v1/{command}", json={"text": text, "path": "examples/foreign-desk.txt"})
    assert answer.status_code == 200
    assert answer.json() == json.loads(capsys.readouterr().out)
    jsonschema.validate(answer.json(), SCHEMA, jsonschema.Draft202012Validator)


def test_a_raw_body_takes_its_options_from_the_query(server: Served) -> None:
    text = f"{EMOJI} The singer reportedly left.".encode("utf-16")
    query = {"select": "hearsay,vague-collective", "ignore": "vague-collective", "path": "a.txt", "offsets": "utf-16"}
    (file,) = server.client.post("/v1/check", params=query, content=text).json()["files"]
    assert file["path"] == "a.txt"
    (finding,) = file["findings"]
    assert (finding["rule"], finding["start"] + 1) == ("hearsay-adverb", finding["start_utf16"])


def test_the_charset_of_a_raw_body_counts(server: Served) -> None:
    body, kind = f"Café. {VAGUE}".encode("cp1252"), {"content-type": "text/plain; charset=windows-1252"}
    answer = server.client.post("/v1/check", content=body, headers=kind)
    assert answer.json()["files"][0]["findings"][0]["start"] == 33
    told = refused(server.client.post("/v1/check", content=body, headers={"content-type": "text/plain"}), 422)
    assert "not UTF-8" in told["detail"]


@pytest.mark.parametrize("unit", ["code-points", "utf-16"])
def test_offsets_come_in_utf16_units_on_request(server: Served, unit: str) -> None:
    (finding,) = server.check(EMOJI, offsets=unit).json()["files"][0]["findings"]
    assert EMOJI[finding["start"] : finding["end"]] == "analysts note"
    assert ("start_utf16" in finding) == (unit == "utf-16")
    if unit == "utf-16":
        units = EMOJI.encode("utf-16-le")
        for place in (finding, finding["remedy"]):
            marked = units[2 * place["start_utf16"] : 2 * place["end_utf16"]].decode("utf-16-le")
            assert marked == EMOJI[place["start"] : place["end"]]


def test_places_of_attributions_have_utf16_offsets_too(server: Served) -> None:
    text = "Well: 😀 It has stalled, Jane Roe of the Example Institute said."
    found = server.client.post("/v1/parse", json={"text": text, "offsets": "utf-16"}).json()["files"][0]
    (attribution,) = found["attributions"]
    for place in (attribution["source"], attribution["cue"], *attribution["content"], *found["entities"]):
        assert place["start_utf16"] == place["start"] + (place["start"] > 6)
        assert place["end_utf16"] == place["end"] + 1


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        ({}, ["vague-collective"]),
        ({"select": ["hearsay"]}, []),
        ({"ignore": ["vague-collective"]}, []),
        ({"preset": "npr"}, ["vague-collective"]),
        ({"min_severity": "error"}, []),
        ({"min_confidence": "high"}, ["vague-collective"]),
    ],
)
def test_options_are_those_of_the_command_line(server: Served, options: dict[str, Any], rules: list[str]) -> None:
    found = server.check(VAGUE, **options).json()["files"][0]["findings"]
    assert [finding["rule"] for finding in found] == rules


def test_a_waived_finding_is_marked_and_does_not_count(server: Served) -> None:
    mark = server.check().json()["files"][0]["findings"][0]["fingerprint"]
    answer = server.check(waived=[{"fingerprint": mark, "reason": "The desk knows them."}]).json()
    assert answer["files"][0]["findings"][0]["waived"] is True
    assert answer["summary"]["findings"] == 0


@pytest.mark.parametrize(
    ("request_", "status", "words"),
    [
        ({"json": {}}, 422, "Send it as “text”"),
        ({"json": []}, 422, "Send an object"),
        ({"json": {"text": 1}}, 422, "a string"),
        ({"json": {"txet": "a", "text": "b"}}, 422, "Did you mean “text”"),
        ({"json": {"text": "a", "select": ["vague-colective"]}}, 422, "did you mean “vague-collective”"),
        ({"json": {"text": "a", "select": "identity"}}, 422, "a list of names"),
        ({"json": {"text": "a", "preset": "../presets/npr"}}, 422, "no preset is called"),
        ({"json": {"text": "a", "preset": "/etc/passwd"}}, 422, "no preset is called"),
        ({"json": {"text": "a", "pack": "/tmp"}}, 422, "There are text"),
        ({"json": {"text": "a", "offsets": "bytes"}}, 422, "one of code-points, utf-16"),
        ({"json": {"text": "a", "waived": [{"fingerprint": 1}]}}, 422, "fingerprint"),
        ({"content": b'{"text": "\\ud83d"}', "headers": {"content-type": "application/json"}}, 422, "surrogate"),
        ({"content": b"{", "headers": {"content-type": "application/json"}}, 400, "in line 1"),
        ({"content": b"[" * 100_000, "headers": {"content-type": "application/json"}}, 400, "Send an object"),
        ({"content": b"a\0b"}, 422, "NUL"),
        ({"content": b"a", "headers": {"content-type": "video/mp4"}}, 415, "text/plain"),
        ({"content": b"a", "headers": {"content-type": "text/plain; charset=klingon"}}, 415, "unknown encoding"),
        ({"content": b"a", "params": {"text": "b"}}, 422, "The query is for options"),
        ({"json": {"text": "a" * 100_001}}, 422, "100,001 characters"),
    ],
)
def test_an_error_says_what_to_change(server: Served, request_: dict[str, Any], status: int, words: str) -> None:
    assert words in refused(server.client.post("/v1/check", **request_), status)["detail"]


def test_unknown_places_and_methods_are_problems_too(server: Served) -> None:
    assert "openapi.json" in refused(server.client.get("/v1/chekc"), 404)["detail"]
    told = server.client.get("/v1/check")
    refused(told, 405)
    assert told.headers["allow"] == "POST"


def test_a_batch_is_answered_line_by_line_in_its_order(server: Served) -> None:
    articles = [{"path": f"{n}.txt", "text": "It rained. " * (30 - n) + VAGUE} for n in range(30)]
    lines = [*map(json.dumps, articles), "", '{"text": 1, "path": "odd"}', "no json", '{"text": "x", "preset": "xx"}']
    with server.client.stream("POST", "/v1/batch", content="\n".join(lines), params={"select": "identity"}) as answer:
        assert answer.headers["content-type"] == "application/x-ndjson"
        found = [json.loads(line) for line in answer.iter_lines()]
    assert [file["path"] for file in found[:30]] == [article["path"] for article in articles]
    assert [file["findings"][0]["start"] for file in found[:30]] == [27 + 11 * n for n in range(30, 0, -1)]
    assert [bool(file["problems"]) for file in found[30:]] == [True, True, True]
    allowed = jsonschema.Draft202012Validator({**SCHEMA, "anyOf": [{"$ref": "#/$defs/checkedFile"}]})
    assert all(map(allowed.is_valid, found))


def test_a_batch_streams_its_answers(server: Served) -> None:
    long = json.dumps({"text": VAGUE * 100})
    with server.client.stream("POST", "/v1/batch", content="\n".join([long] * 20)) as answer:
        lines = answer.iter_lines()
        assert json.loads(next(lines))["findings"]
        waiting = server.client.get("/metrics").text
        assert 'attrlint_requests_total{route="/v1/batch",status="200"} 2.0' not in waiting
        assert len(list(lines)) == 19


def test_rules_and_presets_can_be_looked_up(server: Served) -> None:
    rules = {rule["name"]: rule for rule in server.client.get("/v1/rules").json()["rules"]}
    assert rules["vague-collective"]["severity"] == "warning"
    assert not rules["doubting-cue"]["on"]
    strict = {rule["name"]: rule for rule in server.client.get("/v1/rules?preset=strict").json()["rules"]}
    assert strict["doubting-cue"]["on"]
    rule = server.client.get("/v1/rules/vague-collective").json()
    assert rule["found"][0]["marks"]
    assert rule["why"]
    assert "/v1/rules" in refused(server.client.get("/v1/rules/vague"), 404)["detail"]
    assert "did you mean" in refused(server.client.get("/v1/rules?preset=reutrs"), 422)["detail"]
    names = [preset["name"] for preset in server.client.get("/v1/presets").json()["presets"]]
    assert "reuters" in names


def test_it_tells_how_it_fares(server: Served) -> None:
    assert server.client.get("/v1/health").json()["status"] == "ok"
    assert server.client.get("/v1/ready").json() == {"status": "ready", "workers": 1, "waiting": 0}
    server.check()
    figures = server.client.get("/metrics")
    assert figures.headers["content-type"].startswith("text/plain")
    assert 'attrlint_requests_total{route="/v1/check",status="200"}' in figures.text
    assert "attrlint_workers 1.0" in figures.text


def test_the_description_allows_what_is_answered(server: Served) -> None:
    described = server.client.get("/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    answers = {
        "check": server.check(EMOJI, offsets="utf-16"),
        "parse": server.client.post("/v1/parse", json={"text": EMOJI, "offsets": "utf-16"}),
        "sources": server.client.post("/v1/sources", json={"text": EMOJI}),
        "Rules": server.client.get("/v1/rules"),
        "Rule": server.client.get("/v1/rules/rumour"),
        "Presets": server.client.get("/v1/presets"),
        "Health": server.client.get("/v1/health"),
        "Ready": server.client.get("/v1/ready"),
        "Problem": server.client.get("/v1/rules/none"),
    }
    for name, answer in answers.items():
        schema = {"components": described["components"], "$ref": f"#/components/schemas/{name}"}
        jsonschema.validate(answer.json(), schema, jsonschema.Draft202012Validator)


PAGE = "<h1>It rained</h1><p>😀 It has stalled, <b>ana</b>lysts&nbsp;note.</p>"


@pytest.mark.parametrize(
    "options",
    [
        {"params": {"path": "a.html"}},
        {"params": {"format": "html"}},
        {"headers": {"content-type": "text/html; charset=utf-8"}},
        {"headers": {"content-type": "application/x-www-form-urlencoded"}},
    ],
)
def test_a_page_is_read_as_one_and_its_places_are_those_of_the_page(server: Served, options: dict[str, Any]) -> None:
    query = {"offsets": "utf-16", **options.get("params", {})}
    answer = server.client.post("/v1/check", **{**options, "params": query, "content": PAGE.encode()})
    (finding,) = answer.json()["files"][0]["findings"]
    units = PAGE.encode("utf-16-le")
    marked = units[2 * finding["start_utf16"] : 2 * finding["end_utf16"]].decode("utf-16-le")
    assert marked == PAGE[finding["start"] : finding["end"]]
    assert marked.startswith("ana</b>lysts")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("a.md", "# It rained\n\nIt *has* stalled, **ana**lysts note.\n"),
        ("a.ninjs", json.dumps({"uri": "a", "type": "text", "headline": "Rain", "body_text": VAGUE})),
        ("a.nitf", f"<nitf><body><body.content><p>{VAGUE}</p></body.content></body></nitf>"),
    ],
)
def test_every_format_comes_in_raw(server: Served, path: str, body: str) -> None:
    answer = server.client.post("/v1/check", params={"path": path}, content=body.encode())
    (finding,) = answer.json()["files"][0]["findings"]
    assert finding["rule"] == "vague-collective"
    assert body[finding["start"] : finding["end"]] == finding["text"]


def test_text_in_json_is_text_until_something_else_is_said(server: Served) -> None:
    for text in (f"# {VAGUE}", f"<p>{VAGUE}", f"---\ntitle: Rain\n---\n{VAGUE}"):
        (finding,) = server.check(text).json()["files"][0]["findings"]
        assert finding["start"] == text.index("analysts")
        assert server.client.post("/v1/text", json={"text": text}).json() == {"text": text}
    (finding,) = server.check(PAGE, format="html").json()["files"][0]["findings"]
    assert finding["rule"] == "vague-collective"


def test_a_waiver_in_the_article_counts(server: Served) -> None:
    page = f"<!-- attrlint: allow vague-collective -- they are named in the box -->\n<p>{VAGUE}</p>"
    answer = server.client.post("/v1/check", params={"path": "a.html"}, content=page.encode()).json()
    assert [finding["waived"] for finding in answer["files"][0]["findings"]] == [True]
    assert answer["summary"]["findings"] == 0


def test_an_article_is_given_back_as_its_readers_see_it(server: Served) -> None:
    answer = server.client.post("/v1/text", params={"path": "a.html"}, content=PAGE.encode())
    assert answer.json() == {"text": "It rained\n\n😀 It has stalled, analysts\u00a0note."}


def test_placeholders_are_written_where_they_belong(server: Served) -> None:
    answer = server.client.post("/v1/fix", json={"text": f"**Rain** fell. {VAGUE}", "format": "markdown"}).json()
    assert answer["written"] == 1
    assert answer["text"].startswith("**Rain** fell. The offensive has stalled, TK [name], an analyst at")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        # What the first skeleton leaves is found when the article is read again.
        ("a.txt", "A source said it was over.\n\nThe source said it would rain.\n"),
        # Markup that a skeleton would break keeps it out.
        ("a.md", "It has stalled, ana**lysts** note. It is believed that it is over.\n"),
        ("a.html", "<p>R&amp;D analysts note that it is <b>over</b>.</p>\n"),
    ],
)
def test_placeholders_are_those_of_the_command_line(
    server: Served, run: Run, tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert run("check", "--fix-with-tk", name).status == 0
    answer = server.client.post("/v1/fix", params={"path": name}, content=text.encode()).json()
    assert answer["text"] == (tmp_path / name).read_text(encoding="utf-8")


def test_a_file_that_is_too_long_is_not_annotated(tmp_path: Path) -> None:
    with serving(tmp_path, "serve", "--workers", "1", "--max-text", "100") as small:
        page = f"<p>{VAGUE * 3}</p>".encode()
        told = refused(small.client.post("/v1/annotate", params={"path": "a.html"}, content=page), 422)
        assert "--max-text" in told["detail"]


def test_comments_are_written_into_the_article_itself(server: Served) -> None:
    page = f"<p>It rained.</p>\n<p>{VAGUE} The singer reportedly left.</p>\n"
    answer = server.client.post("/v1/annotate", params={"path": "a.html"}, content=page.encode())
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.text.count("<mark") == 2
    assert answer.text.startswith("<p>It rained.</p>\n<p>The offensive has stalled, <mark")
    found = server.client.post("/v1/check", params={"path": "a.html"}, content=page.encode()).json()
    waived = [{"fingerprint": found["files"][0]["findings"][0]["fingerprint"], "reason": "The desk knows them."}]
    query = {"path": "a.html", "waived": json.dumps(waived)}
    assert "The desk knows them." in server.client.post("/v1/annotate", params=query, content=page.encode()).text
    told = refused(server.client.post("/v1/annotate", params={"path": "a.txt"}, content=VAGUE.encode()), 422)
    assert "Word" in told["detail"]
    refused(server.client.post("/v1/annotate", params={"path": "a.html", "waived": "{"}, content=b"<p>a"), 422)


def test_a_word_file_is_read_and_given_back_with_comments(server: Served) -> None:
    docx = pytest.importorskip("docx", reason="the extra docx is not installed")
    draft = docx.Document()
    draft.add_paragraph("It rained.")
    draft.add_paragraph(f"😀 {VAGUE}")
    file = io.BytesIO()
    draft.save(file)
    query = {"path": "draft.docx", "offsets": "utf-16"}
    (finding,) = server.client.post("/v1/check", params=query, content=file.getvalue()).json()["files"][0]["findings"]
    assert finding["text"] == "analysts note"
    given = server.client.post("/v1/text", params={"path": "draft.docx"}, content=file.getvalue()).json()["text"]
    units = given.encode("utf-16-le")
    assert units[2 * finding["start_utf16"] : 2 * finding["end_utf16"]].decode("utf-16-le") == "analysts note"
    answer = server.client.post("/v1/annotate", params={"path": "draft.docx"}, content=file.getvalue())
    commented = docx.Document(io.BytesIO(answer.content))
    (comment,) = commented.comments
    assert comment.author == "attrlint"
    assert "does not say which analysts" in comment.text
