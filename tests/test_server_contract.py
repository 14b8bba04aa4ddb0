"""The API does what its description says, whatever it is sent."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from serving import serving

pytestmark = pytest.mark.slow

HOOKS = Path(__file__).resolve().parent / "schemathesis_hooks.py"


def test_schemathesis_finds_no_difference(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        command = [Path(sys.executable).parent / "schemathesis", "run", f"{served.url}/v1/openapi.json"]
        settings = {**os.environ, "SCHEMATHESIS_HOOKS": str(HOOKS), "NO_COLOR": "1"}
        ran = subprocess.run(
            [*command, "--max-examples", "25", "--phases", "coverage,fuzzing", "--seed", "1"],
            cwd=tmp_path,
            env=settings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout
        assert "Tested: 12" in ran.stdout
        assert "Traceback" not in served.log.read_text(encoding="utf-8")
