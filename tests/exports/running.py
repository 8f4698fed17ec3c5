"""Runs files of code, many at once, by the language's own interpreter or compiler: numbers in, numbers out.

Each runner takes files without samples, with the points at which to compute f and the gradient of each, and returns the
numbers in the same order, one list a point. Nothing of derivcli computes here.
"""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Numbers = list[list[list[float]]]
_SECONDS = 1_500  # of a compiler with hundreds of functions
_NAMES = re.compile(r"^static double (\w+)\(", re.M)


@dataclass(frozen=True, slots=True)
class Job:
    """A file of code, how many variables f has and how many slopes it gives, and points."""

    source: str
    slopes: int
    points: tuple[tuple[float, ...], ...]


def in_python(jobs: Sequence[Job]) -> Numbers:
    """Run plain Python and numpy here."""
    return [_run_python(job, float) for job in jobs]


def _run_python(job: Job, convert: Callable[[float], Any]) -> list[list[float]]:
    space: dict[str, Any] = {"__name__": "a_module"}
    exec(compile(job.source, "<code>", "exec"), space)  # noqa: S102 - what is under test
    found = []
    for point in job.points:
        arguments = [convert(value) for value in point]
        try:
            found.append([float(number) for number in (space["f"](*arguments), *space["gradient"](*arguments))])
        except (ValueError, ZeroDivisionError, OverflowError):  # as `math` has it outside of a domain
            found.append([math.nan])
    return found


def in_torch(jobs: Sequence[Job]) -> Numbers:
    """Run functions of tensors, f, its gradient, and then what autograd makes of f."""
    import torch

    def tensor(value: float) -> Any:
        return torch.tensor([value], dtype=torch.float64, device="cpu")

    return [_run_python(job, tensor) for job in jobs]


def by_autograd(job: Job, places: Sequence[int]) -> list[list[float]]:
    """Return the gradient of f in the file as autograd sees it, by the variables at some places."""
    import torch

    space: dict[str, Any] = {"__name__": "a_module"}
    exec(compile(job.source, "<code>", "exec"), space)  # noqa: S102 - what is under test
    found = []
    for point in job.points:
        tensors = [torch.tensor([v], dtype=torch.float64, device="cpu", requires_grad=True) for v in point]
        value = space["f"](*tensors)
        if not value.requires_grad:
            found.append([0.0] * len(places))
            continue
        grads = torch.autograd.grad(value, [tensors[k] for k in places], allow_unused=True)
        found.append([0.0 if grad is None else grad.item() for grad in grads])
    return found


# What another Python does, which gets pairs of a file and points.
_BY_JAX = """
import json, sys, jax, jax.numpy as jnp

jax.config.update("jax_enable_x64", True)
out = []
for source, points in json.load(sys.stdin):
    space = {"__name__": "a_module"}
    exec(source, space)
    found = [[jnp.asarray(value) for value in point] for point in points]
    out.append([[float(v) for v in (space["f"](*at), *space["gradient"](*at))] for at in found])
print(json.dumps(out))
"""
_BY_FORMULAS = """
import json, re, sys, warnings, formulas

warnings.simplefilter("ignore")
out = []
for source, points in json.load(sys.stdin):
    made = [formulas.Parser().ast(text)[1].compile() for text in re.findall(r"^[A-Z]+2: (=.*)$", source, re.M)]
    cells = [{f"{chr(65 + k)}2": value for k, value in enumerate(point)} for point in points]
    out.append([[float(one(*[at[name] for name in one.inputs])) for one in made] for at in cells])
print(json.dumps(out))
"""


def in_jax(jobs: Sequence[Job]) -> Numbers:
    """Run by the Python that has jax, which need not be this one."""
    return _by_another(python_with("jax"), _BY_JAX, jobs)


def in_excel(jobs: Sequence[Job]) -> Numbers:
    """Compute formulas by the library `formulas`, in the Python that has it."""
    return _by_another(python_with("formulas"), _BY_FORMULAS, jobs)


def _by_another(python: str, program: str, jobs: Sequence[Job]) -> Numbers:
    found: Numbers = json.loads(
        _output([python, "-c", program], json.dumps([(job.source, job.points) for job in jobs]))
    )
    return found


def in_javascript(jobs: Sequence[Job]) -> Numbers:
    """Run all in one script of node, each in a function of its own."""
    parts = []
    for job in jobs:
        points = json.dumps(job.points)
        parts.append(
            f"((module) => {{\n{job.source}\n"
            f"for (const p of {points}) line.push([f(...p), ...gradient(...p)].map(String));\n"
            "out.push(line.splice(0));\n})();"
        )
    script = "const out = [], line = [];\n" + "\n".join(parts) + "\nconsole.log(JSON.stringify(out));"
    return [[[_number(text) for text in point] for point in one] for one in json.loads(_output(["node", "-"], script))]


def _number(text: str) -> float:
    return float(text.replace("Infinity", "inf").replace("NaN", "nan"))


def in_c(jobs: Sequence[Job], folder: Path) -> Numbers:
    """Compile all in one file by gcc: names of functions get the number of their file."""
    parts, calls = ["#include <math.h>", "#include <stdio.h>"], []
    for k, job in enumerate(jobs):
        names = ["f", "gradient", *_NAMES.findall(job.source)]
        parts += [*(f"#define {name} {name}_{k}_" for name in names), job.source, *(f"#undef {name}" for name in names)]
        calls += [
            f'{{ double r[{job.slopes}]; printf("%.17g", f_{k}_({_c_list(p)})); gradient_{k}_({_c_list(p)}, r);'
            f' for (int i = 0; i < {job.slopes}; i++) printf(" %.17g", r[i]); printf("\\n"); }}'
            for p in job.points
        ]
    parts.append("int main(void) {\n" + "\n".join(calls) + "\nreturn 0;\n}")
    return _compiled(jobs, folder, "all.c", parts, ["gcc", "-std=gnu99", "-O0", "-w"], ["-lm"])


def in_cpp(jobs: Sequence[Job], folder: Path) -> Numbers:
    """Compile all in one file by g++, each in a namespace."""
    parts, calls = ["#include <array>", "#include <cmath>", "#include <limits>", "#include <cstdio>"], []
    for k, job in enumerate(jobs):
        parts += [f"namespace n{k} {{", re.sub(r"^#include.*$", "", job.source, flags=re.M), "}"]
        calls += [
            f'printf("%.17g", n{k}::f({_c_list(p)}));'
            f' for (double s : n{k}::gradient({_c_list(p)})) printf(" %.17g", s); printf("\\n");'
            for p in job.points
        ]
    parts.append("int main() {\n" + "\n".join(calls) + "\n}")
    return _compiled(jobs, folder, "all.cpp", parts, ["g++", "-std=c++17", "-O0", "-w"], [])


def in_rust(jobs: Sequence[Job], folder: Path) -> Numbers:
    """Compile all in one file by rustc, each in a module."""
    parts, calls = ["#![allow(warnings)]"], []
    for k, job in enumerate(jobs):
        parts += [f"mod m{k} {{", job.source, "}"]
        calls += [
            f'print!("{{:e}}", m{k}::f({_c_list(p)}));'
            f' for s in m{k}::gradient({_c_list(p)}) {{ print!(" {{:e}}", s); }} println!("");'
            for p in job.points
        ]
    parts.append("fn main() {\n" + "\n".join(calls) + "\n}")
    return _compiled(jobs, folder, "all.rs", parts, [rustc(), "--edition", "2021"], [])


def in_fortran(jobs: Sequence[Job], folder: Path) -> Numbers:
    """Compile all in one file by gfortran, each a module."""
    parts, uses, calls = [], [], []
    for k, job in enumerate(jobs):
        parts.append(job.source.replace("module derivative", f"module d{k}"))
        uses.append(f"use d{k}, only: f{k} => f, g{k} => gradient")
        for p in job.points:
            arguments = ", &\n".join(f"{value!r}_dp" for value in p)
            calls.append(f"write(*, '(*(es25.17e3, 1x))') f{k}({arguments}), &\n g{k}({arguments})")
    main = [
        "program all",
        "use, intrinsic :: iso_fortran_env, only: dp => real64",
        *uses,
        "implicit none",
        *calls,
        "end program all",
    ]
    return _compiled(jobs, folder, "all.f90", [*parts, *main], ["gfortran", "-std=f2018", "-O0", "-w"], [])


def in_stan(jobs: Sequence[Job], folder: Path) -> Numbers:
    """Let Stan's own compiler make C++ of all functions, and g++ a program; both come with the library `httpstan`."""
    home = Path(_output([python_with("httpstan"), "-c", "import httpstan; print(httpstan.__path__[0])"], "").strip())
    inside, calls = ["functions {"], []
    for k, job in enumerate(jobs):
        body = job.source.partition("functions {")[2].rpartition("}")[0]
        for name in set(re.findall(r"^  (?:real|vector|matrix) (\w+)\(", body, re.M)):
            body = re.sub(rf"\b{name}\(", f"{name}_{k}_(", body)
        inside.append(body)
        calls += [
            f'printf("%.17g", f_{k}_({_c_list(p)}, nullptr));'
            f' for (double s : gradient_{k}_({_c_list(p)}, nullptr)) printf(" %.17g", s); printf("\\n");'
            for p in job.points
        ]
    (folder / "all.stan").write_text("\n".join([*inside, "}"]), encoding="utf-8")
    _output([str(home / "stanc"), "--standalone-functions", f"--o={folder}/all.hpp", f"{folder}/all.stan"], "")
    made = (folder / "all.hpp").read_text(encoding="utf-8")
    room = re.search(r"namespace (\w+) \{", made)
    assert room is not None
    parts = [made, "#include <cstdio>", f"using namespace {room[1]};", "int main() {", *calls, "}"]
    compiler = ["g++", "-std=c++17", "-O0", "-w", "-D_REENTRANT", f"-I{home}/include"]
    last = [f"-L{home}/lib", "-ltbb", f"-Wl,-rpath,{home}/lib"]
    return _compiled(jobs, folder, "all_stan.cpp", parts, compiler, last)


def _c_list(point: Sequence[float]) -> str:
    return ", ".join(map(repr, point))


def _compiled(
    jobs: Sequence[Job], folder: Path, name: str, parts: Sequence[str], compiler: Sequence[str], last: Sequence[str]
) -> Numbers:
    source, program = folder / name, folder / "all"
    source.write_text("\n".join(parts), encoding="utf-8")
    made = subprocess.run(
        [*compiler, source.name, "-o", program.name, *last],
        cwd=folder,
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )
    assert made.returncode == 0, made.stderr.decode()[-3000:]
    lines = iter(_output([str(program)], "").splitlines())
    return [[[_number(text) for text in next(lines).split()] for _ in job.points] for job in jobs]


def _output(command: Sequence[str], given: str) -> str:
    done = subprocess.run(command, input=given, capture_output=True, timeout=_SECONDS, check=False, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def rustc() -> str:
    """Return rustc's name, or nothing where there is none."""
    home = Path.home() / ".cargo" / "bin" / "rustc"
    return shutil.which("rustc") or (str(home) if home.exists() else "")


@cache
def python_with(library: str) -> str:
    """Return a Python that has a library: this one, or that of the variable DERIV_CODE_PYTHON; else nothing."""
    for name in (sys.executable, os.environ.get("DERIV_CODE_PYTHON", "")):
        if name and not subprocess.run([name, "-c", f"import {library}"], capture_output=True, check=False).returncode:
            return name
    return ""


# What runs each language, and what has to be there for that.
RUNNERS: dict[str, Callable[..., Numbers]] = {
    "python": in_python,
    "numpy": in_python,
    "torch": in_torch,
    "torch-function": in_torch,
    "jax": in_jax,
    "javascript": in_javascript,
    "excel": in_excel,
    "c": in_c,
    "cpp": in_cpp,
    "rust": in_rust,
    "fortran": in_fortran,
    "stan": in_stan,
}
_NEEDED: dict[str, Callable[[], object]] = {
    "jax": lambda: python_with("jax"),
    "javascript": lambda: shutil.which("node"),
    "excel": lambda: python_with("formulas"),
    "c": lambda: shutil.which("gcc"),
    "cpp": lambda: shutil.which("g++"),
    "rust": rustc,
    "fortran": lambda: shutil.which("gfortran"),
    "stan": lambda: shutil.which("g++") and python_with("httpstan"),
}
_COMPILED = frozenset({"c", "cpp", "rust", "fortran", "stan"})


def is_here(language: str) -> bool:
    """Tell whether files in a language can be run on this machine."""
    return language not in _NEEDED or bool(_NEEDED[language]())


def run(language: str, jobs: Sequence[Job], folder: Path) -> Numbers:
    """Return what the code of each job computes at its points."""
    return RUNNERS[language](jobs, folder) if language in _COMPILED else RUNNERS[language](jobs)
