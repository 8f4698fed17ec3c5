r"""Cases, and rows that say nothing."""

from __future__ import annotations

from tests.every import for_all
from tests.language import complaint, drawn
from tests.language.meanings import meaning


@for_all(
    ("rows", "plain"),
    [
        (r"x & x<1 \\ 1 & x\ge 1", "piecewise(x, x<1, 1, x>=1)"),
        (r"x & \text{if } x<1 \\ 1 & \text{otherwise}", "where(x<1, x, 1)"),
        (r"x, & \text{if } x<1, \\ 1, & \text{otherwise.}", "where(x<1, x, 1)"),
        (r"x, & x \neq 0 \\ 1, & x=0 \\", "piecewise(x, x!=0, 1, x==0)"),
        (r"x & \text{for}\: x\lt 1 \\[4pt] 1 & \text{else}", "where(x<1, x, 1)"),
        (r"x & \mbox{if $x<1$} \\ 1 & \mbox{otherwise}", "where(x<1, x, 1)"),
        (r"x & 0\le x<1 \\ 0 & \text{else}", "where(0<=x<1, x, 0)"),
        (r"x & x<1 \text{ and } x>0 \\ 0 &", "where(x<1 and x>0, x, 0)"),
        (r"x, x<1 \\ 1, x\geq1", "piecewise(x, x<1, 1, x>=1)"),
        (r"x \text{ if } x<1 \\ 1 \text{ otherwise}", "where(x<1, x, 1)"),
        (r"x & \neg(x<1) \wedge x<3 \\ 1 & \text{True}", "where(not (x<1) and x<3, x, 1)"),
        (r"x & if x<1 \\ 1 & otherwise", "where(x<1, x, 1)"),
        (r"x^2+\frac{1}{2} & x<1", "piecewise(x^2+1/2, x<1)"),
    ],
)
@for_all(
    "around",
    [
        r"\begin{cases} %s \end{cases}",
        r"\left\{ \begin{array}{ll} %s \end{array} \right.",
        r"f(x)=\begin{dcases}%s\end{dcases}",
        r"2\begin{cases} %s \end{cases}",
    ],
)
def test_cases_are_formulas_with_their_conditions(rows: str, plain: str, around: str) -> None:
    factor = "2*" if around.startswith("2") else ""
    assert meaning(around % rows) == meaning(factor + plain)


@for_all(
    ("text", "message"),
    [
        (
            r"\begin{cases} x & x<1 \\ 1 & \text{otherwise} \\ 2 & x>3 \end{cases}",
            drawn(
                "a row follows the last one",
                r"\begin{cases} x & x<1 \\ 1 & \text{otherwise} \\ 2 & x>3 \end{cases}",
                " " * 49 + "^",
                r"`\text{otherwise}` ends the cases",
            ),
        ),
        (
            r"\begin{cases} x & x<1",
            drawn(r"`\begin{cases}` is never closed", r"\begin{cases} x & x<1", "^" * 13),
        ),
        (
            r"\begin{cases} x & x<1 \end{array}",
            drawn(r"`\begin{cases}` is closed by `\end{array}`", r"\begin{cases} x & x<1 \end{array}", "^" * 13),
        ),
        (
            r"\begin{aligned} x \\ y \end{aligned}",
            drawn(
                "a second row starts here",
                r"\begin{aligned} x \\ y \end{aligned}",
                " " * 18 + "^^",
                "give one formula at a time",
            ),
        ),
        (
            r"x \text{ if } x > 0",
            drawn(
                r"`\text{ if }` has no meaning here",
                r"x \text{ if } x > 0",
                "  ^^^^^^^^^^^",
                r"cases are written `\begin{cases} a & x < 0 \\ b & \text{otherwise} \end{cases}`",
            ),
        ),
        (
            r"\begin{cases} x & x \\ 1 & x<2 \end{cases}",
            drawn(
                "this must be a condition, not a number",
                r"\begin{cases} x & x \\ 1 & x<2 \end{cases}",
                " " * 18 + "^",
                "`piecewise(a, condition, otherwise)`",
            ),
        ),
        (
            r"\begin{tabular} x \end{tabular}",
            drawn(
                r"unknown command `\begin{tabular}`",
                r"\begin{tabular} x \end{tabular}",
                "^" * 15,
                r"write a function as `\sin` or `\operatorname{...}`",
            ),
        ),
    ],
)
def test_rows_that_do_not_fit_are_refused(text: str, message: str) -> None:
    assert complaint(text) == message
