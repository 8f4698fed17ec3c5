"""What can be chosen by a word: types and devices for torch, which rows are verified, what points are made of."""

from __future__ import annotations

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


class Device(StrEnum):
    """Where torch computes, by torch's name."""

    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"


class Verify(StrEnum):
    """Which rows all three witnesses look at."""

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
