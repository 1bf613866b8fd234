"""Logging in at the screen, and the reviewer that records what a person reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from kiosk.errors import Refused, StoreUnusable
from kiosk.log.intake.people import require_right
from kiosk.log.people.known import known_people
from kiosk.log.people.log_in import log_in, require_nobody, require_person
from kiosk.presentation.acts import Answers, Done, Offer, Preview, Progress, Question
from kiosk.presentation.people import LogIn, Named
from kiosk.presentation.review import Item, Reviewed, Reviewer, Rows, Shelf, Wanted
from kiosk.record.entries import Entry
from kiosk.record.people.logins import Ended, Viewed, ended, viewed
from kiosk.record.people.people import Person
from kiosk.record.people.roles import Right, Role
from kiosk.settings import Home
from kiosk.system.clock import Clock

Enter = Callable[[Entry], object]


@dataclass(frozen=True, slots=True)
class LogDoorkeeper:
    """The doorkeeper of a home. where: the screen, as the entries name it.

    reviewer: makes what reads the records for the person with this name.

    enter: records an entry in the live log. is_closed: whether its error means that nobody can write to the log now;
    then the person may still read, because a log that can't be continued is evidence.
    """

    home: Home
    clock: Clock
    reviewer: Callable[[str], Reviewer]
    enter: Enter
    where: str
    is_closed: Callable[[StoreUnusable], bool]

    def people(self) -> Sequence[Named]:
        """Return who may read the records. Raises StoreUnusable, and Refused if the log lost its people."""
        known = known_people(self.home)
        if known.set_up and not known.people:
            require_person(known, "")
        return [Named(one.name, Role.words_for(one.role)) for one in known.people if one.may(Right.LOOK)]

    def log_in(self, name: str, passphrase: str) -> LogIn:
        """Log a person in. Raises Refused, StoreUnusable."""
        person = log_in(self.home, self.clock, self._enter, name, passphrase, self.where)
        if not person.may(Right.LOOK):  # the role was changed while the list of names was shown
            raise Refused(f"{person.name} may not {Right.LOOK.words}.")
        return LogIn(person.name, Watched(self.reviewer(person.name), self.home, person.name, self._enter))

    def end(self, name: str, why: Ended) -> None:
        """Record the end of a log-in. Raises StoreUnusable."""
        self._enter(ended(name, why))

    def _enter(self, entry: Entry) -> None:
        try:
            self.enter(entry)
        except StoreUnusable as error:
            if not self.is_closed(error):
                raise


@dataclass(frozen=True, slots=True)
class Unwatched:
    """Reads for anybody, while nobody is set up at the home. Then every method raises Refused: somebody must log in."""

    reviewer: Reviewer
    home: Home

    def counts(self) -> Mapping[Shelf, int]:
        """Return the number of records on each shelf."""
        return self._now().counts()

    def rows(self, wanted: Wanted) -> Rows:
        """Return one page of a list."""
        return self._now().rows(wanted)

    def record(self, no: str) -> Reviewed:
        """Return the record with this number."""
        return self._now().record(no)

    def item(self, no: str) -> Item:
        """Return a records request or a report of presence."""
        return self._now().item(no)

    def offers(self) -> Sequence[Offer]:
        """Return what can be done beyond a single record."""
        return self._now().offers()

    def _now(self) -> Reviewer:
        require_nobody(self.home)
        return self.reviewer


@dataclass(frozen=True, slots=True)
class Watched:
    """Reads for one person, after an entry about it: one for each record, list and search of a log-in.

    Counts, further pages of a list and what is read again are no further entries. Every method raises Refused once the
    person was removed, or got a role without this right; so does each question of an act, and the act itself.
    """

    reviewer: Reviewer
    home: Home
    name: str
    enter: Enter
    seen: set[tuple[Viewed, str]] = field(default_factory=set)

    def counts(self) -> Mapping[Shelf, int]:
        """Return the number of records on each shelf."""
        self._person()
        return self.reviewer.counts()

    def rows(self, wanted: Wanted) -> Rows:
        """Return one page of a list."""
        self._person()
        self._record(Viewed.SEARCH if wanted.words else Viewed.LIST, f"{wanted.shelf} {wanted.words}")
        return self.reviewer.rows(wanted)

    def record(self, no: str) -> Reviewed:
        """Return the record with this number."""
        person, found = self._person(), self.reviewer.record(no)
        self._record(Viewed.RECORD, found.record.no, no=found.record.no)
        return replace(found, offers=self._allowed(person, found.offers))

    def item(self, no: str) -> Item:
        """Return a records request or a report of presence. It was in a list, which has its entry."""
        person, found = self._person(), self.reviewer.item(no)
        return replace(found, offers=self._allowed(person, found.offers))

    def offers(self) -> Sequence[Offer]:
        """Return what the person may do beyond a single record."""
        return self._allowed(self._person(), self.reviewer.offers())

    def _allowed(self, person: Person, offers: Sequence[Offer]) -> Sequence[Offer]:
        """Return what the person may do; each question and the act itself look at the right again."""
        return [replace(one, next=partial(self._next, one)) for one in offers if person.may(one.right)]

    def _next(self, offer: Offer, answers: Answers) -> Question | Preview:
        require_right(self._person(), offer.right)
        found = offer.next(answers)
        return replace(found, do=partial(self._do, offer.right, found)) if isinstance(found, Preview) else found

    def _do(self, right: Right, preview: Preview, progress: Progress) -> Done:
        require_right(self._person(), right)
        return preview.do(progress)

    def _person(self) -> Person:
        """Return the person as the log knows them now."""
        person = next((one for one in known_people(self.home).people if one.name == self.name), None)
        if person is None or not person.may(Right.LOOK):
            raise Refused(f"{self.name} may not {Right.LOOK.words} any more.", "Leave them.", "people.no-more")
        return person

    def _record(self, what: Viewed, which: str, no: str = "") -> None:
        if (what, which) not in self.seen:
            self.enter(viewed(what, by=self.name, no=no))
            self.seen.add((what, which))
