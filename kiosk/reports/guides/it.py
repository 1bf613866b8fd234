"""The guide for IT: from the first start to repair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kiosk.errors import Exit
from kiosk.i18n.strings import text
from kiosk.reports.document.model import Block, Bullets, Cell, Heading, Line, Pairs, Style, Table, cell
from kiosk.reports.guides.words import commands, key, label, picture

TITLE: Final = "IT: install, check, back up and repair"
FOOT: Final = "Guide for IT. deploy/README.md has the details."


def blocks() -> Iterator[Block]:
    """Yield the guide."""
    yield Heading("Set up a desk")
    yield Table(("Step", "Command"), _set_up(), (5.5, 6))
    yield picture(
        "practice",
        "The first screen of a desk in PRACTICE: above the keys, it says why the desk is not live.",
        share=0.5,
    )
    yield Heading("Each day and each week")
    yield Table(("Task", "Command"), _daily(), (5.5, 6))
    yield Heading("Restore, update, move")
    yield Bullets(_changes())
    yield Heading("When the log can't be used")
    yield picture("lost-log", "The page that says why the log can't be used, whom to call, and two keys.", share=0.52)
    yield Bullets(_repair())
    yield Heading("Lock-down")
    yield Bullets(_lock_down())
    yield Heading("The home folder")
    yield Pairs(_home())
    yield Heading("Exit codes")
    yield Pairs(tuple((", ".join(str(int(code)) for code in codes), words) for codes, words in _CODES.items()))


def _shell(line: str) -> Cell:
    return (Line(line, Style.COMMAND),)


def _set_up() -> tuple[tuple[Cell, ...], ...]:
    return (
        (cell("Install; opens PRACTICE"), _shell("sh deploy/run")),
        (cell("Describe this computer"), commands("setup")),
        (cell("Enter the people to call"), commands("contacts import contacts.yaml", "contacts check")),
        (
            cell("In the office, not on a kiosk: make the key, approve"),
            commands("key new superintendent super.key", "protocol approve FOLDER --key super.key"),
        ),
        (
            cell("On each kiosk: enter the public key, install"),
            commands("setup --superintendent-key KEY", "protocol install FOLDER"),
        ),
        (
            cell("Set up two administrators, in case one forgets the passphrase"),
            commands('people add "Dana Ruiz" --role administrator'),
        ),
        (cell("Print the log's public key; keep it on paper"), commands("key show log")),
    )


def _daily() -> tuple[tuple[Cell, ...], ...]:
    return (
        (cell("Each day: green, amber or red, with the repair"), commands("doctor")),
        (cell("Each week: back up, also while the kiosk is open"), commands("log backup FOLDER")),
        (
            cell("Each week: verify, and give a checkpoint to someone"),
            commands("log verify", "log checkpoint issue -o page.pdf"),
        ),
        (cell("What happened to the system"), commands("log audit")),
        (cell("After a new log: read why, and acknowledge it"), commands("log history --acknowledge")),
    )


def _changes() -> tuple[str, ...]:
    return (
        "A backup has the logs. Copy the rest of the home folder too: settings, contacts, protocols and keys.",
        "“kiosk log restore FOLDER” checks a backup, archives it and starts a new log that refers to it. On a new "
        "computer it needs the public key from paper.",
        "To update, close the kiosk, unpack the new version and run “sh deploy/run”. Then run “kiosk doctor”.",
    )


def _repair() -> tuple[str, ...]:
    return (
        f"{key('retry')} tries again, for example after the right file was put back. A backup is restored by the "
        "command above; the kiosk refuses one that was copied by hand.",
        f"{key('new-log')} starts a new log; the old one is kept. Then acknowledge it, and run “kiosk doctor”.",
        "A crash report is in reports/. It has nothing that a person typed.",
    )


def _lock_down() -> tuple[str, ...]:
    return (
        "Give the desk an account of its own, without administrator rights, that starts the kiosk full screen and "
        "nothing else. The kiosk opens no shell and can't be suspended.",
        f"To close it: {key('admin')}, the word “{text('admin.word')}”, {key('start')}. In PRACTICE: {key('admin')}, "
        f"{key('close-practice')}.",
        "Encrypt the disk. Only the desk's account may read the home folder. Keep it on the computer's own disk.",
        f"After three minutes without a key, the screen hides itself ({label('hide.title')}). “kiosk setup” "
        "changes that.",
        "A passphrase names who acts. It does not protect the files: who owns the account can read or delete the log. "
        "Only a copy that someone else keeps (checkpoint, code, package) shows what is missing.",
    )


def _home() -> tuple[tuple[str, str], ...]:
    return (
        ("kiosk.toml", "School, desk, languages, look, public keys."),
        ("contacts.yaml", "The people to call."),
        ("settings.yaml", "The district's choices."),
        ("protocols/, packs/", "The protocols in use; every version that was installed."),
        ("log/, log/earlier/", "The log and previous logs."),
        ("keys/", "The log signing key, and verifiers of passphrases. Never give it to anyone."),
    )


_CODES: Final[dict[tuple[Exit, ...], str]] = {
    (Exit.DONE, Exit.FOUND): "Done; done, and something was found.",
    (Exit.USAGE,): "Usage error. From “kiosk doctor”: red.",
    (Exit.REFUSED,): "Refused: not approved, not permitted, on hold.",
    (Exit.STORE,): "The log can't be used.",
    (Exit.NOT_CHECKED,): "Not checked.",
    (Exit.CRASH, Exit.CUT_OFF): "An error in the program; it had to be stopped.",
}
