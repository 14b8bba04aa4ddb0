"""What was compiled from a pack, kept between runs in the user's cache folder.

Nothing depends on it: whatever goes wrong in reading or writing it is passed over in silence. A file is only read that
belongs to the user and that nobody else can write. `ATTRLINT_CACHE=0` in the environment switches it off.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from collections.abc import Iterable
from typing import Any
from zlib import crc32

_HERE = os.path.dirname(__file__)
_MADE_BY = ("cache", "compiler", "grammar", "lexicon", "parted", "pattern", "segment", "strict")
"""The modules that decide what is kept: a change in them makes what was kept useless."""


def read(folder: str, files: Iterable[str]) -> dict[str, Any] | None:
    """Return what was kept for a pack, or None where that is nothing, or not of these very files."""
    try:
        path = _path(folder)
        if path is None:
            return None
        with open(path, "rb") as file:
            if not _is_private(os.fstat(file.fileno())):
                return None
            check, body = file.read(_CHECK), file.read()
        if check != _checksum(body):
            return None
        key, data = marshal.loads(body)
        return data if key == _key(files) else None
    except (OSError, ValueError, EOFError, TypeError):
        return None


def write(folder: str, files: Iterable[str], data: dict[str, Any]) -> None:
    """Keep what was compiled from a pack: whole or not at all."""
    try:
        path = _path(folder)
        if path is None:
            return
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        body = marshal.dumps((_key(files), data))
        draft = f"{path}.{os.getpid()}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(handle, "wb") as file:
                file.write(_checksum(body) + body)
            os.replace(draft, path)
        except OSError:
            os.unlink(draft)
    except (OSError, ValueError):
        return


_CHECK = 8


def _checksum(body: bytes) -> bytes:
    return f"{crc32(body):08x}".encode()


def _path(folder: str) -> str | None:
    """Return where a pack is kept, None where nothing is."""
    if os.environ.get("ATTRLINT_CACHE") == "0":
        return None
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    if not os.path.isabs(base):
        return None
    place = os.path.join(base, "attrlint")
    if os.path.isdir(place) and not _is_private(os.stat(place)):
        return None
    whole = os.path.abspath(folder)
    name = f"{os.path.basename(whole)}-{crc32(os.fsencode(whole)):08x}-{sys.implementation.cache_tag}.pack"
    return os.path.join(place, name)


def _is_private(status: os.stat_result) -> bool:
    """Tell whether a file or folder is the user's own and nobody else can write it."""
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _key(files: Iterable[str]) -> tuple[Any, ...]:
    """Return what must be the same for what was kept to hold: Python, the code that made it, and every file."""
    code = [os.path.join(_HERE, f"{name}.py") for name in _MADE_BY]
    stats = [(file, os.stat(file)) for file in (*code, *files)]
    return (sys.version, *((file, one.st_size, one.st_mtime_ns, one.st_ctime_ns) for file, one in stats))
