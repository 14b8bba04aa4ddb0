"""The endpoint for programs that speak to a LanguageTool server, under /v2."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from attrlint import __version__
from attrlint.rule import Rule
from attrlint.server.api import Api
from attrlint.server.guard import Tokens, bearer, denied
from attrlint.server.intake import blank_order, body_of
from attrlint.server.matches import category, rule_id
from attrlint.server.orders import JSON, Order, Reply, as_json
from attrlint.server.refusal import RefusedError, response
from attrlint.server.settings import Settings
from attrlint.server.standard import standard

LANGUAGES = {
    "en": "English",
    "en-US": "English (US)",
    "en-GB": "English (GB)",
    "en-AU": "English (Australian)",
    "en-CA": "English (Canadian)",
    "en-NZ": "English (New Zealand)",
    "en-ZA": "English (South African)",
}
_DEFAULT = "en-US"
_FIELDS = (
    "text data language altLanguages motherTongue preferredVariants enabledRules disabledRules enabledCategories "
    "disabledCategories enabledOnly level mode username apiKey useragent allowIncompleteResults"
).split()
_NEXT_FIELD = re.compile(rf"(?:^|&)({'|'.join(_FIELDS)})=")
_ESCAPED_ALWAYS = re.compile(rb'[\s"<>\\^`{|}\x00-\x1f\x7f-\xff]')
"""What no encoder of forms leaves as it is."""

_SOFTWARE = {
    "name": "attrlint",
    "version": __version__,
    "buildDate": "",
    "apiVersion": 1,
    "premium": False,
    "premiumHint": "",
    "status": "",
}


class LanguageTool:
    """The endpoints under /v2; the articles go the same way as those of the other API."""

    def __init__(self, settings: Settings, api: Api) -> None:
        self._settings = settings
        self._api = api
        self._tokens = Tokens(settings.tokens)
        self.routes = [
            Route("/v2/check", self.check, methods=["GET", "POST"]),
            Route("/v2/languages", self.languages, methods=["GET"]),
            Route("/v2/info", self.info, methods=["GET"]),
            Route("/v2/maxtextlength", self.max_text_length, methods=["GET"]),
            Route("/v2/configinfo", self.config_info, methods=["GET"]),
        ]

    async def check(self, request: Request) -> Response:
        """Answer with the findings as matches."""
        try:
            if request.method == "GET":
                fields = dict(parse_qsl(request.url.query, keep_blank_values=True))
            else:
                fields = fields_of(await body_of(request, self._settings))
            if not self._tokens.admit(fields.get("apiKey") or bearer(request.headers)):
                raise denied()
            language = _language(fields)
            order = self._order(fields, str(request.base_url).rstrip("/"))
            reply = await self._api.done(order)
        except RefusedError as refused:
            return _as_clients_expect(refused.reply, refused.retry)
        if reply.status != 200:
            return _as_clients_expect(reply)
        # The worker's object begins with a brace, after which the frame's own keys go.
        frame = {"software": _SOFTWARE, "warnings": {"incompleteResults": False}, "language": language}
        return Response(as_json(frame)[:-1] + b", " + reply.body[1:], media_type=JSON)

    def _order(self, fields: Mapping[str, str], site: str) -> Order:
        data = _article(fields)
        level = fields.get("level", "default")
        preset = "strict" if level == "picky" else ""
        rules = self._chosen(fields, preset, single="\n" not in fields.get("text", "\n"))
        every = tuple(rule.name for rule in standard(self._settings.config).rules)
        return blank_order("languagetool", self._settings)._replace(
            data=as_json(data),
            preset=preset,
            select=tuple(rule for rule in every if rule in rules),
            ignore=() if rules else every,
            site=site,
        )

    def _chosen(self, fields: Mapping[str, str], preset: str, single: bool) -> set[str]:
        """Return the names of the rules that a client wants; names that are another server's are passed over.

        Word processors send one paragraph at a time: what is said of the whole story makes no sense there.
        """
        rules = standard(self._settings.config, preset=preset).rules
        enabled = _named(rules, fields.get("enabledRules", ""), fields.get("enabledCategories", ""))
        disabled = _named(rules, fields.get("disabledRules", ""), fields.get("disabledCategories", ""))
        if fields.get("enabledOnly", "").lower() in ("true", "yes"):
            if not fields.get("enabledRules") and not fields.get("enabledCategories"):
                _refuse("“enabledOnly” needs rules or categories in “enabledRules” or “enabledCategories”")
            return enabled - disabled
        usual = {rule.name for rule in rules if rule.default and not (single and rule.family == "story")}
        return (usual | enabled) - disabled

    async def languages(self, _: Request) -> Response:
        """Answer with the kinds of English there are."""
        return _json([{"name": name, "code": "en", "longCode": code} for code, name in LANGUAGES.items()])

    async def info(self, _: Request) -> Response:
        """Answer with what software this is."""
        return _json({"software": _SOFTWARE})

    async def max_text_length(self, _: Request) -> Response:
        """Answer with how many characters an article may have."""
        return Response(str(self._settings.max_text), media_type="text/plain")

    async def config_info(self, _: Request) -> Response:
        """Answer with the rules and the limits."""
        rules = [
            {
                "ruleId": rule_id(rule.name),
                "description": rule.summary,
                "categoryId": category(rule.family)["id"],
                "categoryName": category(rule.family)["name"],
                "locQualityIssueType": "style",
                "isDictionaryBasedSpellingRule": False,
                "isOfficeDefaultOn": rule.default,
                "isOfficeDefaultOff": not rule.default,
                "isUsedByOfficeExtension": True,
            }
            for rule in standard(self._settings.config).rules
        ]
        return _json({"software": _SOFTWARE, "parameter": {"maxTextLength": self._settings.max_text}, "rules": rules})


def fields_of(body: bytes) -> dict[str, str]:
    """Return the fields of a form in UTF-8, of an encoded one or of one that was sent as it is.

    LibreOffice before 24.2 and hasty scripts encode nothing: an ampersand, a plus or a per cent sign there is the
    article's own, and a field ends where the name of the next one follows.
    """
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        _refuse(f"the body is not UTF-8: byte 0x{body[error.start]:02X} at offset {error.start}")
    if not _ESCAPED_ALWAYS.search(body):
        return dict(parse_qsl(text, keep_blank_values=True))
    if text.startswith("text=") and "&language=" in text:
        article, _, rest = text.removeprefix("text=").rpartition("&language=")
        return {"text": article, **_split(f"language={rest}")}
    return _split(text)


def _split(text: str) -> dict[str, str]:
    parts = _NEXT_FIELD.split(text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def _language(fields: Mapping[str, str]) -> dict[str, Any]:
    asked = fields.get("language", "")
    if not asked:
        _refuse("“language” is missing; send en-US, or auto")
    variants = [code for code in fields.get("preferredVariants", "").split(",") if code in LANGUAGES]
    code = (variants or [_DEFAULT])[0] if asked == "auto" else asked
    if code not in LANGUAGES:
        _refuse(f"“{asked[:20]}” is not a language of this server; there are {', '.join(LANGUAGES)}")
    known = {"name": LANGUAGES[code], "code": code}
    return {**known, "detectedLanguage": {**known, "confidence": 1.0}}


def _article(fields: Mapping[str, str]) -> dict[str, Any]:
    """Return {"text": …} or {"annotation": …}, whichever was sent; both or none is an error."""
    if ("text" in fields) == ("data" in fields):
        _refuse("send either “text” or “data”")
    if "text" in fields:
        return {"text": fields["text"]}
    try:
        data = json.loads(fields["data"])
    except (ValueError, RecursionError):
        data = None
    if isinstance(data, dict) and isinstance(data.get("text"), str):
        return {"text": data["text"]}
    parts = data.get("annotation") if isinstance(data, dict) else None
    if not isinstance(parts, list) or not all(map(_is_part, parts)):
        _refuse('“data” must be JSON such as {"annotation": [{"text": "A "}, {"markup": "<b>"}, {"text": "word"}]}')
    return {"annotation": parts}


def _is_part(part: Any) -> bool:
    if not isinstance(part, dict) or not all(isinstance(value, str) for value in part.values()):
        return False
    return part.keys() in ({"text"}, {"markup"}, {"markup", "interpretAs"})


def _named(rules: Sequence[Rule], names: str, categories: str) -> set[str]:
    wanted = {name.strip() for name in names.split(",")}
    families = {name.strip() for name in categories.split(",")}
    return {
        rule.name
        for rule in rules
        if wanted & {rule.name, rule_id(rule.name)} or families & {rule.family, rule_id(rule.family)}
    }


def _refuse(message: str) -> NoReturn:
    raise RefusedError(Reply(400, "text/plain", f"Error: {message}".encode("utf-8", "replace")))


def _as_clients_expect(reply: Reply, retry: int = 0) -> Response:
    """Turn a problem document into a line of text: clients of this protocol show the body as it is."""
    if reply.media != "text/plain":
        told = json.loads(reply.body)
        line = f"Error: {told['title']}. {told['detail']}".encode()
        reply = Reply(400 if reply.status == 422 else reply.status, "text/plain", line)
    return response(reply, retry)


def _json(value: object) -> Response:
    return response(Reply(200, JSON, as_json(value)))
