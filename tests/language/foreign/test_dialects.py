"""What is written here for functions of torch that are none of ours."""

from __future__ import annotations

import re

import pytest
import torch
from torch.nn import functional

from derivcli import differentiate
from tests.language import complaint

X = torch.tensor([0.7, -0.4], dtype=torch.float64)
Y = torch.tensor([0.2, 0.9], dtype=torch.float64)
FIRST = torch.tensor(0)
POINT = {"x": 0.7, "y": 0.2, "x1": 0.7, "x2": -0.4}
KNOWN = {
    "softmax": functional.softmax(X, 0)[0],
    "softmin": functional.softmin(X, 0)[0],
    "log_softmax": functional.log_softmax(X, 0)[0],
    "cross_entropy": functional.cross_entropy(X, FIRST),
    "nll_loss": functional.nll_loss(X, FIRST),
    "kl_div": functional.kl_div(X, Y, reduction="none")[0],
    "poisson_nll_loss": functional.poisson_nll_loss(X, Y, reduction="none")[0],
    "soft_margin_loss": functional.soft_margin_loss(X, Y, reduction="none")[0],
    "l1_loss": functional.l1_loss(X, Y, reduction="none")[0],
    "binary_cross_entropy_with_logits": functional.binary_cross_entropy_with_logits(X, Y, reduction="none")[0],
}


@pytest.mark.parametrize("name", KNOWN)
def test_what_a_hint_gives_for_a_function_of_torch_has_its_value(name: str) -> None:
    hint = complaint(f"{name}(x, y)").partition("hint: ")[2]
    form = re.findall("`([^`]+)`", hint)[0]
    point = {letter: value for letter, value in POINT.items() if re.search(rf"\b{letter}\b", form)}
    assert differentiate(form, point).value.answer == pytest.approx(float(KNOWN[name]), rel=1e-14)
