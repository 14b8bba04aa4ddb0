"""Stories with plain fields, rich text, blocks within blocks, and a timeline of children."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Orderable, Page


class StoryPage(Page):
    """A story."""

    standfirst = models.CharField(max_length=300, blank=True)
    desk = models.CharField(max_length=20, blank=True, choices=[("home", "Home"), ("foreign", "Foreign")])
    body = RichTextField(blank=True)
    background = StreamField(
        [
            ("heading", blocks.CharBlock()),
            ("paragraph", blocks.RichTextBlock()),
            ("embed", blocks.RawHTMLBlock()),
            ("facts", blocks.ListBlock(blocks.TextBlock())),
            ("quote", blocks.StructBlock([("words", blocks.TextBlock()), ("link", blocks.URLBlock(required=False))])),
            ("said", blocks.BlockQuoteBlock()),
            ("image", ImageBlock()),
            ("table", TableBlock()),
            ("record", TypedTableBlock([("number", blocks.IntegerBlock()), ("words", blocks.RichTextBlock())])),
        ],
        blank=True,
    )
    notes = models.TextField(blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("standfirst"),
        FieldPanel("desk"),
        FieldPanel("body"),
        FieldPanel("background"),
        FieldPanel("notes"),
        InlinePanel("timeline", label="Moment"),
    ]
    template = "newsroom/story.html"


class Moment(Orderable):
    """What happened, and when."""

    story = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="timeline")
    time = models.DateField(null=True, blank=True)
    what = models.CharField(max_length=200)
    details = RichTextField(blank=True)

    panels = [FieldPanel("time"), FieldPanel("what"), FieldPanel("details")]


class BriefPage(Page):
    """A brief, whose newsroom says itself what is read."""

    byline = models.CharField(max_length=100, blank=True)
    text = models.TextField(blank=True)
    memo = models.TextField(blank=True)

    attrlint_fields = {"title": "headline", "byline": "byline", "text": "paragraph"}
    content_panels = [*Page.content_panels, FieldPanel("byline"), FieldPanel("text"), FieldPanel("memo")]
    template = "newsroom/story.html"
