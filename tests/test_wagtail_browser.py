"""Wagtail's editor in a real browser: findings beside their fields, letters under the line, the way to publish."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from wagtail_newsroom import Newsroom

pytestmark = pytest.mark.e2e

PARAGRAPH = "<p>It rains.</p><p>The dock 😀 is <b>shut</b> &amp; wet, anal<i>ysts</i> note.</p>"
HOSTILE = "<img src=x onerror=alert(1)> It has stalled, observers note."
MARKED = """() => [...CSS.highlights.get("attrlint")].map((range) => range.toString())"""
SELECTED = "() => { const a = document.activeElement; return a.value.slice(a.selectionStart, a.selectionEnd) }"


@pytest.fixture(scope="module")
def site(wagtail_python: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    newsroom = Newsroom(wagtail_python, tmp_path_factory.mktemp("site"))
    newsroom.manage("migrate", "-v0")
    newsroom.run("from newsroom.people import newsroom; newsroom()")
    newsroom.start()
    yield newsroom
    newsroom.stop()


class Editor:
    """Somebody at the editor, with everything that the browser asked for and complained of."""

    def __init__(self, browser: Any, site: Newsroom, name: str) -> None:
        self.site = site
        self.context = browser.new_context(viewport={"width": 1300, "height": 900})
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.away: list[str] = []
        self.complaints: list[str] = []
        self.context.route("**/*", self._route)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.page.goto(f"{site.address}/admin/login/")
        self.page.fill("[name=username]", name)
        self.page.fill("[name=password]", name)
        self.page.click("[type=submit]")

    def _route(self, route: Any) -> None:
        if route.request.url.startswith((self.site.address, "data:", "blob:")):
            route.continue_()
        else:
            self.away.append(route.request.url)
            route.abort()

    def _dialog(self, dialog: Any) -> None:
        if dialog.type != "beforeunload":
            self.complaints.append(dialog.message)
        dialog.accept()

    def open(self, pk: str) -> None:
        self.page.goto(f"{self.site.address}/admin/pages/{pk}/edit/")
        self.page.wait_for_selector(".attrlint-summary")

    def said(self) -> str:
        """What the box above the form says."""
        words: str = self.page.locator(".attrlint-summary [role=status]").inner_text()
        return words

    def waits_for(self, words: str) -> None:
        self.page.locator(".attrlint-summary [role=status]", has_text=words).wait_for()

    def accept(self, reason: str, number: int = 0) -> None:
        self.page.locator(".attrlint-finding:not(.attrlint-accepted)").nth(number).get_by_text("Accept…").click()
        self.page.locator(".attrlint-reason textarea").fill(reason)
        self.page.get_by_role("button", name="Accept with this reason").click()

    def publish(self) -> str:
        """Press Publish; returns what is said then."""
        self.page.locator("footer [data-w-dropdown-target=toggle]").click()
        self.page.locator("[name=action-publish]").click()
        words: str = self.page.locator(".messages").inner_text()
        return words


@pytest.fixture
def sits_down(browser: Any, site: Newsroom) -> Iterator[Any]:
    editors: list[Editor] = []

    def call(name: str = "reporter") -> Editor:
        editors.append(Editor(browser, site, name))
        return editors[-1]

    yield call
    for editor in editors:
        editor.context.close()
    assert [editor.away for editor in editors] == [[]] * len(editors), "a request left the machine"
    assert [editor.complaints for editor in editors] == [[]] * len(editors)


def story(site: Newsroom, **fields: object) -> str:
    """The number of a new draft."""
    return site.run(f"from newsroom.people import story; print(story(**{fields!r}).pk)")


def live(site: Newsroom, pk: str) -> bool:
    return site.run(f"from wagtail.models import Page; print(Page.objects.get(pk={pk}).live)") == "True"


def test_a_story_is_written_stopped_accepted_and_published(sits_down: Any, site: Newsroom) -> None:
    editor = sits_down()
    page = editor.page
    page.goto(f"{site.address}/admin/pages/add/newsroom/storypage/{parent(site)}/")
    page.fill("[name=title]", "Dock shut")
    page.locator("#panel-child-content-body-content .public-DraftEditor-content").click()
    page.keyboard.insert_text("The dock 😀 is shut, ")
    page.keyboard.type("analysts note.")
    editor.waits_for("1 place does not say who is speaking.")
    assert page.evaluate(MARKED) == ["analysts note"]
    beside = page.locator('[data-contentpath="body"] .attrlint-finding')
    assert beside.locator("mark").inner_text() == "analysts note"
    assert "which analysts" in beside.inner_text()

    said = editor.publish()
    assert "“Dock shut” is saved as a draft and not published." in said
    assert "“analysts note” (Body)" in said
    pk = page.url.rstrip("/").split("/")[-2]
    assert not live(site, pk)
    assert "The dock 😀 is shut, analysts note." in page.locator(".public-DraftEditor-content").first.inner_text()

    editor.waits_for("1 place does not say who is speaking.")
    editor.accept("Two of them, known to the desk.")
    editor.waits_for("No source is open. 1 accepted.")
    assert "Accepted by reporter" in page.locator(".attrlint-accepted").inner_text()
    assert page.evaluate(MARKED) == []
    editor.publish()
    assert live(site, pk)


def parent(site: Newsroom) -> str:
    return site.run("from wagtail.models import Site; print(Site.objects.get().root_page_id)")


def test_words_are_underlined_letter_by_letter(sits_down: Any, site: Newsroom) -> None:
    blocks = [
        ("paragraph", "<p>Local media report that the mayor left.</p>"),
        ("facts", ["Studies show that ropes fray."]),
    ]
    pk = story(site, body=PARAGRAPH, background=blocks, notes="Wet 😀.\n\nThe boats 😀 are old, experts say.")
    editor = sits_down()
    editor.open(pk)
    editor.waits_for("4 places")
    assert editor.page.evaluate(MARKED) == ["analysts note", "Local media report"]
    summary = editor.page.locator(".attrlint-summary")
    summary.get_by_text("Notes: “experts say”").click()
    assert editor.page.evaluate(SELECTED) == "experts say"
    summary.get_by_text("Background › 2 Facts › 1: “Studies show”").click()
    assert editor.page.evaluate(SELECTED) == "Studies show"
    block = editor.page.locator('[data-contentpath="background"] [data-contentpath] .attrlint-finding')
    assert block.locator("mark").all_inner_texts() == ["Local media report", "Studies show"]


RECORD = {
    "caption": "",
    "columns": [{"type": "number", "heading": "Day"}, {"type": "words", "heading": "It fell, locals say"}],
    "rows": [{"values": [3, "<p>Ice 😀 &amp; fog, observers <i>note</i>.</p>"]}],
}


def test_tables_and_embedded_markup_are_shown_in_their_places(sits_down: Any, site: Newsroom) -> None:
    table = {"table_caption": "It rose, critics say.", "data": [["Port", None], ["Varn 😀", "Shut 😀, sources say."]]}
    embed = "\n<p class='big'>😀 Experts <b>see</b> a pattern.</p>"
    pk = story(
        site, background=[("embed", embed), ("table", {**table, "table_header_choice": "row"}), ("record", RECORD)]
    )
    editor = sits_down()
    editor.open(pk)
    editor.waits_for("5 places")
    assert sorted(editor.page.evaluate(MARKED)) == ["observers note", "sources say"]
    summary = editor.page.locator(".attrlint-summary")
    for words, selected in (
        ("Background › 1 Embed: “Experts see”", "Experts <b>see"),
        ("Background › 2 Table: “critics say”", "critics say"),
        ("Background › 3 Record › headings: “locals say”", "locals say"),
    ):
        summary.get_by_text(words).click()
        assert editor.page.evaluate(SELECTED) == selected
    summary.get_by_text("Background › 2 Table › row 2, column 2: “sources say”").click()
    assert editor.page.evaluate('() => String([...CSS.highlights.get("attrlint-here")])') == "sources say"
    lists = editor.page.locator('[data-contentpath="background"] [data-contentpath] > .attrlint-findings')
    assert [each.locator("mark").count() for each in lists.all()] == [1, 2, 2]


def test_children_are_told_apart_whatever_is_moved(sits_down: Any, site: Newsroom) -> None:
    moments = (
        "[Moment(sort_order=n, what=words) for n, words in enumerate(['It left.', 'It sank 😀, observers note.'])]"
    )
    code = "from newsroom.people import story; from newsroom.models import Moment; "
    editor = sits_down()
    page = editor.page
    editor.open(site.run(f"{code} print(story(timeline={moments}).pk)"))
    editor.waits_for("1 place does")
    page.get_by_role("button", name="Add Moment").click()
    page.fill("[name=timeline-2-what]", "It was late 😀, analysts note.")
    editor.waits_for("2 places")
    page.locator("#inline_child_timeline-2 [data-inline-panel-child-move-up]").click()
    page.locator("#inline_child_timeline-0 [id$=DELETE-button]").click()
    page.locator(".attrlint-summary").get_by_text("Moments › 1 › What: “analysts note”").click()
    assert page.evaluate(SELECTED) == "analysts note"
    for number, words in ((1, "observers note"), (2, "analysts note")):
        beside = page.locator(f"#inline_child_timeline-{number} [data-contentpath=what] .attrlint-finding mark")
        assert beside.all_inner_texts() == [words]
    assert "“analysts note” (Moments › 1 › What)" in editor.publish()


def test_findings_follow_what_is_typed(sits_down: Any, site: Newsroom) -> None:
    pk = story(site, standfirst="It is believed that ropes fray.")
    editor = sits_down()
    editor.open(pk)
    editor.waits_for("1 place")
    editor.page.fill("[name=standfirst]", "Ropes fray.")
    editor.waits_for("Every source is clear.")
    assert editor.page.locator(".attrlint-finding").count() == 0


def test_a_reason_is_asked_for(sits_down: Any, site: Newsroom) -> None:
    editor = sits_down()
    editor.open(story(site, standfirst="It is believed that ropes fray."))
    editor.accept("   ")
    box = editor.page.locator(".attrlint-reason textarea")
    assert box.evaluate("(one) => one === document.activeElement")
    editor.page.get_by_role("button", name="Cancel").click()
    assert box.count() == 0
    assert editor.page.get_by_text("Accept…").is_visible()


def test_hostile_words_stay_text(sits_down: Any, site: Newsroom) -> None:
    pk = story(site, title="<b>Dock</b> <script>alert(1)</script>", notes=HOSTILE)
    editor = sits_down()
    editor.open(pk)
    editor.waits_for("1 place")
    assert "<img src=x onerror=alert(1)> It has stalled" in editor.page.locator(".attrlint-finding").inner_text()
    assert "<script>alert(1)</script>" in editor.publish()
    editor.waits_for("1 place")
    editor.accept("<img src=x onerror=alert(2)>")
    editor.waits_for("1 accepted")
    assert "<img src=x onerror=alert(2)>" in editor.page.locator(".attrlint-accepted").inner_text()
    assert editor.page.locator(".attrlint-findings img, .attrlint-findings script, .messages b").count() == 0
    editor.page.goto(f"{site.address}/admin/reports/attrlint/")
    assert "<img src=x onerror=alert(2)>" in editor.page.locator("main table").inner_text()
    assert editor.page.locator("main table img[src=x]").count() == 0


GERMAN = """
from django.contrib.auth.models import User
from wagtail.users.models import UserProfile
profile = UserProfile.get_for_user(User.objects.create_superuser("redakteurin", password="redakteurin"))
profile.preferred_language = "de"
profile.save()
"""


def test_the_editor_speaks_the_language_of_whoever_is_at_it(sits_down: Any, site: Newsroom) -> None:
    if not shutil.which("msgfmt"):
        pytest.skip("there is no msgfmt; `make integrations` installs Debian's as root")
    site.manage("compilemessages", "--verbosity", "0")
    site.run(GERMAN)
    pk = story(site, body=PARAGRAPH)
    editor = sits_down("redakteurin")
    editor.open(pk)
    editor.waits_for("1 Stelle sagt nicht, wer spricht.")
    editor.page.get_by_text("Hinnehmen …").click()
    assert (
        editor.page.locator(".attrlint-reason textarea").get_attribute("aria-label")
        == "Warum „analysts note“ stehen kann"
    )
    assert "„Ferries stay in port“ ist als Entwurf gespeichert" in editor.publish()


def test_a_story_of_ten_thousand_words(sits_down: Any, site: Newsroom) -> None:
    paragraph = "<p>" + "The dock at Varn 😀 was shut, said Ann Roe, its master. " * 25 + "</p>"
    pk = story(site, body=paragraph * 36 + "<p>The boats 😀 are old, observers note.</p>")
    editor = sits_down()
    editor.open(pk)
    editor.waits_for("1 place")
    assert editor.page.evaluate(MARKED) == ["observers note"]
    editor.page.locator(".attrlint-summary").get_by_text("Body: “observers note”").click()
    assert editor.page.evaluate('() => String([...CSS.highlights.get("attrlint-here")])') == "observers note"
    with editor.page.expect_response("**/check/") as answered:
        editor.page.fill("[name=standfirst]", "Ropes fray.")
    assert answered.value.ok
    assert "1 place does not say who is speaking: “observers note” (Body)" in editor.publish()


def test_two_editors_at_once(sits_down: Any, site: Newsroom) -> None:
    pk = story(site, body=PARAGRAPH)
    one, other = sits_down(), sits_down("colleague")
    one.open(pk)
    other.open(pk)
    other.waits_for("1 place")
    one.accept("I spoke to them.")
    one.waits_for("1 accepted")
    other.accept("Somebody spoke to them.")
    other.waits_for("1 accepted")
    assert "Accepted by reporter" in other.page.locator(".attrlint-accepted").inner_text()
    assert "I spoke to them." in other.page.locator(".attrlint-accepted").inner_text()
    other.page.get_by_role("button", name="Take back").click()
    other.waits_for("1 place")
    assert "not published" in one.publish()
    assert not live(site, pk)


def test_a_reason_that_is_being_written_is_not_lost(sits_down: Any, site: Newsroom) -> None:
    editor = sits_down()
    editor.open(story(site, body=PARAGRAPH))
    editor.page.get_by_text("Accept…").click()
    editor.page.locator(".attrlint-reason textarea").fill("The desk knows")
    with editor.page.expect_response("**/check/"):
        editor.page.fill("[name=standfirst]", "It is believed that ropes fray.")
    editor.page.wait_for_timeout(300)
    assert editor.page.locator(".attrlint-reason textarea").input_value() == "The desk knows"


def test_the_findings_fit_a_phone(sits_down: Any, site: Newsroom) -> None:
    editor = sits_down()
    editor.page.set_viewport_size({"width": 360, "height": 740})
    editor.open(story(site, standfirst="Experts say the boats are old.", notes="Long" * 80 + ", experts say."))
    editor.waits_for("place")
    script = "(all) => all.filter((one) => one.getBoundingClientRect().right > innerWidth + 1).length"
    assert editor.page.locator(".attrlint-summary, .attrlint-findings *").evaluate_all(script) == 0


def test_who_may_not_override_a_block(browser: Any, site: Newsroom, sits_down: Any) -> None:
    pk = story(site, body=PARAGRAPH)
    site.start("block")
    try:
        editor = sits_down()
        editor.open(pk)
        editor.waits_for("Publishing is blocked until each source is named.")
        assert editor.page.get_by_text("Accept…").count() == 0
        assert "not published" in editor.publish()
        chief = sits_down("chief")
        chief.open(pk)
        chief.accept("On the record by tomorrow; the lawyer agrees.")
        chief.waits_for("1 accepted")
        assert "not published" not in editor.publish()
        assert live(site, pk)
    finally:
        site.start()


def test_the_site_that_does_not_answer_is_named(sits_down: Any, site: Newsroom) -> None:
    editor = sits_down()
    editor.open(story(site, body=PARAGRAPH))
    editor.waits_for("1 place")
    editor.context.route("**/check/", lambda route: route.abort())
    editor.page.fill("[name=standfirst]", "It rains.")
    editor.waits_for("The sources could not be checked.")
    editor.context.unroute("**/check/")
    editor.page.fill("[name=standfirst]", "It is believed that ropes fray.")
    editor.waits_for("2 places")
