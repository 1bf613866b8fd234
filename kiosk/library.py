"""Finds packs, and says which one is in force and whether it may run live.

A pack may run live when the exact content that is on disk was approved, it has no error findings, it is in effect, the
contacts are complete, and the kiosk was set up. Else the kiosk is in PRACTICE, and says why.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files as resource_files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, Literal

from kiosk.engine.canonical import seal_hash
from kiosk.engine.checking import check
from kiosk.engine.contacts import Contacts, check_contacts, read_contacts
from kiosk.engine.findings import Finding, Severity
from kiosk.engine.model import Protocol
from kiosk.engine.pack import read_pack
from kiosk.errors import Refused, WrongUse
from kiosk.files import ensure_folder, save_file
from kiosk.settings import Home, Settings

PROTOCOL_FILE: Final = "protocol.yaml"
EXAMPLE_CONTACTS: Final = "contacts.example.yaml"
_UNWALKABLE: Final = frozenset({"P201", "P202", "P203", "P207", "P305", "P408"})
"""Findings that a walk would fall over or never come out of; the others leave the way whole, to be practised."""

LARGEST: Final = 1 << 20
"""The most bytes that are read of a pack's file, plus one that gives a larger one away."""


@dataclass(frozen=True, slots=True)
class Found:
    """A pack as it is on disk: its files, what they read as, and the seal (hex SHA-256) of their canonical content.

    The seal is empty while a file does not read as YAML: such a pack can be neither approved nor kept.
    """

    where: str
    files: Mapping[str, bytes]
    protocol: Protocol | None
    findings: tuple[Finding, ...]
    seal: str

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep it from running live."""
        return tuple(f for f in self.findings if f.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved which exact content, and when (ISO date)."""

    pack: str
    seal: str
    name: str
    role: str
    on: str


@dataclass(frozen=True, slots=True)
class InForce:
    """What the kiosk runs now. `reasons` say why it is only PRACTICE; live has none. `cautions` never stop it."""

    mode: Literal["live", "practice"]
    found: Found
    protocol: Protocol
    contacts: Contacts
    reasons: tuple[str, ...]
    cautions: tuple[str, ...] = ()


class Library:
    """The packs that came with the kiosk and those in its home."""

    def __init__(self, home: Home, shipped: Traversable | None = None) -> None:
        self._home = home
        self._shipped = shipped if shipped is not None else resource_files("protocols")

    def find(self, pack_id: str) -> Found:
        """The pack of that id: the home's own, else the shipped one. Raises WrongUse when there is none."""
        for folder in (self._home.path / "protocols" / pack_id, self._shipped / pack_id):
            if folder.is_dir():
                return self.at(folder)
        raise WrongUse(
            f"There is no protocol “{pack_id}” on this computer.",
            "Correct `id` under [protocol] in kiosk.toml, or put the pack into the home's protocols folder.",
        )

    def at(self, folder: Traversable | Path) -> Found:
        """The pack in a folder. Raises WrongUse when it holds no protocol.yaml or can't be read."""
        files = _read_files(folder)
        if PROTOCOL_FILE not in files:
            raise WrongUse(f"{folder} holds no {PROTOCOL_FILE}.", "Name the folder of a pack.")
        return _found(str(folder), files)

    def kept(self, seal: str) -> Found | None:
        """The content with that seal, if it was ever in force here and is unaltered."""
        folder = self._home.path / "packs" / seal
        if not seal.isalnum() or not folder.is_dir():
            return None
        found = self.at(folder)
        return found if found.seal == seal else None

    def keep(self, found: Found) -> None:
        """Keep this content for as long as the log is kept, so that its records can be read and gone on with."""
        folder = self._home.path / "packs" / found.seal
        if found.seal and not _holds(folder, found.files):
            ensure_folder(folder)
            for name, data in found.files.items():
                save_file(folder / name, data)

    def approval(self, pack_id: str) -> Approval | None:
        """The approval on file for a pack id, whatever content it was for; None when there is none that reads."""
        try:
            return Approval(**json.loads(self._approval_file(pack_id).read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def approve(self, found: Found, *, name: str, role: str, on: date) -> Approval:
        """Bind name, role and date to this exact content. Raises Refused for a pack with error findings."""
        if found.protocol is None or found.errors or not found.seal:
            raise Refused(
                f"The protocol in {found.where} has findings that must be repaired first.",
                "Run `kiosk protocol check` to see each with its repair.",
            )
        approval = Approval(found.protocol.id, found.seal, name, role, on.isoformat())
        self.keep(found)
        file = self._approval_file(found.protocol.id)
        ensure_folder(file.parent)
        save_file(file, json.dumps(asdict(approval), indent=2, ensure_ascii=False).encode("utf-8"))
        return approval

    def contacts(self, found: Found) -> tuple[Contacts | None, tuple[Finding, ...], bool]:
        """(contacts, findings, whether they are the home's own); without a contacts file, the pack's example."""
        own = self._home.contacts_file.is_file()
        name = str(self._home.contacts_file) if own else EXAMPLE_CONTACTS
        data = _read(self._home.contacts_file) if own else found.files.get(EXAMPLE_CONTACTS, b"")
        reading = read_contacts(data, name)
        fitting = check_contacts(reading, found.protocol) if found.protocol else ()
        return reading.contacts, tuple(sorted({*reading.findings, *fitting})), own

    def in_force(self, settings: Settings, today: date) -> InForce:
        """What runs today, live or practice. Raises WrongUse when the protocol can't be read, or not be walked."""
        found = self.find(settings.protocol)
        in_the_way = [f for f in found.errors if found.protocol is None or f.code in _UNWALKABLE]
        if found.protocol is None or in_the_way:
            raise WrongUse(
                f"The protocol in {found.where} can't be used: {in_the_way[0]}",
                "Run `kiosk protocol check` to see every finding with its repair.",
            )
        contacts, contact_findings, own = self.contacts(found)
        contact_errors = [f for f in contact_findings if f.severity is Severity.ERROR]
        reasons = (
            *self._unapproved(found, found.protocol, today),
            *_incomplete(settings, own=own, complete=contacts is not None and not contact_errors),
        )
        return InForce(
            "practice" if reasons else "live",
            found,
            found.protocol,
            contacts or Contacts("", {}),
            reasons,
            _cautions(found.protocol, today),
        )

    def _unapproved(self, found: Found, protocol: Protocol, today: date) -> tuple[str, ...]:
        approval = self.approval(protocol.id)
        if found.errors:
            return (f"The protocol has {len(found.errors)} finding(s) to repair.",)
        if approval is None:
            return ("The protocol is not approved yet.",)
        if approval.seal != found.seal:
            return ("The protocol was changed after it was approved.",)
        if today < protocol.release.effective:
            return (f"The protocol takes effect on {protocol.release.effective}.",)
        return ()

    def _approval_file(self, pack_id: str) -> Path:
        return self._home.path / "approvals" / f"{pack_id}.json"


def _holds(folder: Path, files: Mapping[str, bytes]) -> bool:
    # Comparing bytes, not seals: this stands between a press and the first step.
    return all((folder / name).is_file() and (folder / name).read_bytes() == data for name, data in files.items())


def _incomplete(settings: Settings, *, own: bool, complete: bool) -> tuple[str, ...]:
    reasons = []
    if not settings.school:
        reasons.append("This kiosk is not set up yet.")
    if not own:
        reasons.append("No contacts are filled in yet.")
    elif not complete:
        reasons.append("The contacts are not complete.")
    return tuple(reasons)


def _cautions(protocol: Protocol, today: date) -> tuple[str, ...]:
    late = today > protocol.release.review_by
    return (f"The protocol was to be reviewed by {protocol.release.review_by}.",) if late else ()


def _found(where: str, files: Mapping[str, bytes]) -> Found:
    pack = read_pack(files)
    findings = tuple(sorted((*pack.findings, *check(pack.reading))))
    sealed = {name: data for name, data in files.items() if name != EXAMPLE_CONTACTS}
    return Found(where, files, pack.protocol, findings, _seal(sealed))


def _seal(files: Mapping[str, bytes]) -> str:
    try:
        return seal_hash(files)
    except WrongUse:
        return ""


def _read_files(folder: Traversable | Path) -> dict[str, bytes]:
    try:
        names = sorted(f.name for f in folder.iterdir() if f.is_file() and f.name.endswith(".yaml"))
        return {name: _read(folder / name) for name in names}
    except OSError as error:
        raise WrongUse(f"{folder} can't be read ({error.strerror}).", "Name the folder of a pack.") from error


def _read(file: Traversable | Path) -> bytes:
    try:
        with file.open("rb") as stream:
            data: bytes = stream.read(LARGEST + 1)
    except OSError as error:
        raise WrongUse(f"{file} can't be read ({error.strerror}).", "Ask IT to let this account read it.") from error
    return data
