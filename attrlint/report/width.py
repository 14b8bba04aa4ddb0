"""How wide text stands in a terminal, which counts cells and not code points."""

from __future__ import annotations

from unicodedata import category, east_asian_width

_TAB = 4
_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_NEVER_EMOJI = " …"
_SOFT_HYPHEN = "\u00ad"
_HANGUL_VOWEL, _HANGUL_LAST = "\u1160", "\u11ff"
_SKIN_LIGHT, _SKIN_DARK = "\U0001f3fb", "\U0001f3ff"

# What could move the cursor, colour the screen or reverse the line is shown by a sign of its own, one cell wide.
_SHOWN: dict[int, int | str] = {
    **{code: 0x2400 + code for code in range(0x20)},
    0x09: " " * _TAB,
    0x7F: 0x2421,
    **dict.fromkeys([*range(0x80, 0xA0), 0x2028, 0x2029, 0x061C, 0x200E, 0x200F], 0xFFFD),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD),
}


def shown(text: str) -> str:
    """Return text as it is safe to print: tabs expanded, control characters replaced by visible signs."""
    return text if text.isascii() and text.isprintable() else text.translate(_SHOWN)


def cells(text: str) -> list[int]:
    """Return for each code point how many terminal cells `shown` gives it: 0, 1, 2, or 4 for a tab."""
    if text.isascii():
        return [_TAB if char == "\t" else 1 for char in text]
    widths: list[int] = []
    before = ""
    for char in text:
        widths.append(_cell(char, before, widths[-1] if widths else 0))
        before = char
    return widths


def width(text: str) -> int:
    """Return how many terminal cells the text fills."""
    return sum(cells(text))


def _cell(char: str, before: str, width_before: int) -> int:
    if char == "\t":
        return _TAB
    if ord(char) in _SHOWN:
        return 1
    if char == _EMOJI_STYLE:
        # It makes a narrow sign before it an emoji, which is two cells wide; a space stays a space.
        return 1 if width_before == 1 and before not in _NEVER_EMOJI else 0
    if before == _JOINER or (_SKIN_LIGHT <= char <= _SKIN_DARK and width_before == 2):
        return 0
    if category(char) in ("Mn", "Me", "Cf") and char != _SOFT_HYPHEN:
        return 0
    if _HANGUL_VOWEL <= char <= _HANGUL_LAST:
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def wrap(text: str, room: int) -> list[str]:
    """Break text at spaces into lines of at most `room` cells; a longer word stands alone."""
    lines: list[str] = []
    line, used = "", 0
    for word in map(shown, text.split()):
        size = width(word)
        if line and used + 1 + size > room:
            lines.append(line)
            line, used = word, size
        else:
            line, used = f"{line} {word}" if line else word, used + size + bool(line)
    return [*lines, line]


def shorten(text: str, room: int) -> str:
    """Return text on one line in at most `room` cells, with an ellipsis where it was cut."""
    line = shown(" ".join(text[: room * 4].split()))
    if len(text) <= room * 4 and width(line) <= room:
        return line
    used = 0
    for index, cell in enumerate(cells(line)):
        used += cell
        if used > room - 1:
            return line[:index].rstrip() + "…"
    return line + "…"


def pad(text: str, room: int) -> str:
    """Fill text with spaces on the right up to `room` cells."""
    return text + " " * (room - width(text))
