"""A Wagtail site of a newsroom, in this environment or in one with the long-term release and the wheel alone."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SITE = Path(__file__).resolve().parent / "wagtail_site"
LTS = "wagtail>=7.4,<7.5"
VERSIONS = ("current", "lts")


@pytest.fixture(scope="session", params=VERSIONS)
def wagtail_python(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The interpreter of a release of Wagtail; the long-term one has an environment with the wheel of this checkout."""
    if request.param == "current":
        return sys.executable
    folder = tmp_path_factory.mktemp("wagtail") / "env"
    venv.create(folder, with_pip=True)
    found = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [found, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"{ROOT}[wagtail]", LTS]
    subprocess.run(install, cwd=folder, check=True, env=_environment(folder))
    return str(found)


def _environment(data: Path, mode: str = "require reason") -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DJANGO"))}
    return {**clean, "NEWSROOM_DATA": str(data), "NEWSROOM_MODE": mode, "PYTHONUTF8": "1"}


class Newsroom:
    """The site in a folder of its own; `address` is where it answers while it is started."""

    def __init__(self, interpreter: str, folder: Path) -> None:
        self._python, self.folder = interpreter, folder
        shutil.copytree(SITE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        self._server: subprocess.Popen[bytes] | None = None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"http://127.0.0.1:{free.getsockname()[1]}"
        self.manage("makemigrations", "newsroom", "-v0")

    def manage(self, *words: str, mode: str = "require reason") -> str:
        """What a command prints; it must succeed."""
        return self.python("-W", "ignore", "manage.py", *words, cwd=self.folder, mode=mode)

    def python(self, *words: str, cwd: Path, mode: str = "require reason") -> str:
        """What the interpreter of the site prints; it must succeed."""
        ran = subprocess.run(
            [self._python, *words],
            cwd=cwd,
            env=_environment(self.folder, mode),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert ran.returncode == 0, f"{words}\n{ran.stdout}\n{ran.stderr}"
        return ran.stdout

    def run(self, code: str, mode: str = "require reason") -> str:
        """What a script prints that runs inside the site."""
        return self.manage("shell", "--no-imports", "-v0", "-c", code, mode=mode).strip()

    def start(self, mode: str = "require reason") -> None:
        """Answer requests, in the mode that is wanted."""
        self.stop()
        with (self.folder / "server.log").open("ab") as log:
            self._server = subprocess.Popen(
                [self._python, "-W", "ignore", "manage.py", "runserver", "--noreload", self.address[len("http://") :]],
                cwd=self.folder,
                env=_environment(self.folder, mode),
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        deadline = time.monotonic() + 60
        while not self._answers():
            assert self._server.poll() is None, (self.folder / "server.log").read_text(encoding="utf-8")
            assert time.monotonic() < deadline, "the site does not answer"
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.address}/admin/login/", timeout=20).close()
        except (urllib.error.URLError, ConnectionError):
            return False
        return True

    def stop(self) -> None:
        """Answer no more."""
        if self._server is not None:
            self._server.terminate()
            self._server.wait(timeout=20)
            self._server = None
