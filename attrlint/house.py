"""The words of one newsroom, from its configuration: names, bodies, roles and cues that no list of a pack holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

NUMBERS = ("singular", "plural")
"""The columns of nouns: the first is the lemma that a role is remembered by."""

FORMS = ("base", "third", "past", "ing", "participle")
"""The columns of verbs."""

ROLES = {
    "expert": "expert",
    "official": "official",
    "spokesperson": "spokes",
    "office": "office",
    "profession": "profession",
    "person": "person",
    "kin": "kin",
    "partisan": "partisan",
    "crowd": "crowd",
}
"""The kinds of role that a newsroom can add words to, and the label that each has in a pack."""

CUES = ("speech", "belief", "show", "ask", "stance")
"""The kinds of cue that a newsroom can add verbs to; each is the label it has in a pack."""


class WordList(NamedTuple):
    """Words and phrases of one label, written as in a pack's word lists, and where they were given."""

    label: str
    columns: tuple[str, ...]
    words: str
    phrases: str
    path: str
    line: int


House = tuple[WordList, ...]


def columns(key: str) -> tuple[str, ...]:
    """Return the forms that an entry of a house list needs: none, or those of a noun or a verb."""
    return {"roles": NUMBERS, "cues": FORMS}.get(key.partition(".")[0], ())


def problem(key: str, entry: str) -> str:
    """Return what is wrong with an entry of a house list, empty where nothing is."""
    forms, needed = [form.split() for form in entry.split(",")], columns(key)
    if not needed:
        return "" if len(forms) == 1 and forms[0] else "is a name: one a string, without a comma"
    if len(forms) != len(needed) or not all(forms):
        return f"needs {len(needed)} forms with commas between them: {', '.join(needed)}"
    if len({len(form) > 1 for form in forms}) > 1:
        return "has forms of one word and of several: all must be single words, or all of several"
    return ""


def word_lists(key: str, entries: Sequence[str], path: str, line: int) -> Iterator[WordList]:
    """Yield a house list, "names" or "roles.expert", as word lists for a pack; its entries have no `problem`."""
    kind, _, name = key.partition(".")
    rows = [[form.split() for form in entry.split(",")] for entry in entries]
    if kind == "names":  # whoever is known in full is known by the last word
        yield WordList("known-name", (), "\n".join(row[0][-1] for row in rows), "", path, line)
        return
    label = {"bodies": "bodyname", "roles": ROLES.get(name, name)}.get(kind, name)
    words = [" ".join(form[0] for form in row) for row in rows if len(row[0]) == 1]
    phrases = [", ".join(" ".join(form) for form in row) for row in rows if len(row[0]) > 1]
    yield WordList(label, columns(key), "\n".join(words), "\n".join(phrases), path, line)
    if name == "speech":  # “…,” says Jane Roe
        inverting = [form[0] for row in rows if len(row[0]) == 1 for form in row[1:3]]
        yield WordList("inverting", (), "\n".join(inverting), "", path, line)
