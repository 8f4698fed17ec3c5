"""Limits in several variables and kinds of stationary points: by hand, and against mpmath at points all around."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from derivcli.language.lowering import expand
from derivcli.model.statuses import PointKind
from derivcli.witnesses.evidence import Outcome
from derivcli.witnesses.third import Third
from tests.every import examples, for_all
from tests.witnesses.proof.asking import program
from tests.witnesses.proof.germs.asking import is_that
from tests.witnesses.proof.germs.test_random_edges import _OPERATIONS, OutOfReachError, value

if TYPE_CHECKING:
    from derivcli.language.program import Program


def third(text: str, **at: str) -> Third:
    return Third(program(text, *at), {name: program(typed) for name, typed in at.items()})


@for_all(
    ("text", "limit"),
    [
        # By polar coordinates: r*(cos^3 + sin^3), r^2*(...), r*cos*sin; without the common factor; as functions of x*y
        # or of x^2 + y^2 alone; bounded times what tends to 0.
        ("(x^3+y^3)/(x^2+y^2)", "0"),
        ("x^3/(x^2-x*y+y^2)", "0"),
        ("x*y/sqrt(x^2+y^2)", "0"),
        ("(1-cos(x*y))/(x^2+y^2)", "0"),
        ("tan(x^2*y)/(x^2+y^2)", "0"),
        ("(x^2-y^2)/(x-y)", "0"),
        ("(x^4-y^4)/(x^2+y^2)", "0"),
        ("x*y/x", "0"),
        ("sin(x*y)/(x*y)", "1"),
        ("(sqrt(1+x*y)-1)/(x*y)", "0.5"),
        ("sin(x^2+y^2)/(x^2+y^2)", "1"),
        ("exp(-1/(x^2+y^2))", "0"),
        ("(x^2+y^2)*log(x^2+y^2)", "0"),
        ("x*log(x^2+y^2)", "0"),
        ("x*y*sin(1/(x^2+y^2))", "0"),
        ("sin(x)/x*cos(y)", "1"),
        ("(cos(x)+cos(y)-2)/(x^2+y^2)", "-0.5"),
        ("(x^2+y^2+x^3)/(x^2+y^2)", "1"),
        ("1/log(x^2+y^2)", "0"),
        ("gamma(x^2+y^2)*(x^2+y^2)", "1"),
        ("2+x*y/sqrt(x^2+y^2)", "2"),
        ("(x^7*y^7)*sin(x)/(x^12+y^12)", "0"),  # r^15/r^12, though no polynomial of degree 13 tells it
        ("x*sign(x*y)+x*y/sqrt(x^2+y^2)", "0"),  # r and r^2/r at most
        # None: along y = k*x they depend on k; along y = x^2 the second is 1/2; y = x - x^3 is next to a pole.
        ("x*y/(x^2+y^2)", "?"),
        ("x^2*y/(x^4+y^2)", "?"),
        ("(x^2+y^2)/(x-y)", "?"),
        ("x*y/(x+y)", "?"),
        ("x^4*y^4/(x^2+y^4)^3", "?"),
        ("x/y", "?"),
        ("1/(x^2+y^2)", "?"),
        ("sin(1/(x^2+y^2))", "?"),
        ("(x^2+y^2)/(x^2+y^4)", "?"),  # on the y-axis it is y^-2
        ("(x*y)/abs(x*y)", "?"),
        ("x^2/(y^2-x^3)", "?"),
        ("sqrt(x)*sqrt(-x-y^2)*x*y/(x^2+y^2)", "?"),  # it has no values at all
    ],
)
def test_a_limit_in_two_variables_is_proved_or_left_open(text: str, limit: str) -> None:
    found = third(text, x="0", y="0").limit_together
    assert is_that(None if found.outcome is Outcome.UNDECIDED else found, limit)


def test_a_limit_is_at_the_point_that_was_typed() -> None:
    # (u^3 + v^3)/(u^2 + v^2) with u = x - 1/10, v = y - sqrt(2)
    text = "5+((x-0.1)^3+(y-sqrt(2))^3)/((x-0.1)^2+(y-sqrt(2))^2)"
    assert is_that(third(text, x="0.1", y="sqrt(2)").limit_together, "5")
    assert is_that(third("(x^2-y^2)/(x-y)", x="1", y="1").limit_together, "2")


SERIES = "(x-x^3/6+x^5/120-x^7/5040+x^9/362880-x^11/39916800)"  # of the sine


@for_all(
    ("text", "kind"),
    [
        ("x^2+y^2", PointKind.MINIMUM),
        ("1/2*sqrt(x^2+y^2)^2", PointKind.MINIMUM),
        ("exp(-sqrt(x^2+y^2)^2)", PointKind.MAXIMUM),
        ("x^2+y^4", PointKind.MINIMUM),
        ("x^2*y^2", PointKind.MINIMUM),  # not a strict one: it is 0 on the axes
        ("-(x-y)^2", PointKind.MAXIMUM),
        ("cos(x)*cos(y)", PointKind.MAXIMUM),
        ("cos(x*y)", PointKind.MAXIMUM),
        ("x^4-x^3*y+y^4", PointKind.MINIMUM),  # by hand: t^4 - t + 1 > 0
        ("x^4-1.7*x^3*y+y^4", PointKind.MINIMUM),  # t^4 - 1.7*t^3 + 1 is 0.119 at its least, where t is 1.275
        ("abs(x)^3+abs(y)^3", PointKind.MINIMUM),
        ("max(x^2,y^2)", PointKind.MINIMUM),
        # One number in two forms, (1 + sqrt(2))^2 = 3 + 2*sqrt(2): f is it plus or minus r^2. The next numbers are two.
        ("max(sqrt(3+2*sqrt(2))-x^2-y^2,1+sqrt(2)+x^2+y^2)", PointKind.MINIMUM),
        ("min(sqrt(3+2*sqrt(2))+x^2+y^2,1+sqrt(2)-x^2-y^2)", PointKind.MAXIMUM),
        ("max(pi-x^2-y^2,22/7+x^2+y^2)", PointKind.MINIMUM),
        ("max(22/7-x^2-y^2,pi+x^2+y^2)", PointKind.MAXIMUM),
        ("log(1+x^2+y^2)", PointKind.MINIMUM),
        ("max(1+sqrt(2)-x^2-y^2,sqrt(3+2*sqrt(2))+x^2+y^2)", PointKind.MINIMUM),  # two forms of one number
        ("x^2+sin(y)^4", PointKind.MINIMUM),
        ("x*y", PointKind.SADDLE),
        ("x^3+y^3", PointKind.SADDLE),
        ("x^2-y^4", PointKind.SADDLE),
        ("x^2+y^3", PointKind.SADDLE),
        ("x^4-3*x^2*y^2+y^4", PointKind.SADDLE),  # on y = x it is -x^4
        ("(y-x^2)*(y-3*x^2)", PointKind.SADDLE),  # Peano's: along each line it is a minimum
        ("x^2+y^2-x^2*y^2/(1+x^2)", PointKind.MINIMUM),
        # x^14*y^2 and on: no polynomial of the degrees that are kept
        (f"sin(x)*sin(x)*y*y-{SERIES}*{SERIES}*y*y", PointKind.UNDECIDED),
        ("3+0*x*y", PointKind.UNDECIDED),
    ],
)
def test_a_stationary_point_of_two_variables_is_named(text: str, kind: PointKind) -> None:
    found = third(text, x="0", y="0").point_kind(("x", "y"))
    assert (found or PointKind.UNDECIDED) is kind


@for_all(
    ("text", "kind"),
    [
        ("x^4", PointKind.MINIMUM),
        ("x^3", PointKind.INFLECTION),
        ("-x^6", PointKind.MAXIMUM),
        ("sin(x)-x", PointKind.INFLECTION),
        ("max(x,0)^2", PointKind.MINIMUM),
        ("x*abs(x)", PointKind.INFLECTION),
        ("where(x==0,0,exp(-1/x^2))", PointKind.MINIMUM),
        ("where(x==0,0,x^2*(2+sin(1/x)))", PointKind.MINIMUM),
        ("where(x==0,0,x^3*(2+sin(1/x)))", None),  # its slope turns again and again: neither, and no inflection
        ("where(x==0,0,x^3*sin(1/x))", None),
        ("7", None),
    ],
)
def test_a_stationary_point_of_one_variable_is_named(text: str, kind: PointKind | None) -> None:
    assert third(text, x="0").point_kind(("x",)) is kind


_PARTS = (
    *("x", "y", "x^2", "y^2", "x*y", "x-y", "x+y", "x^2+y^2", "x^4+y^4", "x^2-x*y+y^2", "x^3", "abs(x)", "x^2*y"),
    *("sqrt(x^2+y^2)", "abs(x*y)", "1", "2", "1/2", "abs(x)+abs(y)", "x^2+y^4", "max(x,y)", "log(x^2+y^2)", "cbrt(x)"),
)
_ONE = ("sin({})", "cos({})", "exp({})", "abs({})", "({})^2", "({})^3", "sqrt({})", "-({})", "1/({})", "atan({})")
_MORE = ("log(1+({}))", "tanh({})", "abs({})^1.5", "exp({})-1", "1-cos({})", "floor({})", "sign({})", "min({},0)")
_TWO = ("({})+({})", "({})-({})", "({})*({})", "({})/({})", "({})/({})", "({})*({})", "max({},{})", "min({},{})")


@st.composite
def surfaces(draw: st.DrawFn, depth: int = 3) -> str:
    kind = draw(st.integers(0, 5)) if depth else 0
    form: str = draw(st.sampled_from(_PARTS if kind == 0 else _ONE + _MORE if kind <= 2 else _TWO))
    return form.format(*(draw(surfaces(depth - 1)) for _ in range(form.count("{}"))))


_RADII = tuple(mpf(10) ** -k for k in (12, 40, 120))


def _around(asked: Program, radius: Any, dice: random.Random) -> list[Any]:
    """Return f at points about so far from 0: all around, next to the axes and the diagonals, and on parabolas."""
    found = []
    for _ in range(6):
        u, v = (mpf(dice.choice((-1, 1)) * dice.uniform(0.1, 1)) for _ in "uv")
        for x, y in (
            (u, v),
            (u, v * radius),
            (u * radius, v),
            (u, u + v * radius),
            (u, -u + v * radius),
            (u, 0),
            (0, v),
        ):
            found.append(value(asked, x=x * radius, y=y * radius))
    return [x for x in found if x is not None]


def check_around(text: str) -> None:
    """Fail where mpmath sees at 0 another thing than what is proved."""
    asked = program(text, "x", "y")
    if set(asked.variables) != {"x", "y"}:
        return
    witness, by_formulas = third(text, x="0", y="0"), expand(asked, _OPERATIONS.__contains__)
    here = witness.value()
    dice = random.Random(text)  # noqa: S311 - any points will do
    with mp.workdps(900), suppress(OutOfReachError):
        if here.outcome is Outcome.NUMBER:
            kind, centre = witness.point_kind(("x", "y")), value(by_formulas, x=mpf(0), y=mpf(0))
            way = {PointKind.MINIMUM: 1, PointKind.MAXIMUM: -1}.get(kind, 0)  # type: ignore[arg-type]
            rises = [way * (x - centre) for radius in _RADII for x in _around(by_formulas, radius, dice)]
            assert all(rise >= -abs(centre) * mpf(10) ** -600 for rise in rises), (text, kind)
        elif here.outcome is Outcome.UNDEFINED and (limit := witness.limit_together.number) is not None:
            apart = [max((abs(x - mpf(str(limit))) for x in _around(by_formulas, r, dice)), default=0) for r in _RADII]
            assert apart[-1] <= max(apart[0] / 5, mpf(10) ** -20), (text, limit, [mp.nstr(x, 5) for x in apart])


@examples(25, 20_000)
@given(surfaces())
def test_what_is_proved_around_a_point_is_what_is_seen_there(text: str) -> None:
    check_around(text)
