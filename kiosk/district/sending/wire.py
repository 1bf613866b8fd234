"""Calls to the district's database with a deadline of our own, so that no server can hold the sender.

PostgreSQL's own time limits don't end every wait: a commit that waits for a standby ends by a cancel only, and then the
server answers “ok” with a warning. So the connection is closed at the deadline, and what was sent is not acknowledged.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final, Protocol, TypeVar

from db.district import calls, publishing
from db.district.calls import Answer, Batch
from db.district.connection import Address, Store, connected
from db.district.errors import DistrictError, NotAllowed, NotInstalled, Refused, Unreachable
from db.district.publishing import Part
from kiosk.district.sending.outbox import Values
from kiosk.district.status import Failure
from kiosk.record.transparency.merkle import HASH_BYTES

CALL_S: Final = 60.0
"""Seconds until a call counts as not acknowledged."""

T = TypeVar("T")


class NotAcknowledged(Exception):
    """A call was not acknowledged: it may have been taken or not. why: the reason."""

    def __init__(self, why: Failure) -> None:
        super().__init__(why.words)
        self.why = why


class District(Protocol):
    """The calls of an open connection. All raise NotAcknowledged, after which no call may follow."""

    def ingest(self, batch: Batch) -> Answer:
        """Send entries."""

    def disclose(self, values: Values) -> Answer:
        """Send values."""

    def published(self, known: bytes) -> Part | None:
        """Return the newest bundle for this desk; None for none. known: the SHA-256 of the one that it has."""


class Connection:
    """A `District` over the network."""

    def __init__(self, store: Store, call_s: float) -> None:
        self._store, self._call_s = store, call_s

    def ingest(self, batch: Batch) -> Answer:
        """Send entries."""
        return _checked(self._within(lambda: calls.ingest(self._store, batch)))

    def disclose(self, values: Values) -> Answer:
        """Send values."""
        sent = self._within(lambda: calls.disclose(self._store, values.origin, values.values, values.size))
        return _checked(sent)

    def published(self, known: bytes) -> Part | None:
        """Return the newest bundle for this desk."""
        return self._within(lambda: publishing.published(self._store, known))

    def _within(self, call: Callable[[], T]) -> T:
        deadline = _Deadline(self._store, self._call_s)
        try:
            answer = call()
        except DistrictError as error:
            raise NotAcknowledged(Failure.LATE if deadline.over() else failure_of(error)) from error
        except (ValueError, TypeError) as error:  # a word that this version does not know, or no number
            raise NotAcknowledged(Failure.UNEXPECTED) from error
        finally:
            late = deadline.over()
        if late:
            raise NotAcknowledged(Failure.LATE)
        return answer


def _checked(answer: Answer) -> Answer:
    """Return an answer about a log if it is one. Raises NotAcknowledged."""
    numbers = type(answer.size) is int and type(answer.disclosed_to) is int and answer.size >= 0
    if not numbers or len(answer.root) != HASH_BYTES:
        raise NotAcknowledged(Failure.UNEXPECTED)
    return answer


class _Deadline:
    """Closes the connection under a waiting call, from another thread, unless the call is over by then."""

    def __init__(self, store: Store, seconds: float) -> None:
        self._store, self._turn, self._late, self._over = store, threading.Lock(), False, False
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def over(self) -> bool:
        """End the deadline; return whether it had passed. After that the connection's handle is left alone."""
        self._timer.cancel()
        with self._turn:
            self._over = True
            return self._late

    def _cut(self) -> None:
        with self._turn, suppress(OSError):
            if self._over:
                return
            self._late = True
            line = socket.socket(fileno=self._store.connection.fileno())
            try:
                line.shutdown(socket.SHUT_RDWR)
            finally:
                line.detach()  # the library closes the handle itself


@contextmanager
def connection(address: Address, call_s: float = CALL_S) -> Iterator[District]:
    """Open a connection for a block. Raises NotAcknowledged."""
    try:
        with connected(address) as store:
            yield Connection(store, call_s)
    except DistrictError as error:
        raise NotAcknowledged(failure_of(error)) from error
    except ImportError as error:
        raise NotAcknowledged(Failure.NO_DRIVER) from error


def failure_of(error: DistrictError) -> Failure:
    """Return the reason in an error of the store."""
    match error:
        case NotAllowed():
            return Failure.NOT_ALLOWED
        case Refused():
            return Failure.REFUSED
        case NotInstalled():
            return Failure.NOT_INSTALLED
        case Unreachable() | DistrictError():
            return Failure.UNREACHABLE
