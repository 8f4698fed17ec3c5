"""The process that owns sympy and mpmath: a request a line in, replies a line out, as JSON.

A request `{"id", "program", "points", "wrt"}`, where `wrt` lists what each derivative is taken by, is answered by
replies that carry its id and come as each is ready:

- `program`: f by way of sympy with its constants folded, and each point as float64;
- `reference` for each point: f with many digits or, where f is undefined, its one-sided limits;
- `slope` for each point and derivative: what is seen of it from both sides; those that may take long come last;
- `derivative` for each derivative: its program, and its value with many digits at each point;
- `coefficient` for each derivative and f, if the request asks for `coefficients`: its exact value over its factorials;
- `near`, if the request has such a point: f there, and how far it is away;
- `done`.

With `implicit` the derivatives are those of that variable, which the equation `program = constant` makes a function;
the variables in `at_zero` are 0 in every symbolic form.

A request that `asks` for a `trace` is answered by the parts that `tracing` lists instead.

A part that fails is answered by a `failed` reply with its reason, and the next one is tried. The parent bounds the
time; this process bounds its memory, and sets an alarm that ends it should the parent be gone by then.
"""

from __future__ import annotations

import gc
import json
import math
import os
import signal
import sys
import threading
from contextlib import suppress
from fractions import Fraction
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from derivcli.language.program import FLOAT, Instruction, Program
from derivcli.witnesses import evidence
from derivcli.witnesses.curves import implicit_slope
from derivcli.witnesses.evidence import Outcome, Reading
from derivcli.witnesses.folding import fold
from derivcli.witnesses.precise import Machine, compute, settle
from derivcli.witnesses.quotient import Leg, Quotient
from derivcli.witnesses.steps import Point
from derivcli.witnesses.symbolic import Differentiator, ImplicitDifferentiator, OutgrownError, via_sympy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from derivcli.witnesses.quotient import Slope, Wrt

_MEMORY = 4 * 2**30  # bytes of address space
_STACK = 512 * 2**20  # bytes; sympy recurses through C
_RECURSION = 100_000
_LONGEST_ALARM = 10**6  # seconds
_MOST_CURVED = 4  # variables along which f is followed on parabolas
_MOST_POINTS = 3  # where derivatives of higher order are looked at
_GRACE = 5  # seconds that the parent has to end this process itself

Reply = dict[str, Any]
Coordinates = dict[str, Program]


def main() -> None:
    """Serve requests from standard input until it closes. Standard output is kept for the replies alone."""
    replies = os.fdopen(os.dup(1), "w", encoding="ascii", buffering=1)
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    _limit_memory()
    sys.set_int_max_str_digits(0)
    sys.setrecursionlimit(_RECURSION)
    threading.stack_size(_STACK)
    server = threading.Thread(target=_serve, args=(replies,))
    server.start()
    server.join()
    os._exit(0)


def answer(request: Mapping[str, Any]) -> Iterator[Reply]:
    """Yield the replies to one request, without its id."""
    for part, make in _PARTS[request.get("asks", "testimony")](request):
        yield from _attempt(part, make)
    yield {"kind": "done"}


def _testimony(request: Mapping[str, Any]) -> Iterator[tuple[str, Callable[[], Reply]]]:
    """Yield the parts of what the witnesses say of f."""
    program = Program.from_json(request["program"])
    points = [
        {name: Program.from_json(coordinate) for name, coordinate in point.items()} for point in request["points"]
    ]
    kind: Any = _Job if request.get("implicit") is None else partial(_ImplicitJob, variable=request["implicit"])
    job = kind(program, points, [tuple(wrt) for wrt in request["wrt"]], request.get("at_zero", []))
    yield "program", job.programs
    for index in range(len(points)):
        yield "reference", partial(job.reference, index)
        yield from job.slopes(index, job.first)
    for wrt in job.wrt:
        if wrt in job.higher:
            yield from (part for index in range(len(points)) for part in job.slopes(index, [wrt]))
        yield "derivative", partial(job.derivative, wrt)
    for wrt in [(), *job.wrt] if request.get("coefficients") else ():
        yield "coefficient", partial(job.coefficient, wrt)
    if request.get("near"):
        yield "near", partial(job.near, {name: Program.from_json(p) for name, p in request["near"].items()})
    for index in range(len(points)):
        yield from job.slopes(index, job.slow)


def _trace(request: Mapping[str, Any]) -> Iterator[tuple[str, Callable[[], Reply]]]:
    from derivcli.witnesses import tracing

    return tracing.parts(request)


_PARTS = {"testimony": _testimony, "trace": _trace}


def _attempt(part: str, make: Callable[[], Reply]) -> Iterator[Reply]:
    """Yield a part of the answer, or why there is none."""
    try:
        yield {"kind": part, **make()}
    except MemoryError:
        yield {"kind": "failed", "part": part, "reason": "out of memory", "limit": "memory"}
    except Exception as error:
        yield {"kind": "failed", "part": part, "reason": f"{type(error).__name__}: {error}"[:200], "limit": None}


class _Job:
    """The parts of an answer."""

    def __init__(self, program: Program, points: list[Coordinates], wrt: list[Wrt], at_zero: list[str]) -> None:
        self.wrt = wrt
        lacking = {name for name in program.variables if program.lacks_slope(name)}
        self.slow = [t for t in wrt if lacking & set(t)]
        self.first = [t for t in wrt if len(t) == 1 and not lacking & set(t)]
        self.higher = {t for t in wrt if len(t) > 1 and not lacking & set(t)}
        self._program = program
        self._points = points
        self._at_zero = dict.fromkeys(at_zero, 0)
        self._rounded: list[Coordinates | None] = [None] * len(points)
        self._via_sympy: Machine | None = None
        self._quotients: dict[int, Quotient] = {}  # where f has a value

    def programs(self) -> Reply:
        """Return f by way of sympy, and the points as float64 (None where a coordinate is no real number)."""
        faithful = via_sympy(self._program)
        self._via_sympy = Machine(faithful)
        coordinates = [self._nearest(index) for index in range(len(self._points))]
        return {"program": fold(faithful).to_json(), "points": coordinates}

    def reference(self, index: int) -> Reply:
        """Return what mpmath finds at a point, straight from the tree: f, or its limits where it has no value."""
        quotient = Quotient(self._program, self._points[index], max(map(len, self.wrt), default=1))
        value, limits = quotient.value(), []
        if value.outcome is Outcome.NUMBER:
            self._quotients[index] = quotient
        elif value.outcome is Outcome.UNDEFINED:
            variables = [name for name in self._program.variables if name in self._points[index]]
            limits = [quotient.limits(path).to_json() for path in _paths(variables)]
        return {
            "point": index,
            "value": value.to_json(),
            "zero_to_the_zero": quotient.takes_zero_to_the_zero(),
            "symbolic": self._value_at(self._via_sympy, self._points[index]).to_json(),
            "nearby": self._value_at(self._via_sympy, self._rounded[index]).to_json(),
            "limits": limits,
        }

    def slopes(self, index: int, wrt: list[Wrt]) -> Iterator[tuple[str, Callable[[], Reply]]]:
        """Yield what is seen of derivatives at a point, where f has a value; of higher ones at few points only."""
        looked = list(self._quotients)[:_MOST_POINTS]
        for t in wrt if index in self._quotients else ():
            if len(t) == 1 or index in looked:
                yield "slope", partial(self._slope, index, t)

    def _slope(self, index: int, wrt: Wrt) -> Reply:
        slope = self._seen(self._quotients[index], wrt)
        return {
            "point": index,
            "wrt": list(wrt),
            "sides": slope.sides.to_json(),
            "lower": None if slope.lower is None else list(slope.lower),
            "other": None if slope.other is None else slope.other.to_json(),
        }

    def _seen(self, quotient: Quotient, wrt: Wrt) -> Slope:
        return quotient.slopes(wrt)

    def derivative(self, wrt: Wrt) -> Reply:
        """Return a symbolic derivative, with its value at each point and at the float64 next to it."""
        try:
            program = self._differentiator.derivative(wrt, self._at_zero)
        except OutgrownError:
            program = None
            outgrown = True
        else:
            outgrown = False
        machine = Machine(program) if program else None
        return {
            "wrt": list(wrt),
            "program": program.to_json() if program else None,
            "outgrown": outgrown,
            "values": [self._value_at(machine, point).to_json() for point in self._points],
            "nearby": [self._value_at(machine, point).to_json() for point in self._rounded],
        }

    @cached_property
    def _differentiator(self) -> Differentiator:
        return Differentiator(self._program)

    def coefficient(self, wrt: Wrt) -> Reply:
        """Return the exact Taylor coefficient at the first point, where a short form of it is found."""
        with suppress(OutgrownError):
            program = self._differentiator.coefficient(wrt, self._points[0])
            value = self._value_at(Machine(program), {}) if program else evidence.MISSING
            return {"wrt": list(wrt), "program": program.to_json() if program else None, "value": value.to_json()}
        return {"wrt": list(wrt), "program": None, "value": evidence.MISSING.to_json()}

    def near(self, there: Coordinates) -> Reply:
        """Return f at another point, and the way there from the first point."""
        point, other = Point(self._points[0]), Point(there)

        def step(name: str) -> Any:
            return compute("add", [other.coordinate(name), compute("neg", [point.coordinate(name)])])

        steps = {name: settle(partial(step, name)).to_json() for name in there}
        return {"value": self._value_at(Machine(self._program), there).to_json(), "steps": steps}

    def _nearest(self, index: int) -> dict[str, float | None]:
        """Return a point as float64, and keep it where that is another point."""
        point = Point(self._points[index])
        coordinates = {name: settle(partial(point.coordinate, name)) for name in self._points[index]}
        nearest = {name: reading.as_float() for name, reading in coordinates.items()}
        finite = all(number is not None and math.isfinite(number) for number in nearest.values())
        if finite and any(_rounds(coordinates[name], nearest[name]) for name in nearest):
            self._rounded[index] = {
                name: Program((Instruction(FLOAT, text=repr(number)),)) for name, number in nearest.items()
            }
        return nearest

    @staticmethod
    def _value_at(machine: Machine | None, point: Coordinates | None) -> Reading:
        if machine is None or point is None:
            return evidence.MISSING
        at = Point({name: point[name] for name in machine.program.variables})
        return settle(lambda: machine.values(at.coordinates())[-1])


class _ImplicitJob(_Job):
    """The parts of an answer for a variable that an equation makes a function of the others."""

    def __init__(self, *question: Any, variable: str) -> None:
        super().__init__(*question)
        self._variable = variable

    @cached_property
    def _differentiator(self) -> Differentiator:
        return ImplicitDifferentiator(self._program, self._variable)

    def _seen(self, quotient: Quotient, wrt: Wrt) -> Slope:
        return implicit_slope(quotient, wrt, self._variable)


def _rounds(reading: Reading, nearest: float | None) -> bool:
    return nearest is not None and reading.number is not None and Fraction(reading.number) != Fraction(nearest)


def _paths(variables: list[str]) -> list[dict[str, Leg]]:
    """Return the axes, and for several variables lines between them and parabolas along each."""
    axes = [{name: Leg(Fraction(1))} for name in variables]
    if len(variables) < 2:
        return axes
    paces = {name: Fraction(5, 7) ** k for k, name in enumerate(variables)}
    between = {name: Leg(pace) for name, pace in paces.items()}
    across = {name: Leg(-pace if k % 2 else pace) for k, (name, pace) in enumerate(paces.items())}
    curves = [
        {name: Leg(pace, 1 if name == along else power) for name, pace in paces.items()}
        for along in variables[:_MOST_CURVED]
        for power in (2, 3)
    ]
    return [*axes, between, across, *curves]


def _serve(replies: Any) -> None:
    gc.enable()
    gc.freeze()
    for line in sys.stdin.buffer:
        request = json.loads(line)
        _set_alarm(math.ceil(min(request["seconds"], _LONGEST_ALARM)) + _GRACE)
        for reply in answer(request):
            replies.write(json.dumps({"id": request["id"], **reply}) + "\n")
            replies.flush()
        _set_alarm(0)


def _set_alarm(seconds: int) -> None:
    """End this process after so many seconds, in the middle of a C loop too; 0 calls it off."""
    if hasattr(signal, "alarm"):  # not on Windows
        signal.alarm(seconds)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
