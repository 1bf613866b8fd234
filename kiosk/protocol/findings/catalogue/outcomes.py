"""Findings about missing or duplicate texts, and about outcomes without a referral."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind, Severity

KINDS = (
    Kind(
        "P401",
        "no-words",
        "{where} is empty.",
        "Write the text, or delete the key.",
        why="The screen would show nothing there.",
        bad="title: {en: }\n",
        good="title: {en: A sample}\n",
    ),
    Kind(
        "P402",
        "no-source-words",
        "{where} has no text in “{language}”, the source language.",
        "Add “{language}: …”.",
        why="Translations are made from the source language. Without it, nobody can check them.",
        bad="title: {es: Una muestra}\n",
        good="title: {en: A sample, es: Una muestra}\n",
    ),
    Kind(
        "P403",
        "nothing-to-say",
        "{where} has no text to say.",
        "Write the text, or delete “say”.",
        why="The screen would ask staff to say something, but show no text.",
        bad=('steps:\n  again:\n    do: {en: Try again later.}\n    say: {en: ""}\n    next: return\n'),
        good="steps:\n  again:\n    do: {en: Try again later.}\n    next: return\n",
    ),
    Kind(
        "P404",
        "step-without-words",
        "“{step}” would show an empty screen.",
        "Add “title”, “do” or “say”.",
        why="Staff would see an empty screen and not know what to do.",
        bad="steps:\n  again:\n    cite: [design]\n    next: return\n",
        good="steps:\n  again:\n    do: {en: Try again later.}\n    cite: [design]\n    next: return\n",
    ),
    Kind(
        "P405",
        "outcome-without-referral",
        "“{outcome}” is not routine and refers to nobody.",
        "Add “refer:” with a role, or “routine: true”.",
        why="A person who asks about a student is referred to someone with authority. Only a routine visit needs none.",
        bad="outcomes:\n  over: {title: {en: Handed over}}\n",
        good="outcomes:\n  over: {title: {en: Handed over}, refer: office}\n",
    ),
    Kind(
        "P406",
        "to-do",
        "There is still a TODO in {where}.",
        "Write the final text.",
        Severity.WARNING,
        why="A TODO is fine in a draft. Before approval, the text must be final.",
        bad="title: {en: TODO a name}\n",
        good="title: {en: A sample}\n",
    ),
    Kind(
        "P407",
        "nothing-cited",
        "“{step}” cites no source.",
        "Add “cite:” with a source, or “design”.",
        Severity.WARNING,
        why="Staff and counsel ask where a rule comes from. Every step should say so.",
        bad="steps:\n  again:\n    do: {en: Try again later.}\n    next: return\n",
        good="steps:\n  again:\n    do: {en: Try again later.}\n    cite: [design]\n    next: return\n",
    ),
    Kind(
        "P408",
        "unknown-outcome-role",
        "“{role}” is not a role, so “{outcome}” {use} nobody.",
        "{hint}",
        why="At the end, the agent would be referred to nobody, or nobody would be notified.",
        bad="outcomes:\n  over: {title: {en: Handed over}, refer: office, to_notify: [helpers]}\n",
        good="outcomes:\n  over: {title: {en: Handed over}, refer: office, to_notify: [helper]}\n",
    ),
    Kind(
        "P409",
        "same-label",
        "“{first}” and “{second}” have the same text in “{language}”: “{label}”.",
        "Change one of the two.",
        why="Staff could not distinguish the two answers, so the record would be unreliable.",
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
