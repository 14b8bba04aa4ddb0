"""What the engine makes of single sentences: the pattern, the source and its form, the cue, and whom it resolves to."""

from __future__ import annotations

import time

import pytest

import attrlint
from attrlint.article import Attribution


def only(text: str) -> Attribution:
    """Return the first attribution of a text."""
    return attrlint.parse(text).attributions[0]


@pytest.mark.parametrize(
    ("text", "pattern", "source", "form", "cue"),
    [
        ("The offensive has stalled, analysts note.", "source-cue", "analysts", "expert", "note"),
        ("Experts see a triple objective here.", "loose-cue", "Experts", "expert", "see"),
        (
            "“It is over,” said Jane Roe, a nurse from Leeds.",
            "cue-source",
            "Jane Roe, a nurse from Leeds",
            "name",
            "said",
        ),
        (
            "The bridge is shut, according to Minister Jane Roe.",
            "according-to",
            "Minister Jane Roe",
            "name",
            "according to",
        ),
        (
            "A Moscow expert is quoted as saying it will last.",
            "second-hand",
            "A Moscow expert",
            "expert",
            "is quoted as saying",
        ),
        (
            "The plan has been described by officials as dead.",
            "passive-by",
            "officials",
            "official",
            "has been described",
        ),
        ("With polls showing a dead heat, Ms Roe stayed at home.", "source-ing", "polls", "study", "showing"),
        ("John Kirby, the spokesman, said it was over.", "source-cue", "John Kirby, the spokesman,", "name", "said"),
        ("Studies have shown that it works.", "source-cue", "Studies", "study", "have shown"),
        (
            "According to a person familiar with the talks, it is dead.",
            "according-to",
            "a person familiar with the talks",
            "anonymous",
            "According to",
        ),
    ],
)
def test_source_and_cue(text: str, pattern: str, source: str, form: str, cue: str) -> None:
    """Source and cue are exactly the words that stand for them."""
    found = only(text)
    assert found.source is not None
    assert found.cue is not None
    assert (found.pattern, found.source.text, found.source.form, found.cue.text) == (pattern, source, form, cue)
    assert text[found.source.start : found.source.end] == source
    assert text[found.cue.start : found.cue.end] == cue


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Jane Roe said that the bridge was shut.", ["that the bridge was shut"]),
        ("“The bridge is shut,” Jane Roe said. “Go home.”", ["“The bridge is shut,”", "“Go home.”"]),
        ("The bridge is shut, Jane Roe said.", ["The bridge is shut"]),
        ("Jane Roe told reporters in Leeds that it was shut.", ["that it was shut"]),
        ("Jane Roe said it was shut, adding that nobody was hurt.", ["it was shut", "that nobody was hurt"]),
        ("The bridge, Jane Roe said on Monday, is shut.", ["The bridge", "is shut"]),
        ("“The bridge,” Jane Roe said on Monday, “is shut.”", ["“The bridge,”", "“is shut.”"]),
        ("“The bridge is shut.” Jane Roe praised the crew.", ["the crew"]),
        ("“It is shut,” Jane Roe said. “Go home,” Tom Orme added.", ["“It is shut,”", "“Go home,”"]),
        ("As Jane Roe noted, the bridge is shut.", ["the bridge is shut"]),
        ("The bridge was shut, as Jane Roe noted.", ["The bridge was shut"]),
        ("The bridge is shut, according to Jane Roe, who runs the port.", ["The bridge is shut"]),
        ("Tom Orme left on what Jane Roe called a raft.", ["what", "a raft"]),
        ("The ferry is widely seen as a mistake.", ["The ferry", "a mistake"]),
        ("The ferry was described by Jane Roe as dead.", ["The ferry", "as dead"]),
        ("It appeared that the bridge was shut.", ["that the bridge was shut"]),
        ("Jane Roe praised the crew, which had worked all night.", ["the crew"]),
        ("Jane Roe said the bridge, and the road, were shut.", ["the bridge, and the road, were shut"]),
        ("Jane Roe said it was shut, but the road stayed open.", ["it was shut"]),
        ("Jane Roe said it was shut; the road stayed open.", ["it was shut"]),
        ("While Jane Roe said it was shut, Tom Orme crossed it.", ["it was shut"]),
        ("Jane Roe said this week that it was shut.", ["that it was shut"]),
        ("Jane Roe told her sister she would stay.", ["she would stay"]),
        ("Jane Roe agreed to reopen the bridge.", ["to reopen the bridge"]),
        ("Jane Roe: Bridge Will Stay\n\nIt was built in 1900.", ["Bridge Will Stay"]),
    ],
)
def test_content(text: str, content: list[str]) -> None:
    """Content is what is attributed, without cue and addressee."""
    article = attrlint.parse(text)
    assert [text[start:end] for one in article.attributions for start, end in one.content] == content


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Jane Roe agreed to reopen the bridge.", "agreed"),
        ("Jane Roe objected to the bridge.", "objected to"),
        ("Jane Roe complained about the noise.", "complained about"),
        ("Jane Roe said: “It is shut.”", "said:"),
    ],
)
def test_bounds_of_a_cue(text: str, cue: str) -> None:
    """A cue keeps what opens its topic, and leaves what is to be done to the content."""
    found = only(text).cue
    assert found is not None
    assert found.text == cue


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("Jane Roe said she hoped it would open.", ["said"]),
        ("Jane Roe said that Tom Orme hoped it would open. Tom Orme left.", ["said"]),
        ("Jane Roe said residents hoped it would open.", ["said", "hoped"]),
        ("Jane Roe said Tom Orme told her it was open.", ["said", "told"]),
        ("Jane Roe said it was shut, but she hoped it would open.", ["said", "hoped"]),
    ],
)
def test_what_a_speaker_says_others_think_is_what_is_said(text: str, cues: list[str]) -> None:
    """What somebody known thinks, inside what a speaker says, is no attribution of the article."""
    assert [one.cue.text for one in attrlint.parse(text).attributions if one.cue] == cues


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("No analyst has said so.", "negated"),
        ("Analysts have not said so.", "negated"),
        ("Critics may say that it is late.", "hypothetical"),
        ("Do experts say that it is late?", "hypothetical"),
        ("Analysts say that it is late.", "claim"),
    ],
)
def test_mood(text: str, mood: str) -> None:
    """Negations, questions and suppositions make no claim."""
    assert only(text).mood == mood


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jane Roe, an analyst at the Example Institute, left. The analyst said no.", "Jane Roe"),
        ("Spokesman John Kirby left. The spokesman said no.", "John Kirby"),
        ("Jane Roe left early. Ms Roe said no.", "Jane Roe"),
        ("Jane Roe said yes. She added that it was late.", "Jane Roe"),
    ],
)
def test_entities(text: str, name: str) -> None:
    """Roles, surnames and pronouns lead back to the name, and to where it was introduced."""
    article = attrlint.parse(text)
    source = article.attributions[-1].source
    assert source is not None
    entity = next(entity for entity in article.entities if entity.id == source.entity)
    assert entity.name.endswith(name)
    assert text[entity.start : entity.end] == entity.name


def test_quoted_attributions_are_the_speakers_own() -> None:
    """What somebody attributes inside a quotation is not the article's."""
    article = attrlint.parse("“Experts say a lot,” said Jane Roe.")
    assert [one.source.text for one in article.attributions if one.source] == ["Jane Roe"]


def test_the_same_text_gives_the_same_report() -> None:
    """Linting is pure."""
    text = "Analysts say it is over. 🙂 Reportedly, it is not."
    assert attrlint.lint(text).findings == attrlint.lint(text).findings


def test_an_unnamed_source_that_speaks_again_is_one_finding() -> None:
    """The later mentions are related places of the first."""
    text = "A senior official said it was over. The official said nobody was hurt."
    (finding,) = attrlint.lint(text).findings
    assert [text[one.start : one.end] for one in finding.related] == ["The official said"]


def test_a_pronoun_may_stand_for_an_unnamed_source() -> None:
    """A pronoun that goes back to somebody unnamed is a related place; one that may mean another person is not."""
    text = (
        "A senior official said it was over. “Nobody was hurt,” he added. Ann Roe, a nurse, left. He said it was cold."
    )
    (finding,) = attrlint.lint(text).findings
    assert [text[one.start : one.end] for one in finding.related] == ["he added"]
    text = "Analysts said they expect rain. They added that the wall would hold. She said no."
    (finding,) = (one for one in attrlint.lint(text).findings if one.family == "identity")
    assert [text[one.start : one.end] for one in finding.related] == ["They added"]


def test_fingerprints_survive_edits_elsewhere() -> None:
    """A fingerprint depends on the rule, the words and their sentence, not on the place."""
    one = attrlint.lint("Analysts say it is over.").findings[0]
    two = attrlint.lint("It rained in Leeds on Monday.\n\nAnalysts say it is over.").findings[0]
    assert one.fingerprint == two.fingerprint
    assert one.start != two.start
    assert one.fingerprint != attrlint.lint("Analysts say it was over.").findings[0].fingerprint


def test_many_unnamed_sources_in_a_row_are_read() -> None:
    text = "A source said so. Reportedly it sank.\n" * 500
    assert len(attrlint.lint(text).findings) >= 500


@pytest.mark.parametrize(
    "words",
    [
        "A senior official said it was over. The official said nobody was hurt. ",
        "Experts said it was over, adding that it was not. ",
        "and officials said it fell ",  # a sentence without end
    ],
)
def test_long_articles_are_read_in_linear_time(words: str) -> None:
    """Four times as many words take about four times as long, however often somebody unnamed speaks again."""
    taken = []
    for times in (400, 1600):
        text = words * times
        began = time.process_time()
        attrlint.lint(text)
        taken.append(time.process_time() - began)
    assert taken[1] < 8 * taken[0]


def test_a_sentence_without_end_has_short_findings() -> None:
    clauses = 3000
    found = attrlint.lint("Ada Prenn and analysts " + "note that it fell and officials " * clauses)
    assert found.findings
    assert all(finding.end - finding.start < 200 for finding in found.findings)
