"""Findings about shared fragments and renamed ids."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind

KINDS: tuple[Kind, ...] = (
    Kind(
        "P601",
        "unknown-fragment",
        "There is no file “{file}” in this folder, so the fragment “{fragment}” can't be included.",
        "{hint}",
        why="A fragment is a file of steps that several places share. Without it, steps are missing.",
        bad="closing:\n  include: closng",
        good="closing:\n  include: closing        # the file closing.yaml in this folder",
    ),
    Kind(
        "P602",
        "fragment-cycle",
        "These fragments include each other without end: {cycle}.",
        "Delete one of these “include” lines.",
        why="A fragment that includes itself would never end.",
        bad="# in closing.yaml\nsteps:\n  again: {include: closing}",
        good="# in closing.yaml\nsteps:\n  again: {ask: …, options: […]}",
    ),
    Kind(
        "P603",
        "exit-without-target",
        "The fragment “{fragment}” ends at “{exit}”, but {where} has no target for it.",
        "Add “{exit}:” under “exits”, with a step or an outcome.",
        why="Each exit of a fragment needs a target, or staff could not continue there.",
        bad="closing:\n  include: closing\n  exits: {left: over}",
        good="closing:\n  include: closing\n  exits: {left: over, done: handover}",
    ),
    Kind(
        "P604",
        "unknown-exit",
        "The fragment “{fragment}” has no exit “{exit}”.",
        "{hint}",
        why="An unknown exit is usually a typing mistake, so the real exit has no target.",
        bad="exits: {lefft: over}",
        good="exits: {left: over}",
    ),
    Kind(
        "P605",
        "name-of-fragment",
        "The file {file} has the id “{id}”.",
        "Give the file and its “id” the same name.",
        why="Authors and the kiosk find a fragment by its file name.",
        bad="# in closing.yaml\nid: opening",
        good="# in closing.yaml\nid: closing",
    ),
    Kind(
        "P611",
        "was-in-use",
        "“{old}” is listed as an earlier name of “{id}”, but it is a name {where}.",
        "Delete it from “was”, or rename the other one.",
        why="In an older record, the name could then mean either of the two.",
        bad="who:\n  was: [channel]     # and there is a step channel",
        good="who:\n  was: [who-is-it]",
    ),
)
