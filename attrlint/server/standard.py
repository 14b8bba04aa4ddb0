"""What articles are judged by on a server: its configuration, to which no request can add."""

from __future__ import annotations

from functools import lru_cache

from attrlint.settings import Setting
from attrlint.settings import Settings as Configured


@lru_cache(maxsize=256)
def standard(
    config: str | None, select: tuple[str, ...] = (), ignore: tuple[str, ...] = (), preset: str = ""
) -> Setting:
    """Return what holds for the articles of a server with this configuration file, None for none, and this choice.

    Raises UsageError for names that there are not, ConfigError and PackError for a configuration that cannot be used.
    """
    given = {"select": select, "ignore": ignore, "preset": preset}
    return Configured({key: value for key, value in given.items() if value}, config).of("article")
