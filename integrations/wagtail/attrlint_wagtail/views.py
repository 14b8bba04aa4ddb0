"""What the editor asks: which findings a form has as it stands, and to accept one or take that back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from wagtail.admin.views.pages import preview
from wagtail.log_actions import log
from wagtail.models import Page

from attrlint_wagtail.check import Found, check, may_accept
from attrlint_wagtail.content import FORM
from attrlint_wagtail.editor import answer
from attrlint_wagtail.models import Waiver
from attrlint_wagtail.standing import keep

# Wagtail 8 renamed both.
_OnEdit: Any = getattr(preview, "PreviewOnEditView", None) or preview.PreviewOnEdit
_OnCreate: Any = getattr(preview, "PreviewOnCreateView", None) or preview.PreviewOnCreate

_LONGEST = 2_000
"""A reason has at most so many characters."""


class Refused(Exception):  # noqa: N818 - it is a decision
    """What an editor asked for cannot be done; the message says why."""


class _Checking:
    """Reads the form as a preview does: what is in it, saved or not."""

    request: HttpRequest
    object: Page
    http_method_names = ("post",)

    def page(self) -> Page | None:
        """Return the page as the form has it, or none while the form has mistakes."""
        form = self.get_form(self.request.POST)  # type: ignore[attr-defined]
        if not self.validate_form(form):  # type: ignore[attr-defined]
            return None
        form.save(commit=False)
        _name_children(form)
        return form.instance

    def post(self, *_args: Any, **_kwargs: Any) -> JsonResponse:
        """Answer with the findings, after doing what was asked for."""
        page = self.page()
        if page is None:
            return JsonResponse({"problem": _("The sources can be checked once the mistakes in the form are mended.")})
        try:
            self.do(page)
        except Refused as refused:
            return JsonResponse({"problem": str(refused)}, status=409)
        return JsonResponse(answer(page, self.request.user))

    def do(self, page: Page) -> None:
        """Do what was asked for before the answer is given: nothing by default."""


class CheckOnEdit(_Checking, _OnEdit):
    """Checks the form of a page."""


class CheckOnCreate(_Checking, _OnCreate):
    """Checks the form of a page that is not saved yet."""


class Accept(CheckOnEdit):
    """Accepts a finding of the form, with a reason. Of two who do so at once, the first one's reason is kept."""

    def do(self, page: Page) -> None:
        """Record the decision."""
        if not may_accept(self.request.user, page):
            raise PermissionDenied
        reason = " ".join(self.request.POST.get("attrlint-reason", "").split())[:_LONGEST]
        if not reason:
            raise Refused(_("Please give a reason: whoever reads the story after you will want to know it."))
        fingerprint = self.request.POST.get("attrlint-fingerprint")
        found = next((one for one in check(page) if one.finding.fingerprint == fingerprint), None)
        if found is None:
            raise Refused(_("These words are no longer in the story."))
        with transaction.atomic():
            self._record(page, found, reason)

    def _record(self, page: Page, found: Found, reason: str) -> None:
        user = self.request.user
        decision = {
            "revision": page.get_latest_revision(),
            "rule": found.finding.rule,
            "words": found.words,
            "reason": reason,
            "user": user,
            "user_name": (user.get_full_name() or user.get_username())[:255],
        }
        _waiver, created = Waiver.objects.get_or_create(
            page_id=page.pk, fingerprint=found.finding.fingerprint, defaults=decision
        )
        if created:
            _log(page, user, "attrlint.accept", {"words": found.words, "rule": found.finding.rule, "reason": reason})
            keep(Page.objects.get(pk=page.pk).get_latest_revision_as_object())


class Withdraw(CheckOnEdit):
    """Takes back that a finding was accepted."""

    def do(self, page: Page) -> None:
        """Delete the decision; the history of the page keeps it."""
        if not may_accept(self.request.user, page):
            raise PermissionDenied
        for waiver in Waiver.objects.filter(page_id=page.pk, fingerprint=self.request.POST.get("attrlint-fingerprint")):
            _log(page, self.request.user, "attrlint.withdraw", {"words": waiver.words, "rule": waiver.rule})
            waiver.delete()
            keep(Page.objects.get(pk=page.pk).get_latest_revision_as_object())


def _name_children(form: Any) -> None:
    for formset in getattr(form, "formsets", {}).values():
        for child in formset.forms:
            setattr(child.instance, FORM, child.prefix)
            _name_children(child)


def _log(page: Page, user: Any, action: str, data: dict[str, str]) -> None:
    log(instance=page, action=action, user=user, revision=page.get_latest_revision(), data=data)
