"""Settings of this kiosk: one TOML file in one folder (the home), and the source of each value.

HOME/kiosk.toml          school, desk, appearance, voice, paper, protocol, keys of superintendent and records officer
HOME/settings.yaml       the district's choices where the protocol offers options
HOME/contacts.yaml       the person in each role at this school, and the school's own text for slots
HOME/contacts.before     the contacts before the newest change, for `kiosk contacts undo`
HOME/schools/NAME.yaml   contacts of other schools, for an administrator of several
HOME/protocols/ID/       the district's own packs, each with its signed approval; they override the shipped ones
HOME/packs/HASH/         every version ever installed or used in practice, for the records started with it
HOME/log/live.db         the live log; HOME/log/practice.db is a separate file
HOME/log/live.keys       the public keys of all logs that this kiosk signed
HOME/log/earlier/        previous logs, unchanged
HOME/keys/live.key       the log signing key; HOME/keys/live.checkpoint is the newest checkpoint
HOME/keys/people.json    the verifiers of people's passphrases, without names; the log has who they belong to
HOME/judged-names        hashes of the files whose names the privacy guard has judged; it may be deleted
HOME/district.toml       how this desk reaches the district's database; without it, nothing is sent
HOME/district/           what the sender knows of the district's copy, and what it published; it may be deleted
HOME/reports/            crash reports, without text that staff typed
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from kiosk.errors import UsageError
from kiosk.system.files import read_start

Mode = Literal["live", "practice"]

FILE: Final = "kiosk.toml"
THEMES: Final = ("auto", "day", "night", "contrast", "console")
SPEECH: Final = ("auto", "off")
CLASSES: Final = ("public", "exempt", "staff")
"""Disclosure classes, as in a protocol."""
PAPERS: Final = ("letter", "a4")
"""Sizes of the paper of a PDF."""

HIDE_AFTER: Final = range(121)
"""Minutes without a key press before the screen hides itself; 0: never."""
LOG_IN_ENDS_AFTER: Final = range(1, 121)
"""Minutes without a key press before a log-in at the screen ends; it always ends."""
_MINUTES: Final = ("hide_after", "log_in_ends_after")
_LARGEST: Final = 1 << 16  # bytes of a settings file; a full one has two thousand
LONGEST: Final = 80
"""Maximum length of a school's or desk's name, in characters: it must fit the title bar."""

_KEYS: Final = {
    "desk": ("school", "desk", "language", "visitor_language"),
    "protocol": ("id", "superintendent_key"),
    "log": ("encrypt_notes_to", "records_key"),
    "disclosure": ("staff_names", "holds"),
    "look": ("theme", "hide_after"),
    "people": ("log_in_ends_after",),
    "voice": ("speech",),
    "paper": ("size",),
}


@dataclass(frozen=True, slots=True)
class Home:
    """The folder with all data of this kiosk. why: the option or variable that chose it."""

    path: Path
    why: str = "default"

    @property
    def settings_file(self) -> Path:
        """The TOML file."""
        return self.path / FILE

    @property
    def contacts_file(self) -> Path:
        """The file that names the person in each role."""
        return self.path / "contacts.yaml"

    @property
    def previous_contacts_file(self) -> Path:
        """The contacts before the newest change."""
        return self.path / "contacts.before"

    @property
    def district_file(self) -> Path:
        """The file of the district's choices."""
        return self.path / "settings.yaml"

    def school_file(self, name: str) -> Path:
        """Return the path of another school's contacts."""
        return self.path / "schools" / f"{name}.yaml"

    @property
    def judged_names_file(self) -> Path:
        """The file of hashes of what the privacy guard has judged."""
        return self.path / "judged-names"

    @property
    def enrollment_file(self) -> Path:
        """The file of how this desk reaches the district's database."""
        return self.path / "district.toml"

    @property
    def sending(self) -> Path:
        """The folder of what the sender knows of the district's copy."""
        return self.path / "district"

    @property
    def reports(self) -> Path:
        """The folder for crash reports."""
        return self.path / "reports"

    @property
    def earlier(self) -> Path:
        """The folder of previous logs."""
        return self.path / "log" / "earlier"

    def log(self, mode: str) -> Path:
        """Return the path of a mode's log. `live` and `practice` are separate files, so entries can't mix."""
        return self.path / "log" / f"{mode}.db"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults.

    language: the language of the screen. visitor_language: the language for visitors; empty: the protocol's own.
    encrypt_notes_to: the district's public key for notes and other sentences; empty: they stay readable here.
    records_key: the records officer's public key; only what it signed destroys records. Empty: nothing does.
    staff_names, holds: the disclosure class of the names of staff and administrators, and of legal holds.
    hide_after: minutes without a key press before the screen hides itself, one of HIDE_AFTER.
    paper: the size of the paper of a PDF, one of PAPERS.
    log_in_ends_after: minutes without a key press before a log-in at the screen ends, one of LOG_IN_ENDS_AFTER.
    """

    school: str = ""
    desk: str = "Front office"
    language: str = "en"
    visitor_language: str = ""
    protocol: str = "ct-outside-agent"
    superintendent_key: str = ""
    encrypt_notes_to: str = ""
    records_key: str = ""
    staff_names: str = "exempt"
    holds: str = "exempt"
    theme: str = "auto"
    hide_after: int = 3
    log_in_ends_after: int = 10
    speech: str = "auto"
    paper: str = "letter"


def find_home(given: str | None, environ: Mapping[str, str]) -> Home:
    """Return the home: `--home`, else KIOSK_HOME, else systemd's STATE_DIRECTORY, else the user's data folder.

    Raises UsageError when the path can't be resolved.
    """
    if given:
        return Home(typed_path(given, whole=True), "--home")
    for name in ("KIOSK_HOME", "STATE_DIRECTORY"):
        if value := environ.get(name):
            return Home(typed_path(value, whole=True), name)
    from platformdirs import user_data_path  # noqa: PLC0415 - only without a given home

    return Home(user_data_path("front-office-kiosk", appauthor=False), "default")


def typed_path(words: str, *, whole: bool = False) -> Path:
    """Return the typed path with `~` expanded. whole: as an absolute path.

    Raises UsageError when the path can't be resolved.
    """
    try:
        path = Path(words).expanduser()
        return path.absolute() if whole else path
    except (RuntimeError, OSError) as error:  # no such user, or the working directory was deleted
        raise UsageError(f"The path {words} can't be resolved.", "Write the full path, starting with /.") from error


def read_settings(home: Home) -> Settings:
    """Return the settings of a home, or the defaults when it has no file yet.

    Raises UsageError that names the file, the key and the repair.
    """
    try:
        data = read_start(home.settings_file, _LARGEST + 1)
        text = data.decode("utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(home, f"can't be read ({getattr(error, 'strerror', None) or 'it is not text'})") from error
    if len(data) > _LARGEST:
        raise _wrong(home, f"is larger than {_LARGEST // 1024} KiB")
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(home, f"is not well formed: {error}") from error
    except RecursionError as error:  # tomllib sets no limit
        raise _wrong(home, "is nested too deeply") from error
    _require_known(home, tables)
    values = _values(tables)
    settings = Settings(**values)
    _require_allowed(home, settings)
    return settings


def render(settings: Settings) -> str:
    """Return the text of a TOML file that reads back as these settings."""
    lines = [
        "# Written by `kiosk setup`. Edit this file, or run `kiosk setup` again: it keeps your values.",
        "[desk]",
        f"school = {_quoted(settings.school)}",
        f"desk = {_quoted(settings.desk)}",
        f"language = {_quoted(settings.language)}",
        f"visitor_language = {_quoted(settings.visitor_language)}    # for visitors; empty: the protocol's own",
        "",
        "[protocol]",
        f"id = {_quoted(settings.protocol)}",
        f"superintendent_key = {_quoted(settings.superintendent_key)}    # changed only by `kiosk setup`",
        "",
        "[log]",
        f"encrypt_notes_to = {_quoted(settings.encrypt_notes_to)}    # changed only by `kiosk setup`; empty: off",
        f"records_key = {_quoted(settings.records_key)}    # changed only by `kiosk setup`",
        "",
        "[disclosure]    # the lowest level of a copy that shows it: public; exempt: counsel; staff: full",
        f"staff_names = {_quoted(settings.staff_names)}    # names of staff and administrators",
        f"holds = {_quoted(settings.holds)}    # which records are on legal hold",
        "",
        "[look]",
        f"theme = {_quoted(settings.theme)}    # {', '.join(THEMES)}",
        f"hide_after = {settings.hide_after}    # minutes without a key press before the screen hides; 0: never",
        "",
        "[people]",
        f"log_in_ends_after = {settings.log_in_ends_after}    # minutes without a key press before a log-in ends",
        "",
        "[voice]",
        f"speech = {_quoted(settings.speech)}    # {', '.join(SPEECH)}",
        "",
        "[paper]",
        f"size = {_quoted(settings.paper)}    # of each PDF: {', '.join(PAPERS)}",
        "",
    ]
    return "\n".join(lines)


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _values(tables: Mapping[str, Any]) -> dict[str, Any]:
    desk, protocol = tables.get("desk", {}), tables.get("protocol", {})
    usual = Settings()
    return {
        "school": desk.get("school", usual.school),
        "desk": desk.get("desk", usual.desk),
        "language": desk.get("language", usual.language),
        "visitor_language": desk.get("visitor_language", usual.visitor_language),
        "protocol": protocol.get("id", usual.protocol),
        "superintendent_key": protocol.get("superintendent_key", usual.superintendent_key),
        "encrypt_notes_to": tables.get("log", {}).get("encrypt_notes_to", usual.encrypt_notes_to),
        "records_key": tables.get("log", {}).get("records_key", usual.records_key),
        "staff_names": tables.get("disclosure", {}).get("staff_names", usual.staff_names),
        "holds": tables.get("disclosure", {}).get("holds", usual.holds),
        "theme": tables.get("look", {}).get("theme", usual.theme),
        "hide_after": tables.get("look", {}).get("hide_after", usual.hide_after),
        "log_in_ends_after": tables.get("people", {}).get("log_in_ends_after", usual.log_in_ends_after),
        "speech": tables.get("voice", {}).get("speech", usual.speech),
        "paper": tables.get("paper", {}).get("size", usual.paper),
    }


def _require_known(home: Home, tables: Mapping[str, Any]) -> None:
    for name, table in tables.items():
        _require_one_of(home, name, tuple(_KEYS))
        if not isinstance(table, dict):
            raise _wrong(home, f"uses “{name}” as a value; it is a section, written [{name}]")
        for key, value in table.items():
            _require_one_of(home, key, _KEYS[name])
            if key not in _MINUTES and not isinstance(value, str):
                raise _wrong(home, f"needs text in quotes at “{name}.{key}”")


def _require_one_of(home: Home, name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        import difflib  # noqa: PLC0415 - only for a wrong key

        near = difflib.get_close_matches(name, known, 1)
        hint = f"perhaps you mean “{near[0]}”" if near else f"known keys: {', '.join(known)}"
        raise _wrong(home, f"has an unknown key “{name}”; {hint}")


def _require_allowed(home: Home, settings: Settings) -> None:
    for name, value, allowed in (
        ("theme", settings.theme, THEMES),
        ("speech", settings.speech, SPEECH),
        ("paper size", settings.paper, PAPERS),
        ("staff_names", settings.staff_names, CLASSES),
        ("holds", settings.holds, CLASSES),
    ):
        if value not in allowed:
            raise _wrong(home, f"has “{value}” as {name}; use one of {', '.join(allowed)}")
    for at, minutes, known in (
        ("look.hide_after", settings.hide_after, HIDE_AFTER),
        ("people.log_in_ends_after", settings.log_in_ends_after, LOG_IN_ENDS_AFTER),
    ):
        if type(minutes) is not int or minutes not in known:  # Python counts true as a number
            much = f"from {known[0]} to {known[-1]} at “{at}”, without quotes"
            raise _wrong(home, f"needs a whole number of minutes {much}")
    for name, value in (("school", settings.school), ("desk", settings.desk)):
        if len(value) > LONGEST or not value.isprintable():
            raise _wrong(home, f"has a {name} name that can't be shown; use up to {LONGEST} printable characters")


def _wrong(home: Home, how: str) -> UsageError:
    return UsageError(f"The settings file {home.settings_file} {how}.", "Correct it, or run `kiosk setup` again.")
