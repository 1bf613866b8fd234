"""An entry of the log, and the exact bytes that are stored for it.

The header is canonical JSON and holds nothing personal. For each value of the entry's body it holds only a salted
hash: `sd` maps the name to base64url(SHA-256(D)). D = base64url(canonical([salt, name, value])) is the disclosure,
stored with the header (the construction of RFC 9901). The leaf is SHA-256(0x00 ‖ header), as in RFC 6962. So a value
can later be withheld or destroyed without changing a byte that was hashed. `sd_encrypted` also maps the name of each
value that is encrypted for the district to the hash of its encrypted bytes, which can be checked without the district
key.
"""

from __future__ import annotations

import binascii
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from math import isfinite
from typing import Any, Final, Protocol

from kiosk.errors import LogMustBeReplaced
from kiosk.protocol.replies import FACT
from kiosk.record.canonical import Json, canonical
from kiosk.record.entry_kinds import EntryKind, Kind, kind_of
from kiosk.system.clock import Instant

VERSION: Final = 1
SALT_BYTES: Final = 16

# These functions take half the time of those in `base64` and `json`; reading a log calls them for each value.
_URL_SAFE: Final = bytes.maketrans(b"+/", b"-_")
STANDARD: Final = bytes.maketrans(b"-_", b"+/")

_DIGEST: Final = 43
"""Characters of a salted hash: 32 bytes in base64url without padding."""

MOST_US: Final = 2**53 - 1
"""The maximum time of an entry, in µs before or after 1970: JSON holds no larger number safely."""


class NotFinite(float):
    """A number that JSON can't hold, such as NaN. No kiosk writes one; no writer of JSON may make it null."""


def _number(words: str) -> float:
    found = float(words)
    return found if isfinite(found) else NotFinite(found)


_from_json: Final = json.JSONDecoder(parse_float=_number, parse_constant=NotFinite).decode

ENCRYPTED: Final = "encrypted"
"""The reason why a fact is missing that only the district can read."""


class Altered(LogMustBeReplaced):
    """A stored entry does not match its hashes."""


class Actor(StrEnum):
    """Who made an entry: a person at the desk, the kiosk itself, or a command."""

    DESK = "desk"
    KIOSK = "kiosk"
    COMMAND = "command"


SESSION: Final = frozenset({Actor.DESK, Actor.KIOSK})
"""The actors of a running kiosk. All other entries are from commands."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry before it is recorded. `step` and `pack` are ids; personal values belong in `body`."""

    kind: EntryKind
    body: Mapping[str, Json] = field(default_factory=dict)
    encounter_id: str | None = None
    step: str | None = None
    actor: Actor = Actor.DESK
    pack: str | None = None


class Encoded(Protocol):
    """The bytes of an entry: an `EncodedEntry`, or a row of the store."""

    @property
    def seq(self) -> int:
        """The entry's number."""

    @property
    def header(self) -> str:
        """The exact hashed JSON text."""

    @property
    def leaf(self) -> bytes:
        """The leaf hash of the header."""

    @property
    def disclosures(self) -> tuple[tuple[str, bytes], ...]:
        """(name, D) of the readable values."""

    @property
    def encrypted(self) -> tuple[tuple[str, bytes], ...]:
        """(name, bytes) of the values that only the holder of the district's private key can read."""


@dataclass(frozen=True, slots=True)
class EncodedEntry:
    """An entry as bytes. `Encoded` documents each part."""

    seq: int
    header: str
    leaf: bytes
    disclosures: tuple[tuple[str, bytes], ...]
    encrypted: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """An entry read back from the log. `body` holds the values whose disclosures are still kept.

    encrypted: the names of values encrypted for the district; a fact among them is missing, with reason `ENCRYPTED`.
    withheld: the names of values that are neither here nor encrypted.
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
    encrypted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewEntry(EncodedEntry):
    """An entry that was just encoded, with its decoded form, so that its bytes need not be read again."""

    kept: LoggedEntry = field(kw_only=True, compare=False)

    @property
    def kind(self) -> Kind:
        """The kind of the entry."""
        return self.kept.kind


def random_salt() -> bytes:
    """Return 16 random bytes."""
    return secrets.token_bytes(SALT_BYTES)


def no_encryption(_name: str, _disclosure: bytes) -> bytes | None:
    """Encrypt nothing: return None for every value."""
    return None


def encode(
    entry: Entry,
    *,
    origin: str,
    seq: int,
    event_id: str,
    at: Instant,
    salt: Callable[[], bytes] = random_salt,
    encrypt: Callable[[str, bytes], bytes | None] = no_encryption,
) -> NewEntry:
    """Encode `entry` as number `seq` of the log `origin`. Raises ValueError for values that JSON can't hold safely.

    encrypt: returns a value's encrypted bytes, given its name and disclosure; None leaves the value readable.
    """
    disclosures = {name: _disclosure(salt(), name, value) for name, value in sorted(entry.body.items())}
    encrypted = {name: data for name, d in disclosures.items() if (data := encrypt(name, d)) is not None}
    hashes: dict[str, Json] = {name: digest(data) for name, data in encrypted.items()}
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
            **({"sd_encrypted": hashes} if hashes else {}),
        }
    )
    readable = tuple((name, d) for name, d in disclosures.items() if name not in encrypted)
    kept = LoggedEntry(
        seq=seq,
        event_id=event_id,
        kind=entry.kind,
        encounter_id=entry.encounter_id,
        step=entry.step,
        actor=entry.actor,
        pack=entry.pack,
        at=at,
        body=_with_missing({name: value for name, value in entry.body.items() if name not in encrypted}, encrypted),
        encrypted=tuple(encrypted),
    )
    return NewEntry(seq, header, leaf_hash(header), readable, tuple(encrypted.items()), kept=kept)


def _with_missing(body: Mapping[str, Any], encrypted: Iterable[str]) -> dict[str, Any]:
    """Return the body, with each encrypted fact marked as missing."""
    return {**body, **{name: {"missing": ENCRYPTED} for name in encrypted if name.startswith(FACT)}}


def leaf_hash(header: str) -> bytes:
    """Return the RFC 6962 leaf hash of a header's UTF-8 bytes."""
    return sha256(b"\x00" + header.encode("utf-8")).digest()


def digest(disclosure: bytes) -> str:
    """Return the salted hash of a disclosure, as the header holds it."""
    return _base64url(sha256(disclosure).digest()).decode("ascii")


def digests(disclosures: Iterable[bytes]) -> list[bytes]:
    """Return the salted hashes of many disclosures as ASCII, twice as fast as `digest` of each."""
    text = _digests(disclosures)
    return [text[at : at + _DIGEST] for at in range(0, len(text), _DIGEST + 1)]


def digest_texts(disclosures: Iterable[bytes]) -> list[str]:
    """Return the same as text, as headers have it."""
    text = _digests(disclosures).decode("ascii")
    return [text[at : at + _DIGEST] for at in range(0, len(text), _DIGEST + 1)]


def _digests(disclosures: Iterable[bytes]) -> bytes:
    # With one more byte, 32 bytes fill whole groups of base64. So one call encodes all, each at its own place.
    text = binascii.b2a_base64(b"".join([sha256(one).digest() + b"\0" for one in disclosures]), newline=False)
    return text.translate(_URL_SAFE)


def decode(entry: Encoded) -> LoggedEntry:
    """Decode an entry and check every byte against its hash. Raises Altered, which names the entry."""
    try:
        if leaf_hash(entry.header) != entry.leaf:
            raise _altered(entry.seq, "its header was changed")
        header = _from_json(entry.header)
        if header["seq"] != entry.seq:
            raise _altered(entry.seq, "it is in another entry's place")
        committed: dict[str, str] = header["sd"]
        body = {name: _value(entry.seq, committed, name, d) for name, d in entry.disclosures}
        hashes = header.get("sd_encrypted", {})
        encrypted = tuple(_checked_name(entry.seq, hashes, name, data) for name, data in entry.encrypted)
        if type(header["wall_us"]) is not int or abs(header["wall_us"]) > MOST_US:
            raise _altered(entry.seq, "its time is not valid")
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
            body=_with_missing(body, encrypted),
            withheld=tuple(sorted(committed.keys() - body.keys() - set(encrypted))),
            encrypted=encrypted,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _altered(entry.seq, "its header can't be read") from error


def decoded_or_none(entry: Encoded) -> LoggedEntry | None:
    """Decode an entry; return None if it was altered.

    So an altered entry does not prevent the desk from opening. `kiosk log verify` reports it.
    """
    try:
        return decode(entry)
    except Altered:
        return None


def _value(seq: int, committed: Mapping[str, str], name: str, disclosure: bytes) -> Any:
    if committed.get(name) != digest(disclosure):
        raise _altered(seq, f"its “{name}” was changed")
    named, value = _named_value(disclosure)
    if named != name:
        raise _altered(seq, f"its “{name}” was swapped")
    return value


def value_in(disclosure: bytes) -> Any:
    """Return the value in a disclosure without checking its hash, to find entries for `decode`. Raises ValueError."""
    return _named_value(disclosure)[1]


def _named_value(disclosure: bytes) -> tuple[Any, Any]:
    padded = disclosure.translate(STANDARD) + b"=" * (-len(disclosure) % 4)
    _salt, name, value = _from_json(binascii.a2b_base64(padded).decode())
    return name, value


def _checked_name(seq: int, hashes: Mapping[str, str], name: str, data: bytes) -> str:
    if hashes.get(name) != digest(data):
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
