"""What the tests of the command line share."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest
from chromium import browser as browser  # a fixture
from hypothesis import settings
from wagtail_newsroom import wagtail_python as wagtail_python  # a fixture

import attrlint
from attrlint.cli import main

# How long one example takes says more about the machine than about the code.
settings.register_profile("attrlint", deadline=None)
settings.load_profile("attrlint")

VAGUE = "The offensive has stalled, analysts note.\n"
CLEAN = "The offensive has stalled.\n"
SCHEMA = json.loads((Path(attrlint.__file__).parent / "schema" / "attrlint-1.schema.json").read_text(encoding="utf-8"))


class Ran(NamedTuple):
    status: int
    out: str
    err: str

    def json(self) -> Any:
        """The output, which the schema must allow."""
        found = json.loads(self.out)
        jsonschema.validate(found, SCHEMA, jsonschema.Draft202012Validator)
        return found


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Calls `main` in a folder with a vague and a clean article, with no colour and 100 columns unless told."""
    (tmp_path / "vague.txt").write_text(VAGUE, encoding="utf-8")
    (tmp_path / "clean.txt").write_text(CLEAN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def call(*argv: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main(argv)
        return Ran(status, *capsys.readouterr())

    return call
