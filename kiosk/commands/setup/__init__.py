"""`kiosk setup`: the settings of this desk. The first run asks for all; later runs change only the given ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import click

from kiosk.app import bootstrap
from kiosk.app.acts.contacts.home_contacts import store
from kiosk.commands.common import contacts, output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.options import json_option
from kiosk.commands.common.paths import pack, read_file
from kiosk.commands.common.values import FILE, OneOf, Whole
from kiosk.commands.setup import bundle as bundles
from kiosk.commands.setup import district as choosing
from kiosk.commands.setup import encryption, joining, logs, records_key
from kiosk.errors import Exit, Refused, UsageError
from kiosk.log.recorded_keys import KeyOwner, changed_key, key_of_home, with_recorded_key
from kiosk.packs.library import Found, Library
from kiosk.privacy.guard import require_storable
from kiosk.privacy.meanings import Meaning
from kiosk.protocol.model import Protocol
from kiosk.record.transparency.signed_note import verifier_key
from kiosk.settings import HIDE_AFTER, LONGEST, SPEECH, THEMES, Home, Settings, read_settings, render, typed_path
from kiosk.system.clock import SystemClock
from kiosk.system.files import ensure_folder, save_file

_COPIED: Final = ("school", "desk", "language", "visitor_language", "theme", "hide_after", "speech")


@dataclass(frozen=True, slots=True)
class Asked:
    """The typed options, or the answers at the terminal; None keeps the setting."""

    school: str | None
    desk: str | None
    contacts: str | None
    protocol: str | None
    superintendent_key: str | None
    replace_superintendent_key: bool
    records_key: str | None
    replace_records_key: bool
    practice_records_key: str | None
    encrypt_notes_to: str | None
    accept_encryption: bool
    language: str | None
    visitor_language: str | None
    theme: str | None
    hide_after: int | None
    speech: str | None
    settings: tuple[str, ...]
    replace_log: bool

    @property
    def empty(self) -> bool:
        """Whether no option is given; the command then asks for every setting."""
        keys = (self.superintendent_key, self.records_key, self.practice_records_key, self.encrypt_notes_to)
        given = (self.contacts, self.protocol, *keys)
        return not (self.settings or self.replace_log) and all(
            value is None for value in (*given, *(getattr(self, name) for name in _COPIED))
        )


@as_command("Without options, it asks for each setting. Nothing that was set before is lost.")
@click.option("--school", metavar="NAME", help="name of the school")
@click.option("--desk", metavar="NAME", help="name of this desk, such as Front office")
@click.option(
    "--contacts", metavar="FILE", type=FILE, help="contacts file: the people to call; it is checked and copied"
)
@click.option(
    "--protocol",
    metavar="ID|DIR",
    type=FILE,
    help="protocol of this desk: its id, or its folder, which is copied for practice",
)
@click.option(
    "--superintendent-key",
    metavar="KEY|FILE",
    type=FILE,
    help="public key of the superintendent, or its file; only protocols that it approved run live",
)
@click.option(
    "--replace-superintendent-key",
    is_flag=True,
    help="consent to replace another superintendent's key, and what it approved",
)
@click.option(
    "--records-key",
    metavar="KEY|FILE",
    type=FILE,
    help="public key of the records officer, or its file; only what it authorized can be destroyed",
)
@click.option("--replace-records-key", is_flag=True, help="consent to replace another records officer's key")
@click.option(
    "--practice-records-key",
    metavar="KEY|FILE",
    type=FILE,
    help="public key that authorizes destruction in PRACTICE only, or its file",
)
@click.option(
    "--encrypt-notes-to",
    metavar="KEY|FILE|off",
    type=FILE,
    help="public district key, or its file, that notes and other sentences are encrypted for; “off” ends it",
)
@click.option("--accept-encryption", is_flag=True, help="consent to the cost of encryption; for scripts")
@click.option("--language", metavar="CODE", help="language of the screens, such as en")
@click.option(
    "--visitor-language",
    metavar="CODE",
    help="language said and shown to the official, such as es; empty: the protocol's own",
)
@click.option("--theme", metavar="THEME", type=OneOf(THEMES), help=f"colors of the screen: {', '.join(THEMES)}")
@click.option(
    "--hide-after",
    metavar="MINUTES",
    type=Whole(HIDE_AFTER[0], HIDE_AFTER[-1]),
    help=f"minutes without a key until the screen is hidden; 0: never (default: {Settings().hide_after})",
)
@click.option("--speech", type=OneOf(SPEECH), help="whether words are read aloud")
@click.option(
    "--setting",
    "settings",
    metavar="ID=CHOICE",
    multiple=True,
    help="choice of the district, as `kiosk protocol show` lists them; repeatable",
)
@click.option(
    "--replace-log",
    is_flag=True,
    help="new log with a new key, for a key that was lost or may be known to others, or a damaged log",
)
@click.option("--upgrade-log", is_flag=True, help="only bring the logs up to this version")
@click.option(
    "--district", "joined", metavar="FILE", type=FILE, help="only join a district, with the file from its office"
)
@click.option(
    "--bundle",
    metavar="FILE",
    type=FILE,
    help="only install what the district's office sent: protocol, settings, contacts",
)
@click.option("--preview", is_flag=True, help="with --bundle: only check it, and show what it would change")
@json_option
@pass_home
def command(
    home: Home, /, upgrade_log: bool, joined: str | None, bundle: str | None, preview: bool, as_json: bool, **typed: str
) -> int:
    """Check everything, then write the live log, settings and contacts, and print the next step."""
    only = _only(home, joined, bundle, upgrade_log=upgrade_log, preview=preview, as_json=as_json)
    return only if only is not None else _set_up(home, Asked(**typed))  # type: ignore[arg-type]


def _only(
    home: Home, joined: str | None, bundle: str | None, *, upgrade_log: bool, preview: bool, as_json: bool
) -> int | None:
    """Do the one thing that an option asks for instead of all else; return None without such an option."""
    if preview and not bundle:
        raise UsageError("Only a bundle has a preview.", "Add --bundle FILE.")
    if as_json and not preview:
        raise UsageError("Only the preview of a bundle has JSON output.", "Add --bundle FILE --preview.")
    if upgrade_log:
        return logs.upgrade(home)
    if bundle:
        return bundles.install_bundle(home, bundle, preview=preview, as_json=as_json)
    return joining.join_district(home, joined) if joined else None


def _set_up(home: Home, typed: Asked) -> int:
    before, broken = _before(home)
    recorded = key_of_home(home)
    edited, before = before.superintendent_key, with_recorded_key(before, recorded)
    asked = _completed(typed, home, before)
    key = key_given(asked, before)
    officer_keys = records_key.keys_given(
        home, asked.records_key, asked.practice_records_key, replace=asked.replace_records_key
    )
    district_key = encryption.key_given(
        asked.encrypt_notes_to, before.encrypt_notes_to, accepted=asked.accept_encryption
    )
    given = _followed(home, asked.protocol, before)
    keys = replace(before, superintendent_key=key, encrypt_notes_to=district_key, records_key=officer_keys[0].now)
    settings, protocol = _settings(asked, keys, given)
    district = choosing.chosen(home, protocol, asked.settings)
    people = contacts.accepted(home, typed_path(asked.contacts), protocol)[0] if asked.contacts else None
    ensure_folder(home.path)
    if broken is not None:
        _keep_unreadable(home, broken)
    logs.ready(home, replace=asked.replace_log)
    if key != recorded:
        change = changed_key(recorded, key, KeyOwner.SUPERINTENDENT)
        bootstrap.enter(home, "live", SystemClock(), change)  # first: a key is in use only after the log has it
    records_key.enter_changes(home, officer_keys)
    if district_key != before.encrypt_notes_to:
        encryption.enter_change(home, before.encrypt_notes_to, district_key)
    if district is not None:
        choosing.keep(home, district)
        output.data(f"The district's settings are in {home.district_file}.")
    save_file(home.settings_file, render(settings).encode("utf-8"))
    output.data(f"The settings are in {home.settings_file}.")
    if Library(home).copy_in(given):
        output.data(f"A copy of {protocol.id} for practice is in {Library(home).own(protocol.id)}.")
    if people is not None:
        store(home, people)
        output.data(f"The contacts are in {home.contacts_file}.")
    _report_key(edited, before.superintendent_key, key)
    if district_key != before.encrypt_notes_to:
        output.data(encryption.in_words(district_key))
    _next(home, settings)
    return Exit.DONE


def _before(home: Home) -> tuple[Settings, bytes | None]:
    """Return the current settings, and the bytes of an unreadable file, which the defaults replace."""
    try:
        return read_settings(home), None
    except UsageError as wrong:
        data = read_file(home.settings_file)  # raises if the file can't be read at all
        output.message(f"{wrong.what} Setup starts again from the defaults and keeps a copy of that file.")
        return Settings(), data


def _keep_unreadable(home: Home, data: bytes) -> None:
    kept = home.settings_file.with_name(f"{home.settings_file.name}.before")
    save_file(kept, data)
    output.data(f"The settings that could not be read are in {kept}.")


def _completed(asked: Asked, home: Home, before: Settings) -> Asked:
    """Add the answers from the terminal. Raises UsageError if a needed answer is missing and there is no terminal."""
    own = home.contacts_file.is_file()
    needed = (("--school", before.school, asked.school), ("--contacts", own, asked.contacts))
    missing = [option for option, there, typed in needed if not there and typed is None]
    if missing and not output.at_terminal():
        options = " and ".join(missing)
        raise UsageError(f"Setup needs {options}.", f"Use a terminal, or add {options}.")
    return _answered(asked, before, own=own) if missing or (output.at_terminal() and asked.empty) else asked


def _answered(asked: Asked, before: Settings, *, own: bool) -> Asked:
    output.message("Press Enter to keep the value in brackets.")
    answers: dict[str, str | None] = {}
    if asked.school is None:
        answers["school"] = output.ask("Name of the school", before.school)
    if asked.desk is None:
        answers["desk"] = output.ask("Name of this desk", before.desk)
    if asked.contacts is None:
        kept = "the contacts in use" if own else ""
        answers["contacts"] = _unless(kept, output.ask("Contacts file (the people to call)", kept))
    if asked.superintendent_key is None and not before.superintendent_key:
        output.message("Only a protocol that the superintendent approved runs live. Enter the public key from the")
        output.message(
            "Superintendent's Office, or press Enter to do so later with `kiosk setup --superintendent-key`."
        )
        answers["superintendent_key"] = output.ask("Superintendent's public key") or None
    if asked.protocol is None:
        answers["protocol"] = output.ask("Protocol (its id, or the folder of your own)", before.protocol)
    if asked.language is None:
        answers["language"] = output.ask("Language of the screens", before.language)
    if asked.visitor_language is None:
        kept = before.visitor_language or "the protocol's own"
        answers["visitor_language"] = _unless(kept, output.ask("Language said and shown to the official", kept))
    return replace(asked, **answers)  # type: ignore[arg-type]


def _unless(kept: str, given: str) -> str | None:
    return None if given == kept else given


def _followed(home: Home, named: str | None, before: Settings) -> Found:
    """Return the named pack; else the one in the settings, or the last approved version in its place."""
    if named and named != before.protocol:
        return pack(home, named)
    try:
        found = Library(home).find(before.protocol)
        return found if found.protocol else bootstrap.in_force(home, before, SystemClock()).found
    except UsageError:
        return bootstrap.in_force(home, before, SystemClock()).found


def _settings(asked: Asked, before: Settings, found: Found) -> tuple[Settings, Protocol]:
    """Return the new settings, all checked, and their protocol. Raises UsageError."""
    given = {name: getattr(asked, name) for name in _COPIED}
    settings = replace(before, **{name: value for name, value in given.items() if value is not None})
    for what, words in (("school", settings.school), ("desk", settings.desk)):
        if not words.strip() or len(words) > LONGEST or not words.isprintable():
            raise UsageError(f"That name of the {what} can't be used.", f"Give 1 to {LONGEST} plain characters.")
        require_storable(words, Meaning.NAME)
    protocol = found.protocol
    if protocol is None:
        raise UsageError(f"The protocol in {found.where} can't be read.", "Run `kiosk protocol check` to see why.")
    known = found.pack.languages
    for language in (settings.language, settings.visitor_language or settings.language):
        if language not in known:
            raise UsageError(f"The protocol has no words in “{language}”.", f"It has: {', '.join(known)}.")
    return replace(settings, protocol=protocol.id), protocol


def key_given(asked: Asked, before: Settings) -> str:
    """Return the superintendent's key to use. Raises Refused if another key is in use, BadNote, PrivateText."""
    if asked.superintendent_key is None:
        return before.superintendent_key
    path = typed_path(asked.superintendent_key)
    given = verifier_key(encryption.public_key_in(path) if path.is_file() else asked.superintendent_key)
    require_storable(given.name, Meaning.NAME)
    key = str(given)
    if before.superintendent_key not in {"", key} and not asked.replace_superintendent_key:
        raise Refused(
            "Another superintendent's key is in use here already.",
            "Add --replace-superintendent-key if the office really has a new key; the change is kept in the log.",
        )
    return key


def _report_key(edited: str, before: str, now: str) -> None:
    """Print the key if it is new, or if it replaces one that a person put into the settings file."""
    if now != before:
        output.data(f"Only protocols approved with this key run live: {now}")
    elif now != edited:
        output.data(f"The settings had another superintendent's key than the log. The one in the log is back: {now}")


def _next(home: Home, settings: Settings) -> None:
    reasons: Sequence[str] = bootstrap.in_force(home, settings, SystemClock()).reasons
    for reason in reasons:
        output.message(f"Still in PRACTICE: {reason}")
    output.message(
        "Next: `kiosk protocol install`, then `kiosk doctor`." if reasons else "Next: `kiosk doctor`, then `kiosk`."
    )
