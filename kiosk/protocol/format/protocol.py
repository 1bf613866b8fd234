"""The keys of a protocol file outside its steps."""

from __future__ import annotations

from kiosk.protocol.field_types.registry import FIELD_FORMS
from kiosk.protocol.format.guarantees import GUARANTEE
from kiosk.protocol.format.steps import STEP
from kiosk.protocol.model import RETURN, DisclosureClass, TimeUnit
from kiosk.protocol.syntax.classes import class_key
from kiosk.protocol.syntax.forms import (
    DAY,
    FLAG,
    ID,
    LANGUAGE,
    LINE,
    WAS,
    WORDS,
    Either,
    File,
    Form,
    ListOf,
    Named,
    OneOf,
    Word,
    may,
    must,
)

MAX_STEPS = 2_000
"""Maximum number of steps in a protocol."""

MAX_INTERRUPTS = 4
"""F6 to F9."""

MAX_DUTIES = 12
"""Maximum number of duties of an outcome; more would be a procedure of its own."""

MAX_TIME = 365
"""Maximum number of hours or days in which a duty must be done."""

DESIGN = "design"
"""The value of `cite` for an instruction that is the author's own choice."""

RESERVED_STEPS = (RETURN, "press", "back", "called")
"""Ids with another meaning in targets and scenarios."""

STATUSES = ("draft", "final")

RELEASE = Form(
    "release",
    "The version, and the time for which it is in effect.",
    (
        must("version", LINE, "The version, such as “2026.1”, in quotes."),
        must("effective", DAY, "The first day it is in effect, as 2026-08-01."),
        must("review_by", DAY, "The day by which it must be reviewed, after “effective”."),
        may("status", OneOf(STATUSES), "“draft” while you write, “final” when it is complete."),
        may("replaces", LINE, "The previous version."),
        may("notes", LINE, "Notes for counsel and other readers."),
    ),
)

SOURCE = Form(
    "source",
    "The source of an instruction.",
    (
        must("title", LINE, "The title of the law, policy or guidance."),
        may("issuer", LINE, "Who issued it."),
        may("date", LINE, "Its date, or only the year."),
        may("url", LINE, "Its web address."),
        WAS,
    ),
)

ROLE = Form(
    "role",
    "A person or office that a step can call. Each school's contacts file names them.",
    (
        must("title", WORDS, "The role's title on the screen."),
        may("required", FLAG, "“true” if every school must name a contact for it."),
        may("designee", FLAG, "“true” if it may act for the Superintendent's Office."),
        WAS,
    ),
)

SETTING = Form(
    "setting",
    "A choice that a district may make.",
    (
        must("ask", WORDS, "The question the district answers."),
        must("choices", Named(WORDS, empty=False), "The answers: id → text. The text fills the slot."),
        must("default", LINE, "The choice until the district makes one."),
        WAS,
    ),
)

SLOT = Form(
    "slot",
    "Text that a school fills in, such as the name of a room. It does not change the path.",
    (
        must("ask", WORDS, "The question the school answers."),
        must("default", WORDS, "The text until the school fills in its own."),
    ),
)

INTERRUPT = Form(
    "interrupt",
    "A jump that every step offers with the same key, F6 to F9.",
    (
        must("id", ID, "Its id. It is permanent."),
        must("label", WORDS, "The label of the key, two or three words."),
        must("next", LINE, "The step or outcome that it jumps to."),
        WAS,
    ),
)

_TIME = Word("([1-9]|[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-5])")
"""1 to MAX_TIME."""

WITHIN = Form(
    "within",
    "The time in which a duty must be done.",
    (
        may(TimeUnit.HOURS, _TIME, "Hours after the record was closed."),
        may(TimeUnit.DAYS, _TIME, "Days after that day; the last one counts until midnight."),
        may(TimeUnit.BUSINESS_DAYS, _TIME, "The same, without Saturdays, Sundays and the district's `closed_days`."),
    ),
    one_of=(tuple(unit for unit in TimeUnit if unit is not TimeUnit.AT_ONCE),),
)

DUTY = Form(
    "duty",
    "A task of the district after the record was closed.",
    (
        must("id", ID, "Its id. It is permanent."),
        must("do", WORDS, "The task, for its owner."),
        must("owner", LINE, "The role that must do it."),
        must(
            "within",
            Either((OneOf((TimeUnit.AT_ONCE,)), WITHIN)),
            "“at-once” (until the end of that day), or a number of hours, days or business days.",
        ),
        must("why", WORDS, "The reason for it."),
        must("cite", ListOf(LINE, distinct=True), "Its sources; “design” means your own choice."),
    ),
)

OUTCOME = Form(
    "outcome",
    "An outcome. It closes the record.",
    (
        must("title", WORDS, "The result, as shown on the last screen and in the record."),
        may("refer", LINE, "The role that the agent is referred to. Required unless the outcome is routine."),
        may("to_notify", ListOf(LINE, empty=True, distinct=True), "The roles that must be notified."),
        may("routine", FLAG, "“true” for an ordinary visit that needs no referral."),
        may("do", WORDS, "An instruction for staff on the last screen."),
        may("duties", ListOf(DUTY, most=MAX_DUTIES), "What the district must do after the record was closed."),
        class_key(DisclosureClass.PUBLIC, " Copies below it do not say that this was the outcome."),
        WAS,
    ),
)

ALLOW = Form(
    "allow",
    "A warning that you reviewed and suppress.",
    (
        must("code", LINE, "The warning's code, such as P407."),
        may("at", LINE, "The place in this file, as keys and ids with dots: “steps.wait”."),
        may("file", LINE, "Or another file of the pack."),
        must("reason", LINE, "The reason, in one sentence."),
    ),
    one_of=(("at", "file"),),
)

PROTOCOL = Form(
    "protocol",
    "The top of `protocol.yaml`.",
    (
        must("kind", OneOf(("protocol",)), "Always “protocol”."),
        must("format", OneOf(("1",)), "Always 1."),
        must("id", ID, "The pack's id, permanent. Its folder in the kiosk's home has the same name."),
        must("title", WORDS, "The pack's title on the screen."),
        must("jurisdiction", LINE, "The jurisdiction, such as US-CT."),
        must("source_language", LANGUAGE, "The language of your text, such as en. Other languages are translations."),
        must("release", RELEASE, "The version and its dates."),
        may("sources", Named(SOURCE, (DESIGN,)), "The sources of instructions, by id."),
        may("roles", Named(ROLE), "The roles that steps can call, by id."),
        may(
            "after_hours",
            ListOf(LINE, distinct=True),
            "The roles that every call step tries first, in order, when a record is opened after hours.",
        ),
        may("settings", Named(SETTING), "The choices of a district, by id."),
        may("slots", Named(SLOT), "The texts that a school fills in, by id."),
        may("fields", Named(Either(FIELD_FORMS)), "The facts that can be recorded, by id."),
        must("start", LINE, "The id of the first step."),
        may(
            "interrupts",
            ListOf(INTERRUPT, empty=True, most=MAX_INTERRUPTS),
            "Up to four interrupts, on the keys F6 to F9.",
        ),
        must("steps", Named(STEP, RESERVED_STEPS, empty=False, most=MAX_STEPS), "The steps, by id."),
        must("outcomes", Named(OUTCOME, (RETURN,), empty=False), "The outcomes, by id."),
        may("guarantees", ListOf(GUARANTEE, empty=True), "Statements that must hold on all paths."),
        may("allow", ListOf(ALLOW, empty=True), "Suppressed warnings, each with its reason."),
    ),
)

FILE = File("protocol", "A protocol: instructions for the front desk, step by step.", PROTOCOL)
