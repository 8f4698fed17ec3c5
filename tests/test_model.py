"""The JSON contract: strict, described by its schema, and read back without loss."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

from derivcli.model import (
    Cause,
    CauseKind,
    Coefficient,
    Contribution,
    Derivative,
    Dtype,
    Hessian,
    Implicit,
    Jacobian,
    Kind,
    Near,
    PointKind,
    Result,
    Sides,
    SpotCheck,
    Status,
    System,
    Tangent,
    Taylor,
    Total,
    Value,
    worst,
)
from derivcli.model.graph import Arrival, Edge, Graph, Leaf, Operation, Saved
from derivcli.model.values import Heading, directional
from tests.every import examples, for_all
from tests.schema import definitions

if TYPE_CHECKING:
    from derivcli.model.views import Matrix

SCHEMA = json.loads((files("derivcli") / "result.schema.json").read_text(encoding="utf-8"))
RESULT = Draft202012Validator(SCHEMA)
ERROR = Draft202012Validator({"$ref": "#/$defs/error", "$defs": SCHEMA["$defs"]})


def validate(data: Any) -> None:
    """Hold a JSON object against the schema of results."""
    RESULT.validate(data)


def refuse_constant(word: str) -> NoReturn:
    """Stand in for `json`'s reader of NaN and Infinity: strict JSON has neither."""
    raise ValueError(word)


def through_json(result: Result | System) -> Any:
    return json.loads(json.dumps(result.to_dict(), allow_nan=False), parse_constant=refuse_constant)


names = st.text("abcxyz_αβ", min_size=1, max_size=5)
numbers = st.none() | st.floats()
finite = st.floats(allow_nan=False, allow_infinity=False)
texts = st.none() | st.text(max_size=20)
statuses = st.sampled_from(Status)
places = st.integers(0, 99)
sides = st.builds(Sides, left=numbers, right=numbers)
value_fields: dict[str, Any] = {
    **dict.fromkeys(("answer", "autograd", "symbolic", "quotient", "abs_error", "rel_error"), numbers),
    "status": st.none() | statuses,
    "kind": st.none() | st.sampled_from(Kind),
    "digits": texts,
    "note": texts,
    "limit": st.none() | sides,
    "cause": st.none() | st.builds(Cause, st.sampled_from(CauseKind), names, st.none() | st.tuples(places, places)),
    "rewrite": texts,
    "exact": texts,
}
derivatives = st.builds(
    Derivative,
    **value_fields,
    wrt=st.lists(names, min_size=1, max_size=3).map(tuple),
    name=st.text(max_size=9).map("df/d".__add__),
    expression=texts,
    latex=texts,
    left=numbers,
    right=numbers,
    along=st.none() | st.dictionaries(names, finite, max_size=3),
)
known = st.none() | finite
several = st.lists(names, unique=True, min_size=1, max_size=3).map(tuple)
points = st.dictionaries(names, finite, max_size=3)


def matrices(rows: int, columns: int) -> st.SearchStrategy[Matrix]:
    return st.tuples(*[st.tuples(*[known] * columns)] * rows)


hessians = several.flatmap(
    lambda variables: st.builds(
        Hessian,
        st.just(variables),
        matrices(len(variables), len(variables)),
        st.none() | st.lists(finite, max_size=3).map(tuple),
        st.none() | st.sampled_from(PointKind).map(str),
        st.none() | st.booleans(),
    )
)
sentences = st.text(min_size=1, max_size=20)
taylors = st.builds(
    Taylor,
    order=st.integers(0, 9),
    polynomial=texts,
    latex=texts,
    coefficients=st.lists(st.builds(Coefficient, several, known, texts), max_size=3).map(tuple),
    near=st.none() | st.builds(Near, points, known, known, known),
)
totals = st.builds(
    Total,
    differential=sentences,
    at_point=texts,
    uncertainty=known,
    contributions=st.lists(
        st.builds(Contribution, names, st.floats(0, allow_infinity=False), known, known), max_size=3
    ).map(tuple),
)
ordinals = st.integers(1, 99)
edges = st.builds(Edge, st.none() | ordinals, st.none() | names, numbers, texts, numbers)
kept = st.builds(Saved, names, st.floats() | st.integers(0, 9) | st.booleans())
arrivals = st.builds(Arrival, st.none() | ordinals, st.floats())
graphs = st.builds(
    Graph,
    expression=sentences,
    of=sentences,
    order=ordinals,
    at=points,
    dtype=st.sampled_from(Dtype),
    torch=sentences,
    value=st.floats(),
    root=st.none() | ordinals | names,
    operations=st.lists(
        st.builds(
            Operation, ordinals, sentences, sentences, numbers, numbers,
            st.lists(kept, max_size=2).map(tuple), st.lists(edges, max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    leaves=st.lists(
        st.builds(
            Leaf, names, finite, st.booleans(), st.booleans(), numbers,
            st.lists(arrivals, max_size=2).map(tuple), numbers,
        ),
        max_size=2,
    ).map(tuple),
    notes=st.lists(st.text(), max_size=2).map(tuple),
)  # fmt: skip
results = st.builds(
    Result,
    expression=st.text(),
    read_as=st.text(),
    variables=st.lists(names, unique=True, max_size=4).map(tuple),
    at=st.none() | st.dictionaries(names, finite, max_size=3),
    value=st.builds(Value, **value_fields),
    derivatives=st.lists(derivatives, max_size=3).map(tuple),
    status=statuses,
    at_text=st.none() | st.dictionaries(names, st.text(), max_size=3),
    latex=texts,
    spot_checks=st.none()
    | st.lists(st.builds(SpotCheck, at=st.dictionaries(names, finite, min_size=1), status=statuses), max_size=3).map(
        tuple
    ),
    notes=st.lists(st.text(), max_size=3).map(tuple),
    readings=st.lists(st.text(), max_size=3).map(tuple),
    limit_reached=texts,
    schema_version=st.just(1),
    hessian=st.none() | hessians,
    implicit=st.none() | st.builds(Implicit, names, known),
    tangent=st.none() | st.builds(Tangent, sentences, sentences, st.lists(finite, max_size=3).map(tuple)),
    taylor=st.none() | taylors,
    total=st.none() | totals,
    graph=st.none() | graphs,
)
systems = st.tuples(st.lists(results, min_size=1, max_size=3).map(tuple), several).flatmap(
    lambda parts: st.builds(
        System,
        functions=st.just(parts[0]),
        jacobian=st.none() | st.builds(Jacobian, st.just(parts[1]), matrices(len(parts[0]), len(parts[1]))),
        status=statuses,
        schema_version=st.just(1),
    )
)


@examples(20, 300)
@given(results)
def test_every_result_comes_back_from_strict_json_as_it_was(result: Result) -> None:
    assert repr(Result.from_dict(through_json(result))) == repr(result)


@examples(20, 300)
@given(results)
def test_every_result_fits_the_schema(result: Result) -> None:
    validate(through_json(result))


@examples(20, 300)
@given(systems)
def test_every_system_fits_the_schema_and_comes_back(system: System) -> None:
    data = through_json(system)
    validate(data)
    assert repr(System.from_dict(data)) == repr(system)


def test_the_schema_is_that_of_the_dataclasses() -> None:
    made = definitions()
    assert {name: SCHEMA["$defs"][name] for name in made} == made
    assert SCHEMA["$defs"].keys() - made.keys() == {"row", "unreadable", "line", "error"}


def test_the_schema_itself_is_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def plain() -> dict[str, Any]:
    result = Result(
        "x",
        "x",
        ("x",),
        {"x": 1.0},
        Value(),
        (Derivative(wrt=("x",), name="df/dx"),),
        Status.AGREE,
        at_text={"x": "1"},
    )
    data: dict[str, Any] = result.to_dict()
    return data


def without(data: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != key}


@for_all("key", plain())
def test_no_field_of_a_result_may_be_missing(key: str) -> None:
    with pytest.raises(ValidationError):
        validate(without(plain(), key))


@pytest.mark.parametrize("part", ["value", "derivative"])
def test_no_field_of_a_number_may_be_missing(part: str) -> None:
    data = plain()
    whole = data["value"] if part == "value" else data["derivatives"][0]
    for key in whole:
        changed = without(whole, key)
        with pytest.raises(ValidationError):
            validate({**data, "value": changed} if part == "value" else {**data, "derivatives": [changed]})


@pytest.mark.parametrize(
    "change",
    [
        {"surprise": 1},
        {"status": "fine"},
        {"schema_version": 2},
        {"at": {"x": "1"}},
        {"variables": ["x", "x"]},
        {"spot_checks": [{"at": {"x": 1.0}}]},
    ],
)
def test_the_schema_refuses_what_is_not_in_the_contract(change: dict[str, Any]) -> None:
    validate(plain())
    with pytest.raises(ValidationError):
        validate({**plain(), **change})


def test_a_special_word_needs_its_number_to_be_null() -> None:
    value = plain()["value"]
    validate({**plain(), "value": {**value, "autograd_special": "nan"}})
    with pytest.raises(ValidationError):
        validate({**plain(), "value": {**value, "autograd": 1.0, "autograd_special": "nan"}})


def test_the_schema_knows_every_status_and_kind() -> None:
    assert SCHEMA["$defs"]["status"]["enum"] == list(Status)
    assert SCHEMA["$defs"]["kind"]["enum"] == list(Kind)


VIEWS: dict[str, Any] = {
    "hessian": Hessian(("x",), ((2.0,),), (2.0,), "minimum", True),
    "implicit": Implicit("y", 0.5),
    "tangent": Tangent("y = 1", "x = 1", (0.0, -1.0)),
    "taylor": Taylor(0, "1", "1", (Coefficient((), 1.0, "1"),), Near({"x": 1.0}, 1.0, 1.0, 0.0)),
    "total": Total("df = dx", "df = dx", 0.1, (Contribution("x", 0.1, 0.1, 1.0),)),
}


@pytest.mark.parametrize("name", VIEWS)
def test_no_field_of_a_view_may_be_missing_or_strange(name: str) -> None:
    view = VIEWS[name].to_dict()
    validate({**plain(), name: view})
    for changed in ({**view, "surprise": 1}, *(without(view, key) for key in view)):
        with pytest.raises(ValidationError):
            validate({**plain(), name: changed})


@pytest.mark.parametrize(
    "change",
    [{"functions": []}, {"functions": [{}]}, {"surprise": 1}, {"jacobian": {}}, {"schema_version": 2}],
)
def test_the_schema_refuses_what_is_no_system(change: dict[str, Any]) -> None:
    system = {"schema_version": 1, "functions": [plain()], "jacobian": None, "status": "agree"}
    validate(system)
    with pytest.raises(ValidationError):
        validate({**system, **change})


def test_the_schema_knows_every_kind_of_stationary_point() -> None:
    assert SCHEMA["$defs"]["hessian"]["properties"]["point"]["enum"] == [*PointKind, None]


def test_the_schema_describes_errors_too() -> None:
    error: dict[str, Any] = {
        "kind": "syntax",
        "message": "unknown function `sine`",
        "span": [2, 6],
        "source": "3*sine(x)",
        "hint": None,
        "suggestions": ["sin"],
    }
    ERROR.validate({"schema_version": 1, "error": error})
    ERROR.validate({"schema_version": 1, "error": {**error, "span": None, "source": None, "hint": "so"}})
    for change in ({"span": [2]}, {"span": [1, 2, 3]}, {"message": ""}, {"more": 1}):
        with pytest.raises(ValidationError):
            ERROR.validate({"schema_version": 1, "error": {**error, **change}})


def test_the_worst_status_is_the_most_severe_one() -> None:
    assert worst([]) is Status.AGREE
    assert worst([Status.DIFFER, Status.UNDEFINED, Status.AGREE]) is Status.UNDEFINED
    assert worst([Status.UNVERIFIED, Status.DIFFER]) is Status.DIFFER


@pytest.mark.parametrize(
    ("heading", "order", "name"),
    [(Heading.GIVEN, 1, "D_v f"), (Heading.UNIT, 1, "D_u f"), (Heading.GIVEN, 12, "D_v^12 f")],
)
def test_a_directional_derivative_tells_by_its_name_which_one_it_is(heading: Heading, order: int, name: str) -> None:
    assert directional(heading, order) == name
    derivative = Derivative(wrt=("x", "y"), name=name, along={"x": 3.0, "y": 4.0})
    assert (derivative.heading, derivative.order) == (heading, order)


def test_a_partial_derivative_has_no_direction_and_the_order_of_its_variables() -> None:
    derivative = Derivative(wrt=("x", "x", "y"), name="d3f/dx2dy")
    assert (derivative.heading, derivative.order) == (None, 3)
