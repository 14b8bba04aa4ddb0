"""Where attrlint stands in Wagtail: the editor, the moment before publishing, the history, the reports."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, json_script
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView
from wagtail.log_actions import LogFormatter
from wagtail.models import Page

from attrlint_wagtail import editor, gate, report, views
from attrlint_wagtail.check import stopping
from attrlint_wagtail.options import OFF, WARN, options


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Return the addresses, below the admin's own. Those of the editor are like Wagtail's: see `editor.js`."""
    return [
        path("attrlint/pages/<int:page_id>/check/", require_admin_access(views.CheckOnEdit.as_view())),
        path("attrlint/pages/<int:page_id>/accept/", require_admin_access(views.Accept.as_view())),
        path("attrlint/pages/<int:page_id>/withdraw/", require_admin_access(views.Withdraw.as_view())),
        path(
            "attrlint/pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/check/",
            require_admin_access(views.CheckOnCreate.as_view()),
        ),
        *_report("reports/attrlint/", report.WaiverReport),
        *_report("reports/attrlint/open/", report.OpenReport),
    ]


def _report(address: str, view: type[ReportView]) -> list[URLPattern]:
    results = require_admin_access(view.as_view(results_only=True))
    return [
        path(address, require_admin_access(view.as_view()), name=view.index_url_name),
        path(f"{address}results/", results, name=view.index_results_url_name),
    ]


@hooks.register("insert_global_admin_css")
def editor_css() -> str:
    """Return the link to the editor's style sheet; Wagtail has no hook for that of the editor alone."""
    return format_html('<link rel="stylesheet" href="{}">', static("attrlint_wagtail/editor.css"))


@hooks.register("insert_editor_js")
def editor_js() -> str:
    """Return the script of the editor and its words: none where the site has switched attrlint off."""
    if options().mode == OFF:
        return ""
    words = json_script(editor.labels(), "attrlint-labels")
    return format_html('{}<script type="module" src="{}"></script>', words, static("attrlint_wagtail/editor.js"))


@hooks.register("before_publish_page")
def hold(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Send whoever publishes from the editor back to it, where findings are open; the draft is saved by then."""
    found = gate.holding(page)
    if not found:
        return None
    if page.live and page.first_published_at is None:
        # The view that makes a page has it live from its first moment on.
        page.live, page.has_unpublished_changes = False, True
        page.save(update_fields=["live", "has_unpublished_changes"])
    messages.error(request, gate.refusal(page, found))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("after_publish_page")
def warn(request: HttpRequest, page: Page) -> None:
    """Say what is open in a page that was published all the same."""
    if options().mode == WARN and (found := stopping(page)):
        messages.warning(request, f"{_('Published, but:')} {gate.described(found)}")


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """Return the permission that groups can be given in the admin."""
    return Permission.objects.filter(content_type__app_label="attrlint_wagtail", codename="override_gate")


@hooks.register("register_reports_menu_item")
def accepted_item() -> MenuItem:
    """Return the entry in the Reports menu for what was accepted."""
    return MenuItem(_("Accepted sources"), reverse("attrlint_report"), icon_name="openquote", order=900)


@hooks.register("register_reports_menu_item")
def open_item() -> MenuItem:
    """Return the entry in the Reports menu for what is open."""
    return MenuItem(_("Open sources"), reverse("attrlint_open"), icon_name="openquote", order=890)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Name what the history of a page shows."""

    class Decision(LogFormatter):
        def format_message(self, entry: Any) -> str:
            words = {"label": self.label, "words": entry.data.get("words", "")}
            return _("%(label)s: “%(words)s”") % words

        def format_comment(self, entry: Any) -> str:
            return str(entry.data.get("reason", ""))

    @actions.register_action("attrlint.accept")
    class Accepted(Decision):
        label = gettext_lazy("Accepted a vague source")

    @actions.register_action("attrlint.withdraw")
    class Withdrawn(Decision):
        label = gettext_lazy("No longer accepts a vague source")

    @actions.register_action("attrlint.hold")
    class Held(LogFormatter):
        label = gettext_lazy("Scheduled publishing held")

        def format_message(self, entry: Any) -> str:
            return _("Not published when it was due. %(why)s") % {"why": entry.data.get("findings", "")}
