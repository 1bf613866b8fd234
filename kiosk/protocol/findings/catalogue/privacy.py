"""Findings of what must never be asked or kept."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind

KINDS: tuple[Kind, ...] = (
    Kind(
        "V101",
        "asks-status-or-origin",
        "{where} asks for or holds status or origin: “{words}”.",
        "Delete it; the record has no place for that.",
        why="What was never written can't be demanded, leaked or misread. Status and origin have no place here.",
        bad="fields:\n  immigration-status: {label: {en: Immigration status}}",
        good='fields:\n  reason-as-stated: {label: {en: "What is it about?"}}',
    ),
    Kind(
        "V102",
        "asks-a-personal-number",
        "{where} asks for or holds a number or date of a person: “{words}”.",
        "Delete it; no Social Security number, A-number or birth date is kept.",
        why="Such a number names one person for ever, and opens other records about them.",
        bad="fields:\n  born: {label: {en: Date of birth}}",
        good="fields:\n  how-many: {label: {en: How many people}, type: count}",
    ),
    Kind(
        "V103",
        "asks-looks",
        "{where} asks for or holds what a person looks like: “{words}”.",
        "Ask for what can be read: words on a badge, a car, a vest.",
        why="Looks are guesses about where people come from. They harm the record and those who are described.",
        bad="fields:\n  looks: {label: {en: What they look like}}",
        good="fields:\n  vehicle-marks: {label: {en: Words on cars or vests}}",
    ),
    Kind(
        "V104",
        "names-a-child",
        "{where} asks for or holds who or where a child is: “{words}”.",
        "Delete it, or say “No child's name”; the office that takes over asks what it needs.",
        why="Name, class, room and schedule of a child are what the visitor came for. The desk writes none.",
        bad="fields:\n  student: {label: {en: Student's name}}",
        good='fields:\n  reason-as-stated: {label: {en: "What about? No child\'s name"}}',
    ),
    Kind(
        "V105",
        "tells-to-write-it",
        "{where} tells staff to ask for or write what is never kept: “{words}”.",
        "Take it out, or begin the sentence with “Do not”.",
        why="A note holds what no field may hold, if the screen asks for it.",
        bad="do: {en: Write the child's name and class.}",
        good="do: {en: Leave out any child's name.}",
    ),
)
