"""Findings about a district's settings file and a school's slots."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind

KINDS = (
    Kind(
        "D101",
        "settings-of-another-protocol",
        "These settings are for the protocol “{protocol}”, not for “{used}”.",
        "Name the protocol they are for, or put the right file here.",
        why="Settings of another protocol would have no effect here, and nobody at the desk would notice.",
        bad="kind: settings\nformat: 1\nprotocol: records-request",
        good="kind: settings\nformat: 1\nprotocol: ct-outside-agent",
    ),
    Kind(
        "D102",
        "unknown-setting",
        "The protocol has no setting “{setting}”.",
        "{hint}",
        why="The protocol's default applies instead of the district's choice.",
        bad="choices: {wait-plase: entrance}",
        good="choices: {wait-place: entrance}",
    ),
    Kind(
        "D103",
        "unknown-choice",
        "“{choice}” is not a choice of “{setting}”.",
        "{hint}",
        why="The protocol's default applies instead of the district's choice.",
        bad="choices: {wait-place: entrence}",
        good="choices: {wait-place: entrance}",
    ),
    Kind(
        "D104",
        "unknown-slot",
        "The protocol has no slot “{slot}” for schools.",
        "{hint}",
        why="This text would never be shown, although the school expects it.",
        bad='slots: {meeting-rom: "Room 4"}',
        good='slots: {meeting-room: "Room 4"}',
    ),
    Kind(
        "D105",
        "slot-too-long",
        "The text for “{slot}” has {count} characters; the limit is {limit}.",
        "Write the short name that people use.",
        why="A slot is part of a sentence in the protocol, and that sentence must fit the screen.",
        bad='slots: {meeting-room: "The large room that is past the library and then on the left, beside the stairs"}',
        good='slots: {meeting-room: "Room 4"}',
    ),
    Kind(
        "D106",
        "slot-not-one-line",
        "The text for “{slot}” can't be shown inside a sentence.",
        "Write plain text on one line, without braces.",
        why="A slot is part of a sentence in the protocol; a line break or a brace would break that sentence.",
        bad='slots: {meeting-room: "Room {four}"}',
        good='slots: {meeting-room: "Room 4"}',
    ),
    Kind(
        "D107",
        "not-for-a-school",
        "“{key}” changes the path through the protocol. Only the district may set it, not a school.",
        "Delete it here. The district writes its choices in settings.yaml.",
        why="A school sets its contacts and the names of its rooms. The path through the protocol is approved for the "
        "whole district.",
        bad="kind: contacts\nchoices: {wait-place: entrance}",
        good='kind: contacts\nslots: {meeting-room: "Room 4"}',
    ),
    Kind(
        "D108",
        "odd-short-day",
        "“{times}” can't be read as the time of a short day.",
        "Write one span of that day, as “08:00-12:00”.",
        why="On a short day, people are called only while the schools are open, so the kiosk must understand it.",
        bad='short_days: [{day: 2026-11-25, open: "morning"}]',
        good='short_days: [{day: 2026-11-25, open: "08:00-12:00"}]',
    ),
)
