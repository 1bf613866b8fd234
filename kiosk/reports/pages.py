"""HTML pages from templates. All text is escaped here, and its unprintable characters are made visible.

Jinja2 is imported for the first page only.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kiosk.record.printable import printable

if TYPE_CHECKING:
    from jinja2 import Environment

_PIECES: Final = 256
"""Number of pieces of a streamed page that are joined before they are written; some kilobytes."""


def page(template: str, **values: Any) -> str:
    """Return the page from a template of `templates/` and these values. Raises UndefinedError for a missing value."""
    return _environment().get_template(template).render(values)


def pieces(template: str, **values: Any) -> Iterator[str]:
    """Yield the same page in pieces. An iterator among the values is read while the page is written."""
    stream = _environment().get_template(template).stream(values)
    stream.enable_buffering(_PIECES)
    yield from stream


def css_string(words: str) -> str:
    """Return words as a CSS string in quotes. Escapes prevent them from ending the string, the rule or the element."""
    return '"' + "".join(c if c.isascii() and (c.isalnum() or c in " .-") else f"\\{ord(c):x} " for c in words) + '"'


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - only to make a page
    from markupsafe import Markup  # noqa: PLC0415 - likewise

    def printed(value: object) -> object:
        if value is None:
            raise TypeError("A page would print None.")
        return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        loader=PackageLoader("kiosk.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=printed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["css_string"] = lambda words: Markup(css_string(words))  # noqa: S704 - css_string escapes
    return environment
