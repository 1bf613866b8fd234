"""The part of `kiosk setup` that turns the encryption of notes on and off."""

from __future__ import annotations

from pathlib import Path

from kiosk.app import bootstrap
from kiosk.commands.common import output
from kiosk.commands.common.paths import read_file
from kiosk.errors import Refused, UsageError
from kiosk.privacy.guard import require_storable
from kiosk.privacy.meanings import Meaning
from kiosk.record.disclosure.encryption import DistrictKey, district_key
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.key_file import read_key
from kiosk.record.transparency.signed_note import BadNote
from kiosk.settings import Home, typed_path
from kiosk.system.clock import SystemClock

OFF = "off"

COST = (
    "From now on notes, and facts from boxes of several lines, are encrypted as they are saved.",
    "Only the district's private key opens them. If that key is lost, they can never be read again.",
    "This desk can't show, search, print or export them, not even a minute later.",
    "A record that is resumed continues without them; the log still proves that they were written, and when.",
    "Text that was saved before does not change.",
)
"""The cost of encryption, shown before a person turns it on."""


def key_given(typed: str | None, before: str, *, accepted: bool) -> str:
    """Return the district key, empty for none, after consent to its cost.

    Raises UsageError, Refused, BadNote, PrivateText.
    """
    if typed is None:
        return before
    if typed.strip().lower() == OFF:
        return ""
    given = _key(typed)
    require_storable(given.name, Meaning.NAME)
    key = str(given)
    if key != before and not accepted:
        _accept()
    return key


def enter_change(home: Home, before: str, now: str) -> None:
    """Record that encryption was turned on or off, or that its key changed."""
    entry = Entry(EntryKind.ENCRYPTION_CHANGED, {"before": before, "now": now}, actor=Actor.COMMAND)
    bootstrap.enter(home, "live", SystemClock(), entry)
    output.message("A kiosk that is open keeps its way of saving notes until you close it and open it again.")


def in_words(now: str) -> str:
    """Describe in a sentence what is encrypted from now on."""
    return f"From now on notes are encrypted for {now}." if now else "Notes are not encrypted any more."


def _accept() -> None:
    for line in COST:
        output.message(line)
    if not output.at_terminal():
        raise UsageError("Encrypting notes needs your consent.", "Use a terminal, or add --accept-encryption.")
    if output.ask("Type yes to encrypt from now on").strip().casefold() != "yes":
        raise Refused(
            "Nothing was changed: encryption was not accepted.", "Run it again when the district has decided."
        )


def public_key_in(path: Path) -> str:
    """Return the public key in a file: its only line, or the public part of a private key's file. Raises UsageError."""
    data = read_file(path)
    text = data.decode("utf-8", "replace").strip()
    return text if "\n" not in text else str(read_key(data).public)


def _key(typed: str) -> DistrictKey:
    path = typed_path(typed)
    return district_key(public_key_in(path)) if path.is_file() else _typed_key(typed)


def _typed_key(typed: str) -> DistrictKey:
    try:
        return district_key(typed)
    except BadNote as error:
        what = error.what if "+" in typed else "There is no such file, and it is not a key."
        raise BadNote(what, "Give the line that `kiosk key new district` printed.") from error
