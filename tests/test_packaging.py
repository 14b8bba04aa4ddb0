"""What is shipped works where it lands: the wheel comes from the sdist, is installed alone and used from elsewhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = ROOT / "examples" / "foreign-desk.txt"
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


def run(*command: object, cwd: Path) -> str:
    """What a command prints; it must succeed, and must not see this checkout by way of the environment."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    clean["PYTHONUTF8"] = "1"
    result = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=clean, capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
    return result.stdout


def environment(folder: Path, *what: object) -> Path:
    """The script folder of a fresh environment in which `what` is installed."""
    venv.create(folder, with_pip=True)
    python = folder / SCRIPTS / "python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what, cwd=folder)
    return folder / SCRIPTS


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script folder of a fresh environment with the wheel."""
    (wheel,) = built.glob("*.whl")
    return environment(tmp_path_factory.mktemp("wheel") / "env", wheel)


@pytest.fixture(scope="module")
def editable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script folder of a fresh environment with this checkout installed in place."""
    return environment(tmp_path_factory.mktemp("editable") / "env", "--editable", ROOT)


def test_the_wheel_holds_the_package_and_the_rules(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    rules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "rules").rglob("*.toml")}
    assert {f"attrlint/{rule}" for rule in rules} <= set(names)
    assert {"attrlint/py.typed", "attrlint/schema/attrlint-1.schema.json"} <= set(names)
    assert {"attrlint/schema/attrlint-config.schema.json", "attrlint/templates/rule.toml"} <= set(names)
    assert {
        f"attrlint/report/{name}" for name in ("page.css", "sources.css", "sources.js", "findings.css", "findings.js")
    } <= set(names)
    folder = ROOT / "integrations" / "wagtail"
    wagtail = {path.relative_to(folder) for path in folder.rglob("*.*")}
    assert {path.as_posix() for path in wagtail if path.suffix in (".py", ".js", ".css", ".po")} <= set(names)
    packages = ("attrlint/", "attrlint_wagtail/")
    others = {name for name in names if ".dist-info/" not in name and not name.startswith(packages)}
    assert [name.partition(".data/")[2] for name in others] == ["data/share/man/man1/attrlint.1"]


def test_the_sdist_holds_what_the_checkout_holds(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    files = [
        path
        for folder in ("attrlint", "rules", "tests", "examples", "docs", "integrations")
        for path in (ROOT / folder).rglob("*")
    ]
    made = {"__pycache__", "node_modules", "files"}
    wanted = {path.relative_to(ROOT).as_posix() for path in files if path.is_file() and not made & set(path.parts)}
    assert wanted <= names
    assert {"README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile", "pyproject.toml"} <= names


@pytest.mark.parametrize("kind", ["installed", "editable"])
def test_it_lints_from_another_folder(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    scripts: Path = request.getfixturevalue(kind)
    article = shutil.copy(ARTICLE, tmp_path / "article.txt")
    output = run(scripts / "attrlint", "check", "--format", "concise", "--exit-zero", article, cwd=tmp_path)
    assert "vague-collective" in output
    assert "vague-collective" in run(scripts / "attrlint", "rules", cwd=tmp_path)
    assert "hearsay-adverb" in run(scripts / "attrlint", "rules", "--preset", "npr", cwd=tmp_path)
    run(scripts / "attrlint", "test", cwd=tmp_path)


@pytest.mark.parametrize("kind", ["installed", "editable"])
def test_the_package_is_where_it_should_be(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    scripts: Path = request.getfixturevalue(kind)
    code = "import attrlint; print(attrlint.__version__, attrlint.__file__)"
    version, _, place = run(scripts / "python", "-c", code, cwd=tmp_path).strip().partition(" ")
    assert version in run(scripts / "attrlint", "--version", cwd=tmp_path)
    assert Path(place).is_relative_to(ROOT) == (kind == "editable")
