"""Program -> the lines of a function in any language: shared and long parts get names, the others stand in place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from derivcli.exports import writers
from derivcli.exports.language import Body, NamedPart
from derivcli.exports.spelling import too_long
from derivcli.exports.templates import Phrase, bare
from derivcli.language.tree import COMPARISONS, PIECEWISE, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from derivcli.exports.algebra import Algebra
    from derivcli.exports.language import Language

_LOGICAL = frozenset({*COMPARISONS, "and", "or", "not", "true", "false"})
_SHORT = 12  # characters of an operand that are not worth a name, however long the whole is
_LONG_CONDITION = 30  # characters from which on a condition is read once rather than twice


class Emitter:
    """Writes the results of one function.

    `names` are the variables as the language has them, `calls` the helpers, by the functions that they stand for. With
    `keeps_branches` what a branch alone needs never gets a name, so that it is computed in the branch only;
    `has_hidden` then tells whether that has cost a name. Of what is written `done` has the text, and `moving` whether a
    variable is in it.
    """

    def __init__(
        self,
        build: Algebra,
        language: Language,
        names: Mapping[str, str],
        calls: Mapping[str, str],
        *,
        keeps_branches: bool = False,
    ) -> None:
        self.build = build
        self.language = language
        self.names = names
        self.calls = {**language.functions, **calls}
        self.done: dict[int, Phrase] = {}
        self.moving: dict[int, bool] = {}
        self.has_hidden = False
        self._keeps_branches = keeps_branches
        self._taken = {name.lower() for name in (*names.values(), *calls.values())}  # T0 is t0 in Fortran
        self._steps: list[NamedPart] = []
        self._sure: set[int] = set()
        self._here = 0  # what is being written

    def body(self, results: Sequence[int]) -> Body:
        """Return the lines of the function."""
        needed, uses = self._needed(results)
        for index in needed:
            op, args, _ = self.build.at(index)
            self.moving[index] = op == VARIABLE or any(self.moving[arg] for arg in args)
            written = self._fitted(index)
            if uses[index] > 1 and self.language.longest is not None and not self._is_cheap(index, written):
                written = self._named(written, index)
            self.done[index] = written
        return Body(tuple(self._steps), tuple(self._result(index) for index in results))

    def _needed(self, results: Sequence[int]) -> tuple[list[int], Counter[int]]:
        """Return what is needed, in order, and how often each is; note what is computed in any case."""
        uses, sure = Counter(results), set(results)
        for index in range(max(results, default=-1), -1, -1):
            if index in uses:
                op, args, _ = self.build.at(index)
                uses.update(args)
                if index in sure:
                    lazy = op in ("and", "or") or (op == PIECEWISE and self._keeps_branches)
                    sure.update((args[1] if op == PIECEWISE else args[0],) if lazy else args)
        self._sure = sure if self.language.raises else set(uses)
        return sorted(uses), uses

    def _is_cheap(self, index: int, written: Phrase) -> bool:
        """Tell whether an instruction is never worth a name: a leaf, its sign, or a short condition."""
        op, args, _ = self.build.at(index)
        if op in _LOGICAL:
            return len(written.text) < _LONG_CONDITION
        return not args or (op == "neg" and not self.build.at(args[0]).args)

    def _fitted(self, index: int) -> Phrase:
        """Write an instruction; where that gets too long, its longest operands get names first."""
        op, args, text = self.build.at(index)
        longest, operands = self.language.longest, [] if op in ("add", "mul") else list(args)  # these are cut
        while True:
            self._here = index
            written = writers.write(self, op, args, text)
            if len(written.text) > self.language.most:  # where parts get no names, it may double with each
                raise too_long(self.language.name, self.language.most, len(written.text))
            operands = [k for k in operands if len(self.done[k].text) > _SHORT]
            if longest is None or len(written.text) <= longest or not operands:
                return written
            k = max(operands, key=lambda k: len(self.done[k].text))
            self.done[k] = self._named(self.done[k], k)
            operands.remove(k)

    def _named(self, written: Phrase, index: int) -> Phrase:
        """Give what is written of an instruction a name of its own, unless it must wait in its branch."""
        if index not in self._sure:
            self.has_hidden = True
            return written
        name = next(name for k in range(len(self._steps), 10**6) if (name := f"t{k}") not in self._taken)
        self._taken.add(name)
        self._steps.append(NamedPart(name, bare(written.text), self.build.at(index).op in _LOGICAL))
        return Phrase(name)

    def _result(self, index: int) -> str:
        text = self.done[index].text
        return text if self.moving[index] else self._constant(text)

    def _constant(self, text: str) -> str:
        return self.language.constant.format(text, next(iter(self.names.values())))

    def at(self, index: int, least: int) -> str:
        """Return an operand, in brackets where it binds too loosely."""
        written = self.done[index]
        return written.text if written.binds >= least else f"({written.text})"

    def argument(self, index: int) -> Phrase:
        """Return an argument of a call; a number in the shape of the variables where the language is strict."""
        written = self.done[index]
        if self.moving[index] or not self.language.is_strict:
            return written
        return Phrase(self._constant(written.text))

    def cut(self, text: str, more: str) -> str:
        """Give what is written of a long sum, product or choice a name before more comes."""
        longest = self.language.longest
        if longest is None or len(text) + len(more) < longest:
            return text
        return self._named(Phrase(text), self._here).text
