"""Faults planted one at a time in the witnesses and in the verdict, and which of them no test sees (`make mutants`).

Each is tried in a copy of the project, in a process forked from one that has loaded the libraries but nothing of ours.
Which faults are tried depends on a seed and on their text, not on their place: a change elsewhere changes no choice.
"""

from __future__ import annotations

import ast
import os
import shutil
import signal
import sys
import zlib
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.test_house import imported, inner, inner_modules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ROOT = Path(__file__).parents[1]
# Left out: estimates of limits and slopes, which are to go.
ESTIMATES = {"quotient", "differences", "samples", "extrapolation", "steps"}
MODULES = [ROOT / "derivcli/verdict.py", *sorted(ROOT.glob("derivcli/witnesses/*.py"))]
TESTS = [ROOT / "tests/test_verdict.py", *sorted(ROOT.glob("tests/witnesses/test_*.py"))]
WHOLE = ["tests/traps/test_classics.py"]  # from end to end, in a worker too: for what no test of a module sees
EXCUSED = Path(__file__).with_name("excused.txt")  # a fault a line, and under it why no test can see it
LIBRARIES = ("torch", "sympy", "mpmath", "numpy", "scipy.special", "hypothesis", "pytest", "jsonschema")
SEED = 18
COUNT = 300
MOST = 90  # that may live unexcused, by slices of a fifth: to be lowered to what a whole run counts
PATIENCE = 120  # seconds: what hangs is seen too
ENOUGH = 10.0  # seconds of the processor for one fault: the fastest tests that import its module


def _both(*pairs: str) -> dict[type[ast.AST], Any]:
    """Return each operator of `ast` with the one that stands for it."""
    named = [[getattr(ast, name) for name in pair.split()] for pair in pairs]
    return dict(named) | {b: a for a, b in named}


_OPPOSITE = _both("Lt GtE", "Gt LtE", "Eq NotEq", "Is IsNot", "In NotIn", "And Or", "Add Sub", "Mult Div")
_BESIDE = _both("Lt LtE", "Gt GtE")  # of an integer; whether another number itself is meant makes no difference
_SYMMETRIC = frozenset({"_near", "_joint_error", "larger", "max", "min", "hypot"})  # in their first two arguments


class Mutant(NamedTuple):
    """A module with one fault: its name tells it from others, in whatever line it stands."""

    module: str
    line: int
    name: str
    source: bytes


Trial = tuple[Mutant | None, list[str]]  # a fault, or none, and the test files that run on it


def faulty(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield the faults that a node can have: an expression, and another one for it."""
    match node:
        case ast.Compare(left, [op], [right]):
            whole = any(isinstance(side, ast.Constant) and type(side.value) is int for side in (left, right))
            kinds = {**_OPPOSITE, **_BESIDE} if whole else _OPPOSITE
            yield node, ast.Compare(left, [kinds[type(op)]()], [right])
        case ast.BoolOp(op, values):
            yield node, ast.BoolOp(_OPPOSITE[type(op)](), values)
        case ast.BinOp(left, op, right) if type(op) in _OPPOSITE:
            yield node, ast.BinOp(left, _OPPOSITE[type(op)](), right)
        case ast.UnaryOp(ast.USub() | ast.Not(), operand):
            yield node, operand
        case ast.Constant(int() | float() as value) if not isinstance(value, bool) and value + 1 != value:
            yield node, ast.Constant(value + 1)
        case ast.Call(function, [first, second, *rest], keywords) if ast.dump(first) != ast.dump(second):
            if ast.unparse(function) not in _SYMMETRIC:
                yield node, ast.Call(function, [second, first, *rest], keywords)
        case ast.If(test, [*_, last], []) if isinstance(last, ast.Return | ast.Raise | ast.Continue | ast.Break):
            yield test, ast.Constant(value=False)


def mutants(path: Path) -> Iterator[Mutant]:
    """Yield every fault of a module."""
    text = path.read_bytes()
    starts = [0, *accumulate(map(len, text.splitlines(keepends=True)))]
    for function, node in _code(ast.parse(text), "module"):
        for old, new in faulty(node):
            start = starts[old.lineno - 1] + old.col_offset
            end = starts[(old.end_lineno or 1) - 1] + (old.end_col_offset or 0)
            name = f"{path.relative_to(ROOT)} {function}: {ast.unparse(old)} -> {ast.unparse(new)}"
            source = b"".join((text[:start], f"({ast.unparse(new)})".encode(), text[end:]))
            yield Mutant(str(path.relative_to(ROOT)), old.lineno, name, source)


def _code(node: ast.AST, function: str) -> Iterator[tuple[str, ast.AST]]:
    """Yield what runs, with the function it stands in: neither annotations nor the parts of an f-string."""
    for name, field in ast.iter_fields(node):
        for child in field if isinstance(field, list) else [field]:
            runs = isinstance(child, ast.AST) and not isinstance(child, ast.JoinedStr)
            if runs and name not in ("annotation", "returns", "decorator_list"):
                inside = child.name if isinstance(child, ast.FunctionDef) else function
                yield inside, child
                yield from _code(child, inside)


def chosen(count: int, modules: Iterable[Path]) -> list[Mutant]:
    """Return some of all faults, the same ones every time."""
    known = {mutant.name: mutant for module in modules for mutant in mutants(module)}  # of one name the last
    return sorted(known.values(), key=lambda mutant: zlib.crc32(f"{SEED} {mutant.name}".encode()))[:count]


def tests_of(modules: Iterable[str]) -> dict[str, list[str]]:
    """Return the test files that import each module; where there is none, those that import its users."""
    tests = {str(path.relative_to(ROOT)): imported(ast.parse(path.read_bytes())) for path in TESTS}
    found: dict[str, list[str]] = {}
    for module in modules:
        known = {module.removesuffix(".py").replace("/", ".")}
        while not found.get(module):
            found[module] = [test for test, names in tests.items() if names & known]
            known |= {user for user in inner_modules() if inner(user) & known}
    return found


def tried(trials: Iterable[Trial], folder: Path) -> Iterator[tuple[Mutant | None, str, int, float]]:
    """Run trials side by side, each in a copy; yield fault, first file, exit code and seconds of each that ends."""
    free = [folder / str(lane) for lane in range(os.cpu_count() or 1)]
    for copy in free:
        for part in ("derivcli", "tests"):
            shutil.copytree(ROOT / part, copy / part)
        shutil.copy2(ROOT / "pyproject.toml", copy)
    waiting = list(trials)
    running: dict[int, tuple[Trial, Path]] = {}
    while waiting or running:
        while waiting and free:
            trial, copy = waiting.pop(), free.pop()
            mutant, files = trial
            if mutant is not None:
                (copy / mutant.module).write_bytes(mutant.source)
                # A time of its own, so that no bytecode of another fault fits.
                os.utime(copy / mutant.module, (len(waiting), len(waiting)))
            running[_forked(copy, files)] = trial, copy
        process, status, spent = os.wait4(-1, 0)
        (mutant, files), copy = running.pop(process)
        if mutant is not None:
            shutil.copy2(ROOT / mutant.module, copy / mutant.module)
        free.append(copy)
        yield mutant, files[0], os.waitstatus_to_exitcode(status), spent.ru_utime + spent.ru_stime


def _forked(copy: Path, files: list[str]) -> int:
    """Start the tests in a process of their own, which ends by an alarm at the latest; return its number."""
    if process := os.fork():
        return process
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    os.chdir(copy)
    sys.path[0] = str(copy)
    for name in [name for name in sys.modules if name.partition(".")[0] in ("tests", "derivcli")]:
        del sys.modules[name]
    signal.alarm(PATIENCE)
    import pytest

    os._exit(pytest.main(["-x", "-q", "-n0", "--assert=plain", "-p", "no:cacheprovider", *files]))


def fastest(files: Iterable[str], seconds: Mapping[str, float]) -> list[str]:
    """Return the fastest of some test files, as many as together take no longer than is enough, and those of all."""
    ordered = sorted(files, key=lambda file: seconds[file])
    totals = accumulate(seconds[file] for file in ordered)
    return [*(file for file, total in zip(ordered, totals, strict=True) if total <= ENOUGH), *WHOLE]


def main(part: str = "", count: str = str(COUNT)) -> int | str:
    """Try faults in the modules whose name holds a part, and print those that live; return an exit code."""
    os.environ |= {"CI": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}  # the same examples every time
    for library in LIBRARIES:
        import_module(library)
    faults = chosen(int(count), [path for path in MODULES if part in str(path) and path.stem not in ESTIMATES])
    excused = EXCUSED.read_text("utf-8").splitlines()
    tests = tests_of({fault.module for fault in faults})
    with TemporaryDirectory() as name:
        every = sorted(set(WHOLE).union(*tests.values()))
        sound = list(tried([(None, [file]) for file in every], Path(name, "sound")))
        if failing := [file for _, file, code, _ in sound if code not in (0, -signal.SIGALRM)]:
            return f"These fail without any fault: {', '.join(failing)}"
        seconds = {file: spent for _, file, _, spent in sound}
        trials = [(fault, fastest(tests[fault.module], seconds)) for fault in faults]
        alive = 0
        for fault, _, code, _ in tried(trials, Path(name, "faulty")):
            if fault and code == 0 and fault.name not in excused:
                alive += 1
                print(f"{fault.name}  (line {fault.line})", flush=True)  # noqa: T201
    print(f"{len(faults)} faults: {alive} that no test sees, beside those excused")  # noqa: T201
    return int(alive > MOST)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
