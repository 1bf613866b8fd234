"""`kiosk guide`."""

from __future__ import annotations

import click

from kiosk.commands.common import output
from kiosk.commands.common.command import as_command, pass_home
from kiosk.commands.common.documents import content, format_of, format_option, write
from kiosk.commands.common.options import output_option
from kiosk.commands.common.values import OneOf
from kiosk.errors import Exit
from kiosk.reports.document.formats import DocumentFormat
from kiosk.reports.guides.guide import PAGES, Guide, guide
from kiosk.reports.paper.document_pdf import in_pages
from kiosk.settings import Home, read_settings

_BY_ID = {one.value: one for one in Guide}


@as_command(
    "Two pages with pictures of the screens, to print. It needs no log. The front desk's guide is also in Spanish."
)
@click.argument("which", metavar="|".join(_BY_ID), type=OneOf(_BY_ID))
@click.option("--language", metavar="CODE", help="language of the front desk's guide, such as es (default: as set up)")
@format_option
@output_option("file to write (default: standard output)")
@pass_home
def command(home: Home, which: str, language: str | None, format_: str | None, path: str | None) -> int:
    """Write the guide. Raises UsageError if anything is at the path, StoreUnusable if it can't be written."""
    how, settings = format_of(format_, path), read_settings(home)
    file = str(output.new_path(path)) if path else None
    document = guide(_BY_ID[which], language or settings.language, settings.school)
    if how is DocumentFormat.PDF:
        data = in_pages(document, PAGES, settings.paper)
    else:
        data = content(document, how, home, printed=not file)
    write(data, file)
    if file:
        output.message(f"The guide is in {file}.")
    return Exit.DONE
