"""Conversion of DOT text to SVG by Graphviz, a separate program that may be missing."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import Final

from kiosk.errors import UsageError

PROGRAM: Final = "dot"
SECONDS: Final = 20
"""Maximum time for a picture, in seconds."""

MOST_DRAWN: Final = 300
"""Maximum number of steps and ends in a picture. With more, Graphviz takes minutes, and nobody can read the result."""

INSTALL: Final = "Install Graphviz (sudo apt-get install graphviz). Mermaid and DOT work without it."

_ROOT = re.compile(r'<svg width="([\d.]+)pt" height="([\d.]+)pt"\s+viewBox="[^"]*"[^>]*>')


def svg(dot: str) -> str:
    """Return the picture as an SVG file. Raises UsageError when Graphviz is missing, fails, or takes too long."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise UsageError("An SVG picture needs Graphviz, which is not on this computer.", INSTALL)
    try:
        done = subprocess.run(
            [program, "-Tsvg"], input=dot.encode("utf-8"), capture_output=True, check=True, timeout=SECONDS
        )
    except (OSError, subprocess.SubprocessError) as error:
        why = f"was not ready after {SECONDS} seconds" if isinstance(error, subprocess.TimeoutExpired) else "failed"
        raise UsageError(
            f"Graphviz {why}, so there is no picture.", "Ask for --format mermaid or dot instead."
        ) from error
    return done.stdout.decode("utf-8")


def picture(dot: str, boxes: int) -> str:
    """Return the picture as `svg` does. boxes: its number of steps and ends. Raises UsageError, also for too many."""
    if boxes > MOST_DRAWN:
        raise UsageError(f"{boxes} steps and ends are too many for one picture.", "Ask for --format mermaid or dot.")
    return svg(dot)


def inside(file: str) -> tuple[str, float, float]:
    """Return the content of the root element of an SVG file by `svg`, with its width and height in points.

    Raises ValueError for another file.
    """
    root = _ROOT.search(file)
    if root is None:
        raise ValueError("not an SVG file by Graphviz")
    return file[root.end() : file.rindex("</svg>")], float(root[1]), float(root[2])
