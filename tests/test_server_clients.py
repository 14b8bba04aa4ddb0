"""Programs that speak to a LanguageTool server, as they are, speaking to this one."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import Served, serving

HERE = Path(__file__).resolve().parent
TEXT = "😀 50% & more of it is over, analysts note. The singer reportedly left."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("server")) as served:
        yield served


def environment(folder: Path, *packages: str) -> Path:
    """The Python of a fresh environment with these packages."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    return python


def python_with_uno() -> str | None:
    """The Python that the office's module is made for; it is not the one of the tests."""
    for name in ("/usr/bin/python3", "python3"):
        if shutil.which(name) and subprocess.run([name, "-c", "import uno"], capture_output=True).returncode == 0:
            return name
    return None


@pytest.mark.e2e
def test_libreoffice_writer_marks_the_words(server: Served, tmp_path: Path) -> None:
    soffice, python = shutil.which("soffice"), python_with_uno()
    if not soffice or not python:
        pytest.skip("there is no LibreOffice with Python: install libreoffice-writer and python3-uno")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    accept = f"--accept=socket,host=127.0.0.1,port={port};urp;"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    office = subprocess.Popen([soffice, "--headless", "--norestore", profile, accept], start_new_session=True, **quiet)
    try:
        asked = [python, str(HERE / "office_client.py"), str(port), server.url, TEXT]
        ran = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=120)
        assert ran.returncode == 0, ran.stderr
    finally:
        office.wait(60)
    told = json.loads(ran.stdout)
    assert told["known"]
    units = TEXT.encode("utf-16-le")
    words = [units[2 * start : 2 * (start + length)].decode("utf-16-le") for start, length, _, _ in told["errors"]]
    assert words == ["analysts note", "reportedly"]
    assert all(not suggestions for _, _, _, suggestions in told["errors"])
    assert "does not say which analysts" in told["errors"][0][2]


@pytest.mark.slow
def test_language_tool_python_finds_the_words(server: Served, tmp_path: Path) -> None:
    python = environment(tmp_path / "env", "language_tool_python>=3.4")
    code = """
import json, sys, language_tool_python
tool = language_tool_python.LanguageTool("en-US", remote_server=sys.argv[1])
text = sys.argv[2]
found = tool.check(text)
print(json.dumps([[text[m.offset : m.offset + m.error_length], m.rule_id, m.replacements] for m in found]))
assert tool.correct(text) == text
tool.disabled_rules.add("ATTR_HEARSAY_ADVERB")
print(len(tool.check(text)))
tool.close()
"""
    ran = subprocess.run([python, "-c", code, server.url, TEXT], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    found, left = map(json.loads, ran.stdout.splitlines())
    assert found == [["analysts note", "ATTR_VAGUE_COLLECTIVE", []], ["reportedly", "ATTR_HEARSAY_ADVERB", []]]
    assert left == 1


@pytest.mark.slow
def test_pylanguagetool_prints_the_matches(server: Served, tmp_path: Path) -> None:
    # It asks for a module of setuptools that newer ones no longer bring.
    python = environment(tmp_path / "env", "pylanguagetool==0.11.0", "setuptools<80")
    article = tmp_path / "article.txt"
    article.write_text(TEXT, encoding="utf-8")
    command = [python.parent / "pylanguagetool", "-a", f"{server.url}/v2/", "-l", "en-US", article]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1, ran.stderr
    assert "does not say which analysts" in ran.stdout
    assert "ATTR_" in ran.stdout or "reportedly" in ran.stdout
