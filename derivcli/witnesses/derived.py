"""The symbolic derivatives of a question. Those of the last few are kept: f is mostly asked about at several points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from derivcli.witnesses.implicit_forms import ImplicitDifferentiator
from derivcli.witnesses.replies import SymbolicDerivative
from derivcli.witnesses.symbolic import Differentiator, OutgrownError
from derivcli.witnesses.tidy.work import Work

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
        self.start_over()

    def start_over(self) -> None:
        """Forget what has been taken: what the derivatives may cost is counted from here."""
        self._tidying = Work(_TIDYING)
        self._found: dict[Wrt, SymbolicDerivative] = {}
        vars(self).pop("differentiator", None)

    @cached_property
    def differentiator(self) -> Differentiator:
        """What takes them."""
        program, implicit, unseen = self._wanted.program, self._wanted.implicit, self._wanted.unseen
        if implicit is None:
            return Differentiator(program, unseen=unseen)
        return ImplicitDifferentiator(program, implicit, unseen=unseen)

    @property
    def is_whole(self) -> bool:
        """Whether each derivative that is asked for has been taken, within all limits."""
        return all(wrt in self._found and not self._found[wrt].outgrown for wrt in self._wanted.wrt)

    def form(self, wrt: Wrt) -> SymbolicDerivative:
        """Return a derivative without values."""
        if wrt not in self._found:
            try:
                self._found[wrt] = self._form(wrt)
            except MemoryError:
                _kept.cache_clear()  # another question may have room then
                raise
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
    """Return the derivatives that a request asks for, which may be there already.

    Those of a question that was left half-way, or was too much for a busy moment, are taken anew: what they may cost is
    counted from its beginning.
    """
    wanted = _Wanted(request.program, request.wrt, request.implicit, request.at_zero, request.raw, request.unseen)
    if len(request.program.instructions) > _LONGEST_KEPT:
        return Derived(wanted)
    found = _kept(wanted)
    if not found.is_whole:
        found.start_over()
    return found


_kept = lru_cache(_KEPT)(Derived)
