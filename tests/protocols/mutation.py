"""One change to a copy of the Connecticut pack, and the finding that must come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Final

from kiosk.protocol.pack import EXAMPLE_CONTACTS, PROTOCOL_FILE, SCENARIOS_FILE

CONNECTICUT: Final = Path(__file__).parents[2] / "protocols" / "ct-outside-agent"
SPANISH_FILE: Final = "es.yaml"
FILES: Final = {
    name: (CONNECTICUT / name).read_text("utf-8")
    for name in (PROTOCOL_FILE, SPANISH_FILE, SCENARIOS_FILE, EXAMPLE_CONTACTS)
}
"""File name → content, as the pack ships."""


@dataclass(frozen=True)
class Mutation:
    """What somebody does to the pack, in a sentence, and what the check must say.

    code:     of the finding.
    old, new: what is replaced, and by what; a lone surrogate stands for its byte.
    at:       words at the line that the finding must name; the line where the change begins when left out.
    file:     the file that is changed. found_in: the one the finding stands in, if another.
    says:     words of the finding's cause.
    beside:   files that are put beside the others.
    """

    name: str
    code: str
    old: str
    new: str
    at: str = ""
    file: str = PROTOCOL_FILE
    found_in: str = ""
    says: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """The file that the finding stands in."""
        return self.found_in or self.file

    def changed(self) -> dict[str, str]:
        """The files of the mutated copy. What is replaced must be there, and once only."""
        assert FILES[self.file].count(self.old) == 1, f"{self.old!r} must occur once in {self.file}"
        assert not FILES.keys() & self.beside.keys()
        return {**FILES, self.file: FILES[self.file].replace(self.old, self.new), **self.beside}

    def line(self) -> int:
        """The line that the finding must name, from 1. What it is found by must be there once."""
        after = self.changed()[self.where]
        if self.at:
            assert after.count(self.at) == 1, f"{self.at!r} must occur once in the changed {self.where}"
            return after[: after.index(self.at)].count("\n") + 1
        assert self.where == self.file, "what is found in another file needs its words"
        same = takewhile(lambda pair: pair[0] == pair[1], zip(FILES[self.file], after, strict=False))
        return sum(before == "\n" for before, _ in same) + 1

    def write(self, folder: Path) -> Path:
        """Put the mutated copy into a new folder; gives it back."""
        folder.mkdir(parents=True)
        for name, words in self.changed().items():
            (folder / name).write_bytes(words.encode("utf-8", "surrogateescape"))
        return folder
