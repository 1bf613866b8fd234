"""Many records added up, one after the other, newest first, in constant memory but for the minutes of each.

So the newest version of a protocol gives the labels, and lists that name records hold the newest and the number of
all. Void records are only counted: they should never have been started. An open record is counted, but not as one that
reached nobody.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import date, tzinfo
from typing import Final, Generic, NamedTuple, TypeVar

from kiosk.protocol.model import Protocol
from kiosk.protocol.replies import PUT_OFF, REACHED, CallResult, Missing
from kiosk.record.after_action.followed import followed
from kiosk.record.after_action.spread import Spread
from kiosk.record.after_action.subject import agency_field, agency_of, agency_words, channel_words
from kiosk.record.after_action.times import Times, times_of
from kiosk.record.after_action.versions import Installed, Versions
from kiosk.record.duties.open_tasks import tasks_of
from kiosk.record.duty import DutyState, RecordDuty
from kiosk.record.encounter_record import EncounterRecord, ProtocolUsed
from kiosk.record.endings import ENDED, Ending
from kiosk.system.clock import Instant
from kiosk.worded import Worded

NOT_RECORDED: Final = "not recorded"
NOT_CLOSED: Final = "not closed"
MOST_NAMED: Final = 200
"""The maximum number of records that a list names: the newest, but of those with open tasks the oldest."""

MOST_AGENCIES: Final = 500
"""The maximum number of different agencies that are counted apart; typed text has no limit of its own."""

OTHERS: Final = "others"
_T = TypeVar("_T")


class Id(NamedTuple):
    """The id of a part of a protocol: equal ids of two packs mean different things."""

    pack: str
    id: str


class Difference(Worded):
    """How a record differs from its protocol."""

    SKIPPED = "skipped", "a step left without an answer"
    ELSEWHERE = "elsewhere", "an outcome to which its answers do not lead"
    PUT_OFF = "put-off", "a fact left to fill in later"
    LATE = "late", "a fact filled in or added after closing"
    SUPERSEDED = "superseded", "an answer that a changed answer superseded"
    EARLY = "early", "closed before an outcome"
    NOT_NOTIFIED = "not-notified", "a role not notified at closing"
    VERSION = "version", "another version than the one in force"


class Age(Worded):
    """How long ago a record with open tasks or duties was closed."""

    DAY = "day", "less than a day"
    WEEK = "week", "1 to 7 days"
    MONTH = "month", "8 to 30 days"
    MORE = "more", "more than 30 days"


_AGES: Final = ((Age.DAY, 1), (Age.WEEK, 8), (Age.MONTH, 31))
"""Each age but the last with the number of days before which it ends."""


@dataclass
class Named(Generic[_T]):
    """A list that holds at most `MOST_NAMED`, the first ones, and the number of all."""

    first: list[_T] = field(default_factory=list)
    count: int = 0

    def add(self, one: _T) -> None:
        """Add one."""
        self.count += 1
        if len(self.first) < MOST_NAMED:
            self.first.append(one)

    @property
    def more(self) -> int:
        """The number of those that are not in the list."""
        return self.count - len(self.first)


class Agency(NamedTuple):
    """An agency as stated. typed: in a person's own words, not one of the protocol's choices."""

    words: str
    typed: bool


class Dot(NamedTuple):
    """The minutes until a person was reached in one record."""

    minutes: float
    no: str


@dataclass
class AtSchool:
    """One school. dots: its records in which a person was reached; never: those in which nobody was."""

    dots: list[Dot] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    records: int = 0


@dataclass
class Calls:
    """Calls tried, and those that reached a person."""

    tried: int = 0
    reached: int = 0

    def add(self, result: str) -> None:
        """Count one call; one that was not made is none."""
        self.tried += result != CallResult.NOT_CALLED
        self.reached += result in REACHED


@dataclass
class Stuck:
    """One step in many records: the time spent there, partial and changed answers, pauses."""

    spread: Spread = field(default_factory=Spread)
    partial: int = 0
    changed: int = 0
    paused: int = 0


class Amended(NamedTuple):
    """One amendment: when, by whom as typed, of which record and which value; a fact by its id."""

    at: Instant
    by: str
    no: str
    name: str
    fact: Id | None


class OtherVersion(NamedTuple):
    """A record that used another version than the one in force at its start."""

    no: str
    used: ProtocolUsed
    in_force: Installed


@dataclass
class Duties:
    """Duties owed, and what became of them. late: of those done, on a later day than the last one."""

    owed: int = 0
    done: int = 0
    late: int = 0
    excepted: int = 0
    open: int = 0
    overdue: int = 0

    def add(self, duty: RecordDuty, now: Instant) -> None:
        """Count one."""
        state = duty.state(now)
        self.owed += 1
        self.done += state is DutyState.DONE
        self.late += duty.late
        self.excepted += state is DutyState.EXCEPTED
        self.open += state.is_open
        self.overdue += state is DutyState.OVERDUE


class OpenTask(NamedTuple):
    """A record with open tasks: calls to make and facts to fill in, and how long ago it was closed."""

    no: str
    age: Age
    calls: int
    facts: int


@dataclass
class Period:
    """What the records of a period add up to.

    now: for the ages of open tasks and duties. zone: for months and hours; None for the machine's own.
    versions: those installed here; None leaves the version in force unknown.
    """

    now: Instant
    zone: tzinfo | None = None
    versions: Versions | None = None

    records: int = 0
    void: int = 0
    open: int = 0
    first: date | None = None
    last: date | None = None
    by_month: Counter[tuple[str, Id]] = field(default_factory=Counter)
    by_agency: Counter[Agency] = field(default_factory=Counter)
    by_agency_and_outcome: Counter[tuple[Agency, Id]] = field(default_factory=Counter)
    agency_missing: Counter[str] = field(default_factory=Counter)
    by_outcome: Counter[Id] = field(default_factory=Counter)
    schools: dict[str, AtSchool] = field(default_factory=dict)
    no_call: int = 0
    unknown: int = 0
    office_told: int = 0
    office_not_told: int = 0
    by_role: dict[Id, Calls] = field(default_factory=dict)
    by_hour: dict[int, Calls] = field(default_factory=dict)
    steps: dict[Id, Stuck] = field(default_factory=dict)
    facts: dict[Id, Counter[str]] = field(default_factory=dict)
    filled_later: Counter[Id] = field(default_factory=Counter)
    pauses: int = 0
    amended: Named[Amended] = field(default_factory=Named)
    used: Counter[ProtocolUsed] = field(default_factory=Counter)
    other_version: Named[OtherVersion] = field(default_factory=Named)
    differs: dict[Difference, Named[str]] = field(default_factory=dict)
    compared: int = 0
    skipped: Counter[Id] = field(default_factory=Counter)
    not_notified: Counter[Id] = field(default_factory=Counter)
    tasks: deque[OpenTask] = field(default_factory=lambda: deque(maxlen=MOST_NAMED))
    with_tasks: int = 0
    by_age: Counter[Age] = field(default_factory=Counter)
    duties: dict[Id, Duties] = field(default_factory=dict)
    duties_by_age: dict[Age, Duties] = field(default_factory=dict)
    labels: dict[tuple[str, Id], str] = field(default_factory=dict)

    def add(self, record: EncounterRecord, protocol: Protocol | None) -> None:
        """Add one record. protocol: the version that it used; None if the log does not have it."""
        if record.ending is Ending.VOID:
            self.void += 1
            return
        times = times_of(record, protocol)
        self.records += 1
        self.open += record.closing is None
        self._agency(record, protocol, self._count(record, protocol))
        self._reached(record, times)
        self._calls(record, protocol)
        self._steps(record, times, protocol)
        self._facts(record, protocol)
        self._compare(record, protocol)
        self._tasks(record)
        self._duties(record, protocol)

    def label(self, section: str, part: Id) -> str:
        """Return the words of a part of a protocol, else its id. section: as in the protocol file."""
        return self.labels.get((section, part), part.id)

    def _count(self, record: EncounterRecord, protocol: Protocol | None) -> Id:
        """Count the record by its parts; return how it ended."""
        local, pack = record.opened_at.local(self.zone), record.protocol.id
        self.first = min(self.first or local.date(), local.date())
        self.last = max(self.last or local.date(), local.date())
        channel = Id(pack, record.channel or "") if record.channel else Id("", NOT_RECORDED)
        if record.channel:
            self._name("channel", channel, channel_words(protocol, record.channel))
        self.by_month[f"{local:%Y-%m}", channel] += 1
        outcome = Id("", NOT_CLOSED if record.ending is None else ENDED[record.ending])
        if record.outcome and record.ending is Ending.OUTCOME:
            outcome = Id(pack, record.outcome)
            known = protocol.outcomes.get(record.outcome) if protocol else None
            self._name("outcomes", outcome, known.title.say() if known else None)
        self.by_outcome[outcome] += 1
        self.used[record.protocol] += 1
        if record.mode == "live" and self.versions:
            installed = self.versions.in_force(pack, record.opened_at, self.zone)
            if installed and installed.content_hash != record.protocol.content_hash:
                self.other_version.add(OtherVersion(record.no, record.protocol, installed))
                self._differs(Difference.VERSION, record.no)
        for made in record.amendments:
            fact = Id(pack, made.field) if made.field else None
            if fact and protocol and fact.id in protocol.fields:
                self._name("fields", fact, protocol.fields[fact.id].label.say())
            self.amended.add(Amended(made.at, made.by, record.no, made.name, fact))
        return outcome

    def _agency(self, record: EncounterRecord, protocol: Protocol | None, outcome: Id) -> None:
        asked = agency_field(protocol) if protocol else None
        value = agency_of(record, asked) if asked else None
        words = agency_words(asked, value) if asked else None
        if asked is None or words is None:
            self.agency_missing[value.reason if isinstance(value, Missing) else NOT_RECORDED] += 1
        else:
            agency = Agency(words, typed=str(value) not in asked.choices)
            known = agency in self.by_agency or len(self.by_agency) < MOST_AGENCIES
            agency = agency if known else Agency(OTHERS, typed=True)
            self.by_agency[agency] += 1
            self.by_agency_and_outcome[agency, outcome] += 1

    def _reached(self, record: EncounterRecord, times: Times) -> None:
        school = self.schools.setdefault(record.school, AtSchool())
        school.records += 1
        if not times.known:
            self.unknown += 1
        elif times.reached is not None:
            school.dots.append(Dot(times.reached / 60, record.no))
        elif record.closing is None:
            pass
        elif times.called:
            school.never.append(record.no)
        else:
            self.no_call += 1
        if times.known and times.called and record.closing is not None:
            self.office_told += times.office is not None
            self.office_not_told += times.office is None

    def _calls(self, record: EncounterRecord, protocol: Protocol | None) -> None:
        for call in record.calls:
            role = Id(record.protocol.id, call.role)
            known = protocol.roles.get(call.role) if protocol else None
            self._name("roles", role, known.title.say() if known else None)
            self.by_role.setdefault(role, Calls()).add(call.result)
            self.by_hour.setdefault(call.at.local(self.zone).hour, Calls()).add(call.result)

    def _steps(self, record: EncounterRecord, times: Times, protocol: Protocol | None) -> None:
        for name, at in times.steps.items():
            step = Id(record.protocol.id, name)
            self._name_step(step, protocol)
            found = self.steps.setdefault(step, Stuck())
            if at.seconds is not None:
                found.spread.add(at.seconds)
            found.partial += at.partial
            found.changed += at.changed
            found.paused += at.paused
        self.pauses += times.pauses

    def _facts(self, record: EncounterRecord, protocol: Protocol | None) -> None:
        for name, value in record.fields.items():
            fact = Id(record.protocol.id, name)
            known = protocol.fields.get(name) if protocol else None
            self._name("fields", fact, known.label.say() if known else None)
            self.facts.setdefault(fact, Counter())[value.reason if isinstance(value, Missing) else ""] += 1
            if value == PUT_OFF and record.amended_field(name):
                self.filled_later[fact] += 1

    def _compare(self, record: EncounterRecord, protocol: Protocol | None) -> None:
        found = followed(record, protocol)
        self.compared += found.checked
        pack = record.protocol.id
        for name in found.skipped:
            self._name_step(Id(pack, name), protocol)
            self.skipped[Id(pack, name)] += 1
        for name in found.not_notified:
            known = protocol.roles.get(name) if protocol else None
            self._name("roles", Id(pack, name), known.title.say() if known else None)
            self.not_notified[Id(pack, name)] += 1
        so = {
            Difference.SKIPPED: found.skipped,
            Difference.ELSEWHERE: found.elsewhere,
            Difference.PUT_OFF: found.put_off,
            Difference.LATE: found.late,
            Difference.SUPERSEDED: found.superseded,
            Difference.EARLY: found.early,
            Difference.NOT_NOTIFIED: found.not_notified,
        }
        for difference in (one for one, differs in so.items() if differs):
            self._differs(difference, record.no)

    def _tasks(self, record: EncounterRecord) -> None:
        tasks = tasks_of(record)
        if tasks and record.closed_at:
            age = age_of(record.closed_at, self.now)
            self.by_age[age] += len(tasks.calls) + len(tasks.facts)
            self.with_tasks += 1
            self.tasks.append(OpenTask(record.no, age, len(tasks.calls), len(tasks.facts)))

    def _duties(self, record: EncounterRecord, protocol: Protocol | None) -> None:
        ended = protocol.outcomes.get(record.outcome or "") if protocol else None
        known = {duty.id: duty.do.say() for duty in ended.duties} if ended else {}
        if record.closed_at is None:
            return
        age = age_of(record.closed_at, self.now)
        for duty in record.duties:
            of = Id(record.protocol.id, duty.id)
            self._name("duties", of, known.get(duty.id))
            self.duties.setdefault(of, Duties()).add(duty, self.now)
            self.duties_by_age.setdefault(age, Duties()).add(duty, self.now)

    def _differs(self, difference: Difference, no: str) -> None:
        self.differs.setdefault(difference, Named()).add(no)

    def _name_step(self, step: Id, protocol: Protocol | None) -> None:
        known = protocol.steps.get(step.id) if protocol else None
        heading = known.heading if known else None
        self._name("steps", step, heading.say() if heading else None)

    def _name(self, section: str, part: Id, words: str | None) -> None:
        if words:
            self.labels.setdefault((section, part), words)


def age_of(closed: Instant, now: Instant) -> Age:
    """Return how long ago a record was closed, by the wall clock; less than a day also for a time to come."""
    days = (now.wall_us - closed.wall_us) // 86_400_000_000
    return next((age for age, below in _AGES if days < below), Age.MORE)


def median_minutes(dots: list[Dot]) -> float | None:
    """Return the median of the minutes; None without any."""
    found = sorted(dot.minutes for dot in dots)
    if not found:
        return None
    return (found[(len(found) - 1) // 2] + found[len(found) // 2]) / 2
