"""`differentiate`: what it takes, what it refuses and in which words, and that it can be called without end."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import torch

import derivcli
from derivcli import DerivError, PointError, Result, UsageError, differentiate
from derivcli.coordinates import coordinate_text
from derivcli.language.diagnostics import draw
from derivcli.model.options import OPTIONS


def answers(result: Result) -> list[float | None]:
    return [result.value.answer, *(derivative.answer for derivative in result.derivatives)]


def complaint(*args: Any, **options: Any) -> tuple[str, str]:
    """Return the kind of the error that a call raises, and its message as a person sees it."""
    with pytest.raises(DerivError) as caught:
        differentiate(*args, **options)
    return type(caught.value).__name__, draw(caught.value)


def test_the_example_of_the_readme() -> None:
    assert answers(differentiate("x**2*y", at={"x": 2, "y": 3})) == [12, 12, 4]


def test_every_public_name_is_there_and_no_other() -> None:
    for name in derivcli.__all__:
        assert getattr(derivcli, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'sympify'"):
        _ = derivcli.sympify


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2, "2"),
        (-2, "-2"),
        (10**30, str(10**30)),
        (0.1, "0.1"),
        (-1.5, "-1.5"),
        (1e300, "1e+300"),
        (5e-324, "5e-324"),
        (1 / 3, "0.3333333333333333"),
        (-0.0, "-0.0"),
        (Fraction(1, 3), "(1)/3"),
        (Fraction(-1, 3), "(-1)/3"),
        (Fraction(4, 2), "2"),
        (Decimal("0.1"), "0.1"),
        (Decimal("1E-7"), "1E-7"),
        (Decimal("-2.50"), "-2.50"),
        ("pi/4", "pi/4"),
        ("  2 ", "  2 "),
    ],
)
def test_a_coordinate_stands_for_exactly_that_number(value: Any, text: str) -> None:
    assert coordinate_text("x", value) == text
    if not isinstance(value, str):
        assert differentiate("x", {"x": value}).at == {"x": float(value)}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (torch.tensor(0.1, dtype=torch.float64), "0.1"),
        (torch.tensor(2.5, requires_grad=True), "2.5"),
        (torch.tensor([-2]), "-2"),
        (torch.tensor(0.1), "0.10000000149011612"),  # 13421773/2^27, as IEEE 754 rounds 0.1 to 24 bits
        (np.float64(0.1), "0.1"),
        (np.float32(0.1), "0.10000000149011612"),
        (np.int64(-2), "-2"),
        (np.array(1.5), "1.5"),
    ],
)
def test_a_scalar_of_torch_or_numpy_is_a_coordinate(value: Any, text: str) -> None:
    assert coordinate_text("x", value) == text
    assert differentiate("x", {"x": value}).at == {"x": float(text)}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (torch.tensor([1.0, 2.0]), "error: the value of `x` must be one number, and this Tensor holds 2"),
        (np.empty((0, 3)), "error: the value of `x` must be one number, and this ndarray holds 0"),
        (torch.tensor(True), "error: the value of `x` must be a number or a text, not bool"),
        (torch.tensor(1j), "error: the value of `x` must be a number or a text, not complex"),
        (torch.empty((), device="meta"), "error: the value of `x` is a Tensor whose number cannot be read"),
    ],
)
def test_what_is_not_one_real_number_is_refused(value: Any, said: str) -> None:
    kind, text = complaint("x", {"x": value})
    assert kind == "PointError"
    assert text.splitlines()[0] == said


def test_a_number_that_looks_like_a_number_is_one() -> None:
    class Tenth(float):
        pass

    assert coordinate_text("x", Tenth(0.1)) == "0.1"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, Decimal("NaN"), Decimal("Infinity"), Decimal("sNaN")])
def test_a_coordinate_that_is_not_finite_is_refused(value: Any) -> None:
    with pytest.raises(PointError, match=r"the value of `x` must be finite, not -?(nan|inf|NaN|Infinity|sNaN)"):
        differentiate("x", {"x": value})


@pytest.mark.parametrize(("value", "kind"), [(True, "bool"), (None, "NoneType"), (1j, "complex"), ([1], "list")])
def test_a_coordinate_that_is_no_number_is_refused(value: Any, kind: str) -> None:
    assert complaint("x", {"x": value}) == (
        "PointError",
        f"error: the value of `x` must be a number or a text, not {kind}",
    )


@pytest.mark.parametrize("value", [10**400, -(10**400), Fraction(10**400, 3)], ids=["big", "-big", "fraction"])
def test_a_whole_number_beyond_float64_is_refused_as_a_point(value: Any) -> None:
    with pytest.raises(PointError):
        differentiate("x", {"x": value})


@pytest.mark.parametrize(
    ("args", "options", "kind", "message"),
    [
        ((7,), {}, "UsageError", "error: the expression must be a text, not int"),
        (("x",), {"rtol": -1}, "UsageError", "error: rtol must be a number, 0 or larger, not -1"),
        (("x",), {"atol": math.nan}, "UsageError", "error: atol must be a number, 0 or larger, not nan"),
        (("x",), {"timeout": 0}, "UsageError", "error: timeout must be a number of seconds above 0, not 0"),
        (("x",), {"timeout": math.inf}, "UsageError", "error: timeout must be a number of seconds above 0, not inf"),
        (("x*y", {"x": 1}), {}, "PointError", "error: no value for `y`\n  x*y\n    ^\nhint: add y=... in `at`"),
        (
            ("xpT", {"x": 1, "p": 2, "T": 3}),
            {},
            "PointError",
            "error: no value for `xpT`\n  xpT\n  ^^^\nhint: add xpT=... in `at`, or write x*p*T to multiply",
        ),
        (
            ("x", {"x": 1, "z": 2}),
            {},
            "PointError",
            "error: `z` has a value, but does not occur in the expression\nhint: its variables are x",
        ),
        (
            ("x", {"x": 1}),
            {"wrt": "t"},
            "PointError",
            "error: `t` does not occur in the expression\nhint: its variables are x",
        ),
        (
            ("3*sine(x)",),
            {},
            "UnknownNameError",
            "error: unknown function `sine`\n  3*sine(x)\n    ^^^^\nhint: did you mean `sin`?",
        ),
    ],
)
def test_an_error_is_typed_and_says_what_to_do(args: Any, options: dict[str, Any], kind: str, message: str) -> None:
    assert complaint(*args, **options) == (kind, message)


@pytest.mark.parametrize("text", ["", "   ", "x +", "2 3", "x = = 2", "(", "x\0", "\ud800", "x" * 1_000_001, "f(x) = "])
def test_whatever_cannot_be_read_is_a_derivation_error(text: str) -> None:
    with pytest.raises(DerivError):
        differentiate(text)


@pytest.mark.parametrize(
    "options",
    [
        {"at": {"x": "__import__('os')"}},
        {"at": {"x": "y"}},
        {"at": {"x": ""}},
        {"at": {"x": "inf"}},
        {"at": {"": 1}},
        {"at": {"x": "1", "__class__": 2}},
        {"wrt": "x y"},
        {"wrt": [""]},
    ],
)
def test_whatever_is_no_point_is_a_derivation_error(options: dict[str, Any]) -> None:
    with pytest.raises(DerivError):
        differentiate("x", **options)


@pytest.mark.parametrize(
    ("args", "options"),
    [
        (("x",), {"rtol": "1e-9"}),
        (("x",), {"timeout": "30"}),
        (("x",), {"atol": 1j}),
        (("x", {1: 2}), {}),
        (("x", [1]), {}),
        (("x",), {"wrt": [1]}),
        (("x",), {"wrt": 1}),
    ],
)
def test_an_argument_of_a_wrong_type_is_a_usage_error(args: Any, options: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        differentiate(*args, **options)


def test_names_to_differentiate_by_are_taken_once_each_in_their_order() -> None:
    for wrt in (["y", "x", "y"], ("y", "x"), iter(("y", "x"))):
        found = differentiate("x*y", {"x": 2, "y": 3}, wrt=wrt)
        assert [derivative.wrt for derivative in found.derivatives] == [("y",), ("x",)]
    assert differentiate("x*y", {"x": 2, "y": 3}, wrt="y").derivatives[0].answer == 2


def test_the_tolerances_reach_the_verdict() -> None:
    loose = differentiate("(1-cos(x))/x^2", {"x": "1e-4"}, rtol=1e-6)
    tight = differentiate("(1-cos(x))/x^2", {"x": "1e-4"}, rtol=1e-12)
    assert (loose.value.status, tight.value.status) == ("agree", "differ")


def test_a_result_goes_through_its_json_contract() -> None:
    for point in ({"x": 0}, None):
        found = differentiate("abs(x)/x", point)
        assert repr(Result.from_dict(found.to_dict())) == repr(found)  # nan is not equal to itself


@pytest.mark.parametrize("name", ["rtol", "atol", "timeout"])
def test_nothing_for_a_limit_means_its_default(name: str) -> None:
    options: Any = {name: None}
    assert differentiate("(1-cos(x))/x^2", {"x": "1e-4"}, **options).value.status == "differ"


def test_float32_has_limits_of_its_own() -> None:
    single, double = (differentiate("x/3", {"x": 1}, dtype=dtype) for dtype in ("float32", "float64"))
    assert (single.value.status, double.value.status) == ("agree", "agree")
    assert single.value.autograd == 0.3333333432674408  # the float32 nearest to 1/3
    assert differentiate("x/3", {"x": 1}, dtype="float32", rtol=1e-9).value.status == "differ"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"dtype": "float16"}, "error: dtype is float64, float32, not `float16`"),
        ({"device": "gpu"}, "error: device is cpu, cuda, mps, not `gpu`"),
    ],
)
def test_a_type_or_a_device_that_is_none_is_refused(options: dict[str, Any], message: str) -> None:
    assert complaint("x", {"x": 1}, **options) == ("UsageError", message)


@pytest.mark.parametrize(
    ("name", "old", "value"), [("partial", "partials", [("x", "x")]), ("error", "errors", {"x": "0.5"})]
)
def test_an_argument_has_the_name_of_its_option_and_may_have_its_old_one(name: str, old: str, value: Any) -> None:
    new: Any = {name: value}
    before: Any = {old: value}
    assert differentiate("x^3", {"x": 2}, **new) == differentiate("x^3", {"x": 2}, **before)
    assert differentiate("x^3", {"x": 2}, **new) != differentiate("x^3", {"x": 2})
    kind, said = complaint("x^3", {"x": 2}, **new, **before)
    assert (kind, said) == ("UsageError", f"error: {old} is the old name of {name}\nhint: leave out {old}")


def test_nothing_stands_for_the_default_of_every_argument() -> None:
    nothing: Any = dict.fromkeys(option.key for option in OPTIONS if option.python)
    assert differentiate("x^3", {"x": 2}, **nothing) == differentiate("x^3", {"x": 2})


def test_an_argument_nobody_knows_is_named() -> None:
    unknown: Any = {"ordre": 2}
    with pytest.raises(TypeError, match=r"differentiate\(\) got an unexpected argument 'ordre'"):
        differentiate("x", **unknown)
    nameless: Any = {"": 2}
    with pytest.raises(TypeError, match=r"differentiate\(\) got an unexpected argument ''"):
        differentiate("x", **nameless)


def test_raw_formulas_are_those_of_sympy_and_all_numbers_stay() -> None:
    tidy, raw = (differentiate("sin(x)/(1+x^2)", {"x": "pi/4"}, raw=raw) for raw in (False, True))
    assert (tidy.derivatives[0].expression, tidy.value.exact) == (
        "cos(x)/(1 + x**2) - 2*x*sin(x)/(1 + x**2)**2",
        "sqrt(2)/(pi**2/8 + 2)",
    )
    assert raw.derivatives[0].expression == "-2*x*sin(x)/(x**2 + 1)**2 + cos(x)/(x**2 + 1)"
    assert raw.value.exact is None
    assert [(v.answer, v.digits, v.status) for v in (raw.value, *raw.derivatives)] == [
        (v.answer, v.digits, v.status) for v in (tidy.value, *tidy.derivatives)
    ]
