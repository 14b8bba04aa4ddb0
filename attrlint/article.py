"""What is known about one article: who says what, and who everybody is."""

from __future__ import annotations

from typing import NamedTuple

from attrlint.text import Document, Span


class Entity(NamedTuple):
    """Somebody or something the article identifies.

    `kind` is "person", "body", "outlet", "document" or "group"; `start` and `end` are where it is introduced
    (half-open, 0-based code points); `roles` are the role words the article gives it, in the singular.
    """

    id: int
    name: str
    kind: str
    start: int
    end: int
    roles: tuple[str, ...] = ()


class Source(NamedTuple):
    """The words that stand for who said it: half-open, 0-based code points.

    `form` is what the words look like ("name", "pronoun", "expert", "study" …), `number` "singular" or "plural",
    `definite` "definite", "indefinite", "bare", "quantified" or "possessive", `entity` the id of whom they resolve
    to, `body` whether they name a body ("Pentagon officials"), `antecedent` the words that a relative pronoun repeats.
    """

    start: int
    end: int
    text: str
    form: str
    number: str
    definite: str
    entity: int | None
    body: bool
    antecedent: str = ""


class Cue(NamedTuple):
    """The words that attribute: half-open, 0-based code points; `kind` is the class of the verb or word."""

    start: int
    end: int
    text: str
    kind: str


class Relay(NamedTuple):
    """Whoever passed on what a source said: half-open, 0-based code points; `entity` is whom they resolve to."""

    start: int
    end: int
    text: str
    entity: int | None


class Attribution(NamedTuple):
    """One act of saying or thinking: a cue, perhaps a source, and the content attributed.

    `mood` is "claim", "negated", "question" or "hypothetical"; `quoted` tells that the attribution stands inside a
    quotation, `headline` that it stands in a headline; `pattern` names what found it; `via` is who passed the words on.
    """

    source: Source | None
    cue: Cue | None
    content: tuple[Span, ...]
    pattern: str
    confidence: str
    quoted: bool
    mood: str
    headline: bool = False
    via: Relay | None = None


class Article(NamedTuple):
    """A document with its attributions in the order of the text and the entities it identifies."""

    document: Document
    attributions: tuple[Attribution, ...]
    entities: tuple[Entity, ...]
