"""Skeletons: sentences with a gap for the missing name, in the words and the grammar of the article."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attrlint import engine, fix
from attrlint.errors import PackError
from attrlint.finding import Finding
from attrlint.pattern import WordClasses
from attrlint.remedy import _SLOTS
from attrlint.rule import SLOTS, Rule, from_table
from attrlint.strict import Table
from attrlint.text import Document

PACK = engine.load_pack()
ARTICLE = """😀 The offensive has stalled, analysts note. It is believed the ship sank.

Local media reported it on Monday, and the crew reportedly knew. A senior official said “no”."""


def found(article: str, rule: str = "") -> list[Finding]:
    """The findings of an article by the rules that are on, and by one that may not be."""
    rules = (each for each in PACK.rules if each.default or each.name == rule)
    return list(engine.Engine(PACK, rules).lint(Document(article)).findings)


def mended(article: str, rule: str = "") -> str | None:
    """The sentence with its skeleton, of the first finding."""
    first = next(each for each in found(article, rule) if not rule or each.rule == rule)
    return first.remedy and first.remedy.sentence


EXAMPLES = [
    (
        "anonymous-lead",
        "Analysts say the port will not see another good year.",
        "TK [name], an analyst, says the port will not see another good year.",
    ),
    ("anonymous-opinion", "An insider described him as ruthless.", "TK [name], an insider, described him as ruthless."),
    (
        "bare-source",
        "The chairman will resign, a source said.",
        "The chairman will resign, TK [role] at TK [institution], who TK [how they know], said.",
    ),
    (
        "bare-source",
        "Sources say he will resign.",
        "TK [how many] TK [roles] at TK [institution], who TK [how they know], say he will resign.",
    ),
    (
        "uncounted-sources",
        "Several people with knowledge of the sale, who asked not to be named because it is secret, said no.",
        "TK [number] people with knowledge of the sale, who asked not to be named because it is secret, said no.",
    ),
    (
        "unexplained-anonymity",
        "One of the jurors, who asked not to be identified, said the vote had been close.",
        "One of the jurors, who asked not to be identified because TK [reason], said the vote had been close.",
    ),
    ("hearsay-adverb", "The singer reportedly left.", "The singer, according to TK [outlet], left."),
    ("hearsay-adverb", "Reportedly, the singer left.", "According to TK [outlet], the singer left."),
    ("hearsay-adverb", "The aide allegedly shouted.", "The aide, according to TK [who], shouted."),
    ("hearsay-adverb", "The rumoured price is four million.", None),
    ("rumour", "Rumour has it that the leads will marry.", "TK [who] says that the leads will marry."),
    (
        "rumour",
        "Shares fell amid reports that a buyer left.",
        "Shares fell amid reports by TK [who] that a buyer left.",
    ),
    ("rumour", "Rumours swirl about a snap election.", None),
    ("agentless-report", "It is believed that the ship sank.", "TK [who] believes that the ship sank."),
    ("agentless-report", "It is widely believed the ship sank.", "TK [who] believes the ship sank."),
    ("agentless-report", "It is believed to be the first.", "It is believed by TK [who] to be the first."),
    ("agentless-report", "It is understood that he left.", "TK [who] says that he left."),
    ("agentless-report", "It was thought that the ship sank.", "TK [who] thought that the ship sank."),
    ("agentless-report", "It has been reported that the ship sank.", "TK [who] has reported that the ship sank."),
    ("agentless-report", "The post is widely seen as a reward.", "The post is seen by TK [who] as a reward."),
    ("agentless-report", "The singer is said to own a house.", "The singer is said by TK [who] to own a house."),
    ("agentless-report", "The crew are believed dead.", None),
    ("agentless-report", "A weak crown was blamed for the fall.", "A weak crown was blamed by TK [who] for the fall."),
    ("common-belief", "Many believe the strike was lost.", "TK [name], TK [role], believes the strike was lost."),
    ("common-belief", "It is no secret that they do not speak.", "TK [name] says that they do not speak."),
    ("common-belief", "To an outside observer, the vote was close.", "To TK [name], TK [role], the vote was close."),
    ("common-belief", "It emerged that the mill had closed.", "TK [name] says that the mill had closed."),
    ("common-belief", "The choice has baffled many.", None),
    ("metonym-belief", "Brussels fears a second wave.", "Brussels, according to TK [who], fears a second wave."),
    (
        "mind-reading",
        "The Kremlin clearly calculates that he will go.",
        "The Kremlin, according to TK [who], clearly calculates that he will go.",
    ),
    (
        "poll-details",
        "A Lindqvist Group poll shows her ahead.",
        "A Lindqvist Group poll (taken TK [dates], TK [how many] asked, margin of error TK [points]) shows her ahead.",
    ),
    ("uncounted-attitude", "Voters want a change.", "TK [name], a voter, wants a change."),
    (
        "uncredentialled-expert",
        "“The roof is old,” said Jane Roe, an expert.",
        "“The roof is old,” said Jane Roe of TK [institution], an expert.",
    ),
    (
        "unintroduced-name",
        "“The pump was dry,” said Skarvik.",
        "“The pump was dry,” said Skarvik (TK [full name], TK [office or work]).",
    ),
    (
        "unnamed-spokesperson",
        "“No,” said a spokeswoman for Calder Rail.",
        "“No,” said TK [name], a spokeswoman for Calder Rail.",
    ),
    (
        "vague-collective",
        "The offensive has stalled, analysts note.",
        "The offensive has stalled, TK [name], an analyst at TK [institution], notes.",
    ),
    (
        "vague-collective",
        "Two officials at the ministry said the road was open.",
        "Two officials at the ministry, TK [their names], said the road was open.",
    ),
    (
        "vague-collective",
        "Critics say the ground is too big.",
        "TK [name], a critic of TK [whom or what], says the ground is too big.",
    ),
    (
        "vague-collective",
        "Sources near him say no.",
        "TK [how many] sources near him, who TK [how they know] and asked not to be named because TK [reason], say no.",
    ),
    (
        "vague-individual",
        "The envoys left, one diplomat said.",
        "The envoys left, TK [name], a diplomat at TK [institution], said.",
    ),
    (
        "vague-individual",
        "“The harvest will decide,” a Tashkent expert is quoted as saying.",
        "“The harvest will decide,” TK [name], a Tashkent expert, told TK [outlet].",
    ),
    ("vague-media", "Local media reported that he left.", "TK [name of outlet] reported that he left."),
    ("vague-media", "According to reports, he left.", "According to TK [name of outlet], he left."),
    ("vague-media", "A local paper described the raid.", "TK [name of outlet], a local paper, described the raid."),
    (
        "vague-study",
        "Studies show that it works.",
        "A study by TK [institution], published in TK [where], shows that it works.",
    ),
    (
        "vague-study",
        "A recent poll found a tie.",
        "A recent poll of TK [how many] people by TK [pollster] found a tie.",
    ),
    ("vague-study", "A survey of readers found a tie.", "A survey of readers by TK [pollster] found a tie."),
    (
        "vague-study",
        "Official figures show that rents rose.",
        "Official figures from TK [who collected them] show that rents rose.",
    ),
    (
        "orphan-quote",
        "The plan fell. “We will not be the first to close it.” The budget comes next.",
        "“We will not be the first to close it,” said TK [name], TK [role].",
    ),
    (
        "orphan-quote",
        "The plan fell. “Will we be the first to close it?” The budget comes next.",
        "“Will we be the first to close it?” said TK [name], TK [role].",
    ),
    (
        "second-hand-quote",
        "“I have nothing to hide,” the banker Leo Brandt is quoted as saying.",
        "“I have nothing to hide,” the banker Leo Brandt told TK [outlet].",
    ),
    (
        "second-hand-quote",
        "Anselm Dorr, the bishop, has been quoted as calling the law a mistake.",
        "Anselm Dorr, the bishop, has been quoted by TK [outlet] as calling the law a mistake.",
    ),
    ("unclear-pronoun", "The bridge was closed. “It stays closed,” he said.", "“It stays closed,” TK [name] said."),
]


@pytest.mark.parametrize(("rule", "article", "sentence"), EXAMPLES)
def test_skeletons(rule: str, article: str, sentence: str | None) -> None:
    assert mended(article, rule) == sentence


def test_every_rule_with_a_remedy_has_an_example() -> None:
    assert {rule.name for rule in PACK.rules if rule.skeletons} <= {rule for rule, _, _ in EXAMPLES}


@pytest.mark.parametrize(
    ("article", "sentence"),
    [
        ("Scientists have found a moth.", "TK [name], a scientist at TK [institution], has found a moth."),
        ("Officials are warning of floods.", "TK [name], an official at TK [institution], is warning of floods."),
        ("Economists also expect a cut.", "TK [name], an economist at TK [institution], also expects a cut."),
        ("Experts point out that it fell.", "TK [name], an expert at TK [institution], points out that it fell."),
        ("“No,” doctors warned.", "“No,” TK [name], a doctor at TK [institution], warned."),
        ("It fell, say analysts.", "It fell, says TK [name], an analyst at TK [institution]."),
        (
            "It fell, according to experts, and rose.",
            "It fell, according to TK [name], an expert at TK [institution], and rose.",
        ),
        (
            "With analysts predicting a cut, it fell.",
            "With TK [name], an analyst at TK [institution], predicting a cut, it fell.",
        ),
    ],
)
def test_a_verb_of_several_becomes_a_verb_of_one(article: str, sentence: str) -> None:
    assert mended(article) == sentence


@pytest.mark.parametrize(
    ("article", "sentence"),
    [
        (
            "Analysts and traders say it fell.",
            "Analysts and traders, among them TK [name], say it fell.",
        ),
        (
            "Analysts note that it fell and warn that it will fall.",
            "Analysts, among them TK [name], note that it fell and warn that it will fall.",
        ),
        (
            "Analysts, who follow the firm, say it fell.",
            "Analysts, among them TK [name], who follow the firm, say it fell.",
        ),
    ],
)
def test_what_cannot_become_one_stays_several(article: str, sentence: str) -> None:
    assert mended(article) == sentence


@pytest.mark.parametrize(
    ("article", "role"),
    [
        ("State Department officials said no.", "a State Department official,"),
        ("Senior Pentagon officials said no.", "a senior Pentagon official,"),
        ("Drinks industry leaders said no. The drinks trade fell.", "a drinks industry leader,"),
        ("Mr Blair’s official spokesman said no.", "Mr Blair’s official spokesman,"),
        ("One of his aides said no.", "one of his aides,"),
        ("Another diplomat said no.", "a diplomat at TK [institution],"),
        ("Mr Blair’s aides said no.", None),
    ],
)
def test_roles(article: str, role: str | None) -> None:
    assert (mended(article) or "").startswith(
        f"TK [name], {role}" if role else "Mr Blair’s aides, among them TK [name],"
    )


def test_a_clause_whose_verb_is_out_of_reach_is_left_alone() -> None:
    assert mended("Analysts who say that it fell are wrong.", "vague-collective") is None


@pytest.mark.parametrize(
    ("words", "article"),
    [
        ("analyst", "an"),
        ("US official", "a"),
        ("UN envoy", "a"),
        ("FBI agent", "an"),
        ("MP", "an"),
        ("NATO officer", "a"),
        ("university lecturer", "a"),
        ("unidentified man", "an"),
        ("honest broker", "an"),
        ("hotel owner", "a"),
        ("European diplomat", "a"),
        ("one-time aide", "a"),
        ("Israeli official", "an"),
        ("8-year-old", "an"),
    ],
)
def test_the_indefinite_article_fits(words: str, article: str) -> None:
    assert PACK.wording.with_article(words) == f"{article} {words}"


@pytest.mark.parametrize(
    ("verb", "labels", "one"),
    [
        ("note", {"base"}, "notes"),
        ("say", {"base"}, "says"),
        ("said", {"past", "participle"}, "said"),
        ("put", {"base", "past"}, "put"),
        ("have", set(), "has"),
        ("were", set(), "was"),
        ("don’t", set(), "doesn’t"),
        ("frobnicate", {"base"}, "frobnicate"),
    ],
)
def test_agreement(verb: str, labels: set[str], one: str) -> None:
    assert PACK.wording.of_one(verb, frozenset(labels)) == one


def test_a_remedy_changes_only_its_range() -> None:
    document = Document(ARTICLE)
    for finding in found(ARTICLE):
        assert finding.remedy
        start, end, words, sentence = finding.remedy
        new = document.text[:start] + words + document.text[end:]
        assert sentence in " ".join(new.split())
        assert start <= finding.start < finding.end or finding.start <= start <= finding.end


@given(st.text(alphabet="😀é日a \n.", max_size=30), st.text(alphabet="😀é日b .", max_size=30))
def test_offsets_hold_whatever_stands_before(before: str, after: str) -> None:
    article = f"{before}\n\nThe offensive has stalled, analysts note. {after} It ended."
    remedies = [finding.remedy for finding in found(article) if finding.rule == "vague-collective"]
    assert len(remedies) == 1
    assert remedies[0]
    start, end, words, _ = remedies[0]
    assert article[start:end] == "analysts note"
    assert words == "TK [name], an analyst at TK [institution], notes"


@pytest.mark.parametrize("rule", PACK.rules, ids=lambda rule: rule.name)
def test_a_mended_example_gives_no_new_skeleton(rule: Rule) -> None:
    for example in rule.bad:
        once = fix.edit(example.text, found(example.text, rule.name))
        assert not [finding.remedy for finding in found(once.text, rule.name) if finding.remedy]


@pytest.mark.parametrize("rule", PACK.rules, ids=lambda rule: rule.name)
def test_the_skeletons_of_the_examples_are_whole(rule: Rule) -> None:
    for example in rule.bad:
        for finding in found(example.text, rule.name):
            if finding.remedy:
                assert not re.search(r"[{}]|  | [,.]|,,", finding.remedy.text), finding.remedy.text
                assert finding.remedy.text.count("[") == finding.remedy.text.count("TK ["), finding.remedy.text


def test_headlines_are_left_alone() -> None:
    assert mended("Analysts warn of floods\n\nIt rained on Friday.") is None


def test_a_gap_elsewhere_may_be_for_the_same_source() -> None:
    article = "TK [name], an analyst at TK [bank], said it fell. Later the price rose, analysts said."
    assert all(finding.remedy is None for finding in found(article))


def test_the_messages_agree() -> None:
    assert "which analysts." in found("It fell, analysts note.")[0].message
    assert "which expert." in found("It fell, an expert said.")[0].message
    assert "who they are" in found("Sources said it fell.")[0].message
    assert "who this is" in found("A source said it fell.")[0].message
    assert "which ones" in found("Several websites said it fell.")[0].message
    assert "which outlet" in found("A local paper said it fell.")[0].message


@pytest.mark.parametrize("rule", PACK.rules, ids=lambda rule: rule.name)
def test_messages_scold_nobody(rule: Rule) -> None:
    messages = [rule.message, *(each.message for each in (*rule.variants, *rule.soften) if each.message)]
    for message in messages:
        assert not re.search(r"(?i)you (?:should|must|need)|\bplease\b|!", message), message
        assert message.endswith("."), message
        assert not set(re.findall(r"\{(\w+)\}", message)) - {"text", "source", "cue", "head"}, message


def test_slots_are_known() -> None:
    assert {",", *_SLOTS} == SLOTS


@pytest.mark.parametrize(
    ("remedy", "problem"),
    [
        ({"text": "TK {nmae}"}, "has no slot “{nmae}”"),
        ({"text": "TK", "part": "verb"}, "“part” must be source, cue"),
        ({"text": "TK", "pat": "x"}, "unknown key “pat”"),
        ({}, "“text” is missing"),
    ],
)
def test_a_malformed_remedy_is_refused(remedy: dict[str, str], problem: str) -> None:
    rule = PACK.rules[0]
    table = {
        **dict.fromkeys(("summary", "message", "why", "instead", "since"), "x"),
        "name": rule.name,
        "severity": "note",
        "remedy": [remedy],
    }
    with pytest.raises(PackError, match=re.escape(problem)):
        from_table(Table(table, rule.path, ""), WordClasses({})).validate()
