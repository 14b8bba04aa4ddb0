"""The gate of the Wagtail package inside a site, in the current and in the long-term release of Wagtail."""

from __future__ import annotations

from pathlib import Path

import pytest
from wagtail_newsroom import Newsroom

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def newsroom(wagtail_python: str, tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    return Newsroom(wagtail_python, tmp_path_factory.mktemp("site"))


def test_every_table_has_its_migration(newsroom: Newsroom) -> None:
    assert newsroom.manage("makemigrations", "--check", "--dry-run") == "No changes detected\n"


def test_the_site_is_held(newsroom: Newsroom) -> None:
    newsroom.manage("test", "newsroom.tests", "--pattern", "*_tests.py")


def test_it_stays_away_where_it_is_not_asked_for(newsroom: Newsroom, tmp_path: Path) -> None:
    code = "import sys, attrlint; print(any(name.startswith(('django', 'wagtail')) for name in sys.modules))"
    assert newsroom.python("-c", code, cwd=tmp_path) == "False\n"
