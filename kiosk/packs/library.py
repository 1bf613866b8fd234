"""Find packs, and decide which one is in force and whether it may run live.

A copy of a pack is *valid* when its note is signed with this kiosk's superintendent key, the note's content hash
matches the files next to it, and it is in effect. The best valid copy runs, out of the copy in use (`protocols/ID`) and
all versions ever installed (`packs`). A copy before its review date precedes an overdue one; then the higher version
wins. So when the copy in use is altered, unsigned, a lower version or not yet in effect, the last approved version
runs, and the home screen, `kiosk doctor` and the log give the reason. An overdue copy runs when there is no other.
Only a home without a valid copy is in PRACTICE.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from importlib.resources import files as resource_files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, Literal, TypeVar

from kiosk.errors import KioskError, UsageError
from kiosk.i18n.strings import Sentence
from kiosk.packs.files import NOTE_FILE, holds, is_folder, note_of, note_or_none, read, read_files
from kiosk.packs.judged_names import JudgedNames
from kiosk.protocol.content_hash import content_of
from kiosk.protocol.findings.collector import Finding, errors
from kiosk.protocol.model import Protocol
from kiosk.protocol.pack import EXAMPLE_CONTACTS, PROTOCOL_FILE, PackReading, read_pack
from kiosk.protocol.site.contacts import PRIVATE_NAME, Contacts, check_contacts, named_today, read_contacts
from kiosk.protocol.site.district import District, read_district
from kiosk.protocol.site.fictional import PRACTICE_ONLY, check_fictional
from kiosk.protocol.versions import order
from kiosk.record.approval import Approval, matches, read_statement
from kiosk.record.entries import Entry
from kiosk.record.pack_entries import PackRefusal
from kiosk.record.transparency.signed_note import BadNote, VerifierKey, parse, verifier_key, verify
from kiosk.settings import Home, Settings
from kiosk.system.files import ensure_folder, save_folder

_T = TypeVar("_T")

_UNWALKABLE: Final = frozenset({"P201", "P202", "P203", "P207", "P305", "P408"})
"""Findings that make a walk fail or never end; a protocol with other findings can still run in practice."""

_PLAIN: Final = re.compile(r"[^\W_][\w.-]*")
"""Valid ids of packs; a path out of the folder of packs does not match."""


@dataclass(frozen=True)
class Found:
    """A pack on disk: its files, its parsed contents, and its approval note (empty without one).

    content: everything that the content hash covers, in one line; content_hash: its hex SHA-256.
             Both are empty while a file is not valid YAML; such a pack can be neither approved nor stored.
    """

    where: str
    files: Mapping[str, bytes]
    pack: PackReading
    content: str
    content_hash: str
    note: bytes = b""

    @property
    def protocol(self) -> Protocol | None:
        """The protocol, when its structure has no errors."""
        return self.pack.protocol

    @property
    def raw_files(self) -> Mapping[str, bytes]:
        """The bytes of all files and the note, as `Library.raw_files` returns them."""
        return {**self.files, NOTE_FILE: self.note}

    @cached_property
    def structure(self) -> tuple[Finding, ...]:
        """Findings about its structure, names and graph; fast enough for every start."""
        return tuple(sorted({*self.pack.findings, *self.pack.structure}))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings about the pack."""
        from kiosk.checks.run import check_pack  # noqa: PLC0415 - heavy checks, not needed at start

        return check_pack(self.pack)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that prevent its approval."""
        return errors(self.findings)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The reason a copy of a pack does not run live: `code` for the log, `words` and `repair` for people.

    A good copy that waits for its day (`NOT_YET`) is not refused, only early.
    """

    code: PackRefusal
    words: str
    repair: str
    pack: str
    version: str = ""
    content_hash: str = ""


@dataclass(frozen=True, slots=True)
class InForce:
    """The protocol in force.

    reasons:  why it is only PRACTICE; empty when live. warnings: shown while it runs live; they never stop it.
    refused:  the copy in use that may not run live; another version or PRACTICE runs instead.
    overdue:  whether the running version is past its review date.
    approval: the approval of the live version.
    choices:  the district's valid choices; all other settings have their defaults. closed_days: its holidays.
    refused_key: the entry about a key in the settings that differs from the one in the log, and so is refused.
    behind:   the newest day in the log, by which this was decided because the clock is behind it; else None.
    """

    mode: Literal["live", "practice"]
    found: Found
    protocol: Protocol
    contacts: Contacts
    reasons: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    refused: Refusal | None = None
    overdue: bool = False
    approval: Approval | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    behind: date | None = None
    refused_key: Entry | None = None
    closed_days: frozenset[date] = frozenset()


def approved(found: Found, key: VerifierKey | None) -> Approval | Refusal:
    """Return the approval of this exact content, regardless of the date, else the reason there is none."""
    unsigned = "The superintendent approves it with `kiosk protocol approve`."
    if found.protocol is None or not found.content_hash:
        words, repair = Sentence.of("pack.unreadable"), "Run `kiosk protocol check` to see why."
        return refusal(found, PackRefusal.UNREADABLE, words, repair)
    if not found.note:
        return refusal(found, PackRefusal.UNSIGNED, Sentence.of("pack.unsigned"), unsigned)
    if key is None:
        words, repair = Sentence.of("pack.no-key"), "Run `kiosk setup --superintendent-key`."
        return refusal(found, PackRefusal.NO_KEY, words, repair)
    try:
        approval = read_statement(verify(found.note, key))
    except BadNote as bad:
        words = Sentence(f"{Sentence.of('pack.bad-signature')} {bad.what}", "pack.bad-signature")
        return refusal(found, PackRefusal.BAD_SIGNATURE, words, bad.repair)
    if not matches(approval, found.protocol, found.content_hash):
        words = Sentence.of("pack.altered", name=approval.name)
        repair = "Install the approved version again with `kiosk protocol install`, or have this one approved."
        return refusal(found, PackRefusal.ALTERED, words, repair)
    return approval


def judged(found: Found, key: VerifierKey | None, today: date) -> Approval | Refusal:
    """Return the approval of this exact content if it is in effect today, else the reason it may not run live."""
    held = approved(found, key)
    if isinstance(held, Approval) and today < held.effective:
        words = Sentence.of("pack.not-yet", day=held.effective, today=today)
        return refusal(found, PackRefusal.NOT_YET, words, "Wait for that day, or correct the computer's date.")
    return held


def warnings_of(approval: Approval, refused: Refusal | None, *, overdue: bool) -> Iterator[str]:
    """Yield warnings for a live desk: another copy was refused; the review date has passed."""
    if refused is not None:
        yield Sentence.of("pack.instead", why=refused.words, version=approval.version)
    if overdue:
        yield Sentence.of("pack.overdue", day=approval.review_by)


def refusal(found: Found, code: PackRefusal, words: str, repair: str) -> Refusal:
    """Return a refusal of this copy."""
    version = found.protocol.release.version if found.protocol else ""
    return Refusal(code, words, repair, found.protocol.id if found.protocol else "", version, found.content_hash)


def unreadable(error: KioskError, pack_id: str) -> Refusal:
    """Return the refusal of a copy in use that can't be read."""
    return Refusal(PackRefusal.UNREADABLE, Sentence(error.what, "pack.unreadable"), error.repair, pack_id)


def found_in(where: str, files: Mapping[str, bytes], note: bytes) -> Found:
    """Return the pack with these files and this note. where: for messages."""
    content = content_hash = ""
    with suppress(UsageError):
        content, content_hash = content_of({name: data for name, data in files.items() if name != EXAMPLE_CONTACTS})
    return Found(where, files, read_pack(files), content, content_hash, note)


class Library:
    """The packs shipped with the kiosk and those in its home."""

    def __init__(self, home: Home, shipped: Traversable | None = None) -> None:
        self._home = home
        self._shipped = shipped if shipped is not None else resource_files("protocols")

    def find(self, pack_id: str) -> Found:
        """Return the pack with this id: the home's own, else the shipped one. Raises UsageError when there is none."""
        return self.at(self._folder(pack_id))

    def raw_files(self, pack_id: str) -> Mapping[str, bytes]:
        """Return the files of the pack with this id, by name, with its note, unparsed. Raises UsageError."""
        folder = self._folder(pack_id)
        return {**read_files(folder), NOTE_FILE: note_of(folder)}

    def _folder(self, pack_id: str) -> Traversable | Path:
        for folder in (self.own(pack_id), self._shipped / pack_id):
            if _PLAIN.fullmatch(pack_id) and is_folder(folder):
                return folder
        raise UsageError(
            f"There is no protocol “{pack_id}” on this computer.",
            "Correct `id` under [protocol] in kiosk.toml, or run `kiosk setup --protocol FOLDER`.",
        )

    def at(self, folder: Traversable | Path) -> Found:
        """Return the pack in a folder. Raises UsageError when it has no protocol.yaml or can't be read."""
        files = read_files(folder)
        if PROTOCOL_FILE not in files:
            raise UsageError(f"{folder} has no {PROTOCOL_FILE}.", "Name the folder of a protocol.")
        return found_in(str(folder), files, note_of(folder))

    def is_shipped(self, found: Found) -> bool:
        """Check that this pack was shipped with the kiosk."""
        shipped = Path(str(self._shipped)).resolve()
        return Path(found.where).resolve().is_relative_to(shipped)

    def copy_in(self, found: Found) -> bool:
        """Copy a pack into the home without its note, for practice until it is installed.

        Return False when the home has a copy already, which stays. Raises StoreUnusable.
        """
        own = self.own(found.protocol.id if found.protocol else "")
        if own.exists() or self.is_shipped(found):
            return False
        ensure_folder(own.parent)
        save_folder(own, found.files, moved_to=own.with_name(f".before-{own.name}"))
        return True

    def own(self, pack_id: str) -> Path:
        """Return the folder of the pack's copy in use in the home."""
        return self._home.path / "protocols" / pack_id

    def kept_folder(self, content_hash: str) -> Path:
        """Return the folder in the home for the content with this hash."""
        return self._home.path / "packs" / content_hash

    def kept_by_hash(self, digits: str) -> Found | None:
        """Return the stored pack whose content hash begins with these digits, at least 8; None if there is none.

        Raises UsageError when several do.
        """
        prefix = digits.lower()
        if len(prefix) < 8 or not set(prefix) <= set("0123456789abcdef"):
            return None
        folder = self._home.path / "packs"
        hashes = sorted(f.name for f in folder.iterdir() if f.name.startswith(prefix)) if folder.is_dir() else []
        if len(hashes) > 1:
            raise UsageError(
                f"More than one kept version has a content hash that begins with {digits}.", "Give more digits."
            )
        return self.kept(hashes[0]) if hashes else None

    def kept(self, content_hash: str) -> Found | None:
        """Return the stored pack with this content hash; None when it is missing or altered."""
        folder = self.kept_folder(content_hash)
        try:
            if not content_hash.isalnum() or not is_folder(folder):
                return None
            found = self.at(folder)
        except UsageError:
            return None
        return found if found.content_hash == content_hash else None

    def keep(self, found: Found, *, approved: bool) -> None:
        """Store this content for as long as the log, so that its records can be read and continued.

        approved: its note was verified; store it too, because this may become the last approved version. Other content
        in that folder is replaced. Raises StoreUnusable.
        """
        folder = self.kept_folder(found.content_hash)
        note = found.note if approved else note_or_none(folder)
        if found.content_hash and not holds(folder, found.files, note):
            ensure_folder(folder.parent)
            files = {**found.files, NOTE_FILE: note} if note else found.files
            save_folder(folder, files, moved_to=folder.with_name(f".before-{folder.name}"))

    def versions(self, pack_id: str) -> Iterator[tuple[str, str]]:
        """Yield (version, content hash) of each version of the pack ever installed here, signed with any key."""
        for name, note in self._kept_notes():
            with suppress(BadNote):
                approval = read_statement(parse(note).text)
                if approval.pack == pack_id and approval.content_hash == name:
                    yield approval.version, approval.content_hash

    def installed(self, pack_id: str, key: VerifierKey) -> Iterator[Approval]:
        """Yield the approvals of all versions of the pack ever installed here and signed with this key."""
        for name, note in self._kept_notes():
            with suppress(BadNote):
                approval = read_statement(verify(note, key))
                if approval.pack == pack_id and approval.content_hash == name:
                    yield approval

    def _kept_notes(self) -> Iterator[tuple[str, bytes]]:
        """Yield (folder name, note) of each stored pack that can be read."""
        folder = self._home.path / "packs"
        try:
            kept = sorted(folder.iterdir())
        except OSError:
            return
        yield from ((one.name, note) for one in kept if (note := note_or_none(one)))

    def contacts(self, found: Found) -> tuple[Contacts | None, tuple[Finding, ...], bool]:
        """Return contacts, findings, and whether the contacts are the home's own; else they are the pack's example."""
        own = self._home.contacts_file.is_file()
        name = str(self._home.contacts_file) if own else EXAMPLE_CONTACTS
        data = read(self._home.contacts_file) if own else found.files.get(EXAMPLE_CONTACTS, b"")
        reading, judged = read_contacts(data, name), JudgedNames(self._home)
        known = judged.knows(data)
        fitting = check_contacts(reading, found.protocol, judges_names=not known) if found.protocol else ()
        if not known and found.protocol is not None and all(f.code != PRIVATE_NAME for f in fitting):
            judged.add(data)
        fitting += check_fictional(reading) if own else ()
        people = reading.contacts
        if people is not None and found.protocol is not None:
            people = named_today(people, found.protocol)
        return people, tuple(sorted({*reading.findings, *fitting})), own

    def district(self, protocol: Protocol) -> tuple[District, tuple[Finding, ...]]:
        """Return the district's choices, and findings about them. Raises UsageError when the file can't be read."""
        file = self._home.district_file
        return read_district(read(file), str(file), protocol) if file.is_file() else (District(protocol.id), ())

    def in_force(self, settings: Settings, today: date, *, draft: bool = False) -> InForce:
        """Return what runs today, live or practice. `draft`: practice with the copy in use, approved or not.

        Unreadable contacts or settings are a reason for PRACTICE.
        Raises UsageError when there is no valid copy and the copy in use can't be read or run.
        """
        key, active, refused = key_of(settings), None, None
        try:
            active = self.find(settings.protocol)
            held = judged(active, key, today)
        except UsageError as wrong:
            held = unreadable(wrong, settings.protocol)
        best = self._best(settings.protocol, key, today, held)
        if isinstance(held, Approval) and best is None:
            assert active is not None  # noqa: S101 - an approved pack exists
            return self._live(settings, active, held, today, None)
        if best is not None and not draft:
            refused = held if isinstance(held, Refusal) else outdone(held, best[1], today)
            return self._live(settings, best[0], best[1], today, refused)
        if active is None:
            assert isinstance(held, Refusal)  # noqa: S101 - a missing pack is always refused
            raise UsageError(held.words, held.repair)
        return self._practice(settings, active, held if isinstance(held, Refusal) else None)

    def _best(
        self, pack_id: str, key: VerifierKey | None, today: date, held: Approval | Refusal
    ) -> tuple[Found, Approval] | None:
        """Return the best valid stored copy if it precedes the copy in use. Reads only candidates."""
        floor = rank(held, today) if isinstance(held, Approval) else None
        approvals = self.installed(pack_id, key) if key else ()
        better = [a for a in approvals if a.effective <= today and (floor is None or rank(a, today) > floor)]
        for approval in sorted(better, key=lambda a: rank(a, today), reverse=True):
            try:
                found = self.kept(approval.content_hash)
            except UsageError:
                continue
            if found is not None and isinstance(judged(found, key, today), Approval):
                return found, approval
        return None

    def _live(
        self, settings: Settings, found: Found, approval: Approval, today: date, refused: Refusal | None
    ) -> InForce:
        assert found.protocol is not None  # noqa: S101 - a valid copy has a protocol
        ready = self._ready(settings, found)
        overdue = today > approval.review_by
        warnings = [*warnings_of(approval, refused, overdue=overdue)]
        if today < approval.on:
            warnings.append(Sentence.of("pack.clock", today=today, day=approval.on))
        return InForce(
            "practice" if ready.reasons else "live",
            found,
            found.protocol,
            ready.contacts,
            ready.reasons,
            tuple(warnings),
            refused,
            overdue=overdue,
            approval=approval,
            choices=ready.choices,
            closed_days=ready.closed_days,
        )

    def _practice(self, settings: Settings, found: Found, refused: Refusal | None) -> InForce:
        wrong = errors(found.structure)
        in_the_way = [f for f in wrong if found.protocol is None or f.code in _UNWALKABLE]
        if found.protocol is None or in_the_way:
            raise UsageError(
                f"The protocol in {found.where} can't be used: {in_the_way[0]}",
                "Run `kiosk protocol check` to see each finding with its repair.",
            )
        ready = self._ready(settings, found)
        why = refused.words if refused else Sentence.of("practice.asked")
        if wrong:
            why = Sentence.of("pack.findings", n=len(wrong))
        return InForce(
            "practice",
            found,
            found.protocol,
            ready.contacts,
            (why, *ready.reasons),
            refused=refused,
            choices=ready.choices,
            closed_days=ready.closed_days,
        )

    def _ready(self, settings: Settings, found: Found) -> _Ready:
        assert found.protocol is not None  # noqa: S101 - the caller checked
        protocol, unread = found.protocol, list[str]()
        nobody: tuple[Contacts | None, tuple[Finding, ...], bool] = (None, (), True)
        contacts, contact_findings, own = _read_or_default(nobody, lambda: self.contacts(found), unread)
        nothing: tuple[District, tuple[Finding, ...]] = (District(protocol.id), ())
        district, findings = _read_or_default(nothing, lambda: self.district(protocol), unread)
        complete = contacts is not None and not errors(contact_findings)
        examples = [Sentence(f.cause, "practice.examples") for f in contact_findings if f.code in PRACTICE_ONLY]
        lacking = _incomplete(settings, own=own, complete=complete)
        reasons = (*unread, *_setting_reasons(findings), *lacking, *examples[:1])
        people = replace(contacts or Contacts("", {}), special=district.special)
        return _Ready(people, reasons, district.valid_for(protocol), people.special.closed)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A school's and district's data for a pack, and the reasons why they are not enough to run live."""

    contacts: Contacts
    reasons: tuple[str, ...]
    choices: Mapping[str, str]
    closed_days: frozenset[date]


def key_of(settings: Settings) -> VerifierKey | None:
    """Return the superintendent's key from setup; None when it is missing or invalid."""
    try:
        return verifier_key(settings.superintendent_key) if settings.superintendent_key else None
    except BadNote:
        return None


def rank(approval: Approval, today: date) -> tuple[bool, tuple[int, ...]]:
    """Return the sort key of valid copies: not overdue before overdue, then the version."""
    return today <= approval.review_by, order(approval.version) or ()


def outdone(held: Approval, best: Approval, today: date) -> Refusal | None:
    """Return the reason why `best` replaces a valid copy in use; None when the copy in use ranks at least as high."""
    if rank(held, today) >= rank(best, today):
        return None
    repair = "Install the reviewed protocol with `kiosk protocol install`."
    if today > held.review_by and today <= best.review_by:
        words = Sentence.of("pack.due", version=held.version, day=held.review_by)
        return Refusal(PackRefusal.OVERDUE, words, repair, held.pack, held.version, held.content_hash)
    words = Sentence.of("pack.lower", version=held.version, best=best.version)
    return Refusal(PackRefusal.LOWER, words, repair, held.pack, held.version, held.content_hash)


def _read_or_default(usual: _T, read_it: Callable[[], _T], unread: list[str]) -> _T:
    """Return the result of `read_it`. On an error, append it to `unread` and return `usual`: practice still works."""
    try:
        return read_it()
    except UsageError as wrong:
        unread.append(Sentence(str(wrong), "practice.unreadable"))
        return usual


def _setting_reasons(findings: Sequence[Finding]) -> tuple[str, ...]:
    # Nobody would notice that a default replaced the district's choice.
    wrong = errors(findings)
    return (Sentence.of("practice.settings", n=len(wrong)),) if wrong else ()


def _incomplete(settings: Settings, *, own: bool, complete: bool) -> tuple[str, ...]:
    reasons = []
    if not settings.school:
        reasons.append(Sentence.of("practice.not-set-up"))
    if not own:
        reasons.append(Sentence.of("practice.no-contacts"))
    elif not complete:
        reasons.append(Sentence.of("practice.contacts"))
    return tuple(reasons)
