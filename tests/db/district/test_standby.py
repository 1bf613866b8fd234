"""A lost primary: the standby that takes its place is a beginning of each log, and the desk sends the rest again."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.district.calls import Word
from db.district.connection import connected
from db.district.errors import Unreachable
from db.district.install import install
from db.district.private_server import PrivateServer, private_server
from tests.db.district.desks import Desk, Sent, a_desk, asked

NOBODY = 65534
EARLY = 8
"""Entries that the standby has when the primary is lost."""


def as_owner(server: PrivateServer, program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL as the owner of a server's folder: it refuses to run as root."""
    command = [str(server.programs / program), *arguments]
    if os.geteuid() == 0:
        command = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *command]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def primary() -> Iterator[PrivateServer]:
    """A server with a store, from which a standby may copy."""
    with private_server(durable=True) as found:
        if not (found.programs / "pg_basebackup").exists():
            pytest.skip("pg_basebackup is missing: a standby is a copy that it made; KIOSK_POSTGRES_BIN names others")
        with (found.folder / "data" / "pg_hba.conf").open("a", encoding="utf-8") as hba:
            hba.write("local replication all trust\n")
        asked(found, "postgres", "SELECT pg_reload_conf()")
        asked(found, "postgres", "CREATE DATABASE district")
        with connected(found.address("district")) as store:
            install(store)
        yield found


@pytest.fixture
def standby(primary: PrivateServer, sent: Sent) -> Iterator[tuple[Desk, Desk]]:
    """The desk at the primary, which has a few entries more, and at the standby, which lost its primary."""
    at_primary = a_desk(primary, "district")
    assert at_primary.ingest(sent.batch(0, EARLY)).word is Word.OK
    folder = Path(tempfile.mkdtemp(prefix="kiosk-pg-", dir="/tmp"))
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    second = PrivateServer(folder, primary.programs)
    try:
        source, data = str(primary.folder), str(folder / "data")
        as_owner(second, "pg_basebackup", "-R", "-c", "fast", "-h", source, "-U", "postgres", "-D", data)
        assert at_primary.ingest(sent.batch(EARLY)).word is Word.OK
        primary.stop("immediate")
        second.start()
        yield at_primary, Desk(second, "district", at_primary.role)
        second.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        primary.start()


def test_a_promoted_standby_gets_again_what_only_the_lost_primary_had(standby: tuple[Desk, Desk], sent: Sent) -> None:
    """What both had is there with the desk's root; the rest was acknowledged, is missing, and is taken again once."""
    _, second = standby
    with pytest.raises(Unreachable):  # a standby takes nothing before it is promoted: the desk tries again later
        second.ingest(sent.batch())
    as_owner(second.server, "pg_ctl", "promote", "-w", "-D", str(second.server.folder / "data"))
    size = len(sent.rows)
    behind = second.ingest(sent.batch(size, size))
    assert (behind.word, behind.size, behind.root) == (Word.GAP, EARLY, sent.root(EARLY))
    healed = second.ingest(sent.batch(EARLY))
    assert (healed.word, healed.size, healed.root) == (Word.OK, size, sent.root(size))
    rows = asked(second.server, "district", "SELECT header FROM district.entry ORDER BY seq")
    assert [row[0] for row in rows] == [row.header for row in sent.rows]


@pytest.mark.long
def test_two_servers_that_both_take_entries_are_each_a_beginning_of_the_log(
    standby: tuple[Desk, Desk], sent: Sent
) -> None:
    """The lost primary comes back although the standby was promoted: each takes what it lacks."""
    first, second = standby
    as_owner(second.server, "pg_ctl", "promote", "-w", "-D", str(second.server.folder / "data"))
    first.server.start()
    try:
        for desk in (second, first):
            answer = desk.send(sent)
            assert (answer.word, answer.root) == (Word.OK, sent.root(len(sent.rows)))
    finally:
        first.server.stop("immediate")
