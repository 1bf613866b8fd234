"""The file with which a person or a job reads the district's database: a connection service file of libpq.

psql and most tools read it too (PostgreSQL, “The Connection Service File”).
"""

from __future__ import annotations

from configparser import ConfigParser
from configparser import Error as ConfigParserError
from pathlib import Path
from typing import Final

from db.district.connection import Address
from kiosk.errors import UsageError
from kiosk.system.files import read_start

SERVICE: Final = "kiosk"
_LARGEST: Final = 1 << 16


def service_text(server: Address, role: str, secret: str) -> str:
    """Return the text of the file. server: with the certificate of its authority, if it is not of this computer."""
    lines = [f"host={','.join(server.hosts)}", f"port={server.port}", f"dbname={server.database}"]
    lines += [f"user={role}", f"password={secret}"]
    if server.root_certificate:
        lines += ["sslmode=verify-full", f"sslrootcert={server.root_certificate.resolve()}"]
    return "\n".join(["# A secret: keep this file readable by its owner alone.", f"[{SERVICE}]", *lines, ""])


def read_service(path: Path) -> Address:
    """Return the address, with the secret. Raises UsageError for a file that is none, and for an unchecked server."""
    found = ConfigParser(interpolation=None)
    try:
        found.read_string(read_start(path, _LARGEST).decode("utf-8"))
        given = found[SERVICE]
        authority = given.get("sslrootcert")
        server = Address(
            tuple(given["host"].split(",")),
            given["dbname"],
            given["user"],
            given.get("password", ""),
            given.getint("port", 5432),
            Path(authority) if authority else None,
        )
    except OSError as error:
        raise UsageError(f"{path} can't be read.", "Correct the file name.") from error
    except (ConfigParserError, KeyError, ValueError) as error:
        what = f"{path} is no connection service file of a district."
        raise UsageError(what, "Make one with `kiosk district grant`.") from error
    if not server.is_local and authority is None:
        what = f"{path} names no authority, so the server's name could not be checked."
        raise UsageError(what, "Add its certificate as sslrootcert.")
    return server
