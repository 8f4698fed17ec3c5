"""Program -> sympy -> derivatives, and sympy expressions -> programs.

The way through sympy is faithful: `build(program, evaluate=False)` and `SympyReader` are inverse to each other, so what
torch runs is the expression as it was typed. Derivatives are taken of the evaluated form, which sympy tidies while
it builds it; that form is never what torch runs.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from functools import cached_property, lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from sympy import Add, Function, Symbol, preorder_traversal

from derivcli.errors import LimitError
from derivcli.language.limits import check_constants
from derivcli.language.lowering import to_tree
from derivcli.language.numbers import LONGEST_READ, exact
from derivcli.language.program import Builder, Instruction, Program
from derivcli.language.tree import NUMBER, VARIABLE, Node, fold
from derivcli.witnesses.reading import SympyReader
from derivcli.witnesses.sympy_functions import Opaque, build, expressions, operation
from derivcli.witnesses.sympy_slopes import slope
from derivcli.witnesses.tidy import tidied
from derivcli.witnesses.typed import parts_as_typed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from fractions import Fraction

    from derivcli.witnesses.evidence import Wrt
    from derivcli.witnesses.tidy import Shown
    from derivcli.witnesses.tidy.work import Work

MOST_PARTS = 2_500  # of a derivative of order 3 or more: forms may grow exponentially with the order
_LONGEST = 4.0  # seconds for all derivatives of order 3 and more
_KEPT = 16  # points: as many as there are questions whose derivatives are kept
_MOST_EXACT_PARTS = 40  # of an exact number that people are shown


class OutgrownError(Exception):
    """A symbolic form of order 3 or more is too large, or takes too long."""


def _is_handy(program: Program, point: Mapping[str, Program]) -> bool:
    """Tell whether sympy may put the point into f: `(1 + 1/x)^x` at 123456789 has a thousand million digits."""
    places = {name: to_tree(coordinate) for name, coordinate in point.items()}

    def placed(node: Node, args: list[Node]) -> Node:
        return places.get(node.text, node) if node.op == VARIABLE else Node(node.op, tuple(args), node.text)

    try:
        check_constants(fold(to_tree(program), placed))
    except LimitError:
        return False
    return True


@lru_cache(_KEPT)
def _places(program: Program, point: tuple[tuple[str, Program], ...]) -> dict[Any, Any] | None:
    """Return what sympy puts into f at a point, None where it may not; each derivative has the same there."""
    if not _is_handy(program, dict(point)):
        return None
    return {Symbol(name, real=True): build(place, evaluate=True) for name, place in point}


def _decimals(program: Program) -> tuple[Fraction, ...]:
    return tuple(exact(i.text) for i in program.instructions if i.op == NUMBER and not i.text.isdigit())


def via_sympy(program: Program) -> Program:
    """Return the program of sympy's form of a program: the same one, which is what makes it trustworthy."""
    builder = Builder()
    reader = SympyReader(builder)
    return builder.build(reader.read(build(program, evaluate=False)))


class Differentiator:
    """Takes derivatives of one program. A sum is differentiated term by term; each derivative is kept.

    With `unseen` their programs are for numbers alone: sums and products stay in the order that sympy has them in.
    """

    def __init__(self, program: Program, *, unseen: bool = False) -> None:
        found = expressions(program, evaluate=True)
        top = program.instructions[-1]
        terms = [found[arg] for arg in top.args] if top.op == "add" else [found[-1]]
        self._function = program
        self._unseen = unseen
        self._terms: dict[Wrt, list[Any]] = {(): terms}
        self._indices: dict[Wrt, dict[Any, list[Any]]] = {}
        self._typed = _decimals(program)
        self._found = found
        self._seconds_left = _LONGEST

    def derivative(self, wrt: Wrt, at: Mapping[str, int] | None = None) -> Program | None:
        """Return the program of a derivative, or None if it has no closed form in the catalogue.

        `at` puts whole numbers in the place of variables. Raises `OutgrownError` where a form of higher order is too
        large.
        """
        return self.program(self._form_at(wrt, at or {}))

    def stepwise(self, _wrt: Wrt) -> Program | None:
        """Return a program of a derivative whose form has outgrown its limits; None where there is none."""
        return None

    def shown(self, wrt: Wrt, at: Mapping[str, int] | None = None, work: Work | None = None) -> Shown | None:
        """Return the derivative in the form that people are shown, where it has a form; raises as `derivative` does."""
        form = self._form_at(wrt, at or {})
        raw = self.program(form, typed=self._typed, parts=self._parts)
        if raw is None:
            return None
        return tidied(
            form, raw, self._function, typed=self._typed or _decimals(raw), held=at, work=work, parts=self._parts
        )

    def is_zero(self) -> bool:
        """Tell whether the program is 0 by algebra: as sympy builds it, multiplied out, or in its tidy form."""
        form = Add(*self._terms[()])
        if form == 0 or form.expand() == 0:
            return True
        raw = self.program(form)
        shown = None if raw is None else tidied(form, raw, self._function).program
        return shown is not None and shown.instructions[-1] == Instruction(NUMBER, (), "0")

    def _form_at(self, wrt: Wrt, at: Mapping[str, int]) -> Any:
        form = self.form(wrt)
        return form.xreplace({Symbol(name, real=True): number for name, number in at.items()}) if at else form

    def form(self, wrt: Wrt) -> Any:
        """Return a derivative as a sympy expression; raises `OutgrownError`."""
        return Add(*self._differentiated(wrt))

    @cached_property
    def _parts(self) -> dict[Any, Program]:
        """The parts of f as they were typed, by what sympy makes of them."""
        return parts_as_typed(self._function, self._found, partial(self._reader, typed=self._typed))

    def program(
        self, form: Any, typed: Sequence[Fraction] | None = None, parts: Mapping[Any, Program] | None = None
    ) -> Program | None:
        """Return the program of a sympy expression, or None if the language cannot say it.

        Numbers are written as they were `typed`, and `parts` as f has them.
        """
        builder = Builder()
        try:
            return builder.build(self._reader(builder, typed, parts).read(form))
        except KeyError:
            return None

    def _reader(
        self, builder: Builder, typed: Sequence[Fraction] | None, parts: Mapping[Any, Program] | None = None
    ) -> SympyReader:
        return SympyReader(builder, tidy=not self._unseen, decimals=bool(self._typed), typed=typed, parts=parts)

    def coefficient(
        self, wrt: Wrt, point: Mapping[str, Program], known: Collection[str] | None = None
    ) -> Program | None:
        """Return the exact value at a point of a derivative over its factorials, if a short form of it is found.

        With functions that are `known` it is for people to read: what has others, or long numbers, is none, without
        multiplying it out to see whether they cancel, which takes longest.
        """
        values = _places(self._function, tuple(point.items()))
        if values is None:
            return None
        found, below = self.form(wrt).xreplace(values), math.prod(map(math.factorial, Counter(wrt).values()))
        found = found if below == 1 else found / below
        if known is not None and not _may_be_short(found, known):
            return None
        short = [form for form in (found, found.expand()) if size(form, _MOST_EXACT_PARTS) <= _MOST_EXACT_PARTS]
        return self.program(min(short, key=lambda form: size(form, _MOST_EXACT_PARTS))) if short else None

    def _differentiated(self, wrt: Wrt) -> list[Any]:
        """Return the terms of a derivative; those that are 0 are left out."""
        if wrt in self._terms:
            return self._terms[wrt]
        below, name = wrt[:-1], wrt[-1]
        terms = self._differentiated(below)
        symbol = Symbol(name, real=True)
        started = time.monotonic()
        if len(wrt) > 2 and self._seconds_left <= 0:
            raise OutgrownError
        if below not in self._indices:
            self._indices[below] = _by_symbol(terms)
        slopes = (slope(term, symbol) for term in self._indices[below].get(symbol, ()))
        found = [term for term in slopes if term != 0]
        if len(wrt) > 2:
            self._check(found, started)
        return self._terms.setdefault(wrt, found)

    def _check(self, terms: list[Any], started: float) -> None:
        """Bound what forms of higher order may cost."""
        self._seconds_left -= time.monotonic() - started
        if sum(size(term, MOST_PARTS) for term in terms) > MOST_PARTS:
            raise OutgrownError


def _may_be_short(form: Any, known: Collection[str]) -> bool:
    """Tell whether a form has no other functions than those known, and no longer numbers than people read.

    A function that sympy knows nothing of may choose among numbers, and the short one, as max does.
    """
    is_of_known = True
    for part in preorder_traversal(form):
        if isinstance(part, Opaque):
            return True
        if part.is_Rational:
            is_of_known = is_of_known and max(abs(part.p), part.q) <= LONGEST_READ
        elif isinstance(part, Function):
            is_of_known = is_of_known and operation(part) in known
    return is_of_known


def _by_symbol(terms: Iterable[Any]) -> dict[Any, list[Any]]:
    """Return the terms that hold each symbol."""
    index: dict[Any, list[Any]] = {}
    for term in terms:
        for symbol in term.free_symbols:
            index.setdefault(symbol, []).append(term)
    return index


def size(form: Any, most: int) -> int:
    """Return the number of parts of an expression, counted no further than one beyond `most`."""
    return sum(1 for _ in islice(preorder_traversal(form), most + 1))
