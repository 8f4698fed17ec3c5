"""A process of a pool (see `pool`): it answers a query a line until there are no more, and ends with whoever asks."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from derivcli import garbage
from derivcli.batch.answering import answered
from derivcli.batch.exchange import answer_line, read_query
from derivcli.batch.queries import Answered, Query
from derivcli.errors import DerivError
from derivcli.witnesses import client

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NoReturn


def main() -> NoReturn:
    """Serve the standard streams, then leave at once: tearing torch down takes longer."""
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:  # by nohup
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # an exception inside the import of torch would abort the process
    with suppress(OSError):  # nobody reads the answers any more
        serve(sys.stdin.buffer, sys.stdout)
    client.abandon()
    os._exit(0)


def serve(lines: Iterable[bytes], replies: TextIO) -> None:
    """Write what there is to say of the query of each line as a line, before the next is read."""
    for number, line in enumerate(lines):
        replies.write(_said(line))
        replies.flush()
        if not number:
            garbage.collect()  # now that torch is loaded


def _said(line: bytes) -> str:
    """Return what there is to say of a query; of a part that is missing the one who asks has to know."""
    try:
        return answer_line(answered(read_query(line)))
    except DerivError as missing:
        return answer_line(Answered(Query(0), error=missing))
