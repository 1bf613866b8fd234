"""Connections to the district's store. psycopg is imported only while one is used: other desks need none.

A connection over a network is encrypted, and the server's name is checked, always. Without that check, any server
would be taken for the district's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from db.district.errors import NotAllowed, NotInstalled, Refused, Unreachable

if TYPE_CHECKING:
    import psycopg

CONNECT_S: Final = 5
"""Seconds until a server counts as not reached."""

_LOCAL: Final = "/"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the store is.

    hosts: names, or the folder of a local socket, in the order in which they are tried; the first that takes writes.
    root_certificate: the file of the certificate authority that signed the server's certificate.
    client_certificate, client_key: files of the desk's own certificate, if the district has given it one.
    """

    hosts: tuple[str, ...]
    database: str
    role: str
    password: str = field(default="", repr=False)
    port: int = 5432
    root_certificate: Path | None = None
    client_certificate: Path | None = None
    client_key: Path | None = None

    @property
    def is_local(self) -> bool:
        """Whether it is a socket of this computer."""
        return all(host.startswith(_LOCAL) for host in self.hosts)

    def parameters(self) -> dict[str, Any]:
        """Return the connection's parameters. Raises Refused for a server whose name could not be checked."""
        given: dict[str, Any] = {
            "host": ",".join(self.hosts),
            "port": self.port,
            "dbname": self.database,
            "user": self.role,
            "connect_timeout": CONNECT_S,
            "target_session_attrs": "read-write",
            "application_name": "front-office-kiosk",
        }
        if self.password:
            given["password"] = self.password
        if self.is_local:
            return given
        if self.root_certificate is None:
            raise Refused(
                "There is no certificate to check the server with.",
                "Name the file of the district's certificate authority as root_certificate.",
            )
        tls = {"sslmode": "verify-full", "sslrootcert": str(self.root_certificate)}
        if self.password:
            tls["channel_binding"] = "require"
        if self.client_certificate and self.client_key:
            tls |= {"sslcert": str(self.client_certificate), "sslkey": str(self.client_key)}
        return given | tls


@dataclass(slots=True)
class Store:
    """An open connection. notices: what the server said besides its answers since it was last emptied."""

    connection: psycopg.Connection[Any]
    notices: list[str] = field(default_factory=list)


@contextmanager
def connected(address: Address) -> Iterator[Store]:
    """Open a connection for a block; each statement is a transaction. Raises as `translating` and `parameters`."""
    import psycopg  # noqa: PLC0415 - only a home with a district has it

    with translating():
        connection = psycopg.connect(**address.parameters(), autocommit=True)
    store = Store(connection)
    connection.add_notice_handler(lambda notice: store.notices.append(notice.message_primary or "a notice"))
    try:
        yield store
    finally:
        connection.close()


@contextmanager
def translating() -> Iterator[None]:
    """Raise the errors of psycopg as those of this folder."""
    import psycopg  # noqa: PLC0415 - likewise
    from psycopg import errors  # noqa: PLC0415 - likewise

    try:
        yield
    except (errors.InvalidAuthorizationSpecification, errors.InvalidPassword, errors.InsufficientPrivilege) as error:
        what = "The district's store does not let this role do that."
        raise NotAllowed(f"{what} It says: {_said(error)}", "Call the district's IT office.") from error
    except (errors.UndefinedFunction, errors.InvalidSchemaName, errors.UndefinedTable) as error:
        raise NotInstalled("The database has no district's store.", "Run `kiosk district init` first.") from error
    except errors.ConfigurationLimitExceeded as error:  # our own, for too many new logs
        raise Refused(
            f"The district's store refused the call: {_said(error)}", "Call the district's IT office."
        ) from error
    except (psycopg.OperationalError, psycopg.InterfaceError, errors.ReadOnlySqlTransaction) as error:
        raise Unreachable(f"The district's store was not reached: {_said(error)}", "The kiosk tries again.") from error
    except psycopg.Error as error:
        raise Refused(
            f"The district's store refused the call: {_said(error)}", "Call the district's IT office."
        ) from error


def _said(error: psycopg.Error) -> str:
    return (error.diag.message_primary or str(error)).strip().splitlines()[0]
