"""Findings of words that are not there or there twice, and of outcomes that refer to nobody."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind, Severity

KINDS = (
    Kind(
        "P401",
        "no-words",
        "There are no words in {where}.",
        "Write them, or delete the key.",
        why="The screen would be empty there.",
        bad="title: {en: }\n",
        good="title: {en: A sample}\n",
    ),
    Kind(
        "P402",
        "no-source-words",
        "{where} has no words in “{language}”, the source language.",
        "Add “{language}: …”.",
        why="Translations are made from the source language. Without it nobody can check them.",
        bad="title: {es: Una muestra}\n",
        good="title: {en: A sample, es: Una muestra}\n",
    ),
    Kind(
        "P403",
        "nothing-to-say",
        "There is nothing to say in {where}.",
        "Write the words, or delete “say”.",
        why="Staff would be told to say something, and find no words.",
        bad=('steps:\n  again:\n    do: {en: Try again later.}\n    say: {en: ""}\n    next: return\n'),
        good="steps:\n  again:\n    do: {en: Try again later.}\n    next: return\n",
    ),
    Kind(
        "P404",
        "step-without-words",
        "“{step}” would show an empty screen.",
        "Add “title”, “do” or “say”.",
        why="The desk would sit before an empty screen and not know what to do.",
        bad="steps:\n  again:\n    cite: [design]\n    next: return\n",
        good="steps:\n  again:\n    do: {en: Try again later.}\n    cite: [design]\n    next: return\n",
    ),
    Kind(
        "P405",
        "outcome-without-referral",
        "“{outcome}” is not routine and refers to nobody.",
        "Add “refer:” with a role, or “routine: true”.",
        why="Whoever asks about a student is sent to somebody with authority. Only an ordinary visit needs no one.",
        bad="outcomes:\n  over: {title: {en: Handed over}}\n",
        good="outcomes:\n  over: {title: {en: Handed over}, refer: office}\n",
    ),
    Kind(
        "P406",
        "to-do",
        "There is still a TODO in {where}.",
        "Write the final words.",
        Severity.WARNING,
        why="A TODO is fine while you write. Before the protocol is approved, the final words must be there.",
        bad="title: {en: TODO a name}\n",
        good="title: {en: A sample}\n",
    ),
    Kind(
        "P407",
        "nothing-cited",
        "“{step}” does not say where it comes from.",
        "Add “cite:” with a source, or “design”.",
        Severity.WARNING,
        why="Staff and counsel ask “who says so?”. Every screen should answer that.",
        bad="steps:\n  again:\n    do: {en: Try again later.}\n    next: return\n",
        good="steps:\n  again:\n    do: {en: Try again later.}\n    cite: [design]\n    next: return\n",
    ),
    Kind(
        "P408",
        "unknown-outcome-role",
        "“{role}” is not a role, so “{outcome}” {use} nobody.",
        "{hint}",
        why="At the end the agent would be sent to nobody, or nobody would be told.",
        bad="outcomes:\n  over: {title: {en: Handed over}, refer: office, to_notify: [helpers]}\n",
        good="outcomes:\n  over: {title: {en: Handed over}, refer: office, to_notify: [helper]}\n",
    ),
    Kind(
        "P409",
        "same-label",
        "“{first}” and “{second}” have the same words in “{language}”: “{label}”.",
        "Give one of the two other words.",
        why="Staff could not tell the two keys apart, and the record would hold one of them by chance.",
        bad=(
            "steps:\n"
            "  who:\n"
            "    ask: {en: Who is it?}\n"
            "    options:\n"
            "      - {id: agent, label: {en: An agent}, next: sort}\n"
            "      - {id: other, label: {en: An agent}, next: over}\n"
        ),
        good=(
            "steps:\n"
            "  who:\n"
            "    ask: {en: Who is it?}\n"
            "    options:\n"
            "      - {id: agent, label: {en: An agent}, next: sort}\n"
            "      - {id: other, label: {en: Somebody else}, next: over}\n"
        ),
    ),
)
