"""The messages between a command and the running kiosk, as values and as bytes."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any, Final

from kiosk.errors import Exit, KioskError, Refused, StoreUnusable, UsageError
from kiosk.i18n.strings import has_text
from kiosk.record.canonical import canonical
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import UnknownKind, kind_of
from kiosk.system.local_socket import LARGEST, BadMessage

FORMAT: Final = 2
"""Version of the messages: a kiosk that is open during an update still has the old one."""

MOST: Final = 20
"""Maximum number of entries in a request; a command writes at most three together."""

_WRONG: Final = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True, slots=True)
class EntryRequest:
    """Entries to record together, all or none, under these event ids: the same ids are recorded only once.

    newest: the newest entry of the desk in their record, as the person saw it; empty if others may follow it.
    """

    entries: tuple[Entry, ...]
    ids: tuple[str, ...]
    newest: str = ""


def new_request(*entries: Entry, newest: str = "") -> EntryRequest:
    """Return a request with new ids."""
    return EntryRequest(entries, tuple(str(uuid.uuid4()) for _ in entries), newest)


@dataclass(frozen=True, slots=True)
class Begun:
    """The kiosk begins the commit, so its result is unknown until the next answer."""


@dataclass(frozen=True, slots=True)
class Entered:
    """The entries are durable; `number` is that of the last."""

    number: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """Nothing was entered. exit_code, what, repair: of the error.

    text_id: the id of its text in other languages; empty if it has none, or one with slots.
    """

    exit_code: Exit
    what: str
    repair: str
    text_id: str = ""

    @classmethod
    def by(cls, error: KioskError) -> Rejected:
        """Return the answer that tells of this error."""
        return cls(error.exit_code, error.what, error.repair, "" if error.slots else error.text_id)

    def error(self) -> KioskError:
        """Return the error for the person at the command."""
        kinds: dict[Exit, type[KioskError]] = {Exit.REFUSED: Refused, Exit.STORE: StoreUnusable}
        text_id = self.text_id if has_text(self.text_id) else ""  # a kiosk of another version may know others
        return kinds.get(self.exit_code, UsageError)(self.what, self.repair, text_id)


Answer = Begun | Entered | Rejected


def encode_request(request: EntryRequest) -> bytes:
    """Return the bytes of a request. Raises UsageError when they are too many."""
    entries = [
        {"kind": one.kind, "body": dict(one.body), "encounter_id": one.encounter_id, "pack": one.pack}
        for one in request.entries
    ]
    parts = {"format": FORMAT, "entries": entries, "ids": request.ids, "newest": request.newest}
    data = json.dumps(parts).encode("utf-8")
    if len(data) > LARGEST or len(entries) > MOST:
        raise UsageError("This is too long for one entry.", "Divide it, or close the kiosk first.")
    return data


def decode_request(data: bytes) -> EntryRequest:
    """Parse a request. Raises BadMessage, and Refused for a request of another version of the program."""
    try:
        parts = json.loads(data)
        if parts["format"] != FORMAT:
            raise Refused(
                "The kiosk that is open is of another version than this command.", "Close the kiosk, and open it again."
            )
        entries = tuple(map(_entry, parts["entries"]))
        ids = tuple(str(uuid.UUID(one)) for one in parts["ids"])
        newest = str(uuid.UUID(parts["newest"])) if parts["newest"] else ""
    except _WRONG as error:
        raise BadMessage("not a request") from error
    if not 0 < len(entries) <= MOST or len(set(ids)) != len(entries) or len(ids) != len(entries):
        raise BadMessage("not a request")
    return EntryRequest(entries, ids, newest)


def encode_answer(answer: Answer) -> bytes:
    """Return the bytes of an answer."""
    match answer:
        case Begun():
            return b'{"begun":true}'
        case Entered(number):
            return json.dumps({"entered": number}).encode("ascii")
        case Rejected(exit_code, what, repair, text_id):
            return json.dumps({"rejected": [exit_code, what, repair, text_id]}).encode("ascii")


def decode_answer(data: bytes) -> Answer:
    """Parse an answer. Raises BadMessage."""
    try:
        match json.loads(data):
            case {"begun": True}:
                return Begun()
            case {"entered": int(number)}:
                return Entered(number)
            case {"rejected": [int(code), str(what), str(repair), str(text_id)]}:
                return Rejected(Exit(code), what, repair, text_id)
    except (ValueError, RecursionError):
        pass
    raise BadMessage("not an answer")


def _entry(parts: dict[str, Any]) -> Entry:
    kind, body, pack, encounter_id = kind_of(parts["kind"]), parts["body"], parts["pack"], parts["encounter_id"]
    texts = isinstance(pack, str | None) and isinstance(encounter_id, str | None)
    if isinstance(kind, UnknownKind) or not isinstance(body, dict) or not texts:
        raise BadMessage("not an entry")
    canonical([body, pack, encounter_id])  # raises for values that no log can hold
    return Entry(kind, body, encounter_id, actor=Actor.COMMAND, pack=pack)
