"""Many points answered: curves known by hand, kinks and gaps, what is asked of the witnesses and what is made of it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from derivcli import many
from derivcli.errors import DerivError, PointError
from derivcli.many import choice
from derivcli.many.run import Conclusion
from derivcli.model import Dtype, Status
from derivcli.model.choices import Form, Verify
from derivcli.points.arrays import Arrays
from derivcli.points.files import open_points
from derivcli.witnesses import client
from tests.many import Told, drafted, is_sure, planned, told, told_of

if TYPE_CHECKING:
    from collections.abc import Sequence

NAN = float("nan")


def on_range(count: int) -> list[float]:
    """Return the points of -10:10:count, as fractions rounded once."""
    return [(-10 * (count - 1) + 20 * i) / (count - 1) for i in range(count)]


@pytest.mark.parametrize("count", [1000, 10])
def test_x_squared_has_its_value_and_slope_at_every_point(count: int) -> None:
    found = told("x^2", f"x=-10:10:{count}")
    xs = on_range(count)
    assert found.status == ["agree"] * count
    assert found.column(0).tolist() == pytest.approx([x * x for x in xs], rel=1e-15, abs=0)
    assert found.column(1).tolist() == [2 * x for x in xs]


@pytest.mark.parametrize("count", [1000, 10])
@pytest.mark.parametrize("text", ["relu(x)", "max(x, 0)", "where(x > 0, x, 0)"])
def test_relu_has_its_value_and_slope_at_every_point(text: str, count: int) -> None:
    found = told(text, f"x=-10:10:{count}")
    xs = on_range(count)
    assert found.status == ["agree"] * count
    assert found.column(0).tolist() == [x if x > 0 else 0.0 for x in xs]
    assert found.column(1).tolist() == [1.0 if x > 0 else 0.0 for x in xs]


def test_the_kink_of_relu_is_found_among_a_thousand_points() -> None:
    found = told("relu(x)", "x=-10:10:1001")
    assert found.status == ["agree"] * 500 + ["not_differentiable"] + ["agree"] * 500
    assert found.column(0)[500] == 0
    assert np.isnan(found.column(1)[500])
    (slope,) = found.results[500].derivatives
    assert (slope.left, slope.right) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("text", "kinks"),
    [
        ("abs(x - 0.3) + abs(x + 0.7)", [0.3, -0.7]),
        ("floor(x)", [float(x) for x in range(-2, 3)]),
        ("max(x, x^2)", [0.0, 1.0]),
        ("min(x, 1, x^2)", [0.0, 1.0]),
        ("cbrt(x - 1)", [1.0]),
        ("sqrt(abs(x))", [0.0]),
        ("where(x < 1.5, x, 3 - x)", [1.5]),
        ("x^2", []),
        ("x*abs(x)", []),
    ],
)
def test_every_kink_on_a_grid_is_found(text: str, kinks: Sequence[float]) -> None:
    found = told(text, "x=-2:2:401")
    places = [k for k, status in enumerate(found.status) if status != "agree"]
    assert [(-800 + 4 * k) / 400 for k in places] == sorted(kinks)
    assert {found.status[k] for k in places} <= {"not_differentiable"}


@pytest.mark.parametrize(("text", "end"), [("x^1.1+x^1.2", 0), ("(1-x)^1.1+(1-x)^1.2", -1)])
def test_the_row_where_f_ends_does_not_agree(text: str, end: int) -> None:
    found = told(text, "x=0:1:11")
    assert found.status[end] == "not_differentiable"
    assert np.isnan(found.column(1)[end])
    assert found.status.count("agree") == 10


def test_points_outside_the_domain_are_undefined_without_a_look_at_each() -> None:
    found = told("log(x)", "x=-1:1:201")
    assert found.status == ["undefined"] * 101 + ["agree"] * 100
    assert np.isnan(found.column(0)[:101]).all()
    assert np.isnan(found.column(1)[:101]).all()
    assert found.column(1)[101:] == pytest.approx([100 / k for k in range(1, 101)], rel=1e-15)
    assert len(found.results) < 60
    said = {found.notes[k] for k in range(101) if k not in found.results}
    assert said == {"f has no real value here"}


@pytest.mark.parametrize(
    ("text", "x", "kind"),
    [("1/x", 0.0, "pole"), ("sin(x)/x", 0.0, "removable"), ("1/(x - 1)^2", 1.0, "pole"), ("log(abs(x))", 0.0, "pole")],
)
def test_a_gap_between_good_points_is_looked_at(text: str, x: float, kind: str) -> None:
    found = told(text, "x=-10:10:1001")
    place = round((x + 10) * 50)
    assert found.status == ["agree"] * place + ["undefined"] + ["agree"] * (1000 - place)
    assert found.results[place].value.kind == kind


def test_several_variables_make_a_grid_in_row_major_order() -> None:
    found = told("x^2*y", "x=1,2", "y=0:3:4")
    points = [(x, y) for x in (1, 2) for y in range(4)]
    assert found.column(0).tolist() == [x * x * y for x, y in points]
    assert found.column(1).tolist() == [2 * x * y for x, y in points]
    assert found.column(2).tolist() == [x * x for x, y in points]


def test_a_value_for_all_points_is_a_variable_too() -> None:
    found = told("t*x", "x=1:3:3", "t=2")
    assert [found.column(k).tolist() for k in range(3)] == [[2, 4, 6], [1, 2, 3], [2, 2, 2]]
    assert set(found.status) == {"agree"}


def test_the_point_is_what_was_typed() -> None:
    assert told("abs(x - 0.1)", "x=0.1,0.2,0.3").status == ["not_differentiable", "agree", "agree"]
    assert told("floor(3*x)", "x=1/3,0.5").status == ["not_differentiable", "agree"]


class Asked:
    """Counts the points that the witnesses are asked about."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.points: list[choice.Texts] = []
        self.sizes: list[int] = []
        self._asked = choice._asked
        monkeypatch.setattr(choice, "_asked", self)

    def __call__(self, plan: Any, points: Sequence[choice.Texts], *more: Any) -> Any:
        self.points += points
        self.sizes.append(len(points))
        return self._asked(plan, points, *more)


def test_a_point_that_comes_again_is_asked_about_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    found = told_of("abs(x)", Arrays({"x": [0.0, 1.0] * 500}))
    assert found.status == ["not_differentiable", "agree"] * 500
    assert sorted(point["x"] for point in asked.points) == ["0.0", "1.0"]
    assert len(found.results) >= 500


def test_what_is_known_is_forgotten_before_it_takes_too_much_room(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    monkeypatch.setattr(choice, "_MOST_KNOWN", 10)
    found = told("x^2", "x=1:40:40", verify=Verify.ALL)
    assert (len(found.results), len(asked.points)) == (40, 40)
    assert found.status == ["agree"] * 40


def test_questions_go_to_the_witnesses_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    told("x^2", "x=1:300:300", verify=Verify.ALL)
    assert asked.sizes == [128, 128, 44]


def test_a_sure_row_that_the_witnesses_contradict_makes_all_others_doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    def contradicted(plan: Any, points: Sequence[choice.Texts], *more: Any) -> Any:
        return [replace(result, status=Status.DIFFER) for result in asked(plan, points, *more)]

    asked = choice._asked
    monkeypatch.setattr(choice, "_asked", contradicted)
    found = told("x^2", "x=1:100:100")
    assert set(found.status) == {"differ", "unverified"}
    notes = {found.notes[k] for k, status in enumerate(found.status) if status == "unverified"}
    assert notes == {"not sure: the witnesses found a wrong number in another row"}


def test_a_contradiction_far_down_makes_the_rows_before_it_doubtful_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def contradicted(plan: Any, points: Sequence[choice.Texts], *more: Any) -> Any:
        return [
            replace(result, status=Status.DIFFER) if float(text["x"]) > 1 else result
            for result, text in zip(asked(plan, points, *more), points, strict=True)
        ]

    asked = choice._asked
    monkeypatch.setattr(choice, "_asked", contradicted)
    kinks = np.zeros(300)  # more than one question holds
    found = told_of(
        "abs(x)", Arrays({"x": np.concatenate([np.linspace(0.1, 1, 500), kinks, np.linspace(1.1, 2, 500)])})
    )
    assert "agree" not in {found.status[k] for k in range(len(found.status)) if k not in found.results}


def test_distrust_lasts_to_the_end_of_the_rows() -> None:
    draft = drafted("x^2", "x=1:100:100")
    conclude = Conclusion()
    assert conclude(draft, {}).statuses.max() == 0
    conclude._distrusted = True
    assert conclude(draft, {}).statuses.min() > 0


def test_rows_that_nobody_is_sure_of_are_unverified_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "_DOUBTFUL", 100)
    found = told_of("abs(x - y)", Arrays({"x": np.linspace(0, 1, 500), "y": np.linspace(0, 1, 500)}))
    assert set(found.status) == {"not_differentiable", "unverified"}
    assert found.status.count("not_differentiable") == len(found.results)
    assert 100 <= len(found.results) <= 200
    assert sorted(found.results)[:100] == list(range(100))
    left = [k for k, status in enumerate(found.status) if status == "unverified"]
    assert {found.notes[k] for k in left} == {"not checked by all witnesses: --verify all does that"}


def test_verify_off_checks_nothing_and_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    found = told("abs(x)", "x=-1,0,1", verify=Verify.OFF)
    assert (asked.points, found.results, found.notes) == ([], {}, {})
    assert found.status == ["unverified"] * 3
    assert found.column(0).tolist() == [1, 0, 1]
    assert found.column(1).tolist() == [-1, 0, 1]


def test_verify_all_has_every_row_looked_at() -> None:
    found = told("sqrt(x)", "x=-1,0,1,4", verify=Verify.ALL)
    assert found.status == ["undefined", "not_differentiable", "agree", "agree"]
    assert sorted(found.results) == [0, 1, 2, 3]


def test_a_slope_that_autograd_gets_wrong_is_given_by_the_others() -> None:
    found = told("sqrt(x^4)", "x=0,1,2")
    assert found.status == ["differ", "agree", "agree"]
    assert found.column(1).tolist() == [0, 2, 4]
    assert np.isnan(found.chunks[0].autograd[1][0])


def test_a_derivative_without_a_closed_form_is_found_by_the_quotients_row_by_row() -> None:
    found = told("besselj(x, 2)", "x=0.5:1.5:3")
    assert "agree" not in found.status
    assert np.isfinite(found.column(1)).all() or set(found.status) == {"unverified"}


@pytest.mark.parametrize(
    ("wanted", "names", "columns"),
    [
        ({"order": 2}, ["f", "df/dx", "d2f/dx2"], [[1, 4, 9], [2, 4, 6], [2, 2, 2]]),
        ({"partials": [("x", "x")]}, None, [[1, 4, 9], [2, 2, 2]]),
    ],
)
def test_higher_derivatives_are_answered_row_by_row(wanted: Any, names: Any, columns: list[list[float]]) -> None:
    found, source = planned("x^2", "x=1:3:3", **wanted)
    assert found.one_by_one
    assert names is None or list(found.outline.names) == names
    rows = Told(many.answers(found, source))
    assert rows.status == ["agree"] * 3
    assert [rows.column(k).tolist() for k in range(len(columns))] == columns
    assert sorted(rows.results) == [0, 1, 2]


def test_a_direction_is_answered_row_by_row() -> None:
    found = told("x*y", "x=1,2", "y=3", along={"x": "3", "y": "4"})
    assert found.column(1).tolist() == [13, 17]  # 3*y + 4*x


def test_an_equation_is_answered_row_by_row() -> None:
    found = told("x^2+y^2=25", "x=3,4", "y=4", implicit="y")
    assert found.column(1)[0] == -0.75


def test_a_row_that_cannot_be_answered_does_not_cost_another_with_order_two() -> None:
    source = open_points("-", stdin=io.BytesIO(b"x\n1\nabc\n0\n3\n"))
    found = told_of("1/x", source, order=2)
    assert found.status == ["agree", "error", "undefined", "agree"]
    assert found.column(2)[[0, 3]].tolist() == [2, 2 / 27]
    assert np.isnan(found.column(2)[[1, 2]]).all()


def test_a_bad_row_never_costs_another() -> None:
    source = open_points("-", stdin=io.BytesIO(b"x\nabc\n1\n\n1e999\n0\n2,3\n4\n"))
    found = told_of("sqrt(x)", source)
    assert found.status == ["error", "agree", "error", "error", "not_differentiable", "error", "agree"]
    assert found.column(0)[[1, 4, 6]].tolist() == [1, 0, 2]
    assert found.column(1)[[1, 6]].tolist() == [0.5, 0.25]
    assert np.isnan(found.column(0)[[0, 2, 3, 5]]).all()


def test_rows_that_are_all_bad_are_all_accounted_for() -> None:
    for verify in Verify:
        found = told_of("sqrt(x)", open_points("-", stdin=io.BytesIO(b"x\nabc\nnan\n")), verify)
        assert found.status == ["error", "error"]
        assert np.isnan(found.column(0)).all()


def test_float32_is_held_against_its_own_tolerance() -> None:
    found = told("x/3", "x=1:9:9", dtype="float32")
    assert found.status == ["agree"] * 9
    assert found.column(0).tolist() == [float(np.float32(k) / np.float32(3)) for k in range(1, 10)]
    strict = told("x/3", "x=1:9:9", dtype="float32", rtol=1e-9)
    assert set(strict.status) <= {"differ", "agree"}
    assert "differ" in strict.status


def test_float32_rows_that_lose_digits_are_noticed() -> None:
    found = told("(1 - cos(x))/x^2", "x=1,1e-3", dtype="float32")
    assert found.status == ["agree", "differ"]
    assert found.results[1].dtype is Dtype.FLOAT32
    assert found.column(0)[1] == pytest.approx(0.5, rel=1e-6)


def test_float32_has_no_room_for_every_coordinate() -> None:
    for text in ("x^2", "x", "atan(x)", "1/(1 + x)"):
        draft = drafted(text, "x=1e-60,1e60,1,0", dtype="float32")
        assert is_sure(draft)[:2].tolist() == [False, False], text
        assert is_sure(draft)[2]


def test_time_that_runs_out_leaves_rows_unverified(monkeypatch: pytest.MonkeyPatch) -> None:
    found, source = planned("sin(x)", "x=1:50:50", verify=Verify.ALL)
    monkeypatch.setattr(client.Worker, "receive", lambda worker, deadline: None)  # as after the deadline
    rows = Told(many.answers(found, source))
    assert rows.status == ["unverified"] * 50
    (chunk,) = rows.chunks
    assert chunk.autograd[0] == pytest.approx(np.sin(np.arange(1, 51)), rel=1e-15)
    assert chunk.autograd[1] == pytest.approx(np.cos(np.arange(1, 51)), rel=1e-15)
    assert rows.results[0].limit_reached == "time"


class Counted(Arrays):
    """Arrays that count how often they are asked for more rows."""

    asked_for = 0

    def rows(self, variables: Sequence[str]) -> Any:
        for rows in super().rows(variables):
            self.asked_for += 1
            yield rows


@pytest.mark.parametrize(("form", "asked_for"), [(Form.GRID, range(3, 18)), (Form.CSV, range(1, 2))])
def test_torch_goes_on_while_the_worker_thinks_unless_rows_may_have_to_be_waited_for(
    monkeypatch: pytest.MonkeyPatch, form: Form, asked_for: range
) -> None:
    monkeypatch.setattr("derivcli.points.arrays.LONG_CHUNK", 1000)
    source = Counted({"x": np.linspace(1, 2, 30_000)})
    source.form = form
    found, _ = planned("sin(x)*x", "x=1,2")
    given = many.answers(found, source)
    first = next(given)
    assert source.asked_for in asked_for
    rows = Told(iter([first, *given]))
    assert rows.status == ["agree"] * 30_000
    assert [chunk.rows.lines[0] for chunk in rows.chunks] == list(range(1, 30_001, 1000))


def test_the_largest_numbers_of_the_type_are_answered() -> None:
    largest = 1.7976931348623157e308
    found = told("1/(x - 1)", f"x={largest!r},1.797693134862315e308")
    assert found.status == ["agree", "agree"]
    assert found.column(0)[0] == pytest.approx(1 / largest, rel=1e-15)


def test_an_exception_of_the_source_comes_through() -> None:
    class Broken(Arrays):
        def rows(self, variables: Sequence[str]) -> Any:
            yield from super().rows(variables)
            raise PointError("the end")

    source = Broken({"x": [1.0, 2.0]})
    plan, _ = planned("x^2", "x=1,2")
    given = many.answers(plan, source)
    with pytest.raises(DerivError, match="the end"):
        list(given)


def test_a_row_outside_that_has_a_value_makes_all_others_doubtful(monkeypatch: pytest.MonkeyPatch) -> None:
    def contradicted(plan: Any, points: Sequence[choice.Texts], *more: Any) -> Any:
        return [replace(result, status=Status.AGREE) for result in asked(plan, points, *more)]

    asked = choice._asked
    monkeypatch.setattr(choice, "_asked", contradicted)
    found = told("log(x)", "x=-1:1:200")
    assert set(found.status) == {"agree", "unverified"}
    assert all(k in found.results for k, status in enumerate(found.status) if status == "agree")
    assert np.isnan(found.column(1)[:100]).sum() > 80
