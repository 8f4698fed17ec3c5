"""A derivative in the form in which a textbook prints it.

Only what is shown is tidied: torch and the checks keep the program that they have.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sympy import Mul
from sympy.polys.polyerrors import BasePolynomialError

from derivcli.language import catalogue
from derivcli.language.lowering import expand, to_tree
from derivcli.language.tree import NUMBER, each
from derivcli.witnesses.many_digits import ManyDigits
from derivcli.witnesses.sympy_functions import build
from derivcli.witnesses.tidy import cases
from derivcli.witnesses.tidy.checking import Check
from derivcli.witnesses.tidy.domain import Domain
from derivcli.witnesses.tidy.forms import Ceiling, Workshop
from derivcli.witnesses.tidy.holes import holes
from derivcli.witnesses.tidy.nodes import measure, operations, program_of
from derivcli.witnesses.tidy.polynomials import TooLargeError
from derivcli.witnesses.tidy.work import MOST_STEPS, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

    from derivcli.language.program import Program
    from derivcli.language.tree import Node

_MOST_PARTS = 800  # nodes of a form that is looked at: ten lines of a page, which nobody reads for its beauty
_LONG_NUMBER = 12  # digits: products of longer ones than those that are typed are no gain
# A form beyond the limits, a division by 0 at a probe, what the language cannot say (`SympyReader`), or rings cannot.
_TOO_MUCH = (TooLargeError, ArithmeticError, KeyError, BasePolynomialError)
_UNKNOWN_TO_PEOPLE = "hypot"  # in derivatives: books print sqrt(x^2 + 1)


@dataclass(frozen=True, slots=True)
class Shown:
    """The form of a derivative that people are shown, and what must hold for f to have a value where it has one."""

    program: Program
    holes: tuple[str, ...] = ()


def tidied(
    form: Any,
    raw: Program,
    function: Program,
    *,
    typed: Sequence[Fraction] = (),
    held: Mapping[str, int] | None = None,
    work: Work | None = None,
    parts: Mapping[Any, Program] | None = None,
) -> Shown:
    """Return the shortest form of a derivative that is found with little work, or the raw one.

    `form` is the derivative as a sympy expression and `raw` its program; `function` is f, in which `held` are the
    values of variables that the derivative no longer has. `typed` are the decimals by which numbers are written,
    `parts` those of f as they were typed, by what sympy makes of them. `work` is left for all derivatives of a
    question. A form is taken only if it is shorter than the raw one and has the same value at three points of f's
    domain.
    """
    if to_tree(raw).size > _MOST_PARTS or len(function.instructions) > _MOST_PARTS:
        return Shown(raw)
    domain, own = Domain(function, held or {}), Work(MOST_STEPS, work)

    def workshop(steps: Work = own) -> Workshop:
        return Workshop(domain, typed, steps, parts or {})

    if cases.has_cases(raw):
        program = _by_cases(raw, domain, workshop)
    else:
        program = _shortest(form, _as_in_books(raw, function), domain, workshop())
    shown = program or raw
    return Shown(shown, holes(function, shown, domain, lambda: workshop(Work(MOST_STEPS, work))))


def _by_cases(raw: Program, domain: Domain, workshop: Callable[[], Workshop]) -> Program | None:
    """Return a program with its cases outside and each of them tidied, if that is shorter and has the same values."""

    def tidy(case: Node) -> Node:
        form, bench = build(program_of(case), evaluate=True), workshop()
        plain = program_of(bench.writer.expression(form).signed)
        return to_tree(_shortest(form, plain, domain, bench) or plain)

    def same(value: Node, rest: Node, name: str, place: Node) -> bool:
        at = ManyDigits(program_of(place)).rational({})
        return at is not None and Check(program_of(value), domain, {name: at}).agrees(program_of(rest))

    found: list[Node] = []
    with suppress(*_TOO_MUCH):
        found.extend(cases.outside(raw, tidy, same))
    typed = to_tree(raw)
    longest = max(_longest_number(typed), _LONG_NUMBER)
    shorter = [tree for tree in found if measure(tree) < measure(typed) and _longest_number(tree) <= longest]
    programs = map(program_of, sorted(shorter, key=measure))
    check = Check(raw, domain)
    return next((program for program in programs if check.agrees(program, everywhere=True)), None)


def _longest_number(tree: Node) -> int:
    return max((len(node.text) for node in each(tree) if node.op == NUMBER), default=0)


def _as_in_books(raw: Program, function: Program) -> Program:
    """Write a function out that only the catalogue's rules have brought in, not the person who asks."""
    typed = any(i.op == _UNKNOWN_TO_PEOPLE for i in function.instructions)
    return raw if typed else expand(raw, lambda op: op != _UNKNOWN_TO_PEOPLE or not catalogue.FUNCTIONS[op].definition)


def _is_expanded(form: Any) -> bool:
    """Tell whether a form is a polynomial of several terms in variables: books keep those as they are."""
    parts = (factor.as_base_exp() for term in form.args for factor in Mul.make_args(term))
    plain = (base.is_Rational or (base.is_Symbol and exp.is_Integer and exp.is_positive) for base, exp in parts)
    return bool(form.is_Add and all(plain))


def _shortest(form: Any, raw: Program, domain: Domain, workshop: Workshop) -> Program | None:
    """Return the shortest form that is shorter than the raw one and equal to it; None if there is none."""
    if _is_expanded(form):
        return None
    typed = to_tree(raw)
    most, bound = operations(typed), measure(typed)
    found: dict[Node, tuple[int, int]] = {}
    ceiling = Ceiling(most)
    try:
        for written in workshop.forms(form, ceiling) if bound > 1 else ():
            tree = written.signed
            if written.rank[0] <= most and (cost := measure(tree)) < bound:
                found[tree] = cost, tree.size
                ceiling.lower(cost)
    except _TOO_MUCH:
        pass  # what has been found so far is as good as ever
    if not found:
        return None
    check = Check(raw, domain)
    programs = map(program_of, sorted(found, key=found.__getitem__))
    return next((program for program in programs if check.agrees(program)), None)
