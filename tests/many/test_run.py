"""Many points answered: curves known by hand, kinks and gaps, what is asked of the witnesses and what is made of it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from derivcli import differentiate, many
from derivcli.errors import DerivError, PointError
from derivcli.many import look, run
from derivcli.many.look import Look
from derivcli.many.pace import Pace
from derivcli.many.proofs import Proofs
from derivcli.many.sheet import Sheet
from derivcli.model import Dtype
from derivcli.model.choices import Form, Verify
from derivcli.model.rows import STATUSES
from derivcli.points.arrays import Arrays
from derivcli.points.files import open_points
from derivcli.witnesses import client, process
from tests.many import Told, drafted, is_sure, planned, told, told_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.model import Result
    from derivcli.model.rows import Answers

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
    assert list(found.results) == [100]  # a pole
    said = {found.notes[k] for k in range(100)}
    assert said == {"f: outside the real domain of f; df/dx: no derivative where f has no value"}


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
    """Counts the rows that the witnesses are asked about: in blocks, and by a closer look."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.blocks: list[int] = []
        self.points: list[Any] = []
        self._ask, self._look = Proofs.ask, Look._asked
        monkeypatch.setattr(Proofs, "ask", lambda *args: self._of_block(*args))
        monkeypatch.setattr(Look, "_asked", lambda *args: self._of_point(*args))

    def _of_block(self, proofs: Proofs, draft: Answers, wanted: Any) -> Any:
        self.blocks.append(len(wanted))
        return self._ask(proofs, draft, wanted)

    def _of_point(self, look: Look, texts: Any) -> Result:
        self.points.append(texts)
        return self._look(look, texts)


def test_a_point_that_comes_again_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    found = told_of("abs(x)", Arrays({"x": [0.0, 1.0] * 500}))
    assert found.status == ["not_differentiable", "agree"] * 500
    assert asked.points == [{"x": "0.0"}]
    assert sorted(found.results) == list(range(0, 1000, 2))


def test_what_is_known_is_forgotten_before_it_takes_too_much_room(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    monkeypatch.setattr(look, "_MOST_KNOWN", 10)
    found = told("x^2", "x=1:30:30")  # few rows, of which each is looked at
    assert (len(found.results), len(asked.points)) == (30, 30)
    assert found.status == ["agree"] * 30


def test_a_block_is_as_long_as_the_blocks_before_it_let_expect(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    took = Pace.took
    monkeypatch.setattr(Pace, "took", lambda pace, rows, _seconds: took(pace, rows, rows * 0.01))
    told("x^2", "x=1:100:100", verify=Verify.ALL)
    assert asked.blocks == [32, 32, 25, 11]


def test_proofs_settle_every_row_that_bounds_leave_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    found = told("k1(x)", "x=1:9:401", verify=Verify.ALL)
    assert found.status == ["agree"] * 401
    assert (asked.points, found.results, found.notes) == ([], {}, {})
    assert found.proved == set(range(401))
    # Abramowitz and Stegun, table 9.8: e*K1(1) = 1.636153486 and e^2*K1(2) = 1.033476847
    assert found.column(0)[[0, 50]] * np.exp([1, 2]) == pytest.approx([1.636153486, 1.033476847], rel=1e-9)


def test_a_wrong_row_costs_no_other_row_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {7, 500, 501, 900, 1200, 1500, 1501, 1999}
    call = Sheet.__call__

    def spoiled(sheet: Sheet, rows: Any) -> Any:
        draft = call(sheet, rows)
        for index in wrong:
            draft.autograd[1][index] *= 1 + 1e-6
        return draft

    monkeypatch.setattr(Sheet, "__call__", spoiled)
    found = told("sin(x)", "x=1:2:2000", verify=Verify.ALL)
    looked_at = {k for k in range(2000) if k not in found.proved}
    assert looked_at == wrong
    assert found.status == ["agree"] * 2000  # torch itself, asked once more, is right
    assert sorted(found.results) == sorted(wrong)


def test_rows_that_torch_has_wrong_are_said_and_given_right() -> None:
    xs = np.linspace(1, 2, 200)
    xs[[3, 50, 199]] = 1e-6, 1e-5, 1e-4
    found = told_of("(1-cos(x))/x^2", Arrays({"x": xs}))
    assert [k for k, status in enumerate(found.status) if status != "agree"] == [3, 50, 199]
    assert {found.status[k] for k in (3, 50, 199)} == {"differ"}
    assert found.column(0) == pytest.approx(2 * (np.sin(xs / 2) / xs) ** 2, rel=1e-9)  # 1 - cos(x) = 2*sin(x/2)^2
    assert found.column(1)[3] == pytest.approx(-1e-6 / 12, rel=1e-9)  # the series
    assert all("cancellation in" in (found.results[k].value.note or "") for k in (3, 50, 199))


def test_where_the_error_starts_is_said_of_the_first_wrong_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look, "_MOST_EXPLAINED", 1)
    found = told("(1-cos(x))/x^2", "x=1e-6,1e-5,1e-4")
    notes = [found.results[k].value.note or "" for k in range(3)]
    assert ["cancellation in" in note for note in notes] == [True, False, False]


def test_a_row_is_given_on_before_the_rows_of_the_next_blocks_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    plan, source = planned("x^2", "x=1:1000:1000", verify=Verify.ALL)
    first = next(many.answers(plan, source))
    assert (len(first.rows), asked.blocks) == (32, [32, 32])
    assert [STATUSES[code] for code in first.statuses] == ["agree"] * 32


def test_who_asks_something_else_between_two_rows_takes_nothing_from_them() -> None:
    plan, source = planned("sin(x)", "x=1:200:200", verify=Verify.ALL)
    chunks = []
    for chunk in many.answers(plan, source):
        chunks.append(chunk)
        assert differentiate("x^3", {"x": 2}).derivatives[0].answer == 12
    found = Told(iter(chunks))
    assert found.status == ["agree"] * 200
    assert found.proved == set(range(200))


def test_a_worker_that_dies_between_two_blocks_costs_no_row_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_FIRST", 8)
    plan, source = planned("sin(x)", "x=1:50:50", verify=Verify.ALL)
    chunks = []
    for chunk in many.answers(plan, source):
        chunks.append(chunk)
        client.stop()
    assert Told(iter(chunks)).status == ["agree"] * 50


def test_a_sample_ends_and_the_rows_that_are_left_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_SAMPLE", 20)
    source = Arrays({"x": np.linspace(0, 1, 500), "y": np.linspace(0, 1, 500)})
    found = told_of("abs(x - y)", source, Verify.SAMPLE)
    assert found.status == ["not_differentiable"] * 20 + ["unverified"] * 480
    assert sorted(found.results) == list(range(20))
    assert {found.notes[k] for k in range(20, 500)} == {"not checked by all witnesses: --verify auto does that"}


def test_a_sample_is_of_the_rows_in_doubt_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    assert told("x^2", "x=1:100:100", verify=Verify.SAMPLE).status == ["agree"] * 100
    assert (asked.blocks, asked.points) == ([], [])


def test_few_rows_are_all_looked_at_and_no_row_that_cannot_be_read() -> None:
    source = open_points("-", stdin=io.BytesIO(b"x\n1\nabc\n3\n"))
    found = told_of("x^2", source)
    assert sorted(found.results) == [0, 2]
    assert told("x^2", "x=1:33:33").results == {}


def test_verify_off_checks_nothing_and_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    found = told("abs(x)", "x=-1,0,1", verify=Verify.OFF)
    assert (asked.blocks, asked.points, found.results, found.notes) == ([], [], {}, {})
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
    monkeypatch.setattr(run, "_FEW", 1)
    found, source = planned("sin(x)", "x=1:4:4", verify=Verify.ALL)
    monkeypatch.setattr(process.Worker, "receive", lambda *_args: None)  # as after the deadline
    rows = Told(many.answers(found, source))
    assert rows.status == ["unverified"] * 4
    (chunk,) = rows.chunks
    assert chunk.autograd[0] == pytest.approx(np.sin(np.arange(1, 5)), rel=1e-15)
    assert chunk.autograd[1] == pytest.approx(np.cos(np.arange(1, 5)), rel=1e-15)
    assert [result.limit_reached for result in rows.results.values()] == ["time"] * 4


def test_a_file_in_which_every_row_is_too_hard_does_not_take_days(monkeypatch: pytest.MonkeyPatch) -> None:
    found, source = planned("sin(x)", "x=1:5:5", timeout=800.0)
    seconds: list[float] = []

    def asked(self: Look, texts: Any) -> Result:
        seconds.append(self._seconds)
        monkeypatch.setattr(process.Worker, "receive", receive if len(seconds) == 4 else lambda *_args: None)
        return ask(self, texts)

    ask, receive = Look._asked, process.Worker.receive
    monkeypatch.setattr(Look, "_asked", asked)
    rows = Told(many.answers(found, source))
    assert rows.status == [*["unverified"] * 3, "agree", "unverified"]
    assert seconds == [800, 400, 200, 100, 800]


def test_a_row_after_many_hard_ones_still_has_time_for_a_worker_to_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found, source = planned("sin(x)", "x=1:5:5", timeout=10.0)
    seconds: list[float] = []

    def asked(self: Look, texts: Any) -> Result:
        seconds.append(self._seconds)
        return ask(self, texts)

    ask = Look._asked
    monkeypatch.setattr(process.Worker, "receive", lambda *_args: None)  # as after the deadline
    monkeypatch.setattr(Look, "_asked", asked)
    Told(many.answers(found, source))
    assert seconds == [10, 5, 3, 3, 3]


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
    found, _ = planned("x*abs(x-1)", "x=1,2")
    given = many.answers(found, source)
    first = next(given)
    assert source.asked_for in asked_for
    rows = Told(iter([first, *given]))
    assert rows.status == ["not_differentiable", *["agree"] * 29_999]
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
