"""An entry: one thing that happened, and the exact bytes that are kept of it.

The header is canonical JSON and holds nothing personal. Every value of the entry's body is only *committed* there:
`sd` maps its name to base64url(SHA-256(D)), where D = base64url(canonical([salt, name, value])) is the disclosure, kept
beside the header (the construction of RFC 9901). The leaf is SHA-256(0x00 ‖ header), as in RFC 6962. So a value can
later be withheld or let go without touching a byte that was hashed. A value that is closed to this desk is named in
`sealed` too, with the digest of its closed bytes, so that they can be checked by whoever can't open them.
"""

from __future__ import annotations

import binascii
import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from kiosk.errors import LogMustBeReplaced
from kiosk.protocol.replies import FACT
from kiosk.record.canonical import Json, canonical
from kiosk.record.entry_kinds import EntryKind, Kind, kind_of
from kiosk.system.clock import Instant

VERSION: Final = 1
SALT_BYTES: Final = 16

# A whole log is read through here, value by value: the plain functions below `base64` and `json` take half the time.
_URL_SAFE: Final = bytes.maketrans(b"+/", b"-_")
_STANDARD: Final = bytes.maketrans(b"-_", b"+/")
_said: Final = json.JSONDecoder().decode

_FARTHEST_US: Final = 2**53 - 1
"""No entry is sealed with a time farther from 1970, in microseconds: JSON holds no larger number safely."""

ENCRYPTED: Final = "sealed"
"""Why a fact is missing where only the district can read it."""


class Altered(LogMustBeReplaced):
    """An entry on disk does not match what its header committed to."""

    title = "The log does not add up"


class Actor(StrEnum):
    """Who acted: somebody at the desk, the kiosk by itself, or a command."""

    DESK = "desk"
    KIOSK = "kiosk"
    COMMAND = "command"


SESSION: Final = frozenset({Actor.DESK, Actor.KIOSK})
"""Who acts while the kiosk runs; entries of anybody else were added by a command while it did not."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, before it is sealed. `step` and `pack` are ids; personal values belong in `body`."""

    kind: EntryKind
    body: Mapping[str, Json] = field(default_factory=dict)
    encounter_id: str | None = None
    step: str | None = None
    actor: Actor = Actor.DESK
    pack: str | None = None


@dataclass(frozen=True, slots=True)
class EncodedEntry:
    """An entry as bytes: `header` is what is hashed, `leaf` its hash, `disclosures` the (name, D) pairs.

    sealed: (name, bytes) of the values that only the holder of the district's private key can read.
    """

    seq: int
    header: str
    leaf: bytes
    disclosures: tuple[tuple[str, bytes], ...]
    sealed: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """An entry read back from the log. `body` holds the values whose disclosures are still kept.

    sealed: the names of those that are kept for the district's eyes only; a fact among them reads as missing, `SEALED`.
    withheld: the names of those that are not here at all.
    """

    seq: int
    event_id: str
    kind: Kind
    encounter_id: str | None
    step: str | None
    actor: str
    pack: str | None
    at: Instant
    body: Mapping[str, Any]
    withheld: tuple[str, ...] = ()
    sealed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewEntry(EncodedEntry):
    """An entry that was just encoded, with what its bytes say: nobody has to read them again."""

    kept: LoggedEntry = field(kw_only=True, compare=False)

    @property
    def kind(self) -> Kind:
        """What happened."""
        return self.kept.kind


def random_salt() -> bytes:
    """128 fresh random bits."""
    return secrets.token_bytes(SALT_BYTES)


def as_it_is(_name: str, _disclosure: bytes) -> bytes | None:
    """Closes nothing: every value stays readable here."""
    return None


def encode(
    entry: Entry,
    *,
    origin: str,
    seq: int,
    event_id: str,
    at: Instant,
    salt: Callable[[], bytes] = random_salt,
    close: Callable[[str, bytes], bytes | None] = as_it_is,
) -> NewEntry:
    """The bytes of `entry` as number `seq` of the log `origin`. Raises ValueError for values JSON can't hold safely.

    close: given a value's name and disclosure, its bytes as only the district can read them; None leaves it open.
    """
    disclosures = {name: _disclosure(salt(), name, value) for name, value in sorted(entry.body.items())}
    shut = {name: shut for name, d in disclosures.items() if (shut := close(name, d)) is not None}
    closed: dict[str, Json] = {"sealed": {name: digest(body) for name, body in shut.items()}} if shut else {}
    header = canonical(
        {
            "v": VERSION,
            "origin": origin,
            "seq": seq,
            "event_id": event_id,
            "encounter_id": entry.encounter_id,
            "kind": entry.kind,
            "wall_us": at.wall_us,
            "boot_id": at.boot_id,
            # Text: after 104 days without a restart the number is larger than JSON holds safely.
            "boot_ns": str(at.boot_ns),
            "actor": entry.actor,
            "pack": entry.pack,
            "step_id": entry.step,
            "sd": {name: digest(d) for name, d in disclosures.items()},
            **closed,
        }
    )
    still = tuple((name, d) for name, d in disclosures.items() if name not in shut)
    kept = LoggedEntry(
        seq=seq,
        event_id=event_id,
        kind=entry.kind,
        encounter_id=entry.encounter_id,
        step=entry.step,
        actor=entry.actor,
        pack=entry.pack,
        at=at,
        body=_readable({name: value for name, value in entry.body.items() if name not in shut}, shut),
        sealed=tuple(shut),
    )
    return NewEntry(seq, header, leaf_hash(header), still, tuple(shut.items()), kept=kept)


def _readable(body: Mapping[str, Any], shut: Iterable[str]) -> dict[str, Any]:
    """The values that can be read here; a fact that only the district can read is missing."""
    return {**body, **{name: {"missing": ENCRYPTED} for name in shut if name.startswith(FACT)}}


def leaf_hash(header: str) -> bytes:
    """RFC 6962 leaf hash of a header's UTF-8 bytes."""
    return hashlib.sha256(b"\x00" + header.encode("utf-8")).digest()


def digest(disclosure: bytes) -> str:
    """The commitment to a disclosure that the header carries."""
    return _base64url(hashlib.sha256(disclosure).digest()).decode("ascii")


def decode(sealed: EncodedEntry) -> LoggedEntry:
    """Read an entry back, checking every byte against its commitment. Raises Altered, naming the entry."""
    try:
        if leaf_hash(sealed.header) != sealed.leaf:
            raise _altered(sealed.seq, "its header was changed")
        header = _said(sealed.header)
        if header["seq"] != sealed.seq:
            raise _altered(sealed.seq, "it stands in another entry's place")
        committed: dict[str, str] = header["sd"]
        body = {name: _value(sealed.seq, committed, name, d) for name, d in sealed.disclosures}
        shut = tuple(_shut(sealed.seq, header.get("sealed", {}), name, closed) for name, closed in sealed.sealed)
        if type(header["wall_us"]) is not int or abs(header["wall_us"]) > _FARTHEST_US:
            raise _altered(sealed.seq, "its time is none")
        at = Instant(header["wall_us"], header["boot_id"], int(header["boot_ns"]))
        return LoggedEntry(
            seq=header["seq"],
            event_id=header["event_id"],
            kind=kind_of(header["kind"]),
            encounter_id=header["encounter_id"],
            step=header["step_id"],
            actor=header["actor"],
            pack=header["pack"],
            at=at,
            body=_readable(body, shut),
            withheld=tuple(sorted(committed.keys() - body.keys() - set(shut))),
            sealed=shut,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _altered(sealed.seq, "its header can't be read") from error


def decoded_or_none(sealed: EncodedEntry) -> LoggedEntry | None:
    """Read an entry back; None for one that was altered.

    For whoever must go on: one altered entry must not keep the desk closed. `kiosk log verify` tells of it.
    """
    try:
        return decode(sealed)
    except Altered:
        return None


def _value(seq: int, committed: Mapping[str, str], name: str, disclosure: bytes) -> Any:
    if committed.get(name) != digest(disclosure):
        raise _altered(seq, f"its “{name}” was changed")
    said_name, value = _named_value(disclosure)
    if said_name != name:
        raise _altered(seq, f"its “{name}” was swapped")
    return value


def value_in(disclosure: bytes) -> Any:
    """The value that a disclosure says, unchecked: only to find what is then read by `unseal`. Raises ValueError."""
    return _named_value(disclosure)[1]


def _named_value(disclosure: bytes) -> tuple[Any, Any]:
    padded = disclosure.translate(_STANDARD) + b"=" * (-len(disclosure) % 4)
    _salt, name, value = _said(binascii.a2b_base64(padded).decode())
    return name, value


def _shut(seq: int, committed: Mapping[str, str], name: str, closed: bytes) -> str:
    if committed.get(name) != digest(closed):
        raise _altered(seq, f"its sealed “{name}” was changed")
    return name


def _disclosure(salt: bytes, name: str, value: Json) -> bytes:
    return _base64url(canonical([_base64url(salt).decode("ascii"), name, value]).encode("utf-8"))


def _base64url(data: bytes) -> bytes:
    return binascii.b2a_base64(data, newline=False).translate(_URL_SAFE).rstrip(b"=")


def _altered(seq: int, how: str) -> Altered:
    return Altered(
        f"Entry {seq} of the log does not match what was sealed: {how}.",
        "Keep the file as it is and call the Superintendent's Office.",
    )
