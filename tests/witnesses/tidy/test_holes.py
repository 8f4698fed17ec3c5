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
        # functions below the bar, and in tan, sec, cot, csc
        ("(1-cos(x))/sin(x)", ("sin(x) != 0",)),
        ("tan(x)/sin(x)", ("sin(x) != 0",)),
        ("sin(2*x)/sin(x)", ("sin(x) != 0",)),
        ("cot(x)*tan(x)", ("sin(x) != 0", "cos(x) != 0")),
        ("sin(x)^2/(1+cos(x))", ("cos(x) != -1",)),  # which is never negative
        ("(1-4*sin(x)^2)/(1-2*sin(x))", ("sin(x) != 1/2",)),
        ("1/(1+tan(x))", ("cos(x) != 0",)),  # tan has no value there; where it is -1 both have none
        ("tan(a*x)*cot(a*x)", ("cos(a*x) != 0", "sin(a*x) != 0")),
        ("(exp(2*x)-1)/(exp(x)-1)", ("exp(x) != 1",)),
        ("sinh(2*x)/sinh(x)", ("sinh(x) != 0",)),
        ("tan(x)", ()),
        ("1/(1+cos(x))", ()),
        ("sin(2*x)/(1+cos(2*x))", ()),  # sec(x)^2 has a pole wherever that is 0
        ("x/tan(x)", ("cos(x) != 0",)),
        ("x/exp(x)", ()),
        ("tanh(x)/cosh(x)", ()),
        ("log(sin(x))", ()),
        ("where(x != 0, sin(x)/x, 1)", ()),  # by cases: no hole
        # in the case that holds there
        ("where(x < 5, x^2/x, sin(x))", ("x != 0",)),
        ("where(x < -1, x^2/x, sin(x))", ()),
        ("where(x < 5, (x^2-1)/(x-1), sin(x))*x^2/x", ("x != 1", "x != 0")),
        ("where(x > 0, 2x/(2x-1)*(2x-1), x)", ("x != 1/2",)),
        ("where(x == 1, 2, (x^2-1)/(x-1))", ()),
        ("where(x < 5, x/x, 1/x)", ("x != 0",)),
        ("x^3/x + sinc(x)^3", ("x != 0",)),
        ("abs(x)^3/x", ("x != 0",)),
    ],
)
def test_a_hole_is_not_lost_in_silence(text: str, holes: tuple[str, ...]) -> None:
    assert derivative(text).holes == holes
