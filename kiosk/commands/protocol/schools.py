"""Find the school: the home's own, one of its schools folder, or the one of a contacts file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.commands.common import output
from kiosk.commands.common.paths import read_file
from kiosk.errors import UsageError
from kiosk.protocol.model import Protocol
from kiosk.protocol.site.checked import checked_contacts
from kiosk.protocol.site.contacts import read_contacts
from kiosk.protocol.site.people import Contacts
from kiosk.settings import Home, typed_path


def school_of(home: Home, typed: str, protocol: Protocol) -> Contacts:
    """Return the contacts of the selected school, and print their problems.

    typed: a contacts file; else a name in HOME/schools; else the name of a school in one of those files or in the
    home's own. Raises UsageError, with the known schools, when there is none, or when its file can't be read.
    """
    path = _file_of(home, typed)
    contacts, findings = checked_contacts(read_file(path), str(path), protocol)
    for finding in findings:
        output.message(str(finding))
    if contacts is None:
        raise UsageError(f"{path} can't be read as contacts.", "Repair the lines named above.")
    return contacts


def _file_of(home: Home, typed: str) -> Path:
    named = home.school_file(typed) if typed and Path(typed).name == typed else None
    for path in (typed_path(typed) if typed else None, named):
        if path is not None and path.is_file():
            return path
    known = dict(_known(home))
    folded = {school.casefold(): path for school, path in known.items()}
    if typed.casefold() in folded:
        return folded[typed.casefold()]
    if not known:
        raise UsageError(
            f"No school “{typed}” is known here.", "Name a contacts file, or put one into the home's schools."
        )
    raise UsageError(f"No school “{typed}” is known here.", f"Known are: {', '.join(known)}.")


def _known(home: Home) -> Iterator[tuple[str, Path]]:
    """Return (school name, contacts file) for the home's own school and each in its schools folder."""
    folder = home.school_file("x").parent
    own = (home.contacts_file,) if home.contacts_file.is_file() else ()
    for path in (*own, *(sorted(folder.glob("*.yaml")) if folder.is_dir() else ())):
        draft = read_contacts(read_file(path), str(path)).draft
        yield (draft.school if draft and draft.school else path.stem), path
