"""Checks a copy of records of a front-office kiosk, with nothing of the kiosk's own program.

    python3 verify.py [FOLDER] [--key KEY] [--receipt CODE] [--list]
It needs Python 3.8 or later, and the package `cryptography` for the signatures. Exit code: 0 all holds; 1 something
does not; 2 what was checked holds, but not all could be checked. What it asks:
1. Is manifest.note, the list of files, signed by the key in key.txt (C2SP signed note, Ed25519), and is that the one
   given with --key? Is each file there, with the SHA-256 that the list says, and none that the list does not name?
2. For each log (folders log-1, log-2 ...): is checkpoint.note signed by the log's key? It says how many entries the log
   had, and the root: one hash over all of them (the Merkle tree of RFC 6962).
3. Does each line of events.jsonl, hashed as SHA-256(0x00 + line), stand at its number in proof.txt, and do the hashes
   there, joined two by two as SHA-256(0x01 + left + right), give the root? Then each was signed, at its number, as is.
4. An entry holds no value, only ("sd") the SHA-256 of each value with its random salt. Has each value in
   disclosures.jsonl that hash, and does that file say of every other value why it is not in this copy?
5. With --receipt: had this log, at the size on the receipt, the root on the receipt?
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
    """Something that does not hold; the words say where and what."""


def need(true: bool, what: str) -> None:
    """Raise Bad unless it is true."""
    if not true:
        raise Bad(what)


def join(right: bytes, left: bytes) -> bytes:
    """The hash of a node of the tree from those of its two halves."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def receipt_of(code: str) -> tuple[str, int, bytes]:
    """What a receipt says: eight digits of the log's name, how many entries it had, the root."""
    parts = re.fullmatch(r"FOK1:([0-9A-F]{8})/([0-9]{1,15})/([A-Z2-7]{52})", re.sub(r"\s", "", code).upper())
    return (parts[1], int(parts[2]), base64.b32decode(parts[3] + "====")) if parts else ("", 0, b"")


class Copy:
    """A copy in a folder, and what was found: `holds`, `fails`, `open` (not checked), and the entries' `values`."""

    def __init__(self, folder: Path, keys: list[str], receipts: list[str]) -> None:
        self.folder, self.keys, self.receipts, self.at = folder, keys, receipts, ""
        self.holds: list[str] = []
        self.fails: list[str] = []
        self.open: list[str] = []
        self.said: list[tuple[str, str]] = []
        self.values: dict[tuple[str, int], list[str]] = {}

    def check(self) -> Copy:
        """Check everything; itself."""
        self.attempt(self.manifest)
        if self.said:  # else there is nothing that the rest could be held against
            self.attempt(self.files)
        for said in [value for name, value in self.said if name == "log"]:
            self.attempt(self.log, said)
        self.fails += [f"{code} is no receipt of a log in this copy." for code in self.receipts]
        return self

    def attempt(self, check: Callable[..., str], *given: Any) -> None:
        """Run one check: it gives back what holds, or raises, or has noted, what does not."""
        try:
            before, found = len(self.fails), check(*given)
            self.holds += [found] if len(self.fails) == before else []
        except Bad as bad:
            self.fails.append(str(bad))
        except (ValueError, LookupError, TypeError, AttributeError, OSError, RecursionError) as error:
            self.fails.append(f"{self.at} can't be read ({error}): it was changed, or is not there.")

    def read(self, path: Path) -> bytes:
        """The bytes of a file."""
        return path.read_bytes()

    def lines(self, path: Path) -> Iterator[tuple[str, bytes]]:
        """Each line of a file, with where it stands."""
        for number, line in enumerate(self.read(path).split(b"\n")[:-1], 1):
            self.at = f"{path.parent.name}/{path.name} line {number}"
            yield self.at, line

    def manifest(self) -> str:
        """Step 1: the list of files, and who signed it."""
        key, text = self.signed(self.folder / "key.txt", self.folder / "manifest.note")
        need(not self.keys or key in self.keys, f"The copy is signed by another key than the one you gave: {key}")
        need(text.startswith("front-office-kiosk copy 1\n"), "manifest.note is no list of files of such a copy.")
        self.said = [(name, value) for name, _, value in (line.partition(": ") for line in text.split("\n")[1:-1])]
        whose = "the one you gave" if self.keys else f"yet to be compared with the one the district has: {key}"
        about = "; ".join(f"{name} {value}" for name, value in self.said if name not in {"file", "log"})
        return f"The list of files is signed by the key in key.txt. That key is {whose}. The list says: {about}."

    def signed(self, key_file: Path, path: Path) -> tuple[str, str]:
        """The key and the text that it signed. Raises Bad when it did not, as far as that can be checked here."""
        self.at = f"{path.relative_to(self.folder).as_posix()} or its key.txt"
        key = self.read(key_file).decode("utf-8").rstrip("\n")
        name, said_id, public = key.split("+", 2)
        raw = base64.b64decode(public, validate=True)
        key_id = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
        need(raw[:1] == b"\x01" and len(raw) == 33 and key_id.hex() == said_id, f"{key_file.name} holds no key.")
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
        self.open += [] if SIGNATURES else [f"The signature of {name}. First: python3 -m pip install cryptography"]
        try:
            if SIGNATURES:
                Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode("utf-8"))
        except InvalidSignature:
            raise Bad(f"{name}: the signature does not hold. That file, or key.txt, was changed.") from None

    def files(self) -> str:
        """Step 1: every file against the list."""
        found = (p for p in self.folder.rglob("*") if p.is_symlink() or not p.is_dir())
        got = {p.relative_to(self.folder).as_posix() for p in found}
        listed = {value[65:]: value[:64] for name, value in self.said if name == "file"}
        self.fails += [f"{path} is not in the list of files." for path in sorted(got - {*listed, "manifest.note"})]
        self.fails += [f"{path} is in the list of files but not here." for path in sorted(set(listed) - got)]
        changed = [p for p in got & {*listed} if hashlib.sha256(self.read(self.folder / p)).hexdigest() != listed[p]]
        self.fails += [f"{path} was changed: it has not the SHA-256 that the list says." for path in sorted(changed)]
        return f"{len(listed)} files were compared with the list."

    def log(self, said: str) -> str:
        """Steps 2 to 5 for one log of the copy."""
        place, origin, size, root = said.split(" ")
        here = self.folder / place
        key, text = self.signed(here / "key.txt", here / "checkpoint.note")
        same = text.startswith(f"{origin}\n{size}\n{root}\n") and key.startswith(f"{origin}+")
        need(same, f"{place}/checkpoint.note does not say what the list says.")
        entries = self.entries(here / "events.jsonl", origin)
        codes = [c for c in self.receipts if receipt_of(c)[0] == origin.rsplit("/", 1)[-1][:8].upper()]
        roots = self.proof(here / "proof.txt", entries, int(size), {receipt_of(code)[1] for code in codes})
        need(roots[int(size)] == base64.b64decode(root), f"{place}/proof.txt does not lead to the signed root.")
        shown, hidden = self.disclosures(here / "disclosures.jsonl", entries)
        self.receipts = [code for code in self.receipts if code not in codes]
        for code in codes:
            self.attempt(self.witnessed, code, roots, int(size))
        whose = "" if not self.keys or key in self.keys else f" Its key is vouched for by the list alone: {key}"
        told = f"{place}: {len(entries)} entries are what was sealed, each at its number of {size} in the log {origin}."
        return f"{told} {shown} values are those that were sealed; {hidden} more are named but not shown.{whose}"

    def entries(self, path: Path, origin: str) -> dict[int, tuple[str, bytes, Any]]:
        """Number of each entry → where it stands, its leaf hash, what it says."""
        found: dict[int, tuple[str, bytes, Any]] = {}
        for where, line in self.lines(path):
            seq = (header := json.loads(line))["seq"]
            need(header["origin"] == origin and seq not in found, f"{where} is of another log, or is there twice.")
            found[seq] = (where, hashlib.sha256(b"\x00" + line).digest(), header)
        return found

    def proof(self, path: Path, entries: dict[int, Any], size: int, sizes: set[int]) -> dict[int, bytes]:
        """Step 3: from the blocks of proof.txt to the root, as it was at `size` and at each of `sizes`."""
        peaks: list[tuple[int, bytes]] = []  # whole subtrees, largest first: how many entries, hash
        at, met, roots = 0, 0, {}
        for where, line in self.lines(path):
            count, node = int(line.split(b" ")[1]), bytes.fromhex(line[-64:].decode())
            fits = count > 0 and count & (count - 1) == 0 and at % count == 0
            need(fits and line.decode() == f"{at} {count} {node.hex()}", f"{where} was changed.")
            if count == 1 and at in entries:
                met += 1
                if entries[at][1] != node:
                    self.fails.append(f"{entries[at][0]} (entry {at}) is not what was sealed.")
            at += count
            while peaks and peaks[-1][0] == count:
                count, node = 2 * count, join(node, peaks.pop()[1])
            peaks.append((count, node))
            if at == size or at in sizes:
                roots[at] = functools.reduce(join, [node for _, node in peaks[::-1]])
        need(met == len(entries) and at == size, f"{path.parent.name}/proof.txt leaves out or adds entries.")
        return roots

    def disclosures(self, path: Path, entries: dict[int, Any]) -> tuple[int, int]:
        """Step 4: every value against its hash. How many are shown, and how many are only named."""
        owed = {(seq, name) for seq, (_, _, header) in entries.items() for name in header["sd"]}
        whole, shown = len(owed), 0
        for where, line in self.lines(path):
            said = json.loads(line)
            seq, name, told = said["entry"], said["name"], f"({said.get('withheld')})"
            need((seq, name) in owed, f"{where}: entry {seq} has no “{name}”, or it is there twice.")
            owed.remove((seq, name))
            open_, shut = said.get("disclosure"), said.get("sealed")
            if open_ or shut:  # shut: only the district can read it, but here, too, each byte is committed to
                data = open_.encode("ascii") if open_ else base64.b64decode(shut)
                found = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
                committed = entries[seq][2]["sd" if open_ else "sealed"].get(name)
                need(committed == found, f"{where}: “{name}” of entry {seq} is not what was sealed.")
            if open_:
                shown, told = shown + 1, json.dumps(json.loads(base64.urlsafe_b64decode(open_ + "=="))[2])
            self.values.setdefault((path.parent.name, seq), []).append(f"{name}: {told}")
        need(not owed, f"{path.parent.name}/disclosures.jsonl says nothing of {sorted(owed)[:3]}.")
        return shown, whole - shown

    def witnessed(self, code: str, roots: dict[int, bytes], size: int) -> str:
        """Step 5: one receipt of this log."""
        _, seen, root = receipt_of(code)
        older = "this copy can't tell how the log stood then; the kiosk can."
        newer = "This receipt is newer than this copy, so it can't be checked with it; ask for a newer copy."
        self.open += [] if seen in roots else [f"{code}: {newer if seen > size else older}"]
        need(roots.get(seen, root) == root, f"{code} does not fit: what the log held then was written anew.")
        return f"{code} names a log in this copy" + f", and its first {seen} entries fit it." * (seen in roots)


def main(words: list[str] | None = None) -> int:
    """Check, and say in words what was found."""
    parser = argparse.ArgumentParser(description="Checks a copy of records of a front-office kiosk.")
    parser.add_argument("folder", nargs="?", default=Path(__file__).resolve().parent, type=Path, help="the copy")
    parser.add_argument("--key", action="append", default=[], help="the key that the district knows; can be repeated")
    parser.add_argument("--receipt", action="append", default=[], help="a code the kiosk gave out; can be repeated")
    parser.add_argument("--list", action="store_true", help="print each entry's values, too")
    asked = parser.parse_args(words)
    if not (asked.folder / "manifest.note").exists():
        sys.exit("Unpack the .zip first." if asked.folder.is_file() else "There is no copy of records here.")
    copy = Copy(asked.folder, [key.strip() for key in asked.key], asked.receipt).check()
    told = [f"{at} entry {seq}   {'; '.join(says)}" for (at, seq), says in copy.values.items() if asked.list]
    for what, lines in (("HOLDS", copy.holds), ("NOT CHECKED", copy.open), ("DOES NOT HOLD", copy.fails)):
        told += [f"{what:<15}{line}" for line in lines]
    for line in (*told, "This copy does not hold." if copy.fails else "All that was checked holds."):
        # What is no plain letter is spelled out: nothing in a copy may drive a terminal.
        sys.stdout.write("".join(c if " " <= c <= "~" else ascii(c)[1:-1] for c in line) + "\n")
    return 1 if copy.fails else 2 if copy.open else 0


if __name__ == "__main__":
    sys.exit(main())
