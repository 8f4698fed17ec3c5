"""The types and devices of torch, and what is said of a device that is not there."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from derivcli import UsageError, differentiate, tabulate
from derivcli.language.diagnostics import draw
from derivcli.model import Device, Dtype
from derivcli.plot import picture
from derivcli.witnesses.numerics import FLOAT64, numerics, recorded

if TYPE_CHECKING:
    from collections.abc import Callable

_NO_CUDA = (
    "error: torch finds no cuda device here\n"
    "hint: cuda needs an NVIDIA or AMD GPU and a build of torch for it; --device cpu always works"
)
_NO_MPS = "error: torch finds no mps device here\nhint: mps needs a Mac with Apple silicon; --device cpu always works"
OFF = [torch.no_grad, torch.inference_mode]


@pytest.fixture
def _no_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)


def test_the_types_are_those_of_torch() -> None:
    assert numerics(Dtype.FLOAT64, Device.CPU) == FLOAT64 == (torch.float64, torch.device("cpu"))
    assert numerics(Dtype.FLOAT32, Device.CPU) == (torch.float32, torch.device("cpu"))


def test_a_column_takes_the_type() -> None:
    found = numerics(Dtype.FLOAT32, Device.CPU).column(torch.tensor([0.1], dtype=torch.float64))
    assert (found.dtype, found.item()) == (torch.float32, 0.10000000149011612)


@pytest.mark.usefixtures("_no_devices")
@pytest.mark.parametrize(
    ("dtype", "device", "said"),
    [
        (Dtype.FLOAT64, Device.CUDA, _NO_CUDA),
        (Dtype.FLOAT32, Device.CUDA, _NO_CUDA),
        (Dtype.FLOAT32, Device.MPS, _NO_MPS),
        (Dtype.FLOAT64, Device.MPS, "error: mps has no float64\nhint: add --dtype float32"),
    ],
)
def test_a_device_that_is_not_there_is_refused(dtype: Dtype, device: Device, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        numerics(dtype, device)
    assert draw(caught.value) == said


@pytest.mark.usefixtures("_no_devices")
@pytest.mark.parametrize(
    "ask",
    [
        lambda device: differentiate("x^2", {"x": 3}, device=device),
        lambda device: tabulate("x^2", {"x": [1.0]}, device=device),
    ],
)
def test_who_asks_for_a_device_that_is_not_there_is_told(ask: Callable[[Device], object]) -> None:
    with pytest.raises(UsageError) as caught:
        ask(Device.CUDA)
    assert draw(caught.value) == _NO_CUDA


def test_a_device_that_is_there_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert numerics(Dtype.FLOAT64, Device.CUDA) == (torch.float64, torch.device("cuda"))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
def test_a_gpu_finds_what_the_processor_finds() -> None:
    columns = {"x": [0.5, 1.0, 2.0]}
    on_cpu, on_gpu = (tabulate("sin(x)*exp(-x^2)", columns, device=device) for device in ("cpu", "cuda"))
    assert on_cpu.status == on_gpu.status
    assert on_gpu.columns["df/dx"] == pytest.approx(on_cpu.columns["df/dx"], rel=1e-14)


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


# What a caller asks, the first of which needs most of torch: series, bounds, forward mode, cases.
QUESTIONS: tuple[tuple[Any, dict[str, Any]], ...] = (
    ("besselj(0, x)*abs(x)*where(x > 0, gamma(x), 0)", {"at": {"x": 3.5}, "order": 3}),
    ("root(x, 3)*sinc(x)", {"at": {"x": 2}, "order": 2}),
    ("x^2*y", {"at": {"x": 2, "y": 5}, "hessian": True}),
    ("x^2*y", {"at": {"x": 2, "y": 5}, "along": {"x": 1, "y": 2}}),
    ("x^2 + y^2 - 25", {"at": {"x": 3, "y": 4}, "implicit": "y"}),
    ("exp(x) - 1", {"at": {"x": 1e-12}}),
    ("sin(x)", {"at": {"x": 0}, "taylor": 3, "near": {"x": 1}}),
    (["x^3", "x*y"], {"at": {"x": 2, "y": 5}}),
    (["x*y", "x + y", "x/y"], {"at": {"x": 2, "y": 5}}),
    ("x^2", {}),
)


def numbers(found: Any) -> Any:
    """Return all of an answer but the forms that are shown: how short they are depends on the time there was."""
    if isinstance(found, dict):
        return {name: numbers(part) for name, part in found.items() if name not in ("expression", "latex")}
    return [numbers(part) for part in found] if isinstance(found, list) else found


@pytest.mark.parametrize(("expression", "wanted"), QUESTIONS)
def test_the_device_that_a_caller_has_set_changes_no_number(expression: Any, wanted: Any) -> None:
    usual = numbers(differentiate(expression, **wanted).to_dict())
    with torch.device("meta"):
        assert numbers(differentiate(expression, **wanted).to_dict()) == usual
        assert torch.empty(1).device.type == "meta"
    torch.set_default_device("meta")
    try:
        assert numbers(differentiate(expression, **wanted).to_dict()) == usual
        assert torch.get_default_device().type == "meta"
    finally:
        torch.set_default_device(None)


@pytest.mark.parametrize("verify", ["all", "sample", "off"])
def test_the_device_that_a_caller_has_set_changes_no_row(verify: str) -> None:
    columns = {"x": [-1.0, 0.0, 0.5, 2.0, 3.0]}
    expression = "a*where(x > 0, gamma(x), abs(x))*log(x + 0.5)"
    usual = tabulate(expression, columns, {"a": 2}, verify=verify)
    with torch.device("meta"):
        found = tabulate(expression, columns, {"a": 2}, verify=verify)
    assert found.status == usual.status
    for name, column in usual.columns.items():
        np.testing.assert_array_equal(found.columns[name], column)


def test_the_device_that_a_caller_has_set_changes_no_picture() -> None:
    usual = picture("x^2*a", {"a": "2"})
    with torch.device("meta"):
        assert picture("x^2*a", {"a": "2"}) == usual


# By day: no tensor is made without the name of its device, `tests/test_house.py`.
@pytest.mark.nightly
def test_the_device_may_be_set_before_anything_of_ours_is_loaded() -> None:
    script = (
        "import torch; torch.set_default_device('meta')\n"
        "from derivcli import differentiate; print(differentiate('gamma(x)', {'x': 3.5}, order=2).status)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (ran.stdout, ran.stderr) == ("agree\n", "")


def _slope(_x: Any) -> Any:
    return _x * (differentiate("x^2", {"x": 3}).derivatives[0].answer or 0.0)


TRANSFORMS: dict[str, Callable[[], object]] = {
    "grad": lambda: torch.func.grad(_slope)(torch.tensor(1.0)),
    "vmap": lambda: torch.func.vmap(_slope)(torch.ones(3)),
    "jvp": lambda: torch.func.jvp(_slope, (torch.tensor(1.0),), (torch.tensor(1.0),)),
    "jacfwd": lambda: torch.func.jacfwd(_slope)(torch.ones(3)),
    "jacrev": lambda: torch.func.jacrev(_slope)(torch.ones(3)),
    "functionalize": lambda: torch.func.functionalize(_slope)(torch.ones(3)),
    "a table": lambda: torch.func.vmap(lambda x: x * len(tabulate("x^2", {"x": [1.0]})))(torch.ones(3)),
    "a direction": lambda: torch.func.vmap(lambda x: x * bool(differentiate("x", {"x": 1}, along={"x": 1})))(
        torch.ones(3)
    ),
    "a picture": lambda: torch.func.vmap(lambda x: x * bool(picture("x^2")))(torch.ones(3)),
}


@pytest.mark.parametrize("name", TRANSFORMS)
def test_inside_a_transform_of_torch_func_the_error_has_a_type(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        TRANSFORMS[name]()
    assert str(caught.value) == "deriv cannot work inside a transform of torch.func"
    assert caught.value.hint == (
        "call it outside of torch.func.grad, jvp, vmap and the like: its answers are plain numbers"
    )
    assert differentiate("x^2", {"x": 3}).status == "agree"
