"""The parts of a program at a point: their values, and their slopes on both sides. Numbers by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from derivcli.language.lowering import outline
from derivcli.language.parser import parse
from derivcli.language.printer import to_text
from derivcli.witnesses.evidence import UNDECIDED, UNDEFINED
from derivcli.witnesses.proof.parts import Parts
from tests.checks import program_of
from tests.every import for_all

if TYPE_CHECKING:
    from derivcli.witnesses.evidence import Reading


def parts(text: str, **point: str) -> tuple[Parts, list[str]]:
    """Return the parts of a text and their own texts."""
    program, indices = outline(parse(text).tree)
    names = {index: to_text(node) for node, index in indices.items()}
    return Parts(program, {name: program_of(value) for name, value in point.items()}), [names[k] for k in sorted(names)]


def values(text: str, **point: str) -> dict[str, Reading]:
    asked, texts = parts(text, **point)
    return dict(zip(texts, asked.values(), strict=True))


def slopes(text: str, x: str, *, of_kinks: bool = True) -> dict[str, Reading]:
    asked, texts = parts(text, x=x)
    return dict(zip(texts, asked.slopes("x", of_kinks=of_kinks), strict=True))


def test_a_part_whose_digits_cancel_is_known_as_well_as_the_others() -> None:
    found = values("exp(x) - 1 - x", x="1e-30")
    rest = found["exp(x) - 1 - x"].number
    assert rest is not None
    assert abs(rest - Decimal("5.00000000000000000000000000000166666666e-61")) < Decimal("1e-99")  # x^2/2 + x^3/6
    assert found["x"].number == Decimal("1e-30")


@for_all(
    ("text", "x", "value"),
    [  # what balls blur, algebra knows
        ("floor(log(x)/log(2))", "8", "3"),
        ("sqrt(sin(x)^2 + cos(x)^2 - 1)", "1", "0"),
        ("where(x > 0, 1, 2)", "sin(pi)", "2"),
    ],
)
def test_a_jump_or_an_edge_at_a_hidden_zero_is_decided(text: str, x: str, value: str) -> None:
    asked, _texts = parts(text, x=x)
    assert asked.values()[-1].number == int(value)


def test_what_is_undefined_or_out_of_reach_is_told_apart() -> None:
    found = values("log(x) + inf + exp(exp(exp(y)))", x="-1", y="100")
    assert found["log(x)"] == UNDEFINED
    assert found["inf"] == UNDEFINED
    assert found["exp(exp(exp(y)))"] == UNDECIDED


def test_a_kink_has_the_mean_of_its_sides_or_no_slope() -> None:
    assert slopes("abs(x) + 3*x", "0")["abs(x) + 3*x"].number == 3
    assert slopes("abs(x) + 3*x", "0", of_kinks=False)["abs(x) + 3*x"] == UNDEFINED
    assert slopes("abs(x)*x", "0", of_kinks=False)["abs(x)*x"].number == 0
    assert slopes("sign(x)", "0")["sign(x)"] == UNDECIDED
    assert slopes("sqrt(x)", "0")["sqrt(x)"] == UNDEFINED


def test_a_variable_without_a_known_value_leaves_open_what_depends_on_it() -> None:
    program, indices = outline(parse("x*y + y^2").tree)
    asked = Parts(program, {"y": program_of("3")}, ["x"])
    found = {to_text(node): reading for node, reading in ((n, asked.values()[k]) for n, k in indices.items())}
    assert found["x*y"] == UNDECIDED
    assert found["y**2"].number == 9


def test_what_does_not_depend_on_it_is_known_to_as_many_digits_as_it_takes() -> None:
    program, indices = outline(parse("x*y + (exp(y) - 1 - y)").tree)
    asked = Parts(program, {"y": program_of("1e-90")}, ["x"])
    found = {to_text(node): asked.values()[k].number for node, k in indices.items()}
    rest = found["exp(y) - 1 - y"]
    assert rest is not None
    assert abs(rest - Decimal("5e-181")) < Decimal("1e-225")  # y^2/2 + y^3/6


def test_a_coordinate_that_is_no_known_number_leaves_all_open() -> None:
    # gamma(1/3)*gamma(2/3) is 2*pi/sqrt(3) (DLMF 5.5.3), which is not seen: there is no telling which branch it is
    for place in ("where(gamma(1/3)*gamma(2/3) == 2*pi/sqrt(3), 1, 2)", "1/0"):
        assert set(slopes("sqrt(x)", place).values()) == {UNDECIDED}
    assert set(values("sqrt(x)", x="where(gamma(1/3)*gamma(2/3) == 2*pi/sqrt(3), 1, 2)").values()) == {UNDECIDED}
