"""The parts of a step as lines of words. All words that come in are visible ones; `style` is a style of the screens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from kiosk.layout import cells
from kiosk.layout.window import AIR, SAY_EDGE

TAG: Final = 6
"""Columns of a tag: DO, SAY."""
FRAME: Final = 2
"""Columns on either side of the name and the number of whom to call."""
INDENT: Final = 2
"""Columns before what is known of them."""


class Piece(NamedTuple):
    """Words of one line in one style; empty for the plain one."""

    words: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the screen. target: what a click on it means, empty for nothing."""

    pieces: tuple[Piece, ...]
    target: str = ""


BLANK: Final = Line(())


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a step: its lines, with `edge` rows above and below them that are its own, and air above all."""

    lines: Sequence[Line]
    edge: int = 0
    air: int = AIR

    @property
    def rows(self) -> int:
        """How high it is; nothing has no height."""
        return self.air + 2 * self.edge + len(self.lines) if self.lines else 0


def wrapped(words: str, width: int, style: str = "", *, head: Sequence[Piece] = (), target: str = "") -> list[Line]:
    """The words in lines of at most `width` columns, the first after `head`, the others indented as far."""
    indent = 0
    for piece in head:
        indent += cells.cells(piece.words)
    first, *rest = cells.lines(words, max(2, width - indent))
    found = [Line((*head, Piece(first, style)), target)]
    if rest:
        pad = (Piece(" " * indent),) if indent else ()
        found += [Line((*pad, Piece(part, style)), target) for part in rest]
    return found


def heading(words: str, width: int) -> Block:
    """What a step is called: at the top, without air."""
    return Block(wrapped(words, width, ".strong") if words else (), air=0)


def do(tag: str, words: str, width: int) -> Block:
    """What staff do."""
    return Block(tagged(tag, ".heading", words, "", width) if words else ())


def say(tag: str, words: str, width: int, *, mark: str = "", tight: bool = False, meant: str = "") -> Block:
    """What staff say, in quotes, after the mark of its language. meant: what that means, shown below."""
    if not words:
        return Block(())
    inside = width - 2 * SAY_EDGE
    return Block(said(tag, words, inside, mark=mark, meant=meant), edge=0 if tight else SAY_EDGE)


def said(tag: str, words: str, width: int, *, mark: str = "", meant: str = "") -> list[Line]:
    """The lines of `say`, within its edge."""
    lines = tagged(tag, ".accent", f"{mark} “{words}”".lstrip(), ".strong", width)
    return lines + meaning(meant, width)


def meaning(words: str, width: int) -> list[Line]:
    """What is said, in the language of staff."""
    return wrapped(words, width, ".aside", head=(Piece(" " * TAG),)) if words else []


def tagged(tag: str, tag_style: str, words: str, style: str, width: int) -> list[Line]:
    """Words after a tag in a column of its own."""
    return wrapped(words, width, style, head=(Piece(tag + " " * (TAG - cells.cells(tag)), tag_style),))


# -- answers -----------------------------------------------------------------------------------------------------------

ENTER: Final = "+enter"
"""Stands for the line of Enter, the last of a list that Enter confirms; no answer has such an id."""
_MOST_APART: Final = 8
"""More answers than these are never set apart."""


class Answer(NamedTuple):
    """One answer: its id, its key, its words; whether it was given before."""

    id: str
    key: str
    label: str
    marked: bool = False


class Enter(NamedTuple):
    """The line of Enter: what it says. key: what the key is called; empty while Enter does nothing here."""

    words: str
    key: str = "Enter"


def answers(
    items: Sequence[Answer],
    width: int,
    *,
    ticked: frozenset[str] | None = None,
    cursor: str | None = None,
    enter: Enter | None = None,
    roomy: bool = False,
) -> Iterator[Line]:
    """One answer after the other, a blank line between them where there is room; then the line of Enter.

    ticked: the ids of those that are, where several can be; None where one is picked.
    """
    roomy = roomy and len(items) <= _MOST_APART
    for item in items:
        yield from _answer(item, width, None if ticked is None else item.id in ticked, here=item.id == cursor)
        if roomy:
            yield BLANK
    if enter is None:
        return
    if items and not roomy:
        yield BLANK
    if not enter.key:
        yield from wrapped(enter.words, width, ".quiet")
        return
    here = cursor == ENTER
    style = ".cursor" if here else ""
    yield from wrapped(enter.words, width, style, head=_key(enter.key, here=here), target=ENTER)


def _answer(item: Answer, width: int, is_ticked: bool | None, *, here: bool) -> list[Line]:
    box = () if is_ticked is None else (Piece("[x] ", ".accent") if is_ticked else Piece("[ ] "),)
    style = ".cursor" if here else ".strong" if item.marked or is_ticked else ""
    return wrapped(item.label, width, style, head=(*_key(item.key, here=here), *box), target=item.id)


def _key(name: str, *, here: bool) -> tuple[Piece, ...]:
    return Piece(f"{'>' if here else ' '}{name}  ", ".key-label"), Piece(" ")


# -- what a fact can be ------------------------------------------------------------------------------------------------


class Chip(NamedTuple):
    """A short answer: its id and its words."""

    id: str
    words: str


def chips(
    items: Sequence[Chip], width: int, *, chosen: str | None = None, cursor: int | None = None, lead: str = ""
) -> list[list[tuple[str, Piece]]]:
    """Lines of (id, words) pairs, as many beside each other as fit; one that is longer than a line has its own.

    chosen: which one holds, empty for none yet; None where nothing can be chosen once and for all. lead: before all.
    """
    lines: list[list[tuple[str, Piece]]] = [[("", Piece(lead, ".quiet"))] if lead else []]
    room = width - cells.cells(lead)
    for n, item in enumerate(items):
        here = n == cursor
        mark = "" if chosen is None else "(x) " if item.id == chosen else "( ) "
        style = ".cursor" if here else ".strong" if item.id == chosen else ".quiet"
        key, words = f"{'>' if here else ' '}{n + 1} {mark}", f"{item.words} "
        size = cells.cells(key) + cells.cells(words)
        if lines[-1] and size > room:
            lines.append([])
            room = width
        if size <= width:
            lines[-1] += [(item.id, Piece(key, style)), (item.id, Piece(words, style))]
        else:
            whole = wrapped(words, width, style, head=(Piece(key, style),))
            lines[-1:] = [[(item.id, piece) for piece in line.pieces] for line in whole]
        room = max(0, room - size)
    return lines


# -- whom to call ------------------------------------------------------------------------------------------------------


class Person(NamedTuple):
    """Who is to be called. when: their hours, or that they are away."""

    name: str
    number: str
    role: str = ""
    when: str = ""


def person(who: Person, width: int) -> Iterator[Line]:
    """Name and number on lines of their own, where the eye falls first; then what is known of them."""
    large = [part for words in (who.name, who.number) for part in cells.lines(words, width - 2 * FRAME)]
    across, frame = max(map(cells.cells, large)), " " * FRAME
    for part in large:
        yield Line((Piece(f"{frame}{part}{' ' * (across - cells.cells(part))}{frame}", ".badge"),))
    about = " · ".join(words for words in (who.role, who.when) if words)
    together = cells.cells(about) <= width - INDENT
    for words in (about,) if together else (who.role, who.when):
        if words:
            yield from indented(words, width)


def indented(words: str, width: int) -> list[Line]:
    """Quiet words below the person: what is known of them, a call that was made."""
    return wrapped(words, width, ".quiet", head=(Piece(" " * INDENT),))
