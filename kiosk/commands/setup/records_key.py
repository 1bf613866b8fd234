"""The part of `kiosk setup` that enters the public key of the records officer, who authorizes destruction.

PRACTICE has a key of its own, which only its log knows: what was signed to practice never counts for real.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.app import bootstrap
from kiosk.commands.common import output
from kiosk.commands.setup.encryption import public_key_in
from kiosk.errors import Refused
from kiosk.log.archive import newest_day
from kiosk.log.recorded_keys import KeyOwner, changed_key, recorded_key_of_home
from kiosk.privacy.guard import require_storable
from kiosk.privacy.meanings import Meaning
from kiosk.record.retention.schedule import first_day
from kiosk.record.transparency.signed_note import verifier_key
from kiosk.settings import Home, Mode, typed_path
from kiosk.system.clock import SystemClock


@dataclass(frozen=True, slots=True)
class KeyChange:
    """The key that the log of a mode has, and the one to use."""

    mode: Mode
    before: str
    now: str


def keys_given(home: Home, live: str | None, practice: str | None, *, replace: bool) -> tuple[KeyChange, KeyChange]:
    """Return the keys of the live log and of PRACTICE. live, practice: as typed; None keeps the recorded key.

    replace: consent to replace the live one. Raises Refused without it, or for one key in both; BadNote for no key.
    """
    changes = _given(home, "live", live), _given(home, "practice", practice)
    if changes[0].before not in {"", changes[0].now} and not replace:
        raise Refused(
            "Another records officer's key is in use here already.",
            "Add --replace-records-key if the office really has a new key; the change is kept in the log.",
        )
    if changes[0].now and changes[0].now == changes[1].now:
        raise Refused(
            "The records officer's key for PRACTICE is the one that destroys real records.",
            "Make a key of its own for practice: `kiosk key new records FILE`.",
        )
    return changes


def _given(home: Home, mode: Mode, typed: str | None) -> KeyChange:
    found = recorded_key_of_home(home, KeyOwner.RECORDS_OFFICER, mode)
    recorded = found.text if found else ""
    if typed is None:
        return KeyChange(mode, recorded, recorded)
    path = typed_path(typed)
    given = verifier_key(public_key_in(path) if path.is_file() else typed)
    require_storable(given.name, Meaning.NAME)
    return KeyChange(mode, recorded, str(given))


def enter_changes(home: Home, changes: Sequence[KeyChange]) -> None:
    """Record each new key in the log of its mode, and print from when it counts."""
    for one in changes:
        if one.now == one.before:
            continue
        day = first_day(SystemClock().now().local().date(), newest_day(home))
        change = changed_key(one.before, one.now, KeyOwner.RECORDS_OFFICER, day)
        bootstrap.enter(home, one.mode, SystemClock(), change)
        what = "records of PRACTICE" if one.mode == "practice" else "records"
        output.data(f"From {day}, only authorizations of this key destroy {what}: {one.now}")
