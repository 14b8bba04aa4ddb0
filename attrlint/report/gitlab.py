"""Findings as a code quality report, which GitLab shows in a merge request."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from attrlint.finding import Report, Severity
from attrlint.report.formats import Joined
from attrlint.report.region import portable, region

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


class Findings(Joined):
    """One list of all findings; waived ones are left out."""

    opening, closing = "[\n", "\n]\n"

    def article(self, found: Report) -> str:
        """Return the findings of one article."""
        return self.separator.join(json.dumps(issue, ensure_ascii=False) for issue in _issues(found))


def _issues(found: Report) -> Iterator[dict[str, Any]]:
    from hashlib import blake2b  # loads OpenSSL: only where something was found

    path = portable(found.document.path)
    seen: Counter[str] = Counter()
    for finding in found.findings:
        if finding.waived:
            continue
        place = region(found.document, finding.start, finding.end)
        seen[finding.fingerprint] += 1
        # Of two findings with the same fingerprint only one would be shown, and that of the article is not enough here:
        # the same words stand in other articles, or twice in one.
        key = f"{path}\0{finding.fingerprint}\0{seen[finding.fingerprint]}".encode("utf-8", "surrogatepass")
        yield {
            "description": f"{finding.message} {finding.help}",
            "check_name": finding.rule,
            "fingerprint": blake2b(key, digest_size=16).hexdigest(),
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": path, "lines": {"begin": place.line, "end": place.end_line}},
        }
