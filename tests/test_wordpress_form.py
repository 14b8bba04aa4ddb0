"""The form of the WordPress plugin: its code, and its strings for translators."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from wordpress import PLUGIN

pytestmark = pytest.mark.slow


def test_the_template_for_translators_is_fresh(tmp_path: Path) -> None:
    if not shutil.which("xgettext"):
        pytest.skip("there is no xgettext; `make integrations` installs Debian's as root")
    made = tmp_path / "attrlint.pot"
    subprocess.run([str(PLUGIN.parent / "make-pot"), str(made)], check=True)
    dated = re.compile(r'^"POT-Creation-Date.*\n', re.MULTILINE)
    fresh, kept = (
        dated.sub("", path.read_text(encoding="utf-8")) for path in (made, PLUGIN / "languages" / "attrlint.pot")
    )
    assert kept == fresh, "run `make pot`"


def test_the_code_has_the_form_that_wordpress_asks_for() -> None:
    if not shutil.which("phpcs"):
        pytest.skip("there is no phpcs; `make integrations` installs Debian's as root")
    run = subprocess.run(["phpcs", "-q"], cwd=PLUGIN.parent, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout
