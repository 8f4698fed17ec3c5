"""The process that owns sympy and mpmath: a request a line in, replies a line out, as JSON.

A request `{"id", "program", "points", "wrt"}` is answered by replies that carry its id and come as each is ready:

- `program`: f by way of sympy with its constants folded, and each point as float64;
- `reference` for each point: f with many digits or, where f is undefined, its one-sided limits;
- `slope` for each point and variable: the one-sided slopes; those that may take long come last;
- `derivative` for each variable: its program, and its value with many digits at each point;
- `done`.

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
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from derivcli.language.program import FLOAT, Instruction, Program
from derivcli.witnesses import evidence
from derivcli.witnesses.evidence import Outcome, Reading
from derivcli.witnesses.folding import fold
from derivcli.witnesses.precise import Machine, settle
from derivcli.witnesses.quotient import Leg, Quotient
from derivcli.witnesses.steps import Point
from derivcli.witnesses.symbolic import Differentiator, via_sympy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_MEMORY = 4 * 2**30  # bytes of address space
_STACK = 512 * 2**20  # bytes; sympy recurses through C
_RECURSION = 100_000
_LONGEST_ALARM = 10**6  # seconds
_MOST_CURVED = 4  # variables along which f is followed on parabolas
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
    job = _Job(program, points)
    slow = [name for name in request["wrt"] if program.lacks_slope(name)]
    yield "program", job.programs
    for index in range(len(points)):
        yield "reference", partial(job.reference, index)
        yield from job.slopes(index, [name for name in request["wrt"] if name not in slow])
    for name in request["wrt"]:
        yield "derivative", partial(job.derivative, name)
    for index in range(len(points)):
        yield from job.slopes(index, slow)


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

    def __init__(self, program: Program, points: list[Coordinates]) -> None:
        self._program = program
        self._points = points
        self._differentiator: Differentiator | None = None
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
        quotient = Quotient(self._program, self._points[index])
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

    def slopes(self, index: int, names: list[str]) -> Iterator[tuple[str, Callable[[], Reply]]]:
        """Yield the one-sided slopes at a point by each variable, where f has a value."""
        for name in names if index in self._quotients else ():
            yield "slope", partial(self._slope, index, name)

    def _slope(self, index: int, name: str) -> Reply:
        return {"point": index, "name": name, "sides": self._quotients[index].slopes(name).to_json()}

    def derivative(self, name: str) -> Reply:
        """Return a symbolic derivative, with its value at each point and at the float64 next to it."""
        self._differentiator = self._differentiator or Differentiator(self._program)
        program = self._differentiator.derivative(name)
        machine = Machine(program) if program else None
        return {
            "name": name,
            "program": program.to_json() if program else None,
            "values": [self._value_at(machine, point).to_json() for point in self._points],
            "nearby": [self._value_at(machine, point).to_json() for point in self._rounded],
        }

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
