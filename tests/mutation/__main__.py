"""The mutation score of the pure core: what is left, and a table. `python -m tests.mutation [PATTERN …]`.

With patterns, such as `kiosk.record.holds*`, only those mutants are tried, and nothing is compared with `argued.toml`.
It works on a copy of the repository, which is gone at the end.
"""

from __future__ import annotations

import ast
import difflib
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[2]
ARGUED: Final = Path(__file__).with_name("argued.toml")

_SURVIVED: Final = 0
_NO_TEST: Final = frozenset({5, 33})
_MARK: Final = "__mutmut_"


class State(StrEnum):
    """The result of one mutant. UNTRIED: the run was limited to others."""

    KILLED = "killed"
    WORDS = "words"
    SURVIVED = "survived"
    NO_TEST = "no test"
    UNTRIED = "untried"


class Mutant(NamedTuple):
    """One mutant. function: the full name of what it changes, as `kiosk.record.holds.placing`.

    change: the lines before and after, where it is left.
    """

    module: str
    function: str
    state: State
    change: str = ""


def mutants(folder: Path) -> Iterator[Mutant]:
    """Every mutant of a run. folder: where mutmut put them."""
    for meta in sorted(folder.rglob("*.py.meta")):
        codes = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        code = meta.with_suffix("")
        module = ".".join(code.relative_to(folder).with_suffix("").parts)
        functions = _functions(code) if codes else {}
        for name, result in codes.items():
            short = name.removeprefix(f"{module}.")
            yield _mutant(module, short, result, functions)


def _mutant(module: str, short: str, result: int | None, functions: Mapping[str, ast.AST]) -> Mutant:
    function = f"{module}.{_plain(short)}"
    if result is None:
        return Mutant(module, function, State.UNTRIED)
    if result != _SURVIVED and result not in _NO_TEST:
        return Mutant(module, function, State.KILLED)
    name = short.rpartition(".")[2]
    changed, original = functions[name], functions[f"{name.rpartition(_MARK)[0]}{_MARK}orig"]
    if result == _SURVIVED and _without_words(changed) == _without_words(original):
        return Mutant(module, function, State.WORDS)
    before, after = (ast.unparse(one).splitlines()[1:] for one in (original, changed))
    lines = difflib.unified_diff(before, after, n=0, lineterm="")
    change = "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))
    return Mutant(module, function, State.SURVIVED if result == _SURVIVED else State.NO_TEST, change)


def _plain(short: str) -> str:
    """`x_placing__mutmut_3` is of `placing`, `xǁManifestǁlines__mutmut_1` of `Manifest.lines`."""
    return short.rpartition(_MARK)[0].removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")


def _functions(code: Path) -> dict[str, ast.AST]:
    tree = ast.parse(code.read_text(encoding="utf-8"))
    return {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


class _Blank(ast.NodeTransformer):
    """Sentences and f-strings become nothing, and so does the name of the function."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.name = ""
        return self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant("") if isinstance(node.value, str) and " " in node.value else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        parts = (part.value for part in node.values if isinstance(part, ast.Constant))
        return ast.Constant("") if any(" " in str(part) for part in parts) else self.generic_visit(node)


def _without_words(function: ast.AST) -> str:
    return ast.dump(_Blank().visit(ast.parse(ast.unparse(function))))


def table(found: list[Mutant]) -> Iterator[str]:
    """One line for each module, the whole last. The score leaves out what only changes words."""
    by_module: dict[str, Counter[State]] = defaultdict(Counter)
    for one in found:
        by_module[one.module][one.state] += 1
        by_module["all"][one.state] += 1
    yield f"{'module':<48}{'mutants':>8}{'killed':>8}{'words':>8}{'left':>8}{'score':>8}"
    for module, counted in sorted(by_module.items(), key=lambda item: (item[0] == "all", item[0])):
        left = counted[State.SURVIVED] + counted[State.NO_TEST]
        tried = counted[State.KILLED] + left
        score = f"{100 * counted[State.KILLED] / tried:.1f} %" if tried else "-"
        yield (
            f"{module:<48}{counted.total():>8}{counted[State.KILLED]:>8}{counted[State.WORDS]:>8}{left:>8}{score:>8}"
        )


def unargued(found: list[Mutant]) -> Iterator[str]:
    """Functions in which more mutants are left than `argued.toml` gives a reason for; and reasons for more than are."""
    argued = tomllib.loads(ARGUED.read_text(encoding="utf-8"))
    left = Counter(one.function for one in found if one.state in {State.SURVIVED, State.NO_TEST})
    for function in sorted({*left, *argued}):
        most = argued.get(function, {"left": 0})["left"]
        if left[function] != most:
            yield f"{function}: {left[function]} left, {most} argued"


def main() -> int:
    """Run mutmut and print what is left; 1 when something is left without a reason."""
    patterns = sys.argv[1:]
    with tempfile.TemporaryDirectory() as scratch:
        copied = Path(scratch) / "copy"
        shutil.copytree(ROOT, copied, ignore=shutil.ignore_patterns(".*", "__pycache__", "mutants"))
        subprocess.run([sys.executable, "-m", "mutmut", "run", *patterns], cwd=copied, check=True)
        found = list(mutants(copied / "mutants"))
    left = [f"{one.function} ({one.state})\n{one.change}" for one in found if one.change]
    problems = [] if patterns else list(unargued(found))
    print(*left, *table(found), *problems, sep="\n")  # noqa: T201 - its result
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
