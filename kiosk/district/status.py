"""The last state of the sending, in one small file that the sender writes and the desk and the daily check read.

The desk never waits for the sender and never asks it: a sender that hangs leaves an old state, and that is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from kiosk.district.publication import refused_bundle
from kiosk.district.told import Told, Weight
from kiosk.i18n.strings import Sentence
from kiosk.settings import Home
from kiosk.system.files import ensure_folder, read_start, save_file
from kiosk.worded import Worded

DAY_US: Final = 24 * 3600 * 1_000_000
"""Maximum time without an acknowledgement, in µs, before people are told."""
SHOWN_US: Final = 7 * DAY_US
"""How long a finding that healed by itself is shown, in µs."""

_LARGEST: Final = 1 << 20


class Failure(Worded):
    """Why a call was not acknowledged. The words follow "The last attempt failed:"."""

    UNREACHABLE = "unreachable", "the district's database was not reached, or did not confirm the call"
    LATE = "late", "the district's database did not answer in time"
    NOT_ALLOWED = "not-allowed", "the district does not accept this desk; it may have retired it"
    REFUSED = "refused", "the district's database refused the call"
    NOT_INSTALLED = "not-installed", "the database has no district's store, or one of another version"
    NOT_TAKEN = "not-taken", "the district's database kept nothing of the call"
    UNEXPECTED = "unexpected", "the district's database answered in a way that this program does not know"
    NO_DRIVER = "no-driver", "this program has no driver for the district's database"
    LOG = "log", "the log can't be read now"
    SETTINGS = "settings", "the desk's file for the district can't be used"


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding about one log. at_us: when; before, after: the acknowledged entries before and after it."""

    origin: str
    told: Told
    at_us: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class SendingStatus:
    """The last state of the sending; times in microseconds since 1970 UTC by this computer's clock.

    since_us: the first attempt. acknowledged_us: the last acknowledged call, None before the first.
    tried_us: the last attempt. entries: all entries of the live logs. behind: those not acknowledged.
    values_behind: entries whose values are not acknowledged. failure: why the last call failed; None if it did not.
    """

    since_us: int
    tried_us: int
    acknowledged_us: int | None = None
    entries: int = 0
    behind: int = 0
    values_behind: int = 0
    failure: Failure | None = None
    findings: tuple[Finding, ...] = ()

    def stopped(self) -> tuple[Finding, ...]:
        """Return the findings for which a person must act."""
        return tuple(one for one in self.findings if one.told.weight is Weight.STOPPED)

    def healed(self, now_us: int) -> tuple[Finding, ...]:
        """Return the findings that healed by themselves in the last days."""
        recent = (one for one in self.findings if abs(now_us - one.at_us) < SHOWN_US)
        return tuple(one for one in recent if one.told.weight is Weight.HEALED)

    def is_late(self, now_us: int) -> bool:
        """Check whether the district acknowledged nothing for a day. A clock that was set back makes nothing late."""
        return now_us - (self.since_us if self.acknowledged_us is None else self.acknowledged_us) > DAY_US


def status_file(home: Home) -> Path:
    """Return the path of the state."""
    return home.sending / "status.json"


def is_enrolled(home: Home) -> bool:
    """Check whether this desk sends to a district at all."""
    return home.enrollment_file.exists()


def read_status(home: Home) -> SendingStatus | None:
    """Return the last state; None before the first attempt, or for a file that can't be read.

    Before the first attempt the age of the desk's file for the district counts: see `status_or_begin`.
    """
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return _status(json.loads(read_start(status_file(home), _LARGEST)))
    return None


def status_or_begin(home: Home, now_us: int) -> SendingStatus:
    """Return the last state; before the first attempt, one that began when the desk was enrolled."""
    found = read_status(home)
    if found is not None:
        return found
    with suppress(OSError):
        now_us = home.enrollment_file.stat().st_mtime_ns // 1000
    return SendingStatus(now_us, now_us)


def save_status(home: Home, status: SendingStatus) -> None:
    """Save the state. Raises StoreUnusable."""
    ensure_folder(home.sending)
    save_file(status_file(home), json.dumps(asdict(status), indent=1).encode())


def home_warnings(home: Home, now_us: int) -> Iterator[Sentence]:
    """Yield what the home screen says about the sending, the most important first; it reads two small files."""
    if not is_enrolled(home):
        return
    found = status_or_begin(home, now_us)
    if found.stopped():
        yield Sentence.of("district.stopped")
    elif found.is_late(now_us):
        yield Sentence.of("district.late")
    if refused_bundle(home) is not None:
        yield Sentence.of("district.bundle")


def _status(read: Mapping[str, Any]) -> SendingStatus:
    late = read["acknowledged_us"]
    return SendingStatus(
        int(read["since_us"]),
        int(read["tried_us"]),
        None if late is None else int(late),
        int(read["entries"]),
        int(read["behind"]),
        int(read["values_behind"]),
        Failure.of_id(read["failure"]),
        tuple(_findings(read["findings"])),
    )


def _findings(read: list[Mapping[str, Any]]) -> Iterator[Finding]:
    for one in read:
        told = Told.of_id(one["told"])
        if told is not None:
            yield Finding(str(one["origin"]), told, int(one["at_us"]), int(one["before"]), int(one["after"]))
