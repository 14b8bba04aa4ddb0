"""The example of an installed pack is built, installed beside attrlint in an environment of its own, and used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from test_packaging import ROOT, environment, run

pytestmark = pytest.mark.slow

PACK = ROOT / "examples" / "pack-wire"
ARTICLE = "The pass was closed on Monday, a rival agency reported.\n"


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script folder of a fresh environment with attrlint and the wheel of a copy of the pack."""
    folder = tmp_path_factory.mktemp("pack")
    copy = shutil.copytree(PACK, folder / "pack-wire")
    return environment(folder / "env", ROOT, copy)


def test_its_examples_hold(scripts: Path, tmp_path: Path) -> None:
    assert run(scripts / "attrlint", "test", "wire", cwd=tmp_path) == "all examples hold\n"


def test_a_configuration_names_it(scripts: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    check = (scripts / "attrlint", "check", "--exit-zero", "--format", "concise", "a.txt")
    assert "rival-agency" not in run(*check, cwd=tmp_path)
    (tmp_path / "attrlint.toml").write_text('packs = ["wire"]\n', encoding="utf-8")
    assert "a.txt:1:32: warning rival-agency “a rival agency reported”" in run(*check, cwd=tmp_path)
    assert "unsourced-opening" in run(scripts / "attrlint", "rules", cwd=tmp_path)
