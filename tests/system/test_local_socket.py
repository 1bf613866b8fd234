"""Messages over a local socket: of this account alone, complete or not at all, and never read by a stranger."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kiosk.system.local_socket import LARGEST, BadMessage, Channel, Listener, connect, listen, port_file, socket_file

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="without these sockets there is one way only")


def soon() -> float:
    """A moment by which a message between two ends of one process has come."""
    return time.monotonic() + 20


@pytest.fixture(params=["socket", "port"])
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A path that fits the address of a Unix-domain socket, and one that does not."""
    folder = tmp_path_factory.mktemp("s")
    if request.param == "port":
        folder /= "x" * 120
        folder.mkdir()
    return folder / "live.db"


@contextmanager
def both_ends(path: Path) -> Iterator[tuple[Channel, Channel]]:
    """The end that listens, and the one that called."""
    with closing(listen(path)) as listener, closing(called(path)) as caller, closing(accepted(listener)) as accepting:
        yield accepting, caller


def called(path: Path) -> Channel:
    """A connection to the listener at that path."""
    channel = connect(path, soon())
    assert channel is not None
    return channel


def accepted(listener: Listener) -> Channel:
    """The next connection of that listener."""
    channel = listener.accept()
    assert channel is not None
    return channel


def test_messages_go_both_ways_whole(path: Path) -> None:
    """One of a few bytes, and one larger than any single read; two in a row stay two."""
    with both_ends(path) as (listening, caller):
        large = os.urandom(100_000)
        for message in (b"first", large):
            caller.send(message, soon())
        assert [listening.receive(soon()) for _ in range(2)] == [b"first", large]
        assert listening.post(b"answer")
        assert caller.receive(soon()) == b"answer"


def test_only_this_account_can_open_it(path: Path) -> None:
    """The file is for its owner; it is gone once nobody may connect."""
    with closing(listen(path)) as listener:
        assert listener.file.stat().st_mode & 0o777 == 0o600
        assert listener.file in {socket_file(path), port_file(path)}
        listener.hide()
        assert not listener.file.exists()
        assert connect(path, soon()) is None


def test_a_path_too_long_for_a_socket_has_a_port_and_a_key(tmp_path: Path) -> None:
    """An address of a Unix-domain socket has at most 107 bytes."""
    (tmp_path / ("x" * 120)).mkdir()
    with closing(listen(tmp_path / ("x" * 120) / "live.db")) as listener:
        assert (listener.sock.family, listener.key is not None) == (socket.AF_INET, True)
        assert listener.sock.getsockname()[0] == "127.0.0.1"


def test_what_a_killed_program_left_is_replaced(path: Path) -> None:
    """Its file names a socket that nobody listens at, until the next program does."""
    listen(path).close()
    assert connect(path, soon()) is None
    with both_ends(path) as (listening, caller):
        caller.send(b"hello", soon())
        assert listening.receive(soon()) == b"hello"


@pytest.mark.skipif(not hasattr(socket, "SO_PEERCRED"), reason="the system does not tell the other end's account")
def test_another_account_gets_in_at_neither_end(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where the mode of the file was changed: the system says which account the other end has."""
    path = tmp_path_factory.mktemp("s") / "live.db"
    with closing(listen(path)) as listener, closing(called(path)):
        monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
        assert listener.accept() is None
        assert connect(path, soon()) is None


def test_bytes_without_the_key_are_no_message(tmp_path: Path) -> None:
    """Any account can open a port; what it sends is refused before it is read."""
    (tmp_path / ("x" * 120)).mkdir()
    path = tmp_path / ("x" * 120) / "live.db"
    with closing(listen(path)) as listener:
        for stranger in (
            Channel(socket.socket(), None, listens=False),
            Channel(socket.socket(), bytes(32), listens=False),
        ):
            with closing(stranger):
                stranger.sock.connect(listener.sock.getsockname())
                stranger.send(b"x" * 100, soon())
                with closing(accepted(listener)) as accepting, pytest.raises(BadMessage):
                    accepting.receive(soon())


def test_who_took_over_an_abandoned_port_reads_nothing(tmp_path: Path) -> None:
    """The kiosk was killed, and another account's program got its port: the words reach it encrypted."""
    (tmp_path / ("x" * 120)).mkdir()
    path = tmp_path / ("x" * 120) / "live.db"
    with closing(listen(path)) as listener, closing(called(path)) as caller:
        caller.send(b"A third car arrived", soon())
        stranger, _ = listener.sock.accept()
        with closing(stranger):
            stranger.settimeout(20)
            raw = stranger.recv(4096)
            assert len(raw) > len(b"A third car arrived")
            assert b"car" not in raw
            stranger.sendall(raw)
        with pytest.raises(BadMessage):  # its own message, sent back as an answer
            caller.receive(soon())


def test_a_message_that_claims_to_be_endless_is_refused(path: Path) -> None:
    """From its first bytes on, so nothing is collected for it."""
    with both_ends(path) as (listening, caller):
        caller.sock.sendall((LARGEST + 1000).to_bytes(4, "big"))
        with pytest.raises(BadMessage):
            listening.receive(soon())


def test_a_message_that_is_not_complete_is_waited_for_and_then_given_up(path: Path) -> None:
    """Reading never blocks the end that listens; the end of the other program is seen."""
    with both_ends(path) as (listening, caller):
        assert listening.arrived() is None
        caller.sock.sendall(b"\x00\x00\x00\x09half")
        with pytest.raises(TimeoutError):
            listening.receive(time.monotonic() + 0.01)
        with pytest.raises(TimeoutError):
            listening.receive(time.monotonic() - 1)
        caller.close()
        with pytest.raises(EOFError):
            listening.receive(soon())


def test_after_a_withdrawal_no_answer_can_be_sent(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The other end knows at once, and what it had sent before is still read."""
    with both_ends(tmp_path_factory.mktemp("s") / "live.db") as (listening, caller):
        assert listening.post(b"before")
        found, certain = caller.withdraw()
        assert (found, certain) == ([b"before"], sys.platform == "linux")
        assert listening.post(b"after") is not certain


def test_a_withdrawal_from_a_port_is_not_certain(tmp_path: Path) -> None:
    """The system may take what is sent until it learns that nobody reads."""
    (tmp_path / ("x" * 120)).mkdir()
    with both_ends(tmp_path / ("x" * 120) / "live.db") as (_, caller):
        assert caller.withdraw() == ([], False)


@pytest.mark.parametrize("words", ["", "{", "[]", '{"port": 7}', '{"port": 7, "key": "zz"}'])
def test_a_damaged_file_of_a_port_leads_nowhere(tmp_path: Path, words: str) -> None:
    """It is as if nobody listened."""
    port_file(tmp_path / "live.db").write_text(words, encoding="ascii")
    assert connect(tmp_path / "live.db", soon()) is None
