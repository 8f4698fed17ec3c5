"""How a derivative is found: the lines of its derivation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from derivcli.model.codec import Coded, Maybe, Word

# The lines that no rule of differentiation makes: those about an equation, and those at the end.
BOTH_SIDES, SOLVED = "both sides", "solved"
TOGETHER, TIDIED = "put together", "tidied"

Index = Annotated[int, {"minimum": 0}]


@dataclass(frozen=True, slots=True)
class Step(Coded):
    """A line of a derivation, an equation that has been held against numbers of another witness.

    The derivative of `before` is `after`, in which `d/dx[...]` stands for the derivative of a part; the lines that find
    it follow, one level deeper. At the end all that has been found is put together, and tidied: that line says of
    `before`, which is the derivative already, what it is in the form that is shown.
    """

    rule: Word
    before: Annotated[Word, "what is differentiated"]
    after: Annotated[str | None, "its derivative; of an equation both sides; null in a hint"]
    wrt: Annotated[Word, "what it is differentiated by"]
    span: Annotated[tuple[Index, Index] | None, "[start, end) of `before` in `read_as`, if it stands there"] = None
    inner: Annotated[str | None, "the inner function of a chain"] = None
    reason: Annotated[str | None, "what there is to say besides; formulas are in backticks"] = None
    depth: Annotated[Index, "how far the line is indented"] = 0
    number: Annotated[Maybe[float], "the derivative of `before` at the point"] = None
