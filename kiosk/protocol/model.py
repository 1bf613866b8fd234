"""The parts of a protocol: frozen values, as written in the superintendent's file (`format: 1`).

Ids are kebab-case and permanent; words may change. A target (`next`) names a step, an outcome, or RETURN. RETURN leads
back to the caller: an interrupt returns to the step where it was pressed, the `nobody` branch of a call to that
call's `reached`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, Literal, assert_never

from kiosk.protocol.field_type import FieldType
from kiosk.protocol.guarantee import Guarantee
from kiosk.worded import Worded, many

RETURN = "return"
"""The reserved target that leads back to the caller."""

REFERRAL = "superintendent-office"
"""The role to which agents are referred, and which must be notified, if an outcome names none."""

MISSING = ("refused", "not-seen", "not-asked", "none", "deferred")
"""The reasons why a field has no value. `none`: there is none, such as a form without a number.

`deferred` is always allowed: staff can fill in the fact later.
"""


_BUSINESS_WEEK: Final = 5


class DisclosureClass(StrEnum):
    """The disclosure class of a field, step, option or outcome: who may see it later. Each is wider than the next."""

    PUBLIC = "public"
    EXEMPT = "exempt"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Text:
    """Text in one or more languages; the first is the source language."""

    words: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, **words: str) -> Text:
        """Return a text from keywords: `Text.of(en="Hello")`."""
        return cls(tuple(words.items()))

    def say(self, language: str = "en") -> str:
        """Return the text in `language`, else in the source language."""
        return dict(self.words).get(language, self.words[0][1])

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of this text."""
        return tuple(code for code, _ in self.words)


@dataclass(frozen=True, slots=True)
class Release:
    """The version of this protocol, and the dates between which it applies."""

    version: str
    effective: date
    review_by: date
    status: str = "draft"
    replaces: str | None = None
    notes: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The source of an instruction."""

    title: str
    issuer: str = ""
    date: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A role that a step may call. The contacts file says who fills it at this school.

    designee: the superintendent named this role to act for their office.
    """

    id: str
    title: Text
    required: bool = False
    designee: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """A choice for the district: one of `choices` applies. Its text fills the slot `{id}` in other texts."""

    id: str
    ask: Text
    choices: Mapping[str, Text]
    default: str


@dataclass(frozen=True, slots=True)
class Slot:
    """Text that a school fills in, such as a room's name. It fills the slot `{id}` and does not change the path.

    default: the text if the school fills in none.
    """

    id: str
    ask: Text
    default: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One fact to record, or the reason why it is missing.

    choices: the values of a fact of the type `choice`, by id; its value is the id. Empty for any other type.
    least, most: the smallest and the largest value of a fact of the type `number`; None for no limit.
    """

    id: str
    label: Text
    type: FieldType = FieldType.LINE
    cls: DisclosureClass = DisclosureClass.EXEMPT
    cite: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    choices: Mapping[str, Text] = field(default_factory=dict)
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a step, and where it leads."""

    id: str
    label: Text
    next: str
    cls: DisclosureClass = DisclosureClass.PUBLIC


@dataclass(frozen=True, slots=True)
class Interrupt:
    """A jump offered on every step by the same key."""

    id: str
    label: Text
    next: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a branch: if `subject` (a setting, or an earlier answer) is one of `values`, go to `next`."""

    kind: Literal["setting", "answer"]
    subject: str
    values: tuple[str, ...]
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The common part of every step: what to do (for staff), what to say (aloud, word for word), and the sources.

    dial: digits to dial at this step, such as 911, that belong to no contact; empty for none.
    cls: the disclosure class of the step and of its answers; a fact keeps its own.
    """

    id: str
    title: Text | None = None
    do: Text | None = None
    say: Text | None = None
    cite: tuple[str, ...] = ()
    dial: str = ""
    cls: DisclosureClass = DisclosureClass.PUBLIC

    @property
    def question(self) -> Text | None:
        """Its question; None for a step without one."""
        return None

    @property
    def heading(self) -> Text | None:
        """The heading of its screen; None if it has neither a title nor a question."""
        return self.title or self.question

    @property
    def texts(self) -> dict[str, Text]:
        """Its texts by key, in the order of the screen; only those that exist."""
        found = {"title": self.title, "ask": self.question, "do": self.do, "say": self.say}
        return {key: text for key, text in found.items() if text is not None}


class TimeUnit(Worded):
    """The unit of the time in which a duty must be done. AT_ONCE has no number."""

    AT_ONCE = "at-once", "at once"
    HOURS = "hours", "hour"
    DAYS = "days", "day"
    BUSINESS_DAYS = "business-days", "business day"


@dataclass(frozen=True, slots=True)
class Within:
    """The time in which a duty must be done, from the closing of the record: `count` units, 0 for at once."""

    unit: TimeUnit = TimeUnit.AT_ONCE
    count: int = 0

    @property
    def words(self) -> str:
        """The time in words: `at once`, `within 4 business days`."""
        return self.unit.words if self.unit is TimeUnit.AT_ONCE else f"within {many(self.count, self.unit.words)}"

    @property
    def longest_hours(self) -> int:
        """The longest time that it can be, in hours, without holidays, to compare two of them."""
        match self.unit:
            case TimeUnit.HOURS:
                return self.count
            case TimeUnit.AT_ONCE | TimeUnit.DAYS:
                return 24 * (self.count + 1)
            case TimeUnit.BUSINESS_DAYS:
                return 24 * (self.count + 2 * -(-self.count // _BUSINESS_WEEK) + 1)
            case _:
                assert_never(self.unit)


@dataclass(frozen=True, slots=True)
class Duty:
    """A task of the district after a record was closed at an outcome.

    owner: the role that must do it. why: the reason for it. cite: its sources.
    """

    id: str
    do: Text
    owner: str
    within: Within
    why: Text
    cite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome. `refer` is the role for referring the agent; `to_notify` are the roles that must be notified.

    duties: what the district must do after it.
    """

    id: str
    title: Text
    refer: str | None = None
    to_notify: tuple[str, ...] = ()
    routine: bool = False
    do: Text | None = None
    cls: DisclosureClass = DisclosureClass.PUBLIC
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True)
class Allowance:
    """A suppressed warning: at a path of the protocol file, or in another file of the pack."""

    code: str
    at: tuple[str, ...]
    file: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """The district's procedure as a graph of steps.

    after_hours: the roles that every call step tries before its own if an encounter began after hours, in order.
    renamed: the path of an id no longer used (`("steps", "who-is-it")`) → its current name.
    """

    id: str
    title: Text
    jurisdiction: str
    source_language: str
    release: Release
    sources: Mapping[str, Source]
    roles: Mapping[str, Role]
    settings: Mapping[str, Setting]
    fields: Mapping[str, Field]
    start: str
    interrupts: tuple[Interrupt, ...]
    steps: Mapping[str, Step]
    outcomes: Mapping[str, Outcome]
    guarantees: tuple[Guarantee, ...] = ()
    allow: tuple[Allowance, ...] = ()
    renamed: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    slots: Mapping[str, Slot] = field(default_factory=dict)
    after_hours: tuple[str, ...] = ()

    def interrupt(self, interrupt_id: str) -> Interrupt | None:
        """Return the interrupt with that id, if there is one."""
        return next((i for i in self.interrupts if i.id == interrupt_id), None)

    def choices(self, given: Mapping[str, str]) -> dict[str, str]:
        """Return setting id → the choice in force: the given one if the setting has it, else the default."""
        return {s.id: given[s.id] if given.get(s.id) in s.choices else s.default for s in self.settings.values()}
