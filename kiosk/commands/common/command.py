"""Commands on click: groups that import a command only when it is typed, and `--home` on each."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import wraps
from importlib import import_module
from keyword import iskeyword
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import click
from click.shell_completion import CompletionItem

from kiosk.commands.common.usage import calm, no_such_command
from kiosk.commands.common.values import FOLDER
from kiosk.errors import UsageError
from kiosk.settings import Home, Mode, find_home

P = ParamSpec("P")
F = TypeVar("F", bound=Callable[..., Any])

_HOME: Final = "kiosk.home"
_PRACTICE: Final = "kiosk.practice"
_HELP_NAMES: Final = {"help_option_names": ["-h", "--help"]}
"""On each command, because click caches the first help option that it made, also one for a shell's completion."""
_HOME_HELP: Final = "home folder (default: KIOSK_HOME or user data)"


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Store the option's value, given before or after any command's name; the last one counts."""
    if value:
        context.meta[f"kiosk.{parameter.name}"] = value


def home_option() -> click.Option:
    """Return the option `--home DIR`, which each command and group has."""
    return click.Option(["--home"], metavar="DIR", type=FOLDER, expose_value=False, callback=_remember, help=_HOME_HELP)


class Command(click.Command):
    """A command whose callback returns the exit code.

    help: paragraphs beyond its line in the group's table; the group adds that line.
    """

    def __init__(self, **attributes: Any) -> None:
        super().__init__(None, context_settings=_HELP_NAMES, **attributes)
        self.params.append(home_option())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments. Raises UsageError for an extra one."""
        ctx.allow_extra_args = True
        with calm(ctx):
            rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise UsageError(f"`{ctx.command_path}` can't use “{rest[0]}”.", f"See `{ctx.command_path} -h`.")
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option `-h` and `--help`, with our help text."""
        return _in_our_words(super().get_help_option(ctx))


class Group(click.Group):
    """A group that knows its commands' names and help lines without importing them.

    lines:   each command with its line in the help, in the order of the help.
    package: where a command that is not in the group's own file is: `PACKAGE.NAME`, its attribute `command`.
    """

    def __init__(self, lines: Mapping[str, str], package: str = "", **attributes: Any) -> None:
        super().__init__(None, subcommand_metavar="COMMAND", context_settings=_HELP_NAMES, **attributes)
        self.lines, self._package = lines, package
        self.params.append(home_option())

    def sub(self, name: str, help: str = "", epilog: str = "") -> Callable[[Callable[..., int]], Command]:  # noqa: A002 - click's word
        """Return a decorator that makes a function this group's command with this name."""

        def made(run: Callable[..., int]) -> Command:
            one = as_command(help, epilog)(run)
            self._describe(name, one)
            return one

        return made

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's names
        """Return the names, in the order of the help."""
        return [*self.lines]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's names
        """Return the command with this name, imported at its first use."""
        if cmd_name in self.lines and cmd_name not in self.commands:
            module = cmd_name.replace("-", "_") + ("_" if iskeyword(cmd_name) else "")
            self._describe(cmd_name, import_module(f"{self._package}.{module}").command)
        return self.commands.get(cmd_name)

    def _describe(self, name: str, one: click.Command) -> None:
        line = self.lines[name]
        one.help = f"{line}\n\n{one.help}" if one.help else line
        self.add_command(one, name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the typed command. Raises UsageError, with the most similar name."""
        if args[0] not in self.lines and not ctx.resilient_parsing:
            raise no_such_command(ctx.command_path, args[0], [*self.lines])
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments before the command. Raises UsageError if there is no command."""
        with calm(ctx):
            rest = super().parse_args(ctx, args)
        if not (ctx._protected_args or self.invoke_without_command or ctx.resilient_parsing):  # noqa: SLF001 - click shows no other way
            raise UsageError(f"`{ctx.command_path}` needs a command.", f"Choose one of: {', '.join(self.lines)}.")
        return rest

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - likewise
        """Write the table of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([*self.lines.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the names with this prefix, without importing any, and the options."""
        names = [CompletionItem(name, help=line) for name, line in self.lines.items() if name.startswith(incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option `-h` and `--help`, with our help text."""
        return _in_our_words(super().get_help_option(ctx))


def _in_our_words(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "this help"
    return option


def as_command(help: str = "", epilog: str = "") -> Callable[[Callable[..., int]], Command]:  # noqa: A002 - click's word
    """Return a decorator that makes a function a command. The decorators below it add the options.

    The function returns an exit code.
    """

    def made(run: Callable[..., int]) -> Command:
        params = getattr(run, "__click_params__", [])
        return Command(callback=run, params=[*reversed(params)], help=help or None, epilog=epilog or None)

    return made


def pass_home(run: Callable[Concatenate[Home, P], int]) -> Callable[P, int]:
    """Pass the home from the command line or the environment to the function. Raises UsageError."""

    @wraps(run)
    def with_home(*args: P.args, **given: P.kwargs) -> int:
        return run(typed_home(), *args, **given)

    return with_home


def pass_log(run: Callable[Concatenate[Home, Mode, P], int]) -> Callable[P, int]:
    """Add the option `--practice`; pass the home and the mode of its log to the function."""

    @wraps(run)
    def with_log(*args: P.args, **given: P.kwargs) -> int:
        mode: Mode = "practice" if typed_practice() else "live"
        return run(typed_home(), mode, *args, **given)

    words = "the practice log instead of the live one"
    return practice_option(words)(with_log)


def practice_option(words: str) -> Callable[[F], F]:
    """Return the option `--practice`, which may be before or after a command's name."""
    return click.option("--practice", is_flag=True, expose_value=False, callback=_remember, help=words)


def typed_home() -> Home:
    """Return the home from the command line or the environment. Raises UsageError if it does not exist."""
    return find_home(click.get_current_context().meta.get(_HOME), os.environ)


def typed_practice() -> bool:
    """Check for `--practice`, before or after a command's name."""
    return _PRACTICE in click.get_current_context().meta
