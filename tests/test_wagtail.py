"""The gate of the Wagtail package inside a site, in the current and in the long-term release of Wagtail."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from wagtail_newsroom import ROOT, Newsroom

pytestmark = pytest.mark.slow

PACKAGE = ROOT / "integrations" / "wagtail" / "attrlint_wagtail"


@pytest.fixture(scope="module")
def newsroom(wagtail_python: str, tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    return Newsroom(wagtail_python, tmp_path_factory.mktemp("site"))


def test_every_table_has_its_migration(newsroom: Newsroom) -> None:
    assert newsroom.manage("makemigrations", "--check", "--dry-run") == "No changes detected\n"


def test_the_template_for_translators_is_fresh(tmp_path: Path) -> None:
    if not shutil.which("xgettext"):
        pytest.skip("there is no xgettext; `make integrations` installs Debian's as root")
    made = tmp_path / PACKAGE.name
    shutil.copytree(PACKAGE, made, ignore=shutil.ignore_patterns("__pycache__"))
    call = (sys.executable, "-m", "django", "makemessages", "--locale", "en", "--add-location", "file", "--no-wrap")
    subprocess.run(call, cwd=made, check=True, capture_output=True)
    dated = re.compile(r'^"POT-Creation-Date.*\n', re.MULTILINE)
    fresh, kept = (
        dated.sub("", (folder / "locale/en/LC_MESSAGES/django.po").read_text(encoding="utf-8"))
        for folder in (made, PACKAGE)
    )
    assert kept == fresh, "run `make pot`"


def test_the_site_is_held(newsroom: Newsroom) -> None:
    newsroom.manage("test", "newsroom.tests", "--pattern", "*_tests.py")


def test_it_stays_away_where_it_is_not_asked_for(newsroom: Newsroom, tmp_path: Path) -> None:
    code = "import sys, attrlint; print(any(name.startswith(('django', 'wagtail')) for name in sys.modules))"
    assert newsroom.python("-c", code, cwd=tmp_path) == "False\n"
