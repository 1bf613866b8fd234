"""`python -m kiosk` and the `kiosk` command: make a clean process, then run the command line.

Environment variables of Python, textual and the terminal can press keys, write typed words to a file, open a Python
prompt after the screen, or make the screen unusable; a `yaml.py` in the current folder would be imported as ours. So
the program runs isolated (`python -I`) and in UTF-8, and starts itself again when it was not started that way. Until
then it imports only modules that every interpreter has already loaded.
"""

import os
import sys

_FAMILIES = ("PYTHON", "TEXTUAL")
_NAMES = frozenset(
    {"COLUMNS", "LINES", "ESCDELAY", "FORCE_COLOR", "JUPYTER_COLUMNS", "JUPYTER_LINES", "TTY_COMPATIBLE"}
    | {"TTY_INTERACTIVE", "UNICODE_VERSION", "DATABRICKS_RUNTIME_VERSION"}
)
"""Variables that textual and rich read, except TERM, COLORTERM and NO_COLOR, which may stay."""

_FILE = os.path.abspath(__file__)  # noqa: PTH100 - pathlib is not loaded yet
_PACKAGES = os.path.dirname(os.path.dirname(_FILE))  # noqa: PTH120 - likewise


def main() -> int:
    """Run the command line in a clean process. Returns its exit code."""
    unwanted = [name for name in os.environ if name in _NAMES or name.upper().startswith(_FAMILIES)]
    for name in unwanted:
        del os.environ[name]
    if sys.executable and not (sys.flags.isolated and sys.flags.utf8_mode):
        return _start_isolated([sys.executable, "-I", "-X", "utf8", _FILE, *sys.argv[1:]])
    if _PACKAGES not in sys.path:
        sys.path.insert(0, _PACKAGES)
    # On a full disk Python would leave half a module behind, and never start again. The installation compiles them.
    sys.dont_write_bytecode = True
    from kiosk.cli import main as run  # noqa: PLC0415 - only in the clean process

    return run()


def _start_isolated(command: list[str]) -> int:
    if os.name == "posix":
        os.execv(command[0], command)  # noqa: S606 - the same interpreter replaces this process
    import subprocess  # noqa: PLC0415 - Windows can't replace a process

    return subprocess.call(command)


if __name__ == "__main__":
    sys.exit(main())
