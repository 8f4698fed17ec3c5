"""`differentiate`: the Python face of the calculator."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict, Unpack, overload

from derivcli import looks, parts
from derivcli.cases import Case, due, read
from derivcli.coordinates import Coordinate, coordinate_text
from derivcli.errors import UsageError
from derivcli.model import Request, Result, System
from derivcli.model.choices import Verify
from derivcli.model.option import Option, ValueKind
from derivcli.model.options import OPTIONS, find
from derivcli.testimony import hear
from derivcli.witnesses import client

if TYPE_CHECKING:
    from derivcli.witnesses.asking.looks import LookRequest
    from derivcli.witnesses.client import Conversation, Meanwhile
    from derivcli.witnesses.protocol import WorkerRequest

_SHORTEST = 1e-9  # seconds


Point = Mapping[str, Coordinate]

_OPTIONS = [option for option in OPTIONS if option.python]
_DEFAULTS = {option.key: option.default for option in _OPTIONS}


class Wanted(TypedDict, total=False):
    """What can be asked of `differentiate`.

    - `wrt`: the variables to differentiate by, all by default; the others are held.
    - `order`: all derivatives up to this order; `partial`: certain ones, such as `[("x", "x", "y")]`.
    - `hessian`: the matrix of second derivatives, and what the point is.
    - `along`: the derivative in a direction, a component for each variable that moves.
    - `implicit`: the variable that an equation makes a function of the others.
    - `tangent`: the tangent line or plane; `taylor`: the Taylor polynomial of an order, compared with f at `near`.
    - `total`: the differential; `error`: standard uncertainties of variables, which carry over to f.
    - `rtol`, `atol`: two numbers agree within `rtol` of the reference, or within `atol` where that is 0; by default
      1e-9 and 1e-12, for float32 1e-4 and 1e-6.
    - `dtype`, `device`: torch computes first derivatives in float64 or float32, on cpu, cuda or mps.
    - `raw`: formulas stay as sympy has made them, which is faster.
    - `timeout`: seconds; when they run out, what is known so far is returned, the rest is `unverified` and
      `limit_reached` is set.

    None stands for the default of each. `partials` and `errors` are old names of `partial` and `error`.
    """

    wrt: str | Iterable[str] | None
    order: int
    partial: Iterable[Iterable[str]]
    partials: Iterable[Iterable[str]]
    hessian: bool
    along: Point | None
    implicit: str | None
    tangent: bool
    taylor: int | None
    near: Point | None
    total: bool
    error: Point | None
    errors: Point | None
    rtol: float | None
    atol: float | None
    dtype: str
    device: str
    raw: bool
    timeout: float


@overload
def differentiate(  # type: ignore[overload-overlap] # one text is one expression, not its characters
    expression: str, at: Point | None = None, **wanted: Unpack[Wanted]
) -> Result: ...


@overload
def differentiate(expression: Iterable[str], at: Point | None = None, **wanted: Unpack[Wanted]) -> System: ...


@parts.told()
def differentiate(
    expression: str | Iterable[str], at: Point | None = None, **wanted: Unpack[Wanted]
) -> Result | System:
    """Return the value and derivatives of an expression, with a verdict on each number.

    Several expressions are the components of a vector function: then a `System` is returned, with their Jacobian.

    `at` gives each variable a value: a number, or a text with a constant expression such as `"pi/4"`. A float stands
    for its shortest decimal, so 0.1 is 1/10. A tensor or an array of one element, or a number of numpy's, stands for
    the float64 that is equal to it, so that float32's 0.1 is 0.10000000149011612. Without `at` the result holds the
    symbolic derivatives, spot-checked. `Wanted` lists what can be asked for; by default it is the first partial
    derivatives.

    Raises `ExpressionError` for an expression that cannot be read, `PointError` for values that do not fit it,
    `LimitError` for one that is too large, `UsageError` for arguments that make no sense, `MissingPartError` where a
    library is not installed or does not load.
    """
    check_names("differentiate", wanted)
    return answer_to(expression, _request(at, wanted))


@parts.told()
def answer_to(
    expression: str | Iterable[str], request: Request, meanwhile: Meanwhile = client.nothing
) -> Result | System:
    """Return the answer to a request, whose expression, or expressions, stand by themselves; raises as above.

    While the worker thinks about an expression that has been read there is time for `meanwhile`.
    """
    if isinstance(expression, str):
        request = replace(request, expression=expression)
        return _concluded(read(request, due(request)), meanwhile)
    if not isinstance(expression, Iterable):
        raise UsageError(f"the expression must be a text, not {type(expression).__name__}")
    texts = list(expression)
    if not texts or not all(isinstance(text, str) for text in texts):
        raise UsageError("the expressions must be texts")
    from derivcli.system import calculate_system

    return calculate_system(texts, request)


class Begun(NamedTuple):
    """What the worker is sent first of a request, and what ends it, whose time is counted from then on.

    A first `is_look` is mostly all that is asked of the worker.
    """

    sent: WorkerRequest
    end: Callable[[], Result]
    is_look: bool


@parts.told()
def begun(request: Request) -> Begun:
    """Begin with a request, whose text is read unless the worker takes a first look at it; raises as above."""
    look = looks.look_at(request)
    if look is not None:
        return Begun(look, partial(_looked, request, look), True)
    case = read(request, due(request))
    return Begun(case.sent, partial(_ended, case), False)


@parts.told()
def _looked(request: Request, look: LookRequest) -> Result:
    """Return the answer to a request that the worker looks at; where that is not enough it is read here too."""
    deadline = due(request)

    def in_full(conversation: Conversation | None) -> Result:
        return _concluded(read(request, deadline), conversation=conversation)

    return looks.answered(request, look, deadline, in_full)


@parts.told()
def _ended(case: Case) -> Result:
    return _concluded(replace(case, deadline=due(case.request)))


def _concluded(case: Case, meanwhile: Meanwhile = client.nothing, conversation: Conversation | None = None) -> Result:
    from derivcli.calculator import conclude  # while the worker starts; an expression with an error needs it never

    return conclude(case, hear(case, meanwhile, conversation))


def check_names(function: str, wanted: Wanted) -> None:
    """Raise `TypeError` for an argument that a function of this name does not know."""
    unknown = wanted.keys() - {name for option in _OPTIONS for name in (option.key, option.old_name) if name}
    if unknown:
        raise TypeError(f"{function}() got an unexpected argument {min(unknown)!r}")


def _request(at: Point | None, wanted: Mapping[str, Any], expression: str = "") -> Request:
    """Return the request, whose expression may be yet to come."""
    asked = [option for option in _OPTIONS if option.key in wanted or option.old_name in wanted] if wanted else ()
    found: dict[str, Any] = {**_DEFAULTS, **{option.key: _read(option, _given(option, wanted)) for option in asked}}
    dtype = found["dtype"]
    tolerances = {name: getattr(dtype, name) for name in ("rtol", "atol") if found[name] is None}
    return Request(expression=expression, at=_point("at", at), **{**found, **tolerances})


def _given(option: Option, wanted: Mapping[str, Any]) -> Any:
    """Return what is wanted under either name of an option."""
    if option.key in wanted and option.old_name in wanted:
        raise UsageError(f"{option.old_name} is the old name of {option.key}", hint=f"leave out {option.old_name}")
    return wanted.get(option.key, wanted.get(option.old_name))


def _read(option: Option, value: Any) -> Any:
    """Return a value as `Request` has it; raises `UsageError` for one that is not of the option's kind."""
    return option.default if value is None else _READ[option.kind](option.key, value)


def request_of(expression: str, wanted: Mapping[str, Any]) -> Request:
    """Return what is asked by an expression and by what `differentiate` takes with it; raises as that does."""
    others = {name: value for name, value in wanted.items() if name != "at"}
    return _request(wanted.get("at"), others, expression)


def request_of_rows(function: str, expression: str, at: Point | None, verify: str, wanted: Wanted) -> Request:
    """Return what a function that answers many points is asked about one expression; raises as `differentiate`."""
    if verify not in list(Verify):
        raise UsageError(f"verify is {', '.join(Verify)}, not `{verify}`")
    check_names(function, wanted)
    if not isinstance(expression, str):
        raise UsageError(f"the expression must be a text, not {type(expression).__name__}")
    return request_of(expression, {**wanted, "at": at})


def _word(name: str, word: Any) -> Any:
    """Return a member of the enumeration that the option's default is of."""
    option = find(name)
    if word not in option.words:
        raise UsageError(f"{name} is {', '.join(option.words)}, not `{word}`")
    return type(option.default)(word)


def _whole(name: str, number: Any) -> int:
    if isinstance(number, bool) or not isinstance(number, int):
        raise UsageError(f"{name} must be a whole number, not {number!r}")
    return number


def _number(name: str, number: Any) -> float:
    least = _SHORTEST if name == "timeout" else 0.0
    if not isinstance(number, (int, float)) or not math.isfinite(number) or number < least:
        wanted = "a number, 0 or larger" if least == 0 else "a number of seconds above 0"
        raise UsageError(f"{name} must be {wanted}, not {number}")
    return float(number)


def _name(name: str, text: Any) -> str:
    if not isinstance(text, str):
        raise UsageError(f"{name} must be the name of a variable")
    return text


def _point(what: str, values: Any) -> dict[str, str] | None:
    if values is None:
        return None
    if not isinstance(values, Mapping) or not all(isinstance(name, str) for name in values):
        raise UsageError(f"{what} must map names to values, such as {{'x': 2}}")
    return {name: coordinate_text(name, value) for name, value in values.items()}


def _names(what: str, given: Any) -> tuple[str, ...]:
    names = (given,) if isinstance(given, str) or not isinstance(given, Iterable) else tuple(given)
    if not all(isinstance(name, str) for name in names):
        raise UsageError(f"{what} must be a name or several names")
    return names


_READ: dict[ValueKind, Callable[[str, Any], Any]] = {
    ValueKind.FLAG: lambda _, value: bool(value),
    ValueKind.WHOLE: _whole,
    ValueKind.NUMBER: _number,
    ValueKind.WORD: _word,
    ValueKind.NAME: _name,
    ValueKind.NAMES: lambda name, value: tuple(dict.fromkeys(_names(name, value))),
    ValueKind.MIXED: lambda name, value: tuple(_names(name, names) for names in value),
    ValueKind.POINT: _point,
}
