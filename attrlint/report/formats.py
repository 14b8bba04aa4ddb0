"""Every format of every command: a new one is one line here and one class in a module of `attrlint.report`."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from attrlint.report import Style, Tally

if TYPE_CHECKING:
    from attrlint.rule import Rule

CHECK = {
    "text": "text.Findings",
    "concise": "concise.Findings",
    "json": "json.Findings",
    "jsonl": "json.Lines",
    "sarif": "sarif.Findings",
    "github": "github.Findings",
    "gitlab": "gitlab.Findings",
    "junit": "junit.Findings",
    "checkstyle": "checkstyle.Findings",
    "rdjson": "rdjson.Findings",
    "html": "findings_page.Findings",
}
FORMATS = {
    "check": CHECK,
    "parse": {"text": "facts.Attributions", "json": "json.Attributions"},
    "sources": {"text": "facts.Ledgers", "json": "json.Ledgers", "html": "html.Ledgers"},
}
"""The formats of each command with their classes, in the order of the help; the first is the default."""


class Setting(NamedTuple):
    """What a report is made with: the same in every process.

    `title` names all the articles. Of texts, `quiet` ones have no summary, `group` is "rule", "file" or empty, and with
    `statistics` counts by rule stand in the place of the findings. `rules` are those that the articles are judged by,
    and `manual` returns the page of one in Markdown.
    """

    style: Style = Style()
    title: str = ""
    quiet: bool = False
    group: str = ""
    statistics: bool = False
    rules: tuple[Rule, ...] = ()
    manual: Callable[[Rule], str] = str


class Format:
    """One report of many articles.

    `article` and `unread` make the part of one article, in the process where it was read; a part can be anything that
    travels between processes. `begin`, `add` and `end` put the parts together, in the order of the articles: each
    returns what can be written by now.
    """

    def __init__(self, setting: Setting) -> None:
        self.setting = setting

    def article(self, found: Any) -> Any:
        """Return the part of an article: of a Report for `check`, of an Article for the other commands."""
        raise NotImplementedError

    def unread(self, path: str, problem: str) -> Any:  # noqa: ARG002 - most formats leave problems to standard error
        """Return the part of an article that could not be read."""
        return ""

    def begin(self) -> str:
        """Return what stands before all parts."""
        return ""

    def add(self, part: Any) -> str:
        """Return what is to be written for a part."""
        return str(part)

    def end(self, total: Tally) -> str:  # noqa: ARG002
        """Return what stands behind all parts, and what was kept back until now."""
        return ""


class Joined(Format):
    """A report whose parts are text, with a comma between those that are not empty, and a fixed frame around all."""

    opening = closing = ""
    separator = ",\n"
    _between = ""

    def begin(self) -> str:
        """Return the opening."""
        self._between = ""
        return self.opening

    def add(self, part: str) -> str:
        """Return a part, behind a comma if it is not the first."""
        if not part:
            return ""
        between, self._between = self._between, self.separator
        return between + part

    def end(self, total: Tally) -> str:  # noqa: ARG002
        """Return the closing."""
        return self.closing


def load(command: str, name: str, setting: Setting) -> Format:
    """Return a report in a format that the command offers."""
    module, _, kind = FORMATS[command][name].partition(".")
    made: Format = getattr(import_module(f"attrlint.report.{module}"), kind)(setting)
    return made
