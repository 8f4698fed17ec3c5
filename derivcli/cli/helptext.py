"""What the help and the man page say beside the options, and what is said where nothing is asked."""

from __future__ import annotations

from derivcli.errors import UsageError

SUMMARY = "Differentiate an expression, and say how far the answer can be trusted."
EXPRESSION = "What to differentiate; several make a Jacobian; - or none reads stdin."

EXAMPLES = (
    ('deriv "5*x**4+3*x**3" --at x=2', "the numbers, checked three ways"),
    ('deriv "u^3 + v^2 + 4u*v" --at u=3,v=4', "all partial derivatives"),
    ('deriv "abs(x)" --at x=0', "a corner: no derivative"),
    ('deriv "sin(x)^2/x"', "the derivative as a formula"),
    ('deriv "x^2*y" --at x=2,y=3 --json', "for other programs"),
    ('deriv "x^3*exp(x)" --at x=1 --order 4', "up to the fourth derivative"),
    ('deriv "x*y" "x+sin(y)" --at x=1,y=2', "two functions: their Jacobian"),
    ('deriv "x^2+y^2=25" --at x=3,y=4 --implicit y', "the slope of a curve"),
    ('deriv "x^2" --at x=0:1:11', "a table of eleven points"),
    ('deriv "sin(x)" --points data.csv --csv', "a row for each row of a file"),
    ('deriv "x^3-3x" --plot', "a picture"),
    ("deriv --functions bessel", "functions that match a word"),
)
READ = "A text is read as on paper, and a note says what could surprise:"
READINGS = (
    ("5x^4, x(x+1), (x+1)2", "products"),
    ("1/2x", "(1/2)*x"),
    ("sin 2x cos 3x", "sin(2*x)*cos(3*x)"),
    ("sin x^2, sin^2 x", "sin(x^2), sin(x)^2"),
    ("ln x/x", "ln(x)/x"),
    ("xsinx, 2xe^(3x)", "x*sin(x), 2*x*e^(3*x)"),
    ("ax^2+bx", "a*x^2 + b*x"),
    ("cost, mass, x_1, RT", "one name each"),
    ("d/dx x^2, (x^2)'", "the derivative that is asked"),
    ("e^2x, sin 2*x", "refused, with both forms"),
)
EXIT_CODES = {
    0: "all agree",
    1: "a number differs or is unverified",
    2: "usage",
    3: "cannot be read",
    4: "no derivative there",
    5: "a limit was reached",
}
# In short, for a call without an expression.
GREETING = """\
deriv differentiates an expression, and says how far the answer can be trusted:

  deriv "x^2 sin(x)"                     the derivative as a formula
  deriv "5x^4 + 3x^3" --at x=2           the numbers, checked three ways
  deriv "u^3 + v^2 + 4u*v" --at u=3,v=4  all partial derivatives
  deriv "1/x" --at x=1:2:11              a table of many points
  echo "x^2" | deriv --at x=3 -q         the number alone, for a script

deriv --help shows all options, deriv --manual explains them"""
_GAP = 2  # blanks between the columns


class NothingAskedError(UsageError):
    """There is no expression: neither a word nor anything piped in.

    It is an error on a terminal too: a script whose `deriv $EXPRESSION` has become `deriv` is no success.
    """

    def __init__(self) -> None:
        super().__init__("there is no expression", hint='give one in quotes: deriv "x^2" --at x=3')


def help_text() -> str:
    """Return what stands above the options."""
    blocks = (columns(EXAMPLES), [READ, *columns(READINGS)], _exit_codes())
    # \b keeps typer from filling the lines of a block
    return "\n\n".join((SUMMARY, *("\n".join(("\b", *lines)) for lines in blocks)))


def _exit_codes() -> list[str]:
    """Return two lines, which break between two codes."""
    codes = [f"{code} {meaning}" for code, meaning in EXIT_CODES.items()]
    half = len(codes) // 2
    return [f"Exit codes: {', '.join(codes[:half])},", f"{', '.join(codes[half:])}."]


def columns(rows: tuple[tuple[str, str], ...]) -> list[str]:
    """Return a line for each row, its parts one below the other."""
    width = max(len(left) for left, _ in rows) + _GAP
    return [f"{left:{width}}{right}" for left, right in rows]
