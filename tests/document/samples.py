"""Results as the calculator gives them, one for each thing a reader can meet."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

from derivcli.model import Cause, CauseKind, Kind, Sides, SpotCheck, Status, Value
from tests.document.builders import agreed, derivative, result
from tests.document.view_samples import VIEWS

SMOOTH = result(
    "5*x**4 + 3*x**3",
    {"x": "2"},
    Value(**agreed(104.0)),
    derivative(**agreed(196.0), expression="20*x**3 + 9*x**2", latex="20 x^{3} + 9 x^{2}", left=196.0, right=196.0),
    expression="5x^4+3x^3",
    latex="5 x^{4} + 3 x^{3}",
)
CORNER = result(
    "abs(x)",
    {"x": "0"},
    Value(**agreed(0.0)),
    derivative(
        status=Status.NOT_DIFFERENTIABLE,
        kind=Kind.CORNER,
        autograd=0.0,
        symbolic=0.0,
        expression="sign(x)",
        left=-1.0,
        right=1.0,
        note="the slope jumps here, so there is no derivative; autograd's 0 is torch's convention",
    ),
)
LOST = result(
    "(1 - cos(x))/x**2",
    {"x": "1e-8"},
    Value(
        **{**agreed(0.5), "status": Status.DIFFER, "autograd": 0.0, "abs_error": 0.5, "rel_error": 1.0},
        note="none of autograd's digits are right: the true number is 0.5",
    ),
    derivative(
        status=Status.DIFFER,
        answer=-8.333333333333334e-10,
        autograd=100000000.0,
        symbolic=-8.333333333333334e-10,
        quotient=-8.333333333333334e-10,
        abs_error=100000000.0,
        rel_error=1.2e17,
        expression="sin(x)/x**2 - 2*(1 - cos(x))/x**3",
        note="none of autograd's digits are right: the true number is -8.333333333333334e-10",
    ),
)
UNDEFINED = result(
    "sin(x)/x",
    {"x": "0"},
    Value(
        status=Status.UNDEFINED,
        kind=Kind.REMOVABLE,
        autograd=nan,
        limit=Sides(1.0, 1.0),
        note="f has no value here, though it comes close to 1",
    ),
    derivative(
        status=Status.UNDEFINED,
        kind=Kind.REMOVABLE,
        autograd=nan,
        expression="cos(x)/x - sin(x)/x**2",
        note="f has no value here, so it has no derivative",
    ),
)
POLE = result(
    "1/x",
    {"x": "0"},
    Value(status=Status.UNDEFINED, kind=Kind.POLE, autograd=inf, limit=Sides(-inf, inf), note="no value here"),
    derivative(status=Status.UNDEFINED, kind=Kind.POLE, autograd=-inf, expression="-1/x**2", note="no value here"),
)
TANGENT = result(
    "sqrt(x)",
    {"x": "0"},
    Value(**agreed(0.0)),
    derivative(
        status=Status.NOT_DIFFERENTIABLE,
        kind=Kind.VERTICAL_TANGENT,
        autograd=inf,
        expression="1/(2*sqrt(x))",
        right=inf,
    ),
)
SEVERAL = result(
    "u**3 + v**2 + 4*u*v",
    {"u": "3", "v": "0.1"},
    Value(**agreed(28.21)),
    derivative("u", **agreed(27.4), expression="3*u**2 + 4*v"),
    derivative("v", **agreed(12.2), expression="2*v + 4*u"),
    notes=("read `4u*v` as `4*u*v`",),
    readings=("read `4u*v` as `4*u*v`",),
)
UNSYMBOLIC = replace(
    SEVERAL,
    at={"u": 3.0, "v": 0.7853981633974483},
    at_text={"u": "3", "v": "pi/4"},
    derivatives=(
        derivative(
            "u",
            **{
                **agreed(30.141592653589793),
                "autograd": 30.141592653589797,
                "abs_error": 3.552713e-15,
                "rel_error": 1.18e-16,
            },
        ),
        derivative("v", **{**agreed(13.570796326794897), "symbolic": None}, note="sympy knows no derivative here"),
    ),
)
NO_POINT = result(
    "x*sin(y)",
    None,
    Value(),
    derivative("x", expression="sin(y)"),
    derivative("y"),
    variables=("x", "y"),
    status=Status.UNDEFINED,
    spot_checks=(
        SpotCheck({"x": 0.5, "y": 1.25}, Status.AGREE),
        SpotCheck({"x": -1.5, "y": 2.0}, Status.AGREE),
        SpotCheck({"x": -3.0, "y": 0.0}, Status.UNDEFINED),
    ),
)
CONSTANT = result("7", None, Value(**agreed(7.0)))
OUT_OF_TIME = result(
    "gamma(x)**gamma(x)",
    {"x": "3"},
    Value(status=Status.UNVERIFIED, answer=4.0, autograd=4.0, note="no reference in time"),
    derivative(status=Status.UNVERIFIED, answer=6.25, autograd=6.25, note="no reference in time"),
    limit_reached="the symbolic worker took more than 30 seconds",
)

_CANCELS = Cause(CauseKind.CANCELLATION, "1 - cos(x)", (1, 11))
CAUSED = replace(
    LOST,
    value=replace(LOST.value, cause=_CANCELS, rewrite="2*sin(x/2)**2/x**2"),
    derivatives=tuple(replace(d, cause=_CANCELS, rewrite="2*sin(x/2)**2/x**2") for d in LOST.derivatives),
)
SAMPLES = {
    "smooth": SMOOTH,
    "corner": CORNER,
    "lost_digits": LOST,
    "cause": CAUSED,
    "undefined": UNDEFINED,
    "pole": POLE,
    "vertical_tangent": TANGENT,
    "several_variables": SEVERAL,
    "no_symbolic_form": UNSYMBOLIC,
    "no_point": NO_POINT,
    "constant": CONSTANT,
    "out_of_time": OUT_OF_TIME,
    **VIEWS,
}
