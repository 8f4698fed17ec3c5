"""Program -> text in any language, by its table: shared parts get a name, the others stand in their place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from derivcli.exports.language import ATOM, CHOICE, COMPARE, LOGIC, POWER, PRODUCT, SUM, Body, Step
from derivcli.exports.spelling import LackingError
from derivcli.exports.templates import PLAIN, Phrase, bare, filled
from derivcli.language.numbers import exact, nearest_float
from derivcli.language.program import FLOAT
from derivcli.language.tree import COMPARISONS, NUMBER, PIECEWISE, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from derivcli.exports.algebra import Algebra
    from derivcli.exports.language import Language

_LOGICAL = frozenset({*COMPARISONS, "and", "or", "not", "true", "false"})
_SHORT = 12  # characters of an operand that are not worth a name, however long the whole is
_LONG_CONDITION = 30  # characters from which on a condition is read once rather than twice
_MOST_FACTORS = 3  # of a power that is written as a product: more are no longer read
_LARGEST = 64  # exponent of a power that languages make of products: beyond, these would lose digits


class Emitter:
    """Writes the results of one function. `names` are the variables as the language has them.

    With `keeps_branches` what a branch alone needs is never given a name, so that it is computed in the branch only;
    `has_hidden` then tells whether that has cost a name.
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
        self._build = build
        self._language = language
        self._names = names
        self._calls = {**language.functions, **calls}
        self._keeps_branches = keeps_branches
        self._steps: list[Step] = []
        self._done: dict[int, Phrase] = {}
        self._taken = {*names.values(), *calls.values()}
        self._moving: dict[int, bool] = {}
        self.has_hidden = False

    def body(self, results: Sequence[int]) -> Body:
        """Return the lines of the function."""
        needed, uses, sure = self._needed(results)
        for index in needed:
            op, args, _ = self._build.at(index)
            self._moving[index] = op == VARIABLE or any(self._moving[arg] for arg in args)
            written = self._fitted(index, sure)
            if uses[index] > 1 and self._language.longest is not None and not self._is_cheap(index, written):
                written = self._named(written, index, sure)
            self._done[index] = written
        return Body(tuple(self._steps), tuple(self._result(index) for index in results))

    def _needed(self, results: Sequence[int]) -> tuple[list[int], Counter[int], set[int]]:
        """Return what is needed, in order; how often each is; and what is computed in any case."""
        uses, sure = Counter(results), set(results)
        for index in range(max(results), -1, -1):
            if index in uses:
                op, args, _ = self._build.at(index)
                uses.update(args)
                if index in sure:
                    lazy = op in ("and", "or") or (op == PIECEWISE and self._keeps_branches)
                    sure.update((args[1] if op == PIECEWISE else args[0],) if lazy else args)
        return sorted(uses), uses, sure if self._language.raises else set(uses)

    def _is_cheap(self, index: int, written: Phrase) -> bool:
        """Tell whether an instruction is never worth a name: a leaf, its sign, or a short condition."""
        op, args, _ = self._build.at(index)
        if op in _LOGICAL:
            return len(written.text) < _LONG_CONDITION
        return not args or (op == "neg" and not self._build.at(args[0]).args)

    def _fitted(self, index: int, sure: set[int]) -> Phrase:
        """Write an instruction; where that gets too long, its longest operands get names first."""
        longest, operands = self._language.longest, list(self._build.at(index).args)
        while True:
            written = self._write(index)
            operands = [k for k in operands if len(self._done[k].text) > _SHORT]
            if longest is None or len(written.text) <= longest or not operands:
                return written
            k = max(operands, key=lambda k: len(self._done[k].text))
            self._done[k] = self._named(self._done[k], k, sure)
            operands.remove(k)

    def _named(
        self, written: Phrase, index: int | None = None, sure: frozenset[int] | set[int] = frozenset()
    ) -> Phrase:
        """Give what is written a name of its own, unless it must wait in its branch."""
        if index is not None and index not in sure:
            self.has_hidden = True
            return written
        name = next(name for k in range(len(self._steps), 10**6) if (name := f"t{k}") not in self._taken)
        self._taken.add(name)
        self._steps.append(Step(name, written.text, index is not None and self._build.at(index).op in _LOGICAL))
        return Phrase(name)

    def _result(self, index: int) -> str:
        text = self._done[index].text
        return text if self._moving[index] else self._language.constant.format(text, next(iter(self._names.values())))

    def _write(self, index: int) -> Phrase:
        op, args, text = self._build.at(index)
        if op == VARIABLE:
            return Phrase(self._names[text])
        if op in (NUMBER, FLOAT):
            return self.number(float(text) if op == FLOAT else nearest_float(exact(text)))
        if not args:
            return Phrase(self._language.leaves[op])
        if op in COMPARISONS:
            sign = f" {self._language.comparisons.get(op, COMPARISONS[op])} "
            return Phrase(sign.join(self._at(arg, SUM) for arg in args), COMPARE)
        return _WRITERS.get(op, Emitter._call)(self, op, args)

    def number(self, value: float) -> Phrase:
        """Return a float64 as a literal, or the name of what is none."""
        leaves = self._language.leaves
        if value != value:
            return Phrase(leaves["undefined"])
        digits = leaves["inf"] if abs(value) == float("inf") else self._language.number(abs(value))
        return Phrase(f"-{digits}", SUM) if value < 0 else Phrase(digits)

    def _at(self, index: int, least: int) -> str:
        """Return an operand, in brackets where it binds too loosely."""
        written = self._done[index]
        return written.text if written.binds >= least else f"({written.text})"

    def _sum(self, _op: str, args: Sequence[int]) -> Phrase:
        text = self._at(args[0], SUM)
        for arg in args[1:]:
            term = self._at(arg, SUM)
            is_less = term.startswith("-") and self._build.at(arg).op in ("neg", FLOAT)
            text = (
                f"{self._cut(text, term)} - {term[1:]}"
                if is_less
                else f"{self._cut(text, term)} + {self._at(arg, PRODUCT)}"
            )
        return Phrase(text, SUM)

    def _product(self, _op: str, args: Sequence[int]) -> Phrase:
        text = self._at(args[0], PRODUCT)
        for arg in args[1:]:
            factor = self._at(arg, POWER)
            text = f"{self._cut(text, factor)} * {factor}"
        return Phrase(text, PRODUCT)

    def _cut(self, text: str, more: str) -> str:
        """Give what is written of a long sum, product or choice a name before more comes."""
        longest = self._language.longest
        if longest is None or self._keeps_branches or len(text) + len(more) < longest:
            return text
        return self._named(Phrase(bare(text))).text

    def _quotient(self, _op: str, args: Sequence[int]) -> Phrase:
        return Phrase(f"{self._at(args[0], PRODUCT)} / {self._at(args[1], POWER)}", PRODUCT)

    def _negation(self, _op: str, args: Sequence[int]) -> Phrase:
        text = self._at(args[0], PRODUCT)
        is_power = self._done[args[0]].binds == POWER and "**" in text  # of which Python's formatters want brackets
        return Phrase(f"-({text})" if is_power else f"-{text}", SUM)

    def _power(self, _op: str, args: Sequence[int]) -> Phrase:
        op, _, text = self._build.at(args[1])
        whole = op == NUMBER and text.isdigit() and 2 <= int(text) <= _LARGEST
        base = self._done[args[0]]
        if whole and self._language.squares and int(text) <= _MOST_FACTORS and PLAIN.fullmatch(base.text):
            return Phrase(" * ".join([base.text] * int(text)), PRODUCT)
        if whole:
            return filled(self._language.whole, [base, Phrase(text)], self._language.receiver)
        template = self._language.power
        argument = self._argument if template.endswith(")") else self._done.__getitem__
        return filled(template, [argument(arg) for arg in args], self._language.receiver)

    def _call(self, op: str, args: Sequence[int]) -> Phrase:
        template = self._calls[op]
        if "{" not in template:
            template += f"({', '.join(f'{{{k}}}' for k in range(len(args)))})"
        texts = [self._argument(arg) for arg in args]
        if op in self._language.orders:
            if self._moving[args[0]]:
                raise LackingError(op)
            texts[0] = self._done[args[0]]
        return filled(template, texts, self._language.receiver)

    def _argument(self, index: int) -> Phrase:
        """Return an argument of a call; a number in the shape of the variables where the language is strict."""
        written = self._done[index]
        if self._moving[index] or not self._language.is_strict:
            return written
        return Phrase(self._language.constant.format(written.text, next(iter(self._names.values()))))

    def _logic(self, op: str, args: Sequence[int]) -> Phrase:
        word = self._language.logic[op]
        if op == "not":
            return Phrase(f"{word}({self._done[args[0]].text})", COMPARE)
        if not word.startswith(" "):
            return Phrase(f"{word}({', '.join(self._done[arg].text for arg in args)})")
        least = ATOM if word.strip() in ("&", "|") else COMPARE
        return Phrase(word.join(self._at(arg, least) for arg in args), LOGIC)

    def _choice(self, _op: str, args: Sequence[int]) -> Phrase:
        language = self._language
        found = self._done[args[-1]].text
        for value, condition in zip(args[-3::-2], args[-2::-2], strict=True):
            least = CHOICE if language.choice_binds == ATOM else LOGIC
            taken = self._argument(value).text if language.is_strict else self._at(value, least)
            found = self._cut(found, "")
            template = language.chained if language.chained and found.startswith("if ") else language.choice
            found = template.format(taken, self._at(condition, least), found)
        return Phrase(found, language.choice_binds)


_WRITERS: dict[str, Callable[[Emitter, str, Sequence[int]], Phrase]] = {
    "add": Emitter._sum,
    "mul": Emitter._product,
    "div": Emitter._quotient,
    "neg": Emitter._negation,
    "pow": Emitter._power,
    PIECEWISE: Emitter._choice,
    **dict.fromkeys(("and", "or", "not"), Emitter._logic),
}
