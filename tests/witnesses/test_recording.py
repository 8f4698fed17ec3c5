"""Derivatives are right wherever the caller has switched autograd off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from derivcli import differentiate, tabulate
from derivcli.witnesses import client
from derivcli.witnesses.recording import recorded

if TYPE_CHECKING:
    from collections.abc import Iterator

OFF = [torch.no_grad, torch.inference_mode]


@pytest.fixture(autouse=True, scope="module")
def _stopped() -> Iterator[None]:
    yield
    client.stop()


@pytest.mark.parametrize("switched_off", OFF)
def test_autograd_is_at_work_inside_and_as_it_was_outside(switched_off: Any) -> None:
    @recorded
    def states() -> tuple[bool, bool]:
        return torch.is_grad_enabled(), torch.is_inference_mode_enabled()

    with switched_off():
        before = torch.is_grad_enabled(), torch.is_inference_mode_enabled()
        assert states() == (True, False)
        assert (torch.is_grad_enabled(), torch.is_inference_mode_enabled()) == before


@pytest.mark.parametrize("switched_off", OFF)
def test_a_single_point_has_all_its_derivatives(switched_off: Any) -> None:
    with switched_off():
        first = differentiate("x^3*y", {"x": 2, "y": 5})
        second = differentiate("x^3*y", {"x": 2, "y": 5}, hessian=True)
        along = differentiate("x^3*y", {"x": 2, "y": 5}, along={"x": 1, "y": 1})
        several = differentiate(["x^3", "x*y"], {"x": 2, "y": 5})
    assert [d.autograd for d in first.derivatives] == [60, 8]
    assert {d.name: d.autograd for d in second.derivatives}["d2f/dx2"] == 60
    assert along.derivatives[0].autograd == 68
    assert [[d.autograd for d in f.derivatives] for f in several.functions] == [[12, 0], [5, 2]]


@pytest.mark.parametrize("switched_off", OFF)
@pytest.mark.parametrize("verify", ["all", "sample", "off"])
def test_many_points_have_their_slopes(switched_off: Any, verify: str) -> None:
    with switched_off():
        points = torch.linspace(1, 2, 101, dtype=torch.float64)
        found = tabulate("x^2*abs(x - 1.5)", {"x": points}, verify=verify)
    x = np.linspace(1, 2, 101)
    sign = np.sign(x - 1.5)
    good = sign != 0
    assert found.columns["df/dx"][good] == pytest.approx((2 * x * abs(x - 1.5) + x * x * sign)[good], rel=1e-12)
