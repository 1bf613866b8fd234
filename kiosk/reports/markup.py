"""HTML in pieces. Words become HTML in one place only: every string that is not already Markup is escaped here.

A library of templates would be another dependency at run time for one page whose every part is a function of data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from typing import Final

_EMPTY: Final = frozenset({"br", "hr", "link", "meta", "img", "use"})


@dataclass(frozen=True, slots=True)
class Markup:
    """HTML that is whole and safe to put into a page. Made by `tag` and `join`; by hand only from our own files."""

    html: str


Part = Markup | str | None
"""Something within a tag: markup, words to be escaped, or nothing."""


def tag(name: str, *parts: Part | Iterable[Part], **attributes: str | None) -> Markup:
    """`<name …>parts</name>`.

    An underscore ends a name that Python keeps (`class_`) and stands for a hyphen (`aria_label`). An attribute that is
    None is left out.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value, quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _EMPTY:
        return Markup(f"<{name}{given}>")
    return Markup(f"<{name}{given}>{join(*parts).html}</{name}>")


def join(*parts: Part | Iterable[Part]) -> Markup:
    """Parts one after the other."""
    return Markup("".join(_html(part) for part in parts))


def css_string(words: str) -> str:
    """Words as a CSS string in quotes, in which nothing can end the string, the rule or the style element."""
    return '"' + "".join(c if c.isascii() and (c.isalnum() or c in " .-") else f"\\{ord(c):x} " for c in words) + '"'


def _html(part: Part | Iterable[Part]) -> str:
    match part:
        case None:
            return ""
        case Markup(html):
            return html
        case str():
            return escape(part, quote=True)
    return "".join(_html(each) for each in part)


_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser may do with a page: show it. It loads nothing and runs nothing."""


def page_head(title: str, style: str) -> Markup:
    """The head of a page that stands alone: its title, and the pages' common style with `style` after it."""
    common = files("kiosk.reports").joinpath("proof.css").read_text(encoding="utf-8")
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Markup(f"{common}{style}")),
    )
