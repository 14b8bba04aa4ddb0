"""Knowing of every page what is open in it, as it was saved last, so that the desk sees it without opening the page."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_save
from wagtail.models import Page, Revision

from attrlint import AttrlintError
from attrlint_wagtail.check import places, stopping
from attrlint_wagtail.models import OpenPage

_logger = logging.getLogger("attrlint")


def install() -> None:
    """Read every page when it is saved."""
    post_save.connect(_saved, sender=Revision, dispatch_uid="attrlint")


def _saved(instance: Revision, raw: bool = False, **_: Any) -> None:
    pages = ContentType.objects.get_for_model(Page, for_concrete_model=False)
    if not raw and instance.base_content_type_id == pages.pk and instance.is_latest_revision():
        keep(instance.as_object())


def keep(page: Page) -> int:
    """Note how many places of a page as it was saved last are open, and return that; an error is logged, no more."""
    try:
        found = places(stopping(page))
    except AttrlintError:
        _logger.exception("“%s” could not be read", page.get_admin_display_title())
        return 0
    if found:
        words = ", ".join(f"“{one.words}” ({one.place.label})" for one in found)
        OpenPage.objects.update_or_create(page_id=page.pk, defaults={"count": len(found), "words": words})
    else:
        OpenPage.objects.filter(page_id=page.pk).delete()
    return len(found)
