"""Sentences that could fool the finder: they name their source, or report nobody."""

from __future__ import annotations

import pytest

from attrlint.article import Document
from attrlint.engine import load

ENGINE = load()
FAMILIES = ("identity", "hearsay", "anonymity")


@pytest.mark.parametrize(
    "text",
    [
        "The survey suggests a stronger economy than official estimates, Ann Roe said.",
        "Within months, however, the two had a public dispute.",
        "Grain merchants had received no expression of concern from buyers in the region.",
        "But Ann Roe, who met reporters at the centre, said some of the demands -- the longer shifts -- were wrong.",
        "Critics - including Norway and Denmark - believe that the deal will fail.",
        "“It suits us,” Ann Roe, chief executive of Varn Bank, one of the city's partners in the scheme said.",
        "On Dec. 1, 2017, told to wait, she sat down.",
        "The plan rests on experiments in the US state of Maine, where children got computers.",
        "She spoke to about 600 supporters at the Varn State Fairgrounds, addressing the trade deal.",
        "Many Republican voters describe themselves as farmers.",
        "“It suits us,” Orla Quist, 4u's chief executive told Radio Varn.",
        "Both camps claimed their candidate would be held to an unfair standard.",
        "The charge in connection with the theft of a bank server during the vote referred to Ann Roe as a witness.",
        "Ann Roe said tests had shown no leak, and added that engineers expect none.",
        "If it rains, Ann Roe said, farmers believe the wall will hold.",
        "A judge denied a request by the union, and authorities found irregularities in its books.",
        "“It suits us,” Zheng An Guo, manager of the Varn Travel Agency, the town's office abroad, told reporters.",
        "Experts called in by the court met on Monday.",
        "The analysts were pleased with their lunch.",
        "Ann Roe met the union on Monday. Cuban said he would not pay.",
        "Profit beat analysts' average estimate of 3 cents, according to data compiled by Quill Research.",
        "According to Ann Roe, analysts expect rain.",
        "Ann Roe said on Wednesday that Republicans rejected her attempts.",
        "Marchers held roses, KING-TV reported.",
        "The plan drew criticism from politicians like Ann Roe and Jon Doe.",
        "It was reflected in another question that asked members how they felt.",
        "A poll by Quill Research shows that 68% of Democratic voters say it matters.",
        "They are backed by conservative thought leaders such as Ann Roe.",
        "Analysts had expected a loss of 7 cents, according to Quill Research, which asks them.",
        "Varn Malt, which has breweries in Calder and Harwick, said profits would rise.",
        "Joseph Sellers, a lawyer for the women, spoke first.\n\nSellers said that was not fair.",
        "The Kirkland, Washington-based gold producer said on Wednesday that it would close its mine.",
        "He appeared in a cult TV show last year, and her people understand that she never did.",
        "Mayor of Varn Piotr Jedlin has declared tomorrow a day of mourning.",
        "The union supports making companies report what they spend.",
        "At the meeting, Acme shareholders rejected a proposal to sell the mill.",
        "The committee met on Monday. The councils pay too much, said the MPs.",
        "According to the 2016 census, one in five residents rents a home.",
        "Orla Quist, adviser to President Pell said the port would stay open.",
        "Sergei Moll, secretary to the board of directors of the Varn Oil Company, where he works, said it would pay.",
        "Most (62%) said that they had no idea.",
        "Ann Roe of Varn University and contributor to the Herald wrote that it was late.",
        "The Federation of the Red Cross and Red Crescent Societies told Radio Varn that it needed help.",
        "This is a man who said that he would give the order, and the child was not the only one admitted to the ward.",
        "A study published in May by Rosa Imhof and colleagues found that the seals are back.",
        "People say thanks, and friends said goodbye.",
        "So far, regulators have responded by issuing licences.",
        "He paused, considered the offer and left.",
        "When it was considered a monopoly, the railway had to publish its fares.",
        "The thief, described as tall and thin, ran away.",
        "Shares fell less than expected, and the rules are considered by the court each May.",
        "The ship was put at one end of the dock.",
        "The tests vary in length, and he banned speculation in grain.",
        "Police were called after reports of shots, and there were no reports of injuries.",
        "The new rule slaps some sense into Ann Roe, and polls put the cost on the council.",
        "She issued a report that found lead in the tins, and there is no evidence that it was read.",
        "The delegates were deemed ineligible, and Ann Roe has been known to fib.",
        "The bridge, as we now know it, dates from 1902, and the tale surprised some on her staff.",
        "The feeling was mutual, and the bill was considered a second time.",
        "Roe, thought to be ill by her doctors, left; she was criticised for nothing.",
        "Newspapers tipped into the river floated off, and to some, she gave bread.",
        "Shares were hit by reports of a loss in the Carrow Herald, and there is a concern in Leck that makes bells.",
        "There were concerns, but nobody spoke of them; Ann Roe has hopes of a loan.",
        "The plans were shown to reporters, and the mill is projected to have a new roof.",
        "A doctor has been called a second time, and some call the police.",
        "By reports, letters and calls, she kept in touch; on claims of theft, the court ruled for the mill.",
        "The film caused some concern at the mill, and its harsh criticism that night hurt her.",
        "The survey of 27 analysts by First Call showed that profit would rise.",
        "It emerged a winner, and word spread through the hall; the polls gave the clerk a headache.",
        "Ann Roe left, despite claims for damages that the mill has lodged.",
        "Despite suggestions she made, the plan failed; Ann Roe is strict on claims the mill has lodged.",
        "The insurer rejected claims that lacked papers, and criticism that came from Ann Roe hurt.",
        "The birds were seen mainly as they left; Ann Roe was cited in the local press for bravery.",
        "Teo Balan was quoted in a French newspaper, Le Monde.",
        "Just 41 percent of Democrats said so, and Ann Roe is viewed as kind by 62 percent of voters.",
    ],
)
def test_left_alone(text: str) -> None:
    assert [text[one.start : one.end] for one in ENGINE.lint(Document(text)).findings if one.family in FAMILIES] == []


def test_where_a_source_speaks_again_is_kept_when_another_rule_takes_over() -> None:
    """The finding about anonymity stands for that about the analyst, and keeps the places where the analyst returns."""
    text = "One analyst, who asked not to be named, said it was over.\n\nBut one analyst said it was not."
    (found,) = (one for one in ENGINE.lint(Document(text)).findings if one.family in FAMILIES)
    assert found.rule == "unexplained-anonymity"
    assert "one analyst said" in [text[one.start : one.end] for one in found.related]
