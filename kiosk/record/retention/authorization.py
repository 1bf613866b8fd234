"""An authorization to destroy records: the request's own text, with who allows it, signed by the records officer's key.

Argued choices. It is one text, not a list of numbers next to a request, so the officer signs what they read. It counts
once: a destruction is all or nothing and one commit, so nothing of an authorization is ever left over. It does not
expire: it is void as soon as one of its records has another entry or a hold, or its log has another past. Its hash is
of the signed text, so another signature line makes no other authorization of it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from kiosk.errors import Refused
from kiosk.privacy.folding import folded
from kiosk.privacy.meanings import Meaning
from kiosk.record.bodies import MEANING
from kiosk.record.canonical import Json
from kiosk.record.encounter_record import frame_of
from kiosk.record.entries import Actor, Entry
from kiosk.record.entry_kinds import EntryKind
from kiosk.record.retention.eligibility import RetentionStatus
from kiosk.record.retention.request import DestructionRequest, parsed_lines, request_lines
from kiosk.record.transparency.signed_note import BadNote, VerifierKey, parse, verifier_key, verify
from kiosk.worded import Worded

_FIRST: Final = "front-office-kiosk destruction authorization 1"
_SAYS: Final = "The details of the records below may be destroyed permanently."
_LINES: Final = ("authorized by", "reference", "authorized on")
_MEANING: Final = "meaning of the reference: "


class AuthorizationRefusal(Worded):
    """Why an authorization can't be used, as the log keeps it. The words follow "it can't be used: "."""

    UNSIGNED = "unsigned", "it is not a signed authorization"
    NO_KEY = "no-key", "the log has no records officer's key"
    KEY_CHANGED = "key-changed", "the settings have another records officer's key than the log"
    KEY_TOO_NEW = "key-too-new", "the records officer's key does not apply yet"
    OTHER_KEY = "other-key", "the records officer's key in the log did not sign it"
    EDITED = "edited", "it was changed after it was signed"
    OTHER_LOG = "other-log", "it is for a log that is not here"
    OTHER_STATE = "other-state", "the log does not begin with the entries that it names"
    OTHER_SCHEDULE = "other-schedule", "the schedule in it is not the one that the log had then"
    UNKNOWN_RECORD = "unknown-record", "it names a record that is not here"
    USED = "used", "it was used before"
    SAME_PERSON = "same-person", "the person who authorized it may not also destroy"


_NEW_REQUEST: Final = "make a new request: `kiosk log retention eligible -o FILE`."
_REPAIRS: Final[Mapping[AuthorizationRefusal, str]] = {
    AuthorizationRefusal.UNSIGNED: "Name the file that `kiosk log retention authorize` wrote.",
    AuthorizationRefusal.NO_KEY: "Enter it with `kiosk setup --records-key`; for practice, --practice-records-key.",
    AuthorizationRefusal.KEY_CHANGED: "Call the Superintendent's Office. `kiosk setup` puts the recorded key back.",
    AuthorizationRefusal.KEY_TOO_NEW: "Wait until then; others can object to the new key before.",
    AuthorizationRefusal.OTHER_KEY: "Ask the officer whose key `kiosk doctor` names to sign the request.",
    AuthorizationRefusal.EDITED: "Ask the records officer for the file as it was signed.",
    AuthorizationRefusal.OTHER_LOG: "Use it on the kiosk, and in the mode, that made the request.",
    AuthorizationRefusal.OTHER_STATE: f"Run `kiosk log verify`. If it finds nothing, {_NEW_REQUEST}",
    AuthorizationRefusal.OTHER_SCHEDULE: f"The officer was shown another schedule: {_NEW_REQUEST}",
    AuthorizationRefusal.UNKNOWN_RECORD: f"Check the number with `kiosk log list`, and {_NEW_REQUEST}",
    AuthorizationRefusal.USED: f"For records that are left, {_NEW_REQUEST}",
    AuthorizationRefusal.SAME_PERSON: "Ask a second person to run this command, with their full name in --by.",
}


class AuthorizationRefused(Refused):
    """An authorization can't be used. why: the reason; detail: more about it, for its sentence."""

    def __init__(self, why: AuthorizationRefusal, detail: str = "") -> None:
        super().__init__(f"It can't be used: {why.words}{detail}.", _REPAIRS[why])
        self.why = why


@dataclass(frozen=True, slots=True)
class Authorization:
    """An authorization: the officer, the reference of the approval (Connecticut: RC-075), the day, and the request.

    meaning: the id of that of the reference, if it has two.
    """

    by: str
    reference: str
    on: date
    request: DestructionRequest
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class SignedAuthorization:
    """An authorization whose signature was verified. note: the signed file; key: the key that signed it."""

    said: Authorization
    note: bytes
    key: VerifierKey

    @property
    def hash(self) -> str:
        """The hash that entries cite."""
        return hash_of(self.said)


@dataclass(frozen=True, slots=True)
class LogFacts:
    """The facts of a kiosk that decide on an authorization.

    mode: live or practice. key: the records officer's key in the log, empty for none. applies_from: the first day on
    which it counts. configured: the key in the settings; None where the settings have none to compare, as in PRACTICE.
    today: the last confirmed day; None for none. used: by hash, when each authorization in the log was used.
    root_at: returns the root hash of the first entries of a log, by its ID; None for a log that is not here.
    schedule_at: returns the schedule after these entries, as a request has it.
    """

    mode: str
    key: str
    applies_from: date | None
    configured: str | None
    today: date | None
    used: Mapping[str, date]
    root_at: Callable[[str, int], bytes | None]
    schedule_at: Callable[[str, int], tuple[str, ...]]


def authorization_text(authorization: Authorization) -> str:
    """Return the text that is signed."""
    said = (authorization.by, authorization.reference, str(authorization.on))
    head = (f"{name}: {value}" for name, value in zip(_LINES, said, strict=True))
    meaning = [_MEANING + authorization.meaning] if authorization.meaning else []
    return "".join(f"{line}\n" for line in (_FIRST, _SAYS, *head, *meaning, *request_lines(authorization.request)))


def read_authorization(text: str) -> Authorization:
    """Parse a signed text. Raises BadNote unless it is exactly as `authorization_text` writes it."""
    lines = text.splitlines()
    try:
        by, reference, on = (line.split(": ", 1)[1] for line in lines[2:5])
        meaning = Meaning.of_id(lines[5].removeprefix(_MEANING)) or ""
        request = parsed_lines(lines[6:] if meaning else lines[5:])
        found = Authorization(by, reference, date.fromisoformat(on), request, meaning)
    except (ValueError, IndexError) as error:
        raise _other() from error
    if authorization_text(found) != text:
        raise _other()
    return found


def hash_of(authorization: Authorization) -> str:
    """Return the hash of the signed text, as entries cite it."""
    return hashlib.sha256(authorization_text(authorization).encode()).hexdigest()


def signed_authorization(note: bytes, key: VerifierKey) -> SignedAuthorization:
    """Return the authorization that exactly this key signed. Raises AuthorizationRefused."""
    try:
        signatures = parse(note).signatures
    except BadNote as error:
        raise AuthorizationRefused(AuthorizationRefusal.UNSIGNED) from error
    if [(one.name, one.key_id) for one in signatures] != [(key.name, key.id)]:
        raise AuthorizationRefused(AuthorizationRefusal.OTHER_KEY)
    try:
        text = verify(note, key)
    except BadNote as error:
        raise AuthorizationRefused(AuthorizationRefusal.EDITED) from error
    try:
        return SignedAuthorization(read_authorization(text), note, key)
    except BadNote as error:
        raise AuthorizationRefused(AuthorizationRefusal.UNSIGNED) from error


def require_usable(note: bytes, by: str, known: LogFacts) -> SignedAuthorization:
    """Return the authorization if this person may use it on this log now. Raises AuthorizationRefused.

    Whether its records may be destroyed is another question: `eligibility.why_not`.
    """
    if known.configured is not None and known.configured != known.key:
        raise AuthorizationRefused(AuthorizationRefusal.KEY_CHANGED)
    if not known.key:
        raise AuthorizationRefused(AuthorizationRefusal.NO_KEY)
    found = signed_authorization(note, verifier_key(known.key))
    # Without a confirmed day no record is eligible either, and that refusal says what to do about it.
    if known.applies_from is None or (known.today is not None and known.today < known.applies_from):
        raise AuthorizationRefused(AuthorizationRefusal.KEY_TOO_NEW, f" (from {known.applies_from})")
    state = found.said.request.state
    root = known.root_at(state.origin, state.size)
    if root is None or found.said.request.mode != known.mode:
        raise AuthorizationRefused(AuthorizationRefusal.OTHER_LOG, f" ({state.origin})")
    if root != state.root:
        raise AuthorizationRefused(AuthorizationRefusal.OTHER_STATE)
    if known.schedule_at(state.origin, state.size) != found.said.request.schedule:
        raise AuthorizationRefused(AuthorizationRefusal.OTHER_SCHEDULE)
    if (day := known.used.get(found.hash)) is not None:
        raise AuthorizationRefused(AuthorizationRefusal.USED, f", on {day}")
    if same_person(found.said.by, by):
        raise AuthorizationRefused(AuthorizationRefusal.SAME_PERSON, f" ({found.said.by})")
    return found


def require_known(found: SignedAuthorization, ids: Container[str]) -> None:
    """Raise AuthorizationRefused if the authorization names a record that is not among these."""
    for one in found.said.request.records:
        if one.encounter_id not in ids:
            raise AuthorizationRefused(AuthorizationRefusal.UNKNOWN_RECORD, f" ({one.no})")


def same_person(one: str, other: str) -> bool:
    """Check whether two names can be of one person: the words of one are among those of the other.

    Case, accents, punctuation and the order of the words don't matter.
    """
    words, others = (set(re.findall(r"\w+", folded(name))) for name in (one, other))
    return words <= others or others <= words


def authorized(found: SignedAuthorization) -> Entry:
    """Return the entry that keeps an authorization, so that it can be shown and verified later."""
    body = {"authorization": found.hash, "note": found.note.decode()}
    return Entry(EntryKind.DESTRUCTION_AUTHORIZED, body, actor=Actor.COMMAND)


def destroyed(status: RetentionStatus, found: SignedAuthorization, *, by: str, reason: str) -> Entry:
    """Return the entry that destroys the details of a record. It also identifies the record."""
    body: dict[str, Json] = {
        "no": status.record.no,
        "record": frame_of(status.record),
        "values": len(status.values),
        "content": status.content,
        "authorization": found.hash,
        "reference": found.said.reference,
        "authorized_by": found.said.by,
        "key": f"{found.key.name}+{found.key.id.hex()}",
        "by": by,
        "reason": reason,
        **({f"{MEANING}reference": found.said.meaning} if found.said.meaning else {}),
    }
    return Entry(EntryKind.RECORD_DESTROYED, body, status.record.id, actor=Actor.COMMAND)


def refused(note: bytes, why: AuthorizationRefusal, by: str) -> Entry:
    """Return the entry about an authorization that was refused; of its text, which may be anyone's, only the hash."""
    body = {"why": why, "authorization": hashlib.sha256(note).hexdigest(), "by": by}
    return Entry(EntryKind.AUTHORIZATION_REFUSED, body, actor=Actor.COMMAND)


def _other() -> BadNote:
    return BadNote(
        "The signed note is not an authorization.", "Use the file that `kiosk log retention authorize` wrote."
    )
