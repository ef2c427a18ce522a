"""The command line: the only room that prints, asks or sets an exit code."""

from __future__ import annotations

import signal
import sys
from typing import NoReturn

from briefpack.errors import BriefpackError, ExitCode

REPORT_TO = "This is a fault of briefpack, not of your files. Please report it, with the lines above."


def main() -> NoReturn:
    """Run a command and end with its exit code. Every error that ends a run is caught here and nowhere else."""
    from briefpack.cli.terminal import RUN, begin, finish

    begin()
    try:
        from briefpack.cli.app import app

        app(prog_name="briefpack")
        code = finish()
    except BriefpackError as error:
        RUN.diagnostics += error.diagnostics
        code = finish(error.exit_code)
    except KeyboardInterrupt:
        code = finish(ExitCode.INTERRUPTED)
    except SystemExit as stop:
        # Typer ends with this: help and completion (0), a wrong command line (2), Ctrl-C (130).
        code = ExitCode(stop.code if isinstance(stop.code, int) else 0)
        if code is ExitCode.USAGE:
            sys.exit(code)
        code = finish(code)
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not look like a mistake of the user
        import traceback

        from briefpack.pipeline.workers import WorkerFaultError

        if isinstance(error, WorkerFaultError):
            print(error, file=sys.stderr)  # noqa: T201 - this room prints
        else:
            traceback.print_exception(error)
        print(REPORT_TO, file=sys.stderr)  # noqa: T201 - as above
        code = ExitCode.BUG
    # All is done and said: Ctrl-C from here on must not turn it into something else.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(code)
