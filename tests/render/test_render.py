"""The one door of the room, and what it may import."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivcli.render import Canvas, Format, render
from tests.render.samples import SAMPLES
from tests.test_model import results

if TYPE_CHECKING:
    from derivcli.model import Result

WIDTHS = st.none() | st.integers(0, 200)
IMPORTS = """
import sys
from derivcli.render import Format, render
from tests.render.samples import SMOOTH
render(SMOOTH, Format({format!r}))
print(*sorted({{"rich", "torch", "sympy", "mpmath"}} & set(sys.modules)))
"""


def imported(form: Format) -> list[str]:
    script = IMPORTS.format(format=str(form))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("form", Format)
def test_every_format_ends_with_exactly_one_newline(name: str, form: Format) -> None:
    text = render(SAMPLES[name], form)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("form", [f for f in Format if f is not Format.TABLE])
def test_only_the_table_imports_rich_and_nothing_imports_a_witness(form: Format) -> None:
    assert imported(form) == []


def test_the_check_on_imports_can_fail() -> None:
    assert imported(Format.TABLE) == ["rich"]


@pytest.mark.parametrize("form", Format)
@given(result=results, width=WIDTHS, color=st.booleans(), unicode=st.booleans())
def test_whatever_the_result_there_is_a_text(
    form: Format, result: Result, width: int | None, color: bool, unicode: bool
) -> None:
    assert render(result, form, Canvas(width, color, unicode)).endswith("\n")
