"""Findings of shared fragments and of renamed ids."""

from __future__ import annotations

from kiosk.protocol.findings.catalogue.kind import Kind

KINDS: tuple[Kind, ...] = (
    Kind(
        "P601",
        "unknown-fragment",
        "There is no file “{file}” beside this one, so “{fragment}” can't be taken in.",
        "{hint}",
        why="A fragment is a file of steps that several places share. Without it the desk would stand before nothing.",
        bad="closing:\n  include: closng",
        good="closing:\n  include: closing        # the file closing.yaml in this folder",
    ),
    Kind(
        "P602",
        "fragment-cycle",
        "The fragments take in each other for ever: {cycle}.",
        "Take one of these “include” lines out.",
        why="What takes in itself never comes to an end, so there would be no last screen.",
        bad="# in closing.yaml\nsteps:\n  again: {include: closing}",
        good="# in closing.yaml\nsteps:\n  again: {ask: …, options: […]}",
    ),
    Kind(
        "P603",
        "exit-without-target",
        "The fragment “{fragment}” ends at “{exit}”, and {where} does not say where that leads.",
        "Add “{exit}:” under “exits”, with a step or an outcome.",
        why="Each end of a fragment must lead on, or the desk would be left standing there.",
        bad="closing:\n  include: closing\n  exits: {left: over}",
        good="closing:\n  include: closing\n  exits: {left: over, done: handover}",
    ),
    Kind(
        "P604",
        "unknown-exit",
        "The fragment “{fragment}” has no end “{exit}”.",
        "{hint}",
        why="An end that is not there is mostly a slip of the pen; the right one would then lead nowhere.",
        bad="exits: {lefft: over}",
        good="exits: {left: over}",
    ),
    Kind(
        "P605",
        "name-of-fragment",
        "The file {file} says that its id is “{id}”.",
        "Give the file and its “id” the same name.",
        why="Whoever looks for a fragment looks for its name.",
        bad="# in closing.yaml\nid: opening",
        good="# in closing.yaml\nid: closing",
    ),
    Kind(
        "P611",
        "was-in-use",
        "“{old}” is said to be an earlier name of “{id}”, but it names something {where}.",
        "Take it out of “was”, or rename the other one.",
        why="An old record that names it could then mean either of the two.",
        bad="who:\n  was: [channel]     # and there is a step channel",
        good="who:\n  was: [who-is-it]",
    ),
)
