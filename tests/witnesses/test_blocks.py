"""Rows in the worker: what comes of texts, and that programs are made ready once."""

from __future__ import annotations

from derivcli.witnesses import blocks
from derivcli.witnesses.asking.rows import RowNumbers, RowsRequest
from derivcli.witnesses.protocol import line_of, reply_in, request_in
from derivcli.witnesses.worker import answer
from tests.checks import program_of


def numbers(text: str, form: str | None, *xs: str, **fixed: str) -> RowNumbers:
    constants = {name: program_of(value) for name, value in fixed.items()}
    known = None if form is None else program_of(form)
    request = RowsRequest(program_of(text), (known,), ("x",), len(xs), {"x": xs}, constants)
    _, read, _ = request_in(line_of(1, request, 20))
    assert read == request
    reply, _done = answer(read)
    _, heard = reply_in(line_of(1, reply))
    assert isinstance(heard, RowNumbers)
    return heard


def test_a_coordinate_is_what_was_typed() -> None:
    found = numbers("x*y", "y", "0.1", "1/3", "-2e3", "pi", "+.5", y="3")
    assert found.columns == ((0.3, 1.0, -6000.0, 9.42477796076938, 1.5), (3.0,) * 5)
    assert found.exact == (True, True, True, False, True)


def test_a_row_that_is_not_settled_has_no_numbers_and_costs_no_other_row_any() -> None:
    found = numbers("sqrt(x)", "1/(2*sqrt(x))", "4", "0", "-1", "sqrt(-1)", "9")
    assert found.columns == ((2.0, None, None, None, 3.0), (0.25, None, None, None, 1 / 6))


def test_rows_without_a_coordinate_of_their_own_have_numbers_too() -> None:
    request = RowsRequest(program_of("t^2"), (), (), 2, {}, {"t": program_of("3")})
    (found, _done) = answer(request)
    assert isinstance(found, RowNumbers)
    assert (found.columns, found.exact) == (((9.0, 9.0),), (True, True))


def test_a_fixed_coordinate_that_is_no_number_settles_no_row() -> None:
    assert numbers("t*x", "t", "1", "2", t="log(-1)").columns == ((None, None), (None, None))


def test_the_programs_of_a_table_are_made_ready_once() -> None:
    blocks._glance.cache_clear()
    for x in range(5):
        numbers("x^2", "2*x", str(x))
    known = blocks._glance.cache_info()
    assert (known.misses, known.hits) == (1, 4)
