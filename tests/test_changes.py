"""`check --changed` and `check --staged`, in real git repositories."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CLEAN, VAGUE, Run
from test_baseline import git

LONG = "".join(f"The bridge has {number} lamps.\n\n" for number in range(20))


@pytest.fixture
def repository(run: Run, tmp_path: Path) -> Path:
    """A repository with three committed articles; the working folder is its top."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    (tmp_path / "long.txt").write_text(LONG + VAGUE, encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "Start")
    return tmp_path


def add(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def places(run: Run, *argv: str) -> list[str]:
    """Path, line and column of every finding."""
    ran = run("--format", "concise", "--fail-on", "error", *argv)
    assert (ran.status, ran.err) == (0, "")
    return [line.split(": ")[0] for line in ran.out.splitlines()]


def test_only_changed_lines_count(run: Run, repository: Path) -> None:
    assert places(run, "--changed") == []
    add(repository / "long.txt", "\nIt is believed that the ship sank.\n")
    assert places(run, ".") == ["./long.txt:41:28", "./long.txt:43:1", "./vague.txt:1:28"]
    assert places(run, "--changed") == ["./long.txt:43:1"]
    text = (repository / "long.txt").read_text(encoding="utf-8")
    (repository / "long.txt").write_text("Many believe it.\n\n" + text, encoding="utf-8")
    assert places(run, "--changed") == ["./long.txt:1:1", "./long.txt:45:1"]


def test_without_changes_it_says_so(run: Run, repository: Path) -> None:
    for option in ("--changed", "--staged"):
        assert run("check", option) == (0, "no article to check\n", "")
        assert run("check", option, "--format", "json").json()["files"] == []


def test_since_a_revision(run: Run, repository: Path) -> None:
    git(repository, "checkout", "--quiet", "-b", "draft")
    add(repository / "new.txt", VAGUE)
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "Draft")
    git(repository, "checkout", "--quiet", "main")
    (repository / "vague.txt").write_text(CLEAN, encoding="utf-8")
    git(repository, "commit", "--quiet", "-am", "Mend")
    git(repository, "checkout", "--quiet", "draft")
    assert places(run, "--changed") == []
    # What main has mended since is no change of this branch.
    assert places(run, "--changed", "main") == ["./new.txt:1:28"]
    assert places(run, "--changed=HEAD~1", ".") == ["./new.txt:1:28"]
    assert run("--changed", "nonesuch").err.startswith("error: git knows no revision “nonesuch”")


def test_a_path_behind_changed_is_a_path(run: Run, repository: Path) -> None:
    add(repository / "desk" / "a.txt", VAGUE)
    add(repository / "b.txt", VAGUE)
    assert places(run, "--changed", "desk") == [os.path.join("desk", "a.txt") + ":1:28"]
    assert places(run, "--changed", "b.txt", "desk/a.txt") == ["b.txt:1:28", "desk/a.txt:1:28"]
    git(repository, "branch", "desk")
    assert "a path and a revision: write ./desk or refs/heads/desk" in run("--changed", "desk").err
    assert places(run, "--changed", "./desk") == ["./desk/a.txt:1:28"]


def test_new_files_are_whole_and_ignored_ones_are_none(run: Run, repository: Path) -> None:
    add(repository / "new.txt", LONG + VAGUE)
    add(repository / "ignored.txt", VAGUE)
    add(repository / ".hidden.txt", VAGUE)
    add(repository / "new.py", VAGUE)
    add(repository / ".gitignore", "ignored.txt\n")
    assert places(run, "--changed") == ["./new.txt:41:28"]
    git(repository, "add", "new.txt")
    assert places(run, "--staged") == places(run, "--changed") == ["./new.txt:41:28"]


def test_renames_are_followed_and_deleted_files_skipped(run: Run, repository: Path) -> None:
    git(repository, "mv", "long.txt", "renamed.txt")
    git(repository, "rm", "--quiet", "vague.txt")
    assert places(run, "--staged") == places(run, "--changed") == []
    text = "It is believed that the ship sank.\n\n" + (repository / "renamed.txt").read_text(encoding="utf-8")
    (repository / "renamed.txt").write_text(text, encoding="utf-8")
    assert places(run, "--changed") == ["./renamed.txt:1:1"]
    assert places(run, "--changed", "renamed.txt") == ["renamed.txt:1:1"]
    assert places(run, "--staged") == []
    git(repository, "add", ".")
    assert places(run, "--staged") == ["./renamed.txt:1:1"]


def test_staged_is_read_from_the_index(run: Run, repository: Path) -> None:
    add(repository / "clean.txt", "\nIt is believed that the ship sank.\n")
    git(repository, "add", ".")
    (repository / "clean.txt").write_text("Many believe it.\n", encoding="utf-8")
    add(repository / "long.txt", "\nRumour has it.\n")
    assert places(run, "--staged") == ["./clean.txt:3:1"]
    (repository / "clean.txt").unlink()
    assert places(run, "--staged", "clean.txt", ".") == ["clean.txt:3:1"]


def test_before_the_first_commit_all_is_new(run: Run, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    assert places(run, "--changed") == ["./vague.txt:1:28"]
    assert places(run, "--staged") == []
    git(tmp_path, "add", ".")
    assert places(run, "--staged") == places(run, "--changed") == ["./vague.txt:1:28"]


NAMES = [
    "with space.txt",
    "dé–sk.txt",
    'quo"te.txt',
    "tab\t.txt",
    "line\n.txt",
    "back\\slash.txt",
    "-dash.txt",
    "*.txt",
]


@pytest.mark.parametrize("name", NAMES)
def test_odd_names(run: Run, repository: Path, name: str) -> None:
    add(repository / "desk" / name, LONG)
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "Add")
    add(repository / "desk" / name, VAGUE)
    (file,) = run("--changed", "--format", "json").json()["files"]
    assert (file["path"], [one["line"] for one in file["findings"]]) == (f"./desk/{name}", [41])
    git(repository, "add", ".")
    (file,) = run("--staged", "--format", "json", f"desk/{name}").json()["files"]
    assert (file["path"], [one["line"] for one in file["findings"]]) == (f"desk/{name}", [41])


def test_from_a_folder_inside(run: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(repository / "desk" / "a.txt", VAGUE)
    add(repository / "b.txt", VAGUE)
    monkeypatch.chdir(repository / "desk")
    assert places(run, "--changed") == ["./a.txt:1:28"]
    assert places(run, "--changed", "HEAD", "..") == ["../b.txt:1:28", "../desk/a.txt:1:28"]
    git(repository, "add", ".")
    assert places(run, "--staged", "..") == ["../b.txt:1:28", "../desk/a.txt:1:28"]
    assert places(run, "--staged", str(repository / "b.txt")) == [f"{repository / 'b.txt'}:1:28"]


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_lines_are_those_of_git(run: Run, repository: Path, end: str) -> None:
    """A lone CR ends a line for attrlint and none for git; an emoji is one column."""
    first = f"One.\rTwo.\rThree.{end}{end}It is believed that it sank.{end}{end}"
    (repository / "ends.txt").write_bytes(first.encode())
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "Add")
    (repository / "ends.txt").write_bytes((first + "😀 Floods came, analysts note.").encode())
    assert places(run, "--changed") == ["./ends.txt:7:16"]


def test_what_git_takes_for_binary_is_whole(run: Run, repository: Path) -> None:
    (repository / "wide.txt").write_text(VAGUE, encoding="utf-16")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "Add")
    (repository / "wide.txt").write_text(VAGUE + "\nMany believe it.\n", encoding="utf-16")
    assert places(run, "--changed") == ["./wide.txt:1:28", "./wide.txt:3:1"]


def test_links_are_no_articles_and_conflicts_are_read(run: Run, repository: Path) -> None:
    git(repository, "checkout", "--quiet", "-b", "other")
    (repository / "clean.txt").write_text("It is believed that it sank.\n", encoding="utf-8")
    git(repository, "commit", "--quiet", "-am", "Theirs")
    git(repository, "checkout", "--quiet", "main")
    (repository / "clean.txt").write_text("Many believe it sank.\n", encoding="utf-8")
    git(repository, "commit", "--quiet", "-am", "Ours")
    merged = subprocess.run(["git", "merge", "other"], cwd=repository, capture_output=True, check=False)
    assert merged.returncode == 1
    (repository / "link.txt").symlink_to("vague.txt")
    git(repository, "add", "link.txt")
    assert places(run, "--staged") == []
    assert "./clean.txt:4:1" in places(run, "--changed")


def test_a_users_settings_of_git_do_not_matter(run: Run, repository: Path) -> None:
    settings = {
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "diff.relative": "true",
        "diff.context": "9",
        "diff.interHunkContext": "40",
        "diff.external": "false",
        "diff.renames": "false",
        "color.ui": "always",
        "core.quotePath": "true",
        "status.showUntrackedFiles": "no",
    }
    for name, value in settings.items():
        git(repository, "config", name, value)
    git(repository, "mv", "long.txt", "moved.txt")
    text = (repository / "moved.txt").read_text(encoding="utf-8")
    (repository / "moved.txt").write_text(f"Many believe it.\n{text}\nRumour has it.\n", encoding="utf-8")
    add(repository / "new.txt", VAGUE)
    assert places(run, "--changed") == ["./moved.txt:1:1", "./moved.txt:44:1", "./new.txt:1:28"]


def test_outside_a_repository(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for option in ("--changed", "--staged"):
        ran = run("check", option)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("error: not inside a git repository")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run("check", "--changed").err.startswith("error: git is not installed")


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--changed", "HEAD", "--staged"], "exclude each other"),
        (["--staged", "-"], "nothing of standard input"),
        (["--staged", "--fix-with-tk"], "mends whole articles"),
        (["--staged", "missing.txt"], "missing.txt: no such file or folder"),
        (["--staged", ".."], ".. is outside the git repository"),
    ],
)
def test_wrong_usage_is_told(run: Run, repository: Path, argv: list[str], message: str) -> None:
    ran = run("check", *argv)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err


@pytest.mark.slow
def test_only_the_changed_articles_are_read(tmp_path: Path) -> None:
    """Of five thousand articles, three have changed: no other is opened, by attrlint or by the git that it calls."""
    for number in range(5000):
        (tmp_path / f"{number}.txt").write_text(VAGUE, encoding="utf-8")
        os.utime(tmp_path / f"{number}.txt", (1_600_000_000, 1_600_000_000))
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "Archive")
    changed = ["17.txt", "2500.txt", "4999.txt"]
    for name in changed:
        add(tmp_path / name, "\nMany believe it.\n")
    code = (
        "import json, sys; opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "from attrlint.cli import main; main(['-q', '--changed', '--format', 'concise'])\n"
        "print(json.dumps([name for name in opened if name.endswith('.txt')]))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    *found, opened = ran.stdout.splitlines()
    assert [line.split(":")[0] for line in found] == [f"./{name}" for name in changed]
    assert sorted(json.loads(opened)) == sorted(f"./{name}" for name in changed)
