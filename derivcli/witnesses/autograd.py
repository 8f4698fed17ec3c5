"""A lambda and its derivatives by torch's autograd: at a point in reverse, forward and nested, and at many points.

Many points come in chunks that stay in the cache, with one backward pass for each: the gradient of the sum of the
values is the gradient at every point, for no point depends on another's coordinates.
"""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import torch

from derivcli.witnesses.lambdas import Lambda, WhereLambda
from derivcli.witnesses.numerics import FLOAT64, Numerics, recorded
from derivcli.witnesses.torch_functions import NoClosedFormError as NoClosedFormError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from torch import Tensor

    from derivcli.language.program import Program

Partials = dict[str, float | None]
_LARGE_BLOCK = 31 * 2**20  # bytes


def partials(
    program: Program, point: Mapping[str, float], wrt: Sequence[str], numerics: Numerics = FLOAT64
) -> tuple[float, Partials]:
    """Return the value at a point and autograd's partial derivatives; None for one that has no closed form."""
    function = Lambda(program, numerics)
    try:
        return _partials(function, point, wrt, numerics)
    except NoClosedFormError:
        missing = dict.fromkeys(name for name in wrt if why_missing(program, point, name))
        value, slopes = _partials(function, point, [name for name in wrt if name not in missing], numerics)
        return value, {**missing, **slopes}


def by_where(program: Program, point: Mapping[str, float], wrt: Sequence[str]) -> Partials:
    """Return the partial derivatives that f has where torch.where chooses its branches.

    Raises `NoClosedFormError` where there is one that has none, in a branch that is not taken too.
    """
    return _partials(WhereLambda(program), point, wrt)[1]


def why_missing(program: Program, point: Mapping[str, float], name: str) -> str | None:
    """Return why autograd has no partial derivative at a point; None if it has one."""
    terms = program.terms_with(name)
    try:
        _partials(Lambda(terms), {other: point[other] for other in (*terms.variables, name)}, (name,))
    except NoClosedFormError as error:
        return str(error)
    return None


@recorded
def _partials(
    function: Lambda, point: Mapping[str, float], wrt: Sequence[str], numerics: Numerics = FLOAT64
) -> tuple[float, Partials]:
    moving = frozenset(wrt)
    batch = {
        name: numerics.column(_cell(coordinate)).requires_grad_(name in moving) for name, coordinate in point.items()
    }
    value = function(batch)
    if not value.requires_grad or not wrt:
        return value.item(), dict.fromkeys(wrt, 0.0)
    inputs = [batch[name] for name in wrt]
    slopes = torch.autograd.grad(value, inputs, allow_unused=True)  # of the only element
    return value.item(), {name: 0.0 if slope is None else slope.item() for name, slope in zip(wrt, slopes, strict=True)}


@recorded
def forward(program: Program, point: Mapping[str, float], name: str) -> float:
    """Return the derivative by one variable in forward mode: a Jacobian-vector product.

    Raises `NoClosedFormError` where there is none.
    """
    batch = {n: _cell(coordinate) for n, coordinate in point.items()}
    moving = batch.pop(name)

    def function(x: Tensor) -> Tensor:
        return Lambda(program)({**batch, name: x})

    with _without_warnings():
        slope: Tensor = torch.func.jvp(function, (moving,), (torch.ones_like(moving),))[1]
    return float(slope.item())


@recorded
def jacobian(programs: Sequence[Program], point: Mapping[str, float], wrt: Sequence[str]) -> list[list[float]]:
    """Return the partial derivatives of several functions, a row for each: by rows or by columns, as there are fewer.

    Raises `NoClosedFormError` where there is none.
    """
    batch = {name: _cell(coordinate) for name, coordinate in point.items()}

    def functions(x: Tensor) -> Tensor:
        return torch.cat([Lambda(p)({**batch, **dict(zip(wrt, x.split(1), strict=True))}) for p in programs])

    mode = torch.func.jacfwd if len(wrt) < len(programs) else torch.func.jacrev
    with _without_warnings():
        found: list[list[float]] = mode(functions)(torch.cat([batch[name] for name in wrt])).tolist()
    return found


@contextmanager
def _without_warnings() -> Iterator[None]:
    """Keep from users what torch says of itself: its forward mode is compiled by a part that it has deprecated."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=DeprecationWarning, message=r"`?torch\.jit")
        yield


@recorded
def hessian(program: Program, point: Mapping[str, float], names: Sequence[str]) -> list[list[float]]:
    """Return all second derivatives by nested reverse mode, each pair in both orders.

    Raises `NoClosedFormError` where there is none.
    """
    batch = {n: _cell(x).requires_grad_(n in names) for n, x in point.items()}
    inputs = [batch[name] for name in names]
    value = Lambda(program)(batch)
    gradient = _gradient(value, inputs) if value.requires_grad else [_cell(0.0) for _ in names]
    rows = [_gradient(slope, inputs) if slope.requires_grad else [_cell(0.0) for _ in names] for slope in gradient]
    return [[entry.item() for entry in row] for row in rows]


def _cell(number: float) -> Tensor:
    """Return a number as a tensor that names its device: the caller may have set another as the usual one."""
    return torch.tensor([number], dtype=torch.float64, device="cpu")


def _gradient(value: Tensor, inputs: Sequence[Tensor]) -> list[Tensor]:
    found = torch.autograd.grad(value.sum(), inputs, create_graph=True, allow_unused=True)
    return [torch.zeros_like(x) if slope is None else slope for slope, x in zip(found, inputs, strict=True)]


class Slopes(NamedTuple):
    """f and its partial derivatives at some points; None for a derivative that has no closed form."""

    value: Tensor
    partials: list[Tensor | None]


class Gradient:
    """f with its partial derivatives by some variables, at many points."""

    def __init__(self, program: Program, wrt: Sequence[str], numerics: Numerics = FLOAT64) -> None:
        self._function = Lambda(program, numerics)
        self._known = frozenset(program.variables)
        self._wrt = tuple(wrt)
        self._lacking = frozenset(name for name in wrt if program.lacks_slope(name))

    @property
    def is_slow(self) -> bool:
        """Whether f has functions that are not torch's own."""
        return self._function.is_slow

    def __call__(self, columns: Mapping[str, Tensor], count: int) -> Slopes:
        """Return f and its slopes at `count` points; a column of shape (count,) for each variable of f."""
        moving = [name for name in self._wrt if name in self._known and name not in self._lacking]
        leaves = {name: columns[name].detach().requires_grad_(name in moving) for name in self._known}
        value = self._function(leaves, count)
        slopes = dict(zip(moving, self._differentiated(value, [leaves[name] for name in moving]), strict=True))
        return Slopes(value.detach(), [self._column(name, slopes, value) for name in self._wrt])

    def _column(self, name: str, slopes: Mapping[str, Tensor | None], value: Tensor) -> Tensor | None:
        if name in self._lacking:
            return None
        slope = slopes.get(name)
        return torch.zeros_like(value, requires_grad=False) if slope is None else slope

    @staticmethod
    def _differentiated(value: Tensor, leaves: list[Tensor]) -> Sequence[Tensor | None]:
        if not value.requires_grad or not leaves:
            return [None] * len(leaves)
        return torch.autograd.grad(value.sum(), leaves, allow_unused=True)


class Repeated:
    """The derivative of f by one variable of the order below an `order`, with its slope, at many points."""

    def __init__(self, program: Program, name: str, order: int) -> None:
        self._function, self._name, self._order = Lambda(program), name, order

    @recorded
    def __call__(self, columns: Mapping[str, Tensor], count: int) -> Slopes:
        """Return both, where f has no finite value nan; raises `NoClosedFormError` where there is none."""
        leaves = {name: column.detach() for name, column in columns.items()}
        moving = leaves[self._name].requires_grad_()
        slope = self._function(leaves, count)
        below = first = slope.detach()
        for _ in range(self._order):
            below = slope.detach()
            if slope.requires_grad:
                (found,) = torch.autograd.grad(slope.sum(), moving, create_graph=True, allow_unused=True)
            else:
                found = None
            slope = torch.zeros_like(moving.detach()) if found is None else found
        return Slopes(torch.where(first.isfinite(), below, torch.nan), [slope.detach()])

    def is_closed(self, columns: Mapping[str, Tensor]) -> bool:
        """Tell whether all derivatives on the way have a closed form."""
        try:
            self(columns, 1)
        except NoClosedFormError:
            return False
        return True


@contextmanager
def one_thread_an_operation() -> Iterator[None]:
    """Keep torch from sharing an operation among threads: they would wait for each other on a busy machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    # From now on glibc keeps freed memory: mallopt(3), M_MMAP_THRESHOLD.
    torch.empty(_LARGE_BLOCK, dtype=torch.uint8, device="cpu")
    try:
        yield
    finally:
        torch.set_num_threads(before)
