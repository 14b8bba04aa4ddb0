"""What a site decides in the setting `ATTRLINT`: how binding findings are, by which preset, from which severity on."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings

from attrlint import Severity

OFF, WARN, REASON, BLOCK = "off", "warn", "require reason", "block"
MODES = (OFF, WARN, REASON, BLOCK)
SEVERITIES = {severity.word: severity for severity in Severity}


class Options(NamedTuple):
    """The setting as it stands; `fail_on` is the weakest severity that holds a story back."""

    mode: str
    preset: str
    fail_on: str

    @property
    def binding(self) -> bool:
        """Whether open findings hold a story back; in a mode that is misspelt they do."""
        return self.mode not in (OFF, WARN)

    def stops(self, severity: Severity) -> bool:
        """Whether a finding is grave enough to hold a story back."""
        return severity >= SEVERITIES[self.fail_on]


def options() -> Options:
    """Return what the site has decided; a site that has not is warned."""
    chosen = getattr(settings, "ATTRLINT", {})
    return Options(chosen.get("MODE", WARN), chosen.get("PRESET", ""), chosen.get("FAIL_ON", "warning"))
