"""`kiosk people`: the people who may read, change and destroy records, each with a role and a passphrase."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import Group, pass_home
from kiosk.commands.common.entries import enter
from kiosk.commands.common.options import (
    by_option,
    json_option,
    login_option,
    meaning_option,
    passphrase_option,
    reason_option,
)
from kiosk.commands.common.passphrases import passphrase
from kiosk.commands.common.paths import read_file
from kiosk.commands.common.people import acting, needs, needs_nobody
from kiosk.commands.common.texts import PromptedTexts
from kiosk.commands.common.values import FILE, OneOf
from kiosk.errors import Exit, KioskError, NotConfirmed, Refused, UsageError
from kiosk.log.intake.people import require_change, require_new, require_removable, require_right
from kiosk.log.people.known import KnownPeople, known_people
from kiosk.log.people.log_in import require_person
from kiosk.log.people.verifier_file import save_verifiers
from kiosk.log.recorded_keys import key_of_home
from kiosk.record.entries import Entry
from kiosk.record.key_file import decrypt_key, read_key
from kiosk.record.people.people import Person, added, changed, removed, reset
from kiosk.record.people.roles import Right, Role
from kiosk.record.people.verifiers import hash_of, new_verifier
from kiosk.settings import Home, typed_path

_ROLES: Final = {role.value: role for role in Role}
_NEW: Final = "--new-passphrase-file"
_name = click.argument("name", metavar="NAME")
_new_passphrase = login_option(_NEW, "file whose first line is the new passphrase (default: ask in the terminal)")

command: Final = Group(
    {
        "list": "List the people and their roles.",
        "add": "Add a person, with a role and a passphrase.",
        "change": "Enter a new passphrase of a person, or another role.",
        "remove": "Remove a person who has left.",
        "reset": "Remove everybody, with the superintendent's key.",
    },
    help="The desk needs no passphrase and is never locked. While nobody is set up, everyone with this account may "
    "read the records. From the first administrator on, each command about records, people and contacts, "
    "and the records behind F10, need a person with that right; the log has each log-in, failure, look, export and "
    "change with its person.\n\n"
    f"Roles: {', '.join(_ROLES)}. NAME is a full name, in quotes.",
)


@command.sub("list")
@json_option
@pass_home
@needs(Right.LOOK)
def list_(home: Home, as_json: bool) -> int:
    """Print the people."""
    people = known_people(home).people
    if as_json:
        output.json_data([{"name": one.name, "role": one.role} for one in people])
    elif people:
        output.table([("NAME", "ROLE"), *((one.name, one.role_words) for one in people)])
    else:
        output.message("Nobody is set up: everyone with this account may read the records.")
    return Exit.DONE


@command.sub("add", "The first person is an administrator, who adds the others.")
@_name
@click.option("--role", metavar="ROLE", type=OneOf(_ROLES), required=True, help=f"role: {', '.join(_ROLES)}")
@_new_passphrase
@meaning_option
@pass_home
@needs(Right.PEOPLE)
def add(home: Home, name: str, role: str, new_passphrase_file: str | None, texts: PromptedTexts) -> int:
    """Add the person, whose verifier is in the home before the log names it."""
    full, known = texts.name(name), _known(home)
    require_new(known, full, role)
    verifier = new_verifier(passphrase(new_passphrase_file, new=True, of=full, option=_NEW))
    entry = added(Person(full, role, hash_of(verifier)), by=acting() or full)
    _enter(home, known, texts.kept(entry), [verifier])
    output.data(f"{full} is set up as {Role.words_for(role)}.")
    if not acting():
        output.message("From now on, records need a person and a passphrase. The desk itself does not.")
        output.message("If the passphrase is lost, only the superintendent's key helps: add a second administrator.")
    return Exit.DONE


@command.sub("change", "Without --role, the person gets a new passphrase. Everybody may change their own.")
@_name
@click.option("--role", metavar="ROLE", type=OneOf(_ROLES), help=f"other role: {', '.join(_ROLES)}")
@_new_passphrase
@pass_home
@needs(Right.PEOPLE, own="name")
def change(home: Home, name: str, role: str | None, new_passphrase_file: str | None) -> int:
    """Change the person."""
    known = _known(home)
    person = _existing(known, name)
    if role is not None:
        if new_passphrase_file:
            raise UsageError("A role and a passphrase are changed one after the other.", f"Leave out {_NEW}.")
        require_right(_existing(known, acting()), Right.PEOPLE)
        require_change(known, person, role)
        _enter(home, known, changed(Person(person.name, role, person.verifier), by=acting()))
        output.data(f"{person.name} is now {Role.words_for(role)}.")
        return Exit.DONE
    verifier = new_verifier(passphrase(new_passphrase_file, new=True, of=person.name, option=_NEW))
    new = Person(person.name, person.role, hash_of(verifier))
    _enter(home, known, changed(new, by=acting()), [verifier])
    output.data(f"{person.name} has a new passphrase.")
    return Exit.DONE


@command.sub("remove")
@_name
@reason_option
@meaning_option
@pass_home
@needs(Right.PEOPLE)
def remove(home: Home, name: str, reason: str | None, texts: PromptedTexts) -> int:
    """Remove the person; the entries keep the name."""
    known = _known(home)
    person = _existing(known, name)
    require_removable(known, person.name)
    why = texts.text(reason, "--reason", "Reason for the removal")
    _enter(home, known, texts.kept(removed(person, by=acting(), reason=why)))
    output.data(f"{person.name} is removed.")
    if len(known.people) == 1:
        output.message("Nobody is set up any more: everyone with this account may read the records.")
    return Exit.DONE


@command.sub("reset", "For lost passphrases. The log keeps who was removed, by whom and why.")
@click.option("--key", "key_file", metavar="FILE", type=FILE, required=True, help="superintendent's private key")
@passphrase_option
@reason_option
@by_option
@meaning_option
@pass_home
@needs_nobody("it needs the superintendent's private key, which is on no kiosk")
def reset_(
    home: Home, key_file: str, passphrase_file: str | None, reason: str | None, by: str | None, texts: PromptedTexts
) -> int:
    """Remove everybody. Raises Refused without the private key to the public key in the log."""
    known, recorded = known_people(home), key_of_home(home)
    if not known.set_up:
        raise UsageError("Nobody is set up here.", "`kiosk people add` adds the first administrator.")
    key = read_key(read_file(typed_path(key_file)))
    if not recorded:
        repair = "Enter it first: `kiosk setup --superintendent-key`."
        raise Refused("The log has no superintendent's key.", repair)
    if str(key.public) != recorded:
        raise Refused("That is not the superintendent's key in the log.", f"Use the private key of {recorded}.")
    name, why = texts.name(by), texts.text(reason, "--reason", "Reason for removing everybody")
    decrypt_key(key, passphrase(passphrase_file))
    enter(home, "live", texts.kept(reset(known.people, by=name, reason=why, key=recorded)))
    save_verifiers(home, [])
    output.data("Everybody is removed. Add the first administrator now: `kiosk people add`.")
    return Exit.DONE


def _known(home: Home) -> KnownPeople:
    if not home.log("live").exists():
        raise UsageError("There is no live log yet.", "Run `kiosk setup` first.")
    return known_people(home)


def _existing(known: KnownPeople, name: str) -> Person:
    if not known.people:
        raise UsageError("Nobody is set up here.", "`kiosk people add` adds the first administrator.")
    return require_person(known, name)


def _enter(home: Home, known: KnownPeople, entry: Entry, new: Sequence[str] = ()) -> None:
    """Record the entry between saving the verifiers with the new one and without the old ones.

    A power cut at any moment leaves each person a verifier that the log knows.
    """
    save_verifiers(home, [*known.kept(), *new])
    try:
        enter(home, "live", entry)
    except NotConfirmed:  # the log may have it, so the file keeps both
        raise
    except KioskError:
        with suppress(KioskError):  # it counts for nothing, as the log does not know it
            save_verifiers(home, known.kept())
        raise
    save_verifiers(home, known_people(home).kept())
