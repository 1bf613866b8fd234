"""A kiosk's home on a disk, for tests of commands: a small pack, contacts, and encounters written through the desk."""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Hashable
from contextlib import closing
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from db.triggers import TRIGGERS
from kiosk.desk.service import Desk
from kiosk.desk.station import Pack, Station
from kiosk.errors import ReplaceReason
from kiosk.log.log import open_writer
from kiosk.log.replace import replace_log
from kiosk.packs.files import NOTE_FILE
from kiosk.packs.library import Library
from kiosk.protocol.replies import Attempt, CallResult, Chosen, Missing, Place, Recorded
from kiosk.protocol.site.contacts import Contact, Contacts
from kiosk.protocol.site.fictional import EXAMPLE_PEOPLE
from kiosk.record.approval import approval_of, statement
from kiosk.record.key_file import decrypt_key, new_key, read_key
from kiosk.record.transparency.signed_note import sign
from kiosk.settings import Home, Mode
from kiosk.system.clock import Clock, FixedClock

PACK: Final = """\
kind: protocol
format: 1
id: small
title: {en: Small}
jurisdiction: US-CT
source_language: en
release: {version: "2026.1", effective: 2026-01-01, review_by: 2099-06-30, status: final}
sources: {memo: {title: A memo}}
roles: {office: {title: {en: The office}, required: true, designee: true}}
settings:
  wait-place: {ask: {en: Where?}, choices: {outside: {en: outside}, inside: {en: inside}}, default: outside}
fields:
  agency-as-stated: {label: {en: Agency}, type: line, missing: [refused]}
  badge: {label: {en: Badge}, type: line, missing: [refused]}
start: channel
interrupts: [{id: left, label: {en: They left}, next: gone}, {id: danger, label: {en: Danger}, next: call-now}]
steps:
  channel:
    ask: {en: "How did they come?"}
    say: {en: "Please wait {wait-place}."}
    cite: [memo]
    options: [{id: door, label: {en: Door}, next: call-now}, {id: phone, label: {en: Phone}, next: identify}]
  call-now:
    do: {en: "Call."}
    cite: [memo]
    call: [office]
    reached: {next: identify}
    nobody: {next: identify}
  identify:
    do: {en: "Write."}
    cite: [memo]
    record: [agency-as-stated, badge]
    next: routed
  routed: {when: [{setting: wait-place, is: outside, next: handover}], otherwise: gone}
outcomes:
  handover: {title: {en: Handed over}, refer: office, to_notify: [office]}
  gone: {title: {en: They left}, refer: office}
"""

_HANDOVER: Final = "  handover: {title: {en: Handed over}, refer: office, to_notify: [office]}\n"
_WITH_DUTIES: Final = """\
  handover:
    title: {en: Handed over}
    refer: office
    to_notify: [office]
    duties:
      - {id: papers, do: {en: Send them on.}, owner: office, within: at-once, why: {en: They decide.}, cite: [memo]}
      - {id: talk, do: {en: Talk of it.}, owner: office, within: {days: 365}, why: {en: Do better.}, cite: [design]}
"""
assert _HANDOVER in PACK
PACK_WITH_DUTIES: Final = PACK.replace(_HANDOVER, _WITH_DUTIES)
"""The same with two duties at the outcome of `encounter`: one at once, one within a year."""

SCENARIOS: Final = """\
- name: An agent at the door
  do:
    - {channel: door}
    - {call-now: {office: reached}}
    - {identify: {agency-as-stated: "An agency", badge: refused}}
  outcome: handover
- name: A call, and nobody inside to take it
  settings: {wait-place: inside}
  do:
    - {channel: phone}
    - {identify: {agency-as-stated: "An agency", badge: refused}}
  outcome: gone
- name: Danger while it is written down
  do:
    - {channel: phone}
    - {press: danger}
    - {call-now: {office: reached}}
    - {identify: {agency-as-stated: "An agency", badge: refused}}
  outcome: handover
- name: Nobody answers, and they leave
  do:
    - {channel: door}
    - {call-now: {office: no-answer}}
    - {press: left}
  outcome: gone
"""

PASSPHRASE: Final = "four plain fictional words"  # noqa: S105 - of a made-up key
KEY: Final = new_key("superintendent", PASSPHRASE, random=lambda length: bytes(range(length)))
"""The private key file of a made-up superintendent, the same in every run."""

PUBLIC: Final = str(read_key(KEY).public)
_PRIVATE: Final = decrypt_key(read_key(KEY), PASSPHRASE)


def approved(folder: Path, *, on: date = date(2026, 8, 1), name: str = "A. Example") -> str:
    """Put the superintendent's note into the folder of a pack; return its content hash."""
    found = Library(Home(folder / "none")).at(folder)
    assert found.protocol is not None
    approval = approval_of(found.protocol, found.content_hash, name=name, role="Superintendent", on=on)
    (folder / NOTE_FILE).write_bytes(sign(statement(approval), "superintendent", _PRIVATE))
    return found.content_hash


_FICTIONAL: Final = re.compile(r"\b\d{3}-555-01(\d\d)\b")


def for_live(contacts: str) -> str:
    """Example contacts as a live desk takes them: nobody of the examples, and numbers that are not kept for fiction.

    Area code 890 is nobody's all the same: no area code has a 9 in the middle, which is kept for longer numbers.
    Live tests alone use such numbers; whatever people read has 555-0100 to 555-0199.
    """
    for name in EXAMPLE_PEOPLE:
        contacts = contacts.replace(name, f"{name.partition(' ')[0]} Sample")
    return _FICTIONAL.sub(r"890-555-02\1", contacts)


_HOURS: Final = re.compile(r', hours: "[^"]*"')


def at_any_hour(contacts: str) -> str:
    """The same people without their hours: nobody is away, so it is never after hours, whatever the clock says."""
    return _HOURS.sub("", contacts)


CONTACTS: Final = for_live("""\
kind: contacts
format: 1
school: Lincoln Elementary School
roles:
  office:
    - {name: Dana Ruiz, phone: 860-555-0142, extension: "214", hours: "Mon-Fri 07:30-15:30"}
""")


def a_home(folder: Path, *, pack: str = PACK, contacts: str = CONTACTS) -> Home:
    """A home whose folder holds the small pack; a contacts file is next to it, for `--contacts`."""
    home = Home(folder / "home")
    pack_folder = home.path / "protocols" / "small"
    pack_folder.mkdir(parents=True)
    home.path.chmod(0o700)
    (pack_folder / "protocol.yaml").write_text(pack, encoding="utf-8")
    (pack_folder / "scenarios.yaml").write_text(SCENARIOS, encoding="utf-8")
    (folder / "contacts.yaml").write_text(contacts, encoding="utf-8")
    return home


def encounter(
    home: Home,
    mode: Mode = "live",
    *,
    agency: str = "An agency",
    note: str = "",
    close: bool = True,
    clock: Clock | None = None,
    session: bool = False,
    names_child: bool = False,
) -> str:
    """Write one encounter, with a corrected answer, through the desk; give back its number.

    session: in a session of its own, which keeps the pack's words in the log. names_child: the closing review.
    """
    clock = clock or FixedClock()
    found = Library(home).find("small")
    assert found.protocol is not None
    people = Contacts("Lincoln Elementary School", {"office": (Contact("Dana Ruiz", phone="860-555-0142"),)})
    station = Station("Lincoln Elementary School", "Front office", mode, people)
    log = open_writer(home, mode, clock)
    try:
        pack = Pack(found.protocol, found.content_hash, found.content)
        desk = Desk(log, clock, station, pack, pack_by_hash=lambda _: None)
        if session:
            desk.start_session()
        running = desk.open()
        running = desk.answer(running, Place("channel"), Chosen("phone"))
        running = desk.correct(running, Place("channel"), Chosen("door"))
        running = desk.attempt(running, Place("call-now"), Attempt("office", 0, CallResult.REACHED))
        facts = Recorded.of({"agency-as-stated": agency, "badge": Missing("refused")})
        running = desk.answer(running, Place("identify"), facts)
        running = desk.note(running, note)
        if close:
            running = desk.close(running, names_child=names_child)
        if session:
            desk.end_session()
        return running.no
    finally:
        log.close()


def tamper(home: Home, change: Callable[[sqlite3.Connection], object], mode: Mode = "live") -> None:
    """Change the log's file behind the kiosk's back: guards off, change, guards on again."""
    with closing(sqlite3.connect(home.log(mode))) as connection:
        guards = connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall()
        assert guards, "the log had no guards"
        for (name,) in guards:
            connection.execute(f'DROP TRIGGER "{name}"')
        change(connection)
        connection.commit()
        for guard in TRIGGERS:
            connection.execute(guard)


def two_encounters(home: Home) -> None:
    """Record two encounters that differ in their agency."""
    encounter(home, agency="The first agency")
    encounter(home, agency="The second agency")


def replaced(home: Home) -> FixedClock:
    """Record an encounter, and replace its log a minute later. Return the clock of that moment."""
    encounter(home)
    clock = FixedClock()
    clock.advance(60)
    replace_log(home, "live", clock, ReplaceReason.KEY_LOST, by="setup")
    return clock


def complete(home: Home) -> None:
    """Give the home its contacts, and approve its small pack."""
    home.contacts_file.write_text(CONTACTS, encoding="utf-8")
    approved(home.path / "protocols" / "small")


# -- homes that many tests begin with

_MADE: Final[dict[tuple[Hashable, str], Path]] = {}
"""What was made already, by its name and what the home began with."""


def made_once(home: Home, name: Hashable, make: Callable[[], object]) -> None:
    """Bring the home to what `make` makes of it: the first time by that, then as a copy.

    Copies have one log ID and one key. A test that compares logs of several homes makes them itself.
    """
    key = name, _digest(home.path.parent)
    if key in _MADE:
        shutil.copytree(_MADE[key], home.path, dirs_exist_ok=True)
        return
    make()
    template = Path(_folder().name) / str(len(_MADE))
    shutil.copytree(home.path, template)
    _MADE[key] = template


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()  # removed when the worker ends


def _digest(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    parts = [part for path in files for part in (str(path.relative_to(folder)).encode(), path.read_bytes())]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
