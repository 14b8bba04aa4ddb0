"""Findings that somebody has accepted, with the reason, and the workflow task that waits until none is open."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, Revision, TaskState, WorkflowState


class Waiver(models.Model):
    """A finding that somebody has accepted for one page, in the words that were found, at the revision of that time.

    It holds as long as the sentence stands in the page, whatever is changed around it.
    """

    page = models.ForeignKey(Page, models.CASCADE, related_name="attrlint_waivers", verbose_name=_("page"))
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+", verbose_name=_("revision"))
    fingerprint = models.CharField(max_length=32)
    rule = models.CharField(_("rule"), max_length=100)
    words = models.TextField(_("words"))
    reason = models.TextField(_("reason"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # The name stays when the account goes.
    user_name = models.CharField(_("accepted by"), max_length=255)
    created_at = models.DateTimeField(_("accepted at"), auto_now_add=True)

    class Meta:
        verbose_name = _("accepted source")
        verbose_name_plural = _("accepted sources")
        ordering = ("-created_at",)
        constraints = (models.UniqueConstraint(fields=("page", "fingerprint"), name="attrlint_once_per_page"),)
        permissions = (("override_gate", _("Can accept vague sources where publishing is blocked")),)

    def __str__(self) -> str:
        return f"{self.words} ({self.rule})"


class OpenPage(models.Model):
    """A page in which sources are open as it was saved last: how many, and which words they are."""

    page = models.OneToOneField(Page, models.CASCADE, related_name="+", verbose_name=_("page"))
    count = models.PositiveIntegerField(_("places"))
    words = models.TextField(_("words"))

    class Meta:
        verbose_name = _("page with open sources")
        verbose_name_plural = _("pages with open sources")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.words}"


class SourceCheckTask(AbstractGroupApprovalTask):
    """A step of a workflow that is passed at once where no finding is open, and cannot be approved while one is."""

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Begin the step; it is over at once where every source is clear, unless that would publish unseen."""
        state = super().start(workflow_state, user=user)
        page = _latest(workflow_state)
        if self._may_pass(workflow_state, page, user) and not self._stopping(page):
            state.status = TaskState.STATUS_APPROVED
            state.finished_at = timezone.now()
            state.comment = _("Every source is clear or accepted.")
            state.save()
        return state

    def _may_pass(self, workflow_state: WorkflowState, page: Page, user: Any) -> bool:
        """Whether another step follows, or whoever brought the page here may publish it: the last step publishes."""
        last = workflow_state.workflow.tasks.filter(active=True).last()
        return last.pk != self.pk or (user is not None and page.permissions_for_user(user).can_publish())

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Approve or send back. Raises PublishingHeld for an approval while a finding is open."""
        from attrlint_wagtail.gate import PublishingHeld

        if action_name == "approve":
            page = _latest(task_state.workflow_state)
            if found := self._stopping(page):
                raise PublishingHeld(page, found)
        super().on_action(task_state, user, action_name, **kwargs)

    def _stopping(self, page: Page) -> list[Any]:
        from attrlint_wagtail.check import stopping

        return stopping(page)

    @classmethod
    def get_description(cls) -> str:
        """Return what the step does, for whoever builds a workflow."""
        return _(
            "Passed at once if attrlint finds nothing open; else the chosen groups accept findings or send it back"
        )

    class Meta:
        verbose_name = _("Source check")
        verbose_name_plural = _("Source checks")


def _latest(workflow_state: WorkflowState) -> Page:
    """Return the page as it was saved last, read anew: the one that a workflow holds may be older."""
    return Page.objects.get(pk=workflow_state.object_id).get_latest_revision_as_object()
