"""A branch on earlier answers and settings. It is never shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kiosk.protocol.kinds.common_keys import CITE, TITLE
from kiosk.protocol.kinds.kind import Exit, Kind, Move, Outline, Shown
from kiosk.protocol.kinds.step_kind import StepKind
from kiosk.protocol.model import Rule, Step
from kiosk.protocol.syntax.cursor import Cursor, word, words
from kiosk.protocol.syntax.forms import LINE, WAS, Form, ListOf, may, must
from kiosk.protocol.syntax.lists import one_key

RULE: Final = Form(
    "rule",
    "One rule of a branch.",
    (
        may("setting", LINE, "The setting to compare."),
        may("answer", LINE, "Or the step whose answer to compare."),
        may("is", LINE, "The choice or answer to match."),
        may("in", ListOf(LINE, distinct=True), "Or a list of them."),
        must("next", LINE, "The step or outcome when it matches."),
    ),
    one_of=(("setting", "answer"), ("is", "in")),
)

_FORM: Final = Form(
    "when",
    "A branch on earlier answers and settings. It is never shown.",
    (
        must("when", ListOf(RULE), "The rules. The first match decides."),
        must("otherwise", LINE, "The step or outcome when no rule matches."),
        TITLE,
        CITE,
        WAS,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchStep(Step):
    """A branch on earlier answers and settings. It is never shown. The first rule that matches decides."""

    rules: tuple[Rule, ...]
    otherwise: str


def _read(t: Mapping[str, Cursor], shown: Shown, _: Cursor) -> BranchStep:
    lines = t["when"].items() if "when" in t else ()
    return BranchStep(**shown, rules=tuple(_rule(at) for at in lines), otherwise=word(t.get("otherwise")))


def _rule(cursor: Cursor) -> Rule:
    t = cursor.table(*RULE.vocabulary)
    kind = one_key(cursor, t, *RULE.one_of[0])
    values = words(t["in"]) if one_key(cursor, t, *RULE.one_of[1]) == "in" and "in" in t else (word(t.get("is")),)
    subject: Literal["setting", "answer"] = "answer" if kind == "answer" else "setting"
    return Rule(subject, word(t.get(kind)), tuple(v for v in values if v), word(t.get("next")))


def _moves(step: BranchStep) -> Iterator[Move]:
    for n, rule in enumerate(step.rules):
        name = f"{rule.subject} is {' or '.join(rule.values)}"
        yield Move(name, rule.next, ("when", str(n), "next"), rule, by_itself=True)
    yield Move("otherwise", step.otherwise, ("otherwise",), "Otherwise", by_itself=True)


def _exits(_: BranchStep, __: Collection[str]) -> Iterator[Exit]:
    yield from ()


KIND: Final = Kind(
    id=StepKind.BRANCH,
    step=BranchStep,
    name="branch",
    outline=Outline.DASHED,
    form=_FORM,
    key="when",
    meant_by=("otherwise",),
    read=_read,
    moves=_moves,
    exits=_exits,
    answering=None,
)
