"""Findings about unknown names: targets, roles, fields, settings, sources, slots."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind

KINDS = (
    Kind(
        "P201",
        "unknown-target",
        "“{target}” is not a step or an outcome.",
        "{hint}",
        why="Staff would press a key and get no screen.",
        bad="start: whom\n",
        good="start: who\n",
    ),
    Kind(
        "P202",
        "unknown-role",
        "“{role}” is not a role.",
        "{hint}",
        why="Nobody would be called.",
        bad="steps:\n  phone:\n    call: [ofice]\n    reached: {next: over}\n    nobody: {next: again}\n",
        good="steps:\n  phone:\n    call: [office]\n    reached: {next: over}\n    nobody: {next: again}\n",
    ),
    Kind(
        "P203",
        "unknown-field",
        "“{field}” is not a field.",
        "{hint}",
        why="There would be no field on the screen, and the fact would be lost.",
        bad="steps:\n  note:\n    record: [badge-number]\n    next: phone\n",
        good="steps:\n  note:\n    record: [badge]\n    next: phone\n",
    ),
    Kind(
        "P204",
        "unknown-setting",
        "“{setting}” is not a setting.",
        "{hint}",
        why="A branch on a setting that does not exist would always take the same path.",
        bad="steps:\n  sort:\n    when: [{setting: place, is: desk, next: note}]\n    otherwise: phone\n",
        good="steps:\n  sort:\n    when: [{setting: wait-place, is: desk, next: note}]\n    otherwise: phone\n",
    ),
    Kind(
        "P205",
        "unknown-source",
        "“{source}” is not a source.",
        "{hint}",
        why="Counsel looks up the source of a step. An unknown name proves nothing.",
        bad="steps:\n  again:\n    do: {en: Try again later.}\n    cite: [gude]\n    next: return\n",
        good="steps:\n  again:\n    do: {en: Try again later.}\n    cite: [guide]\n    next: return\n",
    ),
    Kind(
        "P206",
        "unknown-slot",
        "“{slot}” is not a setting, slot or role, so it would be shown with its braces.",
        "{hint}",
        why="Staff would read the braces aloud.",
        bad=('steps:\n  again:\n    say: {en: "Please wait in {waiting-place}."}\n    next: return\n'),
        good=('steps:\n  again:\n    say: {en: "Please wait in {wait-place}."}\n    next: return\n'),
    ),
    Kind(
        "P207",
        "unknown-choice",
        "“{choice}” is not a choice of “{of}”.",
        "{hint}",
        why="The rule would never apply, or the setting would have no value.",
        bad=(
            "settings:\n"
            "  wait-place: {ask: {en: Where?}, choices: {hall: {en: the hall}, desk: {en: the desk}}, default: lobby}\n"
        ),
        good=(
            "settings:\n"
            "  wait-place: {ask: {en: Where?}, choices: {hall: {en: the hall}, desk: {en: the desk}}, default: hall}\n"
        ),
    ),
    Kind(
        "P208",
        "unknown-answer",
        "“{step}” is not a question or a checklist.",
        "{hint}",
        why="Only questions and checklists have answers to compare.",
        bad="steps:\n  sort:\n    when: [{answer: note, is: agent, next: note}]\n    otherwise: phone\n",
        good="steps:\n  sort:\n    when: [{answer: who, is: agent, next: note}]\n    otherwise: phone\n",
    ),
    Kind(
        "P209",
        "role-never-used",
        "The role “{role}” is required, but nothing calls, refers to or notifies it.",
        "Use it, or delete “required”.",
        why="Every school would have to name a person whom the protocol never calls.",
        bad="roles:\n  nurse: {title: {en: The nurse}, required: true}\n",
        good="roles:\n  nurse: {title: {en: The nurse}}\n",
    ),
)
