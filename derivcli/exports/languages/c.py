"""C99 with math.h."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.exports.language import Language
from derivcli.exports.languages import curly

if TYPE_CHECKING:
    from derivcli.exports.language import CodeFile

_NAMES = """
    sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh exp exp2 expm1 log log2 log10 log1p sqrt cbrt
    hypot floor ceil trunc fmod erf erfc loggamma:lgamma gamma:tgamma abs:fabs round:nearbyint
    ieee_remainder:remainder
"""
FUNCTIONS = {name: other or name for name, _, other in (word.partition(":") for word in _NAMES.split())}
# fmod is exact, unlike x - y*floor(x/y); its sign is that of x.
FORMULAS = {
    "mod": "where(fmod(x, y) < 0 and y > 0 or fmod(x, y) > 0 and y < 0, fmod(x, y) + y, fmod(x, y))",
}
# Words, and what math.h declares, with GNU's additions: no helper may have such a name.
_WORDS = """
    auto break case char const continue default do double else enum extern float for goto if inline int long main
    register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while
    _Bool _Complex _Imaginary result samples pow exp10 pow10 gamma fdim fma fmax fmin frexp ldexp logb ilogb modf nan
    nearbyint nextafter remquo rint round scalb significand drem lround llround printf fprintf div abs INFINITY NAN NULL
"""
RESERVED = frozenset(_WORDS.split()) | frozenset(FUNCTIONS.values())


def _write(sheet: CodeFile) -> str:
    count = len(sheet.wrt)
    parameters = ", ".join(f"double {name}" for name in sheet.parameters)
    made = [
        curly.function(f"static double {h.name}({', '.join(f'double {p}' for p in h.parameters)})", STEP, h.body)
        for h in sheet.helpers
    ]
    made.append(curly.function(f"double f({parameters})", STEP, sheet.bodies["f"]))
    gradient = [f"result[{k}] = {text};" for k, text in enumerate(sheet.bodies["gradient"].results)]
    head = f"void gradient({parameters}, double result[{count}])"
    made.append(curly.function(head, STEP, sheet.bodies["gradient"], gradient))
    if "hessian" in sheet.bodies:
        texts = enumerate(sheet.bodies["hessian"].results)
        rows = [f"result[{k // count}][{k % count}] = {text};" for k, text in texts]
        head = f"void hessian({parameters}, double result[{count}][{count}])"
        made.append(curly.function(head, STEP, sheet.bodies["hessian"], rows))
    return curly.page("//", sheet, ["#include <math.h>"], [*made, _main(sheet)])


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


STEP = "const double {0} = {1};", "const int {0} = {1};"
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
    formulas=FORMULAS,
    reserved=RESERVED,
    squares=True,
)  # fmt: skip
