"""Usage errors as one sentence with the wrong word and the repair, not as a page of usage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Final

import click

from kiosk.errors import UsageError

RENAMED: Final = {
    ("kiosk", "--say-language"): "--visitor-language",
    ("kiosk setup", "--say-language"): "--visitor-language",
    ("kiosk setup", "--seal-to"): "--encrypt-notes-to",
    ("kiosk setup", "--accept-sealing"): "--accept-encryption",
    ("kiosk setup", "--new-log-key"): "--replace-log",
    ("kiosk protocol", "proof"): "kiosk protocol review-copy",
    ("kiosk protocol", "key"): "kiosk key new superintendent",
    ("kiosk protocol test", "--record"): "--from-practice",
    ("kiosk protocol test", "--with-words"): "--keep-text",
    ("kiosk protocol show", "--as"): "--school",
    ("kiosk protocol translate", "--confirm"): "--reviewed",
    ("kiosk protocol translate", "--confirm-all"): "--reviewed-all",
    ("kiosk log", "head"): "kiosk log checkpoint issue",
    ("kiosk log", "receipt"): "kiosk log checkpoint code",
    ("kiosk log", "release"): "kiosk log hold release",
    ("kiosk log", "purge"): "kiosk log retention destroy",
    ("kiosk log", "earlier"): "kiosk log history",
    ("kiosk log", "unseal"): "kiosk log decrypt",
    ("kiosk log", "call"): "kiosk log amend NO --called ROLE",
    ("kiosk log", "close"): "kiosk log amend NO --close",
    ("kiosk log", "review"): "kiosk log amend NO --reviewed",
    ("kiosk log", "key"): "kiosk key show log",
    ("kiosk log", "sealing-key"): "kiosk key new district",
    ("kiosk log list", "--events"): "kiosk log audit",
    ("kiosk log show", "--words"): "--transcript",
    ("kiosk log export", "--encounter"): "--record",
    ("kiosk log amend", "--to"): "--value",
    ("kiosk log amend", "--missing"): "--not-recorded",
    ("kiosk log amend", "--role"): "--called",
    ("kiosk log verify", "--receipt"): "--code",
    ("kiosk log verify", "--log"): "--file",
    ("kiosk log history", "--seen"): "--acknowledge",
    ("kiosk log retention", "due"): "kiosk log retention eligible",
    ("kiosk log retention set", "--keep"): "--period",
    ("kiosk log retention destroy", "--due"): "kiosk log retention eligible",
}
"""Other names that people may try, by command, with the right name."""


def no_such_command(path: str, typed: str, known: Sequence[str]) -> UsageError:
    """Return the sentence for an unknown command below `path`, such as `kiosk log`."""
    repair = _meant(path, typed, known) or f"Choose one of: {', '.join(known)}."
    return UsageError(f"`{path}` has no command “{typed}”.", repair)


@contextmanager
def calm(context: click.Context) -> Iterator[None]:
    """Convert an error of click's parser to UsageError."""
    try:
        yield
    except click.UsageError as error:
        if context.resilient_parsing:
            raise
        raise _wrong_use(error, context) from error


def _wrong_use(error: click.UsageError, context: click.Context) -> UsageError:
    path = context.command_path
    see = f"See `{path} -h`."
    match error:
        case click.NoSuchOption():
            known = [name for param in _options(context) for name in param.opts]
            repair = _meant(path, error.option_name, known) or see
            return UsageError(f"`{path}` has no option {error.option_name}.", repair)
        case click.BadOptionUsage():
            option = next((one for one in _options(context) if error.option_name in one.opts), None)
            if option is None or option.is_flag:
                return UsageError(f"{error.option_name} takes no value.", see)
            return UsageError(f"{error.option_name} needs a value.", see)
        case click.MissingParameter():
            return UsageError(f"`{path}` needs {name_of(error.param)}.", see)
        case click.BadParameter():
            return UsageError(f"{name_of(error.param)} can't be used: {error.message.rstrip('.')}.", see)
        case _:
            return UsageError(f"`{path}` can't be read: {error.format_message().rstrip('.')}.", see)


def _options(context: click.Context) -> list[click.Option]:
    return [one for one in context.command.get_params(context) if isinstance(one, click.Option)]


def _meant(path: str, typed: str, known: Sequence[str]) -> str:
    if renamed := RENAMED.get((path, typed)):
        return f"Use `{renamed}`." if renamed.startswith("kiosk") else f"Use {renamed}."
    near = get_close_matches(typed, known, n=1, cutoff=0.6)
    return f"Did you mean “{near[0]}”?" if near else ""


def name_of(param: click.Parameter | None) -> str:
    """Return an option or argument as it is typed."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return (param.metavar or param.human_readable_name) if param else "That"
