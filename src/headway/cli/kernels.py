"""What the loop compiles on a new machine, compiled on the second core while the first one makes the tables.

``python -m headway.cli.kernels`` is a child of the demo. The processes that play the history find in the cache what each of
them would otherwise compile for itself, some twenty seconds.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from headway.cli.child import follow_parent, start_child, stop_child
from headway.cli.home import home


@contextmanager
def kernels_made() -> Iterator[subprocess.Popen[bytes]]:
    """A child that compiles; wait for its end before other processes need the kernels. It never outlives the block.

    Nothing depends on it: where it fails, whoever comes next compiles, and says what is wrong.
    """
    child = start_child("headway.cli.kernels", log=home() / "kernels.log")
    try:
        yield child
    finally:
        stop_child(child)


def main() -> None:
    """Compile, and end."""
    from headway.cli.database import set_up

    threading.Thread(target=follow_parent, daemon=True).start()
    set_up()
    from headway.school.loop.warm import warm_up

    warm_up()


if __name__ == "__main__":
    main()
