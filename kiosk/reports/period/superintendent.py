"""The superintendent's report of a period: counts, times and record numbers.

It has no name of a person and no typed text, unless names are asked for: then agencies as typed, and who amended.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, tzinfo
from statistics import median
from typing import Final

from kiosk.protocol.model import MISSING
from kiosk.protocol.replies import PUT_OFF
from kiosk.record.after_action.period import NOT_RECORDED, Age, Calls, Difference, Duties, Id, Named, Period
from kiosk.record.amendments import CALL, NOTE
from kiosk.record.disclosure.levels import Level
from kiosk.reports.figures.bars import Share, bars, most_of, shares
from kiosk.reports.figures.dots import Row, dots
from kiosk.reports.figures.figure import Figure, Table, capital, plain, spelled
from kiosk.reports.figures.stacked import stacked
from kiosk.reports.formatting import duration, moment
from kiosk.reports.period.days import days_words, months_between
from kiosk.reports.period.head import Head
from kiosk.reports.period.model import Big, Report, Section
from kiosk.worded import many

_SHOWS: Final = "measured from whole records; only counts, times and record numbers"
_SHOWS_NAMES: Final = "measured from whole records; also agencies as typed, and who amended"
_REACHED: Final = (
    "An administrator counts as reached at the first call that a person in any role answered or returned. "
    "Never: a call was made or wanted, and nobody was reached by now."
)
_NAMED: Final = 40
"""The maximum number of rows of a list of records."""

_NEVER: Final = 15
"""The maximum number of records without anybody reached that the report names."""

_LONGEST: Final = 10
"""The number of records with the longest minutes that the report names."""

_CALLS: Final = ("Calls tried", "Reached a person", "Tried")
_OPEN: Final = Share("Closed", "Open duties", "Overdue", "Open")

_STEPS: Final = 12
_YEARS: Final = 50
"""Days that are further apart, typed by mistake, are drawn from the first record to the last."""

_NUMBERS: Final = 12
"""The number of record numbers in one cell."""

_REASONS: Final = {
    "refused": "Refused",
    "not-seen": "Not seen",
    "not-asked": "Not asked",
    "none": "There is none",
    "deferred": "To fill in",
}


def report(period: Period, head: Head) -> Report:
    """Return the report of what the records add up to."""
    made = _Maker(period, head)
    return Report(
        title=made.title(),
        mark=head.mark(Level.FULL),
        summary=made.summary(),
        big=made.big(),
        sections=tuple(made.sections()),
        about=(
            *head.about(Level.FULL, _SHOWS_NAMES if head.names else _SHOWS),
            ("Protocol", made.protocols() or "none was used"),
        ),
    )


class _Maker:
    """Makes each part."""

    def __init__(self, period: Period, head: Head) -> None:
        self._of, self._head = period, head
        self._zone: tzinfo | None = period.zone
        schools = sorted(period.schools.items(), key=lambda one: (-one[1].records, one[0]))
        self._rows = [Row(name or "school not recorded", found.dots, found.never) for name, found in schools]
        self._steps = Counter(words for (section, _), words in period.labels.items() if section == "steps")
        self._steps.update(step.id for step in period.steps if ("steps", step) not in period.labels)
        self._minutes = [dot.minutes for found in period.schools.values() for dot in found.dots]
        self._never = sum(len(found.never) for found in period.schools.values())

    def title(self) -> str:
        """Return the title, with the period in words."""
        days, of = self._head.days, self._of
        if days.first and days.last:
            return f"Encounters, {days_words(days.first, days.last)}{self._head.practice}"
        begin, end = days.first or of.first, days.last or of.last
        words = days_words(begin, end) if begin and end else days_words(days.first, days.last)
        return f"{'Encounters' if days.first or days.last else 'All encounters'}, {words}{self._head.practice}"

    def summary(self) -> str:
        """Return the line that sums it up."""
        of = self._of
        if not of.records:
            so_far = "" if self._head.is_over else " so far"
            return f"No encounter was recorded{so_far}.{self._void()}"
        found = f"{many(of.records, 'encounter')}{_at_schools(len(of.schools))}."
        still = f" {capital(spelled(of.open))} {_are(of.open)} not closed." if of.open else ""
        half = f" Half reached an administrator within {_minutes(median(self._minutes))}" if self._minutes else ""
        never = f"{spelled(self._never)} never did." if self._never else ""
        rest = f"{half}; {never}" if half and never else f"{half}." if half else f" {capital(never)}" if never else ""
        return found + rest + still + self._void()

    def _void(self) -> str:
        count = self._of.void
        return f" {capital(many(count, 'void record is', 'void records are'))} not counted." if count else ""

    def big(self) -> tuple[Big, ...]:
        """Return the large figures."""
        of = self._of
        late = of.by_age[Age.MONTH] + of.by_age[Age.MORE]
        tasks = of.by_age.total()
        return (
            Big(str(of.records), f"{_plural(of.records, 'encounter')}{_at_schools(len(of.schools))}"),
            Big(
                _minutes(median(self._minutes), "min") if self._minutes else "none",
                "until an administrator was reached (median)",
            ),
            Big(str(self._never), f"{_plural(self._never, 'encounter')} in which nobody was reached"),
            Big(str(tasks), f"{_plural(tasks, 'task')} open, {late} for more than a week"),
        )

    def sections(self) -> Iterator[Section]:
        """Yield the parts of the report, in order."""
        of = self._of
        if not of.records:
            return
        yield Section("Encounters by month and channel", figures=(self._by_month(),))
        yield self._reached()
        rows = self._labeled("outcomes", of.by_outcome)
        yield Section(
            "How they ended",
            figures=(bars(rows, "ended", "Encounters by outcome", "Outcome", most_of(rows, "encounter")),),
        )
        yield Section("Calls tried and reached", figures=(self._by_role(), self._by_hour()))
        yield self._agencies()
        yield self._stuck()
        yield self._followed()
        yield self._facts()
        yield self._amendments()
        yield self._versions()
        yield self._tasks()
        yield self._duties()

    def protocols(self) -> str:
        """Return the versions of protocols that were used, in words."""
        return "; ".join(sorted({f"{used.id} {used.version}" for used in self._of.used}))

    def _step(self, step: Id) -> str:
        """Return the label of a step, with its id where another step has the same label."""
        words = self._of.label("steps", step)
        return words if self._steps[words] == 1 else f"{words} ({step.id})"

    def _labeled(self, section: str, counts: Counter[Id]) -> list[tuple[str, int]]:
        """Return (label, number), the largest first; equal labels are one."""
        found = Counter[str]()
        for part, count in counts.items():
            found[self._of.label(section, part)] += count
        return sorted(found.items(), key=lambda one: (-one[1], one[0]))

    def _by_month(self) -> Figure:
        of, days = self._of, self._head.days
        counts = Counter[tuple[str, str]]()
        for (month, channel), count in of.by_month.items():
            counts[month, of.label("channel", channel)] += count
        begin, end = of.first or date.min, of.last or date.min
        first, last = min(days.first or begin, begin), max(days.last or end, end)
        if last.year - first.year > _YEARS:
            first, last = begin, end
        return stacked(
            counts,
            months_between(first, last),
            "months",
            "Encounters by month and channel",
        )

    def _reached(self) -> Section:
        of = self._of
        waits = sorted(((dot.minutes, dot.no) for found in of.schools.values() for dot in found.dots), reverse=True)
        never = sorted(no for found in of.schools.values() for no in found.never)
        named = never[-_NEVER:]
        rows = [*((no, "never") for no in named), *((no, plain(minutes)) for minutes, no in waits[:_LONGEST])]
        figure = dots(self._rows, "minutes", "Minutes until an administrator was reached", {no for no, _ in rows})
        told = of.office_told + of.office_not_told
        words = [_REACHED]
        if told:
            words.append(
                f"The superintendent's office, or who acts for it, was reached in {of.office_told} of "
                f"{many(told, 'encounter')} with calls."
            )
        if of.no_call:
            words.append(f"{capital(many(of.no_call, 'encounter'))} needed no call.")
        if of.unknown:
            words.append(
                f"Of {many(of.unknown, 'encounter')}, the details were destroyed or the clock was changed: unknown."
            )
        if len(never) > len(named):
            words.append(f"The newest {len(named)} of the {len(never)} without anybody reached are named.")
        caption = "Never reached, then longest"
        table = Table(caption, ("Record", "Minutes"), tuple(rows), linked=True)
        return Section("Minutes until an administrator was reached", tuple(words), (figure,), (table,) if rows else ())

    def _by_role(self) -> Figure:
        found: dict[str, Calls] = {}
        for role, calls in self._of.by_role.items():
            one = found.setdefault(self._of.label("roles", role), Calls())
            one.tried, one.reached = one.tried + calls.tried, one.reached + calls.reached
        rows = sorted(
            ((words, one.tried, one.reached) for words, one in found.items()), key=lambda row: (-row[1], row[0])
        )
        tries, reached = sum(row[1] for row in rows), sum(row[2] for row in rows)
        sentence = f"{reached} of {many(tries, 'call')} reached a person."
        of = Share("Role", *_CALLS)
        return shares(rows, of, "roles", "Calls tried and reached, by role", sentence)

    def _by_hour(self) -> Figure:
        hours = self._of.by_hour
        between = range(min(hours, default=0), max(hours, default=-1) + 1)
        rows = [
            (_hour(hour), hours[hour].tried if hour in hours else 0, hours[hour].reached if hour in hours else 0)
            for hour in between
        ]
        missed = max(rows, key=lambda row: row[1] - row[2], default=("", 0, 0))
        lost = missed[1] - missed[2]
        sentence = f"Most calls without an answer: {lost}, {missed[0]}." if lost else "Every call reached a person."
        of = Share("Hour", *_CALLS)
        return shares(rows, of, "hours", "Calls tried and reached, by hour of the day", sentence)

    def _named_agencies(self) -> Section:
        of, found = self._of, Counter[tuple[str, str]]()
        for (agency, outcome), n in of.by_agency_and_outcome.items():
            found[agency.words, of.label("outcomes", outcome)] += n
        rows = [(*names, str(n)) for names, n in sorted(found.items(), key=lambda one: (one[0][0].casefold(), -one[1]))]
        missing = [(_REASONS.get(why, NOT_RECORDED).lower(), "", str(n)) for why, n in of.agency_missing.items()]
        head = ("Agency", "How it ended", "Encounters")
        table = Table("Encounters by agency as stated and outcome", head, (*rows, *sorted(missing)))
        return Section("Agencies as stated", (), (), (table,))

    def _agencies(self) -> Section:
        if self._head.names:
            return self._named_agencies()
        of = self._of
        stated = Counter({agency.words: n for agency, n in of.by_agency.items() if not agency.typed})
        typed = sum(n for agency, n in of.by_agency.items() if agency.typed)
        rows = [(words, str(n)) for words, n in sorted(stated.items(), key=lambda one: (-one[1], one[0]))]
        rows += [("stated, in typed words", str(typed))] if typed else []
        reasons = sorted(of.agency_missing.items(), key=lambda one: (-one[1], one[0]))
        rows += [(_REASONS.get(reason, NOT_RECORDED).lower(), str(n)) for reason, n in reasons]
        different = sum(agency.typed for agency in of.by_agency)
        words = (
            f"Typed words are not in this report; {many(different, 'different one is', 'different ones are')} in the "
            "records. Find an agency with `kiosk log list --search`."
        )
        return Section(
            "Agencies as stated",
            (words,) if typed else (),
            (),
            (Table("Encounters by agency as stated", ("Agency", "Encounters"), _merged(rows)),),
        )

    def _stuck(self) -> Section:
        found = [(self._step(step), one, one.spread.median, one.spread.worst) for step, one in self._of.steps.items()]
        found.sort(key=lambda row: (-(row[2] or 0), row[0]))
        rows = tuple(
            (
                words,
                str(one.spread.count),
                _time(middle),
                _time(worst),
                str(one.partial),
                str(one.changed),
                str(one.paused),
            )
            for words, one, middle, worst in found[:_STEPS]
        )
        head = ("Step", "Times", "Median time", "Longest time", "In part", "Changed", "Paused")
        words = (
            (f"The {len(rows)} of {many(len(found), 'step')} that take longest, without pauses.",)
            if len(found) > _STEPS
            else ()
        )
        if found:
            words = (f"The step that takes longest is “{found[0][0]}”: {_time(found[0][2])} (median).", *words)
        return Section("Where it got stuck", words, (), (Table("Steps by the time spent there", head, rows),))

    def _followed(self) -> Section:
        of = self._of
        rows = tuple(
            (capital(one.words), str(of.differs[one].count), _numbers(of.differs[one]))
            for one in Difference
            if one in of.differs and one is not Difference.VERSION
        )
        words = [
            f"The answers of {of.compared} of {many(of.records - of.open, 'closed record')} could be compared with the "
            "way through the protocol."
        ]
        if not rows:
            words.append("No record differs from its protocol.")
        skipped = sorted(((self._step(step), n) for step, n in of.skipped.items()), key=lambda one: (-one[1], one[0]))
        roles = self._labeled("roles", of.not_notified)
        tables = (
            [Table("Differences from the protocol", ("Difference", "Records", "Record numbers"), rows)] if rows else []
        )
        for title, column, counts in (
            ("Steps left without an answer", "Step", skipped),
            ("Roles not notified at closing", "Role", roles),
        ):
            if counts:
                tables.append(Table(title, (column, "Records"), tuple((words_, str(n)) for words_, n in counts)))
        return Section("Was the protocol followed", tuple(words), (), tuple(tables))

    def _facts(self) -> Section:
        of = self._of
        rows = []
        for fact, counts in sorted(of.facts.items(), key=lambda one: (-one[1]["refused"], of.label("fields", one[0]))):
            if counts.total() > counts[""]:
                known = [str(counts[reason]) for reason in MISSING]
                other = counts.total() - counts[""] - sum(counts[reason] for reason in MISSING)
                rows.append((of.label("fields", fact), str(counts[""]), *known, str(other), str(of.filled_later[fact])))
        head = ("Fact", "Recorded", *(_REASONS[reason] for reason in MISSING), "Other", "Filled in later")
        refused, put_off = (
            sum(counts[reason] for counts in of.facts.values()) for reason in ("refused", PUT_OFF.reason)
        )
        words = f"{capital(many(refused, 'fact was', 'facts were'))} refused; {put_off} were left to fill in later."
        return Section(
            "Facts refused or missing",
            (words,),
            (),
            (Table("Facts by why they are missing", head, tuple(rows)),) if rows else (),
        )

    def _amendments(self) -> Section:
        made = self._of.amended
        names = {NOTE: "a note", CALL: "a call"}
        rows = tuple(
            (
                one.no,
                moment(one.at, self._zone),
                self._of.label("fields", one.fact) if one.fact else names.get(one.name, "an addition"),
                *([one.by] if self._head.names else []),
            )
            for one in made.first[:_NAMED]
        )
        if not rows:
            return Section("Amendments", ("No record was amended.",))
        words = [f"{capital(many(made.count, 'amendment'))}. `kiosk log show NO` says by whom and why."]
        words += [f"The newest {len(rows)} are named."] if made.count > len(rows) else []
        head = ("Record", "When", "Value", *(["By"] if self._head.names else []))
        return Section("Amendments", tuple(words), (), (Table("Amendments", head, rows),))

    def _versions(self) -> Section:
        of = self._of
        used = sorted(of.used.items(), key=lambda one: (one[0].id, one[0].version, one[0].content_hash))
        rows = tuple((f"{one.id} {one.version}", one.content_hash[:8], str(count)) for one, count in used)
        tables = [Table("Versions of protocols", ("Version", "Content hash", "Encounters"), rows)]
        other = of.other_version
        if self._head.mode == "practice":
            words = "In PRACTICE, drafts run: versions are not compared."
        elif not other.count:
            words = "No record used another version than the one that the log says was in force at its start."
        else:
            words = f"{capital(many(other.count, 'record'))} used another version than the one in force at the start."
            found = tuple(
                (
                    one.no,
                    f"{one.used.id} {one.used.version} ({one.used.content_hash[:8]})",
                    f"{one.in_force.version} ({one.in_force.content_hash[:8]})",
                )
                for one in other.first[:_NAMED]
            )
            tables.append(Table("Records with another version", ("Record", "Used", "In force"), found))
        return Section("Versions of the protocol", (words,), (), tuple(tables))

    def _tasks(self) -> Section:
        of = self._of
        rows = [(age.words, of.by_age[age]) for age in Age]
        late = of.by_age[Age.MONTH] + of.by_age[Age.MORE]
        sentence = f"{capital(many(late, 'task has', 'tasks have'))} waited for more than a week."
        figure = bars(rows, "tasks", "Open tasks by time since the record was closed", "Closed", sentence)
        if not of.with_tasks:
            return Section("Open tasks", ("No task is open.",))
        oldest = list(reversed(of.tasks))[:_NAMED]
        table = Table(
            "Records with open tasks",
            ("Record", "Closed", "Calls to make", "Facts to fill in"),
            tuple((one.no, one.age.words, str(one.calls), str(one.facts)) for one in oldest),
        )
        words = (f"The oldest {_NAMED} of {of.with_tasks} records are named.",) if of.with_tasks > _NAMED else ()
        return Section("Open tasks", words, (figure,), (table,))

    def _duties(self) -> Section:
        found = {age: self._of.duties_by_age.get(age, Duties()) for age in Age}
        owed, still = sum(one.owed for one in found.values()), sum(one.open for one in found.values())
        overdue = sum(one.overdue for one in found.values())
        if not owed:
            return Section("Duties", ("No duty was owed.",))
        rows = [(age.words, one.open, one.overdue) for age, one in found.items()]
        sentence = f"{capital(many(overdue, 'duty is', 'duties are'))} overdue."
        figure = shares(rows, _OPEN, "duties", "Open duties by time since the record was closed", sentence)
        words = f"{capital(many(owed, 'duty was', 'duties were'))} owed; {spelled(still)} {_are(still)} open."
        return Section("Duties", (words,), (figure,), (self._by_duty(),))

    def _by_duty(self) -> Table:
        counts = [(self._of.label("duties", duty), one) for duty, one in self._of.duties.items()]
        rows = sorted(counts, key=lambda row: (-row[1].overdue, -row[1].open, row[0]))
        head = ("Duty", "Owed", "Done", "Done late", "Excepted", "Open", "Overdue")
        cells = ((one.owed, one.done, one.late, one.excepted, one.open, one.overdue) for _, one in rows)
        of_all = tuple((words, *map(str, numbers)) for (words, _), numbers in zip(rows, cells, strict=True))
        return Table("Duties and what became of them", head, of_all)


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _merged(rows: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    found = Counter[str]()
    for words, count in rows:
        found[words] += int(count)
    return tuple((words, str(count)) for words, count in found.items())


def _numbers(named: Named[str]) -> str:
    more = named.count - len(named.first[:_NUMBERS])
    return ", ".join(named.first[:_NUMBERS]) + (f" and {more} more" if more else "")


def _plural(count: int, one: str) -> str:
    return one if count == 1 else f"{one}s"


def _at_schools(count: int) -> str:
    return f" at {spelled(count)} {_plural(count, 'school')}" if count else ""


def _minutes(minutes: float, unit: str = "") -> str:
    words = plain(minutes)
    return f"{words} {unit or ('minute' if words == '1' else 'minutes')}"


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "unknown"
    return duration(round(seconds * 1_000_000)) if seconds >= 1 else "less than a second"


def _hour(hour: int) -> str:
    def clock(at: int) -> str:
        return f"{(at - 1) % 12 + 1} {'AM' if at % 24 < 12 else 'PM'}"

    return f"{clock(hour)} to {clock(hour + 1)}"
