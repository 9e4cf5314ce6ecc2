"""The program `caveat`, within the interpreter."""

from __future__ import annotations

import signal
import sys

from ._caveat import run


def main() -> None:
    """Run the program with the arguments of the process and leave with its exit status."""
    # The interpreter would hear of an interrupt only after the program has ended.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(run(["caveat", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
