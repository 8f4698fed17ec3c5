"""Words and signs of programs, and names from elsewhere."""

from __future__ import annotations

from derivcli.language.parser import parse
from tests.every import for_all
from tests.language import complaint, drawn, read


@for_all(
    ("text", "plain"),
    [
        ("x if x > 1 else -x", "where(x > 1, x, -x)"),
        ("1 + x if x > 1 else -x", "where(x > 1, 1 + x, -x)"),
        ("a if x < 0 else b if x < 1 else c", "where(x < 0, a, where(x < 1, b, c))"),
        ("2*(x if x > 1 else (y if y < 0 else 3))", "2*where(x > 1, x, where(y < 0, y, 3))"),
        ("x if x > 0 and y > 0 else 0", "where(x > 0 and y > 0, x, 0)"),
        ("if(x >= 0, x, 0)", "where(x >= 0, x, 0)"),
        ("IF(x >= 0; 2,5; x)", "where(x >= 0, 2.5, x)"),
        ("ifelse(x > y, 1, 2) + iif(x < 0, 3, 4)", "where(x > y, 1, 2) + where(x < 0, 3, 4)"),
        ("select(x, y, 2)", "where(x != 0, y, 2)"),
        ("select(x > 1, y, 2)", "where(x > 1, y, 2)"),
        ("piecewise(x < 0, -x, x < 1, 0, x)", "piecewise(-x, x < 0, 0, x < 1, x)"),
        ("7*x mod 3", "7*x % 3"),
        ("(x + 1) mod (y + 2)", "(x + 1) % (y + 2)"),
        ("x %% 3 + y %/% 2", "x % 3 + y // 2"),
        ("2*%pi*x + %e^x", "2*pi*x + e^x"),
        ("PI()*x + Pi*y", "pi*x + pi*y"),
        ("M_PI_2*x", "(pi/2)*x"),
        ("pow(x, y + 1)*power(x, 2)", "x^(y + 1)*x^2"),
        ("log_3(x) + log7(x)", "log(x, 3) + log(x, 7)"),
        ("log_{5}(y)", "log(y, 5)"),
        ("log_2 x", "log(x, 2)"),
        ("log_b(x) + log[3](y)", "log(x, b) + log(y, 3)"),
        ("DEXP(x)*dsqrt(y) + ALOG(x)", "exp(x)*sqrt(y) + log(x)"),
        ("DMAX1(x, 0.0) + AMOD(x, 3.0)", "max(x, 0.0) + fmod(x, 3.0)"),
        ("expf(x) + powf(x, 2) + fabs(y)", "exp(x) + x^2 + abs(y)"),
        ("x .gt. 2 ? 1 : 3", "where(x > 2, 1, 3)"),
        ("x <> 2 ? 1 : 3", "where(x != 2, 1, 3)"),
        ("1.25*^-2*x", "1.25e-2*x"),
        ("[0]*exp(-[1]*x)", "p0*exp(-p1*x)"),
        ("sin 60deg", "sin(60°)"),
    ],
)
def test_a_text_of_a_program_means_its_plain_form(text: str, plain: str) -> None:
    assert read(text) == read(plain)


@for_all(
    ("text", "plain"),
    [
        ("sqr(x) + exp10(y)", "square(x) + exp10(y)"),
        ("tg x + ctg(y) + arctg(x)", "tan(x) + cot(y) + atan(x)"),
        ("sh x + ch(y) + th(x)", "sinh(x) + cosh(y) + tanh(x)"),
        ("sen(x) + lg x + lb(x)", "sin(x) + log10(x) + log2(x)"),
        ("avg(x, y)", "mean(x, y)"),
        ("nthRoot(x, 3)", "root(x, 3)"),
        ("fix(x) + rem(x, 2)", "trunc(x) + fmod(x, 2)"),
        ("heav(x)", "step(x)"),
        ("inv_logit(x) + NORMSDIST(x)", "sigmoid(x) + ndtr(x)"),
        ("radians(x) + degrees(y)", "deg2rad(x) + rad2deg(y)"),
        ("ArcTan(x)", "atan(x)"),
        ("WENN(x>0;x;-x) + Potenz(x;2)", "where(x > 0, x, -x) + x^2"),
    ],
)
def test_a_name_from_elsewhere_is_a_function_of_ours(text: str, plain: str) -> None:
    assert read(text) == read(plain)


@for_all("name", ["mean", "step", "sum", "norm", "power", "sh", "th", "PI", "select", "fix", "average"])
def test_such_a_name_is_a_variable_where_it_is_not_called(name: str) -> None:
    assert read(f"({name} - 1)*2", name) == f"mul(add({name}, neg(1)), 2)"


@for_all("name", ["mean", "step", "sum", "norm", "power", "sh", "th", "select", "fix", "average"])
def test_and_needs_no_value_for_that(name: str) -> None:
    assert read(f"({name} - 1)*2") == f"mul(add({name}, neg(1)), 2)"


@for_all(
    ("text", "notes"),
    [
        ("PI*x", ("`PI` was read as pi",)),
        ("45deg + x", ("`45deg` was read as 45°",)),
        ("[0]*x", ("`[0]` was read as the parameter p0",)),
        ("LOG(x)", ("`LOG` is the natural logarithm here; log10(x) is the common one",)),
        (
            "remainder(x, 2)",
            ("`remainder(x, y)` has the sign of y, as in Python; ieee_remainder(x, y) is the one of C",),
        ),
        ("f(x; 2,5)", ()),
    ],
)
def test_a_reading_that_is_not_the_plain_one_is_said(text: str, notes: tuple[str, ...]) -> None:
    assert parse(text.replace("f(", "max("), frozenset()).notes == (notes or ("`2,5` was read as the number 2.5",))


@for_all(
    ("text", "message"),
    [
        (
            "x + 5 mod 3",
            drawn(
                "this could mean two things",
                "x + 5 mod 3",
                "      ^^^",
                "write brackets: `(a + b) mod c` or `a + (b mod c)`",
            ),
        ),
        (
            "sin(30 deg)",
            drawn("`30 deg` could mean two things", "sin(30 deg)", "    ^^^^^^", "write `30°` or `30*deg`"),
        ),
        (
            "2 degrees*x",
            drawn("`2 degrees` could mean two things", "2 degrees*x", "^^^^^^^^^", "write `2°` or `2*degrees`"),
        ),
        ("[2]*x", drawn("`[2]` could mean two things", "[2]*x", "^^^", "write `(2)` or `p2`")),
        ("a[i]*x", drawn("`a[i]` could mean two things", "a[i]*x", "^^^^", "write `a*(i)` or `a_i`")),
        (
            "x if x > 0",
            drawn("`if` is a word here, not a variable", "x if x > 0", "  ^^", "write `where(condition, a, b)`"),
        ),
        ("int(x)", drawn("unknown function `int`", "int(x)", "^^^", "write `floor(x)` or `trunc(x)`")),
        (
            "pow(x)",
            drawn("this takes 2 arguments, not 1", "pow(x)", "^^^^^^", "here it is written `x^y`"),
        ),
        (
            "sum(x)",
            drawn(
                "`sum` takes 2 or more arguments, not 1",
                "sum(x)",
                "^^^^^^",
                "`sum(x, y)`: sum of the arguments, scalars only: write w1*x1 + w2*x2",
            ),
        ),
    ],
)
def test_in_doubt_a_text_is_refused(text: str, message: str) -> None:
    assert complaint(text) == message
