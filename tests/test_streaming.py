"""`tabulate_batches`: record batches in, record batches out; and the engines that call it on their partitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest

import derivcli
from derivcli import DerivError, many, streaming, tabulate_batches
from derivcli.language.diagnostics import draw

if TYPE_CHECKING:
    from collections.abc import Iterator

POINTS = pa.table({"id": ["a", "b", "c", "d"], "x": [-1.0, 0.0, 2.0, None]})
# |x| and its derivative, by hand; there is none at 0, and no number in the last row.
FOUND = {"f": [1.0, 0.0, 2.0, None], "df/dx": [-1.0, None, 1.0, None]}
STATUS = ["agree", "not_differentiable", "agree", "error"]


def table(expression: str, batches: Any, *arguments: Any, **options: Any) -> pa.Table:
    return pa.Table.from_batches(tabulate_batches(expression, batches, *arguments, **options))


def complaint(*arguments: Any, **options: Any) -> str:
    with pytest.raises(DerivError) as caught:
        list(tabulate_batches(*arguments, **options))
    return f"{type(caught.value).__name__}: {draw(caught.value)}"


def check(found: pa.Table) -> None:
    """Hold an answer about |x| at `POINTS` against what is known of it."""
    assert found.column_names == ["id", "x", "f", "df/dx", "status", "note"]
    assert found["id"].to_pylist() == ["a", "b", "c", "d"]
    assert {name: found[name].to_pylist() for name in FOUND} == FOUND
    assert found["status"].to_pylist() == STATUS


def test_batches_come_back_with_the_numbers_behind_their_columns() -> None:
    for size in (1, 3, 4):
        check(table("abs(x)", POINTS.to_batches(max_chunksize=size)))


def test_a_variable_without_a_column_has_one_value() -> None:
    found = table("x*y", POINTS.slice(0, 1).to_batches(), {"y": "1/2"}, wrt="x", prefix="our_")
    assert found.column_names == ["id", "x", "y", "our_f", "our_df/dx", "our_status", "our_note"]
    assert found["our_df/dx"].to_pylist() == [0.5]


def test_no_batch_is_read_before_it_is_wanted() -> None:
    read: list[int] = []

    def batches() -> Iterator[pa.RecordBatch]:
        for number in range(3):
            read.append(number)
            yield pa.record_batch({"x": [float(number)]})

    found = tabulate_batches("x^2", batches(), verify="off")
    assert read == []
    assert [next(found)["df/dx"][0].as_py() for _ in range(2)] == [0, 2]
    assert read == [0, 1]


def test_a_process_differentiates_an_expression_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    plan = many.plan

    def counted(request: Any, *arguments: Any) -> Any:
        made.append(request.expression)
        return plan(request, *arguments)

    monkeypatch.setattr(many, "plan", counted)
    monkeypatch.setattr(streaming, "_plans", {})
    batch = pa.record_batch({"x": [1.0]})
    for expression in ("x^5", "x^6", "x^5", "x^5"):
        list(tabulate_batches(expression, [batch]))
    assert made == ["x^5", "x^6"]
    for power in range(streaming._MOST_PLANS):
        list(tabulate_batches(f"x^{power + 10}", [batch], verify="off"))
    assert len(streaming._plans) == streaming._MOST_PLANS


def test_no_rows_have_all_columns() -> None:
    (empty,) = tabulate_batches("x*y", [pa.record_batch({"x": pa.array([], pa.float32())})], {"y": 1})
    assert empty.num_rows == 0
    assert [str(kind) for kind in empty.schema.types] == [
        "float",
        "double",
        "double",
        "double",
        "double",
        "string",
        "string",
    ]
    assert list(tabulate_batches("x", [])) == []


def test_numbers_of_others_are_neither_copied_nor_written_to() -> None:
    numbers = np.array([1.0, np.inf, 3.0])
    numbers.flags.writeable = False  # as the memory of Arrow is; torch has a warning for it, which is an error here
    found = table("x^2", [pa.record_batch([pa.array(numbers)], names=["x"])])
    assert found["df/dx"].to_pylist() == [2, None, 6]
    assert numbers.tolist() == [1.0, np.inf, 3.0]
    assert derivcli.tabulate("x^2", {"x": numbers}).columns["f"][2] == 9


def test_what_cannot_be_answered_is_said() -> None:
    batch = pa.record_batch({"x": [1.0]})
    assert complaint("x+y", [batch]).startswith("PointError: error: `y` has neither a column nor a value\n")
    assert complaint("x", [{"x": 1}]) == "UsageError: error: a record batch of pyarrow is wanted, not dict"
    assert complaint("x", [pa.record_batch({"x": ["1"]})]) == (
        "DataError: error: column `x` of the record batches holds no numbers: its type is string\n"
        "hint: a variable needs integers, floats or decimals"
    )
    assert complaint("x", [batch, pa.record_batch({"y": [1.0]})]) == (
        "DataError: error: a record batch has other columns than the first: y"
    )
    assert complaint("x", [batch], verify="some") == "UsageError: error: verify is auto, all, sample, off, not `some`"
    assert complaint("x", [pa.record_batch({"x": [1.0], "f": [2.0]})]).startswith(
        "UsageError: error: the column `f` has the name of a computed column"
    )


def test_a_table_of_others_may_stand_for_the_columns() -> None:
    frame = pa.table({"label": ["a", "b"], "x": pa.chunked_array([[1.0], [2.0]]), "n": [5, 6]})
    assert list(derivcli.tabulate("x^2", frame).columns["df/dx"]) == [2, 4]


@pytest.mark.nightly
def test_polars_takes_it_as_it_is() -> None:
    polars = pytest.importorskip("polars")
    frame = polars.from_arrow(POINTS)
    check(polars.from_arrow(tabulate_batches("abs(x)", frame)).to_arrow())
    assert derivcli.tabulate("x^2", {"x": frame["x"].drop_nulls()}).columns["df/dx"].tolist() == [-2, 0, 4]


@pytest.mark.nightly
def test_duckdb_takes_it_as_it_is() -> None:
    duckdb = pytest.importorskip("duckdb")
    points = POINTS
    found = table("abs(x)", duckdb.sql("select * from points"))
    check(found)
    assert duckdb.sql("select count(*) from found").fetchall() == [(len(points),)]


@pytest.mark.nightly
def test_dask_takes_it_as_it_is() -> None:
    dask = pytest.importorskip("dask.dataframe")

    def answered(part: Any) -> Any:
        return table("abs(x)", pa.table(part).to_batches()).to_pandas()

    frame = dask.from_pandas(POINTS.to_pandas(), npartitions=2)
    found = frame.map_partitions(answered, meta=answered(POINTS.to_pandas().head(1)).head(0)).compute(
        scheduler="synchronous"
    )
    check(pa.Table.from_pandas(found, preserve_index=False))
