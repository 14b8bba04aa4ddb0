"""A MariaDB of its own for a WordPress: without network, and gone with its folder."""

from __future__ import annotations

import getpass
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

INSTALL = shutil.which("mariadb-install-db")
_PATIENCE = 60
_PLACES = "/usr/sbin:/usr/bin:/usr/local/sbin"


@contextmanager
def running(folder: Path) -> Iterator[None]:
    """Serve an empty database “wordpress” to root without a password, on the socket `socket` in a new folder."""
    assert INSTALL
    folder.mkdir()
    user = f"--user={getpass.getuser()}"
    data = folder / "data"
    install = [INSTALL, user, f"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db"]
    subprocess.run(install, check=True, stdout=subprocess.DEVNULL)
    (folder / "first.sql").write_text("CREATE DATABASE wordpress;", encoding="utf-8")
    log = folder / "log"
    server = shutil.which("mariadbd", path=_PLACES) or "mariadbd"
    command = [server, user, f"--datadir={data}", f"--socket={folder / 'socket'}", "--skip-networking"]
    command += [f"--pid-file={folder / 'pid'}", f"--init-file={folder / 'first.sql'}"]
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file)
    try:
        end = time.monotonic() + _PATIENCE
        while "ready for connections" not in log.read_text(encoding="utf-8"):
            assert process.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < end, "MariaDB does not come up"
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(_PATIENCE)
