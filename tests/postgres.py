"""A real PostgreSQL of its own for tests: made in a folder, started on a free port, stopped at the end."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote


def programs() -> Path | None:
    """The folder of PostgreSQL's server programs, None where it is not installed."""
    # Debian keeps them off the PATH, a folder a version.
    folders = [Path(found).parent for found in [shutil.which("initdb")] if found]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


PASSWORD = "p@ss:w/o#r%d?"


@dataclass(frozen=True)
class Server:
    """A server that can be stopped and started again. data: its folder. port: of 127.0.0.1."""

    data: Path
    port: int

    @property
    def address(self) -> str:
        """Where a store may be."""
        return f"postgresql://furat:{quote(PASSWORD, safe='')}@127.0.0.1:{self.port}/postgres"

    @property
    def socket(self) -> str:
        """The same by way of a socket of the file system, without a password."""
        return f"postgresql:///postgres?host={self.data.parent}&port={self.port}&user=furat"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.data.parent}"
        self._control("-o", f"{options} -c fsync=off", "-l", str(self.data.parent / "log"), "-w", "start")

    def stop(self) -> None:
        """Stop it, whoever is connected."""
        self._control("-m", "immediate", "stop")

    def _control(self, *words: str) -> None:
        found = programs()
        assert found is not None
        _run(str(found / "pg_ctl"), "-D", str(self.data), *words, folder=self.data.parent)


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Start a server whose data lie in a new folder."""
    found = programs()
    assert found is not None, "PostgreSQL is not installed; `apt-get install postgresql` does it"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder.mkdir(parents=True)
    (folder / "password").write_text(PASSWORD, "utf-8")
    server = Server(folder / "data", port)
    how = ("-U", "furat", "--auth-local=trust", "--auth-host=scram-sha-256", f"--pwfile={folder / 'password'}")
    how += ("-E", "UTF8", "--locale=C", "--no-sync")
    _run(str(found / "initdb"), "-D", str(server.data), *how, folder=folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _run(*command: str, folder: Path) -> None:
    subprocess.run([*_owner(folder), *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)


def _owner(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: hand the folder to the user its package made."""
    if os.geteuid() != 0:
        return []
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    for parent in folder.parents:
        if parent.owner() == "root" and parent != Path("/") and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o011)
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
