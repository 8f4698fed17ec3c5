"""Files cut into sections: whatever the cut, their rows are those of the whole file."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pyarrow
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from derivcli.points.files import open_points
from derivcli.points.sections import FileSection, open_section, sections
from derivcli.points.told import Told
from tests.every import examples, for_all
from tests.points.reading import lines_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

NONE = Told()
ROWS = "".join(f"{n},{n / 8}\n" for n in range(40))
# Each is cut anywhere: comments, empty lines, marks, line ends, quotes that close in their line.
TABLES = {
    "plain": f"n,x\n{ROWS}",
    "no last line end": f"n,x\n{ROWS}".rstrip("\n"),
    "bad rows": "n,x\n" + "1,2\n2\n3,zero\n\n\n5,6,7\n" * 9 + "8,9\n\n\n",
    "comments": "# one\n# two\nn,x\n" + "1,2\n# three\n3,4\n" * 9,
    "a comment that names": "# n x\n" + "1 2\n\n3 4\n" * 9,
    "carriage returns": f"n,x\n{ROWS}\n\n1,2\n".replace("\n", "\r\n"),
    "a byte order mark": f"\ufeffn,x\n{ROWS}",
    "Excel": "sep=;\nn;x\n" + "1;2\n3;4\n" * 12,
    "quotes": "n,x\n" + '"a, b",1\n"c ""d""",2\ne,"3"\n' * 9,
    "tabs without quotes": 'n\tx\na "b\t1\n' + 'c"\t2\n' * 20,
    "a long header": '"n",x,"a header\nof two lines"\n' + "1,2,3\n4,5,6\n" * 12,
}
# In each of these a quote is open at the end of a line, or may be.
UNSAFE = {
    "a line break in quotes": f'n,x\n"a\nb",1\n{ROWS}',
    "a quote that never closes": f'n,x\n"a,1\n{ROWS}',
    "a literal quote before one": f'n,x\na"b,"c\n{ROWS}',
    "quotes between blanks": "n x\n" + '"a b" 1\n' * 30,
}


def pieces(name: str, told: Told = NONE, size: int = 60) -> list[FileSection | None]:
    source = open_points(name, told)
    try:
        return sections(source, name, size)
    finally:
        source.close()


def check(name: str, variables: tuple[str, ...], size: int, told: Told = NONE) -> int:
    """Hold the rows of all sections, and the lines that were passed over, against those of the file."""
    whole = open_points(name, told)
    cut = pieces(name, told, size)
    found = [line for each in cut for line in lines_of(open_section(name, told, each), variables)]
    assert repr(found) == repr(lines_of(whole, variables))  # of bad rows the coordinates are nan
    return len(cut)


def passed(name: str, section: FileSection | None) -> int:
    return sum(rows.passed for rows in open_section(name, NONE, section).rows(("x",)))


@for_all("kind", TABLES)
def test_blocks_of_lines_have_the_rows_of_the_file(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "data.csv"
    file.write_bytes(TABLES[kind].encode())
    for size in (1, 7, 30, 60):
        assert check(str(file), ("x",), size) > 1, kind
    assert sum(passed(str(file), each) for each in pieces(str(file))) == passed(str(file), None)


@for_all("kind", UNSAFE)
def test_a_file_with_a_quote_that_may_be_open_is_one_section(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "data.csv"
    file.write_text(UNSAFE[kind], encoding="utf-8")
    assert pieces(str(file)) == [None]
    assert check(str(file), ("x",), 60) == 1


@examples(60, 3_000)
@given(
    st.lists(st.sampled_from(['"', ",", "1", "x", "\n", "\r\n", "#", ' "', '""', "1,2\n"]), max_size=60),
    st.integers(1, 40),
)
def test_any_text_has_the_same_rows_in_sections(
    tmp_path_factory: pytest.TempPathFactory, marks: list[str], size: int
) -> None:
    file = tmp_path_factory.mktemp("any") / "data.csv"
    file.write_text("n,x\n0,0\n" + "".join(marks) + "\n9,9\n", encoding="utf-8", newline="")
    check(str(file), ("x",), size, Told(separator=","))


def test_what_cannot_be_read_in_the_middle_is_one_section(tmp_path: Path) -> None:
    text = f"n,x\n{ROWS}"
    kinds = {"a.csv.gz": gzip.compress(text.encode()), "b.csv": text.encode("utf-16"), "c.csv": text.encode()}
    kinds["d.csv"] = text.replace("\n", "\r").encode()
    kinds["e.jsonl"] = b'{"n": 1, "x": 2}\n' * 30
    for name, data in kinds.items():
        (tmp_path / name).write_bytes(data)
        told = Told(encoding="latin-1") if name == "c.csv" else NONE
        assert pieces(str(tmp_path / name), told) == [None], name
        assert check(str(tmp_path / name), ("x",), 60, told) == 1


def test_a_file_that_is_not_longer_than_a_block_is_one_section(tmp_path: Path) -> None:
    file = tmp_path / "data.csv"
    file.write_text("x\n1\n2\n", encoding="utf-8")
    assert pieces(str(file), size=6) == [None]
    assert pieces(str(file), size=5) == [FileSection(2, 6, 2)]
    assert pieces(str(file), size=2) == [FileSection(2, 4, 2), FileSection(4, 6, 3)]


def test_a_section_of_parquet_is_a_row_group_that_is_not_empty(tmp_path: Path) -> None:
    file = tmp_path / "data.parquet"
    table = pyarrow.table({"x": [1.0, None, 3.0, 4.0, 5.0]})
    with parquet.ParquetWriter(file, table.schema) as writer:
        for start, count in ((0, 2), (2, 0), (2, 3)):
            writer.write_table(table.slice(start, count))
    assert pieces(str(file)) == [FileSection(0, 1, 1), FileSection(2, 3, 3)]
    assert check(str(file), ("x",), 1) == 2
