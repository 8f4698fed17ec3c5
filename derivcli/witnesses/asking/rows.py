"""f and its slopes at many points, as far as proofs settle them at once: what is asked, and what is replied."""

from __future__ import annotations

from dataclasses import dataclass

from derivcli.language.program import Program
from derivcli.model.codec import Coded
from derivcli.witnesses.protocol import ExactPoint


@dataclass(frozen=True, slots=True)
class RowsRequest(Coded):
    """f and its first derivatives by `wrt` are wanted at many points, as far as proofs settle them at once.

    `columns` are the coordinates that differ from row to row, as they were typed, of `count` rows, and `fixed` are the
    others. `forms` are the symbolic derivatives, None for one that has none.
    """

    program: Program
    forms: tuple[Program | None, ...]
    wrt: tuple[str, ...]
    count: int
    columns: dict[str, tuple[str, ...]]
    fixed: ExactPoint


@dataclass(frozen=True, slots=True)
class RowNumbers(Coded):
    """What is proved of rows: the float64 nearest to f and to each derivative, in columns, and where f is rational.

    A row has numbers if f is proved to be analytic there, and the symbolic derivatives to be those of f; else it has
    None, and needs a closer look. It took so many `seconds`.
    """

    columns: tuple[tuple[float | None, ...], ...]
    exact: tuple[bool, ...]
    seconds: float
