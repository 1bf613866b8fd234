"""Types of option values: paths that a shell completes, fixed choices, whole numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import click
from click.shell_completion import CompletionItem

from kiosk.commands.common.usage import name_of
from kiosk.errors import UsageError


class TypedPath(click.ParamType[str, Any]):
    """A typed path. kind: `file` or `dir`, for completion by the shell."""

    name = "path"

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's names
        """Return the path unchanged; the command checks the file."""
        return str(value)

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's names
        param: click.Parameter,  # noqa: ARG002 - likewise
        incomplete: str,
    ) -> list[CompletionItem]:
        """Let the shell complete files."""
        return [CompletionItem(incomplete, type=self._kind)]


FILE: Final = TypedPath("file")
FOLDER: Final = TypedPath("dir")


class OneOf(click.ParamType[str, Any]):
    """One of a closed set of words."""

    name = "choice"

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 - click's names
        """Return all choices, as the help shows them."""
        return "|".join(self._words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's names
        """Return the word, checked."""
        if value not in self._words:
            raise UsageError(f"{name_of(param)} can't be “{value}”.", f"Choose one of: {', '.join(self._words)}.")
        return str(value)

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's names
        param: click.Parameter,  # noqa: ARG002 - likewise
        incomplete: str,
    ) -> list[CompletionItem]:
        """Return the choices with this prefix."""
        return [CompletionItem(word) for word in self._words if word.startswith(incomplete)]


class Whole(click.ParamType[int, Any]):
    """A whole number in a range, both ends included."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ARG002 - click's names
        """Return the number, checked."""
        words = str(value)
        plain = words.isascii() and words.isdigit() and len(words) <= len(str(self._most))
        if not (plain and self._least <= int(words) <= self._most):
            raise UsageError(
                f"{name_of(param)} can't be “{words}”.", f"Give a whole number from {self._least} to {self._most}."
            )
        return int(words)
