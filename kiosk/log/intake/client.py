"""The command's end: it sends its entries to the kiosk that has the log open, and waits for the answer."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.errors import NotConfirmed, StoreUnusable
from kiosk.log.intake.messages import Begun, Entered, EntryRequest, Rejected, decode_answer, encode_request
from kiosk.system.local_socket import BadMessage, Channel, connect

PATIENCE_S: Final = 5.0
"""Maximum seconds to wait until the kiosk begins the commit."""

COMMIT_S: Final = 5.0
"""Maximum further seconds to wait for a commit that has begun."""


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """No kiosk answered: there is none, or it closed. begun: whether it had begun the commit."""

    begun: bool = False


def ask(path: Path, request: EntryRequest, until: float) -> Entered | NoAnswer:
    """Have the kiosk that has the log at `path` open record these entries. until: by the monotonic clock.

    Raises the kiosk's error when it rejects them; StoreUnusable when it does not answer in time, and nothing was
    entered; NotConfirmed when it began the commit, or may have, and did not answer in time.
    """
    message = encode_request(request)
    try:
        channel = connect(path, until)
        if channel is None:
            return NoAnswer()
        try:
            channel.send(message, until)
            return _answer(channel, until)
        finally:
            channel.close()
    except TimeoutError as error:
        raise no_answer() from error
    except (OSError, EOFError, BadMessage):
        return NoAnswer()


def no_answer() -> StoreUnusable:
    """Return the error about a kiosk that does not answer, when nothing was entered."""
    return StoreUnusable(
        "Another program has the log open and did not answer in time. Nothing was entered.",
        "Try again. If it fails again, close the kiosk first.",
    )


def unknown() -> NotConfirmed:
    """Return the error about a kiosk that began the commit and did not answer."""
    return NotConfirmed(
        "The kiosk did not answer in time. Nobody knows yet whether this was entered.",
        "Look for it with `kiosk log show` or `kiosk log audit` before you try again.",
    )


def _answer(channel: Channel, until: float) -> Entered | NoAnswer:
    begun = False
    try:
        while True:
            match decode_answer(channel.receive(until)):
                case Begun():
                    begun, until = True, time.monotonic() + COMMIT_S
                case Entered() as entered:
                    return entered
                case Rejected() as rejected:
                    raise rejected.error()
    except TimeoutError as error:
        return _withdrawn(channel, error, begun=begun)
    except (OSError, EOFError, BadMessage):
        return NoAnswer(begun)


def _withdrawn(channel: Channel, late: TimeoutError, *, begun: bool) -> Entered:
    """Return the answer that came at the last moment. Raises the error that fits what the kiosk may still do."""
    messages, certain = channel.withdraw()
    for message in messages:
        match decode_answer(message):
            case Begun():
                begun = True
            case Entered() as entered:
                return entered
            case Rejected() as rejected:
                raise rejected.error()
    raise (no_answer() if certain and not begun else unknown()) from late
