"""What this computer's kiosk was set up with: one TOML file in one folder (the home), and where each value came from.

HOME/kiosk.toml          school, desk, look, voice, which protocol, whose signature counts
HOME/settings.yaml       what the district chose of what the protocol leaves open
HOME/contacts.yaml       who fills which role at this school, and the school's own words for slots
HOME/schools/NAME.yaml   the contacts of other schools, for whoever looks after several
HOME/protocols/ID/       the district's own packs, each with the note that approves it; they win over the shipped ones
HOME/packs/SEAL/         every content that was ever installed or practised, for records that were begun with it
HOME/log/live.db         the encounter log;  HOME/log/practice.db is another file
HOME/log/earlier/        logs that others took the place of, untouched
HOME/keys/live.key       what the log is signed with;  HOME/keys/live.head is what was signed last
HOME/reports/            crash reports, without anybody's words
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal

from kiosk.errors import UsageError

Mode = Literal["live", "practice"]

FILE: Final = "kiosk.toml"
THEMES: Final = ("auto", "day", "night", "contrast", "console")
SPEECH: Final = ("auto", "off")
HIDE_AFTER: Final = range(121)
"""After how many minutes without a key the neutral page may come by itself; 0: never."""
LONGEST: Final = 80
"""The most characters a school's or desk's name may have: it must fit the bar."""

_KEYS: Final = {
    "desk": ("school", "desk", "language", "say_language"),
    "protocol": ("id", "superintendent_key"),
    "log": ("seal_to",),
    "look": ("theme", "hide_after"),
    "voice": ("speech",),
}


@dataclass(frozen=True, slots=True)
class Home:
    """The folder that holds everything this kiosk knows; `why` says who chose it."""

    path: Path
    why: str = "default"

    @property
    def settings_file(self) -> Path:
        """The TOML file."""
        return self.path / FILE

    @property
    def contacts_file(self) -> Path:
        """Who fills which role."""
        return self.path / "contacts.yaml"

    @property
    def district_file(self) -> Path:
        """What the district chose."""
        return self.path / "settings.yaml"

    def school_file(self, name: str) -> Path:
        """The contacts of another school."""
        return self.path / "schools" / f"{name}.yaml"

    @property
    def reports(self) -> Path:
        """Where crash reports go."""
        return self.path / "reports"

    @property
    def earlier(self) -> Path:
        """Where logs lie that others took the place of."""
        return self.path / "log" / "earlier"

    def log(self, mode: str) -> Path:
        """The log of a mode, `live` or `practice`: different files, so that they can't mix."""
        return self.path / "log" / f"{mode}.db"


@dataclass(frozen=True, slots=True)
class Settings:
    """The values, with a default for each. `origins` says of each value where it came from.

    seal_to: the district's public key that notes and other sentences are sealed for; empty: they stay readable here.
    language is what staff read; say_language what is said and shown to visitors, empty for the protocol's own language.
    hide_after: minutes without a key until the neutral page comes by itself, one of HIDE_AFTER.
    """

    school: str = ""
    desk: str = "Front office"
    language: str = "en"
    say_language: str = ""
    protocol: str = "ct-outside-agent"
    superintendent_key: str = ""
    seal_to: str = ""
    theme: str = "auto"
    hide_after: int = 3
    speech: str = "auto"
    origins: Mapping[str, str] = field(default_factory=dict)


def find_home(given: str | None, environ: Mapping[str, str]) -> Home:
    """The home: `--home`, else KIOSK_HOME, else systemd's STATE_DIRECTORY, else the user's data folder.

    Raises UsageError for one that leads nowhere.
    """
    if given:
        return Home(typed_path(given, whole=True), "--home")
    for name in ("KIOSK_HOME", "STATE_DIRECTORY"):
        if value := environ.get(name):
            return Home(typed_path(value, whole=True), name)
    from platformdirs import user_data_path  # noqa: PLC0415 - only without a given home

    return Home(user_data_path("front-office-kiosk", appauthor=False), "default")


def typed_path(words: str, *, whole: bool = False) -> Path:
    """The path that was typed, `~` filled in; `whole`: from the root on. Raises UsageError when it leads nowhere."""
    try:
        path = Path(words).expanduser()
        return path.absolute() if whole else path
    except (RuntimeError, OSError) as error:  # nobody of that name; the folder it counts from is gone
        raise UsageError(f"{words} leads nowhere.", "Write the path in full, from / on.") from error


def read_settings(home: Home) -> Settings:
    """The settings of a home; defaults when it has no file yet. Raises UsageError, naming file, key and repair."""
    try:
        text = home.settings_file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return Settings(origins=dict.fromkeys(_values({}), "default"))
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(home, f"can't be read ({getattr(error, 'strerror', None) or 'it is not text'})") from error
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _wrong(home, f"is not well formed: {error}") from error
    except RecursionError as error:  # tomllib has no limit of its own
        raise _wrong(home, "is nested too deeply") from error
    _require_known(home, tables)
    values = _values(tables)
    origins = {name: FILE if given else "default" for name, given in _given(tables).items()}
    settings = Settings(**values, origins=origins)
    _require_allowed(home, settings)
    return settings


def render(settings: Settings) -> str:
    """The TOML file that reads back as these settings."""
    lines = [
        "# Written by `kiosk setup`. Edit it, or run `kiosk setup` again; nothing is lost.",
        "[desk]",
        f"school = {_quoted(settings.school)}",
        f"desk = {_quoted(settings.desk)}",
        f"language = {_quoted(settings.language)}",
        f"say_language = {_quoted(settings.say_language)}    # for visitors; empty: the protocol's own",
        "",
        "[protocol]",
        f"id = {_quoted(settings.protocol)}",
        f"superintendent_key = {_quoted(settings.superintendent_key)}    # changed only by `kiosk setup`",
        "",
        "[log]",
        f"seal_to = {_quoted(settings.seal_to)}    # changed only by `kiosk setup`; empty: nothing is sealed",
        "",
        "[look]",
        f"theme = {_quoted(settings.theme)}    # {', '.join(THEMES)}",
        f"hide_after = {settings.hide_after}    # minutes without a key until the neutral page comes; 0: never",
        "",
        "[voice]",
        f"speech = {_quoted(settings.speech)}    # {', '.join(SPEECH)}",
        "",
    ]
    return "\n".join(lines)


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _given(tables: Mapping[str, Any]) -> dict[str, bool]:
    desk, protocol = tables.get("desk", {}), tables.get("protocol", {})
    return {
        "school": "school" in desk,
        "desk": "desk" in desk,
        "language": "language" in desk,
        "say_language": "say_language" in desk,
        "protocol": "id" in protocol,
        "superintendent_key": "superintendent_key" in protocol,
        "seal_to": "seal_to" in tables.get("log", {}),
        "theme": "theme" in tables.get("look", {}),
        "hide_after": "hide_after" in tables.get("look", {}),
        "speech": "speech" in tables.get("voice", {}),
    }


def _values(tables: Mapping[str, Any]) -> dict[str, Any]:
    desk, protocol = tables.get("desk", {}), tables.get("protocol", {})
    usual = Settings()
    return {
        "school": desk.get("school", usual.school),
        "desk": desk.get("desk", usual.desk),
        "language": desk.get("language", usual.language),
        "say_language": desk.get("say_language", usual.say_language),
        "protocol": protocol.get("id", usual.protocol),
        "superintendent_key": protocol.get("superintendent_key", usual.superintendent_key),
        "seal_to": tables.get("log", {}).get("seal_to", usual.seal_to),
        "theme": tables.get("look", {}).get("theme", usual.theme),
        "hide_after": tables.get("look", {}).get("hide_after", usual.hide_after),
        "speech": tables.get("voice", {}).get("speech", usual.speech),
    }


def _require_known(home: Home, tables: Mapping[str, Any]) -> None:
    for name, table in tables.items():
        _require_one_of(home, name, tuple(_KEYS))
        if not isinstance(table, dict):
            raise _wrong(home, f"has “{name}” as a value; it is a section, written [{name}]")
        for key, value in table.items():
            _require_one_of(home, key, _KEYS[name])
            if key != "hide_after" and not isinstance(value, str):
                raise _wrong(home, f"needs text in quotes at “{name}.{key}”")


def _require_one_of(home: Home, name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        import difflib  # noqa: PLC0415 - only for a wrong key

        near = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean “{near[0]}”?" if near else f"it may hold {', '.join(known)}"
        raise _wrong(home, f"has an unknown key “{name}”; {hint}")


def _require_allowed(home: Home, settings: Settings) -> None:
    for name, value, allowed in (("theme", settings.theme, THEMES), ("speech", settings.speech, SPEECH)):
        if value not in allowed:
            raise _wrong(home, f"has “{value}” as {name}; it is one of {', '.join(allowed)}")
    if type(settings.hide_after) is not int or settings.hide_after not in HIDE_AFTER:  # true is a number to Python
        raise _wrong(home, f"needs whole minutes from 0 to {HIDE_AFTER[-1]} at “look.hide_after”, without quotes")
    for name, value in (("school", settings.school), ("desk", settings.desk)):
        if len(value) > LONGEST or not value.isprintable():
            raise _wrong(home, f"has a {name} name that can't be shown; use at most {LONGEST} plain characters")


def _wrong(home: Home, how: str) -> UsageError:
    return UsageError(f"The settings file {home.settings_file} {how}.", "Correct it, or run `kiosk setup` again.")
