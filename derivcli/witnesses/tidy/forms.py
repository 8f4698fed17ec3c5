"""The forms of a derivative that are compared: as one fraction, by identities, term by term."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from sympy import Add, Symbol

from derivcli.witnesses.tidy.adding import add
from derivcli.witnesses.tidy.angles import Angles
from derivcli.witnesses.tidy.converting import Converter, convert
from derivcli.witnesses.tidy.field import SYMBOL, Field, Product
from derivcli.witnesses.tidy.functions import Functions
from derivcli.witnesses.tidy.identities import Identities
from derivcli.witnesses.tidy.nodes import MOST_OPERATIONS, TooLongError, shorter, total
from derivcli.witnesses.tidy.polynomials import TooLargeError
from derivcli.witnesses.tidy.sums import apart, outside
from derivcli.witnesses.tidy.writing import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from derivcli.language.program import Program
    from derivcli.witnesses.tidy.domain import Domain
    from derivcli.witnesses.tidy.nodes import Written
    from derivcli.witnesses.tidy.work import Work

_MOST_TERMS = 40  # of a sum whose terms are tidied apart
_MOST_ORDERED = 12  # variables: half of the generators that there can be
_FEW_TERMS = 6  # of which each is written in all its forms


@dataclass(slots=True)
class Ceiling:
    """The operations that a form may have to be written at all: those of the shortest that has been found."""

    most: int = MOST_OPERATIONS

    def lower(self, most: int) -> None:
        """Ask for no longer forms than one that has been found."""
        self.most = min(self.most, most)


class Workshop:
    """What the forms of one derivative are made with."""

    def __init__(self, domain: Domain, typed: Sequence[Fraction], work: Work, parts: Mapping[Any, Program]) -> None:
        self._domain = domain
        self._typed = typed
        self._work = work
        self._parts = parts
        self.use(Converter(self.new_field(), {}))

    def new_field(self) -> Field:
        """Return a field with the variables in the order in which f has them: so they stand in all forms."""
        field = Field(self._work, self._domain.sign, self._typed)
        for name in self._domain.variables[:_MOST_ORDERED]:
            field.generator(SYMBOL, Symbol(name, real=True))
        return field

    def use(self, converter: Converter) -> None:
        """Work in the field of a converter from now on."""
        self.converter = converter
        self.field = converter.field
        self.functions = Functions(self.field)
        self._identities = Identities(self.field, self.functions)
        self._angles = Angles(self.field, self.functions)
        self.writer = Writer(self.field, self.functions, self._parts)

    def forms(self, form: Any, ceiling: Ceiling) -> Iterator[Written]:
        """Yield forms of a derivative, each as it is found; raises what is too much for it."""
        try:
            converter, x = convert(self.new_field, form)
        except (TooLargeError, ArithmeticError):
            pass  # its terms may still do
        else:
            self.use(converter)
            yield from self._variants(x, ceiling)
        if isinstance(form, Add) and len(form.args) <= _MOST_TERMS:
            yield from self._by_terms(form)

    def _variants(self, x: Product, ceiling: Ceiling) -> Iterator[Written]:
        """Yield one product in all its forms, the likeliest first."""
        products: dict[Any, Product] = {}
        for other in chain((self.field.joined(x), x), self._identities.forms(x)):
            if other.key not in products:
                products[other.key] = other
                with suppress(TooLongError):
                    yield self.writer.product(other, ceiling.most)
        for product in products.values():
            for more in (self._apart, self._by_other_angles):
                if self.field.work.is_over:
                    return
                try:
                    yield from more(product, ceiling)
                except (TooLargeError, ArithmeticError):
                    continue

    def _apart(self, x: Product, ceiling: Ceiling) -> Iterator[Written]:
        for by_functions in (False, True):
            with suppress(TooLongError):
                found = apart(self.writer, x, ceiling.most, by_functions=by_functions)
                if found is not None:
                    yield found
        found = outside(self.writer, x)
        if found is not None:
            yield found

    def _by_other_angles(self, x: Product, ceiling: Ceiling) -> Iterator[Written]:
        halved = self._angles.by_half_angles(x)
        for other in (*([] if halved is x else [halved]), *self._angles.by_double_angles(x)):
            with suppress(TooLongError):
                yield self.writer.product(other, ceiling.most)

    def _by_terms(self, form: Any) -> Iterator[Written]:
        """Yield the sum with each term tidied by itself, and with only its fractions put together."""
        parts, whole, fractions = [], [], []
        for term in form.args:
            x = self._converted(term)
            best = self.writer.expression(term) if x is None else self._best(x, few=len(form.args) <= _FEW_TERMS)
            parts.append(best)
            if x is not None and any(k < 0 for k in x.powers.values()):
                fractions.append(x)
            else:
                whole.append(best)
        yield total(parts)
        if whole and len(fractions) > 1 and not self.field.work.is_over:
            yield total([*whole, self._best(add(self.field, fractions), few=True)])

    def _converted(self, term: Any) -> Product | None:
        try:
            return None if self.field.work.is_over else self.converter.of(term)
        except (TooLargeError, ArithmeticError):
            return None

    def _best(self, x: Product, *, few: bool) -> Written:
        if not few:
            return self.writer.product(x)
        best, ceiling = None, Ceiling()
        for written in self._variants(x, ceiling):
            best = shorter(best, written)
            ceiling.lower(best.cost)
        assert best is not None  # noqa: S101 - nothing is too long at first
        return best
