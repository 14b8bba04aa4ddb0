"""What `manage.py check` says of the settings."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks

from attrlint import AttrlintError, engine
from attrlint_wagtail.options import MODES, SEVERITIES, options

_MIDDLEWARE = "attrlint_wagtail.middleware.HeldMiddleware"
_KEYS = {"MODE", "PRESET", "FAIL_ON"}


def install() -> None:
    """Register the checks."""
    checks.register(check_settings)


def check_settings(app_configs: Any, **_: Any) -> list[checks.CheckMessage]:  # noqa: ARG001 - Django's shape
    """Return what is wrong with the setting `ATTRLINT`, and whether the middleware is missing."""
    chosen = options()
    found: list[checks.CheckMessage] = [
        checks.Error(f"ATTRLINT has no “{key}”", hint="It has: " + ", ".join(sorted(_KEYS)), id="attrlint.E001")
        for key in sorted(set(getattr(settings, "ATTRLINT", {})) - _KEYS)
    ]
    for key, value, known in (("MODE", chosen.mode, MODES), ("FAIL_ON", chosen.fail_on, SEVERITIES)):
        if value not in known:
            hint = "Choose one of: " + ", ".join(known)
            found.append(checks.Error(f"ATTRLINT has an unknown {key} “{value}”", hint=hint, id="attrlint.E002"))
    try:
        engine.load(preset=chosen.preset)
    except AttrlintError as error:
        found.append(checks.Error(f"ATTRLINT has a PRESET that cannot be used: {error}", id="attrlint.E003"))
    if chosen.binding and _MIDDLEWARE not in settings.MIDDLEWARE:
        hint = (
            f"Add “{_MIDDLEWARE}” at the end of MIDDLEWARE, or editors see an error page where publishing is refused."
        )
        found.append(checks.Warning("The middleware of attrlint is missing", hint=hint, id="attrlint.W001"))
    return found
