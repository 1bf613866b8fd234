"""The classes of errors: the change to a home, the command that meets it, and the messages of command and desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from tests.faults import harms
from tests.faults.harms import Harm, after_kill, after_open_encounters, every, forbid, in_log

Words = tuple[str, ...]
Desk = Literal["stops", "offers a new log", "tells and goes on", "goes on", "is left"]
"""At the desk. stops: the page of trouble, with the number to call, until it is repaired. offers a new log: the same,
and a key that continues with a new log. is left: no screen at all."""

LIST: Final = ("log", "list")
SHOWN: Final = ("log", "show", "2026-0002")
VERIFY: Final = ("log", "verify")
EXPORT: Final = ("log", "export", "--format", "jsonl", "--level", "full", "-o", "{folder}/out.jsonl")
SETUP: Final = ("setup", "--desk", "Front office")
UPGRADE: Final = ("setup", "--upgrade-log")
SHOW: Final = ("protocol", "show")


@dataclass(frozen=True)
class Problem:
    """One class of trouble.

    command: what meets it; code: its exit code; says: what its sentence names.
    desk: what the desk does; shows: what its screen names then.
    """

    harm: Harm
    command: Words
    code: int
    says: Words
    desk: Desk
    shows: Words = ()


def _log(harm: Harm, *words: str, command: Words = LIST, code: int = 4, desk: Desk = "stops") -> Problem:
    """An error of the log for which command and desk have the same message."""
    return Problem(harm, command, code, words, desk, words)


TROUBLES: Final[dict[str, Problem]] = {
    # the log and its files
    "another program has the log": _log(harms.hold_log, "Another program is using", "live.db", command=UPGRADE),
    "a folder in the log's place": _log(
        harms.make_log_a_folder, "live.db is damaged or is not a log", desk="offers a new log"
    ),
    "an empty log": _log(harms.empty_log, "live.db is damaged or is not a log", desk="offers a new log"),
    "another program's log": _log(
        harms.put_another_programs_log, "live.db belongs to another program", desk="offers a new log"
    ),
    "a log of the future": _log(
        in_log(harms.FROM_THE_FUTURE), "does not know the version of the log (9999)", "a newer one"
    ),
    "a damaged page": _log(harms.damage_a_page, "live.db is damaged", desk="offers a new log"),
    "a guard taken off": _log(
        harms.drop_guards, "entry_bd is missing", "were changed", command=EXPORT, code=1, desk="offers a new log"
    ),
    "the log gone, its WAL still there": _log(
        harms.lose_log_but_not_its_wal, "The live log is missing at", "at least 10 entries", desk="offers a new log"
    ),
    "a disk that can't lock": _log(harms.break_lock, "does not support file locks", command=UPGRADE),
    "a folder in the lock's place": _log(harms.make_lock_a_folder, "live.db.lock is a folder", command=UPGRADE),
    "a file in the place of the logs' folder": _log(
        harms.make_log_folder_a_file, "The live log is missing at", "at least 10 entries"
    ),
    "a log that may not be written": _log(
        forbid("log/live.db", 0o400), "live.db can't be written", command=EXPORT, code=1
    ),
    "a folder that may not be written": _log(forbid("log", 0o500), "can't be written", command=EXPORT, code=1),
    "a disk that fails to sync": Problem(
        harms.fail_syncs,
        SETUP,
        4,
        ("the disk reported an error", "use the paper card"),
        "stops",
        ("The disk reported an error at", "Write on paper"),
    ),
    "the log gone altogether": _log(
        harms.lose_log, "The live log is missing at", "kiosk log restore", desk="offers a new log"
    ),
    # what was done to entries
    "a head that was altered": _log(
        in_log(harms.ALTER_NEWEST_CHECKPOINT),
        "does not match its signed checkpoint",
        command=EXPORT,
        code=1,
        desk="offers a new log",
    ),
    "entries cut off at the end": _log(
        in_log(harms.LOSE_NEWEST), "entries were removed", command=EXPORT, code=1, desk="offers a new log"
    ),
    "an entry lost": Problem(in_log(harms.LOSE_ONE), VERIFY, 1, ("DOES NOT MATCH", "entry 3"), "goes on"),
    "the newest entry altered": Problem(
        in_log(harms.ALTER_NEWEST),
        VERIFY,
        1,
        ("its header was changed",),
        "tells and goes on",
        ("its header was changed", "call the Superintendent's Office"),
    ),
    "an entry of the open encounter altered": Problem(
        after_open_encounters(
            1,
            in_log(harms.ALTER_OPENED),
        ),
        VERIFY,
        1,
        ("its header was changed",),
        "tells and goes on",
        ("its header was changed",),
    ),
    "the start of the open encounter destroyed": Problem(
        after_open_encounters(1, in_log(harms.LET_BEGINNING_GO)),
        VERIFY,
        1,
        ("its “people” is missing",),
        "tells and goes on",
        ("are no longer in the log", "on paper"),
    ),
    "the WAL gone": Problem(
        after_kill(harms.lose("-wal")),
        SHOWN,
        2,
        ("There is no record 2026-0002",),
        "offers a new log",
        ("is an older copy", "it ends after 10 entries", "had signed 17"),
    ),
    "the WAL's index gone": Problem(after_kill(harms.lose("-shm")), VERIFY, 0, ("match their hashes",), "goes on"),
    "noise in the WAL": Problem(
        after_kill(harms.scribble_over_wal),
        SHOWN,
        2,
        ("There is no record 2026-0002",),
        "offers a new log",
        ("is an older copy", "it ends after 10 entries", "had signed 17"),
    ),
    # the key
    "the log's key gone": _log(
        harms.remove("keys/live.key"), "The key that signs", command=EXPORT, code=1, desk="offers a new log"
    ),
    "the log's key not readable": _log(
        forbid("keys/live.key", 0), "live.key that signs", "can't be read", command=EXPORT, code=1
    ),
    "the log's key damaged": _log(
        harms.scribble_over("keys/live.key"),
        "live.key that signs the live log is damaged",
        command=EXPORT,
        code=1,
        desk="offers a new log",
    ),
    # what the desk is set up with
    "an open encounter whose protocol is gone": Problem(
        harms.forget_begun_pack,
        ("log", "show", "2026-0003", "--transcript"),
        3,
        ("does not keep the words",),
        "tells and goes on",
        ("2026-0003", "no longer on this computer", "on paper"),
    ),
    "a protocol that does not read": Problem(
        harms.scribble_over("protocols/small/protocol.yaml"),
        ("protocol", "check"),
        1,
        ("protocol.yaml:1:1", "not UTF-8"),
        "goes on",
        ("The protocol can't be read. Version 2026.1 runs instead.",),
    ),
    "no protocol that reads": Problem(
        every(harms.scribble_over("protocols/small/protocol.yaml"), harms.remove("packs"), harms.remove("log")),
        SHOW,
        2,
        ("small", "can't be"),
        "is left",
        ("protocols/small can't be used", "kiosk protocol check"),
    ),
    "contacts that do not read": Problem(
        harms.scribble_over("contacts.yaml"),
        ("contacts", "check"),
        1,
        ("contacts.yaml:1:1", "not UTF-8"),
        "goes on",
        ("PRACTICE", "The contacts are incomplete."),
    ),
    "contacts that may not be read": Problem(
        forbid("contacts.yaml", 0),
        ("contacts", "check"),
        2,
        ("contacts.yaml can't be read",),
        "goes on",
        ("PRACTICE", "contacts.yaml can't be read"),
    ),
    "district's settings that do not read": Problem(
        harms.scribble_over("settings.yaml"),
        ("setup", "--setting", "wait-place=inside"),
        2,
        ("settings.yaml",),
        "goes on",
        ("PRACTICE", "The district's settings have"),
    ),
    "settings that do not read": Problem(
        harms.scribble_over("kiosk.toml"),
        SHOW,
        2,
        ("kiosk.toml can't be read", "kiosk setup"),
        "is left",
        ("kiosk.toml",),
    ),
    "settings that may not be read": Problem(
        forbid("kiosk.toml", 0), SHOW, 2, ("kiosk.toml can't be read",), "is left", ("kiosk.toml",)
    ),
    "a file in the home's place": Problem(
        harms.make_home_a_file, SETUP, 2, ("kiosk.toml can't be read",), "is left", ("kiosk.toml",)
    ),
    "a home that may not be written": Problem(
        forbid("", 0o500), SETUP, 4, ("may not write there", "Ask IT"), "goes on"
    ),
    "a file in the place of the kept packs": Problem(
        harms.make_a_file_of("packs"),
        ("protocol", "install", "{home}/protocols/small"),
        4,
        ("packs", "in the place of a folder"),
        "goes on",
    ),
    # what is next to the log, and around the machine
    "an export onto a folder": Problem(
        harms.nothing,
        ("log", "export", "--format", "csv", "--level", "full", "-o", "{home}/protocols"),
        2,
        ("protocols already exists", "Choose another name"),
        "goes on",
    ),
    "an export into a folder that is not there": Problem(
        harms.nothing,
        ("log", "export", "--format", "csv", "--level", "full", "-o", "{home}/none/out.csv"),
        4,
        ("out.csv can't be saved: its folder does not exist", "choose a folder"),
        "goes on",
    ),
    "no terminal": Problem(harms.nothing, (), 2, ("needs a terminal", "Start the kiosk"), "goes on"),
    "an export while another program has the log and answers no command": Problem(
        harms.hold_log,
        EXPORT,
        1,
        ("The log has no entry of this export.", "did not answer in time", "Write on paper"),
        "stops",
        ("Another program is using",),
    ),
    "a clock that says 2001": Problem(
        harms.set_clock_back, ("doctor",), 2, ("The clock says 2001", "Set the computer's date"), "goes on", ("2001",)
    ),
}
