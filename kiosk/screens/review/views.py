"""The views of the review, made from what a `Reviewer` reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from kiosk.i18n.strings import text
from kiosk.presentation import step_view
from kiosk.presentation.acts import Group, Offer, Question
from kiosk.presentation.days import Days, days_of, named_days
from kiosk.presentation.review import ITEMS, MOST, OPEN_WORK, Match, Reviewed, Reviewer, Row, Shelf, Wanted
from kiosk.presentation.services import Services
from kiosk.presentation.values import Choice
from kiosk.screens.review.act_pages import begin, choices_of
from kiosk.screens.review.view import Ask, Leads, Read, View
from kiosk.system.date_range import ALL_DAYS

_SEARCH: Final = "+search"
_OLDER: Final = "+older"
_DAYS: Final = "+days"
_ACTS: Final = "+acts"
_OF_LIST: Final[Mapping[Shelf, Group]] = {Shelf.REQUESTS: Group.REQUESTS, Shelf.PRESENCE: Group.PRESENCE}
"""The acts that are offered in a list, below what is open there."""
_DUTIES: Final = (Shelf.OVERDUE, Shelf.DUTIES)
_IN_LIST: Final = frozenset(_OF_LIST.values())
LONGEST_SEARCH: Final = 100
"""Maximum characters of the words to search for."""


@dataclass(frozen=True, slots=True)
class Views:
    """Makes the views in the language of the desk."""

    services: Services
    reviewer: Reviewer

    def home(self) -> View:
        """Return what waits for somebody, and the ways to all records."""
        return replace(self._home({}), fuller=lambda: self._home(self.reviewer.counts()))

    def _home(self, counts: Mapping[Shelf, int]) -> View:
        shelves = [Choice(shelf, self._shelf(shelf, counts.get(shelf))) for shelf in (*OPEN_WORK, Shelf.ALL)]
        offers = self.reviewer.offers()
        groups = [group for group in Group if group not in _IN_LIST and any(one.group is group for one in offers)]

        def then(choice: str) -> Leads:
            match choice:
                case "+search":
                    return self._search(Wanted())
                case _ if choice in groups:
                    return self._group(Group(choice), offers)
                case shelf:
                    return self.list_of(Wanted(Shelf(shelf)))

        more = [self._choice(_SEARCH, "search"), *(self._choice(group, f"group.{group}") for group in groups)]
        return View(self._text("title"), [*shelves, *more], then=then, again=self.home)

    def _group(self, group: Group, offers: Sequence[Offer], no: str = "") -> Read:
        """Return the view of the acts in this list. no: the record that they are about."""
        some = [one for one in offers if one.group is group]

        def read() -> View:
            title, then = self._text(f"group.{group}", no=no), partial(begin, some)
            # What an act did leads back to its record, whose acts are others then.
            return View(title, choices_of(some), then=then, of_act=bool(no))

        return read

    def list_of(self, wanted: Wanted) -> Read:
        """Return the view of one page of a list."""

        def read() -> View:
            found, choices = self.reviewer.rows(wanted), list[Choice]()
            if wanted.shelf is Shelf.ALL:
                choices += [self._choice(_SEARCH, "search"), self._choice(_DAYS, "only-days")]
            elif found.rows or wanted.words:
                choices.append(self._choice(_SEARCH, "search.list"))
            choices += [Choice(row.id or row.no, self._row(row)) for row in found.rows]
            if found.older:
                choices.append(self._choice(_OLDER, "older"))
            acts = [one for one in self.reviewer.offers() if one.group is _OF_LIST.get(wanted.shelf)]
            choices += choices_of(acts)
            lines = [] if found.rows else [self._text("none")]
            return View(self._named(wanted), choices, lines, self._from_list(wanted, found.rows, acts), again=read)

        return read

    def _from_list(self, wanted: Wanted, rows: Sequence[Row], acts: Sequence[Offer]) -> Callable[[str], Leads | None]:
        about = self.item if wanted.shelf in ITEMS else self.record
        numbers = {row.id or row.no: row.no for row in rows}

        def then(choice: str) -> Leads | None:
            match choice:
                case "+search":
                    return self._search(wanted)
                case "+days":
                    return self._days(wanted)
                case "+older":
                    return self.list_of(replace(wanted, before=rows[-1].no))
                case _ if choice in numbers:
                    return about(numbers[choice])
                case act:
                    return begin(acts, act)

        return then

    def record(self, no: str) -> Read:
        """Return the view of one record."""

        def read() -> View:
            return self._about(self.reviewer.record(no))

        return read

    def item(self, no: str) -> Read:
        """Return the view of a records request, or of a report of presence."""

        def read() -> View:
            found = self.reviewer.item(no)
            linked = [Choice(one, self._text("of", no=one)) for one in found.links]

            def then(choice: str) -> Leads | None:
                return self.record(choice) if choice in found.links else begin(found.offers, choice)

            return View(found.no, [*choices_of(found.offers), *linked], found.lines, then, again=read)

        return read

    def _about(self, one: Reviewed) -> View:
        no = one.record.no
        choices = [Choice(linked, self._text("linked", no=linked)) for linked in one.links]
        alike = {match.field: match for match in one.matches}
        choices += [Choice(name, self._text("alike", words=match.words)) for name, match in alike.items()]
        if one.offers:
            choices.insert(0, Choice(_ACTS, self._text(f"group.{Group.RECORD}", no=no)))

        def then(choice: str) -> Leads:
            if choice == _ACTS:
                return self._group(Group.RECORD, one.offers, no)
            return self._alike(alike[choice]) if choice in alike else self.record(choice)

        return View(self._text("record", no=no), choices, one.lines, then, again=self.record(no))

    def _alike(self, match: Match) -> Read:
        return self.list_of(Wanted(words=match.words))

    def _search(self, among: Wanted) -> Ask:
        """Return the box for words to search for. among: the list, of some days or of all."""
        shelf = among.shelf
        title = self._text("search") if shelf is Shelf.ALL else self._text("search.in", shelf=self._text(shelf))
        how = self._text("search.duties.how" if shelf in _DUTIES else "search.how")
        asked = Question("words", title, how, room=LONGEST_SEARCH)
        return Ask(
            asked, lambda words: self.list_of(replace(among, words=words, before="")), key="search", of_act=False
        )

    def _days(self, wanted: Wanted) -> Read:
        """Return the view of the days to choose from, for records with the same words."""
        language, today = self.services.station.language, self.services.clock.now().local().date()
        choices = [Choice(days, named_days(days, today, language)) for days in Days if days is not Days.TYPED]

        def then(choice: str) -> Leads:
            return self.list_of(replace(wanted, days=days_of(Days(choice), today), before=""))

        return lambda: View(self._text("only-days"), choices, then=then)

    def _named(self, wanted: Wanted) -> str:
        match wanted:
            case Wanted(words=""):
                named = self._text(wanted.shelf)
            case Wanted(shelf=Shelf.ALL):
                named = self._text("found", words=wanted.words)
            case _:
                named = self._text("found.in", shelf=self._text(wanted.shelf), words=wanted.words)
        if wanted.days == ALL_DAYS:
            return named
        return self._text("in-days", named=named, first=wanted.days.first, last=wanted.days.last)

    def _shelf(self, shelf: Shelf, count: int | None) -> str:
        if count is None:
            return self._text(shelf)
        more = shelf in OPEN_WORK and count > MOST
        return self._text("counted", shelf=self._text(shelf), n=self._text("more", n=MOST) if more else count)

    def _row(self, row: Row) -> str:
        when = [step_view.day(self.services, row.opened_at)] if row.opened_at else []
        return "  ".join([row.no, *when, row.about])

    def _choice(self, choice_id: str, words: str) -> Choice:
        return Choice(choice_id, self._text(words))

    def _text(self, word_id: str, **slots: object) -> str:
        return text(f"records.{word_id}", self.services.station.language, **slots)
