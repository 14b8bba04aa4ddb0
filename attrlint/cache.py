"""What was compiled from a pack, kept between runs in the user's cache folder.

Nothing depends on it: whatever goes wrong in reading or writing it is passed over in silence. A file is only read that
belongs to the user and that nobody else can write. `ATTRLINT_CACHE=0` in the environment switches it off.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from zlib import crc32

from attrlint import plugins

if TYPE_CHECKING:
    from attrlint.house import House
    from attrlint.plugins import Addition


_HERE = os.path.dirname(__file__)
_MADE_BY = (
    "cache",
    "compiler",
    "grammar",
    "house",
    "lexicon",
    "parted",
    "pattern",
    "plugins",
    "segment",
    "strict",
    "wordlists",
)
"""The modules that decide what is kept: a change in them makes what was kept useless."""


def read(packs: Sequence[Addition], house: House = ()) -> dict[str, Any] | None:
    """Return what was kept for packs and a newsroom's words, or None where that is nothing, or not of the very same."""
    try:
        path = _path(packs, house)
        if path is None:
            return None
        with open(path, "rb") as file:
            if not _is_private(os.fstat(file.fileno())):
                return None
            check, body = file.read(_CHECK), file.read()
        if check != _checksum(body):
            return None
        key, data = marshal.loads(body)
        return data if key == _key(packs, house) else None
    except (OSError, ValueError, EOFError, TypeError):
        return None


def write(packs: Sequence[Addition], house: House, data: dict[str, Any]) -> None:
    """Keep what was compiled from packs and a newsroom's words: whole or not at all."""
    try:
        path = _path(packs, house)
        if path is None:
            return
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        body = marshal.dumps((_key(packs, house), data))
        draft = f"{path}.{os.getpid()}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(handle, "wb") as file:
                file.write(_checksum(body) + body)
            os.replace(draft, path)
            _thin_out(os.path.dirname(path))
        except OSError:
            with suppress(FileNotFoundError):
                os.unlink(draft)
    except (OSError, ValueError):
        return


_MOST = 32
"""So many packs are kept: more than a newsroom has configurations with words of their own."""


def _thin_out(folder: str) -> None:
    kept = [entry for entry in os.scandir(folder) if entry.name.endswith(".pack")]
    for entry in sorted(kept, key=lambda entry: -entry.stat().st_mtime)[_MOST:]:
        os.unlink(entry.path)


_CHECK = 8


def _checksum(body: bytes) -> bytes:
    return f"{crc32(body):08x}".encode()


def _path(packs: Sequence[Addition], house: House) -> str | None:
    """Return where a pack is kept, None where nothing is.

    A newsroom's words are told by the files they stand in, so that a new version takes the place of the old one.
    """
    if os.environ.get("ATTRLINT_CACHE") == "0":
        return None
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    if not os.path.isabs(base):
        return None
    place = os.path.join(base, "attrlint")
    if os.path.isdir(place) and not _is_private(os.stat(place)):
        return None
    sources = [*(os.path.abspath(pack.folder) for pack in packs), *sorted({words.path for words in house})]
    check = crc32(os.fsencode("\n".join(sources)))
    name = f"{os.path.basename(os.path.abspath(packs[0].folder))}-{check:08x}-{sys.implementation.cache_tag}.pack"
    return os.path.join(place, name)


def _is_private(status: os.stat_result) -> bool:
    """Tell whether a file or folder is the user's own and nobody else can write it."""
    if not hasattr(os, "getuid"):
        return True
    return status.st_uid == os.getuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _key(packs: Sequence[Addition], house: House) -> tuple[Any, ...]:
    """Return what must be the same for what was kept to hold: Python, the code, every file, and a newsroom's words."""
    code = [os.path.join(_HERE, f"{name}.py") for name in _MADE_BY]
    files = [file for pack in packs for file in plugins.files(pack.folder)]
    stats = [(file, os.stat(file)) for file in (*code, *files)]
    times = ((file, one.st_size, one.st_mtime_ns, one.st_ctime_ns) for file, one in stats)
    return (sys.version, tuple(pack.checks is None for pack in packs), tuple(map(tuple, house)), *times)
