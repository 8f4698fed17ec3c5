"""The one numeric checker: every witness's derivatives, held against each other and against mpmath's own functions.

The outside reference is `mpmath.diff`, a central difference, of mpmath's function (or of the textbook formula written
with mpmath's functions where it has none) at 50 digits. It shares no code with derivcli.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any

from flint import ctx, fmpq
from mpmath import mp, mpf
from mpmath.libmp import to_rational

from derivcli.language import catalogue
from derivcli.language.lowering import compile_tree
from derivcli.language.parser import parse
from derivcli.language.tree import NUMBER, PIECEWISE, VARIABLE, Node
from derivcli.witnesses.lambdas import Lambda
from derivcli.witnesses.proof.machine import BallMachine
from derivcli.witnesses.proof.numbers import UnprovedError, rational
from derivcli.witnesses.symbolic import Differentiator, via_sympy
from tests.references import DIFFERENT, REFERENCES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from derivcli.language.program import Program

DIGITS = (
    50  # twenty more than are compared: second differences of logsumexp lose a dozen; at 60 all takes twice as long
)
RTOL, ATOL = 1e-9, 1e-12  # of float64, as in the verdicts
_LARGEST = 4_000  # bits of the exponent
GUARD_BITS = 64  # of balls: what they lose on the way
PRECISE = mpf(10) ** -30  # of everything that has more digits

# Parameters in which there is no closed form of the derivative: orders, degrees, branches.
WITHOUT_SLOPE = frozenset(
    (row.name, parameter)
    for row in catalogue.FUNCTIONS.values()
    for parameter, partial in zip(row.parameters, row.partials, strict=False)
    if partial is None
)
LITERALS = {"mvlgamma": "3"}  # the parameter that a row wants as a whole number


def program_of(text: str) -> Program:
    """Return the program of an expression in which every name is a variable."""
    return compile_tree(parse(text).tree)


def row_program(name: str) -> Program:
    """Return the program of a row of the catalogue applied to its parameters."""
    row = catalogue.FUNCTIONS[name]
    count = max(row.least, min(len(row.parameters), row.most or len(row.parameters)))
    parameters = row.parameters[: count if name != "log" else 1]
    return compile_tree(Node(name, tuple(_argument(row, parameter) for parameter in parameters)))


def _is_replaced(name: str) -> bool:
    return all(instruction.op != name for instruction in row_program(name).instructions)


def _argument(row: catalogue.Function, parameter: str) -> Node:
    if parameter == row.literal:
        return Node(NUMBER, text=LITERALS[row.name])
    return Node(VARIABLE, text=parameter)


# Rows that are written out with other functions when a program is made: `sum`, `mvlgamma`.
REPLACED = frozenset(name for name in catalogue.FUNCTIONS if _is_replaced(name))


def check_row(name: str, arguments: Sequence[str], orders: Sequence[int] = (1, 2), *, of_column: bool = True) -> None:
    """Hold all witnesses against mpmath's own function at one point: the value and the pure partial derivatives.

    `of_column` is whether the column of balls is differentiated too: it has no slopes of its own, so that its values at
    all points say most of it, and it takes most of the time.
    """
    program = row_program(name)
    point = dict(zip(program.variables, map(mpf, arguments), strict=True))
    exact = dict(zip(program.variables, arguments, strict=True))
    check(program, REFERENCES[name], point, exact, program.variables[0], 0)
    for variable in program.variables:
        for order in () if (name, variable) in WITHOUT_SLOPE else orders:
            last = order == orders[-1]  # which looks at the point and at both sides
            check(program, REFERENCES[name], point, exact, variable, order, of_column=of_column and last)


def check(
    program: Program,
    function: Callable[..., Any],
    point: Mapping[str, Any],
    exact: Mapping[str, str],
    variable: str,
    order: int,
    *,
    of_column: bool = True,
) -> None:
    """Compare torch, sympy and the balls with the central difference of `function` in one variable."""
    truth = central_difference(function, point, variable, order)
    torch_says = torch_derivative(program, {name: float(text) for name, text in exact.items()}, variable, order)
    label = f"order {order} in {variable} at {dict(exact)}"
    assert near(torch_says, truth, RTOL, ATOL), f"torch, {label}: {torch_says}, not {truth}"
    symbolic = symbolic_derivative(program, point, variable, order)
    assert near(symbolic, truth, PRECISE, PRECISE), f"sympy, {label}: {symbolic}, not {truth}"
    if of_column:
        column = central_difference(_column(program), point, variable, order)
        assert near(column, truth, PRECISE, PRECISE), f"balls, {label}: {column}, not {truth}"


def near(number: Any, truth: Any, rtol: Any, atol: Any) -> bool:
    """Tell whether a number is within `rtol` of the truth, or within `atol` where that is 0."""
    bound = rtol * abs(truth) if abs(truth) > mpf(10) ** -40 else atol
    return bool(abs(number - truth) <= bound)


def central_difference(function: Callable[..., Any], point: Mapping[str, Any], variable: str, order: int) -> Any:
    """Return a derivative of an mpmath function as `mpmath.diff` sees it at 50 digits."""
    with mp.workdps(DIGITS):
        exact = {name: mpf(str(value)) for name, value in point.items()}
        return mp.diff(lambda moved: function(*({**exact, variable: moved}).values()), exact[variable], order)


def torch_derivative(program: Program, point: Mapping[str, float], variable: str, order: int) -> float:
    """Return a derivative as torch's autograd sees it, the second one by differentiating twice."""
    import torch  # after `autograd` has, which keeps it quiet

    batch = {name: torch.tensor([value], dtype=torch.float64) for name, value in point.items()}
    batch[variable].requires_grad_()
    result = Lambda(program)(batch)
    for _ in range(order):
        if not result.requires_grad:
            return 0.0
        (slope,) = torch.autograd.grad(result.sum(), batch[variable], create_graph=True, allow_unused=True)
        result = torch.zeros_like(result) if slope is None else slope
    return result.item()


def symbolic_derivative(program: Program, point: Mapping[str, Any], variable: str, order: int) -> Any:
    """Return a derivative as sympy finds it, evaluated in balls."""
    found: Program | None = via_sympy(program)
    for _ in range(order):
        assert found is not None
        found = Differentiator(found).derivative((variable,))
    assert found is not None, f"sympy knows no derivative in {variable}"
    with mp.workdps(DIGITS):
        return in_balls(found, {name: exactly(mpf(str(place))) for name, place in point.items()})


def evaluate(node: Node, point: Mapping[str, Any]) -> Any:
    """Return the value of a tree by mpmath's own functions; whatever mpmath raises leaves this function."""
    if node.op == NUMBER:
        return mpf(node.text)
    if node.op == VARIABLE:
        return mpf(point[node.text])
    if node.op == PIECEWISE:
        for value, condition in zip(node.args[::2], node.args[1::2], strict=False):
            if evaluate(condition, point):
                return evaluate(value, point)
        return evaluate(node.args[-1], point) if len(node.args) % 2 else mp.nan
    arguments = [evaluate(arg, point) for arg in node.args]
    if node.op in DIFFERENT and _means_something_else(node.op, arguments):
        raise ValueError
    return _no_infinity(_OPERATIONS[node.op])(*arguments)


def _means_something_else(name: str, arguments: list[Any]) -> bool:
    """Tell whether mpmath means something else by a function there; not by one without its last argument."""
    parameters = catalogue.FUNCTIONS[name].parameters
    return (
        len(arguments) == len(parameters)
        and evaluate(_different(name), dict(zip(parameters, arguments, strict=True))) == 1
    )


@cache
def _different(name: str) -> Node:
    return parse(f"where({DIFFERENT[name]}, 1, 0)").tree


def _power(x: Any, y: Any) -> Any:
    if x == 0 and y < 0:
        raise ZeroDivisionError
    return x ** int(y) if y == int(y) else x**y


def _no_infinity(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function with results that are complex, infinite or not a number refused."""

    def real(*args: Any) -> Any:
        result = function(*args)
        if not isinstance(result, bool) and not (isinstance(result, mpf) and mp.isfinite(result)):
            raise ValueError
        if not isinstance(result, bool) and result and abs(mp.mag(result)) > _LARGEST:
            raise OverflowError  # before a function of it takes for ever
        return result

    return real


_OPERATIONS: dict[str, Callable[..., Any]] = {
    **REFERENCES,
    "add": lambda *args: mp.fsum(args),
    "mul": lambda *args: mp.fprod(args),
    "neg": lambda x: -x,
    "div": lambda x, y: x / y,
    "pow": _power,
    "pi": lambda: +mp.pi,
    "e": lambda: +mp.e,
    "tau": lambda: 2 * mp.pi,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "and": lambda *args: all(args),
    "or": lambda *args: any(args),
    "not": lambda arg: not arg,
    "true": lambda: True,
    "false": lambda: False,
}


def _column(program: Program) -> Callable[..., Any]:
    """Return the column of balls as a function of the variables."""
    machine = BallMachine(program)
    return lambda *args: _in_balls(machine, dict(zip(program.variables, map(exactly, args), strict=True)))


def in_balls(program: Program, point: Mapping[str, Fraction]) -> Any:
    """Return the middle of the ball that a program is at a point, at the precision of mpmath; None where it is none."""
    return _in_balls(BallMachine(program), point)


def _in_balls(machine: BallMachine, point: Mapping[str, Fraction]) -> Any:
    with ctx.workprec(mp.prec + GUARD_BITS):
        found = machine.values({name: rational(place) for name, place in point.items()})[-1]
    return None if isinstance(found, UnprovedError) else middle(found)


def middle(number: Any) -> Any:
    """Return a rational or the middle of a ball as mpmath's number; a truth value as it is."""
    if isinstance(number, bool):
        return number
    if isinstance(number, fmpq):
        return mpf(int(number.p)) / int(number.q)
    mantissa, exponent = number.mid().man_exp()
    return mp.ldexp(mpf(int(mantissa)), int(exponent))


def exactly(number: Any) -> Fraction:
    """Return the rational that an mpf is."""
    return Fraction(*to_rational(mpf(number)._mpf_))
