"""Finds packs, and says which one is in force and whether it may run live.

A copy of a pack is *good* when its note was signed with the superintendent's key that is fixed here, the note's seal is
the seal of the very content beside it, and it is in effect. Of the good copies (the one in use, in `protocols/ID`, and
every one ever installed, in `packs`) the best runs: one whose review date has not passed before one that is overdue,
then the highest version. So when the copy in use is altered, unsigned, a lower version or not yet in effect, the last
good one stays up, and why is said: on the home screen, by `kiosk doctor`, in the log. One that is overdue stays up when
there is no other: a desk without a protocol helps nobody. Only a home with no good copy at all is in PRACTICE.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib.resources import files as resource_files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, Literal, TypeVar

from kiosk.errors import UsageError
from kiosk.packs.files import NOTE_FILE, holds, is_folder, note_of, note_or_none, read, read_files
from kiosk.protocol.content_hash import content_of
from kiosk.protocol.findings.collector import Finding, errors
from kiosk.protocol.model import Protocol
from kiosk.protocol.pack import EXAMPLE_CONTACTS, PROTOCOL_FILE, PackReading, read_pack
from kiosk.protocol.site.contacts import Contacts, check_contacts, named_today, read_contacts
from kiosk.protocol.site.district import District, read_district
from kiosk.protocol.site.fictional import PRACTICE_ONLY, check_fictional
from kiosk.protocol.versions import order
from kiosk.record.approval import Approval, matches, read_statement
from kiosk.record.transparency.signed_note import BadNote, VerifierKey, parse, verifier_key, verify
from kiosk.settings import Home, Settings
from kiosk.system.files import ensure_folder, save_folder

_T = TypeVar("_T")

_UNWALKABLE: Final = frozenset({"P201", "P202", "P203", "P207", "P305", "P408"})
"""Findings that a walk would fall over or never come out of; the others leave the way whole, to be practised."""


NOT_YET: Final = "not-yet"
"""The code of a good copy that waits for its day: it is not refused, only early."""

_PLAIN: Final = re.compile(r"[^\W_][\w.-]*")
"""What the id of a pack may be: never a way out of the folder of packs."""


@dataclass(frozen=True)
class Found:
    """A pack as it is on disk: its files, what they read as, and the note that approves it (empty without one).

    content: everything that is sealed, in one line; seal: the hex SHA-256 of its canonical form. Both are empty while
             a file does not read as YAML: such a pack can be neither approved nor kept.
    """

    where: str
    files: Mapping[str, bytes]
    pack: PackReading
    content: str
    seal: str
    note: bytes = b""

    @property
    def protocol(self) -> Protocol | None:
        """The protocol, when its shape has no error."""
        return self.pack.protocol

    @property
    def lies(self) -> Mapping[str, bytes]:
        """Every byte that was read of it: its files and its note, as `Library.lies` gives them."""
        return {**self.files, NOTE_FILE: self.note}

    @cached_property
    def structure(self) -> tuple[Finding, ...]:
        """What is wrong with its shape, names and graph: cheap enough for every start."""
        return tuple(sorted({*self.pack.findings, *self.pack.structure}))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong with it."""
        from kiosk.checks.run import check_pack  # noqa: PLC0415 - proofs and word lists; a kiosk that starts needs none

        return check_pack(self.pack)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep it from being approved."""
        return errors(self.findings)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a copy of a pack does not run live: `code` is for the log, `words` and `repair` are for people."""

    code: str
    words: str
    repair: str
    pack: str
    version: str = ""
    seal: str = ""


@dataclass(frozen=True, slots=True)
class InForce:
    """What the kiosk runs now.

    reasons:  why it is only PRACTICE; live has none. cautions: what is said while it runs live; they never stop it.
    refused:  the copy in use that may not run live; something else runs instead, or only PRACTICE.
    overdue:  what runs is past its review date.
    approval: who approved what runs live.
    choices:  the district's settings that hold; every other setting takes its default.
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


def approved(found: Found, key: VerifierKey | None) -> Approval | Refusal:
    """Who approved this very content, whatever the day; else why nobody did."""
    unsigned = "The superintendent runs `kiosk protocol approve`."
    if found.protocol is None or not found.seal:
        return refusal(found, "unreadable", "The protocol can't be read.", "Run `kiosk protocol check` to see why.")
    if not found.note:
        return refusal(found, "unsigned", "The protocol is not approved yet.", unsigned)
    if key is None:
        words, repair = "No superintendent's key is fixed here yet.", "Run `kiosk setup --superintendent-key`."
        return refusal(found, "no-key", words, repair)
    try:
        approval = read_statement(verify(found.note, key))
    except BadNote as bad:
        return refusal(found, "bad-signature", f"The approval does not count. {bad.what}", bad.repair)
    if not matches(approval, found.protocol, found.seal):
        words = f"The protocol was changed after it was approved by {approval.name}."
        repair = "Install the approved one again with `kiosk protocol install`, or have this one approved."
        return refusal(found, "altered", words, repair)
    return approval


def judged(found: Found, key: VerifierKey | None, today: date) -> Approval | Refusal:
    """Who approved this very content, when it is in effect today; else why it may not run live."""
    held = approved(found, key)
    if isinstance(held, Approval) and today < held.effective:
        words = f"The protocol takes effect on {held.effective}; this computer's clock says {today}."
        return refusal(found, NOT_YET, words, "Wait for that day, or correct the computer's date.")
    return held


def warnings_of(approval: Approval, refused: Refusal | None, *, overdue: bool) -> Iterator[str]:
    """What is said while this runs live: that another copy was refused, that it is past its review date."""
    if refused is not None:
        yield f"{refused.words} Version {approval.version} runs instead."
    if overdue:
        yield f"The protocol is overdue: it was to be reviewed by {approval.review_by}."


def refusal(found: Found, code: str, words: str, repair: str) -> Refusal:
    """A refusal of this copy."""
    version = found.protocol.release.version if found.protocol else ""
    return Refusal(code, words, repair, found.protocol.id if found.protocol else "", version, found.seal)


class Library:
    """The packs that came with the kiosk and those in its home."""

    def __init__(self, home: Home, shipped: Traversable | None = None) -> None:
        self._home = home
        self._shipped = shipped if shipped is not None else resource_files("protocols")

    def find(self, pack_id: str) -> Found:
        """The pack of that id: the home's own, else the shipped one. Raises UsageError when there is none."""
        return self.at(self._folder(pack_id))

    def lies(self, pack_id: str) -> Mapping[str, bytes]:
        """The bytes of the pack of that id, unread: file name → content, its note among them. Raises UsageError."""
        folder = self._folder(pack_id)
        return {**read_files(folder), NOTE_FILE: note_of(folder)}

    def _folder(self, pack_id: str) -> Traversable | Path:
        for folder in (self.own(pack_id), self._shipped / pack_id):
            if _PLAIN.fullmatch(pack_id) and is_folder(folder):
                return folder
        raise UsageError(
            f"There is no protocol “{pack_id}” on this computer.",
            "Correct `id` under [protocol] in kiosk.toml, or name the pack's folder: `kiosk setup --protocol FOLDER`.",
        )

    def at(self, folder: Traversable | Path) -> Found:
        """The pack in a folder. Raises UsageError when it holds no protocol.yaml or can't be read."""
        files = read_files(folder)
        if PROTOCOL_FILE not in files:
            raise UsageError(f"{folder} holds no {PROTOCOL_FILE}.", "Name the folder of a pack.")
        content, seal = _content({name: data for name, data in files.items() if name != EXAMPLE_CONTACTS})
        return Found(str(folder), files, read_pack(files), content, seal, note_of(folder))

    def is_shipped(self, found: Found) -> bool:
        """Whether this is a pack that came with the kiosk."""
        shipped = Path(str(self._shipped)).resolve()
        return Path(found.where).resolve().is_relative_to(shipped)

    def copy_in(self, found: Found) -> bool:
        """Put a copy of a pack into the home, without its note: to practise with, until it is installed.

        Whether it was: a copy that is there stays. Raises StoreUnusable.
        """
        own = self.own(found.protocol.id if found.protocol else "")
        if own.exists() or self.is_shipped(found):
            return False
        ensure_folder(own.parent)
        save_folder(own, found.files, aside=own.with_name(f".before-{own.name}"))
        return True

    def own(self, pack_id: str) -> Path:
        """Where the home keeps the copy in use of that pack."""
        return self._home.path / "protocols" / pack_id

    def kept_folder(self, seal: str) -> Path:
        """Where the home keeps the content with that seal."""
        return self._home.path / "packs" / seal

    def kept(self, seal: str) -> Found | None:
        """The content with that seal, if it was ever installed or practised here and is unaltered."""
        folder = self.kept_folder(seal)
        try:
            if not seal.isalnum() or not is_folder(folder):
                return None
            found = self.at(folder)
        except UsageError:
            return None
        return found if found.seal == seal else None

    def keep(self, found: Found, *, approved: bool) -> None:
        """Keep this content for as long as the log is kept, so that its records can be read and gone on with.

        approved: its note was verified, and is kept with it: it may be the last good one one day. What lies there and
        is not this content is replaced. Raises StoreUnusable.
        """
        folder = self.kept_folder(found.seal)
        note = found.note if approved else note_or_none(folder)
        if found.seal and not holds(folder, found.files, note):
            ensure_folder(folder.parent)
            files = {**found.files, NOTE_FILE: note} if note else found.files
            save_folder(folder, files, aside=folder.with_name(f".before-{folder.name}"))

    def versions(self, pack_id: str) -> Iterator[tuple[str, str]]:
        """(version, seal) of every content of that pack that was ever installed here, whichever key signed it."""
        for name, note in self._kept_notes():
            with suppress(BadNote):
                approval = read_statement(parse(note).text)
                if approval.pack == pack_id and approval.seal == name:
                    yield approval.version, approval.seal

    def installed(self, pack_id: str, key: VerifierKey) -> Iterator[Approval]:
        """The approvals of every content of that pack that was ever installed here and is signed with the key."""
        for name, note in self._kept_notes():
            with suppress(BadNote):
                approval = read_statement(verify(note, key))
                if approval.pack == pack_id and approval.seal == name:
                    yield approval

    def _kept_notes(self) -> Iterator[tuple[str, bytes]]:
        """(folder's name, its note) of everything kept that can be read."""
        folder = self._home.path / "packs"
        try:
            kept = sorted(folder.iterdir())
        except OSError:
            return
        yield from ((one.name, note) for one in kept if (note := note_or_none(one)))

    def contacts(self, found: Found) -> tuple[Contacts | None, tuple[Finding, ...], bool]:
        """(contacts, findings, whether they are the home's own); without a contacts file, the pack's example."""
        own = self._home.contacts_file.is_file()
        name = str(self._home.contacts_file) if own else EXAMPLE_CONTACTS
        data = read(self._home.contacts_file) if own else found.files.get(EXAMPLE_CONTACTS, b"")
        reading = read_contacts(data, name)
        fitting = check_contacts(reading, found.protocol) if found.protocol else ()
        fitting += check_fictional(reading) if own else ()
        people = reading.contacts
        if people is not None and found.protocol is not None:
            people = named_today(people, found.protocol)
        return people, tuple(sorted({*reading.findings, *fitting})), own

    def district(self, protocol: Protocol) -> tuple[District, tuple[Finding, ...]]:
        """What the district chose, and what does not fit this protocol. Raises UsageError for an unreadable file."""
        file = self._home.district_file
        return read_district(read(file), str(file), protocol) if file.is_file() else (District(protocol.id), ())

    def in_force(self, settings: Settings, today: date, *, draft: bool = False) -> InForce:
        """What runs today, live or practice. `draft` asks for practice with the copy in use, approved or not.

        Contacts or settings that may not be read are a reason for PRACTICE.
        Raises UsageError when there is no good copy, and the one in use can't be read, or not be walked.
        """
        key, active, refused = key_of(settings), None, None
        try:
            active = self.find(settings.protocol)
            held = judged(active, key, today)
        except UsageError as wrong:
            held = Refusal("unreadable", wrong.what, wrong.repair, settings.protocol)
        best = self._best(settings.protocol, key, today, held)
        if isinstance(held, Approval) and best is None:
            assert active is not None  # noqa: S101 - what was judged is there
            return self._live(settings, active, held, today, None)
        if best is not None and not draft:
            refused = held if isinstance(held, Refusal) else outdone(held, best[1], today)
            return self._live(settings, best[0], best[1], today, refused)
        if active is None:
            assert isinstance(held, Refusal)  # noqa: S101 - only what is there is approved
            raise UsageError(held.words, held.repair)
        return self._practice(settings, active, held if isinstance(held, Refusal) else None)

    def _best(
        self, pack_id: str, key: VerifierKey | None, today: date, held: Approval | Refusal
    ) -> tuple[Found, Approval] | None:
        """The best kept copy that is good, when it comes before the one in use. Reads only what might be it."""
        floor = rank(held, today) if isinstance(held, Approval) else None
        approvals = self.installed(pack_id, key) if key else ()
        better = [a for a in approvals if a.effective <= today and (floor is None or rank(a, today) > floor)]
        for approval in sorted(better, key=lambda a: rank(a, today), reverse=True):
            try:
                found = self.kept(approval.seal)
            except UsageError:
                continue
            if found is not None and isinstance(judged(found, key, today), Approval):
                return found, approval
        return None

    def _live(
        self, settings: Settings, found: Found, approval: Approval, today: date, refused: Refusal | None
    ) -> InForce:
        assert found.protocol is not None  # noqa: S101 - a good copy reads
        ready = self._ready(settings, found)
        overdue = today > approval.review_by
        warnings = [*warnings_of(approval, refused, overdue=overdue)]
        if today < approval.on:
            warnings.append(f"The clock says {today}, before the protocol was approved ({approval.on}).")
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
        )

    def _practice(self, settings: Settings, found: Found, refused: Refusal | None) -> InForce:
        wrong = errors(found.structure)
        in_the_way = [f for f in wrong if found.protocol is None or f.code in _UNWALKABLE]
        if found.protocol is None or in_the_way:
            raise UsageError(
                f"The protocol in {found.where} can't be used: {in_the_way[0]}",
                "Run `kiosk protocol check` to see every finding with its repair.",
            )
        ready = self._ready(settings, found)
        why = (f"The protocol has {len(wrong)} finding(s) to repair.",) if wrong else ()
        why = why or ((refused.words,) if refused else ("You asked for practice.",))
        return InForce(
            "practice",
            found,
            found.protocol,
            ready.contacts,
            (*why, *ready.reasons),
            refused=refused,
            choices=ready.choices,
        )

    def _ready(self, settings: Settings, found: Found) -> _Ready:
        assert found.protocol is not None  # noqa: S101 - the caller looked
        protocol, unread = found.protocol, list[str]()
        nobody: tuple[Contacts | None, tuple[Finding, ...], bool] = (None, (), True)
        contacts, contact_findings, own = _read_or(nobody, lambda: self.contacts(found), unread)
        nothing: tuple[District, tuple[Finding, ...]] = (District(protocol.id), ())
        district, findings = _read_or(nothing, lambda: self.district(protocol), unread)
        complete = contacts is not None and not errors(contact_findings)
        examples = [f.cause for f in contact_findings if f.code in PRACTICE_ONLY]
        lacking = _incomplete(settings, own=own, complete=complete)
        reasons = (*unread, *_unsettled(findings), *lacking, *examples[:1])
        return _Ready(contacts or Contacts("", {}), reasons, district.holding(protocol))


@dataclass(frozen=True, slots=True)
class _Ready:
    """What a school and its district add to a pack, and why that is not enough to run live."""

    contacts: Contacts
    reasons: tuple[str, ...]
    choices: Mapping[str, str]


def key_of(settings: Settings) -> VerifierKey | None:
    """The superintendent's key that was fixed at setup; None without one, or when it does not read."""
    try:
        return verifier_key(settings.superintendent_key) if settings.superintendent_key else None
    except BadNote:
        return None


def rank(approval: Approval, today: date) -> tuple[bool, tuple[int, ...]]:
    """What the better of two good copies is found by: in date before overdue, then the version."""
    return today <= approval.review_by, order(approval.version) or ()


def outdone(held: Approval, best: Approval, today: date) -> Refusal | None:
    """Why a good copy in use gives way to another; None when it comes before it."""
    if rank(held, today) >= rank(best, today):
        return None
    repair = "Install the reviewed protocol with `kiosk protocol install`."
    if today > held.review_by and today <= best.review_by:
        words = f"Version {held.version} of the protocol was to be reviewed by {held.review_by}."
        return Refusal("overdue", words, repair, held.pack, held.version, held.seal)
    words = f"Version {held.version} of the protocol is lower than {best.version}, which was installed here."
    return Refusal("lower", words, repair, held.pack, held.version, held.seal)


def _read_or(usual: _T, read_it: Callable[[], _T], unread: list[str]) -> _T:
    """What is read; `usual`, and why in `unread`, when this account may not: the desk can still be practised at."""
    try:
        return read_it()
    except UsageError as wrong:
        unread.append(str(wrong))
        return usual


def _unsettled(findings: Sequence[Finding]) -> tuple[str, ...]:
    # A default in place of what the district meant would go unseen.
    wrong = errors(findings)
    return (f"The district's settings have {len(wrong)} finding(s) to repair.",) if wrong else ()


def _incomplete(settings: Settings, *, own: bool, complete: bool) -> tuple[str, ...]:
    reasons = []
    if not settings.school:
        reasons.append("This kiosk is not set up yet.")
    if not own:
        reasons.append("No contacts are filled in yet.")
    elif not complete:
        reasons.append("The contacts are not complete.")
    return tuple(reasons)


def _content(files: Mapping[str, bytes]) -> tuple[str, str]:
    try:
        return content_of(files)
    except UsageError:
        return "", ""
