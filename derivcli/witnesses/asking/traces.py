"""What every part of f is at a point, and which other forms are the same function: what is asked, what is replied."""

from __future__ import annotations

from dataclasses import dataclass

from derivcli.language.program import Program
from derivcli.model.codec import Coded
from derivcli.witnesses.evidence import Reading
from derivcli.witnesses.protocol import ExactPoint


@dataclass(frozen=True, slots=True)
class TraceRequest(Coded):
    """The numbers of every part of f at a point are wanted, and which other forms are the same function.

    `wrt` are the variables by which slopes are wanted. The instruction of `forms` that `roots` names first is f.
    """

    program: Program
    forms: Program
    roots: tuple[int, ...]
    point: ExactPoint
    wrt: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartValues(Coded):
    """The value of each instruction of a program."""

    values: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class PartSlopes(Coded):
    """The slope of each instruction of a program by one variable."""

    name: str
    slopes: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class SameForm(Coded):
    """A form that is the same function, by its place, with its program, constants folded."""

    root: int
    program: Program


@dataclass(frozen=True, slots=True)
class SameForms(Coded):
    """All forms that are the same function."""

    forms: tuple[SameForm, ...]
