"""Check of the previous logs: each is here, can be read, has its key, and is as its tables were made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Final, Protocol

from kiosk.doctor.check import Check, State, Subject
from kiosk.errors import StoreUnusable
from kiosk.log.archive import archived_file, archived_files
from kiosk.log.log import open_at
from kiosk.log.signing_key import known_keys
from kiosk.record.entries import LoggedEntry
from kiosk.record.transparency.verification_code import short_log_id
from kiosk.record.verification.succession import (
    OfKind,
    acknowledges,
    cited,
    cited_keys,
    start_entry,
    unacknowledged_losses,
)
from kiosk.reports.audit_trail import warning
from kiosk.settings import Home

_REPAIR: Final = "Keep all files unchanged, put the right one back, and read what `kiosk log verify` says."


class Log(OfKind, Protocol):
    """The log in use, open for reading."""

    @property
    def origin(self) -> str:
        """The ID of the log."""


def check_previous_logs(home: Home, now: Log) -> Iterator[Check]:
    """Check the file of each previous live log; yield nothing for those that are intact. now: the log in use."""
    start = start_entry(now)
    keys, signed = set(cited_keys(start)), set(cited(start))
    with suppress(StoreUnusable):  # another check reports the list
        signed |= {key.name for key in known_keys(home, "live")}
    for origin in sorted(signed - {now.origin}):
        if not archived_file(home, "live", origin).exists():
            words = f"Log {short_log_id(origin)}, whose key this kiosk knows, is not here."
            yield Check(Subject.PREVIOUS_LOGS, State.RED, words, _REPAIR)
    seen: list[_Seen] = []
    for path in archived_files(home, "live"):
        try:
            with closing(open_at(path)) as log:
                log.require_schema()
                key = log.key
                seen.append(_Seen(log.created_us, unacknowledged_losses(log), acknowledges(log)))
        except StoreUnusable as error:
            yield Check(Subject.PREVIOUS_LOGS, State.AMBER, error.what, error.repair)
        else:
            if str(key) not in keys and key.name in {cited.partition("+")[0] for cited in keys}:
                words = f"The previous log {path} is signed with another key than the one that the log in use cites."
                yield Check(Subject.PREVIOUS_LOGS, State.RED, words, _REPAIR)
    if not acknowledges(now):
        yield from (_lost(kept) for one in seen for kept in one.lost if not one.is_before_an_acknowledgement(seen))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A previous log: its creation time, the losses to acknowledge in it, and whether it has an acknowledgement."""

    created_us: int
    lost: tuple[LoggedEntry, ...]
    acknowledges: bool

    def is_before_an_acknowledgement(self, seen: Sequence[_Seen]) -> bool:
        """Check whether a later one of these logs has an acknowledgement."""
        return any(other.acknowledges and other.created_us > self.created_us for other in seen)


def _lost(kept: LoggedEntry) -> Check:
    repair = "Compare an outside copy, then confirm with `kiosk log history --acknowledge`."
    return Check(Subject.PREVIOUS_LOGS, State.RED, warning(kept), repair)
