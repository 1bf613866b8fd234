"""The canonical form of a pack's content, so that its hash is the same for every layout of the files.

Comments, quotes, indents and line ends are layout. Every word counts, and so does all order: the order of roles is the
order of calls at the desk, so a changed order changes the screen.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Final

from kiosk.errors import UsageError
from kiosk.protocol.findings.collector import Findings, errors
from kiosk.protocol.syntax.yaml_nodes import parse, plain

_UNSAFE: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def canonical(files: Mapping[str, bytes]) -> bytes:
    """Return the content of a pack as one line of JSON in UTF-8: file name → its tree of words; keys as written.

    files: file name → content, each a YAML file of a pack.
    Raise UsageError with the first place where a file is ambiguous (a duplicate key, an alias, …).
    """
    trees = {name: _tree(name, files[name]) for name in sorted(files)}
    return json.dumps(trees, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def content_hash_of(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of `canonical(files)`, as 64 hex digits. Raise as `canonical` does."""
    return hashlib.sha256(canonical(files)).hexdigest()


def content_of(files: Mapping[str, bytes]) -> tuple[str, str]:
    """Return `canonical(files)` as text, and the hash of exactly that. Raise as `canonical` does."""
    content = canonical(files)
    return content.decode("utf-8"), hashlib.sha256(content).hexdigest()


def files_of(content: str) -> dict[str, bytes]:
    """Return files that read as this content, without layout: the inverse of `content_of`.

    Raise ValueError for text that is not the content of a pack.
    """
    trees = json.loads(content)
    if not isinstance(trees, dict):
        raise ValueError("not the content of a pack")  # noqa: TRY004 - the text is wrong, not its type
    return {name: _as_yaml(tree).encode("utf-8") for name, tree in trees.items()}


def _as_yaml(tree: object) -> str:
    # JSON is YAML but for line ends of Unicode and unprintable characters, which YAML wants escaped.
    return _UNSAFE.sub(lambda hit: f"\\u{ord(hit[0]):04x}", json.dumps(tree, ensure_ascii=False))


def _tree(name: str, data: bytes) -> object:
    findings = Findings(name)
    root = parse(data, findings)
    wrong = errors(findings.all())
    if root is None or wrong:
        raise UsageError(f"{name} can't be hashed: {wrong[0].cause} (line {wrong[0].line})", wrong[0].repair)
    return plain(root)
