"""Findings as comments in Markdown and HTML: marks around their words, and every other byte stays."""

from __future__ import annotations

import re
from html import escape, unescape
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from test_annotate import LINT, marking

from attrlint import engine, readers
from attrlint.annotate import annotate
from attrlint.errors import ReadError
from attrlint.finding import Waiver

CRITIC = re.compile(r"\{==(.*?)==\}\{>>@attrlint (.*?)<<\}", re.DOTALL)
MARK = re.compile(r'<mark class="attrlint" title="([^"]*)">([^<]*)</mark>')
SAID = "Who? warning, vague-collective"


def done(source: str, *spans: tuple[int, int], path: str = "a.md") -> str:
    return annotate(source.encode(), path, marking(*spans)).data.decode()


@pytest.mark.parametrize(
    ("source", "span", "expected"),
    [
        ("abc def ghi\n", (4, 7), "abc {==def==}{>>@attrlint SAID<<} ghi\n"),
        ("abc\ndef\n", (0, 7), "{==abc\ndef==}{>>@attrlint SAID<<}\n"),
        ("# abc\n", (0, 3), "# {==abc==}{>>@attrlint SAID<<}\n"),
        ("> abc\n> def\n", (0, 7), "> {==abc\n> def==}{>>@attrlint SAID<<}\n"),
        (
            "**a**bc *d*\n",
            (0, 5),
            "**{==a==}{>>@attrlint …<<}**{==bc ==}{>>@attrlint …<<}*{==d==}{>>@attrlint SAID<<}*\n",
        ),
        ("[abc](http://x.y) d\n", (0, 5), "[{==abc==}{>>@attrlint …<<}](http://x.y){== d==}{>>@attrlint SAID<<}\n"),
        ("caf&eacute; 😀\n", (0, 6), "{==caf&eacute; 😀==}{>>@attrlint SAID<<}\n"),
        ("\r\nabc\r\n", (0, 3), "\r\n{==abc==}{>>@attrlint SAID<<}\r\n"),
    ],
)
def test_markdown(source: str, span: tuple[int, int], expected: str) -> None:
    marked = done(source, span)
    assert marked == expected.replace("SAID", SAID)
    assert done(marked, span) == marked
    assert done(marked) == source


@pytest.mark.parametrize(
    ("source", "span", "expected"),
    [
        ("<p>abc def</p>", (4, 7), "<p>abc [def]</p>"),
        ("<p>a<b>b</b>c &amp; d</p>", (0, 5), "<p>[a]<b>[b]</b>[c &amp;] d</p>"),
        ("<p>a</p><p>b</p>", (0, 4), "<p>[a]</p><p>[b]</p>"),
    ],
)
def test_html(source: str, span: tuple[int, int], expected: str) -> None:
    marked = done(source, span, path="a.html")
    opening = f'<mark class="attrlint" title="{SAID}">'
    assert marked == expected.replace("[", opening).replace("]", "</mark>")
    assert done(marked, span, path="a.html") == marked
    assert done(marked, path="a.html") == source


def test_a_title_holds_any_message() -> None:
    source = "<p>It is believed that it &lt; \"that\" &amp; 'this'.</p>"
    marked = annotate(source.encode(), "a.html", LINT).data.decode()
    ((title, words),) = MARK.findall(marked)
    assert words == "It is believed"
    assert unescape(title).startswith("“It is believed” leaves out by whom.")
    assert "TK: TK [who] believes that it < \"that\" & 'this'." in unescape(title)


@pytest.mark.parametrize("path", ["a.md", "a.html"])
def test_overlapping_words(path: str) -> None:
    source = "abc def ghi" if path == "a.md" else "<p>abc def ghi</p>"
    marked = done(source, (0, 7), (4, 11), path=path)
    pattern, words = (CRITIC, 0) if path == "a.md" else (MARK, 1)
    assert [found[words] for found in pattern.findall(marked)] == ["abc ", "def", " ghi"]
    assert done(marked, path=path) == source


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("a.md", "---\ntitle: abc def\n---\n\nghi\n"),
        (
            "a.html",
            '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "abc def"}</script><p>ghi</p>',
        ),
    ],
)
def test_words_that_no_mark_can_stand_in_are_named(path: str, source: str) -> None:
    text = readers.read(source.encode(), path).text
    at = text.index("ghi")
    outcome = annotate(source.encode(), path, marking((0, 3), (at, at + 3)))
    assert outcome[1:4] == (1, 1, 0)
    line, column = readers.read(source.encode(), path).origin.position(source.index("abc"))
    assert outcome.left == (f"{line}:{column}: vague-collective",)
    assert source.split("ghi")[0] in outcome.data.decode()


def test_a_place_without_words_is_named() -> None:
    outcome = annotate(b"abc\n", "a.md", marking((1, 1)))
    assert (outcome.data, outcome.comments, outcome.left) == (b"abc\n", 0, ("1:2: vague-collective",))


def test_comments_of_others_stay() -> None:
    source = "abc {==def==}{>>Ann: hm<<} ghi\n"
    marked = done(source, (0, 3), (8, 11))
    assert "{==def==}{>>Ann: hm<<}" in marked
    assert done(marked) == source


def test_criticmarkup_reads_as_accepted() -> None:
    document = readers.read(b"{==abc==}{>>Ann: hm<<} {--old --}{++new++} {~~x~>y~~}\n", "a.md")
    assert document.text == "abc new y"
    assert [(one.text, one.start) for one in document.comments] == [("Ann: hm", 3)]


def test_a_waived_finding_has_a_mark_only_if_asked() -> None:
    lint = marking((0, 3), waiver=Waiver("agreed"))
    assert annotate(b"abc\n", "a.md", lint).data == b"abc\n"
    assert b"Accepted: agreed" in annotate(b"abc\n", "a.md", lint, resolve_waived=True).data


def test_mdx_is_refused() -> None:
    with pytest.raises(ReadError, match="MDX has no marks"):
        annotate(b"abc\n", "a.mdx", LINT)


def test_the_command_writes_a_copy_in_the_encoding_of_the_article(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(
        "---\ntitle: Experts say so\n---\n\nCafé. It is believed that it fell.\n".encode("cp1252")
    )
    ran = run("annotate", "--encoding", "cp1252", "a.md")
    assert ran.out.splitlines() == [
        "a.md:2:8: vague-collective: left out, no comment can stand there",
        "a.annotated.md: 1 comment (1 new, 0 taken away)",
    ]
    copy = (tmp_path / "a.annotated.md").read_bytes()
    assert "Café. {==It is believed==}{>>@attrlint ".encode("cp1252") in copy
    assert sorted(path.name for path in tmp_path.glob("a*")) == ["a.annotated.md", "a.md"]


def test_a_page_writes_what_its_encoding_lacks_as_entities() -> None:
    page = '<meta charset="iso-8859-2"><p>Łódź. It has stalled, analysts note.</p>'.encode("iso-8859-2")
    lint = engine.load().lint
    done = annotate(page, "a.html", lint)
    marked = done.data.decode("iso-8859-2")
    assert 'Łódź. It has stalled, <mark class="attrlint" title="&#8220;analysts note&#8221; does' in marked
    assert annotate(done.data, "a.html", lint) == (done.data, 1, 0, 0, ())


def test_a_second_run_takes_marks_with_a_line_end_away() -> None:
    lint = engine.load().lint
    done = annotate(b"<p>It is over.<br>Local media<br/>report it.</p>", "a.html", lint)
    assert b">Local media<br/>report</mark>" in done.data
    assert annotate(done.data, "a.html", lint) == (done.data, 1, 0, 0, ())
    assert annotate(done.data, "a.html", marking()).data == b"<p>It is over.<br>Local media<br/>report it.</p>"


def test_half_a_pair_in_linked_data_breaks_nothing(run: Run, tmp_path: Path) -> None:
    head = '<script type="application/ld+json">{"headline": "Experts (\\ud83d) say pool falls"}</script>'
    (tmp_path / "a.html").write_text(f"{head}<p>Local media report it.</p>", encoding="utf-8")
    assert run("annotate", "a.html").status == 0
    assert run("check", "--fix-with-tk", "a.html").status == 0
    assert head in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "TK [name of outlet] reports it." in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_an_encoding_that_lacks_the_words_is_named() -> None:
    with pytest.raises(ReadError, match=r"a\.md: its encoding, iso8859-1, lacks “ \(U\+201C\), which is to be written"):
        annotate("Café. It has stalled, analysts note.\n".encode("latin-1"), "a.md", engine.load().lint, False, "l1")


WORDS = st.text(st.sampled_from("abc .&é😀\n"), min_size=1, max_size=10)
SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)), min_size=1, max_size=4)


@given(st.lists(st.tuples(st.sampled_from(["", "b", "i"]), WORDS), min_size=1, max_size=4), SPANS)
@settings(max_examples=60)
def test_any_words_of_any_page(parts: list[tuple[str, str]], spans: list[tuple[int, int]]) -> None:
    inside = "".join(f"<{tag}>{escape(words)}</{tag}>" if tag else escape(words) for tag, words in parts)
    source = f"<p>{inside}</p>"
    document = readers.read(source.encode(), "a.html")
    text = document.text
    wanted = {(start, min(start + length, len(text))) for start, length in spans if start < len(text)}
    marked = done(source, *sorted(wanted), path="a.html")
    read = readers.read(marked.encode(), "a.html")
    assert read.text == text
    covered = {at for start, end in wanted for at in range(start, end)}
    found = "".join(words for _, words in MARK.findall(marked))
    assert " ".join(unescape(found).split()) == " ".join("".join(text[at] for at in sorted(covered)).split())
    assert done(marked, path="a.html") == source
