"""Provers made from texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from derivcli.witnesses.proof.prover import Prover

if TYPE_CHECKING:
    from derivcli.language.program import Program


def program(text: str, *names: str) -> Program:
    return compile_tree(parse(text, frozenset(names)).tree)


def prover(text: str, order: int = 1, **at: str) -> Prover:
    """Return the prover of a text at a point, as it is typed."""
    return Prover(program(text, *at), {name: program(typed) for name, typed in at.items()}, order)
