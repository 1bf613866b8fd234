"""HTML pages from templates. Every printed word is escaped and made visible here, wherever it is from.

Jinja2 is imported when the first page is made: neither the desk nor another command pays for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kiosk.record.printable import printable

if TYPE_CHECKING:
    from jinja2 import Environment

_PIECES: Final = 256
"""How many pieces of a streamed page are joined before they are written: some kilobytes."""


def page(template: str, **values: Any) -> str:
    """The whole page that a template of `templates/` makes of these values. Raises UndefinedError for one it lacks."""
    return _environment().get_template(template).render(values)


def pieces(template: str, **values: Any) -> Iterator[str]:
    """The same page bit by bit: an iterator among the values is read as the page is written, so it may be endless."""
    stream = _environment().get_template(template).stream(values)
    stream.enable_buffering(_PIECES)
    yield from stream


def css_string(words: str) -> str:
    """Words as a CSS string in quotes, in which nothing can end the string, the rule or the style element."""
    return '"' + "".join(c if c.isascii() and (c.isalnum() or c in " .-") else f"\\{ord(c):x} " for c in words) + '"'


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only to make a page
    from markupsafe import Markup  # noqa: PLC0415 - likewise

    def printed(value: object) -> object:
        if value is None:
            raise TypeError("A page would print None.")
        return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    made = Environment(
        loader=PackageLoader("kiosk.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=printed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["css_string"] = lambda words: Markup(css_string(words))  # noqa: S704 - nothing in it can end anything
    return made
