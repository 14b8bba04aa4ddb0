"""A real WordPress for the tests: from npm with SQLite or from Debian with MariaDB; no network but this machine's."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import database
import httpx
import pytest

ROOT = Path(__file__).resolve().parent.parent
PLUGIN = ROOT / "integrations" / "wordpress" / "attrlint"
BUILDS = ROOT / "tests" / "npm" / "node_modules" / "@wp-playground" / "wordpress-builds"
DEBIAN = ROOT / "tests" / "debian" / "files"
"""What `make integrations` fetches."""

OLD_PHP = str(DEBIAN / "php" / "php")
"""PHP 7.4, the oldest that the plugin is for."""

PASSWORD = "correct horse battery staple"
USERS = {"ada": "administrator", "edgar": "editor", "ruth": "author", "cora": "contributor"}
_PATIENCE = 60
_OF_NPM = ("6.5",)

_CONFIG = """<?php
define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', 'root' );
define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:' . dirname( __DIR__ ) . '/database/socket' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
foreach ( array( 'AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE' ) as $use ) {
	define( $use . '_KEY', 'tests' );
	define( $use . '_SALT', 'tests' );
}
$table_prefix = 'wp_';
define( 'WP_DEBUG', true );
define( 'WP_DEBUG_LOG', __DIR__ . '/debug.log' );
define( 'WP_DEBUG_DISPLAY', false );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_ACCESSIBLE_HOSTS', '127.0.0.1' );
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'CONCATENATE_SCRIPTS', false );
define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
"""

_INSTALL = """
define( 'WP_INSTALLING', true );
require 'wp-config.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
list( , $url, $password, $users ) = $argv;
wp_install( 'The Varn Courier', 'ada', 'ada@example.org', false, '', $password );
update_option( 'siteurl', $url );
update_option( 'home', $url );
update_option( 'show_avatars', 0 );
foreach ( json_decode( $users, true ) as $name => $role ) {
	$id = get_user_by( 'login', $name )->ID ?? wp_create_user( $name, $password, $name . '@example.org' );
	( new WP_User( $id ) )->set_role( $role );
	$seen = array( 'welcomeGuide' => false, 'fullscreenMode' => false, 'isPublishSidebarEnabled' => true );
	$preferences = array( 'core/edit-post' => $seen, '_modified' => gmdate( 'c' ) );
	update_user_meta( $id, 'wp_persisted_preferences', $preferences );
}
$result = activate_plugin( 'attrlint/attrlint.php' );
echo is_wp_error( $result ) ? $result->get_error_message() : 'ok';
"""


class Site(NamedTuple):
    """A WordPress that runs: its folder, its address and the PHP it is run by."""

    folder: Path
    url: str
    program: str

    def php(self, code: str, *argv: str) -> str:
        """What a few lines of PHP print inside of WordPress; `$argv` from 1 on are the arguments."""
        script = "require 'wp-load.php';" + code
        return run_php(self, script, *argv)

    def set(self, **options: Any) -> None:
        """Change settings of the plugin."""
        code = "update_option( 'attrlint', json_decode( $argv[1], true ) + (array) get_option( 'attrlint' ) );"
        self.php(code, _json(options))

    def debug_log(self) -> str:
        """What PHP had to say, without what WordPress itself and the SQLite integration cause."""
        log = self.folder / "debug.log"
        lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
        return "\n".join(line for line in lines if "plugins/attrlint" in line)


def run_php(site: Site, script: str, *argv: str) -> str:
    """Run PHP code in the folder of a site and return what it prints."""
    script = "$_SERVER['HTTP_HOST'] = '127.0.0.1';" + script
    command = [site.program, "-d", "display_errors=stderr", "-r", script, "--", *argv]
    run = subprocess.run(command, cwd=site.folder, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def _json(value: object) -> str:
    return json.dumps(value)


def block(name: str, inside: str) -> str:
    """A block as the block editor saves it."""
    return f"<!-- wp:{name} -->\n{inside}\n<!-- /wp:{name} -->\n\n"


def paragraph(words: str) -> str:
    return block("paragraph", f"<p>{words}</p>")


VAGUE = paragraph("It rained 🌧 in Varn, analysts note.")


class Visitor:
    """Somebody who is logged in, with the cookies and the nonces of a browser."""

    def __init__(self, site: Site, name: str) -> None:
        self.url = site.url
        self.http = httpx.Client(base_url=site.url, timeout=60, trust_env=False, follow_redirects=True)
        self.http.cookies.set("wordpress_test_cookie", "WP Cookie check")
        form = {"log": name, "pwd": PASSWORD, "testcookie": "1"}
        assert self.http.post("/wp-login.php", data=form).url.path.startswith("/wp-admin")
        self.nonce = self.http.get("/wp-admin/admin-ajax.php?action=rest-nonce").text

    def rest(self, method: str, path: str, body: Any = None, nonce: str | None = None) -> httpx.Response:
        headers = {"X-WP-Nonce": nonce or self.nonce} if nonce != "" else {}
        return self.http.request(method, f"/?rest_route=/{path}", json=body, headers=headers)

    def draft(self, content: str = VAGUE, **others: Any) -> int:
        made = self.rest("POST", "wp/v2/posts", {"title": "Rain", "content": content, "status": "draft", **others})
        assert made.status_code == 201, made.text
        return int(made.json()["id"])

    def accept(self, post: int) -> None:
        """Accept everything that is open in a post as it is saved."""
        for finding in self.check(post)["findings"]:
            values = {name: finding[name] for name in ("fingerprint", "words", "rule")}
            done = self.rest("POST", "attrlint/v1/waivers", {"post": post, "reason": "They asked not to be.", **values})
            assert done.status_code == 200, done.text

    def check(self, post: int, **words: str) -> Any:
        answer = self.rest("POST", "attrlint/v1/check", {"post": post, **words})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def form(self, path: str, opening: str) -> dict[str, str]:
        """The hidden fields of the form that begins with some HTML, with its nonces."""
        inside = self.http.get(path).text.partition(opening)[2].partition("</form>")[0]
        tags = re.findall(r"<input[^>]*type=['\"]hidden['\"][^>]*>", inside)
        fields = {}
        for tag in tags:
            found = dict(re.findall(r"(name|value)=['\"]([^'\"]*)['\"]", tag))
            if "name" in found:
                fields[found["name"]] = found.get("value", "")
        return fields


def needs(version: str = "6.5") -> None:
    """Skip where there is no PHP, or nobody has fetched this WordPress."""
    if not shutil.which("php"):
        pytest.skip("there is no PHP; `make integrations` installs Debian's as root")
    if version in _OF_NPM and not BUILDS.exists():
        pytest.skip("there is no WordPress; `make integrations` fetches it from npm")
    if version not in _OF_NPM and not (DEBIAN / version).exists():
        pytest.skip(f"there is no WordPress {version}; `make integrations` fetches it from Debian")
    if version not in _OF_NPM and not database.INSTALL:
        pytest.skip("there is no MariaDB; `make integrations` installs Debian's as root")


@contextmanager
def wordpress(folder: Path, version: str = "6.5", program: str = "php") -> Iterator[Site]:
    """Install a WordPress with the plugin into a folder, and serve it on a free port."""
    needs(version)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = Site(folder / "site", f"http://127.0.0.1:{port}", program)
    with ExitStack() as stack:
        if version in _OF_NPM:
            _unpack(site.folder, version)
            _use_sqlite(site.folder / "wp-content")
        else:
            outside = shutil.ignore_patterns(".htaccess", "ca-bundle.crt")  # links to what is not unpacked
            shutil.copytree(DEBIAN / version / "usr" / "share" / "wordpress", site.folder, ignore=outside)
            stack.enter_context(database.running(folder / "database"))
        _add_plugin(site.folder)
        told = run_php(site, _INSTALL, site.url, PASSWORD, _json(USERS))
        assert told.endswith("ok"), told[:2000] + site.debug_log()
        stack.enter_context(running(site, port))
        yield site


def _unpack(folder: Path, version: str) -> None:
    with zipfile.ZipFile(BUILDS / "src" / "wordpress" / f"wp-{version}.zip") as archive:
        archive.extractall(folder)
    shutil.copytree(BUILDS / "public" / f"wp-{version}", folder, dirs_exist_ok=True)


def _use_sqlite(content: Path) -> None:
    sqlite = BUILDS / "src" / "sqlite-database-integration" / "sqlite-database-integration.zip"
    with zipfile.ZipFile(sqlite) as archive:
        archive.extractall(content / "mu-plugins")
    (integration,) = (content / "mu-plugins").glob("sqlite-*")
    drop_in = (integration / "db.copy").read_text(encoding="utf-8")
    drop_in = drop_in.replace("{SQLITE_IMPLEMENTATION_FOLDER_PATH}", str(integration))
    (content / "db.php").write_text(drop_in, encoding="utf-8")
    shutil.rmtree(content / "database", ignore_errors=True)


def _add_plugin(folder: Path) -> None:
    (folder / "wp-config.php").write_text(_CONFIG, encoding="utf-8")
    for name in ("plugins", "mu-plugins"):
        (folder / "wp-content" / name).mkdir(exist_ok=True)
    (folder / "wp-content" / "plugins" / "attrlint").symlink_to(PLUGIN)


@contextmanager
def running(site: Site, port: int) -> Iterator[None]:
    """Serve an installed WordPress."""
    log = site.folder.parent / "php.log"
    command = [site.program, "-d", "max_execution_time=60", "-S", f"127.0.0.1:{port}", "-t", str(site.folder)]
    environment = {**os.environ, "PHP_CLI_SERVER_WORKERS": "4"}
    with log.open("wb") as file:
        # A session of its own: the workers of this server outlive it, and are ended with their group.
        process = subprocess.Popen(
            command, cwd=site.folder, env=environment, stdout=file, stderr=file, start_new_session=True
        )
    try:
        _wait(site.url, process, log)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(_PATIENCE)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            if httpx.get(f"{url}/wp-login.php", timeout=30, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError("WordPress does not come up")
