"""Reads the steps of a protocol, each by its kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal, TypedDict

from kiosk.protocol.format.kinds import Form
from kiosk.protocol.format.steps import BARE, BRANCH, CHOICE, DIAL_PATTERN, KINDS, MAX_OPTIONS, OPTION, RULE
from kiosk.protocol.model import Ask, Call, Choose, Option, Record, Route, Rule, Step, Tell, Text
from kiosk.protocol.parsing.cursor import Cursor, text, word, words
from kiosk.protocol.parsing.sections import fresh_id, labelled, one_key
from kiosk.protocol.parsing.yaml_nodes import MappingNode

_TELLING = {"ask": "options", "reached": "call", "nobody": "call", "otherwise": "when", "next": "next"}
"""Which kind was meant, when the key it goes by is not there."""

_DIAL = re.compile(DIAL_PATTERN)


class _Shown(TypedDict):
    """What every kind of step has."""

    id: str
    title: Text | None
    do: Text | None
    say: Text | None
    cite: tuple[str, ...]
    dial: str


def step(step_id: str, cursor: Cursor) -> Step:
    """One step. A step that does not say its kind is read as one that tells and leads nowhere."""
    kinds = _kinds(cursor)
    required, optional = _form(kinds[0]).vocabulary
    for other in kinds[1:]:
        cursor.note("P109", where=cursor.name, first=kinds[0], second=other)
        optional += _form(other).vocabulary[0]
    t = cursor.table(required, optional)
    shown = _Shown(
        id=step_id, title=_maybe(t, "title"), do=_maybe(t, "do"), say=_say(t), cite=_cite(t), dial=_dial(t.get("dial"))
    )
    return _READERS[kinds[0]](t, shown, cursor)


def _form(kind: str) -> Form:
    return KINDS.get(kind, BARE)


def _kinds(cursor: Cursor) -> tuple[str, ...]:
    found = cursor.entries()
    kinds = tuple(kind for kind in KINDS if kind in found and kind != "next")
    meant = kinds or tuple(kind for key, kind in _TELLING.items() if key in found)[:1]
    if not meant and isinstance(cursor.node, MappingNode):
        cursor.note("P110", where=cursor.name)
    return meant or ("",)


def _maybe(t: Mapping[str, Cursor], key: str) -> Text | None:
    return t[key].text() if key in t else None


def _say(t: Mapping[str, Cursor]) -> Text | None:
    return t["say"].text(empty="P403") if "say" in t else None


def _dial(cursor: Cursor | None) -> str:
    said = word(cursor)
    if cursor and said and not _DIAL.fullmatch(said):
        cursor.note("P118", digits=said)
        return ""
    return said


def _cite(t: Mapping[str, Cursor]) -> tuple[str, ...]:
    return t["cite"].tokens(empty=True) if "cite" in t else ()


def _ask(t: Mapping[str, Cursor], shown: _Shown, cursor: Cursor) -> Step:
    found = _few(t.get("options"))
    options = tuple(Option(*option) for option in labelled(found, OPTION, cursor.book))
    return Ask(**shown, ask=text(t.get("ask"), cursor.book), options=options)


def _few(cursor: Cursor | None) -> tuple[Cursor, ...]:
    found = cursor.items() if cursor else ()
    if cursor and len(found) > MAX_OPTIONS:
        cursor.note("P112", count=len(found), limit=MAX_OPTIONS)
    return found


def _choose(t: Mapping[str, Cursor], shown: _Shown, cursor: Cursor) -> Step:
    seen: set[str] = set()
    tables = [item.table(*CHOICE.vocabulary) for item in _few(t.get("choose"))]
    choices = {fresh_id(c.get("id"), seen): text(c.get("label"), cursor.book) for c in tables}
    return Choose(**shown, ask=text(t.get("ask"), cursor.book), choices=choices, next=word(t.get("next")))


def _record(t: Mapping[str, Cursor], shown: _Shown, _: Cursor) -> Step:
    return Record(**shown, fields=words(t.get("record")), next=word(t.get("next")))


def _call(t: Mapping[str, Cursor], shown: _Shown, _: Cursor) -> Step:
    return Call(
        **shown,
        roles=words(t.get("call")),
        reached=_branch(t.get("reached")),
        nobody=_branch(t.get("nobody")),
        pick=_flag(t.get("pick")),
        once=_flag(t.get("once")),
    )


def _flag(cursor: Cursor | None) -> bool:
    return cursor.flag() if cursor else False


def _branch(cursor: Cursor | None) -> str:
    return word(cursor.table(*BRANCH.vocabulary).get("next")) if cursor else ""


def _when(t: Mapping[str, Cursor], shown: _Shown, _: Cursor) -> Step:
    lines = t["when"].items() if "when" in t else ()
    return Route(**shown, rules=tuple(_rule(at) for at in lines), otherwise=word(t.get("otherwise")))


def _rule(cursor: Cursor) -> Rule:
    t = cursor.table(*RULE.vocabulary)
    kind = one_key(cursor, t, *RULE.one_of[0])
    values = words(t["in"]) if one_key(cursor, t, *RULE.one_of[1]) == "in" and "in" in t else (word(t.get("is")),)
    subject: Literal["setting", "answer"] = "answer" if kind == "answer" else "setting"
    return Rule(subject, word(t.get(kind)), tuple(v for v in values if v), word(t.get("next")))


def _tell(t: Mapping[str, Cursor], shown: _Shown, _: Cursor) -> Step:
    return Tell(**shown, next=word(t.get("next")))


_READERS: Mapping[str, Callable[[Mapping[str, Cursor], _Shown, Cursor], Step]] = {
    "options": _ask,
    "choose": _choose,
    "record": _record,
    "call": _call,
    "when": _when,
    "next": _tell,
    "": _tell,
}
