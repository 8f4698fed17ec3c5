"""C++17 with cmath."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivcli.exports.languages import c, curly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.exports.language import CodeFile

_RESERVED = """
    alignas alignof and and_eq asm bitand bitor bool catch char16_t char32_t class compl constexpr const_cast decltype
    delete dynamic_cast explicit export false friend mutable namespace new noexcept not not_eq nullptr operator or or_eq
    private protected public reinterpret_cast static_assert static_cast template this thread_local throw true try typeid
    typename using virtual wchar_t xor xor_eq std
"""


def _write(sheet: CodeFile) -> str:
    head = ["#include <array>", "#include <cmath>", "#include <limits>"]
    return curly.page("//", sheet, head, [*_LAYOUT.functions(sheet), _main(sheet)])


def _matrix(rows: Sequence[Sequence[str]]) -> list[str]:
    return curly.array("{", [f"std::array<double, {len(row)}>{{{', '.join(row)}}}" for row in rows], "}")


def _main(sheet: CodeFile) -> list[str]:
    if not sheet.samples:
        return []
    count, size = len(sheet.parameters), len(sheet.wrt)
    point = ", ".join(f"samples[k][{k}]" for k in range(count))
    whole = 1 + size + ("hessian" in sheet.bodies) * size * size
    calls = [
        f"found[0] = f({point});",
        "int at = 1;",
        f"for (const double slope : gradient({point})) found[at++] = slope;",
    ]
    if "hessian" in sheet.bodies:
        calls.append(f"for (const auto& row : hessian({point}))")
        calls.append("    for (const double slope : row) found[at++] = slope;")
    table = f"static const double samples[][{count + whole}] = {{"
    return curly.c_main(["#include <cstdio>"], "int main()", table, sheet, calls, whole)


_LAYOUT = replace(
    c.LAYOUT,
    heads={
        **c.LAYOUT.heads,
        "gradient": "std::array<double, {count}> gradient({parameters})",
        "hessian": "std::array<std::array<double, {count}>, {count}> hessian({parameters})",
    },
    vector=lambda texts: curly.array("{", texts, "}"),
    matrix=_matrix,
)
LANGUAGE = replace(
    c.LANGUAGE,
    name="cpp",
    write=_write,
    functions={op: f"std::{name}" for op, name in c.FUNCTIONS.items()},
    leaves={
        **c.LANGUAGE.leaves,
        "inf": "std::numeric_limits<double>::infinity()",
        "undefined": "std::numeric_limits<double>::quiet_NaN()",
        "true": "true",
        "false": "false",
    },
    whole="std::pow({0}, {1}.0)",
    power="std::pow({0}, {1})",
    reserved=c.RESERVED | frozenset(_RESERVED.split()),
)
