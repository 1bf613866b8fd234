"""An entry of the log, and the exact bytes that are stored for it.

The header is canonical JSON and holds nothing personal. For each value of the entry's body it holds only a salted
hash: `sd` maps the name to base64url(SHA-256(D)). D = base64url(canonical([salt, name, value])) is the disclosure,
stored with the header (the construction of RFC 9901). The leaf is SHA-256(0x00 ‖ header), as in RFC 6962. So a value
can later be withheld or destroyed without changing a byte that was hashed. `sealed` also names each value that is
encrypted for the district, with the hash of its encrypted bytes. So these can be checked without the district key.
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

# A whole log is read here, value by value. These plain functions take half the time of those in `base64` and `json`.
_URL_SAFE: Final = bytes.maketrans(b"+/", b"-_")
_STANDARD: Final = bytes.maketrans(b"-_", b"+/")
_said: Final = json.JSONDecoder().decode

_FARTHEST_US: Final = 2**53 - 1
"""The largest time of an entry, in microseconds from 1970: JSON holds no larger number safely."""

ENCRYPTED: Final = "sealed"
"""The reason code of a fact that only the district can read."""


class Altered(LogMustBeReplaced):
    """A stored entry does not match its hashes."""

    title = "The log does not add up"


class Actor(StrEnum):
    """Who acted: somebody at the desk, the kiosk by itself, or a command."""

    DESK = "desk"
    KIOSK = "kiosk"
    COMMAND = "command"


SESSION: Final = frozenset({Actor.DESK, Actor.KIOSK})
"""Who acts while the kiosk runs. A command adds all other entries while the kiosk is closed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry before it is recorded. `step` and `pack` are ids; personal values belong in `body`."""

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

    sealed: the names of values encrypted for the district; a fact among them is missing, with reason `ENCRYPTED`.
    withheld: the names of values that are not here at all.
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
    """An entry that was just encoded, with its decoded form, so that its bytes need not be read again."""

    kept: LoggedEntry = field(kw_only=True, compare=False)

    @property
    def kind(self) -> Kind:
        """The kind of the entry."""
        return self.kept.kind


def random_salt() -> bytes:
    """Return 128 new random bits."""
    return secrets.token_bytes(SALT_BYTES)


def as_it_is(_name: str, _disclosure: bytes) -> bytes | None:
    """Encrypt nothing: every value stays readable here."""
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
    """Encode `entry` as number `seq` of the log `origin`. Raises ValueError for values that JSON can't hold safely.

    close: returns a value's encrypted bytes, given its name and disclosure; None leaves the value readable.
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
    """Return the values that can be read here; a fact that only the district can read is missing."""
    return {**body, **{name: {"missing": ENCRYPTED} for name in shut if name.startswith(FACT)}}


def leaf_hash(header: str) -> bytes:
    """Return the RFC 6962 leaf hash of a header's UTF-8 bytes."""
    return hashlib.sha256(b"\x00" + header.encode("utf-8")).digest()


def digest(disclosure: bytes) -> str:
    """Return the salted hash of a disclosure, as the header holds it."""
    return _base64url(hashlib.sha256(disclosure).digest()).decode("ascii")


def decode(sealed: EncodedEntry) -> LoggedEntry:
    """Decode an entry and check every byte against its hash. Raises Altered, which names the entry."""
    try:
        if leaf_hash(sealed.header) != sealed.leaf:
            raise _altered(sealed.seq, "its header was changed")
        header = _said(sealed.header)
        if header["seq"] != sealed.seq:
            raise _altered(sealed.seq, "it is in another entry's place")
        committed: dict[str, str] = header["sd"]
        body = {name: _value(sealed.seq, committed, name, d) for name, d in sealed.disclosures}
        shut = tuple(_shut(sealed.seq, header.get("sealed", {}), name, closed) for name, closed in sealed.sealed)
        if type(header["wall_us"]) is not int or abs(header["wall_us"]) > _FARTHEST_US:
            raise _altered(sealed.seq, "its time is not valid")
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
    """Decode an entry; return None if it was altered.

    One altered entry must not keep the desk closed. `kiosk log verify` reports it.
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
    """Return the value in a disclosure, unchecked: use it only to find entries for `decode`. Raises ValueError."""
    return _named_value(disclosure)[1]


def _named_value(disclosure: bytes) -> tuple[Any, Any]:
    padded = disclosure.translate(_STANDARD) + b"=" * (-len(disclosure) % 4)
    _salt, name, value = _said(binascii.a2b_base64(padded).decode())
    return name, value


def _shut(seq: int, committed: Mapping[str, str], name: str, closed: bytes) -> str:
    if committed.get(name) != digest(closed):
        raise _altered(seq, f"its encrypted “{name}” was changed")
    return name


def _disclosure(salt: bytes, name: str, value: Json) -> bytes:
    return _base64url(canonical([_base64url(salt).decode("ascii"), name, value]).encode("utf-8"))


def _base64url(data: bytes) -> bytes:
    return binascii.b2a_base64(data, newline=False).translate(_URL_SAFE).rstrip(b"=")


def _altered(seq: int, how: str) -> Altered:
    return Altered(
        f"Entry {seq} of the log does not match what was recorded: {how}.",
        "Keep the file unchanged and call the Superintendent's Office.",
    )
