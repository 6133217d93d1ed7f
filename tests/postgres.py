"""A real PostgreSQL of its own for tests: made in a folder, started on a free port, stopped at the end."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path


def programs() -> Path | None:
    """The folder of PostgreSQL's server programs, None where it is not installed."""
    # Debian keeps them off the PATH, a folder a version.
    folders = [Path(found).parent for found in [shutil.which("initdb")] if found]
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "pg_ctl").exists()), None)


@contextlib.contextmanager
def running(folder: Path) -> Iterator[str]:
    """Start a server whose data lie in a new folder; gives its address."""
    found = programs()
    assert found is not None, "PostgreSQL is not installed; `apt-get install postgresql` does it"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder.mkdir(parents=True)
    owner = _owner(folder)

    def run(*command: str) -> None:
        subprocess.run([*owner, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)

    data = folder / "data"
    run(str(found / "initdb"), "-D", str(data), "-U", "furat", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    run(str(found / "pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql://furat@127.0.0.1:{port}/postgres"
    finally:
        run(str(found / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")


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
