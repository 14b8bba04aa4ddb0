"""The reports of open and of accepted sources in the Reports menu."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.pages import PagePermissionPolicy

from attrlint_wagtail.models import OpenPage, Waiver


class OpenFilterSet(WagtailFilterSet):
    """By whether readers can see the page, and by when it was saved."""

    live = django_filters.BooleanFilter(field_name="page__live", label=_("Live"))
    saved = django_filters.DateFromToRangeFilter(
        field_name="page__latest_revision_created_at", label=_("Saved"), widget=DateRangePickerWidget
    )

    class Meta:
        model = OpenPage
        fields = ("live", "saved")


class OpenReport(ReportView):
    """Every page with open sources that somebody may see, the one that was saved last first."""

    model = OpenPage
    page_title = _("Open sources")
    header_icon = "openquote"
    index_url_name = "attrlint_open"
    index_results_url_name = "attrlint_open_results"
    filterset_class = OpenFilterSet
    default_ordering = "-page__latest_revision_created_at"
    columns = (
        TitleColumn(
            "page",
            label=_("Page"),
            accessor=lambda row: row.page.get_admin_display_title(),
            get_url=lambda row: reverse("wagtailadmin_pages:edit", args=(row.page_id,)),
        ),
        Column("count", label=_("Places"), width="8%"),
        Column("words", label=_("Words"), width="40%"),
        Column("status", label=_("Status"), accessor="page.status_string"),
        DateColumn("saved", label=_("Saved"), accessor="page.latest_revision_created_at", width="12%"),
    )
    list_export = ("page", "count", "words", "page.status_string", "page.latest_revision_created_at")
    export_headings = {  # noqa: RUF012 - Wagtail's shape
        "page": _("Page"),
        "count": _("Places"),
        "words": _("Words"),
        "page.status_string": _("Status"),
        "page.latest_revision_created_at": _("Saved"),
    }

    def get_base_queryset(self) -> QuerySet[OpenPage]:
        """Return what is open in the pages that the user may see."""
        pages: Any = PagePermissionPolicy().explorable_instances(self.request.user)
        return OpenPage.objects.filter(page__in=pages).select_related("page")


class WaiverFilterSet(WagtailFilterSet):
    """By words of the reason, rule and date."""

    reason = django_filters.CharFilter(label=_("Reason"), lookup_expr="icontains")
    rule = django_filters.AllValuesMultipleFilter(label=_("Rule"))
    created_at = django_filters.DateFromToRangeFilter(label=_("Accepted"), widget=DateRangePickerWidget)

    class Meta:
        model = Waiver
        fields = ("reason", "rule", "created_at")


class WaiverReport(ReportView):
    """Every accepted source of the pages that somebody may see, the latest first."""

    model = Waiver
    page_title = _("Accepted sources")
    header_icon = "openquote"
    index_url_name = "attrlint_report"
    index_results_url_name = "attrlint_report_results"
    filterset_class = WaiverFilterSet
    default_ordering = "-created_at"
    columns = (
        TitleColumn(
            "page",
            label=_("Page"),
            accessor=lambda waiver: waiver.page.get_admin_display_title(),
            get_url=lambda waiver: reverse("wagtailadmin_pages:edit", args=(waiver.page_id,)),
        ),
        Column("words", label=_("Words"), width="20%"),
        Column("reason", label=_("Reason"), width="30%"),
        Column("rule", label=_("Rule")),
        Column("user_name", label=_("Accepted by")),
        DateColumn("created_at", label=_("Accepted"), width="12%"),
    )
    list_export = ("page", "words", "reason", "rule", "user_name", "created_at", "revision_id")
    export_headings = {  # noqa: RUF012 - Wagtail's shape
        "page": _("Page"),
        "words": _("Words"),
        "reason": _("Reason"),
        "rule": _("Rule"),
        "user_name": _("Accepted by"),
        "created_at": _("Accepted"),
        "revision_id": _("Revision"),
    }

    def get_base_queryset(self) -> QuerySet[Waiver]:
        """Return the decisions on pages that the user may see."""
        pages: Any = PagePermissionPolicy().explorable_instances(self.request.user)
        return Waiver.objects.filter(page__in=pages).select_related("page")
