"""Rows of a table in the worker: what proofs settle of them with one look each."""

from __future__ import annotations

import time
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from derivcli.errors import DerivError
from derivcli.language.lowering import compile_tree
from derivcli.language.numbers import SIGNED, exact
from derivcli.language.question import read_point
from derivcli.witnesses.asking.rows import RowNumbers
from derivcli.witnesses.proof.glance import Glance, coordinate
from derivcli.witnesses.proof.numbers import UnprovedError, rational

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from derivcli.language.program import Program
    from derivcli.witnesses.asking.rows import RowsRequest
    from derivcli.witnesses.proof.numbers import Number
    from derivcli.witnesses.replies import Reply

_TABLES = 4  # whose programs are kept ready
_COORDINATES = 4096  # that are kept, since columns repeat themselves


def parts(request: RowsRequest) -> Iterator[Callable[[], Reply]]:
    """Yield what makes the one part of the answer."""
    yield partial(_numbers, request)


def _numbers(request: RowsRequest) -> RowNumbers:
    """Look at every row."""
    started = time.perf_counter()
    glance = _glance(request.program, request.wrt, request.forms, tuple(request.fixed.items()))
    found = [_row(glance, {name: texts[k] for name, texts in request.columns.items()}) for k in range(request.count)]
    nothing = (None,) * (len(request.wrt) + 1)
    columns = tuple(zip(*(numbers or nothing for numbers, _ in found), strict=True))
    return RowNumbers(columns, tuple(is_exact for _, is_exact in found), time.perf_counter() - started)


def _row(glance: Glance | None, texts: Mapping[str, str]) -> tuple[list[float] | None, bool]:
    """Return the numbers of a row, None where they are not proved, and whether f is rational there."""
    if glance is None:
        return None, False
    try:
        return glance({name: _coordinate(text) for name, text in texts.items()})
    except (UnprovedError, DerivError):
        return None, False


@lru_cache(maxsize=_TABLES)
def _glance(
    program: Program, wrt: tuple[str, ...], forms: tuple[Program | None, ...], fixed: tuple[tuple[str, Program], ...]
) -> Glance | None:
    """Return what looks at rows of one table, kept from block to block; None where a fixed coordinate is not proved."""
    try:
        return Glance(program, dict(zip(wrt, forms, strict=True)), dict(fixed))
    except UnprovedError:
        return None


@lru_cache(maxsize=_COORDINATES)
def _coordinate(text: str) -> Number:
    """Return the coordinate that a text stands for exactly; a decimal needs no reading."""
    if SIGNED.fullmatch(text):
        return rational(exact(text))
    (tree,) = read_point({"": text}).values()
    return coordinate(compile_tree(tree))
