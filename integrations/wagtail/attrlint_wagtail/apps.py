"""The application of a Wagtail site."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttrlintConfig(AppConfig):
    """Puts the gate in place when the site starts."""

    name = "attrlint_wagtail"
    label = "attrlint_wagtail"
    verbose_name = _("Attribution of sources")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the gate in place, read pages as they are saved, and register the checks of the settings."""
        from attrlint_wagtail import gate, standing, system_checks

        gate.install()
        standing.install()
        system_checks.install()
