"""The same article in plain text, Word and OpenDocument gives the same findings on the same words."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx as python_docx
import odfdo
import pytest

from attrlint import engine, readers
from attrlint.finding import Finding
from attrlint.text import Document

ARTICLES = sorted((Path(__file__).parent.parent / "examples").glob("*.txt"))


def paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]


def as_docx(text: str) -> bytes:
    made = python_docx.Document()
    for words in paragraphs(text):
        each = made.add_paragraph()
        for number, word in enumerate(words.split(" ")):
            # A run for every word, some cut in two, as Word leaves them behind.
            half = len(word) // 2 if number % 3 else 0
            each.add_run((" " if number else "") + word[:half])
            each.add_run(word[half:]).bold = number % 2 == 0
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def as_odt(text: str) -> bytes:
    made = odfdo.Document("text")
    made.body.clear()
    for words in paragraphs(text):
        half = len(words) // 2
        each = odfdo.Paragraph(words[:half])
        each.append(odfdo.Span(words[half:]))
        made.body.append(each)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def found(document: Document) -> list[tuple[str, str, str, str]]:
    def told(one: Finding) -> tuple[str, str, str, str]:
        remedy = one.remedy.sentence if one.remedy else ""
        return one.rule, document.text[one.start : one.end], one.message, remedy

    return [told(one) for one in engine.load().lint(document).findings]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_findings_are_the_same(article: Path) -> None:
    text = "\n\n".join(paragraphs(article.read_text(encoding="utf-8"))) + "\n"
    plain = found(readers.read(text.encode(), "a.txt"))
    assert found(readers.read(as_docx(text), "a.docx")) == plain
    assert found(readers.read(as_odt(text), "a.odt")) == plain


def test_there_is_something_to_find() -> None:
    assert any(found(readers.read_file(article)) for article in ARTICLES)
