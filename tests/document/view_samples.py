"""Results with higher derivatives and views, and systems, as the calculator gives them."""

from __future__ import annotations

from dataclasses import replace

from derivcli.model import (
    Coefficient,
    Contribution,
    Derivative,
    Hessian,
    Implicit,
    Jacobian,
    Kind,
    Near,
    Status,
    System,
    Tangent,
    Taylor,
    Total,
    Value,
)
from tests.document.builders import agreed, derivative, higher, result

HESSIAN = result(
    "(1 - x)**2 + 100*(y - x**2)**2",
    {"x": "1", "y": "1"},
    Value(**agreed(0.0)),
    derivative("x", **agreed(0.0), expression="-400*x*(-x**2 + y) + 2*x - 2"),
    derivative("y", **agreed(0.0), expression="-200*x**2 + 200*y"),
    higher("x", "x", **agreed(802.0), expression="1200*x**2 - 400*y + 2"),
    higher("x", "y", **agreed(-400.0), expression="-400*x", latex="-400 x"),
    higher("y", "y", **agreed(200.0), expression="200"),
    hessian=Hessian(
        ("x", "y"), ((802.0, -400.0), (-400.0, 200.0)), (0.3993607674876216, 1001.6006392325123), "minimum", True
    ),
)
WIDE_HESSIAN = result(
    "x*y*z",
    {"x": "0.5", "y": "0.25", "z": "0.125"},
    Value(**agreed(0.031746031746031744)),
    derivative("x", **agreed(0.09523809523809523), expression="y*z"),
    hessian=Hessian(
        ("x", "y", "z"),
        (
            (0.0, 0.14285714285714285, 0.6666666666666666),
            (0.14285714285714285, 0.0, None),
            (0.6666666666666666, None, 0.0),
        ),
        symmetric=False,
    ),
)
FORMULAS = result(
    "x**2*y",
    None,
    Value(),
    derivative("x", expression="2*x*y", latex="2 x y"),
    derivative("y", expression="x**2", latex="x^{2}"),
    higher("x", "x", expression="2*y", latex="2 y"),
    higher("x", "y", expression="2*x", latex="2 x"),
    higher("y", "y", expression="0", latex="0"),
    variables=("x", "y"),
    hessian=Hessian(("x", "y"), ((None, None), (None, None))),
)
CURVE = result(
    "x**2 + y**2 = 25",
    {"x": "3", "y": "4"},
    Value(**agreed(0.0)),
    higher("x", above="y", **agreed(-0.75), expression="-x/y", latex=r"\frac{-x}{y}"),
    higher("x", "x", above="y", **agreed(-0.390625), expression="-x**2/y**3 - 1/y"),
    latex="x^{2} + y^{2} = 25",
    implicit=Implicit("y", 0.0),
    tangent=Tangent("y = 4 - 0.75*(x - 3)", "y = 4 + 1.3333333333333333*(x - 3)", (-0.75, -1.0)),
)
VERTICAL = result(
    "x**2 + y**2 = 25",
    {"x": "5", "y": "0"},
    Value(**agreed(0.0)),
    Derivative(
        status=Status.NOT_DIFFERENTIABLE,
        kind=Kind.VERTICAL_TANGENT,
        wrt=("x",),
        name="dy/dx",
        expression="-x/y",
        note="the tangent of the curve is vertical here",
    ),
    implicit=Implicit("y", 0.0),
)
DIRECTION = result(
    "x**2*y",
    {"x": "1", "y": "2"},
    Value(**agreed(2.0)),
    Derivative(**agreed(6.0), wrt=("x", "y"), name="D_v f", expression="2*x**2 + 2*x*y", along={"x": 1.0, "y": 2.0}),
    Derivative(**agreed(12.0), wrt=("x", "y"), name="D_v^2 f", expression="8*x + 2*y", along={"x": 1.0, "y": 2.0}),
    Derivative(
        **agreed(2.6832815729997477),
        wrt=("x", "y"),
        name="D_u f",
        along={"x": 0.4472135954999579, "y": 0.8944271909999159},
    ),
)
KINK = result(
    "abs(x)**3",
    {"x": "0"},
    Value(**agreed(0.0)),
    higher(
        "x",
        "x",
        "x",
        status=Status.NOT_DIFFERENTIABLE,
        kind=Kind.CORNER,
        autograd=0.0,
        symbolic=0.0,
        left=-6.0,
        right=6.0,
        expression="6*sign(x)**3",
    ),
    Derivative(
        status=Status.NOT_DIFFERENTIABLE,
        kind=Kind.CORNER,
        wrt=("x",),
        name="D_v f",
        left=-1.0,
        right=1.0,
        along={"x": 1.0},
    ),
)
TAYLOR = result(
    "sin(x)",
    {"x": "0"},
    Value(**agreed(0.0)),
    derivative(**agreed(1.0), expression="cos(x)"),
    higher("x", "x", **agreed(0.0), expression="-sin(x)"),
    higher("x", "x", "x", **agreed(-1.0), expression="-cos(x)"),
    taylor=Taylor(
        3,
        "x - (1/6)*x**3",
        r"x - \frac{1}{6} x^{3}",
        (Coefficient((), 0.0, "0"), Coefficient(("x",), 1.0, "1")),
        Near({"x": 1.0}, 0.8414709848078965, 0.8333333333333334, 0.008137651474563173),
    ),
)
TOTAL = result(
    "x**2*y",
    {"x": "3", "y": "2"},
    Value(**agreed(18.0)),
    derivative("x", **agreed(12.0), expression="2*x*y"),
    derivative("y", **agreed(9.0), expression="x**2"),
    tangent=Tangent("z = 18 + 12*(x - 3) + 9*(y - 2)", "x = 3 + 12*t, y = 2 + 9*t, z = 18 - t", (12.0, 9.0, -1.0)),
    total=Total(
        "df = 2*x*y*dx + x**2*dy",
        "df = 12*dx + 9*dy",
        0.21633307652783934,
        (Contribution("x", 0.01, 0.12, 0.3076923076923077), Contribution("y", 0.02, 0.18, 0.6923076923076924)),
    ),
)
LONG = result(
    "tan(exp(x))",
    {"x": "0"},
    Value(**agreed(1.5)),
    *(
        higher(*"x" * n, **agreed(float(n)), expression=" + ".join(f"{k}*tan(exp({k}*x))" for k in range(30 * n)))
        for n in range(1, 11)
    ),
    higher(*"x" * 11, **agreed(11.0)),
)
F1 = result(
    "x*y",
    {"x": "1", "y": "2"},
    Value(**agreed(2.0)),
    derivative("x", **agreed(2.0), expression="y", latex="y"),
    derivative("y", **agreed(1.0), expression="x", latex="x"),
    latex="x y",
)
F2 = result(
    "abs(x) + sin(y)",
    {"x": "1", "y": "2"},
    Value(**agreed(1.9092974268256817)),
    derivative("x", **agreed(1.0), expression="sign(x)", latex=r"\operatorname{sign}\left(x\right)"),
    derivative("y", **agreed(-0.4161468365471424), expression="cos(y)", latex=r"\cos\left(y\right)"),
    notes=("read `|x|` as `abs(x)`",),
    readings=("read `|x|` as `abs(x)`",),
)
SYSTEM = System((F1, F2), Jacobian(("x", "y"), ((2.0, 1.0), (1.0, -0.4161468365471424))), Status.AGREE)


def _without_point(system: System) -> System:
    bare = tuple(
        replace(
            f,
            at=None,
            at_text=None,
            value=Value(),
            derivatives=tuple(
                Derivative(wrt=d.wrt, name=d.name, expression=d.expression, latex=d.latex) for d in f.derivatives
            ),
        )
        for f in system.functions
    )
    return System(bare, Jacobian(("x", "y"), ((None, None), (None, None))), Status.AGREE)


VIEWS = {
    "hessian": HESSIAN,
    "wide_hessian": WIDE_HESSIAN,
    "formulas_of_second_order": FORMULAS,
    "curve": CURVE,
    "vertical": VERTICAL,
    "direction": DIRECTION,
    "kink_of_third_order": KINK,
    "taylor": TAYLOR,
    "total": TOTAL,
    "long_formulas": LONG,
}
SYSTEMS = {
    "system": SYSTEM,
    "system_without_a_point": _without_point(SYSTEM),
    "system_with_views": System((HESSIAN, TOTAL, TAYLOR), None, Status.AGREE),
}
