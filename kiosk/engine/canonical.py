"""The one way to write down what a pack says, so that its hash is the same however the files are laid out.

Comments, quotes, indents, line ends and the order of keys are layout. Every word, and the order of every list, counts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from kiosk.engine.findings import Findings, errors
from kiosk.engine.yamlnodes import parse, plain
from kiosk.errors import WrongUse


def canonical(files: Mapping[str, bytes]) -> bytes:
    """The content of a pack as one line of JSON in UTF-8: file name → its tree of words, keys sorted.

    files: file name → content, each a YAML file as the packs hold it.
    Raises WrongUse, naming the first place, when a file can't be read without doubt (a key twice, an alias, …).
    """
    trees = {name: _tree(name, data) for name, data in files.items()}
    return json.dumps(trees, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def seal_hash(files: Mapping[str, bytes]) -> str:
    """SHA-256 over `canonical(files)`, as 64 hex digits. Raises as `canonical` does."""
    return hashlib.sha256(canonical(files)).hexdigest()


def _tree(name: str, data: bytes) -> object:
    findings = Findings(name)
    root = parse(data, findings)
    wrong = errors(findings.all())
    if root is None or wrong:
        raise WrongUse(f"{name} can't be sealed: {wrong[0].cause} (line {wrong[0].line})", wrong[0].repair)
    return plain(root)
