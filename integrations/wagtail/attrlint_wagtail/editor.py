"""What the editor's script is told: the findings, and every word that it shows, in the language of whoever is at it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from attrlint_wagtail.check import Found, check, may_accept, places
from attrlint_wagtail.options import BLOCK, REASON, options


def labels() -> dict[str, str]:
    """Return the words that do not depend on a page; `{words}` stands for those of a finding."""
    return {
        "accept": _("Accept…"),
        "acceptWith": _("Accept with this reason"),
        "cancel": _("Cancel"),
        "failed": _("The sources could not be checked. They are checked again after your next change."),
        "forbidden": _("You may not do this here."),
        "reason": _("Why “{words}” can stand"),
        "reasonHint": _("Why can it stand? For example: both work for the ministry, and the editor knows their names"),
        "show": _("Show"),
        "showWords": _("Show “{words}”"),
        "takeBack": _("Take back"),
        "why": _("Why?"),
    }


def answer(page: Page, user: Any) -> dict[str, Any]:
    """Return the findings of a page for the script."""
    found = check(page)
    saved = bool(page.pk)
    may = saved and may_accept(user, page)
    return {
        "summary": summary(found, saved, may),
        "may_accept": may,
        "findings": [_finding(one) for one in found],
    }


def summary(found: Sequence[Found], saved: bool, may: bool) -> str:
    """Return how many places are open, and what is to be done about them before the page can be published."""
    still = places([one for one in found if one.waiver is None])
    accepted = len(places([one for one in found if one.waiver is not None]))
    said = [_open(len(still), accepted)]
    if accepted:
        said.append(ngettext("%(count)d accepted.", "%(count)d accepted.", accepted) % {"count": accepted})
    if any(one.stops for one in still):
        said += _remedy(saved, may)
    return " ".join(said)


def _open(count: int, accepted: int) -> str:
    if count:
        said = ngettext(
            "%(count)d place does not say who is speaking.", "%(count)d places do not say who is speaking.", count
        )
        return said % {"count": count}
    return _("No source is open.") if accepted else _("Every source is clear.")


def _remedy(saved: bool, may: bool) -> list[str]:
    mode = options().mode
    if mode == BLOCK and saved and not may:
        return [_("Publishing is blocked until each source is named.")]
    if mode == BLOCK:
        return [_("Publishing is blocked until each source is named, or accepted with a reason.")]
    if mode != REASON:
        return []
    said = [_("Before publishing, name each source or accept it with a reason.")]
    return said if saved else [*said, _("Sources can be accepted once the draft is saved.")]


def _finding(found: Found) -> dict[str, Any]:
    finding = found.finding
    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "severity": finding.severity.word,
        "message": finding.message,
        "help": finding.help,
        "skeleton": finding.remedy.sentence if finding.remedy else "",
        "words": found.words,
        **found.place._asdict(),
        "accepted": _accepted(found),
    }


def _accepted(found: Found) -> str:
    """Return who has accepted a finding, when and why; empty where nobody has."""
    waiver = found.waiver
    if waiver is None:
        return ""
    time = date_format(localtime(waiver.created_at), "SHORT_DATETIME_FORMAT")
    said = {"user": waiver.user_name, "time": time, "reason": waiver.reason}
    return _("Accepted by %(user)s, %(time)s: %(reason)s") % said
