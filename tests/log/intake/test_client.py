"""The command's end of the socket: what it may say about its entry when the kiosk does not answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kiosk.errors import Exit, NotConfirmed, Refused, StoreUnusable
from kiosk.log.intake import client
from kiosk.log.intake.client import NoAnswer, ask
from kiosk.log.intake.messages import Begun, Entered, Rejected, encode_answer, new_request
from kiosk.record.entries import Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.system.local_socket import Channel, Listener, listen

REQUEST = new_request(Entry(EntryKind.EXPORT_MADE, {"format": "csv"}))
SHORT_S = 0.05
LONG_S = 20.0


@pytest.fixture
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A path that fits a socket's address."""
    return tmp_path_factory.mktemp("s") / "live.db"


def asked(path: Path, wait_s: float = LONG_S) -> Entered | NoAnswer:
    """The result of asking, within that time."""
    return ask(path, REQUEST, time.monotonic() + wait_s)


def accepted(listener: Listener) -> Channel:
    """The next connection."""
    listener.sock.settimeout(LONG_S)
    channel = listener.accept()
    assert channel is not None
    return channel


@contextmanager
def a_kiosk(path: Path, act: Callable[[Channel], None]) -> Iterator[None]:
    """A kiosk that does this with the first connection, after it has read the request, and then closes it."""
    with closing(listen(path)) as listener:

        def run() -> None:
            with closing(accepted(listener)) as channel:
                channel.receive(time.monotonic() + LONG_S)
                act(channel)

        thread = threading.Thread(target=run)
        thread.start()
        yield
        thread.join(LONG_S)
        assert not thread.is_alive()


def saying(*answers: Begun | Entered | Rejected) -> Callable[[Channel], None]:
    """What gives these answers."""

    def act(channel: Channel) -> None:
        assert all(channel.post(encode_answer(answer)) for answer in answers)

    return act


def test_the_number_is_returned_once_it_is_durable(path: Path) -> None:
    """After the announcement of the commit, or without one when it was recorded before."""
    for answers in ((Begun(), Entered(7)), (Entered(7),)):
        with a_kiosk(path, saying(*answers)):
            assert asked(path) == Entered(7)


def test_an_error_of_the_kiosk_is_the_commands_own(path: Path) -> None:
    """With its code and its sentences."""
    with a_kiosk(path, saying(Rejected(Exit.REFUSED, "What.", "Repair."))):
        with pytest.raises(Refused) as told:
            asked(path)
        assert (told.value.what, told.value.repair) == ("What.", "Repair.")


def test_without_a_kiosk_there_is_no_answer(path: Path) -> None:
    """Nobody listens; or the kiosk closes, before the commit or in it, or says what no kiosk says."""
    assert asked(path) == NoAnswer(begun=False)
    with a_kiosk(path, saying()):
        assert asked(path) == NoAnswer(begun=False)
    with a_kiosk(path, saying(Begun())):
        assert asked(path) == NoAnswer(begun=True)
    with a_kiosk(path, lambda channel: channel.send(b"junk", time.monotonic() + LONG_S)):
        assert asked(path) == NoAnswer(begun=False)


def test_a_kiosk_that_does_not_answer_can_not_enter_it_later(path: Path) -> None:
    """It stood still. When it reads the request at last, it can't announce the commit, so it must not begin it."""
    with closing(listen(path)) as listener:
        with pytest.raises(StoreUnusable) as told:
            asked(path, SHORT_S)
        assert not isinstance(told.value, NotConfirmed)
        with closing(accepted(listener)) as channel:
            assert channel.receive(time.monotonic() + LONG_S)
            assert not channel.post(encode_answer(Begun()))


def test_a_commit_that_began_and_is_not_answered_is_unknown(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then nobody may say that nothing was entered."""
    monkeypatch.setattr(client, "COMMIT_S", SHORT_S)
    gone = threading.Event()

    def act(channel: Channel) -> None:
        assert channel.post(encode_answer(Begun()))
        assert gone.wait(LONG_S)

    with a_kiosk(path, act):
        with pytest.raises(NotConfirmed):
            asked(path)
        gone.set()


def test_over_a_port_a_late_kiosk_may_still_enter_it(tmp_path: Path) -> None:
    """The system does not tell the kiosk at once that the command has gone, so nothing is promised."""
    (tmp_path / ("x" * 120)).mkdir()
    path = tmp_path / ("x" * 120) / "live.db"
    with closing(listen(path)), pytest.raises(NotConfirmed):
        asked(path, SHORT_S)


@pytest.mark.parametrize(
    ("late", "result"),
    [(Entered(7), 7), (Rejected(Exit.REFUSED, "What.", "Repair."), Refused), (Begun(), NotConfirmed)],
)
def test_an_answer_that_came_at_the_last_moment_counts(
    path: Path, monkeypatch: pytest.MonkeyPatch, late: Begun | Entered | Rejected, result: int | type[Exception]
) -> None:
    """Between the end of patience and the withdrawal."""
    withdraw = Channel.withdraw

    def after_it_came(channel: Channel) -> tuple[list[bytes], bool]:
        came.set()
        assert sent.wait(LONG_S)
        return withdraw(channel)

    came, sent = threading.Event(), threading.Event()

    def act(channel: Channel) -> None:
        assert came.wait(LONG_S)
        assert channel.post(encode_answer(late))
        sent.set()

    monkeypatch.setattr(Channel, "withdraw", after_it_came)
    with a_kiosk(path, act):
        if isinstance(result, int):
            assert asked(path, 1.0) == Entered(result)
        else:
            with pytest.raises(result):
                asked(path, 1.0)
