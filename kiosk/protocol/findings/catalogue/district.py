"""Findings of a district's settings file and of a school's slots."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind

KINDS = (
    Kind(
        "D101",
        "settings-of-another-protocol",
        "These settings are for the protocol “{protocol}”, not for “{used}”.",
        "Name the protocol they are for, or put the right file here.",
        why="Settings of another protocol would choose nothing here, and nobody at the desk could tell.",
        bad="kind: settings\nformat: 1\nprotocol: records-request",
        good="kind: settings\nformat: 1\nprotocol: ct-outside-agent",
    ),
    Kind(
        "D102",
        "unknown-setting",
        "The protocol has no setting “{setting}”.",
        "{hint}",
        why="The protocol's default holds instead of what the district meant to choose.",
        bad="choices: {wait-plase: entrance}",
        good="choices: {wait-place: entrance}",
    ),
    Kind(
        "D103",
        "unknown-choice",
        "“{choice}” is not a choice of “{setting}”.",
        "{hint}",
        why="The protocol's default holds instead of what the district meant to choose.",
        bad="choices: {wait-place: entrence}",
        good="choices: {wait-place: entrance}",
    ),
    Kind(
        "D104",
        "unknown-slot",
        "The protocol has no slot “{slot}” for a school to fill.",
        "{hint}",
        why="These words would never be shown, although the school believes they are.",
        bad='slots: {meeting-rom: "Room 4"}',
        good='slots: {meeting-room: "Room 4"}',
    ),
    Kind(
        "D105",
        "slot-too-long",
        "The words for “{slot}” have {count} characters; there is room for {limit}.",
        "Write the short name people use.",
        why="A slot stands inside a sentence of the protocol, and that sentence must still fit the screen.",
        bad='slots: {meeting-room: "The large room that is past the library and then on the left, beside the stairs"}',
        good='slots: {meeting-room: "Room 4"}',
    ),
    Kind(
        "D106",
        "slot-not-one-line",
        "The words for “{slot}” can't be shown inside a sentence.",
        "Write plain words on one line, without braces.",
        why="A slot stands inside a sentence of the protocol; a line break or a brace would tear that sentence.",
        bad='slots: {meeting-room: "Room {four}"}',
        good='slots: {meeting-room: "Room 4"}',
    ),
    Kind(
        "D107",
        "not-for-a-school",
        "“{key}” decides the way through the protocol; that is the district's, not a school's.",
        "Delete it here; the district writes its choices into settings.yaml.",
        why="A school says who is called and what its rooms are named. Which way the desk is led is signed for the "
        "whole district.",
        bad="kind: contacts\nchoices: {wait-place: entrance}",
        good='kind: contacts\nslots: {meeting-room: "Room 4"}',
    ),
)
