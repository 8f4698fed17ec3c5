"""Functions with kinks and jumps."""

from __future__ import annotations

from derivcli.language.catalogue.rows import formula, of

# fmt: off
PIECEWISE = (
    of("abs", "absolute value, also |x|", aliases=("Abs", "fabs"), torch=True,
       smooth=False, partials=("sign(x)",)),
    of("sign", "-1, 0 or 1", aliases=("sgn", "signum"), torch=True, smooth=False,
       partials=("0",)),
    of("floor", "largest integer not above x", torch=True, smooth=False,
       partials=("0",)),
    of("ceil", "smallest integer not below x", aliases=("ceiling",), torch=True,
       smooth=False, partials=("0",)),
    of("round", "nearest integer", torch=True, smooth=False, partials=("0",),
       convention="a half goes to the even neighbour: round(2.5) is 2"),
    formula("trunc", "x without its fraction", "sign(x)*floor(abs(x))", aliases=("fix",), torch=True, smooth=False,
            convention="towards 0: trunc(-2.5) is -2", partials=("0",)),
    formula("frac", "x - floor(x)", "x - floor(x)", smooth=False, partials=("1",),
            convention="never negative: frac(-0.25) is 0.75"),
    of("mod", "remainder of x/y, also x % y", parameters=("x", "y"), aliases=("Mod", "remainder"),
       torch=True, smooth=False, domain="y != 0", partials=("1", "-floor(x/y)"),
       convention="has the sign of y, as in Python: mod(-7, 3) is 2"),
    formula("fmod", "remainder of x/y with the sign of x", "x - y*trunc(x/y)", parameters=("x", "y"),
            torch=True, aliases=("rem",), smooth=False, domain="y != 0", partials=("1", "-trunc(x/y)"),
            convention="as in C: fmod(-7, 3) is -1"),
    formula("ieee_remainder", "remainder of x/y nearest to 0", "x - y*round(x/y)", parameters=("x", "y"),
            smooth=False, domain="y != 0", partials=("1", "-round(x/y)"),
            convention="remainder of C and of Python's math: ieee_remainder(8, 3) is -1"),
    of("floordiv", "floor(x/y), also x // y", parameters=("x", "y"), torch=True, smooth=False, domain="y != 0",
       partials=("0", "0")),
    of("max", "the largest argument", aliases=("Max", "maximum"), parameters=("x", "y"), least=1, most=None,
       torch=True, smooth=False),
    of("min", "the smallest argument", aliases=("Min", "minimum"), parameters=("x", "y"), least=1, most=None,
       torch=True, smooth=False),
    formula("clamp", "x held between a and b", "where(max(x, a) > b, b, where(x < a, a, x))", aliases=("clip",),
            parameters=("x", "a", "b"),
            smooth=False,
            partials=("where(x < a, 0, where(x > b, 0, 1))", "where(x < a, where(a <= b, 1, 0), 0)",
                      "where(max(x, a) > b, 1, 0)")),
    formula("step", "0 below 0, else 1", "where(x >= 0, 1, 0)", aliases=("heav", "unitstep"), smooth=False,
            convention="step(0) is 1; heaviside(0) is 1/2", partials=("0",)),
    of("heaviside", "unit step", aliases=("Heaviside",), torch=True,
       smooth=False, convention="heaviside(0) is 1/2", partials=("0",)),
)
# fmt: on
