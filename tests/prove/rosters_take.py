"""Takes a package into a district and says what it is about to do, line by line, so that somebody can end it there."""

from __future__ import annotations

import sys
from pathlib import Path
from uuid import UUID

from headway.cli.database import set_up


def main(district: str, path: str) -> None:
    """Take it in, whatever goes."""
    set_up()
    from headway.school.exchange.roster.actions import Options, take_in
    from headway.school.exchange.roster.feeds import open_feed
    from headway.standards.oneroster.tables import TABLES

    options = Options(removals=frozenset(TABLES), again=True)
    with open_feed(Path(path)) as feed:
        take_in(
            district=UUID(district), feed=feed, way="command", options=options,
            tick=lambda kind, _rows: print(kind, flush=True),
        )  # fmt: skip
    print("done", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
