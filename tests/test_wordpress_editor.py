"""The WordPress plugin in its editors, in a real browser: marks, stop, reason, publish, and what goes wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import Served, serving
from wordpress import PASSWORD, Site, block, paragraph, wordpress

pytestmark = pytest.mark.e2e

SHOTS = os.environ.get("ATTRLINT_SHOTS")
"""A folder for pictures of what the tests see, for those who want to look."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("server")) as served:
        yield served


in_every_version = pytest.mark.parametrize("site", ["6.1", "6.5", "6.8"], indirect=True, scope="module")


@pytest.fixture(scope="module")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, server: Served) -> Iterator[Site]:
    """A WordPress that blocks."""
    with wordpress(tmp_path_factory.mktemp("wordpress"), getattr(request, "param", "6.5")) as installed:
        installed.set(service=server.url, mode="block", override=["administrator"])
        yield installed
        assert installed.debug_log() == ""


PARAGRAPH = "[data-type='core/paragraph']"


class Desk:
    """A browser in which somebody has logged in; it reaches this machine alone."""

    def __init__(self, browser: Any, site: Site, name: str = "ada") -> None:
        self.site = site
        self.context = browser.new_context(viewport={"width": 1400, "height": 900})
        self.context.route(lambda url: not url.startswith(("http://127.0.0.1", "data:", "blob:")), self._stop)
        self.stopped: list[str] = []
        self.complaints: list[str] = []
        self.page = self.context.new_page()
        self.page.set_default_timeout(60_000)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.page.goto(f"{site.url}/wp-login.php")
        self.page.fill("#user_login", name)
        self.page.fill("#user_pass", PASSWORD)
        self.page.click("#wp-submit")
        self.page.wait_for_url("**/wp-admin/**")

    def _stop(self, route: Any) -> None:
        self.stopped.append(route.request.url)
        route.abort()

    def write(self, content: str, title: str = "Rain", status: str = "draft") -> int:
        """Make a draft past the editors."""
        code = (
            "wp_set_current_user( 1 ); kses_remove_filters(); echo wp_insert_post( wp_slash( array("
            " 'post_title' => $argv[1], 'post_content' => $argv[2], 'post_status' => $argv[3] ) ) );"
        )
        return int(self.site.php(code, title, content, status))

    def open(self, post: int) -> None:
        """Open a post in the block editor, and wait until it is checked."""
        with self.page.expect_response(_is_check):
            self.page.goto(f"{self.site.url}/wp-admin/post.php?action=edit&post={post}")
        self.page.wait_for_timeout(300)

    @property
    def canvas(self) -> Any:
        """Where the story stands: a frame in newer versions."""
        frame = self.page.frame(name="editor-canvas")
        return frame or self.page.main_frame

    def marked(self) -> list[str]:
        """The words that are marked by annotations."""
        script = "all => all.map((one) => one.textContent)"
        found: list[str] = self.canvas.eval_on_selector_all("mark.annotation-text-attrlint", script)
        return found

    def highlighted(self) -> list[str]:
        """The words that are marked otherwise."""
        found: list[str] = self.canvas.evaluate("() => [...(CSS.highlights.get('attrlint') || [])].map(String)")
        return found

    def type(self, words: str) -> None:
        """Write other words into the only paragraph."""
        self.canvas.click(PARAGRAPH)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def panel(self) -> Any:
        return self.page.locator(".attrlint-panel").first

    def start_publishing(self) -> None:
        self.page.click(".editor-post-publish-panel__toggle")
        self.page.wait_for_selector(".editor-post-publish-panel .attrlint-panel")

    def publish_button(self) -> Any:
        return self.page.locator(".editor-post-publish-panel__header-publish-button .editor-post-publish-button")

    def status(self, post: int) -> str:
        return self.site.php("echo get_post_status( (int) $argv[1] );", str(post))

    def shot(self, name: str) -> None:
        if SHOTS:
            self.page.screenshot(path=str(Path(SHOTS) / f"{self.site.folder.parent.name}-{name}.png"))


def _is_check(response: Any) -> bool:
    return "attrlint" in response.url and "check" in response.url


@pytest.fixture
def desk(browser: Any, site: Site) -> Iterator[Desk]:
    opened = Desk(browser, site)
    yield opened
    opened.context.close()
    assert opened.complaints == []


@in_every_version
def test_from_writing_to_publishing(desk: Desk) -> None:
    post = desk.write(paragraph("It rained 🌧😀 in <em>Varn</em>, <strong>analysts</strong> note."))
    desk.open(post)
    assert "".join(desk.marked()) == "analysts note"
    desk.shot("marked")
    desk.start_publishing()
    assert "1 place where the reader cannot know" in desk.panel().inner_text()
    assert desk.publish_button().get_attribute("aria-disabled") == "true"
    desk.shot("stopped")
    desk.panel().get_by_role("button", name="Accept with a reason").click()
    desk.page.get_by_label("Reason").fill("They asked not to be named, and the desk knows them.")
    desk.shot("reason")
    desk.panel().get_by_role("button", name="Accept", exact=True).click()
    desk.page.wait_for_selector("text=Accepted by ada on")
    desk.page.wait_for_selector(".editor-post-publish-panel__header-publish-button [aria-disabled=false]")
    desk.shot("accepted")
    assert desk.marked() == []
    desk.publish_button().click()
    desk.page.wait_for_selector(".post-publish-panel__postpublish")
    desk.shot("published")
    assert desk.status(post) == "publish"
    assert desk.stopped == []


MANY = [
    block("heading", "<h2 class='wp-block-heading'>😀 It rains again, experts say</h2>"),
    block("list", "<ul>" + block("list-item", "<li>😀 It is believed that it rained.</li>") + "</ul>"),
    block(
        "quote", "<blockquote class='wp-block-quote'>" + paragraph("😀 It will end, observers said.") + "</blockquote>"
    ),
    block(
        "pullquote",
        "<figure class='wp-block-pullquote'><blockquote><p>😀 The rain reportedly ended.</p></blockquote></figure>",
    ),
    block(
        "table",
        "<figure class='wp-block-table'><table><tbody><tr>"
        "<td>Rain</td><td>😀 It fell, <b>analysts</b> note.</td></tr></tbody></table></figure>",
    ),
]


@in_every_version
def test_every_kind_of_block_is_marked(desk: Desk) -> None:
    desk.open(desk.write("".join(MANY)))
    assert desk.marked() == ["experts say", "It is believed", "observers said", "reportedly"]
    assert desk.highlighted() == ["analysts note"]
    desk.shot("blocks")


HOSTILE = '<img src=x onerror="window.hacked=1"><b>'


def test_hostile_words_stay_text(desk: Desk) -> None:
    escaped = HOSTILE.replace("<", "&lt;").replace(">", "&gt;")
    post = desk.write(paragraph(f"{escaped} It rained, analysts note."), title=f"Analysts note {escaped}")
    desk.open(post)
    desk.start_publishing()
    desk.panel().get_by_role("button", name="Accept with a reason").last.click()
    desk.page.get_by_label("Reason").fill(HOSTILE)
    desk.panel().get_by_role("button", name="Accept", exact=True).click()
    desk.page.wait_for_selector("text=Accepted by ada on")
    assert HOSTILE in desk.panel().inner_text()
    desk.shot("hostile")
    desk.page.goto(f"{desk.site.url}/wp-admin/tools.php?page=attrlint-log")
    assert HOSTILE in desk.page.inner_text("table")
    desk.write(paragraph("It rained, analysts note."), title=escaped)
    desk.page.goto(f"{desk.site.url}/wp-admin/tools.php?page=attrlint-check")
    desk.page.click("#attrlint-start")
    desk.page.wait_for_selector("#attrlint-start:enabled")
    assert HOSTILE in desk.page.inner_text("#attrlint-results")
    desk.shot("bulk")
    assert not desk.page.evaluate("() => window.hacked")


def test_a_finding_leads_to_its_words(desk: Desk) -> None:
    filler = "".join(paragraph(f"It rained for {day} days.") for day in range(60))
    desk.open(desk.write(filler + paragraph("😀 It stopped, analysts note.")))
    desk.page.click("button[aria-label='Source attribution']")
    desk.panel().get_by_role("button", name="“analysts note”").click()
    desk.page.wait_for_timeout(500)
    assert desk.canvas.evaluate("() => String(getSelection())") == "analysts note"
    desk.shot("jump")


def test_two_editors_at_once(browser: Any, site: Site, desk: Desk) -> None:
    """Both accept another finding of the same story: neither overwrites the other."""
    post = desk.write(paragraph("It rained, analysts note.") + paragraph("It is believed that it stopped."))
    other = Desk(browser, site, "edgar")
    site.set(mode="reason")
    try:
        for one in (desk, other):
            one.open(post)
            if one is other:
                one.page.get_by_role("link", name="Take over").click()
            one.page.click("button[aria-label='Source attribution']")
        for one, words in ((desk, "analysts note"), (other, "It is believed")):
            item = one.page.locator(".attrlint-finding", has_text=words)
            item.get_by_role("button", name="Accept with a reason").click()
            one.page.get_by_label("Reason").fill("So be it.")
            item.get_by_role("button", name="Accept", exact=True).click()
            item.get_by_text("Accepted by").wait_for()
        assert site.php("echo count( Attrlint\\Waivers\\of( (int) $argv[1] ) );", str(post)) == "2"
        other.page.wait_for_selector("text=Nothing stands in the way")
        other.shot("two")
    finally:
        site.set(mode="block")
        other.context.close()


@in_every_version
def test_a_refused_publish_loses_nothing(desk: Desk) -> None:
    """Whoever has switched the panel before publishing off is refused by the server; what was typed becomes a draft."""
    post = desk.write(paragraph("It rained."))
    desk.open(post)
    typed = "Rain fell on all, analysts note, and nobody came."
    desk.page.evaluate("wp.data.dispatch('core/editor').disablePublishSidebar()")
    desk.type(typed)
    desk.page.click(".editor-post-publish-button")
    desk.page.wait_for_selector("text=Not published: in 1 place")
    desk.page.wait_for_selector(".attrlint-finding >> text=analysts note")
    desk.shot("refused")
    assert desk.canvas.inner_text(PARAGRAPH).strip() == typed
    assert desk.status(post) == "draft"
    desk.page.click(".editor-post-save-draft")
    desk.page.wait_for_function("() => !wp.data.select('core/editor').isEditedPostDirty()")
    assert desk.status(post) == "draft"
    assert typed in desk.site.php("echo get_post( (int) $argv[1] )->post_content;", str(post))
    desk.page.evaluate("wp.data.dispatch('core/editor').enablePublishSidebar()")
    desk.page.wait_for_timeout(500)


@in_every_version
def test_a_story_that_is_out_is_held_as_well(desk: Desk) -> None:
    post = desk.write(paragraph("It rained."), status="publish")
    desk.open(post)
    desk.type("It rained, analysts note.")
    desk.page.wait_for_selector("text=This change is held back")
    assert desk.page.locator(".editor-post-publish-button").get_attribute("aria-disabled") == "true"
    desk.page.click("text=Show why")
    desk.shot("out")
    desk.panel().get_by_role("button", name="Accept with a reason").click()
    desk.page.get_by_label("Reason").fill("They asked not to be named.")
    desk.panel().get_by_role("button", name="Accept", exact=True).click()
    desk.page.wait_for_selector("text=This change is held back", state="detached")
    desk.page.click(".editor-post-publish-button")
    desk.page.wait_for_function("() => !wp.data.select('core/editor').isEditedPostDirty()")
    assert "analysts note" in desk.site.php("echo get_post( (int) $argv[1] )->post_content;", str(post))


def test_the_service_is_down(site: Site, desk: Desk, server: Served) -> None:
    site.set(service="http://127.0.0.1:9")
    try:
        post = desk.write(paragraph("It rained, said Ada Marsh, the mayor."))
        desk.open(post)
        desk.start_publishing()
        assert "It cannot be published until it is checked." in desk.panel().inner_text()
        assert desk.publish_button().get_attribute("aria-disabled") == "true"
        desk.shot("down")
        desk.panel().get_by_role("button", name="Publish without a check").click()
        desk.page.get_by_label("Reason").fill("The harbour burns.")
        desk.panel().get_by_role("button", name="Accept", exact=True).click()
        desk.page.wait_for_selector("text=It may be published without a check")
        desk.publish_button().click()
        desk.page.wait_for_selector(".post-publish-panel__postpublish")
        assert desk.status(post) == "publish"
    finally:
        site.set(service=server.url)


def test_somebody_without_rights_sees_and_does_not_accept(browser: Any, site: Site) -> None:
    ruth = Desk(browser, site, "ruth")
    try:
        post = ruth.write(paragraph("It rained, analysts note."))
        give = "wp_update_post( array( 'ID' => $argv[1], 'post_author' => get_user_by( 'login', 'ruth' )->ID ) );"
        site.php(give, str(post))
        ruth.open(post)
        ruth.start_publishing()
        assert "analysts note" in ruth.panel().inner_text()
        assert ruth.panel().get_by_role("button", name="Accept with a reason").count() == 0
        assert ruth.publish_button().get_attribute("aria-disabled") == "true"
        ruth.shot("ruth")
    finally:
        ruth.context.close()


def test_ten_thousand_words(desk: Desk) -> None:
    plain = paragraph("The rain fell on the harbour all day long. " * 11)
    desk.open(desk.write(plain * 108 + paragraph("It stopped 😀, analysts note.")))
    desk.page.wait_for_timeout(1000)
    assert desk.marked() == ["analysts note"]


def test_the_classic_editor(desk: Desk) -> None:
    plugin = desk.site.folder / "wp-content" / "mu-plugins" / "classic.php"
    plugin.write_text("<?php add_filter( 'use_block_editor_for_post', '__return_false' );", encoding="utf-8")
    try:
        post = desk.write("It rained, analysts note.\n\nIt stopped.")
        desk.page.goto(f"{desk.site.url}/wp-admin/post.php?action=edit&post={post}")
        desk.page.wait_for_selector("#attrlint-box >> text=1 place")
        desk.page.click("#publish")
        desk.page.wait_for_selector("text=Not published: in 1 place")
        desk.page.wait_for_selector("#attrlint-box >> text=1 place")
        desk.shot("classic")
        desk.page.click("text=Accept with a reason")
        desk.page.get_by_label("Reason", exact=True).fill("They asked not to be named.")
        desk.page.get_by_role("button", name="Accept", exact=True).click()
        desk.page.wait_for_selector("text=Accepted by ada on")
        desk.page.click("#publish")
        desk.page.wait_for_selector("text=Post published.")
        assert desk.status(post) == "publish"
    finally:
        plugin.unlink()


def test_the_desk_chooses_and_looks(desk: Desk) -> None:
    """The settings are saved with a click, the list shows what is open, and the log is read."""
    post = desk.write(paragraph("It rained, analysts note."), title="Rain over Varn")
    desk.open(post)
    desk.page.goto(f"{desk.site.url}/wp-admin/edit.php")
    assert "1 open" in desk.page.inner_text(f"#post-{post} .column-attrlint")
    desk.shot("list")
    desk.page.goto(f"{desk.site.url}/wp-admin/options-general.php?page=attrlint")
    desk.page.wait_for_selector("text=The service answers.")
    desk.page.check("input[value=reason]")
    desk.shot("settings")
    desk.page.click("#submit")
    desk.page.wait_for_selector("text=Settings saved.")
    assert desk.site.php("echo Attrlint\\Settings\\get( 'mode' );") == "reason"
    desk.site.set(mode="block")
    desk.page.goto(f"{desk.site.url}/wp-admin/tools.php?page=attrlint-log")
    desk.page.wait_for_selector("h1 >> text=Source attribution log")
    desk.shot("log")
