"""What the documentation of the server names is there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from attrlint.cli import cli
from attrlint.server.app import build
from attrlint.server.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["docs/server.md", "deploy/Dockerfile", "deploy/attrlint.service"])
def test_every_option_of_serve_that_is_named_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if re.search(r"\bserve\b|\| `--", line)]
    named = set(re.findall(r"--[a-z][a-z-]+", " ".join(lines)))
    known = set(re.findall(r"--[a-z][a-z-]+", CliRunner().invoke(cli, ["serve", "--help"]).output))
    assert named
    assert named <= known


def test_every_address_is_told() -> None:
    paths = {getattr(route, "path", "") for route in build(Settings()).routes}
    told = {path.replace("/NAME", "/{name}") for path in re.findall(r"`(/[\w./]*)`", GUIDE)}
    hidden = {"/page", "/opened"} | {path for path in paths if path.startswith("/v2/")}
    assert paths - hidden == told - {"/v2/check"}


@pytest.mark.slow
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("there is no systemd-analyze")
    unit = tmp_path / "attrlint.service"
    given = (ROOT / "deploy" / "attrlint.service").read_text(encoding="utf-8")
    unit.write_text(given.replace("/opt/attrlint/bin/attrlint", sys.executable), encoding="utf-8")
    ran = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_defaults_are_told() -> None:
    usual = Settings()
    assert f"| {usual.max_body >> 20} MiB |" in GUIDE
    assert f"| {usual.max_text:,} characters |" in GUIDE
    assert f"| {usual.timeout:g} seconds an article |" in GUIDE
    assert f"| {usual.queue} articles that wait |" in GUIDE
