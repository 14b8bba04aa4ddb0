"""What a browser posts for a page."""

from newsroom.models import StoryPage


def posted(page: StoryPage, **changes: str) -> dict[str, str]:
    """The form of a page as it is saved last, with changes."""
    latest = as_saved(page) if page.pk else page
    form_class = latest.get_edit_handler().get_form_class()
    form = form_class(instance=latest, for_user=None)
    data: dict[str, str] = {}
    for name, bound in ((name, form[name]) for name in form.fields):
        value = bound.value()
        if name == "background":
            data |= _blocks(latest)
        elif value is not None and not isinstance(value, bool):
            data[name] = str(getattr(value, "source", value))
    for name, formset in form.formsets.items():
        data |= {f"{name}-{key}": str(value) for key, value in formset.management_form.initial.items()}
        data[f"{name}-INITIAL_FORMS"] = data[f"{name}-TOTAL_FORMS"] = "0"
    data["body"] = _draft(latest.body)
    return data | changes


def as_saved(page: StoryPage) -> StoryPage:
    """A page as it was saved last, read anew."""
    return StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def _blocks(page: StoryPage) -> dict[str, str]:
    assert not page.background, "blocks are posted by a browser in the tests of the editor"
    return {"background-count": "0"}


def _draft(html: str) -> str:
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    return ContentstateConverter(features=["h2", "bold", "italic", "link"]).from_database_format(html)
