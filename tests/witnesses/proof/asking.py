"""Provers made from texts, and how far a proved number may be from mpmath's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flint import arb, ctx
from mpmath import mp

from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from derivcli.witnesses.proof.numbers import ball
from derivcli.witnesses.proof.prover import Prover

if TYPE_CHECKING:
    from collections.abc import Callable

    from derivcli.language.program import Program


def program(text: str, *names: str) -> Program:
    return compile_tree(parse(text, frozenset(names)).tree)


def prover(text: str, order: int = 1, **at: str) -> Prover:
    """Return the prover of a text at a point, as it is typed."""
    return Prover(program(text, *at), {name: program(typed) for name, typed in at.items()}, order)


def apart(found: Any, value: Callable[[], Any]) -> float:
    """Return how far a ball of 200 bits at least may be from a number that mpmath computes with 60 digits."""
    with ctx.workprec(300), mp.workdps(60):
        return float(abs(ball(found) - arb(mp.nstr(mp.mpf(value()), 58))).upper())
