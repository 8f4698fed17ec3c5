"""A query -> what there is to say of it. `differentiate_many` answers many, in one process or in several."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Unpack

from derivcli import parts
from derivcli.api import answer_to, begun, check_names, request_of
from derivcli.batch.queries import Answered, Query, plain, query_of
from derivcli.errors import DerivError, InternalError, MissingPartError, UsageError
from derivcli.witnesses import client

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from derivcli.api import Wanted
    from derivcli.model import Request, Result, System
    from derivcli.witnesses.protocol import WorkerRequest

# Queries that are begun before their turn. The worker takes as many looks as come first while torch is loaded, which
# would else be a second in which it has nothing to do; then few keep it busy, and what has to be asked anew waits for
# few. Of others it is one ahead, so that none waits long behind one that is slow.
_FIRST_LOOKS, _LOOKS, _OTHERS = 1_000, 64, 2
_SHORT = 0.1  # seconds, in which nothing is gained: an answer that must be there so soon is begun in its turn


@parts.told()
def differentiate_many(
    questions: Iterable[str | Mapping[str, Any]], *, jobs: int = 1, **wanted: Unpack[Wanted]
) -> Iterator[Answered]:
    """Yield an `Answered` for each question, in their order, as soon as it is ready.

    A question is an expression, perhaps with a point (`x^2 @ x=3`), or a mapping: `expression`, what `differentiate`
    takes, and besides `id`, which comes back with the answer, and one of `check` (answers to judge), `steps` ("brief"
    or "full") and `code` (a language, with `stable` if it shall not cancel). `wanted` is for all of them. An `Answered`
    has the `query`, and the `answer`, or the `code`, or else the `error`: one bad question costs no other its answer.

    `jobs` is how many pairs of processes answer side by side; with more than one, some questions are taken before they
    are answered, and with one the next of a list. Raises `UsageError` for arguments that make no sense,
    `MissingPartError` where a library is missing.
    """
    check_names("differentiate_many", wanted)
    if isinstance(questions, (str, Mapping)):
        raise UsageError("the questions must be several", hint="differentiate answers a single one")
    if jobs < 1:
        raise UsageError(f"jobs must be at least 1, not {jobs}")
    asked = (_query(question, number, wanted) for number, question in enumerate(questions, 1))
    return answers(asked, jobs, lambda: isinstance(questions, Sequence))


def _query(question: str | Mapping[str, Any], number: int, wanted: Mapping[str, Any]) -> Query | Answered:
    given: Mapping[str, Any] = {}
    try:
        if not isinstance(question, (str, Mapping)):
            raise UsageError(f"a question is a text or a mapping of fields, not {type(question).__name__}")
        given = plain(question) if isinstance(question, str) else question
        return query_of({**wanted, **given}, {}, number)
    except DerivError as error:
        return Answered(Query(number, id=given.get("id")), error=error)


def answers(
    queries: Iterable[Query | Answered], jobs: int = 1, is_ready: Callable[[], bool] = lambda: False
) -> Iterator[Answered]:
    """Yield what there is to say of each query, in their order; raises `MissingPartError`.

    Where `is_ready` tells that the next query is there already, the worker begins with it before its turn.
    """
    if jobs > 1:
        from derivcli.batch.pool import side_by_side

        yield from side_by_side(queries, jobs)
        return
    source = iter(queries)
    waiting: deque[_Waiting] = deque()
    try:
        most = _FIRST_LOOKS
        while _fill(waiting, source, is_ready, most):
            yield waiting.popleft().end()
            most = _LOOKS
    finally:  # a question that was sent and will not be asked stands before all others
        for one in waiting:
            if one.sent is not None:
                client.forget(one.sent)


class _Waiting(NamedTuple):
    """What ends a query that waits for its turn, and what the worker has been sent of it, if any.

    A light one asks it for a look at most.
    """

    end: Callable[[], Answered]
    sent: WorkerRequest | None = None
    is_light: bool = False


def _fill(
    waiting: deque[_Waiting], source: Iterator[Query | Answered], is_ready: Callable[[], bool], most: int
) -> bool:
    """Begin with queries that are there already; tell whether there is any to be answered.

    One is begun ahead of its turn, and at `most` so many of those that the worker only takes a look at.
    """
    while not waiting or (len(waiting) < (most if waiting[-1].is_light else _OTHERS) and is_ready()):
        begun = _next(source)
        if begun is None:
            break
        waiting.append(begun)
    return bool(waiting)


def _next(source: Iterator[Query | Answered]) -> _Waiting | None:
    """Begin with the next query, None where there is none; an error of the source is raised in its turn."""
    try:
        query = next(source, None)
    except Exception as error:
        return _Waiting(partial(_raise, error))
    return None if query is None else _begun(query)


def _raise(error: Exception) -> Answered:
    raise error


def _begun(query: Query | Answered) -> _Waiting:
    """Begin with a query; with one that cannot be begun, or takes more than one question to the worker, in its turn."""
    if isinstance(query, Answered):
        return _Waiting(lambda: query, is_light=True)
    in_turn = _Waiting(partial(answered, query))
    if not query.is_plain:
        return in_turn
    try:
        request = _request(query)
        sent, end, is_look = begun(request)
        if request.timeout > _SHORT:
            client.send_ahead(sent, request.timeout)
    except Exception:
        return in_turn
    return _Waiting(partial(answered, query, end), sent, is_look)


def answered(query: Query, answer: Callable[[], Result | System] | None = None) -> Answered:
    """Return what there is to say of a query: no error but that of a missing library is the business of another one."""
    try:
        if query.code:
            return _written(query)
        return Answered(query, _answer(query) if answer is None else answer())
    except MissingPartError:
        raise
    except DerivError as error:
        return Answered(query, error=error)
    except Exception as error:
        return Answered(query, error=InternalError(f"internal error: {type(error).__name__}: {error}"))


def _request(query: Query) -> Request:
    """Return what is asked; an answer may be about a variable that f has not, such as that of another question."""
    request = request_of(query.expressions[0] if len(query.expressions) == 1 else "", query.wanted)
    beside = request.wrt if query.check and request.wrt else request.beside
    return replace(request, unseen=query.unseen, beside=beside) if query.unseen or beside else request


def _written(query: Query) -> Answered:
    """Return f and its derivatives as code."""
    from derivcli.exports.asking import written

    if len(query.expressions) > 1:
        raise UsageError("code is written of one expression", hint="ask for one expression at a time")
    text, readings = written(_request(query), query.code, stable=query.stable)
    return Answered(query, code=text, readings=readings)


def _answer(query: Query) -> Result | System:
    if query.is_plain:
        return begun(_request(query)).end()
    texts: Any = query.expressions if len(query.expressions) > 1 else query.expressions[0]
    found: Result | System = answer_to(texts, _request(query))
    from derivcli.explanations.asking import with_checks, with_steps  # which takes 25 ms

    if query.check:
        return with_checks(found, query.check)
    return with_steps(found) if query.steps else found
