"""The WordPress plugin behind its editors: every way to publish, what is kept, who may accept, what is left behind."""

from __future__ import annotations

import json
import re
import xmlrpc.client
from collections.abc import Iterator
from typing import Any

import pytest
from serving import Served, serving
from wordpress import OLD_PHP, PASSWORD, USERS, VAGUE, Site, Visitor, block, paragraph, wordpress

pytestmark = pytest.mark.e2e

TOKEN = "a-token-for-the-tests-of-the-plugin"
NAMED = VAGUE.replace("analysts note", "said Ada Marsh, the mayor")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("server")
    (folder / "tokens").write_text(TOKEN, encoding="utf-8")
    with serving(folder, "serve", "--workers", "1", "--token-file", str(folder / "tokens")) as served:
        yield served


@pytest.fixture(scope="module", params=[("6.5", "php"), ("6.1", "php"), ("6.8", OLD_PHP)], ids="{0[0]}".format)
def installed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with wordpress(tmp_path_factory.mktemp("wordpress"), *request.param) as site:
        yield site


@pytest.fixture
def site(installed: Site, server: Served) -> Iterator[Site]:
    """A WordPress that blocks, as every test finds it."""
    installed.set(service=server.url, token=TOKEN, preset="", mode="block", types=["post"], override=["administrator"])
    yield installed
    assert installed.debug_log() == ""


@pytest.fixture(scope="module")
def people(installed: Site) -> dict[str, Visitor]:
    return {name: Visitor(installed, name) for name in USERS}


@pytest.fixture
def ada(site: Site, people: dict[str, Visitor]) -> Visitor:
    return people["ada"]


def post_of(site: Site, post: int) -> dict[str, str]:
    """A post as it is in the database."""
    found: dict[str, str] = json.loads(site.php("echo json_encode( get_post( $argv[1] ) );", str(post)))
    return found


def test_the_rest_api_is_refused(site: Site, ada: Visitor) -> None:
    for status in ("publish", "future"):
        body = {"title": "Rain", "content": VAGUE, "status": status, "date": "2040-01-01T00:00:00"}
        refused = ada.rest("POST", "wp/v2/posts", body)
        assert (refused.status_code, refused.json()["code"]) == (422, "attrlint_open")
        assert "in 1 place" in refused.json()["message"]
    post = ada.draft()
    assert ada.rest("POST", f"wp/v2/posts/{post}", {"status": "publish"}).status_code == 422
    assert post_of(site, post)["post_status"] == "draft"
    assert ada.rest("POST", "wp/v2/posts", {"title": "Rain", "content": NAMED, "status": "publish"}).status_code == 201


def test_what_is_accepted_is_published_and_stays_so_through_edits(site: Site, ada: Visitor) -> None:
    post = ada.draft()
    ada.accept(post)
    published = ada.rest("POST", f"wp/v2/posts/{post}", {"status": "publish"})
    assert published.json()["status"] == "publish"
    longer = NAMED.replace("It rained", "It snowed") + "\n\n" + VAGUE
    assert ada.rest("POST", f"wp/v2/posts/{post}", {"content": longer}).status_code == 200
    worse = longer.replace("analysts note", "experts say")
    assert ada.rest("POST", f"wp/v2/posts/{post}", {"content": worse}).status_code == 422
    assert "analysts note" in post_of(site, post)["post_content"]


def test_a_withdrawn_acceptance_holds_no_longer(site: Site, ada: Visitor) -> None:
    post = ada.draft()
    ada.accept(post)
    (finding,) = ada.check(post)["findings"]
    assert finding["waiver"]["by"] == "ada"
    assert finding["waiver"]["reason"] == "They asked not to be."
    ada.rest("DELETE", "attrlint/v1/waivers", {"post": post, "fingerprint": finding["fingerprint"]})
    assert ada.rest("POST", f"wp/v2/posts/{post}", {"status": "publish"}).status_code == 422
    log = ada.http.get("/wp-admin/tools.php?page=attrlint-log").text
    assert log.index("Acceptance withdrawn") < log.index("Finding accepted")
    assert "They asked not to be." in log


def test_quick_edit_is_refused(site: Site, ada: Visitor) -> None:
    post = ada.draft()
    nonce = ada.form("/wp-admin/edit.php", '<form method="get"')["_inline_edit"]
    form = {
        "action": "inline-save",
        "_inline_edit": nonce,
        "post_ID": str(post),
        "post_type": "post",
        "screen": "edit-post",
    }
    form |= {"post_title": "Rain, again", "post_name": "rain", "_status": "publish", "post_view": "list"}
    said = ada.http.post("/wp-admin/admin-ajax.php", data=form).text
    assert said.startswith("Not published: in 1 place")
    assert "<tr" not in said
    saved = post_of(site, post)
    assert (saved["post_status"], saved["post_title"]) == ("draft", "Rain, again")


def test_bulk_edit_is_refused(site: Site, ada: Visitor) -> None:
    post, clear = ada.draft(), ada.draft(NAMED)
    nonce = ada.form("/wp-admin/edit.php", '<form id="posts-filter"')["_wpnonce"]
    query = {"action": "edit", "bulk_edit": "Update", "_wpnonce": nonce, "post_type": "post", "_status": "publish"}
    query |= {"post_author": "-1", "comment_status": "", "ping_status": "", "sticky": "-1"}
    page = ada.http.get("/wp-admin/edit.php", params=[*query.items(), ("post[]", post), ("post[]", clear)])
    assert [post_of(site, one)["post_status"] for one in (post, clear)] == ["draft", "publish"]
    assert "Not published: in 1 place" in page.text


def test_the_classic_editor_is_refused_and_saves(site: Site, ada: Visitor) -> None:
    plugin = site.folder / "wp-content" / "mu-plugins" / "classic.php"
    plugin.write_text("<?php add_filter( 'use_block_editor_for_post', '__return_false' );", encoding="utf-8")
    try:
        post = ada.draft(NAMED)
        form = ada.form(f"/wp-admin/post.php?action=edit&post={post}", '<form name="post"')
        words = {"post_title": "Rain", "content": "Rain falls in Varn, experts say.", "publish": "Publish"}
        page = ada.http.post("/wp-admin/post.php", data={**form, **words})
        assert "Not published: in 1 place" in page.text
        assert "The story is saved, and stays unpublished." in page.text
        assert "Post published" not in page.text
        assert 'id="attrlint-box"' in page.text
        saved = post_of(site, post)
        assert (saved["post_status"], saved["post_content"]) == ("draft", words["content"])
    finally:
        plugin.unlink()


def test_what_readers_see_stays_and_the_change_is_kept(site: Site, ada: Visitor) -> None:
    post = ada.draft(NAMED, status="publish")
    before = post_of(site, post)
    code = (
        "wp_set_current_user( 1 ); wp_update_post( array( 'ID' => $argv[1], 'post_content' => wp_slash( $argv[2] ) ) );"
    )
    site.php(code, str(post), "Rain \\o/ “falls” 🌧, experts say.")
    after = post_of(site, post)
    assert (after["post_status"], after["post_content"]) == ("publish", before["post_content"])
    kept = site.php("echo wp_get_post_autosave( $argv[1], 1 )->post_content;", str(post))
    assert kept == "Rain \\o/ “falls” 🌧, experts say."
    assert "your version is kept as an autosave" in ada.http.get("/wp-admin/").text


def test_xml_rpc_is_refused(site: Site, ada: Visitor) -> None:
    blog = xmlrpc.client.ServerProxy(f"{site.url}/xmlrpc.php")
    for status in ("publish", "future"):
        story = {"post_title": "Rain by wire", "post_content": VAGUE, "post_status": status}
        story |= {"post_date": xmlrpc.client.DateTime("20400101T00:00:00")} if status == "future" else {}
        with pytest.raises(xmlrpc.client.Fault, match="Not published: in 1 place"):
            blog.wp.newPost(1, "ada", PASSWORD, story)
    found: Any = blog.wp.getPosts(1, "ada", PASSWORD, {"number": 100, "post_status": "draft"})
    assert [one["post_status"] for one in found if one["post_title"] == "Rain by wire"] == ["draft", "draft"]
    planted = [{"key": "_attrlint_waiver", "value": "x"}]
    post = blog.wp.newPost(1, "ada", PASSWORD, {"post_title": "T", "post_content": VAGUE, "custom_fields": planted})
    assert site.php("echo count( get_post_meta( $argv[1], '_attrlint_waiver' ) );", str(post)) == "0"


def test_a_scheduled_post_is_looked_at_again_when_its_time_has_come(site: Site, ada: Visitor) -> None:
    site.set(mode="warn")
    posts = [ada.draft(content, status="future", date="2040-01-01T00:00:00") for content in (VAGUE, NAMED)]
    site.set(mode="block")
    for post in posts:
        due = (
            "global $wpdb; $wpdb->update( $wpdb->posts,"
            " array( 'post_date_gmt' => '2020-01-01 00:00:00' ), array( 'ID' => $argv[1] ) );"
        )
        site.php(due + "do_action( 'publish_future_post', (int) $argv[1] );", str(post))
    assert [post_of(site, post)["post_status"] for post in posts] == ["draft", "publish"]
    assert "Scheduled story held back" in ada.http.get("/wp-admin/tools.php?page=attrlint-log").text


def test_publishing_past_the_saving_of_wordpress_is_taken_back(site: Site, ada: Visitor) -> None:
    post = ada.draft()
    site.php("wp_publish_post( (int) $argv[1] );", str(post))
    assert post_of(site, post)["post_status"] == "draft"


def test_who_may_do_what(site: Site, people: dict[str, Visitor]) -> None:
    ruth, cora, edgar = people["ruth"], people["cora"], people["edgar"]
    post = ruth.draft()
    (finding,) = ruth.check(post)["findings"]
    waiver = {name: finding[name] for name in ("fingerprint", "words", "rule")} | {"post": post, "reason": "No."}
    assert not ruth.check(post)["accepts"]
    for somebody in (ruth, edgar, cora):
        assert somebody.rest("POST", "attrlint/v1/waivers", waiver).status_code == 403
    assert cora.rest("POST", "attrlint/v1/check", {"post": post}).status_code == 403
    site.set(mode="reason")
    assert cora.rest("POST", "attrlint/v1/waivers", waiver).status_code == 403
    assert ruth.rest("POST", "attrlint/v1/waivers", waiver | {"reason": " \n"}).status_code == 400
    assert ruth.rest("POST", "attrlint/v1/waivers", waiver).status_code == 200
    assert ruth.rest("POST", f"wp/v2/posts/{post}", {"status": "publish"}).status_code == 200


def test_without_a_nonce_nobody_is_logged_in(site: Site, ada: Visitor) -> None:
    post = ada.draft()
    for path in ("check", "waivers"):
        body = {"post": post, "fingerprint": "f", "words": "w", "rule": "r", "reason": "r"}
        assert ada.rest("POST", f"attrlint/v1/{path}", body, nonce="").status_code == 401
        assert ada.rest("POST", f"attrlint/v1/{path}", body, nonce="wrong").status_code == 403


@pytest.mark.parametrize(("mode", "status"), [("off", 201), ("warn", 201), ("reason", 503), ("block", 503)])
def test_when_the_service_is_down_the_mode_decides(site: Site, ada: Visitor, mode: str, status: int) -> None:
    site.set(service="http://127.0.0.1:9", mode=mode)
    made = ada.rest("POST", "wp/v2/posts", {"title": "Rain", "content": NAMED, "status": "publish"})
    assert made.status_code == status
    if status == 503:
        assert "does not answer" in made.json()["message"]


def test_an_editor_may_publish_without_a_check_these_words_alone(site: Site, people: dict[str, Visitor]) -> None:
    ada, ruth = people["ada"], people["ruth"]
    post = ruth.draft(NAMED)
    site.set(service="http://127.0.0.1:9", mode="reason")
    answer = ruth.check(post)
    assert "does not answer" in answer["problem"]
    allow = {"post": post, "fingerprint": answer["unchecked"], "words": "All", "rule": "-", "reason": "It burns."}
    assert ruth.rest("POST", "attrlint/v1/waivers", allow).status_code == 403
    assert ada.rest("POST", "attrlint/v1/waivers", allow).status_code == 200
    other = {"status": "publish", "content": NAMED.replace("rained", "snowed")}
    assert ruth.rest("POST", f"wp/v2/posts/{post}", other).status_code == 503
    assert ruth.rest("POST", f"wp/v2/posts/{post}", {"status": "publish"}).status_code == 200


def test_the_list_tells_and_narrows(site: Site, ada: Visitor) -> None:
    titles = {"open": "Rain unnamed", "clear": "Rain named", "unchecked": "Rain unread"}
    posts = {name: ada.draft(NAMED if name == "clear" else VAGUE, title=title) for name, title in titles.items()}
    for name in ("open", "clear"):
        ada.check(posts[name])
    cell = re.compile(r"<td class='attrlint column-attrlint' data-colname=\"Sources\">(.*?)</td>")
    for name, words in (("open", "1 open"), ("clear", "Clear"), ("unchecked", "Not checked")):
        page = ada.http.get(f"/wp-admin/edit.php?attrlint={name}").text
        assert [title for title in titles.values() if f"({title})" in page or f">{title}<" in page] == [titles[name]]
        assert {re.sub("<.*?>", "", one) for one in cell.findall(page)} == {words}
    ada.rest("POST", f"wp/v2/posts/{posts['open']}", {"content": NAMED})
    assert "Rain unnamed" in ada.http.get("/wp-admin/edit.php?attrlint=unchecked").text


def test_settings_that_make_no_sense_are_not_saved(site: Site, ada: Visitor) -> None:
    form = ada.form("/wp-admin/options-general.php?page=attrlint", '<form action="options.php"')
    values = {"attrlint[service]": "javascript:alert(1)", "attrlint[mode]": "loud", "attrlint[preset]": "AP<b>"}
    values |= {"attrlint[types][]": "nothing", "attrlint[override][]": "king"}
    page = ada.http.post("/wp-admin/options.php", data={**form, **values})
    assert "must begin with http" in page.text
    saved = json.loads(site.php("echo json_encode( get_option( 'attrlint' ) );"))
    assert saved["service"].startswith("http://127.0.0.1")
    assert {key: saved[key] for key in ("mode", "preset", "types", "override")} == {
        "mode": "block",
        "preset": "apb",
        "types": [],
        "override": [],
    }


def test_the_settings_are_for_administrators(site: Site, people: dict[str, Visitor]) -> None:
    assert people["edgar"].http.get("/wp-admin/options-general.php?page=attrlint").status_code == 403
    assert people["ruth"].http.get("/wp-admin/tools.php?page=attrlint-log").status_code == 403
    assert "The service answers." in people["ada"].http.get("/wp-admin/options-general.php?page=attrlint").text


def test_a_wrong_token_and_a_wrong_preset_are_told(site: Site, ada: Visitor) -> None:
    post = ada.draft()
    assert ada.check(post)["problem"] == ""
    for setting in ({"preset": "nothing"}, {"token": "wrong"}):
        site.set(**setting)
        told = ada.check(post)["problem"]
        assert told.startswith("The source check turned this story away.")
    assert "asks for a token" in told


PARAGRAPHS = """
foreach ( Attrlint\\Paragraphs\\of( $argv[1], $argv[2] ) as $one ) {
	echo implode( '.', $one['path'] ) . " $one[tag] $one[text]\n";
}
"""


def test_paragraphs_as_readers_see_them(site: Site) -> None:
    inner = block("list", "<ul>" + block("list-item", "<li>two</li>") + "</ul>")
    table = "<table><tbody><tr><td>a b</td><td>c<br>d</td></tr></tbody></table><figcaption>cap</figcaption>"
    blocks = [
        block("heading", "<h2>A <em>head</em>ing</h2>"),
        block("list", "<ul>" + block("list-item", f"<li>one{inner}</li>") + "</ul>"),
        block("quote", "<blockquote>" + paragraph("said &amp; done") + "<cite>Ada</cite></blockquote>"),
        block("pullquote", "<figure><blockquote><p>pulled</p><cite>Ruth</cite></blockquote></figure>"),
        block("table", f"<figure>{table}</figure>"),
        block("code", "<pre><code>analysts note</code></pre>"),
        block("html", '<script>x = "<p>no</p>"</script><div title="a">yes</div>'),
    ]
    content = "".join(blocks) + "Loose line one.\n\nLoose line two."
    told = site.php(PARAGRAPHS, "The <b>title</b> &#8217;", content)
    assert told.splitlines() == [
        " h1 The title ’",
        "0 h2 A heading",
        "1.0 li one",
        "1.0.0.0 li two",
        "2.0 p said & done",
        "2 p Ada",
        "3 p pulled",
        "3 p Ruth",
        "4 td a b",
        "4 td c",
        "d",
        "4 figcaption cap",
        "6 p yes",
        "7 p Loose line one.",
        "7 p Loose line two.",
    ]


def test_words_are_found_behind_links_and_signs(site: Site, ada: Visitor) -> None:
    words = "R&amp;D 🌧 <a href='https://rain.example/?a&amp;b'>rain &lt;3</a> fell<br>in Varn, <em>analysts</em> note."
    post = ada.draft(paragraph(words))
    (finding,) = ada.check(post)["findings"]
    assert finding["paragraph"] == "R&D 🌧 rain <3 fell\nin Varn, analysts note."
    units = finding["paragraph"].encode("utf-16-le")
    assert units[2 * finding["start"] : 2 * finding["end"]].decode("utf-16-le") == "analysts note"


def test_a_link_to_the_documents_names_them(site: Site, ada: Visitor) -> None:
    bare, linked = "Documents show that it rained.", "<a href='https://rain.example'>Documents show</a> that it rained."
    assert [len(ada.check(ada.draft(paragraph(words)))["findings"]) for words in (bare, linked)] == [1, 0]


def test_the_words_of_a_pattern_are_those_of_the_story(site: Site, ada: Visitor) -> None:
    site.set(types=["post", "wp_block"])
    assert ada.rest("POST", "wp/v2/blocks", {"title": "R", "content": VAGUE, "status": "publish"}).status_code == 422
    named = (
        '<!-- wp:paragraph {"metadata":{"name":"Who"}} -->\n<p>It rained, analysts note.</p>\n<!-- /wp:paragraph -->'
    )
    site.set(mode="warn")
    body = {"title": "R", "content": paragraph("Rain.") + named, "status": "publish"}
    pattern = ada.rest("POST", "wp/v2/blocks", body).json()["id"]
    site.set(mode="block")
    within = {"content": {"Who": {"content": "It rained, said Ada Marsh, the mayor."}}}
    for others, status in (({}, 422), (within, 201)):
        content = paragraph("Rain.") + f"<!-- wp:block {json.dumps({'ref': pattern, **others})} /-->"
        made = ada.rest("POST", "wp/v2/posts", {"title": "Rain", "content": content, "status": "publish"})
        assert made.status_code == status
    vague = content.replace("said Ada Marsh, the mayor", "analysts note")
    assert [one["path"] for one in ada.check(ada.draft(vague))["findings"]] == [[1]]


def test_this_is_the_wordpress_and_the_php_that_are_meant(site: Site, request: pytest.FixtureRequest) -> None:
    version, program = request.node.callspec.params["installed"]
    told = site.php("echo get_bloginfo( 'version' ), ' ', PHP_VERSION;")
    assert told.startswith(version + ".")
    assert (" 7.4." in told) == (program == OLD_PHP)


def test_a_story_of_ten_thousand_words(site: Site, ada: Visitor) -> None:
    plain = paragraph("The rain fell on the harbour all day long. " * 11)
    post = ada.draft(plain * 100 + VAGUE + plain * 8)
    (finding,) = ada.check(post)["findings"]
    assert finding["path"] == [100]
    assert finding["words"] == "analysts note"


LEFT = """
global $wpdb;
$rows = $wpdb->get_col( "SELECT meta_key FROM $wpdb->postmeta WHERE meta_key LIKE '%attrlint%'" );
$options = $wpdb->get_col( "SELECT option_name FROM $wpdb->options WHERE option_name LIKE '%attrlint%'" );
$tables = $wpdb->get_col( "SHOW TABLES LIKE '%attrlint%'" );
echo json_encode( array_values( array_unique( array_merge( $rows, $options, $tables ) ) ) );
"""


def test_uninstalling_leaves_nothing(site: Site, ada: Visitor) -> None:
    post = ada.draft()
    ada.accept(post)
    ada.check(post)
    site.php("set_transient( 'attrlint_held_1', 'Not published.', 60 );")
    held = {"_transient_attrlint_held_1", "_transient_timeout_attrlint_held_1"}
    kept = {
        "_attrlint_waiver",
        "_attrlint_open",
        "_attrlint_checked",
        "attrlint",
        "attrlint_version",
        "wp_attrlint_log",
    }
    assert set(json.loads(site.php(LEFT))) == kept | held
    uninstall = "require WP_PLUGIN_DIR . '/attrlint/uninstall.php';"
    defined = "define( 'WP_UNINSTALL_PLUGIN', 'attrlint/attrlint.php' );"
    assert json.loads(site.php(defined + uninstall + LEFT)) == []
