"""Write the extract of standards that the package ships: a developer's script.

    python -m headway.standards.ship FOLDER

reads a download (see docs/how-to/import-standards.md) and writes two files into ``headway/standards/data``. The
same input gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from headway.standards.extract import encode
from headway.standards.jsonl import pack
from headway.standards.learning_commons import read_extract


def main(arguments: list[str]) -> int:
    """Write the data files from the folder named on the command line."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.stderr.write("usage: python -m headway.standards.extract FOLDER\n")
        return 2
    folder = Path(arguments[0])
    sources = {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*.*")) if p.is_file()}
    extract, _ = read_extract(sources)
    target = Path(__file__).with_name("data")
    for name, document in zip(("graph.json.gz", "ccss-text.json.gz"), encode(extract), strict=True):
        target.joinpath(name).write_bytes(pack(document))
        sys.stdout.write(f"{name}: {target.joinpath(name).stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
