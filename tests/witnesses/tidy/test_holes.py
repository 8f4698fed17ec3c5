"""Where f has a hole that its derivative, as it is shown, has not."""

from __future__ import annotations

from tests.every import for_all
from tests.witnesses.tidy.shown import derivative


@for_all(
    ("text", "holes"),
    [
        ("(x^2-1)/(x-1)", ("x != 1",)),
        ("(2*x^2+x)/(2*x+1)", ("x != -1/2",)),
        ("x^2/x", ("x != 0",)),
        ("x^2*x^-1", ("x != 0",)),
        ("(x^2-y^2)/(x-y)", ("x - y != 0",)),
        ("(x^4-4)/(x^2-2)", ("x**2 - 2 != 0",)),
        ("x*(x+0.5)/(x+0.5)", ("x != -0.5",)),
        ("atan(1/x)", ("x != 0",)),  # f has no value there, -1/(x^2 + 1) has
        ("x/(x+1)", ()),  # the pole is in both
        ("x^2*sin(1/x)", ()),
        ("(x^3+x)/(x^2+1)", ()),  # x^2 + 1 is never 0
        ("sin(x)", ()),
        ("where(x != 0, sin(x)/x, 1)", ()),  # by cases: no hole
    ],
)
def test_a_hole_is_not_lost_in_silence(text: str, holes: tuple[str, ...]) -> None:
    assert derivative(text).holes == holes
