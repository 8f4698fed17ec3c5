"""The `deriv` command and `python -m derivcli`: the one place that turns an error into an exit code."""

from __future__ import annotations

import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    sys.path.pop(0)  # the current folder, which `python -m` puts first: no file of the user's is imported

import gc

gc.disable()  # before the imports, a third of which it would take; this process is short-lived

import contextlib  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
from typing import TYPE_CHECKING, Any, NoReturn  # noqa: E402

from derivcli.errors import DerivError, ExitCode, InternalError  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.cli.streams import Environment

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


def main() -> NoReturn:
    """Run the command and leave at once: tearing torch down takes longer than the answer."""
    _on_signals(_end)
    _leave(run(sys.argv[1:]))


def run(arguments: Sequence[str], environment: Environment | None = None) -> int:
    """Run the command and return its exit code; no error leaves this function."""
    from derivcli.cli.streams import Environment

    environment = environment or Environment()
    try:
        from derivcli.cli.app import run as run_command

        return run_command(arguments, environment)
    except DerivError as error:
        return _refuse(error, arguments, environment)
    except BrokenPipeError:
        return ExitCode.BROKEN_PIPE
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except Exception as error:
        return _refuse(_meaning(error), arguments, environment)


def _refuse(error: DerivError, arguments: Sequence[str], environment: Environment) -> int:
    from derivcli.cli.arguments import wants_json
    from derivcli.cli.report import describe, trace

    if "--debug" in arguments:
        environment.warn(trace(error))
    environment.warn(describe(error, as_json=wants_json(arguments)))
    return error.exit_code


def _meaning(error: Exception) -> DerivError:
    """Return what an error means to the user: a part that is missing, memory that ran out, or a defect of ours."""
    from derivcli import parts

    found = parts.explained(error) or InternalError(
        f"internal error: {type(error).__name__}: {error}",
        hint="this is a defect of deriv; --debug shows where it comes from",
    )
    found.__cause__ = error
    return found


def _on_signals(action: Any) -> None:
    for name in _SIGNALS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), action)


def _end(number: int, _frame: Any) -> NoReturn:
    """End at once on a signal. An exception would not do: inside the import of torch it aborts the process."""
    _on_signals(signal.SIG_IGN)  # they come in pairs: `timeout` signals the process, and then its group
    streams = sys.modules.get("derivcli.cli.streams")
    for unfinished in getattr(streams, "unfinished", ()):
        with contextlib.suppress(Exception):  # the signal may have come in the middle of anything
            unfinished.discard()
    _leave(128 + number)


def _leave(code: int) -> NoReturn:
    client = sys.modules.get("derivcli.witnesses.client")
    if client is not None:
        client.abandon()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError, RuntimeError):  # the last: it is being written
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
