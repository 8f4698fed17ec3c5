"""The question and the answer."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Any

from derivcli.model.choices import Device, Dtype
from derivcli.model.codec import Coded, Maybe, Word
from derivcli.model.graph import Graph
from derivcli.model.statuses import Status
from derivcli.model.steps import AnswerCheck
from derivcli.model.values import Derivative, Value
from derivcli.model.views import Hessian, Implicit, Jacobian, Tangent, Taylor, Total

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMA_VERSION = 1

# How notebooks show an answer, by format. This storey knows no printer: `derivcli.notebook` hangs them in.
PRINTERS: dict[str, Callable[[Any], str | None]] = {}

Version = Annotated[int, {"const": SCHEMA_VERSION}]
Worst = Annotated[Status, "the worst status inside"]


class RichDisplay:
    """An answer that a notebook shows as more than its `repr`; None leaves it at that."""

    __slots__ = ()

    def _repr_html_(self) -> str | None:
        return PRINTERS["html"](self) if PRINTERS else None

    def _repr_latex_(self) -> str | None:
        return PRINTERS["latex"](self) if PRINTERS else None


@dataclass(frozen=True, slots=True)
class SpotCheck(Coded):
    """A point the tool picked by itself, and the worst status there."""

    at: dict[str, float]
    status: Status


@dataclass(frozen=True, slots=True)
class Request:
    """The question: texts as they were typed, and the tolerances.

    `at` maps each variable to the text of its value (a constant expression), or is None for the symbolic
    derivatives alone. `timeout` is in seconds.

    Without more the first partial derivatives are asked for. `order` asks for all up to that order, `partial` for
    certain ones, `along` for those in a direction (a constant expression for each component) and `implicit` for those
    of a variable that the equation makes a function of the others. `hessian`, `tangent`, `taylor` (an order) and
    `total` ask for views; `near` is a second point for the Taylor polynomial, `error` holds standard uncertainties for
    the differential. `beside` names variables of other functions that are asked for at the same time.
    `dtype` and `device` are those of torch's first derivatives. With `raw` formulas stay as sympy has made them.
    With `unseen` nobody will look at them: no form of them is found or written.
    What is not to be `verified` is left to one witness: numbers to torch, formulas to sympy.
    """

    expression: str
    at: dict[str, str] | None = None
    wrt: tuple[str, ...] | None = None
    rtol: float = 1e-9
    atol: float = 1e-12
    timeout: float = 30.0
    order: int = 1
    partial: tuple[tuple[str, ...], ...] = ()
    hessian: bool = False
    along: dict[str, str] | None = None
    implicit: str | None = None
    tangent: bool = False
    taylor: int | None = None
    near: dict[str, str] | None = None
    total: bool = False
    error: dict[str, str] | None = None
    beside: tuple[str, ...] = ()
    dtype: Dtype = Dtype.FLOAT64
    device: Device = Device.CPU
    raw: bool = False
    unseen: bool = False
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Result(RichDisplay, Coded):
    """The answer for one function, at one point or without one."""

    schema_version: Version = field(default=SCHEMA_VERSION, kw_only=True)
    expression: Annotated[str, "as it was typed"]
    read_as: Annotated[str, "as it was read; can be pasted back in"]
    latex: str | None = field(default=None, kw_only=True)
    variables: Annotated[tuple[Word, ...], "in order of first appearance", {"uniqueItems": True}]
    at: Annotated[dict[str, float] | None, "the float64 coordinates; null where there is no point"]
    at_text: Annotated[dict[str, str] | None, "the coordinates as they were typed"] = field(default=None, kw_only=True)
    dtype: Dtype = field(default=Dtype.FLOAT64, kw_only=True)
    value: Value
    derivatives: tuple[Derivative, ...]
    status: Worst
    notes: Annotated[tuple[str, ...], "what there is to say of the whole answer"] = ()
    readings: Annotated[tuple[str, ...], "those of the notes that say how the text was read"] = ()
    limit_reached: str | None = None
    definitions: Annotated[Maybe[dict[str, str]], "what each name of a part stands for"] = None
    spot_checks: Maybe[tuple[SpotCheck, ...]] = None
    broken_along: Annotated[
        Maybe[dict[str, float]], "a direction in which f has no slope, or another one than its partial derivatives give"
    ] = None
    hessian: Maybe[Hessian] = None
    implicit: Maybe[Implicit] = None
    tangent: Maybe[Tangent] = None
    taylor: Maybe[Taylor] = None
    total: Maybe[Total] = None
    graph: Maybe[Graph] = None
    check: Annotated[
        Maybe[AnswerCheck], "the verdict on a reader's answer; of several answers the first that is not right"
    ] = None

    @property
    def has_numbers(self) -> bool:
        """Whether it stands at a point; a constant needs none."""
        return self.at is not None or not self.variables

    @property
    def functions(self) -> tuple[Result, ...]:
        """The result itself, as a `System` has those of several functions."""
        return (self,)

    def with_each(self, change: Callable[[Result], Result]) -> Result:
        """Return the answer with another result in its place, made of this one."""
        return change(self)


@dataclass(frozen=True, slots=True)
class System(RichDisplay, Coded):
    """The answer for several functions of the same variables."""

    schema_version: Version = field(default=SCHEMA_VERSION, kw_only=True)
    functions: Annotated[tuple[Result, ...], {"minItems": 1}]
    jacobian: Jacobian | None
    status: Worst

    def with_each(self, change: Callable[[Result], Result]) -> System:
        """Return the answer with another result in the place of each, made of that one."""
        return replace(self, functions=tuple(map(change, self.functions)))
