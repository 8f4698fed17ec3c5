"""What a language is: a table of its functions, signs and words, and how a file in it is laid out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# How tightly what is written binds, from the loosest on. A sign binds as a sum does: what stands beside it in a product
# gets brackets, for in Excel -2^2 is 4, and Fortran takes no two signs in a row.
CHOICE, LOGIC, COMPARE, SUM, PRODUCT, POWER, ATOM = range(7)


class NamedPart(NamedTuple):
    """A name and what it stands for: a number, or a condition."""

    name: str
    text: str
    is_condition: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of a function: names with what they stand for, and what it returns."""

    steps: tuple[NamedPart, ...]
    results: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Helper:
    """A function of the catalogue that the language lacks, written out in it."""

    name: str
    parameters: tuple[str, ...]
    body: Body


@dataclass(frozen=True, slots=True)
class Sample:
    """A point, and what the witnesses say there: f, the gradient and, if it is wanted, the rows of the Hessian."""

    point: tuple[float, ...]
    numbers: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class CodeFile:
    """All that a file is made of: `bodies` are f, gradient and, where it is wanted, hessian, row by row.

    `parameters` and `wrt` are the variables, and those to differentiate by, as the language has them; `variables` and
    `derivatives` as they were typed. `equations` are f and its derivatives in LaTeX.
    """

    comment: tuple[str, ...]
    parameters: tuple[str, ...]
    helpers: tuple[Helper, ...]
    bodies: Mapping[str, Body]
    wrt: tuple[str, ...]
    samples: tuple[Sample, ...]
    equations: str = ""
    variables: tuple[str, ...] = ()
    derivatives: tuple[str, ...] = ()

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The rows of the Hessian; none where it is not wanted."""
        texts, count = self.bodies["hessian"].results if "hessian" in self.bodies else (), len(self.wrt)
        return [texts[start : start + count] for start in range(0, len(texts), count)]


def named(words: str, template: str = "{}") -> dict[str, str]:
    """Return a table of functions from the names of the catalogue: in `loggamma:lgamma` the language has another."""
    pairs = (word.partition(":") for word in words.split())
    return {op: template.format(other or op) for op, _, other in pairs}


@dataclass(frozen=True, slots=True)
class Language:
    """How expressions are written in a language.

    - `write` lays out a file. `longest` is how long an expression may be before its parts get names; None where
      everything is one expression; `most` are the characters that one may have at all.
    - `functions`: for each function of the catalogue that it has its name, or a template with `{0}`, `{1}`; `leaves`
      are its constants; `formulas` stand for functions where the catalogue's definition would not do.
    - `number` writes a float64. `whole` is the template of a power by a small whole number, `power` of any other;
      with `squares` x^2 is written x*x. `receiver` is what a literal needs behind it where a method of it is called.
    - `choice` is the template of a condition, `{0} if {1} else {2}`, `choice_binds` how tightly, `chained` where
      another follows; `logic` has the words for and, or, not; `comparisons` are signs that Python has not.
    - `reserved` are the words that are no names, `is_ascii`, `is_caseless` and `longest_name` say what names are;
      `names` names the variables where they are cells.
    - `raises`: it stops at log(-1). `leaks`: a branch that is not taken is computed, and may be differentiated.
    - `constant` makes of a number a result of the shape of the arguments; `is_strict` tells that functions want it,
      but the first argument of polygamma, which is a whole number.
    """

    name: str
    write: Callable[[CodeFile], str]
    functions: Mapping[str, str]
    leaves: Mapping[str, str]
    number: Callable[[float], str]
    whole: str
    power: str
    choice: str
    choice_binds: int = CHOICE
    chained: str = ""
    logic: Mapping[str, str] = field(default_factory=lambda: {"and": " && ", "or": " || ", "not": "!"})
    comparisons: Mapping[str, str] = field(default_factory=dict)
    formulas: Mapping[str, str] = field(default_factory=dict)
    reserved: frozenset[str] = frozenset()
    is_ascii: bool = True
    is_caseless: bool = False
    longest_name: int = 100_000
    raises: bool = False
    leaks: bool = False
    constant: str = "{0}"
    is_strict: bool = False
    receiver: str = ""
    squares: bool = False
    longest: int | None = 64
    most: int = 100_000
    names: Callable[[tuple[str, ...]], dict[str, str]] | None = None
