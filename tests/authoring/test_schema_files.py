"""The schemas as files in a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kiosk.authoring.json_schema import schema
from kiosk.authoring.schema_files import write_schemas
from kiosk.errors import StoreUnusable
from kiosk.protocol.format import FILES


def test_every_kind_of_file_has_its_schema_in_a_new_folder(tmp_path: Path) -> None:
    """The folder is created; each file reads as the schema of its kind."""
    folder = tmp_path / "deep" / "schema"
    write_schemas(folder)
    read = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.iterdir()}
    assert read == {f"{kind}.json": schema(kind) for kind in FILES}


def test_an_old_schema_is_replaced_and_other_files_stay(tmp_path: Path) -> None:
    """After an update of the kiosk."""
    (tmp_path / "protocol.json").write_text("{}", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("kept", encoding="utf-8")
    write_schemas(tmp_path)
    assert json.loads((tmp_path / "protocol.json").read_text(encoding="utf-8")) == schema("protocol")
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "kept"


def test_the_files_are_for_people(tmp_path: Path) -> None:
    """Text with its own letters, one key in a line, ended by a line end."""
    write_schemas(tmp_path)
    text = (tmp_path / "protocol.json").read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert "\\u" not in text.replace("\\\\u", "")
    assert '\n  "definitions": {\n' in text


def test_a_folder_that_can_not_be_created_is_an_error_of_the_kiosk(tmp_path: Path) -> None:
    """A file is in its place."""
    (tmp_path / "schema").write_text("", encoding="utf-8")
    with pytest.raises(StoreUnusable):
        write_schemas(tmp_path / "schema")
