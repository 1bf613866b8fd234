"""The file with which a desk joins a district: one file, made by the district's office and used once at the desk."""

from __future__ import annotations

import tomllib
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from db.district.calls import Answer, Word, ingest
from db.district.connection import Address, connected
from db.district.errors import DistrictError
from kiosk.district.sending.outbox import Outbox
from kiosk.district.sending.roots import Roots
from kiosk.district.settings import DistrictSettings, address, read_text, render, save_district
from kiosk.errors import Refused, StoreUnusable, UsageError
from kiosk.log.log import open_reader
from kiosk.record.disclosure.levels import classes_in
from kiosk.settings import Home
from kiosk.system.files import ensure_folder, read_start, remove, save_file

SECRET: Final = "secret"  # noqa: S105 - the name of a file
AUTHORITY: Final = "authority.pem"
_FOLDER: Final = Home(Path()).sending.name
_LARGEST: Final = 1 << 17
_REPAIR: Final = "Ask the district's office for a new file."


@dataclass(frozen=True, slots=True)
class Enrollment:
    """What the file has. secret: of the desk's role. authority: the certificate of who signed the server's, as PEM.

    settings: without names of files, but for a local socket.
    """

    settings: DistrictSettings
    secret: str
    authority: str = ""


def enrollment_text(made: Enrollment) -> str:
    """Return the text of the file."""
    lines = render(replace(made.settings, secret="", root_certificate="")).splitlines()
    kept = [line for line in lines[1:] if not line.startswith("secret =")]
    secret = f'role_secret = "{made.secret}"'
    authority = [f"authority = '''\n{made.authority.strip()}\n'''"] if made.authority else []
    head = "# A desk joins the district with this file: kiosk setup --district FILE. Delete it then: it has a secret."
    return "\n".join([head, *kept, secret, *authority, ""])


def read_enrollment(path: Path) -> Enrollment:
    """Return what a file has. Raises UsageError for one that is none."""
    try:
        read = tomllib.loads(read_start(path, _LARGEST).decode("utf-8"))
        secret, authority = read.pop("role_secret"), read.pop("authority", "")
    except OSError as error:
        raise UsageError(f"{path} can't be read.", "Name the file from the district's office.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, RecursionError) as error:
        raise UsageError(f"{path} is no file for joining a district.", _REPAIR) from error
    if not (isinstance(secret, str) and secret and isinstance(authority, str)):
        raise UsageError(f"{path} is no file for joining a district.", _REPAIR)
    files = {"secret": f"{_FOLDER}/{SECRET}", "root_certificate": f"{_FOLDER}/{AUTHORITY}" if authority else ""}
    return Enrollment(read_text(path, read | files), secret, authority)


def join(home: Home, made: Enrollment) -> Answer:
    """Prove the way by one empty call, then keep the settings; return the district's answer.

    Raises Refused when the district does not take this desk's log, StoreUnusable, UsageError; nothing is kept then.
    """
    files = {home.sending / SECRET: made.secret, home.sending / AUTHORITY: made.authority}
    before = {path: _kept(path) for path in files}
    ensure_folder(home.sending)
    try:
        for path, words in files.items():
            if words:
                save_file(path, words.encode("utf-8"))
        answer = _proven(home, address(home, made.settings), made.settings)
        save_district(home, made.settings)
    except (Refused, StoreUnusable, UsageError):
        for path, data in before.items():
            if data is None:
                remove(path)
            else:
                save_file(path, data)
        raise
    return answer


def _kept(path: Path) -> bytes | None:
    with suppress(OSError):
        return read_start(path, _LARGEST)
    return None


def _proven(home: Home, server: Address, settings: DistrictSettings) -> Answer:
    with closing(open_reader(home, "live")) as log:
        outbox = Outbox(log, settings.level, classes_in(log), Roots())
        empty = outbox.comparison(0)
    try:
        with connected(server) as store:
            answer = ingest(store, empty)
    except DistrictError as error:
        raise Refused(error.what, error.repair) from error
    except ImportError as error:
        what = "This program has no driver for the district's database."
        raise Refused(what, "Install it with its extra `district`.") from error
    if answer.word not in {Word.OK, Word.GAP}:
        raise Refused(f"The district does not take this desk's log: {answer.word}.", "Call the district's IT office.")
    return answer
