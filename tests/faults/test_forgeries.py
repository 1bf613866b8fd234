"""Forgeries of a log, its key and the files that confirm it: what the check, the daily check and the desk say of each.

None is called verified but those that replace everything on the computer, or all that is newer than an old signature.
Of these the report says first that they are not proven; the key on paper or an outside copy finds them.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from kiosk.doctor.check import State
from kiosk.doctor.log import check_log
from kiosk.errors import Exit, KioskError, LogMustBeReplaced, ReplaceReason
from kiosk.log.archive import archived_files
from kiosk.log.log import LogOnDisk, open_reader, open_writer
from kiosk.log.replace import replace_log
from kiosk.log.signing_key import checkpoint_file, key_file, keys_file, known_keys, new_signer, save
from kiosk.record.transparency.signed_note import VerifierKey
from kiosk.record.transparency.verification_code import VerificationCode
from kiosk.record.verification.succession import unacknowledged
from kiosk.settings import Home
from kiosk.system.clock import FixedClock
from tests.commands.log.test_verify import UNSIGN, codes, cut_back
from tests.homes import a_home, encounter, tamper
from tests.reports.test_key_sources import forge, key_of, replace_folder, replace_list
from tests.typed import Stage, Typed

pytestmark = pytest.mark.stage(Stage.NEW)

OPENS: Final = "opens"
WARNS: Final = "warns"
MATCHES, DIFFERS, UNCHECKED = 0, 1, 5


@dataclass(frozen=True)
class Forgery:
    """A change of files, and what is said of it then: the exit code of `log verify`, the daily check, the desk."""

    change: Callable[[Home], object]
    verify: int
    doctor: State
    desk: str


def keys_folder(home: Home) -> Path:
    """Return the folder of the private key and the remembered checkpoint."""
    return home.path / "keys"


def older(home: Home) -> bytes:
    """Write another encounter; return the log's bytes from before."""
    open_reader(home, "live").close()
    before = home.log("live").read_bytes()
    encounter(home)
    return before


def forged(home: Home, *then: Callable[[Home, Home], object]) -> None:
    """Put a stranger's log in the log's place, then change what else there is."""
    forger = forge(home)
    for change in then:
        change(home, forger)


def cut(home: Home) -> None:
    """Cut the newest record off, and make an older signed checkpoint the newest."""
    tamper(home, lambda connection: cut_back(connection, codes(home)[0].size))


def remember_what_is_left(home: Home) -> None:
    """Remember the older checkpoint, which the log itself kept."""
    with closing(sqlite3.connect(home.log("live"))) as connection:
        (note,) = connection.execute("SELECT note FROM newest_checkpoint").fetchone()
    checkpoint_file(home, "live").write_text(note, "utf-8")


def in_turn(*changes: Callable[[Home], object]) -> Callable[[Home], None]:
    """Return several changes as one."""

    def change(home: Home) -> None:
        for each in changes:
            each(home)

    return change


def forget(home: Home) -> None:
    """Remove the remembered checkpoint."""
    checkpoint_file(home, "live").unlink()


def remove_log(home: Home) -> None:
    """Remove the log."""
    home.log("live").unlink()


def remove_list(home: Home) -> None:
    """Remove the list of keys."""
    keys_file(home, "live").unlink()


def list_a_stranger(home: Home) -> None:
    """Put another key in the list, and take out the kiosk's."""
    keys_file(home, "live").write_text(f"{ANOTHER[0].public}\n", "ascii")


def remove_previous(home: Home) -> None:
    """Replace the log, and remove the previous one."""
    a_replaced_log(home).unlink()


def name_another_key(home: Home) -> None:
    """Put another public key into the log."""
    tamper(home, lambda connection: connection.execute("UPDATE log SET log_vkey = ?", (str(ANOTHER[0].public),)))


def a_view_before_a_table(home: Home) -> None:
    """Hide the legal holds from every reader."""
    without_guards(home)
    with closing(sqlite3.connect(home.log("live"))) as connection:
        connection.executescript(
            "ALTER TABLE hold RENAME TO hold_old; CREATE VIEW hold AS SELECT * FROM hold_old WHERE 0"
        )


def script(sql: str) -> Callable[[Home], None]:
    """Return a change of the file by SQL, its triggers off meanwhile."""
    return lambda home: tamper(home, lambda connection: connection.executescript(sql))


def without_guards(home: Home) -> None:
    """Leave every trigger out."""
    with closing(sqlite3.connect(home.log("live"))) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.commit()


def a_fork(home: Home) -> None:
    """Put a copy in place that was written to elsewhere, with the kiosk's own key."""
    other = Home(home.path.parent / "other")
    shutil.copytree(home.path, other.path)
    encounter(home, agency="One agency")
    encounter(other, agency="Another agency")
    open_reader(other, "live").close()
    shutil.copy(other.log("live"), home.log("live"))


def a_replaced_log(home: Home) -> Path:
    """Replace the log; return the file of the previous one, open to writing."""
    replace_log(home, "live", FixedClock(), ReplaceReason.DAMAGED, by="setup")
    (file,) = archived_files(home, "live")
    file.chmod(0o600)
    return file


def a_forged_previous_log(home: Home) -> None:
    """Put a stranger's log in the place of the previous one."""
    stranger = Home(home.path.parent / "stranger")
    shutil.copytree(home.path, stranger.path)
    forge(stranger)
    shutil.copy(stranger.log("live"), a_replaced_log(home))


ANOTHER: Final = new_signer("front-office-kiosk/9b0a12bc-0000-4000-8000-000000000002")

FORGERIES: Final[dict[str, Forgery]] = {
    "the key is removed": Forgery(
        lambda home: key_file(home, "live").unlink(), UNCHECKED, State.RED, ReplaceReason.KEY_LOST
    ),
    "the key is another of the same name": Forgery(
        lambda home: save(home, "live", new_signer(key_of(home).name)[1]),
        DIFFERS,
        State.RED,
        ReplaceReason.KEY_REPLACED,
    ),
    "the key is another log's": Forgery(
        lambda home: save(home, "live", ANOTHER[1]), DIFFERS, State.RED, ReplaceReason.FOREIGN
    ),
    "the keys folder is removed": Forgery(
        lambda home: shutil.rmtree(keys_folder(home)), DIFFERS, State.RED, ReplaceReason.KEY_LOST
    ),
    "the list of keys is removed": Forgery(remove_list, UNCHECKED, State.AMBER, OPENS),
    "the list of keys is emptied": Forgery(
        lambda home: keys_file(home, "live").write_bytes(b""), UNCHECKED, State.AMBER, OPENS
    ),
    "the list of keys is spoiled": Forgery(
        lambda home: keys_file(home, "live").write_bytes(b"no key\n"), DIFFERS, State.RED, OPENS
    ),
    "the list of keys has only a stranger's": Forgery(list_a_stranger, DIFFERS, State.RED, ReplaceReason.FOREIGN),
    "the list of keys has one more": Forgery(
        lambda home: keys_file(home, "live").write_text(f"{key_of(home)}\n{ANOTHER[0].public}\n", "ascii"),
        DIFFERS,
        State.RED,
        OPENS,
    ),
    "the remembered checkpoint is removed": Forgery(forget, DIFFERS, State.RED, WARNS),
    "the remembered checkpoint is emptied": Forgery(
        lambda home: checkpoint_file(home, "live").write_bytes(b""), DIFFERS, State.RED, WARNS
    ),
    "the remembered checkpoint is a stranger's": Forgery(
        lambda home: checkpoint_file(home, "live").write_bytes(ANOTHER[0].sign("another\n1\nAAAA\n")),
        DIFFERS,
        State.RED,
        WARNS,
    ),
    "the newest record is cut off": Forgery(cut, DIFFERS, State.RED, ReplaceReason.ROLLED_BACK),
    "it is cut off, and the remembered checkpoint removed": Forgery(in_turn(cut, forget), DIFFERS, State.RED, WARNS),
    "it is cut off, and an older checkpoint remembered": Forgery(
        in_turn(cut, remember_what_is_left), MATCHES, State.AMBER, OPENS
    ),
    "an older copy is in its place": Forgery(
        lambda home: home.log("live").write_bytes(older(home)), DIFFERS, State.RED, ReplaceReason.ROLLED_BACK
    ),
    "a fork is in its place": Forgery(a_fork, DIFFERS, State.RED, ReplaceReason.FORKED),
    "a stranger's log is in its place": Forgery(forged, DIFFERS, State.RED, ReplaceReason.KEY_REPLACED),
    "a stranger's log, and no keys folder": Forgery(
        lambda home: forged(home, lambda home, _: shutil.rmtree(keys_folder(home))),
        DIFFERS,
        State.RED,
        ReplaceReason.KEY_LOST,
    ),
    "a stranger's log and keys folder": Forgery(
        lambda home: forged(home, replace_folder), DIFFERS, State.RED, ReplaceReason.FOREIGN
    ),
    "a stranger's log and list": Forgery(
        lambda home: forged(home, replace_list), DIFFERS, State.RED, ReplaceReason.KEY_REPLACED
    ),
    "a stranger's log and keys folder, and no list": Forgery(
        lambda home: forged(home, replace_folder, lambda home, _: keys_file(home, "live").unlink()),
        UNCHECKED,
        State.AMBER,
        OPENS,
    ),
    "a stranger's log, keys folder and list": Forgery(
        lambda home: forged(home, replace_folder, replace_list), MATCHES, State.GREEN, OPENS
    ),
    "its signatures are stripped": Forgery(script(UNSIGN), DIFFERS, State.RED, ReplaceReason.ALTERED),
    "the key that it names is another": Forgery(name_another_key, DIFFERS, State.RED, ReplaceReason.KEY_REPLACED),
    "its ID is another": Forgery(
        script("UPDATE log SET origin = 'front-office-kiosk/another'"), DIFFERS, State.RED, ReplaceReason.FOREIGN
    ),
    "its triggers are dropped": Forgery(without_guards, DIFFERS, State.RED, ReplaceReason.DAMAGED),
    "a view stands before a table": Forgery(a_view_before_a_table, DIFFERS, State.RED, ReplaceReason.DAMAGED),
    "it is removed": Forgery(remove_log, 4, State.RED, ReplaceReason.GONE),
    "it is removed with its list": Forgery(in_turn(remove_log, remove_list), 4, State.RED, ReplaceReason.GONE),
    "the previous log is removed": Forgery(remove_previous, DIFFERS, State.RED, OPENS),
    "a stranger's log is the previous one": Forgery(a_forged_previous_log, DIFFERS, State.RED, OPENS),
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose live log has two records."""
    home = a_home(tmp_path)
    for _ in range(2):
        encounter(home)
    return home


def desk_says(home: Home) -> str:
    """Return whether the desk opens, warns, or gives a reason for a new log."""
    try:
        log = open_writer(home, "live", FixedClock())
    except LogMustBeReplaced as error:
        return error.reason
    with closing(log):
        return WARNS if unacknowledged(log) else OPENS


def doctor_says(home: Home) -> State:
    """Return the worst state of the daily check of the log."""

    def opened(home: Home, mode: str) -> LogOnDisk:
        return open_reader(home, "live")

    try:
        states = {check.state for check in check_log(home, FixedClock(), opened)}
    except KioskError:
        return State.RED
    return next((state for state in (State.RED, State.AMBER) if state in states), State.GREEN)


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_never_called_verified(typed: Typed, home: Home, name: str) -> None:
    """What can't be seen is said first."""
    forgery = FORGERIES[name]
    forgery.change(home)
    told = typed("log", "verify")
    assert (told.code, doctor_says(home), desk_says(home)) == (forgery.verify, forgery.doctor, forgery.desk)
    assert forgery.verify != MATCHES or told.out.startswith("NOT PROVEN")


RESTORED: Final = {
    "a stranger's log is in its place": Exit.REFUSED,
    "a stranger's log, and no keys folder": Exit.REFUSED,
    "a stranger's log and keys folder": Exit.REFUSED,
    "a stranger's log and list": Exit.REFUSED,
    "a stranger's log and keys folder, and no list": Exit.REFUSED,
    "a stranger's log, keys folder and list": Exit.REFUSED,
    "its signatures are stripped": Exit.STORE,
    "the key that it names is another": Exit.STORE,
    "its ID is another": Exit.STORE,
    "its triggers are dropped": Exit.STORE,
    "a view stands before a table": Exit.STORE,
}
"""The forgeries of the log itself → what `kiosk log restore` says of the file, where the log that it forges is lost.

The others leave the log as it was, or as the kiosk wrote it once, or are a fork that only the lost entries refute.
"""


@pytest.mark.parametrize("name", [name for name in FORGERIES if "removed" not in name or "keys folder" in name])
def test_a_forged_log_is_not_restored(typed: Typed, home: Home, tmp_path: Path, name: str) -> None:
    """Nor is any restored unseen: without consent, it ends as a wrong use, and says first what is not proven."""
    true = Path(shutil.copytree(home.path, tmp_path / "true"))
    FORGERIES[name].change(home)
    file = Path(shutil.copyfile(home.log("live"), tmp_path / "found.db"))
    shutil.rmtree(home.path)
    shutil.copytree(true, home.path)
    remove_log(home)
    told = typed("log", "restore", str(file))
    expected = RESTORED.get(name, Exit.USAGE)
    assert told.code == expected, told
    assert expected is not Exit.USAGE or told.err.startswith(("NOT PROVEN", "NOT CHECKED")), told
    assert not home.log("live").exists()


PACKED: Final = {
    "a stranger's log and keys folder, and no list": 1,
    "a stranger's log, keys folder and list": 1,
    "the previous log is removed": 1,
    "a stranger's log is the previous one": 1,
}
"""The forgeries of which a package can be made → what its `verify.py` says with the key on paper; 0 for all others.

Of those others, the log is as the kiosk wrote it, but some file beside it is not; or its newest entries are missing.
In the last two, the key on paper is that of the log before.
"""


@pytest.mark.parametrize("name", FORGERIES)
def test_a_package_of_a_forged_log_is_never_verified(typed: Typed, home: Home, tmp_path: Path, name: str) -> None:
    """Without the key on paper it is not checked; with it, a stranger's does not match. An altered log makes none."""
    key, made = key_of(home), tmp_path / "package"
    FORGERIES[name].change(home)
    typed("log", "export", "--format", "package", "--level", "full", "-o", str(made))
    found = [checked_alone(made, *words) for words in ((), ("--key", str(key)))] if made.exists() else []
    assert found in ([], [UNCHECKED, PACKED.get(name, 0)])
    assert not found or name not in {"its signatures are stripped", "its ID is another", "the key is removed"}


def checked_alone(package: Path, *words: str) -> int:
    """The exit code of the package's own `verify.py`."""
    return subprocess.run(
        [sys.executable, "verify.py", *words], cwd=package, capture_output=True, check=False
    ).returncode


OUTSIDE: Final = [name for name, forgery in FORGERIES.items() if forgery.verify == MATCHES]


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_nothing_here_can_show_is_found_by_the_key_or_the_code_on_paper(
    typed: Typed, home: Home, name: str
) -> None:
    """A stranger's key is not the one on paper; a code of the newest entries is not of the log that is left."""
    key, code = key_of(home), codes(home)[-1]
    FORGERIES[name].change(home)
    assert DIFFERS in found_by(typed, key, code)


def found_by(typed: Typed, key: VerifierKey, code: VerificationCode) -> tuple[int, int]:
    """Return the exit codes with the key, and with the code."""
    return typed("log", "verify", "--key", str(key)).code, typed("log", "verify", "--code", code.text).code


def test_the_forgeries_that_need_paper_are_known(home: Home) -> None:
    """These two, and no other, are found by nothing on this computer."""
    assert len(OUTSIDE) == 2
    assert known_keys(home, "live") == (key_of(home),)
