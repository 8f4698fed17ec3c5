"""Texts of views in LaTeX."""

from __future__ import annotations

from derivcli.document.spelling import Spelling
from derivcli.document.tex import differential


def test_a_differential_stands_apart_from_its_factor() -> None:
    assert differential("df = 2*x*y*dx + x**2*dy", Spelling(), ("x", "y")) == r"2 x y \, dx + x^{2} \, dy"
    assert differential("df = -3*dx + dy", Spelling(), ("x", "y")) == r"-3 \, dx + \, dy"


def test_a_variable_may_look_like_a_differential() -> None:
    assert differential("df = da*da + a*dda", Spelling(), ("a", "da")) == r"\mathit{da} \, da + a \, d\mathit{da}"
