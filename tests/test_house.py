"""The rules of the house, read from the source: who imports whom, and which calls nobody makes."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.every import for_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PACKAGE = Path(__file__).parents[1] / "derivcli"
HEAVY = frozenset({"torch", "sympy", "mpmath", "flint"})

# The storeys of the house, from the ground up. A module may import what stands on a lower storey or on its own.
STOREYS = (
    ("hints", "errors", "model"),
    ("language", "parts", "atomic", "garbage"),
    ("witnesses", "verdict", "closeness", "wording", "causes", "targets"),
    ("testimony", "cases", "views"),
    ("calculator", "reasons", "looks"),
    ("system", "many"),
    ("api", "coordinates", "points", "document"),
    ("table", "streaming", "plot", "graphs", "explanations", "exports"),
    ("notebook", "manual", "batch", "engine"),
    ("cli",),
    ("__main__",),
)
# Beside the layers: the lazy front door names everybody, and __main__ stops the worker it may have started.
FRONT_DOOR = "derivcli"

FORBIDDEN = frozenset({"eval", "exec", "compile", "sympify", "parse_expr", "S", "N", "lambdify", "__import__"})
HARMLESS = frozenset({"re.compile"})
NO_TEXT = frozenset({"subs", "diff", "evalf", "Derivative", "Integral"})


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module of the package by its full name, parsed."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = ast.parse(path.read_text(encoding="utf-8"))
    return found


_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def dotted(node: ast.expr) -> str:
    """Return a name with its dots, `os.environ`; what is no name has a question mark: `?.diff` of `f(x).diff`."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"


def imported(tree: ast.AST, *, inside_functions: bool = True) -> set[str]:
    """Return the full names of what a module imports when it runs; imports for type checking do not count."""
    found: set[str] = set()
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide who imports whom"
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in dotted(node.test):
            found |= imported(ast.Module(node.orelse, []), inside_functions=inside_functions)
        elif not isinstance(node, ast.expr) and (inside_functions or not isinstance(node, _FUNCTIONS)):
            found |= imported(node, inside_functions=inside_functions)
    return found


@cache
def imports(name: str, *, inside_functions: bool = True) -> set[str]:
    """Return the full names of what a module of the package imports."""
    return imported(modules()[name], inside_functions=inside_functions)


@cache
def inner(name: str) -> set[str]:
    """Return the modules of the package that a module imports, function-level imports included."""
    return imports(name) & modules().keys() - {name, FRONT_DOOR}


def outer(name: str, *, inside_functions: bool = True) -> set[str]:
    """Return the first parts of the names of all that a module imports."""
    return {target.partition(".")[0] for target in imports(name, inside_functions=inside_functions)}


def storey(name: str) -> int:
    room = name.split(".")[1]
    return next(level for level, rooms in enumerate(STOREYS) if room in rooms)


@cache
def closure(name: str) -> set[str]:
    """Return a module and all of the package that it imports, directly or not."""
    seen: set[str] = set()
    waiting = {name}
    while waiting:
        seen |= waiting
        waiting = set().union(*map(inner, waiting)) - seen
    return seen


@cache
def nodes(name: str) -> list[ast.AST]:
    """Return all parts of a module, which a few rules look at."""
    return list(ast.walk(modules()[name]))


@cache
def inner_modules() -> list[str]:
    """Return the names of all modules but the front door: they take a second to parse, but not to collect."""
    return sorted(set(modules()) - {FRONT_DOOR})


def test_every_room_has_its_place_in_the_house() -> None:
    assert {name.split(".")[1] for name in inner_modules()} == {room for rooms in STOREYS for room in rooms}


def broken(names: Iterable[str], found: Callable[[str], object]) -> dict[str, object]:
    """Return what is found in each module that breaks a rule."""
    return {name: what for name in names if (what := found(name))}


def in_rooms(*rooms: str) -> list[str]:
    return [name for name in inner_modules() if name.split(".")[1] in rooms]


def test_a_module_imports_only_what_stands_below_it() -> None:
    assert not broken(inner_modules(), lambda name: {target for target in inner(name) if storey(target) > storey(name)})


def started(name: str) -> set[str]:
    """Return the modules of the package that processes import which a module starts with a text of code."""
    found: set[str] = set()
    for node in nodes(name):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "from derivcli." in node.value:
            found |= imported(ast.parse(node.value))
    return found & modules().keys() - {FRONT_DOOR}


def test_a_process_is_started_only_of_what_does_not_stand_above() -> None:
    assert not broken(
        inner_modules(), lambda name: {target for target in started(name) if storey(target) > storey(name)}
    )
    assert broken(inner_modules(), started) == {
        "derivcli.batch.pool": {"derivcli.batch.server"},
        "derivcli.witnesses.process": {"derivcli.witnesses.worker"},
    }


@pytest.mark.parametrize(
    ("room", "others"), [("points", ("document", "api")), ("document", ("points", "api", "calculator"))]
)
def test_rooms_side_by_side_do_not_know_each_other(room: str, others: tuple[str, ...]) -> None:
    assert not broken(in_rooms(room), lambda name: inner(name) & set(in_rooms(*others)))


def test_what_draws_a_picture_computes_nothing_and_what_computes_it_draws_nothing() -> None:
    rooms = {name: closure(name) for name in inner_modules() if name.startswith("derivcli.plot.")}
    drawing = {f"derivcli.plot.{name}" for name in ("terminal", "heat", "panels", "field", "paper", "dots")}
    computing = rooms.keys() - drawing
    assert not {name for name in drawing if {"torch"} & set().union(*map(outer, rooms[name]))}
    assert not {name for name in computing if rooms[name] & drawing}


def test_no_module_imports_itself_by_a_detour() -> None:
    assert not broken(inner_modules(), lambda name: [target for target in inner(name) if name in closure(target)])


def test_the_light_rooms_load_no_heavy_library() -> None:
    light = in_rooms("hints", "errors", "model", "language", "manual", "cli")
    assert not broken(light, lambda name: outer(name, inside_functions=False) & HEAVY)


def test_no_module_imports_an_engine_which_is_loaded_where_it_is_asked_for() -> None:
    assert not broken(inner_modules(), lambda name: outer(name) & {"dask", "distributed"})


def test_the_language_needs_the_standard_library_only() -> None:
    known = sys.stdlib_module_names | {"derivcli"}
    assert not broken(in_rooms("hints", "errors", "model", "language"), lambda name: outer(name) - known)


def test_the_third_witness_knows_neither_of_those_it_testifies_against() -> None:
    assert {target for name in closure("derivcli.witnesses.third") for target in outer(name)} & HEAVY == {"flint"}


def test_the_proof_witness_knows_no_other_witness_nor_their_libraries() -> None:
    room = {name for name in inner_modules() if name.startswith("derivcli.witnesses.proof")}
    known = set().union(*map(closure, room))
    assert {target for name in known for target in outer(name)} & HEAVY == {"flint"}
    assert {name for name in known - room if name.startswith("derivcli.witnesses.")} == {"derivcli.witnesses.evidence"}


def test_the_main_process_loads_neither_sympy_nor_mpmath_and_the_worker_no_torch() -> None:
    known = set().union(*map(closure, ["derivcli.api", *in_rooms("cli")]))
    main = {target for name in known for target in outer(name, inside_functions=False)}
    lazy = {name for name in known if "sympy" in outer(name)}
    worker = {target for name in closure("derivcli.witnesses.worker") for target in outer(name)}
    assert HEAVY & main == {"torch"}
    assert not lazy
    assert HEAVY & worker == {"sympy", "flint"}


def test_mpmath_only_gives_torch_the_few_functions_that_scipy_lacks() -> None:
    # Not FLINT, which would make of the witness by torch one that knows what the proofs know.
    found = {name for name in inner_modules() if "mpmath" in outer(name)}
    assert found == {"derivcli.witnesses.float_arrays"}
    assert outer("derivcli.witnesses.float_arrays", inside_functions=False).isdisjoint({"mpmath"})


def test_no_module_imports_both_torch_and_sympy() -> None:
    assert not broken(inner_modules(), lambda name: {"torch", "sympy"} <= outer(name))


MAKERS = frozenset(
    {"tensor", "as_tensor", "zeros", "ones", "full", "empty", "arange", "linspace", "logspace", "eye", "rand", "randn"}
)


def nameless(tree: ast.AST) -> list[str]:
    """Return the calls that make a tensor on whatever device the caller has set as the usual one."""
    return [
        ast.unparse(call)
        for name, call in calls(tree)
        if name.startswith("torch.") and name.removeprefix("torch.") in MAKERS and not _names_device(call)
    ]


def _names_device(call: ast.Call) -> bool:
    return any(keyword.arg in ("device", None) for keyword in call.keywords)


def test_every_tensor_names_its_device() -> None:
    assert not broken(inner_modules(), lambda name: nameless(modules()[name]))


def test_a_tensor_without_a_device_is_found() -> None:
    assert nameless(ast.parse("torch.zeros(3, dtype=torch.float64)"))
    assert not nameless(ast.parse("torch.zeros(3, device='cpu'); torch.zeros_like(x); torch.full(1, 2, **kind)"))


def calls(tree: ast.AST) -> list[tuple[str, ast.Call]]:
    return [(dotted(node.func), node) for node in ast.walk(tree) if isinstance(node, ast.Call)]


def suspicious(tree: ast.AST) -> list[str]:
    """Return the calls of a module that could run a text as code."""
    found = []
    for name, call in calls(tree):
        last = name.rpartition(".")[2]
        texts = [arg for arg in call.args if isinstance(arg, (ast.JoinedStr, ast.Constant)) and _is_text(arg)]
        if (last in FORBIDDEN and name not in HARMLESS) or (last in NO_TEXT and texts):
            found.append(ast.unparse(call))
    return found


def _is_text(node: ast.JoinedStr | ast.Constant) -> bool:
    return isinstance(node, ast.JoinedStr) or isinstance(node.value, str)


def test_nothing_is_called_that_could_run_a_text_as_code() -> None:
    assert not broken(modules(), lambda name: suspicious(modules()[name]))


def at_hand(name: str) -> set[str]:
    """Return what a module imports or names that could run a text as code."""
    named = {node.id for node in nodes(name) if isinstance(node, ast.Name)}
    ends = (".lambdify", ".sympify", ".parse_expr")
    taken = {target for target in imports(name) if target.rpartition(".")[2] in FORBIDDEN}
    runners = outer(name) & {"pickle", "marshal", "shelve", "code", "runpy"}
    return (
        named & (FORBIDDEN - {"N", "S"}) | {text for text in attributes(name) if text.endswith(ends)} | taken | runners
    )


def test_what_could_run_a_text_as_code_is_not_imported_or_named_either() -> None:
    assert not broken(modules(), at_hand)


@for_all(
    "text",
    [
        "eval(x)",
        "exec(x)",
        "compile(x, '', 'eval')",
        "sympy.sympify(x)",
        "parse_expr(x)",
        "sympy.S(x)",
        "N(x)",
        "sympy.lambdify(x, y)",
        "f.subs('x', 2)",
        "f.diff(f'{x}')",
        "builtins.eval(x)",
    ],
)
def test_the_scan_can_fail(text: str) -> None:
    assert suspicious(ast.parse(text))


@pytest.mark.parametrize("text", ["re.compile('x')", "f.diff(x)", "f.subs(x, 2)", "evaluate(x)", "sympy.S.One"])
def test_the_scan_does_not_cry_wolf(text: str) -> None:
    assert not suspicious(ast.parse(text))


@cache
def attributes(name: str) -> set[str]:
    """Return every attribute that a module reads, written out: `os.environ`."""
    return {dotted(node) for node in nodes(name) if isinstance(node, ast.Attribute)}


def asked(name: str) -> set[str]:
    """Return how a module of the library prints or asks a terminal."""
    called = {called for called, _ in calls(modules()[name])}
    streams = {"sys.stdin", "sys.stdout", "sys.stderr"}
    pipes = name in (
        "derivcli.witnesses.worker",
        "derivcli.batch.server",
    )  # their standard streams are pipes to their parents
    printing = {"print", "input", "breakpoint", "sys.stdout.write", "sys.stderr.write", "os.isatty"}
    return called & printing | (set() if pipes else attributes(name) & streams)


def test_the_library_never_prints_and_asks_no_terminal() -> None:
    assert not broken(set(modules()) - set(in_rooms("cli", "__main__")), asked)


def test_no_environment_variable_is_read_but_by_the_command_and_for_the_worker() -> None:
    others = set(inner_modules()) - set(in_rooms("cli")) - {"derivcli.witnesses.process"}
    assert not broken(others, lambda name: attributes(name) & {"os.environ", "os.getenv"})


def test_every_module_says_what_it_is() -> None:
    assert not broken(modules(), lambda name: not ast.get_docstring(modules()[name]))


def test_a_class_name_means_one_thing() -> None:
    classes = [node.name for tree in modules().values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert not {name for name in classes if classes.count(name) > 1}


def test_the_top_level_holds_nothing_but_what_belongs_there() -> None:
    """Examples write files, such as pictures: none of them is kept."""
    root = PACKAGE.parent
    found = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip("no checkout")
    top = {name.partition("/")[0] for name in found.stdout.splitlines()}
    allowed = {"LICENSE", "Makefile", "README.md", "derivcli", "pyproject.toml", "tests"}
    assert {name for name in top if not name.startswith(".")} <= allowed
