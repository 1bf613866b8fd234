"""The acts on contacts and calendar at the review screens: the same changes as those of `kiosk contacts`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from kiosk.app.acts.contacts import edits
from kiosk.app.acts.contacts.calendar_days import DayPlan, planned_day, save_day
from kiosk.app.acts.contacts.differences import differences
from kiosk.app.acts.contacts.home_contacts import ContactsPlan, HomeContacts, home_contacts, planned, save, undone
from kiosk.app.acts.contacts.number_entries import planned_test, save_test
from kiosk.app.acts.contacts.outlook import on_day, outlook, person
from kiosk.app.acts.days import typed_day
from kiosk.app.acts.entering import Acts
from kiosk.app.acts.texts import AnsweredTexts, asks
from kiosk.desk.number_tests import newest_tests_of, numbers
from kiosk.i18n.strings import text
from kiosk.presentation.acts import Answers, Done, Group, Offer, Preview, Progress, Question
from kiosk.presentation.values import Choice
from kiosk.protocol.site.away import last_day, parse_away
from kiosk.protocol.site.people import Contact
from kiosk.protocol.site.special_days import CLOSED
from kiosk.record.contacts.entries import NumberResult, number_of
from kiosk.record.people.roles import Right
from kiosk.settings import LONGEST

_ORDER, _RETURN, _SHORT, _USUAL = "order", "back", "short", "usual"


def contact_offers(acts: Acts) -> Sequence[Offer]:
    """Return the acts on contacts and calendar; none for PRACTICE, which has the contacts of the live desk."""
    if acts.mode != "live":
        return ()
    asking = _Asking(acts)
    offered: Sequence[tuple[str, Callable[[Answers], Question | Preview]]] = (
        ("change", asking.change),
        ("add", asking.add),
        ("away", asking.away),
        ("remove", asking.remove),
        ("tested", asking.tested),
        ("day", asking.day),
        ("undo", asking.undo),
    )
    return [
        Offer(
            f"contacts.{name}", text(f"contacts.act.{name}", acts.language), Right.CONTACTS, asks(ask), Group.CONTACTS
        )
        for name, ask in offered
    ]


@dataclass(frozen=True, slots=True)
class _Asking:
    acts: Acts

    def change(self, answers: Answers) -> Question | Preview:
        """Change one value of a person, or the order of a role."""
        texts, home = self.acts.texts(answers), home_contacts(self.acts.home)
        role = self._role(texts, home, [role for role, people in home.contacts.roles.items() if people])
        people = home.contacts.roles[role]
        n = int(texts.answer(self._choice("person", self._people(people))))
        keys = [*edits.FIELDS, *([_ORDER] if len(people) > 1 else [])]
        choices = [Choice(key, self._labeled(people[n], key)) for key in keys]
        what = texts.answer(self._choice("what", choices))
        if what == _ORDER:
            place = int(texts.answer(self._places("order", people[:n] + people[n + 1 :])))
            to = edits.moved(home.contacts, role, n, place)
        else:
            to = edits.changed(home.contacts, role, n, what, self._value(texts, what, getattr(people[n], what)))
        return self._preview(texts, planned(home, to))

    def add(self, answers: Answers) -> Question | Preview:
        """Add a person to a role. Each value is checked when it is given."""
        texts, home = self.acts.texts(answers), home_contacts(self.acts.home)
        role = self._role(texts, home, dict.fromkeys((*home.protocol.roles, *home.contacts.roles)))
        people = home.contacts.roles.get(role, ())
        made = Contact(self._value(texts, "name"))
        edits.added(home.contacts, role, made, 0)
        for key in ("phone", "extension", "hours", "title"):
            made = Contact(**{**_values(made), key: self._value(texts, key)})
            plan = planned(home, edits.added(home.contacts, role, made, len(people)))
        if people:
            place = int(texts.answer(self._places("place", people)))
            plan = planned(home, edits.added(home.contacts, role, made, place))
        return self._preview(texts, plan)

    def away(self, answers: Answers) -> Question | Preview:
        """Enter the days on which a person is away, or that the person is back."""
        texts, home, today = self.acts.texts(answers), home_contacts(self.acts.home), self.acts.today
        name = self._name(texts, home)
        if self._is_absent(home, name, today):
            choices = [Choice(one, self._words(f"away.{one}")) for one in (_RETURN, "more")]
            if texts.answer(self._choice("absence", choices)) == _RETURN:
                return self._preview(texts, planned(home, edits.returned(home.contacts, name, today)), name=name)
        first = self._day(texts, "first", today)
        last = self._day(texts, "last", first)
        plan = planned(home, edits.away(home.contacts, name, (first, last), today))
        return self._preview(texts, plan, name=name, first=first)

    def remove(self, answers: Answers) -> Question | Preview:
        """Remove a person from every role."""
        texts, home = self.acts.texts(answers), home_contacts(self.acts.home)
        name = self._name(texts, home)
        return self._preview(texts, planned(home, edits.without(home.contacts, name, home.protocol)), name=name)

    def tested(self, answers: Answers) -> Question | Preview:
        """Enter a test call."""
        acts = self.acts
        texts, home, today = acts.texts(answers), home_contacts(acts.home), acts.today
        found, tests = numbers(home.contacts), newest_tests_of(acts.home)
        choices = []
        for key, one in found.items():
            tried = tests.get(number_of(one))
            last = self._words("tried.never") if tried is None else self._words("tried.on", day=tried.on)
            choices.append(Choice(key, f"{person(one, acts.language, today)} · {last}"))
        contact = found[texts.answer(self._choice("number", choices))]
        results = [Choice(one, self._words(f"result.{one}")) for one in NumberResult]
        said = texts.answer(self._choice("result", results))
        result = next(one for one in NumberResult if one == said)
        on = self._day(texts, "on", today)
        planned_test(contact, result, on, "", today)
        test = planned_test(contact, result, on, texts.by(), today)
        lines = [f"{contact.name} · {contact.shown_phone(acts.language)}", f"{self._words(f'result.{result}')} · {on}"]

        def do(_: Progress) -> Done:
            acts.require_log_in()
            save_test(acts.home, test, acts.clock)
            return Done(self._words("test-done"))

        return Preview(self._words("preview"), lines, self._words("save"), do)

    def day(self, answers: Answers) -> Question | Preview:
        """Close a day, shorten it, or make it a usual one."""
        texts, home, today = self.acts.texts(answers), home_contacts(self.acts.home), self.acts.today
        day = self._day(texts, "day", today)
        was = home.contacts.special.on(day)
        states = {CLOSED: was != CLOSED, _SHORT: True, _USUAL: bool(was)}
        choices = [Choice(one, self._words(f"day.{one}")) for one, fits in states.items() if fits]
        state = texts.answer(self._choice("state", choices))
        times = self._value(texts, "times") if state == _SHORT else {CLOSED: CLOSED}.get(state, "")
        plan = planned_day(home, day, times)
        by = texts.by()
        lines = [
            self._words("day-changed", day=day, before=self._state(plan.was), after=self._state(plan.now)),
            *on_day(home, plan.special, day, self.acts.language),
        ]
        return Preview(self._words("preview"), lines, self._words("save"), partial(self._save_day, plan, by))

    def undo(self, answers: Answers) -> Question | Preview:
        """Go back to the contacts before the newest change."""
        texts, home = self.acts.texts(answers), home_contacts(self.acts.home)
        return self._preview(texts, undone(home))

    # -- questions

    def _words(self, word_id: str, **slots: object) -> str:
        return text(f"contacts.{word_id}", self.acts.language, **slots)

    def _choice(self, of: str, choices: Sequence[Choice]) -> Question:
        return Question(of, self._words(f"ask.{of}"), choices=choices)

    def _role(
        self, texts: AnsweredTexts, home: HomeContacts, roles: Iterator[str] | Sequence[str] | dict[str, None]
    ) -> str:
        return texts.answer(
            self._choice("role", [Choice(role, home.title(role, self.acts.language)) for role in roles])
        )

    def _people(self, people: Sequence[Contact]) -> list[Choice]:
        return [Choice(str(n), person(one, self.acts.language, self.acts.today)) for n, one in enumerate(people)]

    def _places(self, of: str, others: Sequence[Contact]) -> Question:
        after = [Choice(str(n), self._words("place.after", name=one.name)) for n, one in enumerate(others, 1)]
        return self._choice(of, [Choice("0", self._words("place.first")), *after])

    def _name(self, texts: AnsweredTexts, home: HomeContacts) -> str:
        found = {one.name: one for people in home.contacts.roles.values() for one in people}
        choices = [Choice(name, person(one, self.acts.language, self.acts.today)) for name, one in found.items()]
        return texts.answer(self._choice("name-of", choices))

    def _value(self, texts: AnsweredTexts, key: str, value: str = "") -> str:
        title, how = self._words(f"field.{key}"), self._words(f"how.{key}")
        optional = key not in {"name", "phone", "times"}
        asked = Question(key, title, how, room=LONGEST, value=value, optional=optional)
        words = edits.typed_form(key, texts.answer(asked))
        if optional and not words:
            return ""
        return texts.checked(title, words, LONGEST, edits.MEANINGS.get(key))

    def _day(self, texts: AnsweredTexts, of: str, value: date) -> date:
        return typed_day(
            texts.typed(Question(of, self._words(f"ask.{of}"), self._words("how.day"), room=10, value=str(value)))
        )

    def _labeled(self, contact: Contact, key: str) -> str:
        words = "" if key == _ORDER else getattr(contact, key)
        return f"{self._words(f'field.{key}')}: {words}" if words else self._words(f"field.{key}")

    def _state(self, said: str) -> str:
        return self._words(f"day.{said or _USUAL}") if said in {"", CLOSED} else said

    @staticmethod
    def _is_absent(home: HomeContacts, name: str, today: date) -> bool:
        people = [one for people in home.contacts.roles.values() for one in people if one.name == name]
        return any(last_day(one.away, today) or any(span[0] > today for span in parse_away(one.away)) for one in people)

    # -- previews

    def _preview(
        self, texts: AnsweredTexts, plan: ContactsPlan, *, name: str = "", first: date | None = None
    ) -> Preview:
        by, now = texts.by(), self.acts.clock.now().local()
        roles = plan.roles or edits.roles_of(plan.contacts, name)
        lines = [
            *differences(plan, self.acts.language),
            *outlook(plan.before, plan.contacts, roles, now, self.acts.language, first),
        ]
        return Preview(self._words("preview"), lines, self._words("save"), partial(self._save, plan, by))

    def _save(self, plan: ContactsPlan, by: str, _: Progress) -> Done:
        self.acts.require_log_in()
        return self._done(save(plan, by, self.acts.clock))

    def _save_day(self, plan: DayPlan, by: str, _: Progress) -> Done:
        self.acts.require_log_in()
        return self._done(save_day(plan, by, self.acts.clock))

    def _done(self, unrecorded: str) -> Done:
        lines = [self._words("at-once")] if not unrecorded else [self._words("unrecorded", why=unrecorded)]
        return Done(self._words("done"), lines)


def _values(contact: Contact) -> dict[str, str]:
    return {key: getattr(contact, key) for key in edits.FIELDS}
