"""Findings about a file's structure: keys, kinds, ids, lists."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind

_ROOMS = "".join(f"      - {{id: room-{n}, label: {{en: Room {n}}}, next: over}}\n" for n in range(1, 37))

_PLACES = "".join(f"      room-{n}: {{en: Room {n}}}\n" for n in range(1, 11))

KINDS = (
    Kind(
        "P101",
        "unknown-key",
        "“{key}” is not a key of {where}.",
        "{hint}",
        why="The kiosk would ignore a misspelled key and its value.",
        bad="strat: who\n",
        good="start: who\n",
    ),
    Kind(
        "P102",
        "missing-key",
        "{where} has no “{key}”.",
        "Add “{key}:” with its value.",
        why="Without it, the kiosk would have to guess.",
        bad="interrupts:\n  - {id: left, label: {en: They left}}\n",
        good="interrupts:\n  - {id: left, label: {en: They left}, next: over}\n",
    ),
    Kind(
        "P103",
        "wrong-kind",
        "{where} must be {wanted}, not {found}.",
        "Write it as the manual shows.",
        why="A list in place of one word, or the reverse, usually means that two keys were confused.",
        bad="start: [who]\n",
        good="start: who\n",
    ),
    Kind(
        "P104",
        "duplicate-key",
        "“{key}” occurs twice in the same place.",
        "Keep one of the two.",
        why="The second one would silently replace the first.",
        bad="start: who\nstart: note\n",
        good="start: who\n",
    ),
    Kind(
        "P105",
        "duplicate-id",
        "“{id}” is already used {where}.",
        "Give one of the two another id.",
        why="An answer is stored by its id. With two equal ids, the record could not show which answer was given.",
        bad=(
            "steps:\n"
            "  who:\n"
            "    ask: {en: Who is it?}\n"
            "    options:\n"
            "      - {id: agent, label: {en: An agent}, next: sort}\n"
            "      - {id: agent, label: {en: Somebody else}, next: over}\n"
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
    Kind(
        "P106",
        "bad-id",
        "“{id}” is not a valid id.",
        "Use lowercase letters, digits and single hyphens, up to 64 characters.",
        why="Ids stay in records for years. Plain letters look the same on every computer.",
        bad="steps:\n  Note_It:\n    do: {en: Write it down.}\n    next: over\n",
        good="steps:\n  note-it:\n    do: {en: Write it down.}\n    next: over\n",
    ),
    Kind(
        "P107",
        "reserved-id",
        "“{id}” is a reserved word and can't be an id here.",
        "Choose another id.",
        why="“return”, “press”, “back”, “called” and “design” have a fixed meaning that an id must not hide.",
        bad="steps:\n  press:\n    do: {en: Press the bell.}\n    next: over\n",
        good="steps:\n  press-bell:\n    do: {en: Press the bell.}\n    next: over\n",
    ),
    Kind(
        "P108",
        "unknown-value",
        "{where} can't be “{value}”.",
        "{hint}",
        why="Only a few values are valid here. The kiosk would ignore any other.",
        bad='release: {version: "1", effective: 2026-08-01, review_by: 2027-06-30, status: finished}\n',
        good='release: {version: "1", effective: 2026-08-01, review_by: 2027-06-30, status: final}\n',
    ),
    Kind(
        "P109",
        "two-kinds",
        "{where} has both “{first}” and “{second}”.",
        "Keep one of the two.",
        why="A step does one thing. With two, it would be unclear which one an answer belongs to.",
        bad=(
            "steps:\n  note:\n    do: {en: Write it down.}\n    record: [badge]\n    call: [office]\n    next: phone\n"
        ),
        good="steps:\n  note:\n    do: {en: Write it down.}\n    record: [badge]\n    next: phone\n",
    ),
    Kind(
        "P110",
        "no-kind",
        "{where} has no next step.",
        "Add “next:”, or ask, choose, record, call or when.",
        why="Staff could not continue from this screen.",
        bad="steps:\n  again:\n    do: {en: Try again later.}\n",
        good="steps:\n  again:\n    do: {en: Try again later.}\n    next: return\n",
    ),
    Kind(
        "P111",
        "empty-list",
        "{where} is empty.",
        "Add at least one.",
        why="A question without answers, or a call list without roles, stops the desk.",
        bad="steps:\n  phone:\n    call: []\n    reached: {next: over}\n    nobody: {next: again}\n",
        good="steps:\n  phone:\n    call: [office]\n    reached: {next: over}\n    nobody: {next: again}\n",
    ),
    Kind(
        "P112",
        "too-many-options",
        "There are {count} answers; there are only {limit} keys.",
        "Split the question in two.",
        why="Each answer has its own key, 1 to 9 and a to z. Nobody reads so many answers under stress.",
        bad=("steps:\n  who:\n    ask: {en: Which room?}\n    options:\n" + _ROOMS),
        good=(
            "steps:\n"
            "  who:\n"
            "    ask: {en: Which floor?}\n"
            "    options:\n"
            "      - {id: ground, label: {en: Ground floor}, next: sort}\n"
            "      - {id: upper, label: {en: Upper floor}, next: over}\n"
        ),
    ),
    Kind(
        "P113",
        "too-many-interrupts",
        "There are {count} interrupts; there are only {limit} keys.",
        "Keep the {limit} most important.",
        why="The keys F6 to F9 are always shown, so that staff learn them. There is no fifth.",
        bad=(
            "interrupts:\n"
            "  - {id: danger, label: {en: Danger}, next: over}\n"
            "  - {id: left, label: {en: They left}, next: over}\n"
            "  - {id: ill, label: {en: Someone is ill}, next: over}\n"
            "  - {id: press, label: {en: The press}, next: over}\n"
            "  - {id: lost, label: {en: I am lost}, next: over}\n"
        ),
        good=(
            "interrupts:\n"
            "  - {id: danger, label: {en: Danger}, next: over}\n"
            "  - {id: left, label: {en: They left}, next: over}\n"
            "  - {id: ill, label: {en: Someone is ill}, next: over}\n"
        ),
    ),
    Kind(
        "P114",
        "bad-language",
        "“{language}” is not a language code.",
        "Use a code such as en, es or pt-BR.",
        why="The desk finds translations by these codes.",
        bad="title: {en: A sample, spanish: Una muestra}\n",
        good="title: {en: A sample, es: Una muestra}\n",
    ),
    Kind(
        "P115",
        "key-not-a-word",
        "A key must be a word, not {found}.",
        "Write “word: …”; put quotes around braces.",
        why="YAML reads braces without quotes as a table, so a text that begins with a slot needs quotes.",
        bad="title: {en: A sample, {wait-place}: here}\n",
        good='title: {en: "A sample {wait-place}"}\n',
    ),
    Kind(
        "P116",
        "key-of-another-type",
        "{where} does not belong to a field of the type “{type}”.",
        "Give the field the type that has this key, such as “choice”, or delete the key.",
        why="Some keys belong to one type of field. With another type, they have no meaning.",
        bad="fields:\n  door: {label: {en: The door}, type: line, choices: {yes: {en: Closed}, no: {en: Open}}}\n",
        good="fields:\n  door: {label: {en: The door}, type: choice, choices: {yes: {en: Closed}, no: {en: Open}}}\n",
    ),
    Kind(
        "P117",
        "too-many-choices",
        "There are {count} choices in {where}; there are only {limit} keys.",
        "Keep the {limit} most important, or ask in a separate step.",
        why="Each choice has its own key, 1 to 9, and all are on one screen with other fields.",
        bad="fields:\n  room:\n    label: {en: The room}\n    type: choice\n    choices:\n" + _PLACES,
        good="fields:\n  room: {label: {en: The room}, type: choice, choices: {hall: {en: Hall}, desk: {en: Desk}}}\n",
    ),
    Kind(
        "P118",
        "not-to-be-dialled",
        "“{digits}” can't be dialed.",
        "Write 3 to 15 digits, without spaces or hyphens.",
        why="In an emergency, staff press exactly these digits.",
        bad="steps:\n  again:\n    do: {en: Call.}\n    dial: 9-1-1\n    next: return\n",
        good="steps:\n  again:\n    do: {en: Call.}\n    dial: 911\n    next: return\n",
    ),
    Kind(
        "P119",
        "bad-limit",
        "“{value}” can't be the “{key}” of a number.",
        "Write a whole number of at most nine digits, with “max” at least as large as “min”.",
        why="No number would fit, and staff could not continue.",
        bad="fields:\n  pages: {label: {en: Pages}, type: number, min: 5, max: 2}\n",
        good="fields:\n  pages: {label: {en: Pages}, type: number, min: 2, max: 5}\n",
    ),
)
