"""The `deriv` command and `python -m derivcli`: the one place that turns an error into an exit code."""

from __future__ import annotations

import gc

gc.disable()  # before the imports, a third of which it would take; this process is short-lived

import contextlib  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
from typing import TYPE_CHECKING, NoReturn  # noqa: E402

from derivcli.errors import DerivError, ExitCode  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from derivcli.cli.streams import Environment


def main() -> NoReturn:
    """Run the command and leave at once: tearing torch down takes longer than the answer."""
    _leave_current_folder()
    code = run(sys.argv[1:])
    _stop_worker()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(code)


def run(arguments: Sequence[str], environment: Environment | None = None) -> int:
    """Run the command and return its exit code; no error leaves this function."""
    from derivcli.cli.streams import Environment, StandardOutput

    environment = environment or Environment()
    try:
        if arguments and arguments[0] == "--version":
            from derivcli import __version__

            StandardOutput(environment).write(f"deriv {__version__}\n")
            return ExitCode.AGREE
        from derivcli.cli.app import run as run_command

        return run_command(arguments, environment)
    except DerivError as error:
        return _refuse(error, arguments, environment)
    except BrokenPipeError:
        _silence_stdout()
        return ExitCode.BROKEN_PIPE
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except Exception as error:
        return _refuse(_defect(error), arguments, environment)


def _refuse(error: DerivError, arguments: Sequence[str], environment: Environment) -> int:
    from derivcli.cli.app import describe
    from derivcli.cli.arguments import wants_json

    if "--debug" in arguments:
        import traceback

        environment.warn("".join(traceback.format_exception(error)).rstrip())
    environment.warn(describe(error, as_json=wants_json(arguments)))
    return error.exit_code


def _defect(error: Exception) -> DerivError:
    defect = DerivError(
        f"internal error: {type(error).__name__}: {error}",
        hint="this is a defect of deriv; --debug shows where it comes from",
    )
    defect.__cause__ = error
    return defect


def _leave_current_folder() -> None:
    """Take the current folder, which `python -m` puts first, off the path: no file of the user's is imported."""
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib is slower
    current = os.getcwd()  # noqa: PTH109
    sys.path[:] = [entry for entry in sys.path if entry not in ("", current) or current == home]


def _silence_stdout() -> None:
    """Point standard output at nothing, so that the interpreter does not complain when it flushes."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stop_worker() -> None:
    client = sys.modules.get("derivcli.witnesses.client")
    if client is not None:
        client.stop()


if __name__ == "__main__":
    main()
