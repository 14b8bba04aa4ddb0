"""Reading a page and telling which of its findings are open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from wagtail.models import Page

from attrlint import Finding, engine
from attrlint_wagtail.content import Place, story
from attrlint_wagtail.models import Waiver
from attrlint_wagtail.options import BLOCK, OFF, options


class Found(NamedTuple):
    """A finding in a page: where it is, in which words, and by which decision it is accepted, if it is."""

    finding: Finding
    place: Place
    words: str
    waiver: Waiver | None

    @property
    def stops(self) -> bool:
        """Whether it is grave enough to hold the page back, and nobody has accepted it."""
        return self.waiver is None and options().stops(self.finding.severity)


def check(page: Page) -> list[Found]:
    """Return every finding in the text of a page as it stands in memory, in the order of its fields.

    Raises UsageError where the site names a preset that does not exist.
    """
    chosen = options()
    if chosen.mode == OFF:
        return []
    read = story(page)
    waivers = {waiver.fingerprint: waiver for waiver in Waiver.objects.filter(page_id=page.pk)} if page.pk else {}
    return [
        Found(
            finding,
            read.place(finding.start, finding.end),
            read.document.text[finding.start : finding.end],
            waivers.get(finding.fingerprint),
        )
        for finding in engine.load(preset=chosen.preset).lint(read.document).findings
    ]


def stopping(page: Page) -> list[Found]:
    """Return the open findings of a page that are grave enough to hold it back, whether or not the site lets them."""
    return [found for found in check(page) if found.stops]


def places(findings: Iterable[Found]) -> list[Found]:
    """Return one finding for each place: two rules can object to the same words."""
    return list({(found.place.path, found.place.start): found for found in findings}.values())


def may_accept(user: Any, page: Page) -> bool:
    """Whether somebody may accept findings: who may edit the page and, where publishing is blocked, override that."""
    allowed = page.permissions_for_user(user)
    if not allowed.can_edit() or allowed.page_locked():
        return False
    return options().mode != BLOCK or user.has_perm("attrlint_wagtail.override_gate")
