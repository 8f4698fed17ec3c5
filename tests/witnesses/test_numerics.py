"""The types and devices of torch, and what is said of a device that is not there."""

from __future__ import annotations

import pytest
import torch

from derivcli import differentiate, tabulate
from derivcli.errors import UsageError
from derivcli.language.diagnostics import draw
from derivcli.model import Device, Dtype
from derivcli.witnesses.numerics import FLOAT64, numerics

_NO_CUDA = (
    "error: torch finds no cuda device here\n"
    "hint: cuda needs an NVIDIA or AMD GPU and a build of torch for it; --device cpu always works"
)
_NO_MPS = "error: torch finds no mps device here\nhint: mps needs a Mac with Apple silicon; --device cpu always works"


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
    for call in (
        lambda: numerics(dtype, device),
        lambda: differentiate("x^2", {"x": 3}, dtype=dtype, device=device),
        lambda: tabulate("x^2", {"x": [1.0]}, dtype=dtype, device=device),
    ):
        with pytest.raises(UsageError) as caught:
            call()
        assert draw(caught.value) == said


def test_a_device_that_is_there_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert numerics(Dtype.FLOAT64, Device.CUDA) == (torch.float64, torch.device("cuda"))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
def test_a_gpu_finds_what_the_processor_finds() -> None:
    columns = {"x": [0.5, 1.0, 2.0]}
    on_cpu, on_gpu = (tabulate("sin(x)*exp(-x^2)", columns, device=device) for device in ("cpu", "cuda"))
    assert on_cpu.status == on_gpu.status
    assert on_gpu.columns["df/dx"] == pytest.approx(on_cpu.columns["df/dx"], rel=1e-14)
