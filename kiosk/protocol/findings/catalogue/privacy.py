"""Findings about information that must never be asked for or stored."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind

KINDS: tuple[Kind, ...] = (
    Kind(
        "V101",
        "asks-status-or-origin",
        "{where} asks for or contains status or origin: “{words}”.",
        "Delete it. Records never contain status or origin.",
        why="Information that was never written can't be demanded, leaked or misread.",
        bad="fields:\n  immigration-status: {label: {en: Immigration status}}",
        good='fields:\n  reason-as-stated: {label: {en: "What is it about?"}}',
    ),
    Kind(
        "V102",
        "asks-a-personal-number",
        "{where} asks for or contains a personal number or date: “{words}”.",
        "Delete it. Records never contain Social Security numbers, A-numbers or birth dates.",
        why="Such a number identifies a person permanently and links to other records about them.",
        bad="fields:\n  born: {label: {en: Date of birth}}",
        good="fields:\n  how-many: {label: {en: How many people}, type: count}",
    ),
    Kind(
        "V103",
        "asks-looks",
        "{where} asks for or contains a person's appearance: “{words}”.",
        "Ask for words that can be read: on a badge, a car, a vest.",
        why="Appearance leads to guesses about origin. Such guesses harm the people described and the record.",
        bad="fields:\n  looks: {label: {en: What they look like}}",
        good="fields:\n  vehicle-marks: {label: {en: Words on cars or vests}}",
    ),
    Kind(
        "V104",
        "names-a-child",
        "{where} asks for or contains a child's name or place: “{words}”.",
        "Delete it, or write “No child's name”. The office that takes over asks for what it needs.",
        why="The visitor wants a child's name, class, room or schedule. The desk never writes them.",
        bad="fields:\n  student: {label: {en: Student's name}}",
        good='fields:\n  reason-as-stated: {label: {en: "What about? No child\'s name"}}',
    ),
    Kind(
        "V105",
        "tells-to-write-it",
        "{where} tells staff to ask for or write information that must never be stored: “{words}”.",
        "Delete it, or begin the sentence with “Do not”.",
        why="If the screen asks for it, staff will write it in a note.",
        bad="do: {en: Write the child's name and class.}",
        good="do: {en: Leave out any child's name.}",
    ),
)
