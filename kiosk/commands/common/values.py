"""Values as they are typed after an option: paths that a shell completes, one of some words, whole numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import click
from click.shell_completion import CompletionItem

from kiosk.commands.common.usage import name_of
from kiosk.errors import UsageError


class TypedPath(click.ParamType[str, Any]):
    """A path as it was typed. kind: what a shell completes, `file` or `dir`."""

    name = "path"

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's names
        """The same words; whether such a file can be used is the command's to say."""
        return str(value)

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's names
        param: click.Parameter,  # noqa: ARG002 - likewise
        incomplete: str,
    ) -> list[CompletionItem]:
        """Leave it to the shell, which knows the files."""
        return [CompletionItem(incomplete, type=self._kind)]


FILE: Final = TypedPath("file")
FOLDER: Final = TypedPath("dir")


class OneOf(click.ParamType[str, Any]):
    """One of a closed set of words."""

    name = "choice"

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(words)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 - click's names
        """All of them, as help shows them."""
        return "|".join(self._words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002 - click's names
        """The word itself."""
        if value not in self._words:
            raise UsageError(f"{name_of(param)} can't be “{value}”.", f"Choose one of: {', '.join(self._words)}.")
        return str(value)

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's names
        param: click.Parameter,  # noqa: ARG002 - likewise
        incomplete: str,
    ) -> list[CompletionItem]:
        """Those that begin so."""
        return [CompletionItem(word) for word in self._words if word.startswith(incomplete)]


class Whole(click.ParamType[int, Any]):
    """A whole number, both ends counted."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:  # noqa: ARG002 - click's names
        """The number."""
        words = str(value)
        plain = words.isascii() and words.isdigit() and len(words) <= len(str(self._most))
        if not (plain and self._least <= int(words) <= self._most):
            raise UsageError(
                f"{name_of(param)} can't be “{words}”.", f"Give a whole number from {self._least} to {self._most}."
            )
        return int(words)
