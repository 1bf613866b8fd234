"""Copies whose file is broken: keys, ids, values, dates, signs that may not be there, fragments, allowances."""

from __future__ import annotations

from typing import Final

from tests.protocols.mutation import Mutation

_MAIL: Final = """\
  mail:
    title: {en: "Keep it as it came"}
    do: {en: "Keep every page and the envelope. Leave out any child's name below."}
    cite: [pa-25-1, nj-doe, legal-papers]
    record: [agency-as-stated, reason-as-stated]
    next: remote-call
"""
_TAKEN_IN: Final = "  mail:\n    include: mail\n"
_FRAGMENT: Final = """\
kind: fragment
format: 1
id: mail
start: keep
exits: [done]
steps:
  keep:
    title: {en: "Keep it as it came"}
    do: {en: "Keep the original."}
    cite: [pa-25-1]
    next: done
"""
_ROUND: Final = """\
kind: fragment
format: 1
id: mail
start: keep
steps:
  keep:
    include: mail
"""


def _allow(line: str) -> str:
    return f"allow:\n  - {{{line}}}\n\nguarantees:\n"


SHAPE: Final = (
    Mutation("A key is misspelt", "P101", '    do: {en: "Stay calm.', '    doo: {en: "Stay calm.'),
    Mutation("A key that must be there is gone", "P102", "jurisdiction: US-CT\n", "", "kind: protocol\n"),
    Mutation(
        "A step has both an answer and a task",
        "P109",
        '    do: {en: "Look from inside."}\n',
        '    do: {en: "Look from inside."}\n    record: [how-many]\n',
        "  outside-now:\n    ask",
    ),
    Mutation("A list is empty", "P111", "record: [emergency-words]", "record: []"),
    Mutation(
        "An answer's name is there twice",
        "P105",
        "      - {id: gone, label",
        '      - {id: waiting, label: {en: "They sit"}, next: entered}\n      - {id: gone, label',
    ),
    Mutation("A step is there twice", "P104", "  claimed-now:\n", "  claimed:\n", "  claimed:\n    ask"),
    Mutation("A step and an outcome have one name", "P105", "  observed:\n    title", "  police:\n    title"),
    Mutation("An id has capitals", "P106", "      - {id: dropped, label", "      - {id: Dropped, label"),
    Mutation(
        "A step has a name that is kept for something else", "P107", "  police-now:\n    title", "  press:\n    title"
    ),
    Mutation("A field is of a type that there is not", "P108", "    type: phone\n", "    type: photo\n"),
    Mutation(
        "Choices stand in a field that is typed",
        "P116",
        "    type: phone\n",
        '    type: phone\n    choices: {yes: {en: "It is theirs"}}\n',
        "    choices: {yes",
    ),
    Mutation(
        "A fact has more choices than there are keys",
        "P117",
        "    type: phone\n",
        "    type: choice\n    choices:\n" + "".join(f'      n{n}: {{en: "{n} of them"}}\n' for n in range(10)),
        "    choices:\n      n0",
    ),
    Mutation(
        "A choice is called like a reason",
        "P107",
        "    type: phone\n",
        '    type: choice\n    choices: {none: {en: "They have none"}}\n',
        "    choices: {none",
    ),
    Mutation(
        "A number to dial has hyphens",
        "P118",
        "  outside-now:\n    ask",
        "  outside-now:\n    dial: 9-1-1\n    ask",
        "    dial: 9-1-1",
    ),
    Mutation(
        "A number's limits leave no number",
        "P119",
        "    type: phone\n",
        "    type: number\n    min: 5\n    max: 2\n",
        "    max: 2",
    ),
    Mutation("A list stands where a word must be", "P103", "start: danger\n", "start: [danger, who]\n"),
    Mutation("A language is none", "P114", '{en: "Stay calm. Choose', '{english: "Stay calm. Choose'),
    Mutation(
        "An old name is still in use",
        "P611",
        "  wont-say:\n    ask",
        "  wont-say:\n    was: visitor\n    ask",
        "was: visitor",
    ),
    Mutation("A format of the future", "P108", "format: 1\n", "format: 2\n"),
)

DATES: Final = (
    Mutation("The day of the review is past", "P503", "review_by: 2027-01-31", "review_by: 2026-08-31"),
    Mutation("The review is before the first day", "P502", "review_by: 2027-01-31", "review_by: 2026-07-31"),
    Mutation("A day that no month has", "P501", "effective: 2026-08-01", "effective: 2026-08-32"),
    Mutation("It takes effect only later", "P507", "effective: 2026-08-01", "effective: 2027-01-01"),
    Mutation("Its version can't be put in order", "P509", 'version: "2026.1"', 'version: "2026 final"'),
)

SIGNS: Final = (
    Mutation("A tab indents", "P006", "  danger:\n    ask", "  danger:\n\task"),
    Mutation("A byte is not UTF-8", "P002", "Stay calm.", "Stay c\udce1lm."),
    Mutation("An alias stands for a list", "P008", "cite: [csde-2025, ct-vote-2025, nj-doe]", "cite: *sources"),
    Mutation(
        "A second document follows", "P007", "\n  outside-now:\n", "\n---\n  outside-now:\n", "---\n  outside-now"
    ),
    Mutation("A tag says how to read a word", "P009", "start: danger", "start: !!python/name:os.system danger"),
    Mutation("A control character rings a bell", "P013", "Stay calm.", "Stay\a calm."),
    Mutation("A character turns the words around", "P014", "Stay calm.", "Stay \u202emlac."),
    Mutation(
        "A quotation mark is left open",
        "P005",
        'A visit by an agent is not danger by itself."}',
        "A visit by an agent is not danger by itself.}",
    ),
    Mutation("The Spanish file is not UTF-8", "P002", "Mantenga la calma.", "Mantenga la c\udce1lma.", file="es.yaml"),
)

FRAGMENTS: Final = (
    Mutation("A fragment is missing", "P601", _MAIL, _TAKEN_IN, "include: mail"),
    Mutation(
        "A fragment takes itself in",
        "P602",
        _MAIL,
        _TAKEN_IN,
        "    include: mail",
        found_in="mail.yaml",
        beside={"mail.yaml": _ROUND},
    ),
    Mutation(
        "An end of a fragment leads nowhere", "P603", _MAIL, _TAKEN_IN, "  mail:\n", beside={"mail.yaml": _FRAGMENT}
    ),
    Mutation(
        "A fragment has no such end",
        "P604",
        _MAIL,
        _TAKEN_IN + "    exits: {done: remote-call, left: observed}\n",
        "exits: {done",
        beside={"mail.yaml": _FRAGMENT},
    ),
    Mutation(
        "A step in a fragment holds people up",
        "W115",
        _MAIL,
        _TAKEN_IN + "    exits: {done: remote-call}\n",
        '    do: {en: "Delay',
        found_in="mail.yaml",
        beside={"mail.yaml": _FRAGMENT.replace("Keep the original.", "Delay them.")},
    ),
)

ALLOWANCES: Final = (
    Mutation(
        "An error is to be let stand",
        "P702",
        "guarantees:\n",
        _allow("code: P405, at: outcomes.handover, reason: We like it that way"),
        "code: P405",
    ),
    Mutation(
        "A TODO is to be let stand",
        "P702",
        "guarantees:\n",
        _allow("code: P406, at: steps.who, reason: We do it next year"),
        "code: P406",
    ),
    Mutation(
        "A warning that is not there is let stand",
        "P703",
        "guarantees:\n",
        _allow("code: P407, at: steps.who, reason: It only sorts who came"),
        "code: P407",
    ),
    Mutation(
        "A code that there is not is let stand",
        "P701",
        "guarantees:\n",
        _allow("code: P999, at: steps.who, reason: It only sorts who came"),
        "code: P999",
    ),
    Mutation(
        "A warning is let stand without a reason",
        "P704",
        "guarantees:\n",
        _allow("code: P407, at: steps.who, reason: because"),
        "reason: because",
    ),
    Mutation(
        "A warning is let stand nowhere",
        "P705",
        "guarantees:\n",
        _allow("code: P407, at: steps.whom, reason: It only sorts who came"),
        "at: steps.whom",
    ),
)
