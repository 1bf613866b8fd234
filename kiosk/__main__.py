"""`python -m kiosk` and the `kiosk` command: first a clean process, then the command line.

Python's own variables, textual's, and those of a window's size can press keys, write typed words to a file, open a
prompt behind the screen or hide it; a `yaml.py` in the current folder would run as ours. So the program runs isolated
(`python -I`, UTF-8 whatever the locale says), starting itself once more where it was not started so. Until then only
modules are imported that are part of every interpreter.
"""

import os
import sys

_FAMILIES = ("PYTHON", "TEXTUAL")
_NAMES = frozenset(
    {"COLUMNS", "LINES", "ESCDELAY", "FORCE_COLOR", "JUPYTER_COLUMNS", "JUPYTER_LINES", "TTY_COMPATIBLE"}
    | {"TTY_INTERACTIVE", "UNICODE_VERSION", "DATABRICKS_RUNTIME_VERSION"}
)
"""What textual and rich ask the environment about the terminal, beside TERM, COLORTERM and NO_COLOR."""

_FILE = os.path.abspath(__file__)  # noqa: PTH100 - pathlib is not in every interpreter
_PACKAGES = os.path.dirname(os.path.dirname(_FILE))  # noqa: PTH120 - likewise


def main() -> int:
    """Run the command that was typed, in a clean process; its exit code."""
    unwanted = [name for name in os.environ if name in _NAMES or name.upper().startswith(_FAMILIES)]
    for name in unwanted:
        del os.environ[name]
    if sys.executable and not (sys.flags.isolated and sys.flags.utf8_mode):
        return _start_isolated([sys.executable, "-I", "-X", "utf8", _FILE, *sys.argv[1:]])
    if _PACKAGES not in sys.path:
        sys.path.insert(0, _PACKAGES)
    from kiosk.cli import main as run  # noqa: PLC0415 - only once it is certain whose modules are imported

    return run()


def _start_isolated(command: list[str]) -> int:
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606 - the same interpreter, in this process's place
    import subprocess  # noqa: PLC0415 - Windows can't replace a process

    return subprocess.call(command)


if __name__ == "__main__":
    sys.exit(main())
