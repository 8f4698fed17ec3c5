"""What is known of a column of numbers and of their errors, by hand."""

from __future__ import annotations

import math

import torch

from derivcli.language.tree import NUMBER
from derivcli.witnesses.bounded import Bounded
from derivcli.witnesses.bounds import _constant
from derivcli.witnesses.numerics import Numerics


def column(*numbers: float) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)


def test_beside_what_is_no_number_nothing_is_known_of_the_sizes() -> None:
    assert Bounded(column(3.0, -8.0)).span == (math.log2(3), 3)
    assert Bounded(column(math.nan, 1e300)).span == (-math.inf, math.inf)


def test_what_is_exact_has_no_error_however_large_it_is() -> None:
    exact = Bounded(column(1.0, math.inf), 0.0)
    assert exact.is_exact
    assert isinstance(exact.absolute, float)
    assert exact.absolute == 0
    rounded = Bounded(column(3.0, -4.0), 1.0)
    assert not rounded.is_exact
    assert float(torch.as_tensor(rounded.absolute).max()) == 4


def test_a_constant_is_exact_where_float64_has_it() -> None:
    numerics = Numerics(torch.float64, torch.device("cpu"))
    assert _constant(NUMBER, "0.5", numerics) == (0.5, 0.0, None)
    assert _constant(NUMBER, "0.1", numerics) == (0.1, 1.0, None)
    assert _constant(NUMBER, "9007199254740993", numerics)[1] == 1.0  # 2^53 + 1
