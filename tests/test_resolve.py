"""Whom a role, a title or a short name stands for, in sentences that could lead to somebody else."""

from __future__ import annotations

import pytest

import attrlint


def last_speaker(text: str) -> str | None:
    """Return the name that the last source of a text resolves to."""
    article = attrlint.parse(text)
    source = article.attributions[-1].source
    assert source is not None
    return next((one.name for one in article.entities if one.id == source.entity), None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Former Ohio Gov. Rick Orme left on Monday. The former governor said it was late.", "Rick Orme"),
        ("Sen. Ann Roe met Rep. Tom Orme in Leeds. The senator said it was late.", "Ann Roe"),
        ("Sen. Ann Roe met Rep. Tom Orme in Leeds. The congressman said it was late.", "Tom Orme"),
        ("It was the Rev. Adrian Orme who came. The minister said it was late.", "Adrian Orme"),
        ("Pres. Orme met the crew. The president said it was late.", "Pres. Orme"),
    ],
)
def test_a_shortened_title_introduces_an_office(text: str, name: str) -> None:
    """“Gov.” before a name is the governor of a later sentence."""
    assert last_speaker(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # The role itself goes over one that it can stand for.
        ("President Roe met the agency’s director Tom Orme. The president said it was late.", "President Roe"),
        # Whoever was spoken of last goes over whoever was introduced last.
        (
            "Sen. Ann Roe came. She met Sen. Tom Orme. “It is late,” Roe said. Then the senator said it was over.",
            "Ann Roe",
        ),
        # The words before the role tell one minister from the other.
        (
            "Foreign minister Ann Roe met finance minister Tom Orme. Mr Orme left. The foreign minister said no.",
            "Ann Roe",
        ),
        (
            "Foreign minister Ann Roe spoke. Shadow foreign minister Tom Orme left. The foreign minister said no.",
            "Ann Roe",
        ),
        # Where somebody speaks is nobody.
        ("President Roe left early. The president, speaking at the White House, said it was late.", "President Roe"),
        # The name may follow where the role has not been spoken of before.
        ("The mayor said it was late. “We wait,” said mayor Ann Roe.", "Ann Roe"),
    ],
)
def test_a_role_goes_back_to_whom_it_suits_best(text: str, name: str) -> None:
    """Of several people in a role, the words and the distance decide."""
    article = attrlint.parse(text)
    names = {one.id: one.name for one in article.entities}
    role = [one.source for one in article.attributions if one.source and one.source.text.lower().startswith("the ")]
    assert [names.get(source.entity) for source in role if source.entity is not None][-1:] == [name]


@pytest.mark.parametrize(
    "text",
    [
        # Nobody in this text is a lawyer: an attorney general is another office.
        "Attorney general Ann Roe left. The lawyer said it was late.",
        # The president of one sentence is no vice president of another.
        "Vice President Ann Roe left. The president said it was late.",
        # A newspaper's name is no official's, and a body's no speaker's.
        "It stood in the official China Daily on Monday. The official said it was late.",
        # Every word of a headline has a capital; a name that is never met again is none.
        "Mayor’s Son Says Bridge Will Stay\n\nThe bridge was built in 1912 and is old. The son said it was late.",
        "Mayor’s Son Says Bridge Will Stay.\n\nThe bridge was built in 1912 and is old. The son said it was late.",
        # Another sentence's prime minister is not his spokesman.
        "Mr Orme met prime minister Ann Roe. Mr Orme has not left, and his spokesman said so.",
        # The next sentence's senator is another one: this one has spoken before.
        "The senator from Ohio came. The senator said it was late. Sen. Ann Roe said no. The aide said so.",
    ],
)
def test_a_role_that_nobody_has(text: str) -> None:
    """A role that the text ties to nobody stays with nobody."""
    article = attrlint.parse(text)
    source = next(
        one.source
        for one in article.attributions
        if one.source and one.source.text.lower().startswith(("the ", "his "))
    )
    assert source.entity is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Roe came with her husband, Tom Roe. Mr Roe said it was late.", "Tom Roe"),
        ("Ann Roe came with her husband, Tom Roe. Mrs Roe said it was late.", "Ann Roe"),
        ("Ann Roe came with President Tom Roe. President Roe said it was late.", "Tom Roe"),
        ("Jane and Sasha Orme came with President Orme. The president said it was late.", "President Orme"),
        ("Joe Orme came. Later Joseph Orme said it was late.", "Joe Orme"),
        ("William Orme came. Later Bill Orme said it was late.", "William Orme"),
        ("Minister Joseph R. Orme Jr. came. Mr. Orme said it was late.", "Joseph R. Orme Jr."),
        ("The Workers Party met the Farmers Party. The Workers Party said it was late.", "Workers Party"),
        ("Unisource Corp. met on Monday. Later on Unisource said it was late.", "Unisource Corp."),
        (
            "The Collective Example Treaty Organization (CETO) met. The CETO said so.",
            "Collective Example Treaty Organization",
        ),
        ("The Example Treaty Organization met in Leeds. The ETO said it was late.", "Example Treaty Organization"),
        ("Ohio governor Rick Orme came to Leeds. Orme said it was late.", "Rick Orme"),
    ],
)
def test_names_of_one_bearer(text: str, name: str) -> None:
    """Surnames, forms of address, short forms and initials lead to the fullest name, also where two share a surname."""
    assert last_speaker(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Example Budget Office met in Leeds. The budget office said it was late.", "Example Budget Office"),
        ("The Workers Party met the Farmers Party. Then the party said it was late.", "Farmers Party"),
        ("The Orme campaign began in May. The campaign said it was late.", "Orme campaign"),
        ("Unisource Corp. met on Monday. The company said it was late.", "Unisource Corp."),
        ("Shares in Cairnmoor Energy, an oil firm, fell. The company said it was late.", "Cairnmoor Energy"),
        ("Unisource Corp. met Brell Inc. in May. It grew. “It is late,” the company said.", "Unisource Corp."),
        ("Tom Orme, who left Unisource Corp., works for Brell Inc. and the firm said so.", "Brell Inc."),
        ("He spoke to the Guardian in May. The newspaper said it was late.", "Guardian"),
        # A noun that nothing in the text is called stands for itself.
        ("Unisource Corp. met on Monday. The police union said it was late.", "police union"),
        ("The European ferry companies met. The company said it was late.", "company"),
        ("Specifically, the agency said it was late.", "agency"),
        ("Unisource Corp. met on Monday. The newspaper said it was late.", None),
    ],
)
def test_a_body_goes_back_to_its_name(text: str, name: str | None) -> None:
    """“The company” is the one that was named, by its own noun or by what the text says it is."""
    assert last_speaker(text) == name


def test_a_source_that_a_body_passed_on_has_one_row() -> None:
    """The ledger counts what “the company” says as the named company's."""
    article = attrlint.parse("Unisource Corp. said it was late. The company said it was over.")
    assert len({one.source.entity for one in article.attributions if one.source}) == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Singer Jane Orme has sold her house. The pop star said it was late.", "Jane Orme"),
        ("Rep. Ann Roe came with Sen. Tom Orme. The representative said it was late.", "Ann Roe"),
        # The first lady is no president, though a president has her surname.
        (
            "Mr. Orme ate with President Orme. The first lady, Jane Orme, left. The president said it was late.",
            "Mr. Orme",
        ),
    ],
)
def test_a_role_stands_for_whoever_can_have_it(text: str, name: str) -> None:
    """“The pop star” is the singer, and the president is not the first lady."""
    assert last_speaker(text.strip()) == name


@pytest.mark.parametrize(
    "text",
    [
        "Ann Roe came. A diplomat left. Ann Roe sat. Ann Roe ate. The diplomat said it was late.",
        "Ann Roe came. The actor said Ann Roe was late.",
        "Mr Tom Roe came. The actress said it was late.",
        "Ann Roe came. Ann Roe sat. The official said it was late.",
        "Ann Roe came. Ann Roe left on bail. The judge said it was late.",
    ],
)
def test_a_role_that_no_name_is_tied_to_is_nobodys(text: str) -> None:
    """A name that stands before a role is not whom it stands for: “the judge” is not the defendant."""
    article = attrlint.parse(text)
    assert [one.source.entity for one in article.attributions if one.source] == [None]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Shares in Cairnmoor fell. Cairnmoor sold its mines. The company said it was late.", "Cairnmoor"),
        ("The drinks group Matthew Varn met on Monday. The company said it was late.", "Matthew Varn"),
        ("The Tories met on Monday. The party said it was late.", "Tories"),
        ("Example University met on Monday. The school said it was late.", "Example University"),
        ("Unisource Corp. met on Monday. The Leeds-based firm grew. The firm said it was late.", "Unisource Corp."),
        (
            "Orme Trading Corp met Brell Trading Corp. It rained. Then Orme Trading Corp said it was late.",
            "Orme Trading Corp",
        ),
        ("Brell Inc. met Orme Inc. in May. Cairn Cola has left. The company said it was late.", "Cairn Cola"),
        ("The Varn campaign ended. Jane Orme’s campaign began. The campaign said it was late.", "Jane Orme’s campaign"),
        ("The council met Ann Roe. The agency also met the director, Tom Orme, and said it was late.", "agency"),
        ("The Varn news agency told of it. Then the agency said it was late.", "Varn news agency"),
    ],
)
def test_a_body_that_no_word_marks_goes_back_to_its_name(text: str, name: str) -> None:
    """“The company” may be what the first sentence names, “the party” the people that it is made of."""
    assert last_speaker(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # The text says beside the name what it is.
        ("An unknown group calling itself the Varn Commando wrote. The group said it was late.", "Varn Commando"),
        ("Ann Roe set up a website called Brell. It rained. The website said it was late.", "Brell"),
        ("The central bank, the Bank of Orme, met. The central bank said it was late.", "Bank of Orme"),
        ("The weekly magazine Brell met Varn Steel. The magazine said it was late.", "Brell"),
        # The name says it by its last word, or is known.
        ("Members of the United Plum Workers (UPW) met. Then the union said it was late.", "United Plum Workers"),
        ("The NRA met on Monday. Ann Roe left. The group said it was late.", "NRA"),
        ("Tom Orme left Everton. Roe, who told the Guardian so, left. The club said it was late.", "Everton"),
        # What is known not to be one is not meant: a wire service is no newspaper, a firm no agency.
        ("Ann Roe told Reuters so. The Varn Post asked Reuters. The newspaper said it was late.", "Varn Post"),
        ("The FBI met Brell, a British steel firm. The agency said it was late.", "FBI"),
        ("Ann Roe, an analyst at Brell Inc., left. Shares in Varn Inc. fell. The firm said it was late.", "Varn Inc."),
        # Newspapers without a word for them have "The" before them.
        ("Ann Roe wrote to editors of The Varner. The newspaper said it was late.", "Varner"),
        # Another group was spoken of last.
        ("Brell Group met. Brell Group fell. A trade group asked why. Ann Roe left. The group said no.", None),
        # A firm's officer is neither the firm nor part of its name.
        ("Varn Oil Inc. Chief Executive Ann Roe has left, the company said.", "Varn Oil Inc."),
        ("Chief executive Ewun Roe ate. Ewun Roe sat. Ewun Roe is old. The company said no.", "company"),
        # A quotation goes back to whom the sentence before begins with.
        ("Brell Inc. met. The Varn Alliance left early. “It is late,” the group said.", "Varn Alliance"),
        # A party may be told by its people; of two in other sentences it is neither.
        ("Republicans met Democrats. Then Democrats left because the party said it was late.", "Democrats"),
        (
            "Republicans left. A Democratic lawmaker came. The Democrats sat when the party said it was late.",
            "Democrats",
        ),
        ("Republicans met on Monday. Democrats met too. It rained. The party said it was late.", "party"),
    ],
)
def test_a_body_is_what_the_text_and_its_name_tell(text: str, name: str | None) -> None:
    """“The group” is called one, ends in a word for one, or is known as one."""
    assert last_speaker(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Department of Plums and Pears met. The department said it was late.", "Department of Plums and Pears"),
        ("The Varn Pilots’ Association met. The association said it was late.", "Varn Pilots’ Association"),
        ("Varn Gas and Electric (VG&E) met. The company said it was late.", "Varn Gas and Electric"),
        ("Orme Water met South Varn Water. Orme Water said it was late.", "Orme Water"),
        ("Brell Japan Inc. met in Japan. Then Brell Japan said it was late.", "Brell Japan Inc."),
        (
            "J. Orme Plc fell. Orme said it was late. Chairman David Orme left. Then Orme said it was late.",
            "J. Orme Plc",
        ),
        ("Vice-Foreign Minister Teng Jiaxi came. Vice-Minister Teng said it was late.", "Teng Jiaxi"),
    ],
)
def test_bodies_have_their_full_names(text: str, name: str) -> None:
    """What belongs to a body's name is part of it, and bodies with one last word are not one."""
    assert last_speaker(text) == name


def test_a_role_of_the_paragraph_goes_over_one_spoken_of_before() -> None:
    """“The star” is the comedian of the paragraph, not the star of the one before."""
    text = "Pop star Ann Roe came.\n\nComedian Tom Orme left. The star said it was late."
    assert last_speaker(text) == "Tom Orme"


def test_who_does_something_as_somebody_else_does_is_not_him() -> None:
    """“As the midfielder left” ties no role to the name before it."""
    text = "Ann Roe met boss Tom Orme as the Varn midfielder left. The midfielder said it was late."
    assert last_speaker(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ann Roe, who served as secretary of state, left. The former secretary of state said no.", "Ann Roe"),
        ("It hurt his father, Rafael, most. The father said it was late.", "Rafael"),
        ("He met Ann Roe, the Varn commissioner responsible for plums. The commissioner said no.", "Ann Roe"),
        ("Deputy editor Ann Roe met Tom Orme. The editor said it was late.", "Ann Roe"),
        ("Chief operating officer Ann Roe left. The executive said it was late.", "Ann Roe"),
        ("Democratic presidential hopeful Ann Roe left. The candidate said it was late.", "Ann Roe"),
        ("Ships came to Taiwan from Varn. The island said it was late.", "Taiwan"),
        # A president of whom the text tells no first name is none of two with his surname.
        ("Tom Orme and Ann Roe met George Orme. Then President Orme said it was late.", "President Orme"),
    ],
)
def test_a_role_is_told_in_other_words(text: str, name: str) -> None:
    """An editor is the deputy editor, and whoever served as something has been it."""
    assert last_speaker(text) == name
