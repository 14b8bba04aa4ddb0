"""The page of the Python interface, made from the docstrings of the public names."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, get_type_hints

import attrlint


def page() -> Iterator[str]:
    """Yield the public names in Markdown: functions, then classes with their fields, properties and methods."""
    public = [getattr(attrlint, name) for name in attrlint.__all__ if not name.startswith("_")]
    for each in sorted(public, key=inspect.isclass):
        yield f"\n## {each.__name__}\n"
        yield from _class(each) if inspect.isclass(each) else _callable(each.__name__, each)


def _callable(name: str, function: Any) -> Iterator[str]:
    signature = _names(str(inspect.signature(function, eval_str=True)))
    yield f"```python\n{name}{signature}\n```\n\n{inspect.getdoc(function)}\n"


def _class(kind: type) -> Iterator[str]:
    yield f"{inspect.getdoc(kind)}\n"
    if fields := getattr(kind, "_fields", ()):
        types = get_type_hints(kind)
        yield "| field | type |\n|---|---|"
        yield from (f"| `{field}` | `{_type(types[field])}` |" for field in fields)
    if issubclass(kind, Enum):
        yield f"Members: {', '.join(f'`{member.name}`' for member in kind)}.\n"
    for name, member in vars(kind).items():
        if name.startswith("_") or not inspect.getdoc(member):
            continue
        if isinstance(member, property):
            yield f"\n### {kind.__name__}.{name}\n\n`{_type(get_type_hints(member.fget)['return'])}`. "
            yield f"{inspect.getdoc(member)}\n"
        elif inspect.isfunction(member):
            yield f"\n### {kind.__name__}.{name}\n"
            yield from _callable(name, member)


def _type(hint: Any) -> str:
    return _names(inspect.formatannotation(hint)).replace("|", "\\|")


def _names(words: str) -> str:
    """Return types as one writes them, without the modules that they come from."""
    return re.sub(r"\b(?:attrlint|collections|typing)(?:\.[a-z_]+)*\.(?=[A-Z])", "", words)
