"""What is read of a page, and where its findings stand."""

from django.db.models import Manager
from django.test import TestCase, override_settings
from wagtail.blocks import StreamValue
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.images.models import Image
from wagtail.models import Site

from attrlint_wagtail.check import Found, check
from newsroom.models import BriefPage, Moment, StoryPage
from newsroom.people import story

BLOCKS = [
    {"type": "heading", "value": "What is known", "id": "h"},
    {"type": "paragraph", "value": "<p>One.</p><p>Two 😀 &amp; three, anal<i>ysts</i> note.</p>", "id": "p"},
    {
        "type": "embed",
        "value": "<script>'experts say'</script>\n<p class='big'>Experts <b>see</b> a pattern.</p><iframe></iframe>",
        "id": "e",
    },
    {
        "type": "facts",
        "value": [
            {"type": "item", "value": "Ropes fray.", "id": "f1"},
            {"type": "item", "value": "Local media report that ropes fray.", "id": "f2"},
        ],
        "id": "f",
    },
    {"type": "quote", "value": {"words": "Many believe it is lost.", "link": "https://a.example"}, "id": "q"},
    {"type": "said", "value": "Some say it is lost.", "id": "s"},
    {
        "type": "table",
        "value": {
            "table_caption": "It rose, critics say.",
            "data": [["Port", None], ["Varn 😀", "Shut, sources say."]],
        },
        "id": "t",
    },
    {
        "type": "record",
        "value": {
            "caption": "",
            "columns": [{"type": "number", "heading": "Day"}, {"type": "words", "heading": "It fell, locals say"}],
            "rows": [{"values": [3, "<p>Ice &amp; fog, observers <i>note</i>.</p>"]}],
        },
        "id": "r",
    },
]


def page(**fields: object) -> StoryPage:
    """A story that is not saved."""
    made = StoryPage(title="Ferries stay in port", **fields)
    if "background" in fields:
        made.background = made._meta.get_field("background").to_python(fields["background"])
    return made


def source(made: StoryPage, found: Found) -> str:
    """The words of a finding as they stand in the stored value."""
    value = getattr(made, found.place.path[0])
    steps = iter(found.place.path[1:])
    for name in steps:
        if isinstance(value, dict):
            value = value["table_caption"] if name == "caption" else value["data"][int(name) - 1][int(next(steps)) - 1]
        elif isinstance(value, TypedTable):
            row, column = int(name), int(next(steps)) - 1
            value = value.row_data[row - 1]["values"][column] if row else value.columns[column]["heading"]
        elif isinstance(value, Manager):
            value = getattr(value.all()[int(name) - 1], next(steps))
        else:
            children = value if isinstance(value, StreamValue) else value.bound_blocks
            value = next(child.value for child in children if child.id == name)
    return str(getattr(value, "source", value))[found.place.start : found.place.end]


class ContentTests(TestCase):
    """Fields and blocks are named, and positions exact."""

    def test_plain_fields(self) -> None:
        """Offsets count code points of the value, and UTF-16 units of the paragraph."""
        made = page(notes="One 😀.\n\nThe boats 😀 are old, experts say.")
        (found,) = [one for one in check(made) if one.finding.rule == "vague-collective"]
        self.assertEqual((found.words, found.place.label, found.place.path), ("experts say", "Notes", ("notes",)))
        self.assertEqual(source(made, found), "experts say")
        words = found.place.paragraph.encode("utf-16-le")
        self.assertEqual(words[found.place.left * 2 : found.place.right * 2].decode("utf-16-le"), "experts say")

    def test_rich_text(self) -> None:
        """Markup inside the words and entities before them do not move them."""
        made = page(body="<p>Fine.</p><p>The dock &amp; yard 😀 are shut, anal<b>ysts</b> note.</p>")
        (found,) = [one for one in check(made) if one.finding.rule == "vague-collective"]
        self.assertEqual((found.words, source(made, found)), ("analysts note", "anal<b>ysts</b> note"))
        self.assertEqual(found.place.paragraph, "The dock & yard 😀 are shut, analysts note.")

    def test_blocks(self) -> None:
        """Every block has its path and a name; scripts, and words that are quoted, are nobody's claim."""
        made = page(background=BLOCKS)
        found = {
            one.place.path: (one.words, one.place.label, source(made, one))
            for one in check(made)
            if one.finding.family != "story"
        }
        self.assertEqual(
            found,
            {
                ("background", "p"): ("analysts note", "Background › 2 Paragraph", "anal<i>ysts</i> note"),
                ("background", "e"): ("Experts see", "Background › 3 Embed", "Experts <b>see"),
                ("background", "f", "f2"): ("Local media report", "Background › 4 Facts › 2", "Local media report"),
                ("background", "t", "caption"): ("critics say", "Background › 7 Table", "critics say"),
                ("background", "t", "2", "2"): (
                    "sources say",
                    "Background › 7 Table › row 2, column 2",
                    "sources say",
                ),
                ("background", "r", "0", "2"): (
                    "locals say",
                    "Background › 8 Record › headings",
                    "locals say",
                ),
                ("background", "r", "1", "2"): (
                    "observers note",
                    "Background › 8 Record › row 1, column 2",
                    "observers <i>note",
                ),
            },
        )

    def test_a_picture(self) -> None:
        """A picture with a description has nothing to read, and keeps nothing from being read."""
        image = Image.objects.create(title="Port", file="port.png", width=1, height=1)
        picture = {
            "type": "image",
            "value": {"image": image.pk, "decorative": False, "alt_text": "It fell, locals say."},
        }
        found = check(page(background=[picture, BLOCKS[1]]))
        self.assertEqual({one.place.label for one in found}, {"Background › 2 Paragraph"})

    def test_children(self) -> None:
        """The children of an inline panel are read in their order, before they are saved and after."""
        made = story(
            timeline=[
                Moment(sort_order=2, what="It sank 😀, observers note."),
                Moment(sort_order=1, what="It left.", details="<p>It was late, anal<i>ysts</i> note.</p>"),
            ]
        )
        again = StoryPage.objects.get(pk=made.pk).get_latest_revision_as_object()
        for one in (made, again):
            found = [(each.place.path, each.place.label, source(one, each)) for each in check(one)]
            self.assertEqual(
                found,
                [
                    (("timeline", "1", "details"), "Moments › 1 › Details", "anal<i>ysts</i> note"),
                    (("timeline", "2", "what"), "Moments › 2 › What", "observers note"),
                ],
            )

    def test_the_same_paragraph_twice(self) -> None:
        """The second one is told from the first."""
        made = page(body="<p>It is believed that ropes fray.</p>" * 2)
        found = [one.place.nth for one in check(made) if one.finding.rule == "agentless-report"]
        self.assertEqual(found, [0, 1])

    def test_a_source_is_known_in_all_blocks(self) -> None:
        """Who was introduced in one field is named in another."""
        body = "<p>Ann Roe and Leo Brandt, officials at the port, said it would open.</p>"
        alone = [one.words for one in check(page(notes="The officials said so."))]
        together = [one.words for one in check(page(body=body, notes="The officials said so."))]
        self.assertIn("The officials said", alone)
        self.assertEqual(together, [])

    def test_a_model_says_what_is_read(self) -> None:
        """Fields that a model does not list are left alone."""
        made = BriefPage(title="Brief", byline="By Ann Roe", text="It fell, experts say.", memo="It rose, critics say.")
        self.assertEqual([one.place.label for one in check(made) if one.finding.family != "story"], ["Text"])

    def test_nothing_to_read(self) -> None:
        """A page without a word has no findings."""
        self.assertEqual(check(StoryPage(title="")), [])

    def test_the_same_after_saving(self) -> None:
        """A page read from the database has the findings of the one that was saved."""
        saved = story(body="<p>It fell, experts say.</p>", notes="It rose, observers note.")
        again = StoryPage.objects.get(pk=saved.pk).get_latest_revision_as_object()
        before, after = ([one.finding.fingerprint for one in check(made)] for made in (saved, again))
        self.assertEqual(before, after)
        self.assertTrue(Site.objects.get().root_page.get_children().exists())

    @override_settings(ATTRLINT={"MODE": "off"})
    def test_off(self) -> None:
        """A site that has switched it off sees nothing."""
        self.assertEqual(check(page(notes="It fell, experts say.")), [])
