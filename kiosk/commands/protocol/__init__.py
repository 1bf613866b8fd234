"""`kiosk protocol`: write, check, test, see, approve and install the superintendent's protocol."""

from __future__ import annotations

import argparse

from kiosk.commands import add
from kiosk.commands.common.dates import add_as_of
from kiosk.commands.protocol import approve, diff, explain, graph_and_proof, install, key, new, schema, translate
from kiosk.commands.protocol import check as checking
from kiosk.commands.protocol import show as showing
from kiosk.commands.protocol import test as trying

_TARGET = "the folder of a pack, or a pack's id; the one in the settings when left out"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `kiosk protocol` takes."""
    commands = parser.add_subparsers(title="commands, in the order of use", metavar="COMMAND", required=True)
    new.arguments(add(commands, "new", "start a protocol from the template"))
    check = add(commands, "check", "say everything that is wrong with it")
    explain.arguments(add(commands, "explain", "explain a finding by its code, or list all"))
    test = add(commands, "test", "run its scenarios: short cases that must hold")
    show = add(commands, "show", "print every step with its words and answers")
    graph = add(commands, "graph", "draw it: every step, and where each answer leads")
    proof = add(commands, "proof", "write the copy that superintendent and counsel read, print and mark up")
    diff.arguments(add(commands, "diff", "say what changed between two packs, step by step in words"))
    translate.arguments(add(commands, "translate", "write a translation's file, or bring it up to date"))
    key.arguments(add(commands, "key", "make the superintendent's key, or show its public half"))
    approve.arguments(add(commands, "approve", "sign its exact content with the superintendent's key"))
    install.arguments(add(commands, "install", "verify an approved pack and put it in force"))
    schema.arguments(add(commands, "schema", "print the schema that editors complete from"))
    checking.arguments(check)
    trying.arguments(test)
    showing.arguments(show)
    graph_and_proof.graph_arguments(graph)
    graph_and_proof.proof_arguments(proof)
    for command in (check, show):
        add_as_of(command)
    for command in (check, test, show, graph, proof):
        command.add_argument("target", nargs="?", metavar="DIR|ID", help=_TARGET)
    for command in (check, test, show):
        command.add_argument("--json", action="store_true", help="for scripts")
