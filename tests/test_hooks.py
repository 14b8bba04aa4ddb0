"""Where copy is committed: the hooks of pre-commit and prek, the plain hook, the recipes, the action."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import docx
import pytest
import yaml
from test_baseline import git

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sys.executable).parent
SHIPPED = ["attrlint", "rules", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"]
RECIPES = (ROOT / "docs" / "hooks.md").read_text(encoding="utf-8")
VAGUE = "The offensive has stalled, analysts note.\n"
MENDED = "The offensive has stalled, Jane Doe, an analyst at the Example Institute, noted.\n"


def recipe(language: str, first: str) -> str:
    """The block of the recipes that is in a language and begins with some words."""
    blocks = re.findall(rf"```{language}\n(.*?)```", RECIPES, re.DOTALL)
    (found,) = (block for block in blocks if block.startswith(first))
    return str(found)


def commit(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Stage everything and commit it, as somebody whose PATH has attrlint and the runner of hooks."""
    git(folder, "add", ".")
    path = f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"
    names = {"GIT_AUTHOR_NAME": "Desk", "GIT_AUTHOR_EMAIL": "desk@example.org"}
    names |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in names.items()}
    return subprocess.run(
        ["git", "commit", "-m", "Copy"],
        cwd=folder,
        env={**os.environ, "PATH": path, **names, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with attrlint in it, as hooks are installed from."""
    folder = tmp_path_factory.mktemp("released")
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "Release")
    git(folder, "tag", "v0.1.0")
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("runner", ["pre-commit", "prek"])
def test_a_commit_is_refused_until_the_copy_is_mended_or_waived(
    runner: str, released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("PRE_COMMIT_HOME", "PREK_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    desk = tmp_path / "desk"
    (desk / "articles").mkdir(parents=True)
    git(desk, "init", "--quiet")
    config = recipe("yaml", "repos:").replace("https://git.example.org/desk/attrlint", str(released))
    (desk / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    (desk / "requirements.txt").write_text(VAGUE, encoding="utf-8")
    subprocess.run([SCRIPTS / runner, "install"], cwd=desk, check=True, capture_output=True)

    article = desk / "articles" / "draft one.txt"
    article.write_text(VAGUE, encoding="utf-8")
    refused = commit(desk)
    assert refused.returncode == 1, refused.stdout + refused.stderr
    assert "articles/draft one.txt:1:28: warning vague-collective" in refused.stdout + refused.stderr
    article.write_text(MENDED, encoding="utf-8")
    mended = commit(desk)
    assert mended.returncode == 0, mended.stdout + mended.stderr

    page = desk / "articles" / "page.md"
    page.write_text(VAGUE, encoding="utf-8")
    assert commit(desk).returncode == 1
    page.write_text(f"{VAGUE}<!-- attrlint: allow vague-collective -- the wire names nobody -->\n", encoding="utf-8")
    waived = commit(desk)
    assert waived.returncode == 0, waived.stdout + waived.stderr

    article.write_text(f"{MENDED}\nIt is believed that the ship sank.\n", encoding="utf-8")
    assert commit(desk).returncode == 1
    subprocess.run([SCRIPTS / "attrlint", "accept", article, "--reason", "on the record"], cwd=desk, check=True)
    accepted = commit(desk)
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr

    draft = desk / "articles" / "draft.docx"
    word_file(draft, "")
    unread = commit(desk)
    assert unread.returncode == 1
    assert "articles/draft.docx:1:28: warning vague-collective" in unread.stdout + unread.stderr
    word_file(draft, "attrlint: allow vague-collective -- the wire names nobody")
    allowed = commit(desk)
    assert allowed.returncode == 0, allowed.stdout + allowed.stderr
    assert git(desk, "rev-list", "--count", "HEAD").strip() == "4"


def word_file(path: Path, comment: str) -> None:
    """Write the vague article as a Word file, with a comment on its words."""
    document = docx.Document()
    run = document.add_paragraph().add_run(VAGUE.strip())
    if comment:
        document.add_comment(runs=[run], text=comment, author="Editor", initials="E")
    document.save(path)


def test_the_hooks_are_as_pre_commit_wants_them() -> None:
    subprocess.run([SCRIPTS / "pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml"], check=True)


def test_the_plain_hook(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    hook = tmp_path / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(recipe("sh", "#!/bin/sh"), encoding="utf-8")
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    article = tmp_path / "articles" / "a.txt"
    article.parent.mkdir()
    article.write_text(VAGUE, encoding="utf-8")
    refused = commit(tmp_path)
    assert refused.returncode == 1
    assert "articles/a.txt:1:28: warning vague-collective" in refused.stdout + refused.stderr
    article.write_text(MENDED, encoding="utf-8")
    assert commit(tmp_path).returncode == 0
    # The hook reads what is staged, also where git makes an index for one commit only.
    article.write_text(f"{MENDED}\n{VAGUE}", encoding="utf-8")
    path = f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"
    alone = subprocess.run(
        ["git", "commit", "-m", "Copy", "articles/a.txt"],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert alone.returncode == 1
    assert "a.txt:3:28" in alone.stdout + alone.stderr


@pytest.mark.parametrize(
    ("schema", "first"), [("github-workflows", "name: attrlint"), ("gitlab-ci", "attrlint:"), ("github-actions", "")]
)
def test_the_pipelines_are_as_their_services_want_them(tmp_path: Path, schema: str, first: str) -> None:
    file = ROOT / "action.yml"
    if first:
        file = tmp_path / "recipe.yml"
        file.write_text(recipe("yaml", first), encoding="utf-8")
    command = [SCRIPTS / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", file]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stdout


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A shallow clone of a repository with old copy, whose last commit has added some."""
    origin = tmp_path / "origin"
    (origin / "articles").mkdir(parents=True)
    git(origin, "init", "--quiet", "--initial-branch=main")
    git(origin, "config", "uploadpack.allowAnySHA1InWant", "true")
    (origin / "articles" / "old.txt").write_text(VAGUE, encoding="utf-8")
    git(origin, "add", ".")
    git(origin, "commit", "--quiet", "-m", "Old")
    (origin / "articles" / "new 😀.txt").write_text(VAGUE, encoding="utf-8")
    git(origin, "add", ".")
    git(origin, "commit", "--quiet", "-m", "New")
    git(tmp_path, "clone", "--quiet", "--depth=1", origin.as_uri(), "clone")
    return tmp_path / "clone"


def steps() -> dict[str, dict[str, object]]:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return {step["id"]: step for step in action["runs"]["steps"] if "id" in step}


def do(step: str, folder: Path, **environment: str) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
    """Run one step of the action as the service would, and read the outputs that it sets."""
    outputs = folder.parent / "outputs"
    outputs.write_text("", encoding="utf-8")
    ran = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", str(steps()[step]["run"])],
        cwd=folder,
        env={**os.environ, "GITHUB_OUTPUT": str(outputs), "RUNNER_TEMP": str(folder.parent), **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    lines = outputs.read_text(encoding="utf-8").splitlines()
    return ran, dict(line.split("=", 1) for line in lines)


@pytest.mark.slow
def test_the_action_installs_attrlint(released: Path, clone: Path) -> None:
    ran, outputs = do("install", clone, PYTHON=sys.executable, SOURCE=str(released))
    assert ran.returncode == 0, ran.stderr
    assert subprocess.run([Path(outputs["bin"]) / "attrlint", "--version"], check=True).returncode == 0


@pytest.mark.parametrize("known", [True, False], ids=["base", "no base"])
def test_the_action_checks_what_has_changed(clone: Path, known: bool) -> None:
    origin = clone.parent / "origin"
    base = git(origin, "rev-parse", "HEAD^").strip() if known else "0" * 40
    ran, outputs = do("check", clone, BIN=str(SCRIPTS), BASE=base, PATHS="articles\n", OPTIONS="--min-severity warning")
    assert ran.returncode == 1, ran.stderr
    found = [line for line in ran.stdout.splitlines() if line.startswith("::warning")]
    assert len(found) == (1 if known else 2), ran.stdout + ran.stderr
    sarif = yaml.safe_load(Path(outputs["sarif"]).read_text(encoding="utf-8"))
    assert len(sarif["runs"][0]["results"]) == len(found)
