"""`differentiate_many`: answers in the order of the questions, and errors that cost no other answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from derivcli import Result, System, UsageError, api, differentiate_many
from derivcli.batch import answering, pool
from derivcli.batch.queries import query_of
from derivcli.errors import MissingPartError, UnknownNameError, read_error
from derivcli.model import Request
from tests.every import at_night

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from derivcli.api import Begun
    from derivcli.batch.queries import Answered

QUESTIONS: list[Any] = [
    {"expression": "x^2", "at": {"x": 3}, "id": 1},
    "3*sine(x)",
    {"expression": ["x*y", "x+y"], "at": {"x": 1, "y": 2}},
    {"expression": "x^3", "at": {"x": "1/3"}, "order": 2},
    {"expression": "sin(3x)", "check": "cos(3x)"},
    {"expression": "x^2*sin(x)", "steps": True},
]


Ending = Callable[[Callable[[Request], None]], None]


def numbers(found: Answered) -> list[float | None]:
    assert isinstance(found.answer, Result)
    return [derivative.answer for derivative in found.answer.derivatives]


def check(answers: list[Answered]) -> None:
    """Hold the answers to `QUESTIONS` against what a person finds."""
    square, sine, both, cube, judged, explained = answers
    assert numbers(square) == [6]
    assert square.query.id == 1
    assert isinstance(sine.error, UnknownNameError)
    assert (sine.query.line, sine.error.message, sine.error.span) == (2, "unknown function `sine`", (2, 6))
    assert isinstance(both.answer, System)
    assert [d.answer for f in both.answer.functions for d in f.derivatives] == [2, 1, 1, 1]
    assert numbers(cube) == [1 / 3, 2]
    assert isinstance(judged.answer, Result)
    assert judged.answer.check is not None
    assert (judged.answer.check.verdict, judged.answer.check.mistakes[0].rule) == ("wrong", "inner derivative missing")
    assert isinstance(explained.answer, Result)
    assert next(step.rule for step in explained.answer.derivatives[0].steps or ()) == "product rule"


def test_each_question_has_its_answer_or_its_error() -> None:
    check(list(differentiate_many(QUESTIONS)))


def test_what_is_asked_of_all_goes_to_each_that_says_nothing_else() -> None:
    first, second = differentiate_many(["x^2*y", {"expression": "x^2*y", "wrt": "y"}], wrt="x")
    for found, name in ((first, "df/dx"), (second, "df/dy")):
        assert isinstance(found.answer, Result)
        assert [d.name for d in found.answer.derivatives] == [name]


def test_questions_are_taken_one_by_one() -> None:
    taken: list[str] = []

    def questions() -> Iterator[str]:
        for text in ("x", "x^2", "x^3"):
            taken.append(text)
            yield text

    answers = differentiate_many(questions())
    next(answers)
    assert taken == ["x"]


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch) -> Ending:
    """Let something be done whenever the answer to a request is wanted."""
    whole = api.begun

    def before(done: Callable[[Request], None]) -> None:
        def begin(request: Request) -> Begun:
            first = whole(request)

            def end() -> Result:
                done(request)
                return first.end()

            return first._replace(end=end)

        monkeypatch.setattr(answering, "begun", begin)

    return before


def test_a_defect_costs_one_answer(ending: Ending) -> None:
    def fails(request: Request) -> None:
        if request.expression == "x":
            raise ZeroDivisionError("by us")

    ending(fails)
    bad, good = differentiate_many(["x", "x^2"])
    assert str(bad.error) == "internal error: ZeroDivisionError: by us"
    assert good.answer is not None


def test_a_library_that_is_missing_is_no_matter_of_one_question(ending: Ending) -> None:
    def fails(_: Request) -> None:
        raise MissingPartError("torch is not installed")

    ending(fails)
    with pytest.raises(MissingPartError):
        list(differentiate_many(["x"]))


def test_what_is_no_question_costs_no_other_answer() -> None:
    questions: list[Any] = ["x @ x=1", 5, {"expression": "x^2", "at": {"x": 3}, "check": 6}]
    first, bad, judged = differentiate_many(questions)
    assert numbers(first) == [1]
    assert str(bad.error) == "a question is a text or a mapping of fields, not int"
    assert isinstance(judged.answer, Result)
    assert judged.answer.check is not None
    assert judged.answer.check.verdict == "right"
    with pytest.raises(UsageError, match=r"^the questions must be several$"):
        differentiate_many("x^2")


def test_arguments_that_make_no_sense_are_refused_before_the_first_answer() -> None:
    with pytest.raises(UsageError, match=r"^jobs must be at least 1, not 0$"):
        differentiate_many(["x"], jobs=0)
    with pytest.raises(TypeError, match="unexpected argument 'ordr'"):
        differentiate_many(["x"], ordr=2)  # type: ignore[call-arg]


def test_the_fields_of_a_query_make_it_again() -> None:
    for question in QUESTIONS:
        query = query_of({"expression": question} if isinstance(question, str) else question, {})
        again = query_of(query.fields, {})
        assert (again.expressions, again.wanted, again.check, again.steps) == (
            query.expressions,
            query.wanted,
            query.check,
            query.steps,
        )


def test_an_error_can_be_read_back_from_json() -> None:
    (found,) = differentiate_many(["3*sine(x)"])
    assert found.error is not None
    again = read_error(found.error.to_dict())
    assert type(again) is UnknownNameError
    assert again.to_dict() == found.error.to_dict()


@pytest.mark.nightly
def test_processes_side_by_side_give_the_same_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Any] = []
    popen = subprocess.Popen

    def watched(*arguments: Any, **options: Any) -> Any:
        started.append(popen(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", watched)

    def questions() -> Iterator[Any]:
        yield from QUESTIONS
        yield {"expression": "x^2", "at": {"x": 5}}

    answers = differentiate_many(questions(), jobs=2)
    check([next(answers) for _ in QUESTIONS])
    assert numbers(next(answers)) == [10]
    assert next(answers, None) is None
    assert len(started) == 2
    assert all(process.wait(timeout=60) in (0, 1) for process in started)


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_a_process_that_dies_costs_the_question_that_it_had_and_another_takes_its_place() -> None:
    server = pool._Server()
    unreadable = query_of({"expression": "3*sine(x)"}, {})  # which is answered without torch: it takes seconds to load
    assert isinstance(server.answer(unreadable).error, UnknownNameError)
    process = server._process
    assert process is not None
    os.kill(process.pid, signal.SIGSTOP)  # it cannot answer, and is in the middle of a question when it is killed
    threading.Timer(0.2, process.kill).start()
    lost = server.answer(unreadable)
    assert str(lost.error) == "the process that was answering this question has ended"
    assert isinstance(server.answer(unreadable).error, UnknownNameError)
    assert server._process is not process
    server.end()


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, ending: Ending) -> list[str]:
    """What is done about each question, in order."""
    said: list[str] = []
    ending(lambda request: said.append(f"end {request.expression}"))
    begun: Callable[[Request], Begun] = getattr(answering, "begun")  # noqa: B009 - as `ending` has left it

    def begin(request: Request) -> Begun:
        said.append(f"begin {request.expression}")
        return begun(request)

    monkeypatch.setattr(answering, "begun", begin)
    return said


def test_questions_that_are_there_already_are_begun_before_their_turn(said: list[str]) -> None:
    found = differentiate_many(["x^2 @ x=3", "3*sine(x)", "x^3 @ x=2"])
    assert [numbers(answer) for answer in found if answer.answer] == [[6], [12]]
    assert said == ["begin x^2", "begin 3*sine(x)", "end x^2", "begin x^3", "begin 3*sine(x)", "end x^3"]


def test_of_bare_numbers_many_are_begun_before_their_turn(said: list[str]) -> None:
    texts = [f"{k}*x" for k in range(1, 6)]
    queries = [replace(query_of({"expression": text, "at": "x=1"}, {}), unseen=True) for text in texts]
    assert [numbers(answer) for answer in answering.answers(queries, 1, lambda: True)] == [[1], [2], [3], [4], [5]]
    assert said == [f"{what} {text}" for what in ("begin", "end") for text in texts]


def test_once_an_answer_is_there_fewer_are_begun_ahead(said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "_FIRST_LOOKS", 4)
    monkeypatch.setattr(answering, "_LOOKS", 2)
    texts = [f"{k}*x" for k in range(1, 7)]
    queries = [replace(query_of({"expression": text, "at": "x=1"}, {}), unseen=True) for text in texts]
    assert [numbers(answer) for answer in answering.answers(queries, 1, lambda: True)] == [[k] for k in range(1, 7)]
    order = "begin 1, begin 2, begin 3, begin 4, end 1, end 2, end 3, begin 5, end 4, begin 6, end 5, end 6"
    assert said == [f"{done}*x" for done in order.split(", ")]


def test_what_waits_behind_bare_numbers_is_begun_once(said: list[str]) -> None:
    """A question in full lets none behind it begin, until it is the next one."""
    queries = [query_of({"expression": f"{k}*x", "at": "x=1"}, {}) for k in range(1, 5)]
    looks = [replace(query, unseen=True) for query in queries[:2]]
    found = answering.answers([*looks, *queries[2:]], 1, lambda: True)
    assert [numbers(answer) for answer in found] == [[1], [2], [3], [4]]
    assert said[:4] == ["begin 1*x", "begin 2*x", "begin 3*x", "end 1*x"]


def test_of_an_iterator_no_question_is_taken_before_the_one_in_front_is_answered() -> None:
    taken: list[int] = []

    def questions() -> Iterator[str]:
        for k in (1, 2, 3):
            taken.append(k)
            yield f"{k}*x @ x=1"

    found = differentiate_many(questions())
    assert [(numbers(answer), list(taken)) for answer in found] == [([1], [1]), ([2], [1, 2]), ([3], [1, 2, 3])]


def test_an_error_of_the_source_comes_after_the_answers_before_it() -> None:
    def queries() -> Iterator[Any]:
        yield query_of({"expression": "x^2", "at": "x=3"}, {}, 1)
        raise UsageError("the end")

    found = answering.answers(queries(), 1, lambda: True)
    assert numbers(next(found)) == [6]
    with pytest.raises(UsageError, match="the end"):
        next(found)


@pytest.mark.parametrize("jobs", [1, *at_night(2)])
def test_code_is_written_of_a_question_too(jobs: int, tmp_path: Path) -> None:
    """The file tests itself at three points: 2x sin x + x^2 cos x is the slope by hand."""
    question = {"expression": "x^2*sin(x)", "at": "x=1", "code": "python"}
    (found,) = differentiate_many([question], jobs=jobs)
    file = tmp_path / "f.py"
    file.write_text(found.code + "\nassert abs(gradient(1.0)[0] - 2.2232442754839328) < 1e-15\n", encoding="utf-8")
    ran = subprocess.run([sys.executable, str(file)], capture_output=True, text=True, check=True)
    assert (ran.stdout, found.error, found.answer) == ("right at 3 points\n", None, None)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"code": "c", "steps": True}, "`code` and `steps` do not go together"),
        ({"check": "2x", "steps": True}, "`check` and `steps` do not go together"),
        ({"along": "x=1", "steps": True}, "`steps` and `along` do not go together"),
        ({"code": "c", "implicit": "y"}, "`code` and `implicit` do not go together"),
        ({"stable": True}, "`stable` is for `code`"),
    ],
)
def test_fields_that_do_not_go_together_are_an_error_of_their_line(fields: dict[str, Any], message: str) -> None:
    bad, good = differentiate_many([{"expression": "x^2", **fields}, "x @ x=1"])
    assert str(bad.error) == message
    assert numbers(good) == [1]


def test_what_a_line_wants_done_comes_before_what_all_lines_want() -> None:
    query = query_of({"expression": "x^2", "check": "2x"}, {"steps": "brief", "order": 1}, 1)
    assert (query.check, query.steps, query.code) == (("2x",), "", "")


def test_a_language_that_is_misspelt_has_a_hint() -> None:
    (found,) = differentiate_many([{"expression": "x^2", "code": "pyhton"}])
    assert found.error is not None
    assert found.error.hint == "did you mean `python`?"
