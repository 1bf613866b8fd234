"""Options that say where the district's database is, for those who run it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Final

import click

from db.district.connection import Address, Store, connected
from db.district.errors import DistrictError
from kiosk.commands.common.passphrases import passphrase
from kiosk.commands.common.values import FILE
from kiosk.district.service_file import read_service
from kiosk.errors import Refused, UsageError
from kiosk.settings import typed_path

_SECRET_BYTES: Final = 32


def server_options(run: Callable[..., int]) -> Callable[..., int]:
    """Add the options of the server; pass `server`, its address with the role of who runs it.

    A connection service file has all of them, with the secret.
    """

    @wraps(run)
    def with_server(
        *args: Any,
        hosts: tuple[str, ...],
        port: int,
        database: str | None,
        role: str,
        root_certificate: str | None,
        password_file: str | None,
        service: str | None,
        **given: Any,
    ) -> int:
        if service:
            return run(*args, server=read_service(typed_path(service)), **given)
        if not hosts or not database:
            raise UsageError("The database is not named.", "Give --server and --database, or --service with a file.")
        local = all(host.startswith("/") for host in hosts)
        secret = "" if local and not password_file else passphrase(password_file, of=role, option="--password-file")
        authority = typed_path(root_certificate) if root_certificate else None
        if not local and authority is None:
            raise UsageError("The server's name could not be checked.", "Name its authority with --root-certificate.")
        return run(*args, server=Address(hosts, database, role, secret, port, authority), **given)

    options = (
        click.option("--server", "hosts", metavar="HOST", multiple=True, help="host; repeatable"),
        click.option("--port", metavar="NUMBER", type=click.IntRange(1, 65535), default=5432, help="default: 5432"),
        click.option("--database", metavar="NAME", help="name of the database"),
        click.option("--role", metavar="NAME", default="postgres", help="your role there (default: postgres)"),
        click.option(
            "--root-certificate", metavar="FILE", type=FILE, help="certificate of who signed the server's; PEM"
        ),
        click.option("--service", metavar="FILE", type=FILE, help="file of `kiosk district grant` instead"),
        click.option("--password-file", metavar="FILE", type=FILE, help="file whose first line is your password"),
    )
    made: Callable[..., int] = with_server
    for option in reversed(options):
        made = option(made)
    return made


def new_secret() -> str:
    """Return a new random secret for a role."""
    return secrets.token_urlsafe(_SECRET_BYTES)


@contextmanager
def opened(server: Address) -> Iterator[Store]:
    """Open the database for a block. Raises Refused."""
    try:
        with connected(server) as store:
            yield store
    except DistrictError as error:
        raise Refused(error.what, error.repair) from error
    except ImportError as error:
        raise Refused("This program has no driver for PostgreSQL.", "Install it with its extra `district`.") from error
