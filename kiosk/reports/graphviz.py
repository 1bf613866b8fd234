"""DOT text to SVG, by Graphviz, a program of the operating system that may be missing."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import Final

from kiosk.errors import UsageError

PROGRAM: Final = "dot"
SECONDS: Final = 20
"""How long a picture may take."""

MOST_DRAWN: Final = 300
"""With more steps than these Graphviz takes minutes, and nobody could read what comes out."""

INSTALL: Final = "Install Graphviz (sudo apt-get install graphviz). Mermaid and DOT work without it."

_ROOT = re.compile(r'<svg width="([\d.]+)pt" height="([\d.]+)pt"\s+viewBox="[^"]*"[^>]*>')


def svg(dot: str) -> str:
    """The picture as an SVG file. Raises UsageError when Graphviz is missing, fails, or takes too long."""
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
    """As `svg`, of so many steps and ends. Raises UsageError for too many, too."""
    if boxes > MOST_DRAWN:
        raise UsageError(f"{boxes} steps and ends are too many for one picture.", "Ask for --format mermaid or dot.")
    return svg(dot)


def inside(file: str) -> tuple[str, float, float]:
    """The content of the root of an SVG file that `svg` made, with its width and height in points.

    Raises ValueError when the file is not of that shape.
    """
    root = _ROOT.search(file)
    if root is None:
        raise ValueError("not an SVG file by Graphviz")
    return file[root.end() : file.rindex("</svg>")], float(root[1]), float(root[2])
