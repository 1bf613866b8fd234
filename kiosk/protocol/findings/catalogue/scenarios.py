"""Findings of a scenarios file."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind, Severity

KINDS = (
    Kind(
        "S101",
        "crowded-line",
        "A line of “do” says one thing; here are {count}.",
        "Give each its own line.",
        why="A story is told one step at a time; two on a line have no order.",
        bad="- name: An agent, handed over\n  do:\n    - {who: agent, phone: {office: reached}}\n  outcome: over\n",
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S102",
        "unknown-step",
        "“{step}” is not a step that is shown.",
        "{hint}",
        why="A story about a step that is not there proves nothing.",
        bad=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {hwo: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S103",
        "never-asked",
        "“{step}” decides by itself; nobody answers it.",
        "Delete this line.",
        why="The kiosk decides this by itself; nobody at the desk sees it.",
        bad=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {sort: done}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S104",
        "unknown-option",
        "“{step}” has no answer “{answer}”.",
        "{hint}",
        why="The desk could not give this answer.",
        bad=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agnet}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S105",
        "unknown-interrupt",
        "“{interrupt}” is not an interrupt.",
        "{hint}",
        why="There is no such key to press.",
        bad="- name: An agent, handed over\n  do:\n    - {press: lef}\n  outcome: over\n",
        good="- name: An agent, handed over\n  do:\n    - {press: left}\n  outcome: over\n",
    ),
    Kind(
        "S106",
        "role-not-called",
        "“{step}” does not call “{role}”.",
        "{hint}",
        why="This step calls somebody else.",
        bad=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {helper: reached}}\n"
            "  outcome: over\n"
        ),
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S107",
        "field-not-asked",
        "“{step}” does not ask for “{field}”.",
        "{hint}",
        why="This step has no box for it.",
        bad="- name: An agent, handed over\n  do:\n    - {note: {shoes: brown}}\n  outcome: over\n",
        good="- name: An agent, handed over\n  do:\n    - {note: {badge: refused}}\n  outcome: over\n",
    ),
    Kind(
        "S108",
        "reason-not-offered",
        "“{field}” can't be “{reason}”.",
        "Write what was typed, or add the reason to the field's “missing”.",
        why="The desk can leave a box open only for the reasons that the field allows.",
        bad="- name: An agent, handed over\n  do:\n    - {note: {badge: not-seen}}\n  outcome: over\n",
        good="- name: An agent, handed over\n  do:\n    - {note: {badge: refused}}\n  outcome: over\n",
    ),
    Kind(
        "S109",
        "back-alone",
        "After going back to “{step}”, the next line must answer it.",
        "Add the corrected answer, or delete “back”.",
        why="One goes back to give another answer, so the next line has to be that answer.",
        bad=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {back: who}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {back: who}\n"
            "    - {who: other}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S110",
        "same-name",
        "Another scenario is already called “{name}”.",
        "Give each its own name.",
        why="When one of them fails, nobody would know which.",
        bad=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
            "- name: Another agent\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S111",
        "never-on-screen",
        "“{sight}” is nothing that can be shown.",
        "{hint}",
        why="What can't be shown is never shown, so the story would prove nothing.",
        bad=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
            '  shows: ["say:note"]\n'
        ),
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
            '  shows: ["say:phone"]\n'
        ),
    ),
    Kind(
        "S112",
        "nothing-expected",
        "“{name}” expects nothing, so it proves little.",
        "Add “outcome:” with where it must end.",
        Severity.WARNING,
        why="A story that expects nothing passes whatever happens.",
        bad="- name: An agent\n  do:\n    - {who: agent}\n",
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S113",
        "not-a-count",
        "“{count}” is not a number of people.",
        "Write 0 to {limit}.",
        why="The kiosk plays with that many contacts, so it must be a number.",
        bad=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  people: {office: some}\n"
            "  outcome: over\n"
        ),
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  people: {office: 2}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S114",
        "unknown-outcome",
        "“{outcome}” is not an outcome.",
        "{hint}",
        why="A story can only end where the protocol ends.",
        bad=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: ovr\n"
        ),
        good=(
            "- name: An agent, handed over\n"
            "  do:\n"
            "    - {who: agent}\n"
            "    - {phone: {office: reached}}\n"
            "  outcome: over\n"
        ),
    ),
    Kind(
        "S115",
        "scenario-fails",
        "The scenario “{name}” does not pass: {story}",
        "Correct the protocol, or the scenario where the protocol is right.",
        why="A scenario is a promise about a case that will happen at a desk. One that fails is a broken promise.",
        bad="- name: Somebody else comes\n  do: [{who: agent}]\n  outcome: over\n",
        good="- name: Somebody else comes\n  do: [{who: other}]\n  outcome: over\n",
    ),
    Kind(
        "S116",
        "never-touched",
        "No scenario touches {count} of the {all} {what}: {names}.",
        "Add a scenario that does.",
        Severity.WARNING,
        why="What no scenario touches can change without anybody noticing before it happens at a desk.",
        bad="- name: A parent comes\n  do: [{danger: no}, {who: parent}]\n  outcome: routine",
        good="- name: An agent comes\n  do: [{danger: no}, {who: federal}, {press: they-left}]\n  outcome: left",
    ),
    Kind(
        "S117",
        "too-many-lines",
        "“{name}” has {count} lines of “do”; at most {limit} are played.",
        "Split it into shorter cases.",
        why="A case that long is nobody's memory of a visit, and it would hold up every check.",
        bad="- name: All day\n  do: [{danger: no}, …]",
        good="- name: In the morning\n  do: [{danger: no}, {who: parent}]",
    ),
    Kind(
        "S118",
        "not-played",
        "{count} scenarios were not played, for the file is too large.",
        "Split it: `kiosk protocol test --scenarios FILE` plays another.",
        Severity.WARNING,
        why="What was not played proves nothing; a check must come to an end.",
        bad="- {name: …}   # ten thousand of them",
        good="- {name: …}   # as many as a person can read",
    ),
    Kind(
        "S119",
        "value-does-not-fit",
        "“{value}” does not fit the field “{field}”.",
        "{repair}",
        why="The desk takes only what the field's type allows, so nobody could have typed that.",
        bad="- name: A sealed letter\n  do:\n    - {letter: {sealed: perhaps}}\n  outcome: over\n",
        good="- name: A sealed letter\n  do:\n    - {letter: {sealed: partly}}\n  outcome: over\n",
    ),
    Kind(
        "S201",
        "walk-breaks",
        "The kiosk breaks when “{step}” is answered with {way}. The way there: {story}.",
        "Tell whoever looks after the kiosk; no answer may ever do that.",
        why="The kiosk was walked through every answer before anybody stands at the desk; this one stopped it.",
        bad="options: [{id: yes, label: {en: Yes}, next: …}]",
        good="options: [{id: yes, label: {en: Yes}, next: call-911}]",
    ),
    Kind(
        "S202",
        "walk-goes-nowhere",
        "After “{step}” is answered with {way} the kiosk stands at nothing new. The way there: {story}.",
        "Look where that answer leads.",
        why="The person at the desk would press a key and nothing would happen.",
        bad="call-911: {do: {en: Call 911.}, next: …}",
        good="call-911: {do: {en: Call 911.}, next: emergency}",
    ),
    Kind(
        "S203",
        "walk-shows-nothing",
        "“{step}” is an empty screen. The way there: {story}.",
        "Add “title”, “do” or “say”.",
        why="The person at the desk would look at a blank screen with an agent in front of them.",
        bad='wait: {do: {en: " "}, next: handover}',
        good="wait: {do: {en: Wait with them.}, next: handover}",
    ),
    Kind(
        "S204",
        "walk-offers-nothing",
        "“{step}” asks, but offers no answer. The way there: {story}.",
        "Add an answer that can always be given.",
        why="The desk could only press an interrupt to get away from this question.",
        bad="options:\n  - {id: back, label: {en: Back}, next: return}\n",
        good=(
            "options:\n  - {id: back, label: {en: Back}, next: return}\n  - {id: on, label: {en: Go on}, next: wait}\n"
        ),
    ),
    Kind(
        "S205",
        "walk-does-not-come-back",
        "After the interrupt “{way}” on “{step}”, the way back does not lead back there. The way there: {story}.",
        "Tell whoever looks after the kiosk.",
        why="Who was interrupted must find the step again that they were on.",
        bad="past: {do: {en: Do not follow them.}, next: …}",
        good="past: {do: {en: Do not follow them.}, next: return}",
    ),
    Kind(
        "S206",
        "line-never-decides",
        "Line {number} of “{step}”, “{rule}”, never decides, whatever is answered and chosen.",
        "Delete it, or put it before the line that hides it.",
        Severity.WARNING,
        why="Somebody wrote this line for a case. The case is handled another way, and nobody sees that.",
        bad=(
            "steps:\n"
            "  sort:\n"
            "    when:\n"
            "      - {setting: wait-place, in: [hall, desk], next: note}\n"
            "      - {setting: wait-place, is: desk, next: phone}\n"
            "    otherwise: phone\n"
        ),
        good=(
            "steps:\n"
            "  sort:\n"
            "    when:\n"
            "      - {setting: wait-place, is: hall, next: note}\n"
            "      - {setting: wait-place, is: desk, next: phone}\n"
            "    otherwise: phone\n"
        ),
    ),
    Kind(
        "S207",
        "answer-never-offered",
        "The answer “{answer}” of “{step}” is never offered: there is never anything to return to.",
        "Name a step instead of “return”, or delete it.",
        Severity.WARNING,
        why="An answer that is never on the screen is one that its author counts on in vain.",
        bad=(
            "steps:\n"
            "  who:\n"
            "    ask: {en: Who is it?}\n"
            "    cite: [guide]\n"
            "    options:\n"
            "      - {id: agent, label: {en: An agent}, next: sort}\n"
            "      - {id: back, label: {en: Back}, next: return}\n"
        ),
        good=(
            "steps:\n"
            "  who:\n"
            "    ask: {en: Who is it?}\n"
            "    cite: [guide]\n"
            "    options:\n"
            "      - {id: agent, label: {en: An agent}, next: sort}\n"
            "      - {id: back, label: {en: Back}, next: over}\n"
        ),
    ),
    Kind(
        "S208",
        "walked-in-part",
        "The protocol is too large to be walked whole: {tried} of {count} answers were tried.",
        "Split it, or let fewer settings decide the way.",
        Severity.WARNING,
        why="What was not walked was not proved to work; the rest was.",
        bad="steps: {…}   # two thousand of them",
        good="steps: {…}   # as many as a desk can learn",
    ),
)
