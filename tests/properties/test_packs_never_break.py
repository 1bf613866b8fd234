"""However a pack's files are broken, checking it gives findings, never an exception; and so do its scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.checks.run import check_pack
from kiosk.errors import UsageError
from kiosk.protocol.content_hash import content_hash_of
from kiosk.protocol.findings.collector import CATALOGUE, Severity
from kiosk.protocol.pack import PROTOCOL_FILE, read_pack
from kiosk.scenarios.runner import read_scenarios, run
from tests.properties.test_reader_never_breaks import mutated, words_of
from tests.searching import examples

SHIPPED = Path(__file__).parents[2] / "protocols"
PACKS = {
    folder.name: {file.name: file.read_bytes() for file in folder.glob("*.yaml")}
    for folder in sorted(SHIPPED.iterdir())
    if (folder / PROTOCOL_FILE).is_file()
}


@st.composite
def broken(draw: st.DrawFn) -> dict[str, bytes]:
    """A shipped pack with one or two of its files damaged: bytes cut out, lines moved, words swapped, files gone."""
    files = dict(PACKS[draw(st.sampled_from(sorted(PACKS)))])
    for name in draw(st.lists(st.sampled_from(sorted(files)), min_size=1, max_size=2, unique=True)):
        how = draw(st.sampled_from(["bytes", "words", "lines", "half", "gone"]))
        files[name] = draw(_damage(files[name], how))
        if how == "gone" and name != PROTOCOL_FILE:
            del files[name]
    return files


@st.composite
def _damage(draw: st.DrawFn, data: bytes, how: str) -> bytes:
    if how == "bytes":
        return draw(mutated(data))
    if how == "words":
        return draw(words_of(data))
    if how == "half":
        return data[: draw(st.integers(0, len(data)))]
    lines = data.splitlines(keepends=True)
    first, second = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
    lines[first], lines[second] = lines[second], lines[first]
    return b"".join(lines)


def require_findings(files: Mapping[str, bytes]) -> None:
    """Check the findings of a pack, for any content of its files."""
    pack = read_pack(files)
    found = check_pack(pack)
    assert set(pack.findings) <= set(found)
    assert list(found) == sorted(found)
    assert all(f.code in CATALOGUE and f.line > 0 and f.column > 0 and f.file in files for f in found)
    assert all(f.cause and f.repair and str(f).isprintable() for f in found)
    assert check_pack(read_pack(files)) == found
    if pack.protocol is None:
        assert any(f.severity is Severity.ERROR for f in found)


def sealed(files: Mapping[str, bytes]) -> str | None:
    """Return the content hash of the files; None if they are refused in a sentence."""
    try:
        return content_hash_of(files)
    except UsageError:
        return None


def test_the_packs_themselves_are_there() -> None:
    """Breaking nothing would prove nothing."""
    assert "ct-outside-agent" in PACKS
    assert all(PROTOCOL_FILE in files for files in PACKS.values())


@given(broken())
@settings(deadline=None, max_examples=examples(60))
def test_no_slip_in_a_pack_breaks_the_checks(files: dict[str, bytes]) -> None:
    """An author learns what is wrong; a district's kiosk is not stopped by it."""
    require_findings(files)


@given(broken())
@settings(deadline=None, max_examples=examples(60))
def test_no_slip_breaks_the_scenarios_or_the_seal(files: dict[str, bytes]) -> None:
    """A readable pack plays without an exception, and one that can't be hashed is refused in a sentence."""
    protocol = read_pack(files).protocol
    if protocol is not None:
        for scenario in read_scenarios(files.get("scenarios.yaml", b""), "scenarios.yaml", protocol)[0][:10]:
            assert run(protocol, scenario).story
    assert len(sealed(files) or "0" * 64) == 64
