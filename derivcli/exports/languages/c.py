"""C99 with math.h."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.exports.language import Language, named
from derivcli.exports.languages import curly

if TYPE_CHECKING:
    from derivcli.exports.language import CodeFile

_NAMES = """
    sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh exp exp2 expm1 log log2 log10 log1p sqrt cbrt
    hypot floor ceil trunc fmod erf erfc loggamma:lgamma gamma:tgamma abs:fabs round:nearbyint
    ieee_remainder:remainder
"""
FUNCTIONS = named(_NAMES)
# Words, and what math.h declares, with GNU's additions: no helper may have such a name.
_WORDS = """
    auto break case char const continue default do double else enum extern float for goto if inline int long main
    register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while
    _Bool _Complex _Imaginary result samples pow exp10 pow10 gamma fdim fma fmax fmin frexp ldexp logb ilogb modf nan
    nearbyint nextafter remquo rint round scalb significand drem lround llround printf fprintf div abs INFINITY NAN NULL
"""
RESERVED = frozenset(_WORDS.split()) | frozenset(FUNCTIONS.values())


def _write(sheet: CodeFile) -> str:
    return curly.page("//", sheet, ["#include <math.h>"], [*LAYOUT.functions(sheet), _main(sheet)])


def _main(sheet: CodeFile) -> list[str]:
    count, size = len(sheet.parameters), len(sheet.wrt)
    if not sheet.samples:
        return []
    point = ", ".join(f"samples[k][{k}]" for k in range(count))
    whole = 1 + size + ("hessian" in sheet.bodies) * size * size
    calls = [f"found[0] = f({point});", f"gradient({point}, found + 1);"]
    if "hessian" in sheet.bodies:
        calls.append(f"hessian({point}, (double(*)[{size}])(found + {1 + size}));")
    table = f"static const double samples[][{count + whole}] = {{"
    return curly.c_main(["#include <stdio.h>"], "int main(void)", table, sheet, calls, whole)


LAYOUT = curly.CurlyLayout(
    heads={
        "helper": "static double {name}({parameters})",
        "f": "double f({parameters})",
        "gradient": "void gradient({parameters}, double result[{count}])",
        "hessian": "void hessian({parameters}, double result[{count}][{count}])",
    },
    parameter="double {0}",
    steps=("const double {0} = {1};", "const int {0} = {1};"),
    vector=lambda texts: [f"result[{k}] = {text};" for k, text in enumerate(texts)],
    matrix=lambda rows: [f"result[{i}][{k}] = {text};" for i, row in enumerate(rows) for k, text in enumerate(row)],
)
LANGUAGE = Language(
    name="c",
    write=_write,
    functions=FUNCTIONS,
    leaves={"pi": "3.141592653589793", "e": "2.718281828459045", "inf": "INFINITY", "undefined": "NAN", "true": "1",
            "false": "0"},
    number=repr,
    whole="pow({0}, {1}.0)",
    power="pow({0}, {1})",
    choice="{1} ? {0} : {2}",
    formulas=curly.MOD_BY_FMOD,
    reserved=RESERVED,
    squares=True,
)  # fmt: skip
