"""Rust, with what f64 has by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derivcli.exports.language import Language
from derivcli.exports.languages import curly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.exports.language import CodeFile

_METHODS = """
    sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp exp2 exp_m1:expm1 ln:log log2 log10 ln_1p:log1p sqrt
    cbrt abs floor ceil trunc round_ties_even:round to_radians:deg2rad to_degrees:rad2deg
"""
_WIDTH = 100  # columns, rustfmt's
_LONGEST_CHOICE = 50  # columns of a choice in one line, rustfmt's
_RESERVED = """
    as async await break const continue crate dyn else enum extern false fn for gen if impl in let loop match mod move
    mut pub ref return self Self static struct super trait true type unsafe use where while abstract become box do final
    macro override priv try typeof unsized virtual yield f64 std
"""


def _write(sheet: CodeFile) -> str:
    step, count = ("let {0} = {1};",) * 2, len(sheet.wrt)
    parameters = ", ".join(f"{name}: f64" for name in sheet.parameters)
    made = []
    for h in sheet.helpers:
        head = f"fn {h.name}({', '.join(f'{name}: f64' for name in h.parameters)}) -> f64"
        made.append(curly.function(head, step, h.body, [h.body.results[0]]))
    f, gradient = sheet.bodies["f"], sheet.bodies["gradient"]
    made.append(curly.function(f"pub fn f({parameters}) -> f64", step, f, [f.results[0]]))
    array = curly.array("[", gradient.results, "]", "", "")
    made.append(curly.function(f"pub fn gradient({parameters}) -> [f64; {count}]", step, gradient, array))
    if "hessian" in sheet.bodies:
        body = sheet.bodies["hessian"]
        rows = [curly.array("[", body.results[k : k + count], "]", "", "") for k in range(0, count * count, count)]
        head = f"pub fn hessian({parameters}) -> [[f64; {count}]; {count}]"
        made.append(curly.function(head, step, body, _rows(rows)))
    is_plain = all(name == name.lower() for name in (*sheet.parameters, *(h.name for h in sheet.helpers)))
    allowed = [] if is_plain else ["#![allow(non_snake_case)]"]
    return curly.page("//", sheet, allowed, [*map(_laid_out, made), curly.in_comments("//", sheet)])


def _rows(rows: Sequence[list[str]]) -> list[str]:
    """Return the lines of an array of arrays."""
    if all(len(row) == 1 for row in rows):
        return curly.array("[", [row[0] for row in rows], "]", "", "")
    inside = [f"    {line}" for row in rows for line in (*row[:-1], f"{row[-1]},")]
    return ["[", *inside, "]"]


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


LANGUAGE = Language(
    name="rust",
    write=_write,
    functions={
        **{op or name: f"{{0}}.{name}()" for name, _, op in (word.partition(":") for word in _METHODS.split())},
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
    formulas={"mod": "where(fmod(x, y) < 0 and y > 0 or fmod(x, y) > 0 and y < 0, fmod(x, y) + y, fmod(x, y))"},
    reserved=frozenset(_RESERVED.split()),
    is_ascii=True,
    receiver="_f64",
    squares=True,
)
