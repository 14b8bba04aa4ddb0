"""Findings as comments in Word and OpenDocument files: on exactly their words, and nothing else changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from io import BytesIO
from itertools import pairwise

import docx as python_docx
import pytest
from docx2python import docx2python
from hypothesis import given, settings
from hypothesis import strategies as st
from office import BOX, NOTE, STRICT, W, odt_file, paragraph, run, unzipped, word_file, zipped

from attrlint import engine
from attrlint.annotate import Annotated, annotate
from attrlint.errors import ReadError
from attrlint.finding import Finding, Report, Severity, Waiver
from attrlint.readers import docx, odt
from attrlint.text import Document

Lint = Callable[[Document], Report]
LINT = engine.load().lint
VAGUE = paragraph("The offensive has ", run("stalled, ana", "<w:b/>"), run("lysts note"), ".")
MESSAGE = (
    "“analysts note” does not say which analysts. Name one of them and where they work, or say how many you spoke to "
    "and why they are not named."
)


def finding(start: int, end: int, message: str = "Who?", waiver: Waiver | None = None) -> Finding:
    return Finding("vague-collective", "identity", Severity.WARNING, message, start, end, "high", waiver=waiver)


def marking(*spans: tuple[int, int], waiver: Waiver | None = None) -> Lint:
    """A linter that objects to these stretches of any text."""
    return lambda document: Report(document, tuple(finding(*span, waiver=waiver) for span in spans))


def marked(data: bytes, path: str = "a.docx") -> list[tuple[str, str]]:
    """The comments of a file: who made each, and the words it stands at."""
    reading: docx.Reading | odt.Reading
    if path.endswith(".odt"):
        reading = odt.parse(data, path)
        return [(one.author, reading.document.text[one.start : one.end]) for one in reading.remarks]
    reading = docx.parse(data, path)
    authors = [one.story.attributes.get("w:author", "") for one in reading.remarks]
    words = [reading.document.text[one.start : one.end] for one in reading.remarks]
    return list(zip(authors, words, strict=True))


def differing(before: bytes, after: bytes) -> set[str]:
    one, other = unzipped(before), unzipped(after)
    assert set(one) <= set(other)
    return {name for name, data in other.items() if one.get(name) != data}


def test_a_comment_stands_on_its_words_alone() -> None:
    data = word_file(VAGUE)
    done = annotate(data, "a.docx", LINT)
    assert done[1:4] == (1, 1, 0)
    assert marked(done.data) == [("attrlint", "analysts note")]
    (comment,) = python_docx.Document(BytesIO(done.data)).comments
    assert (comment.author, comment.initials) == ("attrlint", "AL")
    assert comment.text.splitlines() == [
        MESSAGE,
        "TK: The offensive has stalled, TK [name], an analyst at TK [institution], notes.",
        "warning, vague-collective",
    ]
    with docx2python(BytesIO(done.data)) as read:
        assert [(words, author) for words, author, *_ in read.comments] == [("analysts note", "attrlint")]


def test_every_other_part_keeps_its_bytes_and_its_place() -> None:
    data = word_file(VAGUE, other={"word/media/image1.png": bytes(range(256)) * 9, "docProps/app.xml": b"<a/>"})
    done = annotate(data, "a.docx", LINT).data
    changed = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert differing(data, done) == changed
    assert list(unzipped(done))[:-1] == list(unzipped(data))
    with_comments = word_file(VAGUE, comments="")
    assert differing(with_comments, annotate(with_comments, "a.docx", LINT).data) == {
        "word/document.xml",
        "word/comments.xml",
    }


def test_what_is_put_in_is_all_that_is_put_in() -> None:
    data = word_file(VAGUE)
    before, after = (
        unzipped(each)["word/document.xml"].decode() for each in (data, annotate(data, "a.docx", LINT).data)
    )
    marks = r'<w:commentRange(?:Start|End) w:id="0"/>|<w:r><w:rPr><w:rStyle [^/]*/></w:rPr><w:commentRef[^/]*/></w:r>'
    cut = '</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">ana'
    assert re.sub(marks, "", after).replace(cut, "ana") == before


def test_a_second_run_changes_nothing() -> None:
    once = annotate(word_file(VAGUE), "a.docx", LINT).data
    assert annotate(once, "a.docx", LINT) == Annotated(once, 1, 0, 0)


def test_a_run_replaces_its_own_comments_and_nobody_else_s() -> None:
    start, end = '<w:commentRangeStart w:id="7"/>', '<w:commentRangeEnd w:id="7"/>'
    point = '<w:r><w:commentReference w:id="7"/></w:r>'
    body = paragraph(start, "The mayor said so", end, point, ", analysts note.")
    data = word_file(body, comments=f'<w:comment w:id="7" w:author="Ann">{paragraph("Really?")}</w:comment>')
    first = annotate(data, "a.docx", marking((4, 9), (19, 27))).data
    assert marked(first) == [("Ann", "The mayor said so"), ("attrlint", "mayor"), ("attrlint", "analysts")]
    second = annotate(first, "a.docx", marking((19, 27), (28, 32)))
    assert second[1:4] == (2, 1, 1)
    assert marked(second.data) == [("Ann", "The mayor said so"), ("attrlint", "analysts"), ("attrlint", "note")]
    none = annotate(second.data, "a.docx", marking())
    assert none[1:4] == (0, 0, 2)
    assert marked(none.data) == [("Ann", "The mayor said so")]
    assert unzipped(none.data)["word/comments.xml"] == unzipped(data)["word/comments.xml"]
    assert b"attrlint" not in unzipped(none.data)["word/document.xml"]


def test_marks_that_lost_their_comment_stay_lost() -> None:
    lost = '<w:commentRangeStart w:id="0"/>', "abc", '<w:commentRangeEnd w:id="0"/>'
    done = annotate(word_file(paragraph(*lost, " def")), "a.docx", marking((4, 7))).data
    assert marked(done) == [("attrlint", "def")]
    assert b'<w:comment xmlns:w="%b" w:id="1"' % W.encode() in unzipped(done)["word/comments.xml"]


def test_words_of_notes_and_boxes_are_quoted_where_the_number_or_the_box_stands() -> None:
    note = "<w:r><w:footnoteReference w:id='1'/></w:r>"
    body = paragraph("Rain fell", note, ".") + paragraph(BOX.format(paragraph("Many believe it.")), "Out.")
    data = word_file(body, footnotes=f"<w:footnote w:id='1'>{paragraph('Experts say so.')}</w:footnote>")
    done = annotate(data, "a.docx", LINT)
    assert [words for _, words in marked(done.data)] == ["", ""]
    said = [comment.text.splitlines()[0] for comment in python_docx.Document(BytesIO(done.data)).comments]
    assert said == ["In the text box, “Many believe”:", "In the note, “Experts say”:"]
    document = unzipped(done.data)["word/document.xml"].decode()
    assert f'<w:commentRangeStart w:id="1"/>{note}<w:commentRangeEnd w:id="1"/>' in document
    assert "comment" not in re.findall(r"<w:txbxContent>.*?</w:txbxContent>", document)[0]
    assert "word/footnotes.xml" not in differing(data, done.data)
    assert annotate(done.data, "a.docx", LINT) == Annotated(done.data, 2, 0, 0)


@pytest.mark.parametrize("namespace", [W, STRICT])
@pytest.mark.parametrize("prefix", ["w", "x"])
def test_other_namespaces_and_prefixes(namespace: str, prefix: str) -> None:
    parts = unzipped(word_file(VAGUE, namespace))
    document = parts["word/document.xml"].decode()
    renamed = re.sub(r"(</?|\s)w:", rf"\1{prefix}:", document).replace(
        f'xmlns:w="{namespace}"', f'xmlns:{prefix}="{namespace}"'
    )
    data = zipped({**parts, "word/document.xml": renamed.encode()})
    done = annotate(data, "a.docx", LINT).data
    assert marked(done) == [("attrlint", "analysts note")]
    assert annotate(done, "a.docx", LINT).data == done


def test_overlapping_and_neighbouring_comments() -> None:
    data = word_file(paragraph("abcdefghij", run(" klm "), "nop"))
    spans = [(0, 3), (3, 6), (2, 8), (2, 2 + 1), (0, 18), (10, 15), (14, 18), (9, 12)]
    done = annotate(data, "a.docx", marking(*spans)).data
    text = "abcdefghij klm nop"
    assert sorted(words for _, words in marked(done)) == sorted(text[start:end] for start, end in spans)


@pytest.mark.parametrize(("text", "at"), [("abc", 0), ("abc", 2), ("abc", 3)])
@pytest.mark.parametrize("path", ["a.docx", "a.odt"])
def test_a_finding_between_words_has_a_comment_at_a_point(path: str, text: str, at: int) -> None:
    data = word_file(paragraph(text)) if path == "a.docx" else odt_file(f"<text:p>{text}</text:p>")
    done = annotate(data, path, marking((at, at)))
    reading = docx.parse(done.data, path) if path == "a.docx" else odt.parse(done.data, path)
    assert [(one.start, one.end) for one in reading.remarks] == [(at, at)]
    assert annotate(done.data, path, marking((at, at))) == Annotated(done.data, 1, 0, 0)
    assert marked(annotate(done.data, path, marking()).data, path) == []


@pytest.mark.parametrize(("path", "data"), [("a.docx", word_file("")), ("a.odt", odt_file(""))])
def test_a_file_without_words_has_no_comments(path: str, data: bytes) -> None:
    assert annotate(data, path, marking((0, 0))) == Annotated(data, 0, 0, 0)


WAIVED = marking((0, 3), waiver=Waiver("agreed with the desk"))


def states(data: bytes) -> list[tuple[bool, bool]]:
    """For every comment whether Word knows its state, and whether it is resolved."""
    parts = unzipped(data)
    comments = parts["word/comments.xml"].decode().split("</w:comment>")[:-1]
    extended = parts.get("word/commentsExtended.xml", b"").decode()
    idents = [re.findall(r'w14:paraId="(\w+)"', comment)[-1:] for comment in comments]
    return [
        (bool(ident), bool(ident) and f'w15:paraId="{ident[0]}" w15:done="1"' in extended) for ident in idents
    ]  # fmt: skip


def test_a_waived_finding_has_no_comment_or_a_resolved_one() -> None:
    data = word_file(paragraph("abc def"))
    assert annotate(data, "a.docx", WAIVED) == Annotated(data, 0, 0, 0)
    done = annotate(data, "a.docx", WAIVED, resolve_waived=True)
    assert states(done.data) == [(True, True)]
    assert "Accepted: agreed with the desk" in python_docx.Document(BytesIO(done.data)).comments.get(0).text
    assert annotate(done.data, "a.docx", WAIVED, resolve_waived=True) == Annotated(done.data, 1, 0, 0)
    assert annotate(done.data, "a.docx", WAIVED)[1:4] == (0, 0, 1)


def threaded(done: str, reply: str = "") -> bytes:
    """A file whose first word has a comment of attrlint, in the state that Word keeps, perhaps with a reply."""
    body = paragraph(
        '<w:commentRangeStart w:id="0"/>',
        run("abc"),
        '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
        '<w:r><w:commentReference w:id="1"/></w:r>' if reply else "",
        " def",
    )

    def words(ident: str, text: str) -> str:
        return f'<w:p w14:paraId="{ident}"><w:r><w:t>{text}</w:t></w:r></w:p>'

    ours = f"{words('0A0A0A01', 'Who?')}{words('0A0A0A02', 'warning, vague-collective')}"
    comments = f'<w:comment w:id="0" w:author="attrlint">{ours}</w:comment>'
    extended = f'<w15:commentEx w15:paraId="0A0A0A02" w15:done="{done}"/>'
    if reply:
        comments += f'<w:comment w:id="1" w:author="{reply}">{words("0A0A0A03", "The mayor.")}</w:comment>'
        extended += f'<w15:commentEx w15:paraId="0A0A0A03" w15:paraIdParent="0A0A0A02" w15:done="{done}"/>'
    return word_file(body, comments=comments, commentsExtended=extended)


def test_what_the_reporter_has_resolved_stays_resolved() -> None:
    data = threaded("1")
    assert annotate(data, "a.docx", marking((0, 3))) == Annotated(data, 1, 0, 0)


def test_a_comment_that_is_there_is_marked_as_resolved_once_it_is_waived() -> None:
    waived = finding(0, 3)._replace(waiver=Waiver(""))
    said = lambda document: Report(document, (waived,))  # noqa: E731
    gone = annotate(threaded("0"), "a.docx", said)
    assert gone[1:4] == (0, 0, 1)
    assert b"0A0A0A02" not in unzipped(gone.data)["word/commentsExtended.xml"]
    done = annotate(threaded("0"), "a.docx", said, resolve_waived=True).data
    assert states(done) == [(True, True)]
    parts = unzipped(done)
    opened = parts["word/commentsExtended.xml"].replace(b'done="1"', b'done="0"')
    reopened = zipped({**parts, "word/commentsExtended.xml": opened})
    assert states(annotate(reopened, "a.docx", said, resolve_waived=True).data) == [(True, True)]


def test_a_comment_that_somebody_answered_stays() -> None:
    data = threaded("0", "Ann")
    assert annotate(data, "a.docx", marking()) == Annotated(data, 1, 0, 0)
    assert annotate(threaded("0", "attrlint"), "a.docx", marking())[1:4] == (0, 0, 2)


TEXTS = st.text(st.sampled_from("ab .&<é😀\t\n\u00a0\u00ad"), min_size=1, max_size=8)
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), min_size=1, max_size=6)


def letters(data: bytes) -> list[tuple[str, bool | None]]:
    """Every letter of a Word file and whether it is bold, as another library reads them."""
    paragraphs = python_docx.Document(BytesIO(data)).paragraphs
    return [(letter, run.bold) for each in paragraphs for run in each.runs for letter in run.text]


@given(st.lists(st.lists(st.tuples(TEXTS, st.booleans()), min_size=1, max_size=4), min_size=1, max_size=3), SPANS)
@settings(max_examples=40)
def test_any_words_of_any_file(paragraphs: list[list[tuple[str, bool]]], spans: list[tuple[int, int]]) -> None:
    made = python_docx.Document(BytesIO(word_file("")))
    for runs in paragraphs:
        each = made.add_paragraph()
        for words, bold in runs:
            each.add_run(words).bold = bold
    out = BytesIO()
    made.save(out)
    data, text = out.getvalue(), docx.read(out.getvalue(), "a.docx").text
    wanted = {
        (start, min(start + length, len(text)))
        for start, length in spans
        if text[start : start + length].strip("\n") == text[start : start + length] != ""
    }
    done = annotate(data, "a.docx", marking(*sorted(wanted))).data
    assert [words for _, words in marked(done)] == [text[start:end] for start, end in sorted(wanted)]
    assert letters(done) == letters(data)
    assert annotate(done, "a.docx", marking(*sorted(wanted))).data == done
    none = annotate(done, "a.docx", marking()).data
    assert marked(none) == []
    assert letters(none) == letters(data)


# -- OpenDocument ------------------------------------------------------------------------------------------------------

ODT = (
    "<text:p>The offensive <text:span>has</text:span> stalled, ana<text:span>lysts no</text:span>te.</text:p>"
    f"<text:p>Rain{NOTE.replace('the note', 'Experts say so.')} fell.</text:p>"
)


def test_a_comment_in_an_opendocument_text() -> None:
    data = odt_file(ODT, styles_xml=b"<a/>")
    done = annotate(data, "a.odt", LINT)
    assert done[1:4] == (2, 2, 0)
    assert differing(data, done.data) == {"content.xml"}
    assert marked(done.data, "a.odt") == [("attrlint", "analysts note"), ("attrlint", "Experts say")]
    assert annotate(done.data, "a.odt", LINT) == Annotated(done.data, 2, 0, 0)
    assert unzipped(annotate(done.data, "a.odt", marking()).data)["content.xml"] == unzipped(data)["content.xml"]
    assert next(iter(unzipped(done.data))) == "mimetype"


def test_comments_of_others_stay_in_an_opendocument_text() -> None:
    inside = "<dc:creator>Ann</dc:creator><text:p>Hm.</text:p>"
    note = f'<office:annotation office:name="attrlint-1">{inside}</office:annotation>'
    data = odt_file(f"<text:p>ab{note}cd<office:annotation-end office:name='attrlint-1'/> efg</text:p>")
    done = annotate(data, "a.odt", marking((1, 3), (3, 6)))
    assert sorted(marked(done.data, "a.odt")) == [("Ann", "cd"), ("attrlint", "bc"), ("attrlint", "d e")]
    assert unzipped(annotate(done.data, "a.odt", marking()).data)["content.xml"] == unzipped(data)["content.xml"]


def test_a_waived_finding_of_an_opendocument_text() -> None:
    data = odt_file("<text:p>abc def</text:p>")
    assert annotate(data, "a.odt", WAIVED) == Annotated(data, 0, 0, 0)
    done = annotate(data, "a.odt", WAIVED, resolve_waived=True).data
    assert b' loext:resolved="true"' in unzipped(done)["content.xml"]
    assert annotate(done, "a.odt", WAIVED, resolve_waived=True) == Annotated(done, 1, 0, 0)
    resolved = annotate(data, "a.odt", marking((0, 3))).data
    name = b' office:name="attrlint-1"'
    by_hand = unzipped(resolved)["content.xml"].replace(name, name + b' loext:resolved="true"', 1)
    kept = zipped({**unzipped(resolved), "content.xml": by_hand})
    assert annotate(kept, "a.odt", marking((0, 3))) == Annotated(kept, 1, 0, 0)


@given(
    st.text(st.sampled_from("ab &é😀"), min_size=2, max_size=20), st.lists(st.integers(0, 20), min_size=2, max_size=6)
)
@settings(max_examples=40)
def test_any_words_of_any_opendocument_text(words: str, edges: list[int]) -> None:
    middle = len(words) // 2
    body = f"<text:p>{escape(words[:middle])}<text:span>{escape(words[middle:])}</text:span></text:p>"
    data = odt_file(body)
    text = odt.read(data, "a.odt").text
    spans = sorted({(start, end) for start, end in pairwise(sorted(edges)) if start < end <= len(text)})
    done = annotate(data, "a.odt", marking(*spans)).data
    assert sorted(found for _, found in marked(done, "a.odt")) == sorted(text[start:end] for start, end in spans)
    assert unzipped(annotate(done, "a.odt", marking()).data)["content.xml"] == unzipped(data)["content.xml"]


def test_formats_without_comments_are_told() -> None:
    with pytest.raises(
        ReadError, match="comments can be written into Word, OpenDocument, Markdown and HTML files only"
    ):
        annotate(b"a", "a.txt", LINT)
