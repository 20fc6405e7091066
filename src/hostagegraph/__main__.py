"""Run the command line as `python -m hostagegraph`."""

import sys

from hostagegraph.cli import main

if __name__ == "__main__":
    sys.exit(main())
