"""A server under load, as the benchmark puts it: shorter here."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from serving import serving

pytestmark = pytest.mark.slow

BENCH = Path(__file__).resolve().parent.parent / "bench" / "server.py"


def test_a_worker_is_renewed_before_it_remembers_too_much(tmp_path: Path) -> None:
    with serving(tmp_path) as served:
        (before,) = served.workers()
        assert {served.client.post("/v1/check", content=b"It rained.").status_code for _ in range(2100)} == {200}
        (after,) = served.workers()
        assert after != before
        assert "attrlint_workers_replaced 0.0" in served.client.get("/metrics").text


@pytest.mark.skipif(sys.platform != "linux", reason="looks at memory in the manner of Linux")
def test_no_answer_is_missing_but_that_of_a_killed_worker() -> None:
    command = [sys.executable, str(BENCH), "--requests", "1000", "--workers", "2", "--minutes", "0.1"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    assert re.findall(r"(\d+) failures", ran.stdout) == ["0", "0"]
    lost = re.search(r"kill -9 of a worker among 1,000 requests: (\d+) lost", ran.stdout)
    assert lost
    assert int(lost[1]) <= 1
