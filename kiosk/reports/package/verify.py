"""Checks an evidence package of a front-office kiosk, without the kiosk's own program.

    python3 verify.py [FOLDER] [--key KEY] [--code CODE] [--list]
It needs Python 3.8 or later, and `cryptography` for the signatures. Exit code: 0 verified; 1 wrong; 2 not all checked.
1. Is manifest.note, the list of files, signed by the key in key.txt (C2SP signed note, Ed25519), and is that the one
   given with --key? Is each file there, with the SHA-256 that the list gives, and none that the list does not name?
2. For each log (folders log-1, log-2 ...): is checkpoint.note signed by the log's key? It gives the number of entries
   in the log, and the root: one hash over all of them (the Merkle tree of RFC 6962).
3. Is each line of events.jsonl, hashed as SHA-256(0x00 + line), at its number in proof.txt, and do the hashes there,
   joined two by two as SHA-256(0x01 + left + right), give the root? Then each was signed, at its number, unchanged.
4. An entry has no value, only ("sd") the SHA-256 of each value with its random salt. Has each value in
   disclosures.jsonl that hash, and does that file say of every other value why it is withheld from this package?
5. With --code: had this log, at the size in the verification code, the root in that code?
"""

from __future__ import annotations

import argparse
import base64
import functools
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    SIGNATURES = True
except ImportError:  # all else is checked without it
    SIGNATURES = False


class Bad(Exception):
    """Something that does not match; the words say where and what."""


def need(true: bool, what: str) -> None:
    """Raise Bad unless it is true."""
    if not true:
        raise Bad(what)


def join(right: bytes, left: bytes) -> bytes:
    """Return the hash of a node of the tree from the hashes of its two halves."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def parsed(code: str) -> tuple[str, int, bytes]:
    """Return the parts of a verification code: eight digits of the log's ID, number of entries, root."""
    parts = re.fullmatch(r"FOK1:([0-9A-F]{8})/([0-9]{1,15})/([A-Z2-7]{52})", re.sub(r"\s", "", code).upper())
    return (parts[1], int(parts[2]), base64.b32decode(parts[3] + "====")) if parts else ("", 0, b"")


class Package:
    """A package in a folder. Sentences about it: `verified`, `wrong`, `unchecked`. `values`: the entries' values."""

    def __init__(self, folder: Path, keys: list[str], codes: list[str]) -> None:
        self.folder, self.keys, self.codes, self.at = folder, keys, codes, ""
        self.verified: list[str] = []
        self.wrong: list[str] = []
        self.unchecked: list[str] = []
        self.said: list[tuple[str, str]] = []
        self.values: dict[tuple[str, int], list[str]] = {}

    def check(self) -> Package:
        """Check everything; return the package."""
        self.attempt(self.manifest)
        if self.said:  # else there is nothing that the rest could be compared with
            self.attempt(self.files)
        for said in [value for name, value in self.said if name == "log"]:
            self.attempt(self.log, said)
        self.wrong += [f"{code} is not a verification code of a log in this package." for code in self.codes]
        return self

    def attempt(self, check: Callable[..., str], *given: Any) -> None:
        """Run one check, which returns a sentence about what it verified, or raises Bad or adds to `wrong`."""
        try:
            before, found = len(self.wrong), check(*given)
            self.verified += [found] if len(self.wrong) == before else []
        except Bad as bad:
            self.wrong.append(str(bad))
        except (ValueError, LookupError, TypeError, AttributeError, OSError, RecursionError) as error:
            self.wrong.append(f"{self.at} can't be read ({error}): it was changed or is missing.")

    def read(self, path: Path) -> bytes:
        """Return the bytes of a file."""
        return path.read_bytes()

    def lines(self, path: Path) -> Iterator[tuple[str, bytes]]:
        """Yield the place and the bytes of each line of a file."""
        for number, line in enumerate(self.read(path).split(b"\n")[:-1], 1):
            self.at = f"{path.parent.name}/{path.name} line {number}"
            yield self.at, line

    def manifest(self) -> str:
        """Step 1: check the signature of the list of files."""
        key, text = self.signed(self.folder / "key.txt", self.folder / "manifest.note")
        need(not self.keys or key in self.keys, f"The package is signed by another key than the one you gave: {key}")
        need(text.startswith("front-office-kiosk copy 1\n"), "manifest.note is not the file list of a package.")
        self.said = [(name, value) for name, _, value in (line.partition(": ") for line in text.split("\n")[1:-1])]
        whose = "the one you gave" if self.keys else f"not yet compared with the district's key: {key}"
        about = "; ".join(f"{name} {value}" for name, value in self.said if name not in {"file", "log"})
        return f"The file list is signed by the key in key.txt. That key is {whose}. The list says: {about}."

    def signed(self, key_file: Path, path: Path) -> tuple[str, str]:
        """Return the key and the text that it signed. Raises Bad if the signature is missing or does not match."""
        self.at = f"{path.relative_to(self.folder).as_posix()} or its key.txt"
        key = self.read(key_file).decode("utf-8").rstrip("\n")
        name, said_id, public = key.split("+", 2)
        raw = base64.b64decode(public, validate=True)
        key_id = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
        need(raw[:1] == b"\x01" and len(raw) == 33 and key_id.hex() == said_id, f"{key_file.name} has no key in it.")
        text, _, lines = self.read(path).decode("utf-8").rpartition("\n\n")
        for line in lines.split("\n")[:-1]:
            dash, who, made = line.split(" ")
            signature = base64.b64decode(made, validate=True)
            if (dash, who, base64.b64encode(key_id + signature[4:]).decode()) == ("\u2014", name, made):
                self.require_signature(raw[1:], signature[4:], f"{text}\n", path.name)
                return key, f"{text}\n"
        raise Bad(f"{path.name} is not signed by the key {key}.")

    def require_signature(self, public: bytes, signature: bytes, text: str, name: str) -> None:
        """Raise Bad unless the signature over the text is that key's (RFC 8032)."""
        self.unchecked += [] if SIGNATURES else [f"The signature of {name}: python3 -m pip install cryptography"]
        try:
            if SIGNATURES:
                Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode("utf-8"))
        except InvalidSignature:
            raise Bad(f"{name}: the signature does not match. That file or key.txt was changed.") from None

    def files(self) -> str:
        """Step 1: compare every file with the list."""
        found = (p for p in self.folder.rglob("*") if p.is_symlink() or not p.is_dir())
        got = {p.relative_to(self.folder).as_posix() for p in found}
        listed = {value[65:]: value[:64] for name, value in self.said if name == "file"}
        self.wrong += [f"{path} is not in the file list." for path in sorted(got - {*listed, "manifest.note"})]
        self.wrong += [f"{path} is in the file list but missing." for path in sorted(set(listed) - got)]
        changed = [p for p in got & {*listed} if hashlib.sha256(self.read(self.folder / p)).hexdigest() != listed[p]]
        self.wrong += [f"{path} was changed: its SHA-256 does not match the list." for path in sorted(changed)]
        return f"{len(listed)} files match the file list."

    def log(self, said: str) -> str:
        """Steps 2 to 5: check one log of the package."""
        place, origin, size, root = said.split(" ")
        here = self.folder / place
        key, text = self.signed(here / "key.txt", here / "checkpoint.note")
        same = text.startswith(f"{origin}\n{size}\n{root}\n") and key.startswith(f"{origin}+")
        need(same, f"{place}/checkpoint.note does not match the file list.")
        entries = self.entries(here / "events.jsonl", origin)
        codes = [c for c in self.codes if parsed(c)[0] == origin.rsplit("/", 1)[-1][:8].upper()]
        roots = self.proof(here / "proof.txt", entries, int(size), {parsed(code)[1] for code in codes})
        need(roots[int(size)] == base64.b64decode(root), f"{place}/proof.txt does not give the signed root hash.")
        shown, hidden = self.disclosures(here / "disclosures.jsonl", entries)
        self.codes = [code for code in self.codes if code not in codes]
        for code in codes:
            self.attempt(self.compared, code, roots, int(size))
        whose = "" if not self.keys or key in self.keys else f" Only the file list confirms its key: {key}"
        told = f"{place}: {len(entries)} entries match the checkpoint, each at its number of {size} in log {origin}."
        return f"{told} {shown} values match their hashes; {hidden} more are named but withheld.{whose}"

    def entries(self, path: Path, origin: str) -> dict[int, tuple[str, bytes, Any]]:
        """Return by number: the place, the leaf hash and the header of each entry."""
        found: dict[int, tuple[str, bytes, Any]] = {}
        for where, line in self.lines(path):
            seq = (header := json.loads(line))["seq"]
            need(header["origin"] == origin and seq not in found, f"{where} is from another log, or is there twice.")
            found[seq] = (where, hashlib.sha256(b"\x00" + line).digest(), header)
        return found

    def proof(self, path: Path, entries: dict[int, Any], size: int, sizes: set[int]) -> dict[int, bytes]:
        """Step 3: compute the root at `size`, and at each of `sizes` if possible, from the blocks of proof.txt."""
        peaks: list[tuple[int, bytes]] = []  # complete subtrees, largest first: (number of entries, hash)
        at, met, roots = 0, 0, {}
        for where, line in self.lines(path):
            count, node = int(line.split(b" ")[1]), bytes.fromhex(line[-64:].decode())
            fits = count > 0 and count & (count - 1) == 0 and at % count == 0
            need(fits and line.decode() == f"{at} {count} {node.hex()}", f"{where} was changed.")
            if count == 1 and at in entries:
                met += 1
                if entries[at][1] != node:
                    self.wrong.append(f"{entries[at][0]} (entry {at}) does not match its hash.")
            at += count
            while peaks and peaks[-1][0] == count:
                count, node = 2 * count, join(node, peaks.pop()[1])
            peaks.append((count, node))
            if at == size or at in sizes:
                roots[at] = functools.reduce(join, [node for _, node in peaks[::-1]])
        need(met == len(entries) and at == size, f"{path.parent.name}/proof.txt omits or adds entries.")
        return roots

    def disclosures(self, path: Path, entries: dict[int, Any]) -> tuple[int, int]:
        """Step 4: compare every value with its hash. Return the numbers of shown and of only named values."""
        owed = {(seq, name) for seq, (_, _, header) in entries.items() for name in header["sd"]}
        whole, shown = len(owed), 0
        for where, line in self.lines(path):
            said = json.loads(line)
            seq, name, told = said["entry"], said["name"], f"({said.get('withheld')})"
            need((seq, name) in owed, f"{where}: entry {seq} has no “{name}”, or it is there twice.")
            owed.remove((seq, name))
            open_, shut = said.get("disclosure"), said.get("encrypted")
            if open_ or shut:  # shut: only the district can read it, but the entry has a hash of these bytes
                data = open_.encode("ascii") if open_ else base64.b64decode(shut)
                found = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
                committed = entries[seq][2]["sd" if open_ else "sd_encrypted"].get(name)
                need(committed == found, f"{where}: “{name}” of entry {seq} does not match its hash.")
            if open_:
                shown, told = shown + 1, json.dumps(json.loads(base64.urlsafe_b64decode(open_ + "=="))[2])
            self.values.setdefault((path.parent.name, seq), []).append(f"{name}: {told}")
        need(not owed, f"{path.parent.name}/disclosures.jsonl omits {sorted(owed)[:3]}.")
        return shown, whole - shown

    def compared(self, code: str, roots: dict[int, bytes], size: int) -> str:
        """Step 5: compare one verification code with this log."""
        _, seen, root = parsed(code)
        older = "this package can't show the log of that moment; the kiosk can."
        newer = "This code is newer than this package, so it can't be checked here; ask for a newer package."
        self.unchecked += [] if seen in roots else [f"{code}: {newer if seen > size else older}"]
        need(roots.get(seen, root) == root, f"{code} does not match: the log was rewritten since that moment.")
        return f"{code} is of a log in this package" + f", and its first {seen} entries match it." * (seen in roots)


def main(words: list[str] | None = None) -> int:
    """Check the package and print the results."""
    parser = argparse.ArgumentParser(description="Checks an evidence package of a front-office kiosk.")
    parser.add_argument("folder", nargs="?", default=Path(__file__).resolve().parent, type=Path, help="the package")
    parser.add_argument("--key", action="append", default=[], help="the key that the district has on paper; repeatable")
    parser.add_argument("--code", action="append", default=[], help="a verification code of the kiosk; repeatable")
    parser.add_argument("--list", action="store_true", help="also print each entry's values")
    asked = parser.parse_args(words)
    if not (asked.folder / "manifest.note").exists():
        sys.exit("Unpack the .zip first." if asked.folder.is_file() else "There is no evidence package here.")
    found = Package(asked.folder, [key.strip() for key in asked.key], asked.code).check()
    told = [f"{at} entry {seq}   {'; '.join(says)}" for (at, seq), says in found.values.items() if asked.list]
    told += [f"VERIFIED        {line}" for line in found.verified]
    told += [f"NOT CHECKED     {line}" for line in found.unchecked]
    told += [f"DOES NOT MATCH  {line}" for line in found.wrong]
    for line in (*told, "DOES NOT MATCH." if found.wrong else "Everything that was checked is VERIFIED."):
        # Characters other than plain ASCII are escaped, so that a package can't control the terminal.
        sys.stdout.write("".join(c if " " <= c <= "~" else ascii(c)[1:-1] for c in line) + "\n")
    return 1 if found.wrong else 2 if found.unchecked else 0


if __name__ == "__main__":
    sys.exit(main())
