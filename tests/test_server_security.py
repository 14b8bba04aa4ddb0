"""Who may call the server, how much of it they may use, and what is written down about them."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving import VAGUE, Served, serving

from attrlint.cli import main

TOKEN = "a-token-that-nobody-guesses-1"
LONG = "The offensive has stalled, analysts note. Officials said so. " * 16_000
"""Reading this takes much longer than a second."""

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in the manner of Linux")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("server")
    (path / "tokens").write_text(f"{TOKEN}\n\nanother-token-that-nobody-guesses\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def closed(folder: Path) -> Iterator[Served]:
    """A server that other machines may reach, with a token, two names and one site that may call it."""
    options = "--host 0.0.0.0 --token-file tokens --allow-host lint.example --allow-origin https://cms.example/"
    limits = "--workers 1 --max-body 100000 --access-log"
    with serving(folder, "serve", *options.split(), *limits.split()) as served:
        served.client.base_url = httpx.URL(f"http://127.0.0.1:{served.port}")
        yield served


@pytest.fixture(scope="module")
def tight(folder: Path) -> Iterator[Served]:
    """A server with one worker, little time and a short queue."""
    options = "--workers 1 --timeout 1 --queue 2 --max-text 2000000"
    with serving(folder, "serve", *options.split()) as served:
        yield served


def bearer(token: str = TOKEN) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def until(true: Callable[[], Any]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_other_machines_need_a_token(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--host", "0.0.0.0", "--port", "0"]) == 2
    assert "give --token-file" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "there is no token"),
        ("short\n", ":1: a token has at least 20"),
        (f"{TOKEN}\ntwo words make no token\n", ":2:"),
    ],
)
def test_a_bad_token_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, words: str
) -> None:
    file = tmp_path / "tokens"
    file.write_text(content, encoding="utf-8")
    assert main(["serve", "--token-file", str(file), "--port", "0"]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert "secrets.token_urlsafe" in told
    assert main(["serve", "--token-file", str(tmp_path / "none"), "--port", "0"]) == 2
    assert "No such file" in capsys.readouterr().err


def test_a_port_in_use_is_an_error_with_a_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["serve", "--port", str(taken.getsockname()[1])]) == 2
    assert "--port takes another" in capsys.readouterr().err


def test_it_says_what_it_exposes(closed: Served) -> None:
    told = closed.log.read_text(encoding="utf-8")
    assert "other machines reach it" in told
    assert "not encrypted" in told
    assert "https://cms.example may call it" in told


@pytest.mark.parametrize("path", ["/v1/check", "/v1/parse", "/v1/sources", "/v1/batch", "/v1/openapi.json", "/metrics"])
def test_without_the_token_nothing_is_read(closed: Served, path: str) -> None:
    for headers in ({}, bearer("wrong"), bearer(TOKEN[:-1]), {"authorization": f"Basic {TOKEN}"}):
        answer = closed.client.post(path, json={"text": VAGUE}, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert "findings" not in answer.text


def test_every_token_of_the_file_opens_it(closed: Served) -> None:
    for token in (TOKEN, "another-token-that-nobody-guesses"):
        assert closed.client.post("/v1/check", json={"text": VAGUE}, headers=bearer(token)).status_code == 200
    assert closed.client.get("/v1/ready").status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("evil.example", 421),
        ("evil.example:8081", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example", 421),
        ("", 421),
        ("[", 421),
        ("lint.example", 200),
        ("LINT.example:443", 200),
        ("localhost:1", 200),
        ("127.0.0.1", 200),
        ("192.168.1.7:8081", 200),
        ("[::1]:8081", 200),
    ],
)
def test_a_rebound_name_is_turned_away(closed: Served, host: str, status: int) -> None:
    answer = closed.client.post("/v1/check", json={"text": VAGUE}, headers={**bearer(), "host": host})
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://evil.example", 403),
        ("null", 403),
        ("https://cms.example.evil.example", 403),
        ("http://cms.example", 403),
        ("https://cms.example", 200),
        ("http://lint.example", 200),
    ],
)
def test_only_pages_of_known_sites_may_call(closed: Served, origin: str, status: int) -> None:
    headers = {**bearer(), "host": "lint.example", "origin": origin}
    answer = closed.client.post("/v1/check", json={"text": VAGUE}, headers=headers)
    assert answer.status_code == status
    shared = answer.headers.get("access-control-allow-origin")
    assert shared == ("https://cms.example" if origin == "https://cms.example" else None)


def test_a_preflight_is_answered_for_known_sites_alone(closed: Served) -> None:
    asks = {"access-control-request-method": "POST", "access-control-request-headers": "authorization,content-type"}
    known = closed.client.options("/v1/check", headers={**asks, "origin": "https://cms.example"})
    assert known.headers["access-control-allow-origin"] == "https://cms.example"
    stranger = closed.client.options("/v1/check", headers={**asks, "origin": "https://evil.example"})
    assert "access-control-allow-origin" not in stranger.headers


def test_without_the_option_no_site_may_call(tight: Served) -> None:
    asks = {"origin": "https://cms.example", "access-control-request-method": "POST"}
    answer = tight.client.options("/v1/check", headers=asks)
    assert answer.status_code in (403, 405)
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_every_answer_carries_the_headers_that_protect_it(closed: Served) -> None:
    for answer in (closed.client.get("/v1/health"), closed.client.get("/none"), closed.client.post("/v1/check")):
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cache-control"] == "no-store"


def test_a_large_body_is_refused_before_it_is_read(closed: Served) -> None:
    answer = closed.client.post("/v1/check", content=b"a" * 100_001, headers=bearer())
    assert answer.status_code == 413
    assert "--max-body" in answer.json()["detail"]
    parts = (b"a" * 10_000 for _ in range(11))
    assert closed.client.post("/v1/check", content=parts, headers=bearer()).status_code == 413


def test_no_word_of_an_article_is_written_down(closed: Served) -> None:
    secret = "Xylophonist"
    bodies: list[dict[str, Any]] = [
        {"json": {"text": f"{secret} said so, analysts note."}},
        {"content": f"{secret}\0".encode()},
        {"json": {"text": "a", secret: "b"}},
        {"content": f'{{"text": "{secret}'.encode(), "headers": {"content-type": "application/json"}},
        {"params": {"path": secret, "preset": secret}, "content": b"a"},
    ]
    for body in bodies:
        for path in ("/v1/check", "/v1/batch", f"/v1/{secret}", f"/v1/rules/{secret}"):
            closed.client.post(path, **{**body, "headers": {**bearer(), **body.get("headers", {})}})
    with socket.create_connection(("127.0.0.1", closed.port)) as line:
        line.sendall(f"{secret} / {secret}\r\n\r\n".encode())
        line.recv(100)
    until(lambda: "/v1/rules/{name} 405" in closed.log.read_text(encoding="utf-8"))
    assert secret not in closed.log.read_text(encoding="utf-8")
    assert secret not in closed.client.get("/metrics", headers=bearer()).text


@needs_linux
def test_an_article_that_takes_too_long_is_given_up_and_its_worker_replaced(tight: Served) -> None:
    (before,) = tight.workers()
    answer = tight.check(LONG)
    assert answer.status_code == 504
    assert "more than 1 seconds" in answer.json()["detail"]
    assert tight.check().status_code == 200
    (after,) = tight.workers()
    assert after != before
    assert re.search(r"attrlint_workers_replaced [1-9]", tight.client.get("/metrics").text)


def test_a_full_queue_is_told_with_the_time_to_come_back(tight: Served) -> None:
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda _: tight.check(LONG), range(6)))
    busy = [answer for answer in answers if answer.status_code == 429]
    assert len(busy) >= 2
    assert {answer.status_code for answer in answers} <= {429, 504}
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in busy)
    assert tight.check().status_code == 200


def test_a_body_that_does_not_come_is_not_waited_for(tight: Served) -> None:
    with socket.create_connection(("127.0.0.1", tight.port), timeout=20) as line:
        line.sendall(b"POST /v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nThe offensive")
        assert line.recv(1000).startswith(b"HTTP/1.1 408 ")


def test_bodies_that_do_not_come_leave_others_their_room(folder: Path) -> None:
    half = b"POST /v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nThe offensive"
    with serving(folder, "serve", "--workers", "1", "--queue", "1", "--timeout", "4") as served, ExitStack() as lines:
        for _ in range(2):
            line = socket.create_connection(("127.0.0.1", served.port), timeout=20)
            lines.enter_context(line).sendall(half)
        until(lambda: served.check().status_code == 429)
        assert served.client.get("/v1/ready").status_code == 200
        until(lambda: served.check().status_code == 200)


def test_others_are_answered_while_one_takes_too_long(folder: Path) -> None:
    with serving(folder, "serve", "--workers", "2", "--timeout", "3", "--max-text", "2000000") as served:
        slow: list[httpx.Response] = []
        thread = threading.Thread(target=lambda: slow.append(served.check(LONG)))
        thread.start()
        time.sleep(0.2)
        started = time.monotonic()
        assert [served.check().status_code for _ in range(10)] == [200] * 10
        assert time.monotonic() - started < 2.5  # and not once the long one has been given up
        thread.join()
        assert slow[0].status_code == 504


@needs_linux
def test_a_killed_worker_loses_only_its_own_article(folder: Path) -> None:
    with (
        serving(folder, "serve", "--workers", "2", "--max-text", "2000000") as served,
        ThreadPoolExecutor(8) as threads,
    ):
        first = threads.submit(served.check, LONG)
        time.sleep(0.3)
        others = [threads.submit(served.check, f"{VAGUE} {n}") for n in range(40)]
        busy = max(served.workers(), key=processor_time)
        os.kill(busy, signal.SIGKILL)
        lost = first.result()
        assert lost.status_code == 503
        assert lost.headers["retry-after"] == "1"
        assert [answer.result().status_code for answer in others] == [200] * 40
        for worker in served.workers():
            os.kill(worker, signal.SIGKILL)
        time.sleep(0.2)
        assert [served.check().status_code for _ in range(4)] == [200] * 4


def processor_time(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@needs_linux
def test_an_ending_server_finishes_what_it_took(folder: Path) -> None:
    with (
        serving(folder, "serve", "--workers", "1", "--max-text", "2000000") as served,
        ThreadPoolExecutor(1) as threads,
    ):
        taken = threads.submit(served.check, LONG[:300_000])
        time.sleep(0.1)
        helpers = [served.process.pid, *served.workers()]
        for pid in helpers:
            os.kill(pid, signal.SIGTERM)
        answer = taken.result()
        assert answer.status_code == 200
        assert answer.json()["summary"]["findings"]
        assert served.process.wait(30) == 0
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in helpers[1:]))


def test_ctrl_c_ends_it_quietly(folder: Path) -> None:
    with serving(folder) as served:
        served.check()
        served.process.send_signal(signal.SIGINT)
        assert served.process.wait(30) in (0, 130)
        assert "Traceback" not in served.log.read_text(encoding="utf-8")


def test_a_client_that_hangs_up_costs_nothing(tight: Served) -> None:
    for _ in range(5):
        line = http.client.HTTPConnection("127.0.0.1", tight.port)
        line.request("POST", "/v1/check", json.dumps({"text": VAGUE * 2000}), {"content-type": "application/json"})
        line.close()
    until(lambda: tight.check().status_code == 200)
    assert "Traceback" not in tight.log.read_text(encoding="utf-8")


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    code = "import sys; sys.modules['uvicorn'] = None; from attrlint.cli import main; sys.exit(main(['serve']))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert 'pip install "attrlint[server]"' in ran.stderr


def test_the_name_of_an_article_leads_to_no_file(tight: Served, folder: Path) -> None:
    (folder / "attrlint.toml").write_text('ignore = ["vague-collective"]\n', encoding="utf-8")
    (mark,) = tight.check().json()["files"][0]["findings"]
    entry = f"draft.txt\tvague-collective\t{mark['fingerprint']}\t1\tanalysts note\tKnown.\n"
    (folder / ".attrlint-accepted").write_text(entry, encoding="utf-8")
    for path in ("draft.txt", str(folder / "draft.txt"), "../draft.txt"):
        (found,) = tight.check(VAGUE, path=path, format="text").json()["files"][0]["findings"]
        assert not found["waived"]


def test_the_configuration_of_the_server_holds_for_all_articles(folder: Path) -> None:
    config = folder / "desk.toml"
    config.write_text('ignore = ["hearsay"]\n[severities]\nvague-collective = "error"\n', encoding="utf-8")
    text = f"{VAGUE} The singer reportedly left."
    with serving(folder, "serve", "--workers", "1", "--config", "desk.toml") as served:
        for answer in (served.check(text), served.check(text, path="elsewhere/a.txt")):
            (found,) = answer.json()["files"][0]["findings"]
            assert (found["rule"], found["severity"]) == ("vague-collective", "error")
        asked = served.client.post("/v2/check", data={"text": text, "language": "en-US"}).json()
        assert [match["rule"]["id"] for match in asked["matches"]] == ["ATTR_VAGUE_COLLECTIVE"]
        rules = {rule["name"]: rule for rule in served.client.get("/v1/rules").json()["rules"]}
        assert not rules["hearsay-adverb"]["on"]
        assert rules["vague-collective"]["severity"] == "error"


def test_a_configuration_that_cannot_be_used_is_told_at_the_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "desk.toml").write_text('ignore = ["haersay"]\n', encoding="utf-8")
    assert main(["serve", "--config", str(tmp_path / "desk.toml"), "--port", "0"]) == 2
    assert "did you mean “hearsay”" in capsys.readouterr().err
