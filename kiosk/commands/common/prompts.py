"""What a command about records must be told: by a flag, or by the person at the terminal."""

from __future__ import annotations

import argparse

from kiosk.commands.common import output
from kiosk.errors import UsageError
from kiosk.record.amending import words
from kiosk.settings import LONGEST


def add_by(parser: argparse.ArgumentParser) -> None:
    """Let a command be told who gives it."""
    parser.add_argument("--by", metavar="NAME", help="who does this, by full name; kept in the log")


def name_of(args: argparse.Namespace) -> str:
    """Who gives the command. Raises UsageError or PrivateText."""
    return words("name", given(args, "by", "Who does this (full name)"), LONGEST)


def text_of(args: argparse.Namespace, flag: str, question: str) -> str:
    """Words that are kept in the log. Raises UsageError or PrivateText."""
    return words(flag, given(args, flag, question))


def given(args: argparse.Namespace, flag: str, question: str) -> str:
    """What stands behind that flag, or what the person at the terminal types.

    Raises UsageError when nobody is there.
    """
    value: str | None = getattr(args, flag)
    if value is not None:
        return value
    if not output.at_terminal():
        raise UsageError(f"This needs --{flag}, and there is no terminal to ask at.", f"Add --{flag}.")
    return output.ask(question)


def agreed(question: str) -> bool:
    """Whether the person at the terminal types yes."""
    return output.ask(f"{question} Type yes").casefold() in {"yes", "y"}
