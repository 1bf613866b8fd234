"""`kiosk completion`."""

from __future__ import annotations

from typing import Final

import click
from click.shell_completion import get_completion_class

from kiosk.commands import root
from kiosk.commands.common import output
from kiosk.commands.common.command import as_command
from kiosk.commands.common.values import OneOf
from kiosk.errors import Exit

SHELLS: Final = ("bash", "zsh", "fish")

_ABOUT: Final = """\
It completes commands, options and their values. To use it, add the line of your shell to its start file:

\b
  bash  eval "$(kiosk completion bash)"
  zsh   eval "$(kiosk completion zsh)"
  fish  kiosk completion fish | source
"""


@as_command(_ABOUT)
@click.argument("shell", metavar="bash|zsh|fish", type=OneOf(SHELLS))
def command(shell: str) -> int:
    """Print the script."""
    made = get_completion_class(shell)
    assert made is not None  # noqa: S101 - click knows all three
    output.raw(made(root.root, {}, "kiosk", root.COMPLETE).source().encode())
    return Exit.DONE
