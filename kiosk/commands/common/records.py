"""The log, opened for the commands that read it: the home's, or with `--district` those of the district's database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Final

import click

from kiosk.commands.common import output
from kiosk.commands.common.values import FILE
from kiosk.errors import StoreUnusable, UsageError
from kiosk.log.archive import LogHistory, open_history
from kiosk.settings import Home, Mode, typed_path

_CHOSEN: Final = "kiosk.chosen"


def district_options(run: Callable[..., int]) -> Callable[..., int]:
    """Add the options that read the district's database instead of the home; `reading` follows them.

    Raises UsageError for options that do not fit together.
    """

    @wraps(run)
    def with_district(
        *args: Any, district: str | None, schools: tuple[str, ...], desks: tuple[str, ...], **given: Any
    ) -> int:
        context = click.get_current_context()
        if district:
            if "kiosk.practice" in context.meta:
                raise UsageError("The district has no practice records.", "Leave out --practice, or --district.")
            context.meta[_CHOSEN] = (district, schools, desks)
        elif schools or desks:
            raise UsageError("Only the district has several schools.", "Name its file with --district FILE.")
        return run(*args, **given)

    made: Callable[..., int] = with_district
    for option in (
        click.option("--desk", "desks", metavar="DESK", multiple=True, help="with --district: this desk; repeatable"),
        click.option(
            "--school", "schools", metavar="SCHOOL", multiple=True, help="with --district: this school; repeatable"
        ),
        click.option(
            "--district",
            metavar="FILE",
            type=FILE,
            help="read the district's database instead, by your file from `kiosk district grant`",
        ),
    ):
        made = option(made)
    return made


def reads_district() -> bool:
    """Check whether the command reads the district's database."""
    context = click.get_current_context(silent=True)  # none where logs are opened beside a command
    return context is not None and _CHOSEN in context.meta


@contextmanager
def reading(home: Home, mode: Mode) -> Iterator[LogHistory]:
    """Open the log and all previous ones for reading, also while a kiosk runs. Raises StoreUnusable.

    A previous log that can't be read is left out, and a message names it.
    """
    log = _district() if reads_district() else open_history(home, mode)
    for words in log.left_out:
        output.message(words)
    try:
        yield log
    finally:
        log.close()


def _district() -> LogHistory:
    from kiosk.district.records import Chosen, open_district  # noqa: PLC0415 - only with a district
    from kiosk.district.service_file import read_service  # noqa: PLC0415 - likewise

    file, schools, desks = click.get_current_context().meta[_CHOSEN]
    try:
        return open_district(Chosen(read_service(typed_path(file)), schools, desks))
    except ImportError as error:
        what = "This program has no driver for PostgreSQL."
        raise StoreUnusable(what, "Install it with its extra `district`.") from error
