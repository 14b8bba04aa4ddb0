"""Holding a page back: one check on the one way by which Wagtail makes a revision of a page live or schedules it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import wraps
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from attrlint_wagtail.check import Found, places, stopping
from attrlint_wagtail.options import BLOCK, options

_SCHEDULED = "wagtail.publish.scheduled"
_SHOWN = 3


class PublishingHeld(Exception):  # noqa: N818 - it is a decision
    """A page was not published because readers could not know who is speaking: `page`, and the open `findings`."""

    def __init__(self, page: Page, findings: Sequence[Found]) -> None:
        self.page = page
        self.findings = tuple(findings)
        super().__init__(refusal(page, findings))


def refusal(page: Page, findings: Sequence[Found]) -> str:
    """Return what an editor is told whose page was held back."""
    remedy = _("Name the source, or accept the finding with a reason, and publish again.")
    if options().mode == BLOCK:
        remedy = _("Name the source, or ask an editor who may accept the finding, and publish again.")
    saved = _("“%(title)s” is saved as a draft and not published.") % {"title": page.get_admin_display_title()}
    return f"{saved} {described(findings)} {remedy}"


def described(findings: Sequence[Found]) -> str:
    """Return how many places are open and which the first of them are."""
    open_places = places(findings)
    shown = [f"“{found.words}” ({found.place.label})" for found in open_places[:_SHOWN]]
    count = len(open_places)
    if count > _SHOWN:
        shown.append(_("%(count)d more") % {"count": count - _SHOWN})
    said = ngettext(
        "%(count)d place does not say who is speaking:", "%(count)d places do not say who is speaking:", count
    )
    return f"{said % {'count': count}} {', '.join(shown)}."


def holding(page: Page) -> list[Found]:
    """Return the findings that keep a page from being published; none where the site only warns."""
    return stopping(page) if options().binding else []


def install() -> None:
    """Let every page pass the check before it is published or scheduled; a second call changes nothing."""
    publish = PublishPageRevisionAction.execute
    if hasattr(publish, "__wrapped__"):
        return

    @wraps(publish)
    def execute(self: PublishPageRevisionAction, skip_permission_checks: bool = False) -> Any:
        found = holding(self.object)
        if not found:
            return publish(self, skip_permission_checks=skip_permission_checks)
        if self.log_action == _SCHEDULED:
            # The command that publishes what is due goes on with the next page.
            return _put_off(self.object, self.revision, found)
        raise PublishingHeld(self.object, found)

    PublishPageRevisionAction.execute = execute


def _put_off(page: Page, revision: Revision, found: Sequence[Found]) -> None:
    """Take a page that is due off the schedule, and say so in its history."""
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    log(instance=page, action="attrlint.hold", revision=revision, data={"findings": described(found)})
