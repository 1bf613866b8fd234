"""`kiosk protocol diff`: what changed between two versions, however they are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.packs.library import Library
from kiosk.settings import Home
from tests.commands.protocol.other_pack import other
from tests.homes import PACK, SCENARIOS
from tests.typed import Stage, Typed, set_up

pytestmark = pytest.mark.stage(Stage.NEW)


def test_the_same_pack_has_no_difference(typed: Typed, tmp_path: Path) -> None:
    """Exit 0; comments are no change."""
    told = typed("protocol", "diff", "small", "small")
    assert (told.code, told.out) == (0, "Nothing changed.\n")
    folder = other(tmp_path, f"# a note\n{PACK}")
    assert typed("protocol", "diff", "small", folder).out.splitlines()[2:4] == [
        "  The file scenarios.yaml",
        "    ! was removed.",
    ]
    (Path(folder) / "scenarios.yaml").write_text(f"# a note\n{SCENARIOS}", encoding="utf-8")
    assert typed("protocol", "diff", "small", folder).code == 0


def test_what_changed_is_told_in_words(typed: Typed, tmp_path: Path) -> None:
    """Exit 1, the weightiest first, in eighty columns; the same for scripts."""
    text = PACK.replace("label: {en: Phone}, next: identify", "label: {en: Telephone}, next: call-now")
    folder = other(tmp_path, text)
    told = typed("protocol", "diff", "small", folder)
    assert told.code == 1
    assert told.out.index("“Telephone” leads to “Call.” (call-now) now") < told.out.index("[-Phone-] {+Telephone+}")
    assert max(map(len, told.out.splitlines())) <= 80
    changes = typed("protocol", "diff", "small", folder, "--json").json["changes"]
    assert (changes[0]["matter"], changes[0]["place"][:2]) == ("routing", ["steps", "channel"])


def test_an_approved_version_is_found_by_its_content_hash(typed: Typed, home: Home) -> None:
    """What was in force can be compared with what is on disk now, although it was changed there."""
    set_up(typed, home)
    content_hash = Library(home).find("small").content_hash
    file = home.path / "protocols" / "small" / "protocol.yaml"
    file.write_text(PACK.replace("Please wait", "Please stay"), encoding="utf-8")
    for named in (content_hash, content_hash[:10]):
        told = typed("protocol", "diff", named, "small")
        assert told.code == 1
        assert "[-wait-] {+stay+}" in told.out
    assert "no protocol “0123456789”" in typed.refused(2, "protocol", "diff", "0123456789", "small")


def test_a_seal_that_two_packs_begin_with_is_refused(typed: Typed, home: Home) -> None:
    """It does not guess."""
    for last in "01":
        (home.path / "packs" / ("0123456789" + last * 54)).mkdir(parents=True)
    assert "More than one kept version" in typed.refused(2, "protocol", "diff", "0123456789", "small")
