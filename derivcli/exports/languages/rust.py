"""Rust, with what f64 has by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.exports.language import Language, named
from derivcli.exports.languages import curly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.exports.language import CodeFile

_METHODS = """
    sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp exp2 expm1:exp_m1 log:ln log2 log10 log1p:ln_1p sqrt
    cbrt abs floor ceil trunc round:round_ties_even deg2rad:to_radians rad2deg:to_degrees
"""
_WIDTH = 100  # columns, rustfmt's
_LONGEST_CHOICE = 50  # columns of a choice in one line, rustfmt's
_RESERVED = """
    as async await break const continue crate dyn else enum extern false fn for gen if impl in let loop match mod move
    mut pub ref return self Self static struct super trait true type unsafe use where while abstract become box do final
    macro override priv try typeof unsized virtual yield f64 std
"""


def _write(sheet: CodeFile) -> str:
    made = [*map(_laid_out, _LAYOUT.functions(sheet)), curly.in_comments("//", sheet)]
    is_plain = all(name == name.lower() for name in (*sheet.parameters, *(h.name for h in sheet.helpers)))
    return curly.page("//", sheet, [] if is_plain else ["#![allow(non_snake_case)]"], made)


def _vector(texts: Sequence[str]) -> list[str]:
    return curly.array("[", texts, "]", "", "")


def _matrix(rows: Sequence[Sequence[str]]) -> list[str]:
    arrays = [_vector(row) for row in rows]
    if all(len(lines) == 1 for lines in arrays):
        return _vector([lines[0] for lines in arrays])
    return ["[", *(f"    {line}" for lines in arrays for line in (*lines[:-1], f"{lines[-1]},")), "]"]


def _laid_out(lines: Sequence[str]) -> list[str]:
    """Return the lines of a function, with its head and each choice as rustfmt has them."""
    head, *others = lines
    if len(head) > _WIDTH:
        name, _, rest = head.partition("(")
        inside, _, result = rest.partition(")")
        head = "\n".join([f"{name}(", *(f"    {parameter}," for parameter in inside.split(", ")), f"){result}"])
    return [head, *(part for line in others for part in _in_lines(line))]


def _in_lines(line: str) -> list[str]:
    bare = line.strip()
    indent, value = line[: len(line) - len(bare)], bare.removeprefix(bare.partition(" = ")[0] + " = ")
    is_short = len(value.rstrip(";,")) <= _LONGEST_CHOICE and " else if " not in value
    if not value.startswith("if ") or (is_short and (value != bare or value.endswith(","))):
        return [line]
    found, depth, start = [f"{indent}{bare.removesuffix(value)}"], 0, 0
    for place, sign in enumerate(value):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "{" and depth == 1:
            found[-1] += f"{value[start:place].strip()} {{"
            start = place + 1
        elif sign == "}" and not depth:
            found += [*_in_lines(f"{indent}    {value[start:place].strip()}"), f"{indent}}}"]
            found[-1] += " " if value[place + 1 :].strip(" ;,") else ""
            start = place + 1
    return [*found[:-1], found[-1] + value[start:].strip()]


def _number(value: float) -> str:
    return repr(value).replace("e+", "e")


_LAYOUT = curly.CurlyLayout(
    heads={
        "helper": "fn {name}({parameters}) -> f64",
        "f": "pub fn f({parameters}) -> f64",
        "gradient": "pub fn gradient({parameters}) -> [f64; {count}]",
        "hessian": "pub fn hessian({parameters}) -> [[f64; {count}]; {count}]",
    },
    parameter="{0}: f64",
    steps=("let {0} = {1};",) * 2,
    vector=_vector,
    matrix=_matrix,
    result="{0}",
)
LANGUAGE = Language(
    name="rust",
    write=_write,
    functions={
        **named(_METHODS, "{{0}}.{}()"),
        "atan2": "f64::atan2({0}, {1})",
        "hypot": "f64::hypot({0}, {1})",
        "fmod": "{0} % {1}",
    },
    leaves={
        "pi": "std::f64::consts::PI",
        "e": "std::f64::consts::E",
        "inf": "f64::INFINITY",
        "undefined": "f64::NAN",
        "true": "true",
        "false": "false",
    },
    number=_number,
    whole="{0}.powi({1})",
    power="f64::powf({0}, {1})",
    choice="if {1} {{ {0} }} else {{ {2} }}",
    chained="if {1} {{ {0} }} else {2}",
    formulas=curly.MOD_BY_FMOD,
    reserved=frozenset(_RESERVED.split()),
    is_ascii=True,
    receiver="_f64",
    squares=True,
)
