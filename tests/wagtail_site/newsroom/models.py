"""Stories with plain fields, rich text and blocks within blocks."""

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page


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
    ]
    template = "newsroom/story.html"


class BriefPage(Page):
    """A brief, whose newsroom says itself what is read."""

    byline = models.CharField(max_length=100, blank=True)
    text = models.TextField(blank=True)
    memo = models.TextField(blank=True)

    attrlint_fields = {"title": "headline", "byline": "byline", "text": "paragraph"}
    content_panels = [*Page.content_panels, FieldPanel("byline"), FieldPanel("text"), FieldPanel("memo")]
    template = "newsroom/story.html"
