"""The symbolic derivatives of a question. Those of the last few are kept: f is mostly asked about at several points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from derivcli.witnesses.implicit_forms import ImplicitDifferentiator
from derivcli.witnesses.replies import SymbolicDerivative
from derivcli.witnesses.symbolic import Differentiator, OutgrownError
from derivcli.witnesses.tidy.field import Work

if TYPE_CHECKING:
    from derivcli.language.program import Program
    from derivcli.witnesses.evidence import Wrt
    from derivcli.witnesses.protocol import EvidenceRequest
    from derivcli.witnesses.tidy import Shown

_TIDYING = 6_000  # steps, and parts of raw forms, for all derivatives of a question: a hundred everyday ones, 0.5 s
_KEPT = 16  # questions: as many as there are programs that are kept ready
_LONGEST_KEPT = 1_000  # instructions of f: sympy's derivatives of a longer one are too large to be kept


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the derivatives depend on, and how much work was left for the form of each: not the points."""

    program: Program
    wrt: tuple[Wrt, ...]
    implicit: str | None
    at_zero: tuple[str, ...]
    raw: bool
    unseen: bool


class Derived:
    """The derivatives that a question asks for, each taken once."""

    def __init__(self, wanted: _Wanted) -> None:
        self._wanted = wanted
        self._at_zero = dict.fromkeys(wanted.at_zero, 0)
        self._tidying = Work(_TIDYING)
        self._found: dict[Wrt, SymbolicDerivative] = {}

    @cached_property
    def differentiator(self) -> Differentiator:
        """What takes them."""
        program, implicit, unseen = self._wanted.program, self._wanted.implicit, self._wanted.unseen
        if implicit is None:
            return Differentiator(program, unseen=unseen)
        return ImplicitDifferentiator(program, implicit, unseen=unseen)

    def form(self, wrt: Wrt) -> SymbolicDerivative:
        """Return a derivative without values."""
        if wrt not in self._found:
            try:
                self._found[wrt] = self._form(wrt)
            finally:
                if wrt not in self._found or self._found[wrt].outgrown:
                    _kept.cache_clear()  # too large for the memory, or for so busy a moment: another may have room
        return self._found[wrt]

    def _form(self, wrt: Wrt) -> SymbolicDerivative:
        try:
            program = self.differentiator.derivative(wrt, self._at_zero)
        except OutgrownError:
            return SymbolicDerivative(wrt, self._stepwise(wrt), outgrown=True, values=(), nearby=())
        shown = self._shown(wrt, program) if program else None
        form, holes = (shown.program, shown.holes) if shown else (None, ())
        return SymbolicDerivative(wrt, program, False, (), (), form, holes)

    def _stepwise(self, wrt: Wrt) -> Program | None:
        """Return a derivative for its numbers alone, whose form is too large for anybody to see."""
        try:
            return None if self._at_zero else self.differentiator.stepwise(wrt)
        except OutgrownError:
            return None

    def _shown(self, wrt: Wrt, raw: Program) -> Shown | None:
        """Return the tidy form of a derivative; None where it is not wanted, the work for all is done, or it fails."""
        if self._tidying.is_over or self._wanted.raw:
            return None
        try:
            self._tidying.spend(len(raw.instructions))
            return self.differentiator.shown(wrt, self._at_zero, self._tidying)
        except MemoryError:  # whatever comes next would run out of it, too: the reader is told
            raise
        except Exception:  # a fault in what is only for the eye must not cost the derivative
            return None


def derived(request: EvidenceRequest) -> Derived:
    """Return the derivatives that a request asks for, which may be there already."""
    wanted = _Wanted(request.program, request.wrt, request.implicit, request.at_zero, request.raw, request.unseen)
    return (_kept if len(request.program.instructions) <= _LONGEST_KEPT else Derived)(wanted)


_kept = lru_cache(_KEPT)(Derived)
