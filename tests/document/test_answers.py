"""Answers of the calculator, of each kind, in every format."""

from __future__ import annotations

import json

import pytest

from derivcli.calculator import calculate
from derivcli.document import Canvas, Format, render
from derivcli.model import Jacobian, Request, Result, System, worst
from tests.test_model import refuse_constant, validate

# torch's own forward mode is still built with it.
pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit.script:DeprecationWarning")

POINT = {"x": "3", "y": "4"}
REQUESTS = [
    Request("(1-x)^2+100*(y-x^2)^2", {"x": "1", "y": "1"}, hessian=True),
    Request("x^2*y", None, hessian=True),
    Request("abs(x)*y", {"x": "0", "y": "1"}, hessian=True),
    Request("x^2+y^2=25", POINT, implicit="y", order=2, tangent=True),
    Request("x^2+y^2=25", None, implicit="y", order=2),
    Request("x^2+y^2=25", {"x": "5", "y": "0"}, implicit="y"),
    Request("x^3+y^3=6*x*y", {"x": "0", "y": "0"}, implicit="y"),
    Request("x^2*y", POINT, along={"x": "1", "y": "2"}, order=2),
    Request("abs(x)", {"x": "0"}, along={"x": "1"}),
    Request("sin(x)", {"x": "pi/4"}, taylor=3, near={"x": "1"}),
    Request("abs(x)", {"x": "0"}, taylor=2, near={"x": "1"}),
    Request("x^2*y", POINT, total=True, error={"x": "0.01", "y": "0.02"}, tangent=True),
    Request("abs(x)", {"x": "0"}, total=True, error={"x": "0.1"}, tangent=True),
    Request("tan(exp(x))", {"x": "0.3"}, order=4),
    Request("x^2*y^3", POINT, partial=(("x", "x", "y"),)),
    Request("1/x", {"x": "0"}, order=2),
]


def written(answer: Result | System) -> None:
    """Draw an answer in every format, and hold its JSON against the schema."""
    for form in set(Format) - {Format.PARQUET}:
        assert render(answer, form, Canvas(80)).endswith("\n")
    validate(json.loads(render(answer, Format.JSON), parse_constant=refuse_constant))


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda r: f"{r.expression} {r.at}")
def test_every_kind_of_answer_can_be_written(request_: Request) -> None:
    written(calculate(request_))


def test_several_functions_can_be_written() -> None:
    functions = tuple(calculate(Request(text, POINT, beside=("x", "y"))) for text in ("x*y", "x+sin(y)", "7"))
    rows = tuple(tuple(d.answer for d in function.derivatives) for function in functions)
    written(System(functions, Jacobian(("x", "y"), rows), worst([function.status for function in functions])))
