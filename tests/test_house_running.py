"""The rules of the house, seen while it runs: what is loaded, and that no text of the user's becomes code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_LOADED = """
import contextlib, io, json, sys
sys.argv[0] = "deriv"
from derivcli.__main__ import run
seen = []
for arguments in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        code = run(arguments)
    seen.append([code, sorted(sys.modules)])
json.dump(seen, sys.stdout)
"""

# Everything is imported and used once; after that, no source text may be compiled or run.
_WATCHED = """
import json, sys
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
print(json.dumps(seen))
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
_MAIN_SETUP = """
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


def loaded(*commands: tuple[str, ...]) -> list[tuple[int, set[str]]]:
    """Return the exit code of each command, and the names of the modules that are loaded then.

    One process runs them all, one after the other: an import of torch takes longer than all the rest.
    """
    asked = json.dumps(commands)
    ran = subprocess.run([sys.executable, "-c", _LOADED, asked], capture_output=True, text=True, timeout=60, check=True)
    return [(code, set(names)) for code, names in json.loads(ran.stdout)]


def test_a_command_loads_nothing_heavy_that_it_does_not_need_and_this_check_can_fail() -> None:
    found = loaded(*LIGHT, *UNLOADED, ("besselj(2, x)", "--at", "x=3"))
    assert [code for code, _ in found] == [*LIGHT.values(), 0, 0, 0, 0]
    unwanted = [*((command, _HEAVY) for command in LIGHT), *UNLOADED.items()]
    assert not {
        command: names & set(without)
        for (command, without), (_, names) in zip(unwanted, found, strict=False)
        if names & set(without)
    }
    assert "torch" in found[len(LIGHT)][1]
    assert "scipy" in found[-1][1]


def watched(setup: str, work: str, texts: list[str], extra: str = "") -> list[list[str]]:
    """Return the code that is compiled or run while texts are worked on, in a process that has warmed up."""
    script = _WATCHED.format(setup=setup, work=work, extra=extra)
    ran = subprocess.run(
        [sys.executable, "-c", script, json.dumps(texts)], capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stderr
    events: list[list[str]] = json.loads(ran.stdout.splitlines()[-1])
    return events


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


@pytest.mark.parametrize(("setup", "work"), [(_MAIN_SETUP, _MAIN), (_WORKER_SETUP, _WORKER)], ids=["main", "worker"])
def test_no_text_is_compiled_or_run_while_an_expression_is_processed_nor_leaves_a_trace_on_disk(
    setup: str, work: str, tmp_path: Path
) -> None:
    texts = [text.format(tmp_path / "owned") for text in ("open('{}', 'w')", 'x.subs(\'open("{}","w")\', 1)')]
    assert imports_only(watched(setup, work, [*HOSTILE, *texts]))
    assert not (tmp_path / "owned").exists()


@pytest.mark.nightly
def test_a_text_that_sympy_compiles_is_seen() -> None:
    assert not imports_only(watched(_WORKER_SETUP, _WORKER, ["x"], extra="import sympy; sympy.sympify('x + 1')"))


def test_the_check_of_what_is_run_can_fail() -> None:
    assert imports_only([])
    assert not imports_only([["compile", "b'def monomial_mul(A, B):\\n    return system(a0)\\n'"]])
    assert not imports_only([["exec", '<code object <module> at 0x7f, file "<string>", line 1>']])
