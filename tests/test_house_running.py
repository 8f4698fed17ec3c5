"""The rules of the house, seen while it runs: what is loaded, and that no text of the user's becomes code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from pathlib import Path

# Commands, one after the other: the exit code of each, and the modules that are loaded then.
_COMMANDS = """
import contextlib, io
sys.argv[0] = "deriv"
from derivcli.__main__ import run
for arguments in json.loads(sys.argv[2]):
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        code = run(arguments)
    loaded.append([code, sorted(sys.modules)])
"""

# Everything is imported and used once; after that, no source text may be compiled or run.
_WATCHED = """
import json, sys
loaded = []
{setup}
seen = []
def hook(event, args):
    if watching and event in ("compile", "exec"):
        seen.append([event, repr(args[0])[:200]])
watching = False
sys.addaudithook(hook)
def work(text):
{work}
work(
    "where(x > 0, sin(x)^2/x + max(x, 2) + gamma(x) + abs(x) + mod(x, 3), log(x, 2)) + hypot(x, 1)*x!"
    " + polygamma(2, x) + polylog(3, x/4)"
)
watching = True
for text in json.loads(sys.argv[1]):
    try:
        work(text)
    except DerivError:
        pass
{extra}
watching = False
print(json.dumps([loaded, seen]))
"""
_WORKER = """
    program = compile_tree(parse(text).tree)
    list(answer(EvidenceRequest(program, ({"x": compile_tree(parse("2").tree)},), (("x",),))))
"""
_WORKER_SETUP = """
from derivcli.errors import DerivError
from derivcli.language.parser import parse
from derivcli.language.lowering import compile_tree
from derivcli.witnesses.protocol import EvidenceRequest
from derivcli.witnesses.worker import answer
"""
_MAIN = """
    differentiate(text, {"x": 2})
"""
_MAIN_SETUP = f"""
{_COMMANDS}
from derivcli import DerivError, differentiate
import scipy.special
"""
HOSTILE = [
    "x^2 + 3*x",
    "sin(x)*exp(x)/x",
    "__import__('os').system('true')*x",
    "x.__class__",
    "lambda*0 + x",
    "exec(x)",
    "eval(x)",
    "(lambda: x)()",
    "x if x else x",
    "[x for x in x]",
    "x; import os",
    "print(x)",
    "where(x > 0, x, eval(x))",
    "max(x, 3) + tan(x)^3",
    "polygamma(2, x) + erf(x)",
    "0*x + open",
]


LIGHT = {
    ("--help",): 0,
    ("--version",): 0,
    ("--man",): 0,
    ("--completion", "bash"): 0,
    ("3*sine(x)", "--at", "x=2"): 3,
    ("x +",): 3,
    ("x*y", "--at", "x=2"): 2,
    ("x", "--at", "x=2", "--format", "nothing"): 2,
    ("9**9**9**9",): 5,
    ("--functions", "bessel"): 0,
    ("--manual",): 0,
    ("--manual", "limits"): 0,
    ("x^2", "--verify", "off", "--quiet"): 0,
}
_HEAVY = ("torch", "sympy", "mpmath", "numpy")
_CAUSES = ("derivcli.reasons", "derivcli.causes")
# What must not be loaded for a question about a number; what torch builds its compiler of takes seconds.
UNLOADED = {
    ("x^2*sin(x)", "--at", "x=2"): ("sympy", "mpmath", "scipy", *_CAUSES),
    ("gelu_tanh(x) + loggamma(x)", "--at", "x=3"): ("scipy",),
    ("abs(x)*root(x, 3) + softsign(x)*exp(x)", "--at", "x=5", "--order", "3"): ("torch._dynamo",),
}


class Seen(NamedTuple):
    """What a process has seen: the exit code of each command with the names of all modules then, and code that ran."""

    loaded: list[tuple[int, set[str]]]
    events: list[list[str]]


def seen(setup: str, work: str, texts: list[str], *commands: tuple[str, ...], extra: str = "") -> Seen:
    """Return what is loaded by commands, and what is compiled or run while texts are worked on, in one new process."""
    script = _WATCHED.format(setup=setup, work=work, extra=extra)
    asked = [sys.executable, "-c", script, json.dumps(texts), json.dumps(commands)]
    ran = subprocess.run(asked, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
    loaded, events = json.loads(ran.stdout.splitlines()[-1])
    return Seen([(code, set(names)) for code, names in loaded], events)


def hostile(folder: Path) -> list[str]:
    """Return texts that are code, of which two would leave a file in a folder."""
    leaving = ("open('{}', 'w')", 'x.subs(\'open("{}","w")\', 1)')
    return [*HOSTILE, *(text.format(folder / "owned") for text in leaving)]


_HEAVIEST = ("besselj(2, x)", "--at", "x=3")


@pytest.fixture(scope="module")
def main(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What the main process has seen: first the commands, then the texts; an import of torch takes longer than all."""
    folder = tmp_path_factory.mktemp("main")
    found = seen(_MAIN_SETUP, _MAIN, hostile(folder), *LIGHT, *UNLOADED, _HEAVIEST)
    assert not list(folder.iterdir())
    return found


def test_a_command_loads_nothing_heavy_that_it_does_not_need_and_this_check_can_fail(main: Seen) -> None:
    found = main.loaded
    assert [code for code, _ in found] == [*LIGHT.values(), 0, 0, 0, 0]
    unwanted = [*((command, _HEAVY) for command in LIGHT), *UNLOADED.items()]
    assert not {
        command: names & set(without)
        for (command, without), (_, names) in zip(unwanted, found, strict=False)
        if names & set(without)
    }
    assert "torch" in found[len(LIGHT)][1]
    assert "scipy" in found[-1][1]


# The polynomial rings of sympy write the arithmetic of exponents for so and so many variables, without their names.
_OF_EXPONENTS = re.compile(r"b?'def (monomial_\w+|[ABCabckr]\d*|return|if|else|min|max|None|and|or|\d|\\n|[^\w])*'")
_FROM_TEXT = '<code object <module> at .*, file "<string>", line 1>'


def imports_only(events: list[list[str]]) -> bool:
    """Tell whether all that ran are modules imported late, whose code lies in files, and exponents of sympy."""
    allowed = 0  # texts compiled that may run
    for event, what in events:
        if event == "compile" and _OF_EXPONENTS.fullmatch(what):
            allowed += 1
        elif event == "exec" and allowed and re.fullmatch(_FROM_TEXT, what):
            allowed -= 1
        elif not (event == "exec" and "<module>" in what and 'file "/' in what):
            return False
    return True


def test_no_text_is_compiled_or_run_while_torch_is_asked_about_an_expression(main: Seen) -> None:
    assert imports_only(main.events)


def test_no_text_is_compiled_or_run_while_the_worker_is_asked_nor_leaves_a_trace_on_disk(tmp_path: Path) -> None:
    assert imports_only(seen(_WORKER_SETUP, _WORKER, hostile(tmp_path)).events)
    assert not list(tmp_path.iterdir())


@pytest.mark.nightly
def test_a_text_that_sympy_compiles_is_seen() -> None:
    assert not imports_only(seen(_WORKER_SETUP, _WORKER, ["x"], extra="import sympy; sympy.sympify('x + 1')").events)


def test_the_check_of_what_is_run_can_fail() -> None:
    assert imports_only([])
    assert not imports_only([["compile", "b'def monomial_mul(A, B):\\n    return system(a0)\\n'"]])
    assert not imports_only([["exec", '<code object <module> at 0x7f, file "<string>", line 1>']])
