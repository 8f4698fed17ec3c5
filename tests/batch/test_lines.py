"""Files of questions -> queries, and the errors that stand in the place of those that cannot be read."""

from __future__ import annotations

import io
from typing import Any

import pytest

from derivcli.batch.lines import Batch, read
from derivcli.batch.queries import Answered, Query
from derivcli.errors import DataError


def batch(
    text: str | bytes, name: str = "questions.txt", common: dict[str, Any] | None = None, **options: Any
) -> Batch:
    return read(io.BytesIO(text.encode() if isinstance(text, str) else text), name, common or {}, **options)


def queries(text: str | bytes, name: str = "questions.txt", **common: Any) -> list[Query]:
    found = list(batch(text, name, common).queries)
    assert all(isinstance(query, Query) for query in found), found
    return [query for query in found if isinstance(query, Query)]


def only(text: str, name: str = "questions.txt", **common: Any) -> Query:
    (query,) = queries(text, name, **common)
    return query


def refused(text: str, name: str = "questions.txt", **options: Any) -> tuple[int, str, str | None]:
    """Return the line, the message and the hint of the only question."""
    (found,) = batch(text, name, **options).queries
    assert isinstance(found, Answered)
    assert found.error is not None
    return found.query.line, found.error.message, found.error.hint


def test_a_line_is_an_expression() -> None:
    assert only("x^2\n") == Query(1, ("x^2",))


def test_a_point_stands_behind_an_at_sign() -> None:
    assert only("x^2*y @ x=2, y=pi/4").wanted == {"at": {"x": "2", "y": "pi/4"}}


def test_blank_lines_and_remarks_count_for_nothing_but_keep_the_numbers_of_the_lines() -> None:
    assert [(q.line, q.expressions) for q in queries("\n# squares\nx^2 # the first\n\nx^3")] == [
        (3, ("x^2",)),
        (5, ("x^3",)),
    ]


def test_a_line_may_be_an_object_with_the_names_of_options() -> None:
    query = only('{"id": "q1", "expression": "x^2*y", "at": {"x": 0.1, "y": 2}, "order": 2, "wrt": "x"}')
    assert (query.id, query.expressions) == ("q1", ("x^2*y",))
    assert query.wanted == {"at": {"x": "0.1", "y": "2"}, "order": 2, "wrt": ["x"]}


def test_numbers_of_objects_are_exact() -> None:
    digits = "0.1000000000000000000000000000000000001"
    assert only(f'{{"expression": "x", "at": {{"x": {digits}}}}}').wanted["at"] == {"x": digits}


def test_several_expressions_are_the_components_of_one_function() -> None:
    assert only('{"expression": ["x*y", "x+y"]}').expressions == ("x*y", "x+y")


def test_lists_of_names_have_the_form_of_the_command_line_or_of_python() -> None:
    for text in ('"x,x,y"', '["x,x,y"]', '[["x", "x", "y"]]'):
        assert only(f'{{"expression": "x^2*y", "partial": {text}}}').wanted["partial"] == [["x", "x", "y"]]


def test_what_is_asked_of_all_lines_gives_way_to_what_a_line_asks() -> None:
    first, second = queries('x^2\n{"expression": "x^3", "order": 1}', order=2)
    assert (first.wanted["order"], second.wanted["order"]) == (2, 1)


def test_null_is_as_if_nothing_was_said() -> None:
    assert only('{"expression": "x^2", "order": null}', order=3).wanted == {"order": 3}


def test_old_names_of_options_are_fields_too() -> None:
    assert only('{"expression": "x^2*y", "partials": ["x,y"]}').wanted == {"partial": [["x", "y"]]}


def test_a_table_has_a_column_of_expressions_and_carries_the_others() -> None:
    found = batch('who,f,at\nAda,x^2,x=3\n"Chen, Li","x*y",\n', "class.csv")
    assert found.header == ("who", "f", "at")
    first, second = found.queries
    assert isinstance(first, Query)
    assert (first.line, first.expressions, first.wanted, first.cells) == (
        2,
        ("x^2",),
        {"at": {"x": "3"}},
        ("Ada", "x^2", "x=3"),
    )
    assert isinstance(second, Query)
    assert (second.wanted, second.cells) == ({}, ("Chen, Li", "x*y", ""))


@pytest.mark.parametrize(("separator", "name"), [(",", "-"), (";", "a.csv"), ("\t", "a.tsv"), ("\t", "-")])
def test_columns_stand_apart_by_what_the_header_has(separator: str, name: str) -> None:
    text = "\n".join(separator.join(row) for row in (("id", "expression"), ("7", "x^2")))
    query = only(text, name)
    assert (query.id, query.expressions) == ("7", ("x^2",))


def test_the_line_of_a_row_is_where_it_begins() -> None:
    text = 'expression,remark\nx^2,"two\nlines"\nx^3,\n'
    assert [query.line for query in queries(text, "a.csv")] == [2, 4]


def test_an_array_holds_texts_and_objects() -> None:
    found = queries('[\n"x^2 @ x=1",\n{"expression": "x^3"}]', "a.json")
    assert [(q.line, q.expressions, dict(q.wanted)) for q in found] == [
        (1, ("x^2",), {"at": {"x": "1"}}),
        (2, ("x^3",), {}),
    ]


def test_a_byte_order_mark_and_line_ends_of_windows_are_no_part_of_a_question() -> None:
    assert [q.expressions for q in queries(b"\xef\xbb\xbfx^2\r\nx^3\r\n")] == [("x^2",), ("x^3",)]


def test_a_line_is_read_only_when_its_query_is_wanted() -> None:
    class Pipe(io.BytesIO):
        read_lines = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.read_lines += 1
            return super().readline(size)

    pipe = Pipe(b"x^2\nx^3\nx^4\n")
    found = read(pipe, "standard input", {})
    assert pipe.read_lines == 1
    next(found.queries)
    assert pipe.read_lines == 1
    next(found.queries)
    assert pipe.read_lines == 2


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ('{"expression": "x"', "the line is not JSON: expecting ',' delimiter", None),
        ('{"expression": "x", "order": 1, "order": 2}', "the line is not JSON: `order` stands in it twice", None),
        ('{"expression": "x", "at": {"x": NaN}}', "the line is not JSON: it has no number NaN", None),
        ('{"exprssion": "x"}', "a question has no field `exprssion`", "did you mean `expression`?"),
        (
            '{"expression": "x", "output": "a"}',
            "a question has no field `output`",
            "it is an option for the whole command, not for one question",
        ),
        ('{"at": "x=1"}', "a question needs its `expression`", 'write {"expression": "x^2"}, or the text alone'),
        ('{"expression": "x", "order": "two"}', 'order must be a whole number, not `"two"`', None),
        ('{"expression": "x", "order": 1.5}', 'order must be a whole number, not `1.5`', None),
        ('{"expression": "x", "rtol": "much"}', 'rtol must be a number, not `"much"`', None),
        ('{"expression": "x", "hessian": 1}', "hessian must be true or false, not `1`", None),
        ('{"expression": "x", "wrt": 3}', "wrt must be a text or a list of texts, not `3`", None),
        ('{"expression": "x", "at": 3}', "at must be a text, not `3`", None),
        ('{"expression": "x", "dtype": "int8"}', 'dtype is float64, float32, not `"int8"`', None),
        (
            "x^2 @ x=1,2",
            "a question takes one point, and `x` has several values",
            "write a line for each",
        ),
        ("x^2 @ ", "there is no point behind the @", "write x^2 @ x=2"),
        ('{"expression": "x", "at": {"x": 1e400}}', "the value of `x` must be finite, not 1E+400", None),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_line_is_said_in_its_place(text: str, message: str, hint: str | None) -> None:
    assert refused(f"\n{text}\n") == (2, message, hint)


def test_a_field_that_is_like_no_other_is_answered_by_the_list_of_fields() -> None:
    _, message, hint = refused('{"expression": "x", "colour": 1}')
    assert message == "a question has no field `colour`"
    assert hint is not None
    assert hint.startswith(
        "the fields are along, at, atol, check, code, device, dtype, error, errors, expression, hessian, id,"
    )


def test_an_error_keeps_the_name_of_its_question() -> None:
    (found,) = batch('{"id": "q7", "expression": ""}').queries
    assert isinstance(found, Answered)
    assert found.query.id == "q7"


def test_a_row_with_too_few_cells_costs_no_other_row() -> None:
    short, whole = batch("who,f\nAda\nBob,x^2\n", "a.csv").queries
    assert isinstance(short, Answered)
    assert str(short.error) == "the row has 1 cells, and the header 2"
    assert short.query.cells == ("Ada", "")
    assert isinstance(whole, Query)


def test_a_quote_in_the_wrong_place_costs_no_other_row() -> None:
    bad, good = batch('f,who\n"x^2"y,Ada\nx^3,Bob\n', "a.csv").queries
    assert isinstance(bad, Answered)
    assert bad.query.line == 2
    assert str(bad.error) == "the row cannot be read: ',' expected after '\"'"
    assert isinstance(good, Query)


def test_answers_that_are_to_be_judged_stand_in_a_column_of_a_table() -> None:
    found = batch("f,answer\nx^2,2x\nx^3,\n", "a.csv", judged=True)
    first, second = found.queries
    assert isinstance(first, Query)
    assert first.check == ("2x",)
    assert isinstance(second, Answered)
    assert str(second.error) == "there is no answer to check"


def test_a_table_without_expressions_is_refused_as_a_whole() -> None:
    with pytest.raises(DataError, match=r"^a.csv has no column `expression`$"):
        batch("x,y\n1,2\n", "a.csv")


def test_an_array_that_is_no_json_is_refused_as_a_whole() -> None:
    with pytest.raises(DataError, match=r"^a.json is not JSON: "):
        list(batch("[1,", "a.json").queries)


def test_nothing_is_no_question() -> None:
    assert queries("") == []
    assert queries("\n\n") == []


def test_a_line_without_end_is_refused_without_being_kept() -> None:
    line, message, _ = refused('{"expression": "' + "x" * (16 * 10**6 + 10) + '"}')
    assert (line, message) == (1, "the line is too long: the limit is 16000000 bytes")


def test_a_number_that_is_too_long_is_no_matter_of_pythons() -> None:
    (found,) = read(io.BytesIO(b'{"id": ' + b"9" * 5_000 + b', "expression": "x"}\n'), "-", {}).queries
    assert isinstance(found, Answered)
    assert str(found.error) == "the line is not JSON: it has a number of 5000 digits"
