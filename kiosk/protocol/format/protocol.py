"""The keys of a protocol file outside its steps."""

from __future__ import annotations

from kiosk.protocol.format.guarantees import GUARANTEE
from kiosk.protocol.format.steps import STEP
from kiosk.protocol.model import FIELD_CLASSES, FIELD_TYPES, MISSING, RETURN
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
    may,
    must,
)

MAX_STEPS = 2_000
"""How many steps a protocol may have."""

MAX_INTERRUPTS = 4
"""F6 to F9."""

MAX_FIELD_CHOICES = 9
"""The keys 1 to 9."""

DESIGN = "design"
"""What `cite` names when an instruction is our own choice."""

CHOICE = "choice"
"""The type of a field whose value is chosen, not typed."""

RESERVED_STEPS = (RETURN, "press", "back", "called")
"""What targets and scenarios use for something else."""

STATUSES = ("draft", "final")

RELEASE = Form(
    "release",
    "Which edition this is, and from when until when it holds.",
    (
        must("version", LINE, "The edition's name, such as “2026.1”. Put it in quotes."),
        must("effective", DAY, "The first day it holds, as 2026-08-01."),
        must("review_by", DAY, "The day by which somebody must read it again. It comes after “effective”."),
        may("status", OneOf(STATUSES), "“draft” while you write, “final” when nothing is left to do."),
        may("replaces", LINE, "The version before this one."),
        may("notes", LINE, "What counsel or the next reader should know."),
    ),
)

SOURCE = Form(
    "source",
    "Where an instruction comes from.",
    (
        must("title", LINE, "The title of the law, policy or guidance."),
        may("issuer", LINE, "Who issued it."),
        may("date", LINE, "When; a year alone will do."),
        may("url", LINE, "Where it can be read."),
        WAS,
    ),
)

ROLE = Form(
    "role",
    "Someone a step can call. Who that is at a school is in its contacts file.",
    (
        must("title", WORDS, "What the role is called on the screen."),
        may("required", FLAG, "“true” when every school must name someone for it."),
        may("designee", FLAG, "“true” when it may stand for the Superintendent's Office."),
        WAS,
    ),
)

SETTING = Form(
    "setting",
    "What a district may choose.",
    (
        must("ask", WORDS, "The question the district answers."),
        must("choices", Named(WORDS, empty=False), "The answers, each an id and its words. The words fill the slot."),
        must("default", LINE, "The choice that holds until the district chooses."),
        WAS,
    ),
)

SLOT = Form(
    "slot",
    "Words that a school fills in, such as the name of a room. They decide nothing.",
    (
        must("ask", WORDS, "The question the school answers."),
        must("default", WORDS, "The words that stand there until the school says its own."),
    ),
)

_LABEL = must("label", WORDS, "The words beside the box.")
_KEPT_OF_A_FIELD = (
    may("class", OneOf(FIELD_CLASSES), "Who may see it later: “public”, “exempt” (the usual) or “staff”."),
    may("cite", ListOf(LINE, distinct=True), "The sources that ask for this fact."),
    may(
        "missing",
        ListOf(OneOf(MISSING), empty=True, distinct=True),
        "Why it may be missing: “refused”, “not-seen”, “not-asked”, or “none” (there is none). "
        "“deferred” (later) is always offered.",
    ),
    WAS,
)

FIELD = Form(
    "field",
    "One fact that staff type.",
    (
        _LABEL,
        may(
            "type",
            OneOf(tuple(name for name in FIELD_TYPES if name != CHOICE)),
            "“line” (the usual), “lines”, “count” or “phone”; “choice” has a table of its own.",
        ),
        *_KEPT_OF_A_FIELD,
    ),
)

CHOICE_FIELD = Form(
    "choice field",
    "One fact that staff choose with one key.",
    (
        _LABEL,
        must("type", OneOf((CHOICE,)), "“choice”."),
        must(
            "choices",
            Named(WORDS, MISSING, empty=False, most=MAX_FIELD_CHOICES),
            f"What it can be, at most {MAX_FIELD_CHOICES}, each an id and its words. The record keeps the id.",
        ),
        *_KEPT_OF_A_FIELD,
    ),
)
"""Apart from `FIELD`, so that an editor, too, knows which of them has choices."""

INTERRUPT = Form(
    "interrupt",
    "A jump that every step offers by the same key, F6 to F9.",
    (
        must("id", ID, "Its name, for ever."),
        must("label", WORDS, "The words beside the key; two or three."),
        must("next", LINE, "The step or outcome it jumps to."),
        WAS,
    ),
)

OUTCOME = Form(
    "outcome",
    "An end. It closes the record.",
    (
        must("title", WORDS, "How it ended, as the last screen and the record say it."),
        may("refer", LINE, "The role the agent is sent to. Every outcome that is not routine needs one."),
        may("told", ListOf(LINE, empty=True, distinct=True), "The roles that must know of this."),
        may("routine", FLAG, "“true” for an ordinary visit that concerns nobody else."),
        may("do", WORDS, "What staff still do on the last screen."),
        WAS,
    ),
)

ALLOW = Form(
    "allow",
    "One warning that you have looked at and let stand.",
    (
        must("code", LINE, "The warning's code, such as P407."),
        may("at", LINE, "Where in this file it is allowed, as keys and ids with dots: “steps.wait”."),
        may("file", LINE, "Or the other file of the pack in which it is allowed."),
        must("reason", LINE, "Why that is right, in a sentence."),
    ),
    one_of=(("at", "file"),),
)

PROTOCOL = Form(
    "protocol",
    "The top of `protocol.yaml`.",
    (
        must("kind", OneOf(("protocol",)), "Always “protocol”."),
        must("format", OneOf(("1",)), "Always 1."),
        must("id", ID, "The pack's name, for ever. A kiosk keeps it in a folder of that name."),
        must("title", WORDS, "What the pack is called on the screen."),
        must("jurisdiction", LINE, "Whose law it follows, such as US-CT."),
        must("source_language", LANGUAGE, "The language you write in, such as en. The others are translations."),
        must("release", RELEASE, "Which edition this is."),
        may("sources", Named(SOURCE, (DESIGN,)), "Where the instructions come from, by id."),
        may("roles", Named(ROLE), "Whom steps can call, by id."),
        may(
            "after_hours",
            ListOf(LINE, distinct=True),
            "The roles that every call step tries first when an encounter begins after hours, in order.",
        ),
        may("settings", Named(SETTING), "What a district may choose, by id."),
        may("slots", Named(SLOT), "What a school fills in, by id."),
        may("fields", Named(Either((FIELD, CHOICE_FIELD))), "What can be written down, by id."),
        must("start", LINE, "The id of the first step."),
        may("interrupts", ListOf(INTERRUPT, empty=True, most=MAX_INTERRUPTS), "Up to four jumps, keys F6 to F9."),
        must("steps", Named(STEP, RESERVED_STEPS, empty=False, most=MAX_STEPS), "The screens, by id."),
        must("outcomes", Named(OUTCOME, (RETURN,), empty=False), "The ends, by id."),
        may("guarantees", ListOf(GUARANTEE, empty=True), "What must hold on every path."),
        may("allow", ListOf(ALLOW, empty=True), "Warnings that you let stand, each with its reason."),
    ),
)

FILE = File("protocol", "A protocol: what the front desk does, step by step.", PROTOCOL)
