"""The description of the HTTP API in OpenAPI 3.1, made from the JSON schema of the reports."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attrlint import __version__, readers
from attrlint.confidence import CONFIDENCES
from attrlint.server.intake import SEVERITIES, UNITS, media_types
from attrlint.server.orders import JSON, PROBLEM

Schema = dict[str, Any]
_ARTICLE: Schema = {"type": "string", "pattern": "^[^\\u0000]*$"}
_PROBLEMS = {
    400: "The body is no JSON, or the request cannot be read.",
    401: "The server asks for a token.",
    403: "Pages of that site may not call this server.",
    404: "There is nothing there.",
    408: "The body did not come in time.",
    413: "The body is too large.",
    415: "Articles of that type or encoding are not read.",
    421: "The server does not answer to that name.",
    422: "An option or the article is not as it should be.",
    429: "Too many articles wait; Retry-After tells when to try again.",
    500: "A defect of attrlint.",
    503: "The work was lost, or no worker is ready; Retry-After tells when to try again.",
    504: "The article took longer than the server allows.",
}
_GUARDED = (400, 401, 403, 421, 500)
_READING = (*_GUARDED, 408, 413, 415, 422, 429, 503, 504)


def document(rules: Sequence[str], presets: Sequence[str]) -> Schema:
    """Return the description of every endpoint; `rules` are the names of rules and families."""
    options = _options(rules, presets)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "attrlint",
            "version": __version__,
            "description": "Finds the places in an English news article where the reader cannot know who is speaking.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "security": [{}, {"token": []}],
        "paths": _paths(options),
        "components": {
            "schemas": _schemas(options),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _paths(options: Schema) -> Schema:
    rule = {"name": "name", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    preset = {"name": "preset", "in": "query", "schema": options["preset"]}
    return {
        "/v1/check": {"post": _reads(options, "check", "Find the sources that nobody can identify.", "check")},
        "/v1/parse": {"post": _reads(options, "parse", "See what was seen: every attribution of an article.", "parse")},
        "/v1/sources": {"post": _reads(options, "sources", "See who speaks in an article, and how much.", "sources")},
        "/v1/text": {"post": _reads(options, "text", "See an article as its readers do, without markup.", "Text")},
        "/v1/fix": {
            "post": _reads(options, "fix", "Put a TK wherever only the reporter knows what belongs there.", "Fixed")
        },
        "/v1/annotate": {"post": _annotates(options)},
        "/v1/batch": {"post": _batch(options)},
        "/v1/rules": {"get": _tells("rules", "List the rules.", "Rules", [preset], 422)},
        "/v1/rules/{name}": {"get": _tells("rule", "Explain a rule.", "Rule", [rule, preset], 404, 422)},
        "/v1/presets": {"get": _tells("presets", "List the presets.", "Presets", [])},
        "/v1/health": {"get": _tells("health", "Tell that the server runs.", "Health", [])},
        "/v1/ready": {"get": _tells("ready", "Tell whether an article can be read.", "Ready", [], 503)},
        "/metrics": {
            "get": {
                "operationId": "metrics",
                "summary": "Figures for Prometheus.",
                "responses": _responses({"text/plain": {"schema": {"type": "string"}}}, _GUARDED),
            }
        },
    }


def _reads(options: Schema, name: str, summary: str, reply: str) -> Schema:
    raw = {media: {"schema": {**_ARTICLE, "minLength": 1}} for media in media_types()}
    return {
        "operationId": name,
        "summary": summary,
        "description": "The body is a JSON object, or the article itself in one of its formats. Options stand in the "
        "query; those in the object go over them.",
        "parameters": _query(options),
        "requestBody": {"required": True, "content": {JSON: {"schema": _ref("Request")}, **raw}},
        "responses": _responses({JSON: {"schema": _ref(reply)}}, _READING),
    }


def _annotates(options: Schema) -> Schema:
    return {
        "operationId": "annotate",
        "summary": "Comment on every finding in the article itself.",
        "description": "The body is a Word, OpenDocument, Markdown or HTML file, and `path` its name.",
        "parameters": [{**one, "required": True} if one["name"] == "path" else one for one in _query(options)],
        "requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {}}}},
        "responses": _responses({"*/*": {"schema": {}}}, _READING),
    }


def _batch(options: Schema) -> Schema:
    lines = {"type": "string", "pattern": "[^ \\t\\n\\r\\u000b\\u000c]"}
    return {
        "operationId": "batch",
        "summary": "Check many articles.",
        "description": "One JSON object a line, as /v1/check takes it; the options in the query hold for lines that "
        "give none. The answers come as they are done, one a line, in the order of the articles.",
        "parameters": _query(options),
        "requestBody": {"required": True, "content": {"application/x-ndjson": {"schema": lines}}},
        "responses": _responses({"application/x-ndjson": {"schema": {"type": "string"}}}, (*_GUARDED, 408, 413, 422)),
    }


def _tells(name: str, summary: str, reply: str, parameters: list[Schema], *statuses: int) -> Schema:
    return {
        "operationId": name,
        "summary": summary,
        "parameters": parameters,
        "responses": _responses({JSON: {"schema": _ref(reply)}}, (*_GUARDED, *statuses)),
    }


def _responses(content: Schema, statuses: tuple[int, ...]) -> Schema:
    refused = {PROBLEM: {"schema": _ref("Problem")}}
    return {
        "200": {"description": "Done.", "content": content},
        **{str(status): {"description": _PROBLEMS[status], "content": refused} for status in sorted(statuses)},
    }


def _query(options: Schema) -> list[Schema]:
    """Return the options as they stand in a query."""
    return [
        {
            "name": name,
            "in": "query",
            "schema": schema,
            **({"style": "form", "explode": False} if schema.get("type") == "array" else {}),
        }
        for name, schema in options.items()
        if name not in ("text", "waived")
    ] + [{"name": "waived", "in": "query", "content": {JSON: {"schema": options["waived"]}}}]


def _options(rules: Sequence[str], presets: Sequence[str]) -> Schema:
    names = {"type": "array", "items": {"enum": list(rules)}, "maxItems": 200}
    waiver = {"fingerprint": {"type": "string"}, "reason": {"type": "string"}}
    return {
        "text": {**_ARTICLE, "description": "The article."},
        "path": {
            "type": "string",
            "maxLength": 1000,
            "description": "What the article is called; its suffix tells the format.",
        },
        "format": {"enum": ["", *readers.FORMATS], "description": "The format, where no suffix tells it."},
        "select": {**names, "description": "Only these rules or families."},
        "ignore": {**names, "description": "All but these rules or families."},
        "preset": {"enum": ["", *presets], "description": "A newsroom's rules and severities; /v1/presets lists them."},
        "min_severity": {"enum": list(SEVERITIES), "description": "Leave out what is less grave."},
        "min_confidence": {"enum": list(CONFIDENCES), "description": "Leave out what is less sure."},
        "offsets": {"enum": list(UNITS), "description": "utf-16 adds start_utf16 and end_utf16 to every place."},
        "waived": {
            "description": "Findings that are accepted, and why: they come back as waived.",
            "type": "array",
            "items": _object(waiver),
        },
    }


def _schemas(options: Schema) -> Schema:
    path = Path(__file__).parent.parent / "schema" / "attrlint-1.schema.json"
    reports = json.loads(path.read_text(encoding="utf-8").replace("#/$defs/", "#/components/schemas/"))["$defs"]
    for schema in reports.values():
        if {"start", "end"} <= schema.get("properties", {}).keys():
            for name in ("start", "end"):
                schema["properties"][f"{name}_utf16"] = {
                    "description": f"`{name}` in UTF-16 code units, where they were asked for.",
                    "type": "integer",
                    "minimum": 0,
                }
    text = {"type": "string"}
    short = {
        **dict.fromkeys(("name", "family", "summary", "severity", "status", "since"), text),
        "on": {"description": "Whether it is on unless it is selected or ignored.", "type": "boolean"},
    }
    lists = {
        "why": _list(text),
        "instead": text,
        "found": _list({"type": "object"}),
        "not_found": _list({"type": "object"}),
    }
    return {
        **reports,
        "Request": {**_object(options), "required": ["text"]},
        "Problem": {
            **_object({"title": text, "status": {"type": "integer"}, "detail": text}),
            "additionalProperties": True,
        },
        "Text": _object({"text": text}),
        "Fixed": _object({"text": text, "written": {"type": "integer", "minimum": 0}}),
        "Rules": _object({"rules": _list(_object(short))}),
        "Rule": _object({**short, **lists}),
        "Presets": _object({"presets": _list(_object({"name": text, "about": text}))}),
        "Health": _object({"status": {"const": "ok"}, "version": text}),
        "Ready": _object(
            {"status": {"const": "ready"}, "workers": {"type": "integer"}, "waiting": {"type": "integer"}}
        ),
    }


def _object(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
