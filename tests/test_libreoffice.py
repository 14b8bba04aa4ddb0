"""Word and OpenDocument files in LibreOffice: what it reads, and what it makes of comments and tracked changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from office import SOFFICE, convert
from pypdf import PdfReader
from test_annotate import marked

from attrlint import engine, readers
from attrlint.annotate import annotate
from attrlint.annotate.tracked import tracked
from attrlint.fix import choose, edit
from attrlint.readers import docx

pytestmark = [pytest.mark.e2e, pytest.mark.skipif(not SOFFICE, reason="no LibreOffice: soffice is not on the PATH")]

_NAMES = "office text table style".split()
_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in [*zip(_NAMES, _NAMES, strict=True), ("draw", "drawing"), ("svg", "svg-compatible")]
)
_CHANGED = "<office:change-info><dc:creator>Ann</dc:creator><dc:date>2026-01-01T10:00:00</dc:date></office:change-info>"
CHANGES = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
    f"{_CHANGED}<text:p>three </text:p></text:deletion></text:changed-region>"
    f'<text:changed-region text:id="c2"><text:insertion>{_CHANGED}</text:insertion></text:changed-region>'
    "</text:tracked-changes>"
)
NOTE = (
    '<text:note text:id="f1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
    "<text:p>It is believed that the loss was larger.</text:p></text:note-body></text:note>"
)
BOX = (
    '<draw:frame text:anchor-type="paragraph" svg:width="6cm" svg:height="3cm"><draw:text-box>'
    "<text:p>Many believe the ferry is doomed.</text:p></draw:text-box></draw:frame>"
)
STORY = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>Ferry</dc:title></office:meta>
<office:body><office:text>{CHANGES}
<text:p text:style-name="Title">Ferry line to close in spring</text:p>
<text:p text:style-name="Subtitle">Islanders want it kept</text:p>
<text:h text:outline-level="1">The plan</text:h>
<text:p>The line lost money for <text:change text:change-id="c1"/>years,
ana<text:span text:style-name="Strong_20_Emphasis">lysts s</text:span>ay.{NOTE}
<text:change-start text:change-id="c2"/>Experts warn of more.<text:change-end text:change-id="c2"/></text:p>
<text:p>See <text:a xlink:type="simple" xlink:href="http://example.org/">the report</text:a>,<text:tab/>or
<text:title>Ferry</text:title>.<text:line-break/>It<text:s text:c="2"/>rained 😀 again.
<office:annotation office:name="n1"><dc:creator>Ann</dc:creator><dc:date>2026-01-01T10:00:00</dc:date>
<text:p>Really?</text:p></office:annotation>Residents say so<office:annotation-end office:name="n1"/>.</text:p>
<text:p>{BOX}After the box.</text:p>
<table:table table:name="T"><table:table-column table:number-columns-repeated="2"/><table:table-row><table:table-cell>
<text:p>Cell one</text:p></table:table-cell><table:table-cell><text:p>Studies show it pays.</text:p></table:table-cell>
</table:table-row></table:table>
<text:list><text:list-item><text:p>first point</text:p></text:list-item><text:list-item>
<text:p>second &amp; last</text:p></text:list-item></text:list>
<text:p text:style-name="Quotations">“We will stay,” she said.</text:p>
</office:text></office:body></office:document>
"""
READ = [
    ("headline", "Ferry line to close in spring"),
    ("standfirst", "Islanders want it kept"),
    ("heading", "The plan"),
    ("paragraph", "The line lost money for years, analysts say. Experts warn of more."),
    ("paragraph", "See the report,\tor Ferry. It  rained 😀 again. Residents say so."),
    ("paragraph", "After the box."),
    ("paragraph", "Many believe the ferry is doomed."),
    ("table", "Cell one"),
    ("table", "Studies show it pays."),
    ("list", "first point"),
    ("list", "second & last"),
    ("quotation", "“We will stay,” she said."),
    ("paragraph", "It is believed that the loss was larger."),
]
FOUND = ["analysts say", "Experts warn of", "Residents say", "Many believe", "Studies show", "It is believed"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module", params=["docx", "odt"])
def story(request: pytest.FixtureRequest, folder: Path) -> Path:
    """The story as LibreOffice writes it."""
    source = folder / "story.fodt"
    source.write_text(STORY, encoding="utf-8")
    return convert(source, request.param, folder)


def test_what_libreoffice_writes_is_read(story: Path) -> None:
    document = readers.read_file(story)
    assert [(kind, document.text[start:end].strip()) for kind, start, end in document.blocks] == READ
    assert [(one.text, document.text[one.start : one.end]) for one in document.comments] == [
        ("Really?", "Residents say so")
    ]
    assert [document.text[one.start : one.end] for one in engine.load().lint(document).findings] == FOUND


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_libreoffice_reads_the_same_text(form: str, folder: Path) -> None:
    # Its plain text has deleted words, the numbers of notes and no boxes: this story has none of these.
    plain = STORY
    for part in (CHANGES, NOTE, BOX):
        plain = plain.replace(part, "")
    source = folder / f"plain-{form}.fodt"
    source.write_text(re.sub(r"<text:change[^>]*>", "", plain), encoding="utf-8")
    article = convert(source, form, folder)
    theirs = convert(article, "txt:Text (encoded):UTF8", folder).read_text(encoding="utf-8-sig")
    lines = [re.sub(r"^\s*(?:• )?", "", line) for line in theirs.splitlines() if line.strip()]
    # A line break within a paragraph is a line of its own there.
    ours = readers.read_file(article).text.replace("Ferry. It", "Ferry.\nIt")
    assert [line for line in ours.split("\n") if line] == lines


def test_comments_in_libreoffice(story: Path, folder: Path) -> None:
    suffix = story.suffix[1:]
    done = annotate(story.read_bytes(), str(story), engine.load().lint)
    assert done.added == len(FOUND)
    noted = folder / f"noted-{suffix}.{suffix}"
    noted.write_bytes(done.data)

    # Opened and saved again: every comment is on the same words.
    again = folder / "again"
    again.mkdir(exist_ok=True)
    saved = convert(noted, suffix, again)
    assert sorted(marked(saved.read_bytes(), str(saved))) == sorted(marked(done.data, str(story)))
    assert readers.read_file(saved).text.split() == readers.read_file(story).text.split()

    # Printed: the pages are the same, and the comments are notes on them.
    options = ':writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
    before = PdfReader(convert(story, "pdf", folder))
    after = PdfReader(convert(noted, f"pdf{options}", folder))
    # What cuts a line in two may change where in the page’s text it is listed, and nothing else.
    letters = [[sorted("".join(page.extract_text().split())) for page in each.pages] for each in (before, after)]
    assert letters[0] == letters[1]
    notes = [note.get_object().get("/Contents", "") for page in after.pages for note in page.get("/Annots", [])]
    for words in FOUND:
        assert sum(f"“{words}” " in note for note in notes) == 1, notes


def test_tracked_changes_in_libreoffice(folder: Path) -> None:
    source = folder / "tracked.fodt"
    source.write_text(STORY, encoding="utf-8")
    article = convert(source, "docx", folder)
    reading = docx.parse(article.read_bytes(), "a.docx")
    findings = engine.load().lint(reading.document).findings
    article.write_bytes(tracked(reading, choose(findings).remedies))
    saved = convert(article, "odt", folder)
    expected = edit(reading.document.text, findings).text
    assert "TK [name], an analyst at TK [institution], says" in expected
    assert readers.read_file(saved).text.split() == expected.split()
