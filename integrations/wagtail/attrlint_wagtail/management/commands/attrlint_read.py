"""Reading all pages anew for the report of open sources."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Page

from attrlint_wagtail.standing import keep


class Command(BaseCommand):
    """Notes what is open in every page."""

    help = "Read every page for the report “Open sources”: after the installation, and when ATTRLINT has changed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Read the pages, drafts as they were saved last."""
        numbers = list(Page.objects.filter(depth__gt=1).values_list("pk", flat=True))
        counts = [keep(Page.objects.get(pk=number).get_latest_revision_as_object()) for number in numbers]
        self.stdout.write(f"{len(counts)} pages read; sources are open in {sum(map(bool, counts))}.")
