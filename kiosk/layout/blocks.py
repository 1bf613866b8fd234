"""The parts of a step as lines of words. All incoming words are visible ones; `style` is a style of the screens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from kiosk.layout import cells
from kiosk.layout.window import AIR, SAY_EDGE

TAG: Final = 6
"""Columns of a tag: DO, SAY."""
FRAME: Final = 2
"""Columns on either side of the name and the number of the person to call."""
INDENT: Final = 2
"""Columns before the lines below the person to call."""


class Piece(NamedTuple):
    """Words of one line in one style; empty for the plain one."""

    words: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the screen. target: the effect of a click on it, empty for none."""

    pieces: tuple[Piece, ...]
    target: str = ""


BLANK: Final = Line(())


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a step: its lines, `edge` rows of its own above and below them, and blank rows above all."""

    lines: Sequence[Line]
    edge: int = 0
    air: int = AIR

    @property
    def rows(self) -> int:
        """Return its height; an empty part has none."""
        return self.air + 2 * self.edge + len(self.lines) if self.lines else 0


def wrapped(words: str, width: int, style: str = "", *, head: Sequence[Piece] = (), target: str = "") -> list[Line]:
    """Return the words in lines of at most `width` columns, the first after `head`, the others indented as far."""
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
    """Return the name of a step: at the top, without a blank row."""
    return Block(wrapped(words, width, ".strong") if words else (), air=0)


def do(tag: str, words: str, width: int) -> Block:
    """Return what staff do."""
    return Block(tagged(tag, ".heading", words, "", width) if words else ())


def say(tag: str, words: str, width: int, *, mark: str = "", tight: bool = False, meant: str = "") -> Block:
    """Return what staff say, in quotes, after the mark of its language. meant: its meaning, shown below."""
    if not words:
        return Block(())
    inside = width - 2 * SAY_EDGE
    return Block(said(tag, words, inside, mark=mark, meant=meant), edge=0 if tight else SAY_EDGE)


def said(tag: str, words: str, width: int, *, mark: str = "", meant: str = "") -> list[Line]:
    """Return the lines of `say`, within its edge."""
    lines = tagged(tag, ".accent", f"{mark} “{words}”".lstrip(), ".strong", width)
    return lines + meaning(meant, width)


def meaning(words: str, width: int) -> list[Line]:
    """Return the meaning of SAY, in the language of staff."""
    return wrapped(words, width, ".aside", head=(Piece(" " * TAG),)) if words else []


def tagged(tag: str, tag_style: str, words: str, style: str, width: int) -> list[Line]:
    """Return words after a tag in a column of its own."""
    return wrapped(words, width, style, head=(Piece(tag + " " * (TAG - cells.cells(tag)), tag_style),))


# -- answers -----------------------------------------------------------------------------------------------------------

ENTER: Final = "+enter"
"""The id of the line of Enter, the last of a list that Enter confirms; no answer has this id."""
_MOST_APART: Final = 8
"""Longer lists have no blank lines between answers."""


class Answer(NamedTuple):
    """One answer: its id, its key, its words; whether it was given before."""

    id: str
    key: str
    label: str
    marked: bool = False


class Enter(NamedTuple):
    """The line of Enter: its words. key: the name of the key; empty while Enter does nothing here."""

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
    """Yield the lines of all answers, with blank lines between them if there is room; then the line of Enter.

    ticked: ids of the ticked ones if several are allowed; None if exactly one is picked.
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


# -- short answers ------------------------------------------------------------------------------------------------


class Chip(NamedTuple):
    """A short answer: its id and its words."""

    id: str
    words: str


def chips(
    items: Sequence[Chip], width: int, *, chosen: str | None = None, cursor: int | None = None, lead: str = ""
) -> list[list[tuple[str, Piece]]]:
    """Return lines of (id, words) pairs, as many on a line as fit. One that is longer than a line begins a line.

    chosen: the id of the chosen one, empty for none yet; None for items that are not chosen but act at once.
    lead: words before the first one.
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
            own = wrapped(words, width, style, head=(Piece(key, style),))
            lines[-1:] = [[(item.id, piece) for piece in line.pieces] for line in own]
        room = max(0, room - size)
    return lines


# -- whom to call ------------------------------------------------------------------------------------------------------


class Person(NamedTuple):
    """The person to call. when: their hours, or that they are away."""

    name: str
    number: str
    role: str = ""
    when: str = ""


def person(who: Person, width: int) -> Iterator[Line]:
    """Yield name and number on lines of their own, where people look first; then role and hours."""
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
    """Return quiet words below the person: the result of calling them, or a call that was made."""
    return wrapped(words, width, ".quiet", head=(Piece(" " * INDENT),))
