"""Copies whose way through the protocol is broken: edges, calls, loops, ends, decisions, names, guarantees."""

from __future__ import annotations

from typing import Final

from tests.protocols.mutation import Mutation

_DOOR: Final = '      - {id: door, label: {en: "At the door or the counter"}, next: who}\n'
_KEYS: Final = """\
  - {id: went-past, label: {en: "Went past me"}, next: past}
  - {id: they-left, label: {en: "They left"}, next: left}
  - {id: hand-over, label: {en: "Hand over"}, next: handed-over}

# `do` is for your staff. `say` is read aloud, word for word. `next` names the screen that follows.
# `nobody: {next: return}` goes on where an answer would have led; who was not reached stays on the list to be called.
# Answers that lead to 911, to “went past”, to “must come in now” or to “someone taken” never have the same key as the
# everyday answer of the question before: a key that is pressed twice must do no harm. tests/protocols holds that.
steps:
"""
_FIVE_SCREENS: Final = "".join(
    f'  more-{n}:\n    title: {{en: "Go on"}}\n    cite: [design]\n    next: more-{n + 1}\n' for n in range(1, 5)
)
_HAND_OVER: Final = '  - {id: hand-over, label: {en: "Hand over"}, next: handed-over}\n'

WAYS: Final = (
    Mutation(
        "An answer leads nowhere any more",
        "P102",
        'relative or other visitor"}, next: visitor}',
        'relative or other visitor"}}',
    ),
    Mutation(
        "A step says no longer what comes next", "P102", "[agents]\n    next: dcf-now", "[agents]", "  dcf-note:\n"
    ),
    Mutation(
        "A screen to read says no longer what comes next",
        "P110",
        "cite: [lausd-2025, design]\n    next: child-call\n",
        "cite: [lausd-2025, design]\n",
        "  child-care:\n    title",
    ),
    Mutation(
        "A call says no longer what comes when nobody answers",
        "P102",
        "    reached: {next: past-note}\n    nobody: {next: return}",
        "    reached: {next: past-note}",
        "  past:\n    title",
    ),
    Mutation(
        "An answer leads around the call to an end",
        "G201",
        'office-who}\n      - {id: left, label: {en: "They left"}, next: left}',
        'office-who}\n      - {id: left, label: {en: "They left"}, next: referred-left}',
        "- id: no-end-without-a-call",
        says="They left → outcome “They left”",
    ),
    Mutation(
        "An outcome refers to nobody",
        "P405",
        '    refer: superintendent-office\n    to_notify: [superintendent-office]\n    do: {en: "Leave',
        '    to_notify: [superintendent-office]\n    do: {en: "Leave',
        "  handover:\n    title",
    ),
    Mutation(
        "An outcome refers past the office",
        "G102",
        'Do not block them"}\n    refer: superintendent-office',
        'Do not block them"}\n    refer: principal',
        "refer: principal",
    ),
    Mutation(
        "The Danger key is gone",
        "G103",
        '  - {id: danger, label: {en: "Danger"}, next: call-911}\n',
        "",
        "interrupts:\n",
    ),
    Mutation(
        "The Danger key has another name",
        "G103",
        '  - {id: danger, label: {en: "Danger"}',
        '  - {id: alarm, label: {en: "Danger"}',
        "interrupts:\n",
    ),
    Mutation(
        "The Danger key only ends the visit",
        "G103",
        '{en: "Danger"}, next: call-911}',
        '{en: "Danger"}, next: observed}',
    ),
    Mutation(
        "No key leads to a call any more, and Danger only after five screens",
        "G104",
        '  - {id: danger, label: {en: "Danger"}, next: call-911}\n' + _KEYS,
        '  - {id: danger, label: {en: "Danger"}, next: more-1}\n\nsteps:\n'
        + _FIVE_SCREENS
        + '  more-5:\n    title: {en: "Go on"}\n    cite: [design]\n    next: emergency-call\n',
        "  more-1:\n",
    ),
    Mutation(
        "A note leads to itself endlessly", "P303", "    next: left-office\n", "    next: left\n", "  left:\n    title"
    ),
    Mutation(
        "A step returns, and nothing was called",
        "P304",
        "cite: [lausd-2025, design]\n    next: child-call\n",
        "cite: [lausd-2025, design]\n    next: return\n",
    ),
    Mutation(
        "An answer returns where there is nothing to return to",
        "S207",
        '"Now they say they are an agent"}, next: which-first}',
        '"Now they say they are an agent"}, next: return}',
    ),
    Mutation(
        "A decision leads to itself endlessly",
        "P305",
        "    otherwise: emergency\n",
        "    otherwise: which-first\n",
        "  which-first:\n    when",
    ),
    Mutation(
        "A call that is made once leads to itself",
        "P306",
        "    reached: {next: past-note}\n",
        "    once: true\n    reached: {next: past}\n",
        "  past:\n    title",
    ),
    Mutation(
        "Two lines of a decision are the same",
        "S206",
        "      - {setting: who-asks, is: administrator, next: call-now}\n",
        "      - {setting: who-asks, is: administrator, next: call-now}\n"
        "      - {setting: who-asks, is: administrator, next: identify}\n",
    ),
    Mutation(
        "Nothing leads to a step any more",
        "P301",
        'another employee"}, next: passed-on-who}',
        'another employee"}, next: mail-who}',
        "  passed-on-who:\n    ask",
    ),
    Mutation(
        "There are five interrupts",
        "P113",
        _HAND_OVER,
        _HAND_OVER + '  - {id: fifth, label: {en: "Fifth"}, next: left}\n',
        "interrupts:\n",
    ),
    Mutation(
        "A question has 36 answers",
        "P112",
        _DOOR,
        _DOOR + "".join(f'      - {{id: x{n}, label: {{en: "Way {n}"}}, next: who}}\n' for n in range(28)),
        "    options:\n      - {id: door",
    ),
)

NAMES: Final = (
    Mutation(
        "A target is misspelt", "P201", "reached: {next: ask-or-not}", "reached: {next: ask-or-nto}", says="ask-or-nto"
    ),
    Mutation("The first step is not there", "P201", "start: danger\n", "start: dangr\n"),
    Mutation(
        "A call names a role that is not there",
        "P202",
        "call: [superintendent-office, designated-administrator]",
        "call: [superintendents-office, designated-administrator]",
    ),
    Mutation(
        "After hours a role is called that is not there",
        "P202",
        "after_hours: [after-hours-contact]",
        "after_hours: [duty-officer]",
        "after_hours: [",
    ),
    Mutation(
        "An outcome tells a role that is not there",
        "P408",
        '    to_notify: [superintendent-office]\n    do: {en: "Leave',
        '    to_notify: [superintendents-office]\n    do: {en: "Leave',
    ),
    Mutation(
        "A step asks for a field that is not there", "P203", "record: [emergency-words]", "record: [emergency-wrds]"
    ),
    Mutation(
        "A decision looks at a setting that is not there",
        "P204",
        "{setting: ask-supervisor, is: yes, next",
        "{setting: ask-supervisors, is: yes, next",
    ),
    Mutation(
        "A decision looks for a choice that is not there",
        "P207",
        "{setting: ask-supervisor, is: yes, next",
        "{setting: ask-supervisor, is: yess, next",
    ),
    Mutation(
        "A decision looks at a step that is not there",
        "P208",
        "{answer: papers-now, in: [dropped]",
        "{answer: paper-now, in: [dropped]",
    ),
    Mutation(
        "A decision looks for an answer that is not there",
        "P207",
        "{answer: papers-now, in: [dropped]",
        "{answer: papers-now, in: [droped]",
    ),
    Mutation(
        "A step cites a source that is not there",
        "P205",
        "cite: [ct-2017, fbi-2025, kittery-2025]",
        "cite: [ct-2017, fbi-2026, kittery-2025]",
    ),
    Mutation(
        "A sentence has a slot that is not there", "P206", "Please wait {wait-place}.", "Please wait {wait-plase}."
    ),
    Mutation(
        "A required role is called by nobody",
        "P209",
        "  communications: {title",
        '  nurse: {title: {en: "Nurse"}, required: true}\n  communications: {title',
    ),
)

GUARANTEES: Final = (
    Mutation(
        "A federal agent is questioned before anybody is called",
        "G201",
        "{setting: call-order, is: call-first, next: call-now}",
        "{setting: call-order, is: call-first, next: identify}",
        "- id: call-before-questions",
        says="is “Call first”",
    ),
    Mutation(
        "One outcome no longer tells the superintendent",
        "G201",
        '    to_notify: [designated-administrator, superintendent-office]\n    do: {en: "Do not follow them.',
        '    to_notify: [designated-administrator]\n    do: {en: "Do not follow them.',
        "- id: superintendent-is-told",
        says="outcome “They went in. Do not block them”",
    ),
    Mutation(
        "The desk asks where only the administrator may",
        "G201",
        "reached: {next: ask-or-not}",
        "reached: {next: identify}",
        "- id: only-the-administrator-asks",
        says="“Only the administrator”",
    ),
    Mutation(
        "A paper is described before the desk was warned not to take it",
        "G201",
        '{en: "A court"}, next: paper-care}',
        '{en: "A court"}, next: paper-note}',
        "- id: no-paper-is-taken-unwarned",
        says="A court",
    ),
    Mutation(
        "A chase is held up by a call",
        "G201",
        'chasing someone"}, next: police-now}',
        'chasing someone"}, next: police-call}',
        "- id: chase-is-never-delayed",
        says="They are chasing someone",
    ),
    Mutation(
        "DCF is asked for papers",
        "G201",
        "[agents]\n    next: dcf-now",
        "[agents]\n    next: request",
        "- id: dcf-is-not-asked-for-papers",
        says="Write their names",
    ),
    Mutation(
        "The principal is not notified of danger",
        "G201",
        "call: [principal, designated-administrator, superintendent-office]\n    reached: {next: emergency-office}",
        "call: [designated-administrator]\n    reached: {next: emergency-office}",
        "- id: danger-reaches-the-principal",
        says="I am safe",
    ),
    Mutation(
        "Handing over takes a second key",
        "G201",
        '{en: "Hand over"}, next: handed-over}',
        '{en: "Hand over"}, next: call-hand-over}',
        "- id: hand-over-is-one-key-away",
        says="is shown",
    ),
    Mutation(
        "A guarantee is about nothing that happens",
        "G002",
        "from-every-step: {step: handed-over}",
        "from-every-step: {screen: handed-over}",
    ),
    Mutation(
        "A guarantee names a step that is not there",
        "G007",
        "from-every-step: {step: handed-over}",
        "from-every-step: {step: hand-over}",
    ),
    Mutation(
        "A guarantee does not say what it promises",
        "G001",
        "    from-every-step: {step: handed-over}\n",
        "",
        "- id: hand-over-is-one-key-away",
    ),
)
