"""A PDF from a template and values, made by typst: tagged for screen readers (PDF/UA-1), the same bytes each time.

Values reach a template as one JSON text, and a template only places them: what looks like markup in them stays text.
typst makes no file if the title, the alternative text of a picture or a letter is missing. A warning counts as an
error: an unknown font would be no more than one. typst is imported for the first PDF only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kiosk.errors import Refused
from kiosk.reports.paper.fitting import fitted
from kiosk.reports.paper.font_files import FOLDER

if TYPE_CHECKING:
    from typst import Compiler, Fonts

_TEMPLATES: Final = Path(__file__).parent / "templates"
"""A template can read every file in here, so only templates are here."""

SIZES: Final = (11.0, 10.5, 10.0, 9.5, 9.0)
"""The sizes of letters that pages are tried with, in points."""


class NotTypeset(RuntimeError):
    """A template or its values are wrong; the words are those of typst."""


def pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """Return the PDF of a template of `templates/` and its values.

    It may be called in any thread; other threads run meanwhile. Raises NotTypeset; Refused where typst does not run.
    """
    return _made(_compiler(template, {"data": json.dumps(fitted(dict(data)))}))


def in_pages(template: str, data: Mapping[str, Any], count: int) -> bytes:
    """Return the PDF on no more pages than this, with the largest letters that fit.

    Raises Refused if even the smallest do not fit, or where typst does not run; NotTypeset as `pdf`.
    """
    values = json.dumps(fitted(dict(data)))
    for size in SIZES:
        compiler = _compiler(template, {"data": values, "size": str(size)})
        if int(compiler.query("<pages>", field="value", one=True)) <= count:
            return _made(compiler)
    room = "one page" if count == 1 else f"{count} pages"
    raise Refused(f"This is too much for {room}.", "Shorten it, or write it as HTML or text.")


def _made(compiler: Compiler) -> bytes:
    from typst import TypstError  # noqa: PLC0415 - only to make a PDF

    try:
        made, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"], timestamp=0)
    except TypstError as error:
        raise NotTypeset(str(error)) from error
    if warnings:
        raise NotTypeset("; ".join(map(str, warnings)))
    if not isinstance(made, bytes):
        raise NotTypeset("there is no page")
    return made


def _compiler(template: str, inputs: dict[str, str]) -> Compiler:
    fonts = _fonts()
    from typst import Compiler  # noqa: PLC0415 - only to make a PDF

    root = str(_TEMPLATES)
    return Compiler(
        str(_TEMPLATES / template), root=root, font_paths=fonts, ignore_system_fonts=True, sys_inputs=inputs
    )


@cache
def _fonts() -> Fonts:
    """Return the fonts of this folder. Those in typst itself are there for its exact text, the same in each copy."""
    try:
        from typst import Fonts  # noqa: PLC0415 - only to make a PDF
    except ImportError as error:
        words = "This computer can't make a PDF: typst does not run on it."
        raise Refused(words, "Write HTML or text instead.") from error
    return Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FOLDER)])
