"""What can be chosen by a word: types and devices for torch, which rows are verified, formats of points and answers."""

from __future__ import annotations

import math
import struct
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from enum import StrEnum


class Dtype(StrEnum):
    """A floating-point type, by torch's name, and how far its numbers can be trusted."""

    FLOAT64 = "float64"
    FLOAT32 = "float32"

    @property
    def digits(self) -> int:
        """About how many decimal digits it has."""
        return {Dtype.FLOAT64: 16, Dtype.FLOAT32: 7}[self]

    @property
    def rtol(self) -> float:
        """By how much of itself a number may differ and still agree."""
        return {Dtype.FLOAT64: 1e-9, Dtype.FLOAT32: 1e-4}[self]

    @property
    def atol(self) -> float:
        """By how much a number may differ from 0 and still agree."""
        return {Dtype.FLOAT64: 1e-12, Dtype.FLOAT32: 1e-6}[self]

    def nearest(self, number: Decimal) -> float:
        """Return the number of this type that is nearest; an infinity beyond its range."""
        return float(number) if self is Dtype.FLOAT64 else _nearest_float32(number)

    def shortest(self, number: float) -> float:
        """Return the number of fewest digits that this type reads as one of its own."""
        if self is Dtype.FLOAT64 or not math.isfinite(number):
            return number
        texts = (float(f"{number:.{digits}g}") for digits in range(1, 10))
        return next((text for text in texts if _nearest_float32(Decimal(repr(text))) == number), number)


_EXACT = Context(prec=200, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[])  # a float32 has at most 112 digits
_LARGEST_FLOAT32 = Decimal(2**128 - 2**103)  # half a unit above the largest: from there on it rounds to infinity


def _nearest_float32(number: Decimal) -> float:
    """Return the nearest float32; that nearest to the nearest float64 may be its neighbour."""
    if number.copy_abs() >= _LARGEST_FLOAT32:
        return math.copysign(math.inf, number)
    (bits,) = struct.unpack("<i", struct.pack("<f", min(abs(float(number)), float(2**128 - 2**104))))
    near = [struct.unpack("<f", struct.pack("<i", bits + step))[0] for step in (0, 1, -1) if bits + step >= 0]
    exact = [found for found in near if math.isfinite(found)]
    found: float = min(exact, key=lambda found: _EXACT.subtract(Decimal(found), number.copy_abs()).copy_abs())
    return math.copysign(found, number)


class Device(StrEnum):
    """Where torch computes, by torch's name."""

    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"


class Verify(StrEnum):
    """Which rows all three witnesses look at."""

    AUTO = "auto"
    ALL = "all"
    SAMPLE = "sample"
    OFF = "off"


class Form(StrEnum):
    """What a source of points is made of; a grid is one that the command line describes."""

    CSV = "csv"
    TSV = "tsv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    GRID = "grid"


class Format(StrEnum):
    """The forms in which an answer can be written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    VALUE = "value"
    LATEX = "latex"
    MARKDOWN = "markdown"
    PARQUET = "parquet"


# The languages that code is written in: what each is, and the endings of its files, by which -o tells it.
CODE: dict[str, tuple[str, tuple[str, ...]]] = {
    "python": ("Python, with math only", ("py",)),
    "numpy": ("numpy, with scipy.special where it is needed", ()),
    "torch": ("torch, plain functions of tensors", ()),
    "torch-function": ("a torch.autograd.Function, with a double backward and vmap", ()),
    "jax": ("jax.numpy", ()),
    "c": ("C99", ("c",)),
    "cpp": ("C++17", ("cpp", "cc")),
    "rust": ("Rust", ("rs",)),
    "julia": ("Julia", ("jl",)),
    "javascript": ("JavaScript, for node and browsers", ("js", "mjs")),
    "fortran": ("Fortran 2008", ("f90", "f08")),
    "stan": ("Stan, a block of functions", ("stan",)),
    "excel": ("Excel, a formula each", ()),
    "latex": ("LaTeX, equations", ()),
}
