"""What a user may read is reviewed: `tests/messages.txt` holds every sentence of the source."""

from __future__ import annotations

import ast

from tests.make_messages import FILE, messages, sentences


def test_the_file_of_messages_is_up_to_date() -> None:
    assert messages() == FILE.read_text(encoding="utf-8"), "run: python -m tests.make_messages, and read the difference"


def test_errors_hints_notes_and_helps_are_in_it() -> None:
    said = FILE.read_text(encoding="utf-8").splitlines()
    for message in (
        "  unknown function `{name}`",
        "  did you mean --{...}?",
        "  a cusp: the slope grows without bound, with opposite signs on the two sides",
        "  Differentiate by these variables only.",
        "  Bessel function of the first kind of order n",
    ):
        assert message in said


def test_what_is_filled_in_stands_by_its_name_and_what_no_user_sees_is_left_out() -> None:
    source = '''
"""A docstring of a module."""
_PATTERN = re.compile("two words")
def f(name):
    """A docstring of a function."""
    raise Error(f"no value for `{name}`, but {len(others)}", hint="add" " one")
'''
    assert list(sentences(ast.parse(source))) == ["no value for `{name}`, but {...}", "add one"]
