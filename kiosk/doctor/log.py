"""The log: whether it opens, whether its newest entry is whole, what was left open, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Literal, Protocol

from kiosk.doctor.check import Check
from kiosk.doctor.duties import look_at_duties
from kiosk.doctor.log_key import check_key
from kiosk.doctor.outside_copies import check_outside_copies
from kiosk.doctor.retention import look_at_keeping
from kiosk.log.continuity import Log as Usable
from kiosk.log.signing_key import remembered
from kiosk.log.swap import pending
from kiosk.packs.files import NOTE_FILE
from kiosk.record import kinds as h
from kiosk.record.entries import SealedEntry, unseal
from kiosk.record.verification.succession import unseen
from kiosk.reports.events import new_log
from kiosk.reports.formatting import many, moment
from kiosk.settings import Home
from kiosk.system.clock import Clock, Sync

EARLIEST_YEAR: Final = 2024

BEHIND_US: Final = 2_000_000
"""How far the clock may lie behind the newest entry (µs) before that is worth a word."""


class Log(Usable, Protocol):
    """The log, opened for reading."""

    def size(self) -> int:
        """How many entries it holds."""

    def last(self) -> SealedEntry | None:
        """The newest entry."""

    def encounter_ids(self, kind: str) -> Sequence[str]:
        """The encounters that have an entry of this kind."""

    def of_kind(self, kind: str) -> Iterable[SealedEntry]:
        """All entries of this kind, oldest first."""

    def entries(self, encounter_id: str | None = None) -> Iterable[SealedEntry]:
        """Entries in order, of one encounter or all."""

    def lacking(self, kind: str, other: str) -> Iterable[str]:
        """The encounters that have an entry of one kind and none of the other, the newest first."""

    def require_whole(self) -> None:
        """Raise StoreUnusable when the file is damaged anywhere."""

    def stale_rows(self) -> int:
        """How many of the lines that searches look through do not say what the entries say."""

    def close(self) -> None:
        """Let it go."""


def check_log(home: Home, clock: Clock, open_log: Callable[[Home, Literal["live"]], Log]) -> Iterator[Check]:
    """Whether the live log can be used. Raises StoreUnusable, Altered."""
    if pending(home, "live"):
        words = "A new live log was begun and is not in place yet."
        yield Check("log", "amber", words, "Open the kiosk, which finishes it.")
        return
    if not home.log("live").exists():
        if remembered(home, "live") or any((home.path / "packs").glob(f"*/{NOTE_FILE}")):
            repair = "Put it back, or run `kiosk log restore`. If there is no backup, `kiosk setup` begins a new log."
            yield Check("log", "red", "The live log is gone, though there was one here.", repair)
            return
        yield Check("log", "amber", "There is no live log yet.", "Run `kiosk setup`; it makes one.")
        yield _clock(clock, None)
        return
    log = open_log(home, "live")
    try:
        last = log.last()
        newest = None if last is None else unseal(last).at.wall_us
        log.require_whole()
        holds = "is empty" if last is None else f"holds {many(log.size(), 'entry', 'entries')}, and the newest is whole"
        yield Check("log", "green", f"The live log opens; it {holds}.")
        if log.stale_rows():
            repair = "Run `kiosk setup --upgrade-log`, which makes that anew. Until then a search may miss a record."
            yield Check("search", "amber", "What searches look through does not say what the log says.", repair)
        closed = set(log.encounter_ids(h.CLOSED))
        duties = [*look_at_duties(log)]
        keeping = [*look_at_keeping(log, clock.now().local().date()), *check_outside_copies(log, clock.now())]
        left = sum(1 for encounter_id in log.encounter_ids(h.OPENED) if encounter_id not in closed)
        yield from check_key(home, log)
        if (kept := unseen(log)) is not None:
            repair = "Look at `kiosk log earlier`, then say that you did: `kiosk log earlier --seen`."
            yield Check("new log", "amber", new_log(kept), repair)
    finally:
        log.close()
    if left:
        yield Check(
            "unfinished",
            "amber",
            f"{many(left, 'encounter was', 'encounters were')} never closed.",
            "Open the kiosk and finish them, or run `kiosk log close NO`.",
        )
    yield from duties
    yield from keeping
    yield _clock(clock, newest)


def _clock(clock: Clock, newest_us: int | None) -> Check:
    now = clock.now()
    words = f"The clock says {moment(now)}"
    if now.local().year < EARLIEST_YEAR:
        return Check("clock", "red", f"{words}; that can't be.", "Set the computer's date and time.")
    if newest_us is not None and now.wall_us < newest_us - BEHIND_US:
        return Check("clock", "amber", f"{words}, before the newest entry.", "Set the computer's date and time.")
    # Green whether or not the system vouches for it: nothing in the log rests on the time alone.
    return Check("clock", "green", f"{words}. {_vouched(clock.sync())}")


def _vouched(sync: Sync) -> str:
    if sync.state == "synchronised":
        return f"The system vouches for it, to within {(sync.error_us or 0) / 1_000_000:.2g} seconds."
    return {
        "not-synchronised": "The system does not vouch for it; a time service would make it so.",
        "unknown": "Whether it is right can't be asked here.",
    }[sync.state]
