"""What has changed in a git repository: the articles, and the lines of each that are new."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from attrlint import readers
from attrlint.batch import Task
from attrlint.errors import AttrlintError, UsageError
from attrlint.finding import Lines

HEAD = "HEAD"

_DIFF = [
    *("--raw", "--patch", "-z", "--no-abbrev", "--unified=0", "--inter-hunk-context=0", "--find-renames"),
    *("--no-color", "--no-ext-diff", "--no-textconv", "--ignore-submodules"),
]
_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_PATCH = re.compile(rb"^diff --git ", re.MULTILINE)
_FILES = (b"100644", b"100755")
_UNMERGED, _TWO_PATHS = b"U", (b"R", b"C")


class Change(NamedTuple):
    """A file that has changed: its path from the top of the repository, its blob in the index, and its new lines.

    `lines` are half-open ranges of 1-based lines: none where it was deleted or only renamed, and None where all of it
    is new or it has no lines that git would know.
    """

    path: str
    blob: str
    lines: Lines | None


class Repository:
    """The git repository that the working folder is in. Raises AttrlintError where there is none.

    Files with these suffixes are the articles of its folders.
    """

    def __init__(self, suffixes: Sequence[str]) -> None:
        self._suffixes = suffixes
        try:
            top = _git(".", "rev-parse", "--show-toplevel")
        except AttrlintError as error:
            if "not a git repository" not in error.message:
                raise
            raise AttrlintError(
                "not inside a git repository, so nothing is known of what has changed; run it in one"
            ) from None
        self._top = os.path.realpath(os.fsdecode(top.removesuffix(b"\n")))

    def has(self, revision: str) -> bool:
        """Tell whether a name is that of a commit."""
        return bool(self._commit(revision))

    def changed(self, revision: str, paths: Sequence[str]) -> list[Task]:
        """Return the articles below some paths that differ from a revision, read from the working folder.

        The revision is the place where its history and that of the working folder part. What git does not know yet is
        new, unless it is ignored. Raises AttrlintError for a revision that does not exist.
        """
        changes = self._diff(self._since(revision))
        listed = self._git("ls-files", "--others", "--exclude-standard", "-z")
        changes += [Change(os.fsdecode(path), "", None) for path in listed.split(b"\0") if path]
        return [Task(path, lines=change.lines) for path, change in self._below(paths, changes)]

    def staged(self, paths: Sequence[str]) -> list[Task]:
        """Return the articles below some paths that the next commit changes, read from the index."""
        chosen = list(self._below(paths, self._diff("--cached")))
        texts = self._blobs([change.blob for _, change in chosen])
        return [Task(path, data, lines=change.lines) for (path, change), data in zip(chosen, texts, strict=True)]

    def _commit(self, revision: str) -> str:
        try:
            found = self._git("rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
        except AttrlintError:
            return ""
        return found.decode().strip()

    def _since(self, revision: str) -> str:
        commit, head = self._commit(revision), self._commit(HEAD)
        if not commit and revision == HEAD:
            # Before the first commit everything is new.
            return self._git("hash-object", "-t", "tree", "--stdin").decode().strip()
        if not commit:
            raise AttrlintError(f"git knows no revision “{revision}”; `git log` shows those there are")
        try:
            return self._git("merge-base", commit, head).decode().split()[0]
        except (AttrlintError, IndexError):
            return commit  # A shallow clone need not hold the place where they part.

    def _diff(self, since: str) -> list[Change]:
        output = self._git("diff", *_DIFF, since, "--")
        cut = output.find(b"\0\0")
        raw, patches = (output, b"") if cut < 0 else (output[:cut], output[cut + 2 :])
        return list(_changes(raw, _PATCH.split(patches)[1:]))

    def _below(self, paths: Sequence[str], changes: list[Change]) -> Iterator[tuple[str, Change]]:
        """Yield the changed files that were asked for, with the path that the user knows them by."""
        files = {change.path: change for change in sorted(changes, key=lambda change: change.path)}
        done: set[str] = set()
        for path in paths:
            inside = os.path.relpath(os.path.realpath(path), self._top).replace(os.sep, "/")
            if inside.split("/")[0] == os.pardir:
                raise UsageError(f"{path} is outside the git repository {self._top}")
            if inside not in files and not os.path.exists(path):
                raise UsageError(f"{path}: no such file or folder, and no such revision")
            folder = "" if inside == "." else f"{inside}/"
            for name, change in files.items():
                rest = name[len(folder) :]
                shown = path if name == inside else os.path.join(path, *rest.split("/"))
                asked = name == inside or (name.startswith(folder) and readers.is_listed(rest, self._suffixes))
                if asked and change.lines != () and name not in done:
                    done.add(name)
                    yield shown, change

    def _blobs(self, names: list[str]) -> list[bytes]:
        output = self._git("cat-file", "--batch", stdin="".join(f"{name}\n" for name in names).encode())
        texts, at = [], 0
        for _ in names:
            head, at = output[at : output.index(b"\n", at)], output.index(b"\n", at) + 1
            size = int(head.split()[2])
            texts.append(output[at : at + size])
            at += size + 1
        return texts

    def _git(self, *arguments: str, stdin: bytes = b"") -> bytes:
        return _git(self._top, *arguments, stdin=stdin)


def _git(folder: str, *arguments: str, stdin: bytes = b"") -> bytes:
    command = ["git", "--no-optional-locks", "-C", folder, "-c", "diff.relative=false", *arguments]
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, env=environment, check=False)
    except FileNotFoundError:
        raise AttrlintError("git is not installed, so nothing is known of what has changed") from None
    if done.returncode:
        said = os.fsdecode(done.stderr).strip().removeprefix("fatal: ")
        raise AttrlintError(f"git {arguments[0]} failed: {said}")
    return done.stdout


def _changes(raw: bytes, patches: list[bytes]) -> Iterator[Change]:
    """Read what `git diff --raw --patch -z` prints: a record a file, then a patch for each in the same order."""
    fields = iter(raw.rstrip(b"\0").split(b"\0") if raw else ())
    following = iter(patches)
    for facts in fields:
        old_mode, mode, _, blob, status = facts.removeprefix(b":").split()
        path = next(fields)
        if status[:1] in _TWO_PATHS:
            path = next(fields)
        patch = b"" if status == _UNMERGED else next(following)
        if status != _UNMERGED:
            whole = mode in _FILES and (old_mode not in _FILES or b"\nBinary files " in patch)
            lines = _new_lines(patch) if mode in _FILES else ()
            yield Change(os.fsdecode(path), blob.decode(), None if whole else lines)


def _new_lines(patch: bytes) -> Lines:
    hunks = ((int(start), int(size or 1)) for start, size in _HUNK.findall(patch))
    return tuple((start, start + size) for start, size in hunks if size)


def merges_by_union(file: str) -> bool:
    """Tell whether git, where a file is in a repository, takes the lines of both sides when it merges the file."""
    folder, name = os.path.split(os.path.abspath(file))
    try:
        return _git(folder, "check-attr", "-z", "merge", "--", name).split(b"\0")[2] == b"union"
    except AttrlintError:
        return True
