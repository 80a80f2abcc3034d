"""`billwright serve`, but for one thing: each `recordUsage` is a transaction of its own.

The same program with the same settings, rules and rows, answering by the ordinary path of GraphQL.
What is taken away is named here and nowhere else.
"""

from __future__ import annotations

import sys

from billwright import cli


def main() -> None:
    """As `billwright serve`."""
    sys.argv = ["billwright", "serve"]
    cli.main()


if __name__ == "__main__":
    main()
