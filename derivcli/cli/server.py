"""A process of a pool (see `derivcli.batch.pool`): it answers a query a line until there are no more."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from derivcli import garbage
from derivcli.batch.answering import answered
from derivcli.batch.exchange import answer_line, read_query
from derivcli.batch.queries import Answered, Query
from derivcli.cli.streams import Environment
from derivcli.errors import DerivError, ExitCode

if TYPE_CHECKING:
    from collections.abc import Sequence


def serve(_arguments: Sequence[str], environment: Environment | None = None) -> int:
    """Answer the queries on standard input; where nobody reads the answers any more it ends."""
    streams = environment or Environment()
    with suppress(OSError):
        for number, line in enumerate(streams.bytes_in() or ()):
            assert streams.stdout is not None  # noqa: S101 - it is a pipe
            streams.stdout.write(_said(line))
            streams.stdout.flush()
            if not number:
                garbage.collect()  # now that torch is loaded
    return ExitCode.AGREE


def _said(line: bytes) -> str:
    """Return what there is to say of a query; of a part that is missing the one who asks has to know."""
    try:
        return answer_line(answered(read_query(line)))
    except DerivError as missing:
        return answer_line(Answered(Query(0), error=missing))
