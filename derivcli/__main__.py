"""The `deriv` command and `python -m derivcli`: the one place that turns an error into an exit code."""

from __future__ import annotations

import sys

if __name__ == "__main__" and not sys.flags.safe_path:
    sys.path.pop(0)  # the current folder, which `python -m` puts first: no file of the user's is imported

import gc

gc.disable()  # before the imports, a third of which it would take; this process is short-lived

import _signal as signal  # type: ignore[import-not-found]  # noqa: E402 - `signal` takes a millisecond more
import os  # noqa: E402

# Nothing else is imported before `main` has its handlers: until then Ctrl-C ends in a traceback of Python's.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, NoReturn

    from derivcli.cli.streams import Environment
    from derivcli.errors import DerivError

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


def main() -> NoReturn:
    """Run the command, and leave at once: tearing torch down takes longer."""
    _on_signals(_end)
    _leave(run(sys.argv[1:]))


def run(arguments: Sequence[str], environment: Environment | None = None) -> int:
    """Run the command and return its exit code; no error leaves this function."""
    from derivcli.cli.streams import Environment
    from derivcli.errors import DerivError, ExitCode

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
    from derivcli.cli.arguments import colour_choice, wants_json
    from derivcli.cli.report import describe, trace
    from derivcli.hints import Asker

    error.asker = Asker.COMMAND
    if "--debug" in arguments:
        environment.warn(trace(error))
    in_colour = environment.wants_colour(colour_choice(arguments), for_errors=True)
    environment.warn(describe(error, as_json=wants_json(arguments), in_colour=in_colour))
    return error.exit_code


def _meaning(error: Exception) -> DerivError:
    """Return what an error means to the user: a part that is missing, memory that ran out, or a defect of ours."""
    from derivcli import parts
    from derivcli.errors import InternalError

    found = parts.explained(error) or InternalError(
        f"internal error: {type(error).__name__}: {error}",
        hint="this is a defect of deriv; --debug shows where it comes from",
    )
    found.__cause__ = error
    return found


def _on_signals(action: Any) -> None:
    """Set what becomes of signals; one that is ignored stays so: by nohup, by `trap ''`, in a script's background."""
    for number in (getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, action)


def _end(number: int, _frame: Any) -> NoReturn:
    """End at once on a signal. An exception would not do: inside the import of torch it aborts the process.

    The signal may have come in the middle of anything: nothing is imported here, and a module may be half there.
    """
    _on_signals(_end_already)  # they come in pairs: `timeout` signals the process, and then its group
    streams = sys.modules.get("derivcli.cli.streams")
    for unfinished in getattr(streams, "unfinished", ()):
        try:  # noqa: SIM105 - `contextlib` may be half there
            unfinished.discard()
        except Exception:  # noqa: S110
            pass
    _leave(128 + number)


def _end_already(_number: int, _frame: Any) -> None:
    """Do nothing: the process is ending. To ignore the signal would be handed down to the processes it starts."""


def _leave(code: int) -> NoReturn:
    abandon = getattr(sys.modules.get("derivcli.witnesses.client"), "abandon", None)
    if abandon is not None:
        abandon()
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105
            stream.flush()
        except (OSError, ValueError, AttributeError, RuntimeError):  # the last: it is being written
            pass
    os._exit(code)


if __name__ == "__main__":
    main()
