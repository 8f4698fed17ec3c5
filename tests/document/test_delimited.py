"""CSV and TSV."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from derivcli.document import Canvas, Format, render
from derivcli.errors import UsageError
from tests.document.samples import CONSTANT, LOST, NO_POINT, OUT_OF_TIME, SAMPLES, SMOOTH, TANGENT, UNSYMBOLIC
from tests.document.view_samples import CURVE, HESSIAN, SYSTEM, SYSTEMS

if TYPE_CHECKING:
    from derivcli.model import Result, System


def rows(result: Result | System, form: Format = Format.CSV) -> list[list[str]]:
    delimiter = "," if form is Format.CSV else "\t"
    return list(csv.reader(io.StringIO(render(result, form)), delimiter=delimiter))


def test_one_header_and_one_row() -> None:
    assert render(SMOOTH, Format.CSV) == "x,f,df/dx,status,note\n2.0,104.0,196.0,agree,\n"
    assert render(SMOOTH, Format.TSV) == "x\tf\tdf/dx\tstatus\tnote\n2.0\t104.0\t196.0\tagree\t\n"


def test_numbers_have_every_digit() -> None:
    assert rows(UNSYMBOLIC)[1][:5] == [
        "3.0",
        "0.7853981633974483",
        "28.21",
        "30.141592653589793",
        "13.570796326794897",
    ]


def test_what_has_no_answer_is_empty_and_the_note_says_why() -> None:
    assert rows(TANGENT)[1] == [
        "0.0",
        "0.0",
        "",
        "not_differentiable",
        "df/dx: no derivative: vertical tangent",
    ]


def test_notes_of_all_numbers_stand_in_one_field() -> None:
    assert rows(LOST)[1][-1] == (
        "f: none of autograd's digits are right: the true number is 0.5; "
        "df/dx: none of autograd's digits are right: the true number is -8.333333333333334e-10"
    )


def test_a_limit_is_noted() -> None:
    assert rows(OUT_OF_TIME)[1][-1].endswith("limit reached: the symbolic worker took more than 30 seconds")


def test_without_a_point_the_formulas_stand_for_the_numbers() -> None:
    assert rows(NO_POINT)[1][:5] == ["", "", "x*sin(y)", "sin(y)", ""]


def test_a_constant_has_no_column_of_a_variable() -> None:
    assert rows(CONSTANT) == [["f", "status", "note"], ["7.0", "agree", ""]]


@pytest.mark.parametrize("name", ["f", "status", "note", "df/dx"])
def test_a_variable_with_the_name_of_a_computed_column_is_an_error_with_a_way_out(name: str) -> None:
    clash = replace(SMOOTH, variables=(name,), at={name: 2.0})
    with pytest.raises(UsageError, match=f"the variable `{name}` has the name of a computed column") as error:
        render(clash, Format.CSV)
    assert error.value.hint == "add --prefix out_ to rename the computed columns"
    header = render(clash, Format.CSV, Canvas(prefix="out_")).splitlines()[0]
    assert header == f"{name},out_f,out_df/dx,out_status,out_note"


def test_higher_derivatives_are_further_columns_and_views_are_none() -> None:
    assert render(HESSIAN, Format.CSV) == (
        "x,y,f,df/dx,df/dy,d2f/dx2,d2f/dxdy,d2f/dy2,status,note\n1.0,1.0,0.0,0.0,0.0,802.0,-400.0,200.0,agree,\n"
    )


def test_the_number_of_an_equation_is_not_called_f() -> None:
    assert render(CURVE, Format.CSV).splitlines()[0] == "x,y,F,dy/dx,d2y/dx2,status,note"


def test_several_functions_have_a_row_each_under_one_header() -> None:
    assert render(SYSTEM, Format.CSV) == (
        "x,y,function,f,df/dx,df/dy,status,note\n"
        "1.0,2.0,f1,2.0,2.0,1.0,agree,\n"
        "1.0,2.0,f2,1.9092974268256817,1.0,-0.4161468365471424,agree,\n"
    )


def test_how_the_text_was_read_is_no_matter_of_a_row() -> None:
    read = replace(SMOOTH, notes=("read `2x` as `2*x`", "sympy gave up"), readings=("read `2x` as `2*x`",))
    assert rows(read)[1][-1] == "sympy gave up"


def test_a_column_that_a_function_does_not_have_is_empty() -> None:
    header, *lines = rows(SYSTEMS["system_with_views"])
    assert all(len(line) == len(header) for line in lines)
    assert [line[header.index("d3f/dx3")] for line in lines] == ["", "", "-1.0"]


@pytest.mark.parametrize("name", SAMPLES)
def test_every_row_is_as_long_as_its_header(name: str) -> None:
    for form in (Format.CSV, Format.TSV):
        header, row = rows(SAMPLES[name], form)
        assert len(header) == len(row)


def test_tsv_never_holds_a_raw_tab_or_newline_and_csv_quotes_them() -> None:
    odd = replace(SMOOTH, notes=('a\tb\nc\r\u2028"d"',))
    assert render(odd, Format.TSV).splitlines()[1] == '2.0\t104.0\t196.0\tagree\ta b c "d"'
    assert rows(odd)[1][-1] == 'a\tb\nc\r\u2028"d"'
