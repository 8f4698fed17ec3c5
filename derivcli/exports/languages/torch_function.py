"""A `torch.autograd.Function`, as in torch's tutorials: differentiable twice, and fit for vmap."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from derivcli.exports.languages import pythons, torch

if TYPE_CHECKING:
    from derivcli.exports.language import CodeFile

_TESTED = [
    torch.POINT,
    "point = [coordinate.requires_grad_() for coordinate in point]",
    "result = f(*point)",
]


def _write(sheet: CodeFile) -> str:
    f, gradient, *others = pythons.functions(sheet)[len(sheet.helpers) :]
    helpers = pythons.functions(sheet)[: len(sheet.helpers)]
    f = [line.replace("def f(", "def value(", 1) for line in f]
    if f[-1].removeprefix("    return ") in sheet.parameters:  # what torch refuses: to give an input back as it is
        f[-1] += ".clone()"
    made = [*helpers, f, gradient, *others, _class(sheet), ["f = Function.apply"]]
    return pythons.page(sheet, torch.imports(sheet), made, pythons.check(sheet, [*_TESTED, *_found(sheet)]))


def _class(sheet: CodeFile) -> list[str]:
    parameters = ", ".join(sheet.parameters)
    slopes = dict(zip(sheet.wrt, (f"slopes[{k}]" for k in range(len(sheet.wrt))), strict=True))
    returned = [f"grad * {slopes[name]}" if name in slopes else "None" for name in sheet.parameters]
    return [
        "class Function(torch.autograd.Function):",
        "    generate_vmap_rule = True",
        "",
        "    @staticmethod",
        f"    def forward({parameters}):",
        f"        return value({parameters})",
        "",
        "    @staticmethod",
        "    def setup_context(ctx, inputs, output):",
        "        ctx.save_for_backward(*inputs)",
        "",
        "    @staticmethod",
        "    def backward(ctx, grad):",
        "        slopes = gradient(*ctx.saved_tensors)",
        *(f"    {line}" for line in pythons.several(returned, indent=4)),
    ]


def _found(sheet: CodeFile) -> list[str]:
    """Return the lines that let autograd differentiate by the variables that are asked for."""
    by = [f"point[{sheet.parameters.index(name)}]" for name in sheet.wrt]
    moving = "point" if len(by) == len(sheet.parameters) else f"[{', '.join(by)}]"
    hessian = ", *sum(hessian(*point), ())" if "hessian" in sheet.bodies else ""
    return [
        f"slopes = torch.autograd.grad(result, {moving})",
        f"found = (result, *slopes{hessian})",
    ]


LANGUAGE = replace(torch.LANGUAGE, name="torch-function", write=_write)
LANGUAGE = replace(LANGUAGE, reserved=LANGUAGE.reserved | {"value", "Function", "ctx", "grad", "slopes"})
