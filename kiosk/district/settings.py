"""HOME/district.toml: how this desk reaches the district's database, and how much of each record it may send there.

`kiosk setup --district` writes it. It names files; it has no secret itself.
"""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from db.district.connection import Address
from kiosk.errors import UsageError
from kiosk.record.disclosure.levels import LEVELS, Level
from kiosk.settings import Home
from kiosk.system.files import read_start, save_file

CREDENTIAL: Final = "credential:"
"""The prefix of a secret that systemd provides (`LoadCredential=`), instead of a file."""

USUAL_PORT: Final = 5432

_LARGEST: Final = 1 << 16
_LONGEST_SECRET: Final = 1024
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_REPAIR: Final = "Run `kiosk setup --district FILE` with the file from the district's office."
_TEXT: Final = ("district", "database", "role", "secret", "level", "root_certificate", "certificate", "key")
_NEEDED: Final = ("district", "servers", "database", "role", "secret", "level")
_KNOWN: Final = (*_TEXT, "servers", "port")


@dataclass(frozen=True, slots=True)
class DistrictSettings:
    """How to reach the district.

    district: its id. servers: host names or addresses, or the folder of a local socket (starts with /); the first that
    takes entries is used. secret: the name of a file, or `credential:NAME`. level: what may be sent.
    root_certificate: the file of the authority that signed the servers' certificates; not for a local socket.
    certificate, key: the files of this desk's own certificate; empty if it has none. Files are relative to the home.
    """

    district: str
    servers: tuple[str, ...]
    database: str
    role: str
    secret: str
    level: Level
    port: int = USUAL_PORT
    root_certificate: str = ""
    certificate: str = ""
    key: str = ""

    @property
    def is_local(self) -> bool:
        """Whether all servers are sockets of this computer, which need no encryption."""
        return all(server.startswith("/") for server in self.servers)


def read_district(home: Home) -> DistrictSettings:
    """Return the settings in HOME/district.toml. Raises UsageError, which names what is wrong."""
    path = home.enrollment_file
    try:
        data = read_start(path, _LARGEST + 1)
        _require_private(path)
        if len(data) > _LARGEST:
            raise _wrong(path, f"is larger than {_LARGEST // 1024} KiB")
        return _settings(path, tomllib.loads(data.decode("utf-8")))
    except FileNotFoundError as error:
        raise UsageError("This desk does not send to a district.", _REPAIR) from error
    except OSError as error:
        raise _wrong(path, f"can't be read ({(error.strerror or 'the system refused').lower()})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _wrong(path, "is not well formed") from error


def save_district(home: Home, settings: DistrictSettings) -> None:
    """Save the settings, readable by this account alone. Raises StoreUnusable."""
    save_file(home.enrollment_file, render(settings).encode())


def render(settings: DistrictSettings) -> str:
    """Return the text of a file that reads back as these settings."""
    lines = ["# Written by `kiosk setup --district`: how this desk reaches the district's database."]
    lines += [f"district = {_quoted(settings.district)}"]
    lines += [f"servers = [{', '.join(map(_quoted, settings.servers))}]", f"port = {settings.port}"]
    lines += [f"database = {_quoted(settings.database)}", f"role = {_quoted(settings.role)}"]
    lines += [f"secret = {_quoted(settings.secret)}    # a file, or credential:NAME"]
    lines += [f"level = {_quoted(settings.level.name.lower())}    # {', '.join(LEVELS)}"]
    files = (
        ("root_certificate", settings.root_certificate),
        ("certificate", settings.certificate),
        ("key", settings.key),
    )
    lines += [f"{name} = {_quoted(value)}" for name, value in files if value]
    return "\n".join([*lines, ""])


def address(home: Home, settings: DistrictSettings, environ: Mapping[str, str] = os.environ) -> Address:
    """Return the address of the database, with the secret. Raises UsageError when a file of it can't be used."""
    return Address(
        settings.servers,
        settings.database,
        settings.role,
        _secret(home, settings, environ),
        settings.port,
        _file(home, settings.root_certificate),
        _file(home, settings.certificate),
        _private(home, settings.key),
    )


def _secret(home: Home, settings: DistrictSettings, environ: Mapping[str, str]) -> str:
    if not settings.secret.startswith(CREDENTIAL):
        path = home.path / settings.secret
        _require_private(path)
        return _read_secret(path)
    name, folder = settings.secret.removeprefix(CREDENTIAL), environ.get("CREDENTIALS_DIRECTORY", "")
    if not folder:
        what = f"The secret for the district is systemd's credential {name}, and there is none here."
        raise UsageError(what, "Add LoadCredential= for it to the unit, or keep the secret in a file.")
    return _read_secret(Path(folder) / name)


def _read_secret(path: Path) -> str:
    try:
        words = read_start(path, _LONGEST_SECRET).decode("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(path, "can't be read") from error
    if not words:
        raise _wrong(path, "is empty")
    return words


def _file(home: Home, name: str) -> Path | None:
    if not name:
        return None
    path = home.path / name
    if not path.is_file():
        raise _wrong(path, "is missing")
    return path


def _private(home: Home, name: str) -> Path | None:
    path = _file(home, name)
    if path is not None:
        _require_private(path)
    return path


def _require_private(path: Path) -> None:
    """Raise UsageError for a file that other accounts may read. Windows keeps no such bits."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise _wrong(path, "is missing") from error
    if os.name == "posix" and mode & _OTHERS:
        raise UsageError(f"Other accounts of this computer may read {path}.", f"Run `chmod 600 {path}`.")


def read_text(path: Path, read: Mapping[str, Any]) -> DistrictSettings:
    """Return the settings in what was read from a file. Raises UsageError, which names the file and what is wrong."""
    return _settings(path, read)


def _settings(path: Path, read: Mapping[str, Any]) -> DistrictSettings:
    for name in read:
        if name not in _KNOWN:
            raise _wrong(path, f"has an unknown key “{name}”")
    for name in _NEEDED:
        if not read.get(name):
            raise _wrong(path, f"has no “{name}”")
    for name in _TEXT:
        if not isinstance(words := read.get(name, ""), str) or not words.isprintable():
            raise _wrong(path, f"needs text in quotes at “{name}”, on one line")
    found = DistrictSettings(
        servers=_servers(path, read["servers"]),
        port=_port(path, read.get("port", USUAL_PORT)),
        level=_level(path, read["level"]),
        **{name: read.get(name, "") for name in _TEXT if name != "level"},
    )
    _require_checked_name(path, found)
    return found


def _servers(path: Path, read: object) -> tuple[str, ...]:
    if not isinstance(read, list) or not all(isinstance(one, str) and _is_host(one) for one in read):
        raise _wrong(path, "needs a list of host names, in quotes, at “servers”")
    return tuple(read)


def _is_host(name: str) -> bool:
    return bool(name) and name.isprintable() and "," not in name and not any(letter.isspace() for letter in name)


def _port(path: Path, read: object) -> int:
    if type(read) is not int or not 0 < read < 1 << 16:
        raise _wrong(path, "needs a number from 1 to 65535 at “port”")
    return read


def _level(path: Path, read: str) -> Level:
    if read not in LEVELS:
        raise _wrong(path, f"has “{read}” as level; use one of {', '.join(LEVELS)}")
    return LEVELS[read]


def _require_checked_name(path: Path, found: DistrictSettings) -> None:
    """Raise UsageError when a server could pass for the district's because nothing checks its name."""
    local: Sequence[str] = [server for server in found.servers if server.startswith("/")]
    if local and not found.is_local:
        raise _wrong(path, "names sockets of this computer and other servers; use only one sort")
    if not found.is_local and not found.root_certificate:
        raise _wrong(path, "has no “root_certificate”, so nothing could check that a server is the district's")
    if bool(found.certificate) != bool(found.key):
        raise _wrong(path, "needs “certificate” and “key” together")


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _wrong(path: Path, how: str) -> UsageError:
    return UsageError(f"The file {path} {how}.", _REPAIR)
