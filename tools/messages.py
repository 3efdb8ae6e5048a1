"""Collect every sentence that Headway says into ``src/headway/locale``, and compile the translations.

``python -m tools.messages`` reads templates (``{% translate %}``), Python (``gettext``, ``_``, and ``T`` in ``core``) and
the skills' short titles, writes ``headway.pot``, brings each language's ``django.po`` up to date and compiles it. What a
language lacks is said in English. ``--check`` writes nothing and exits 1 when something is out of date.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/headway"
LOCALE = SOURCE / "locale"
POT = LOCALE / "headway.pot"
TITLES = SOURCE / "standards/data/titles.csv"
SUBJECT_TABLES = {"skills.csv": ("title", "strand", "subject"), "misconceptions.csv": ("name",)}
INSTRUCTION = SOURCE / "standards/data/instruction"
RUBRICS = SOURCE / "standards/data/rubrics"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "T": None,
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = """\
# Translations of Headway.
# This file is distributed under the same license as Headway (Apache-2.0).
#"""

Message = str | tuple[str, ...]


def messages() -> Iterator[tuple[str, Message, str | None]]:
    """Every message with the file that it is in and its context; plurals are pairs."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _from_python(path, path.read_bytes())
    for path in sorted((SOURCE / "pages/templates").rglob("*")):
        if path.suffix in (".html", ".txt", ".js"):
            yield from _from_python(path, _as_python(path).encode())
    with TITLES.open(newline="") as file:
        for row in csv.DictReader(file):
            yield str(TITLES.relative_to(ROOT)), row["title"], None
    yield from _of_subjects()
    yield from _of_models()
    yield from _of_rubrics()


def _of_rubrics() -> Iterator[tuple[str, Message, str | None]]:
    """What the shipped rubrics say: titles, criteria, steps."""
    for path in sorted(RUBRICS.glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                said = [row["title"], row["criterion"], *(row[key] for key in row if key.startswith("step_"))]
                yield from ((str(path.relative_to(ROOT)), words, None) for words in said if words)


def _of_models() -> Iterator[tuple[str, Message, str | None]]:
    """What the shipped instructional models say."""
    for path in sorted(INSTRUCTION.glob("*.json")):
        model = json.loads(path.read_text())
        parts = [part for key in ("blocks", "spaces", "crews", "modalities") for part in model[key]]
        said = [model["name"], model["about"], model["spare"]]
        said += [part[key] for part in parts for key in ("name", "source") if key in part]
        yield from ((str(path.relative_to(ROOT)), words, None) for words in said)


def _of_subjects() -> Iterator[tuple[str, Message, str | None]]:
    """What a shipped subject says to people who may read another language: its name, titles, strands and misconceptions. Its
    questions and texts stay as they are."""
    for name, columns in SUBJECT_TABLES.items():
        for path in sorted((SOURCE / "standards/data").glob(f"*/{name}")):
            with path.open(newline="", encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    for column in columns:
                        said = row[column].capitalize() if column == "subject" else row[column]
                        yield str(path.relative_to(ROOT)), said, None


def _as_python(path: Path) -> str:
    """A template with its messages as calls of gettext: Django's own reading of it."""
    from django.conf import settings

    if not settings.configured:
        settings.configure()
    from django.utils.translation.template import templatize

    return str(templatize(path.read_text(), origin=str(path)))


def _from_python(path: Path, source: bytes) -> Iterator[tuple[str, Message, str | None]]:
    name = str(path.relative_to(ROOT))
    for _line, message, _comments, context in extract("python", io.BytesIO(source), keywords=KEYWORDS):
        if message:
            yield name, message, context


def template() -> Catalog:
    """All messages as a catalogue without translations, in a fixed order and without dates."""
    out = Catalog(project="Headway", header_comment=HEADER, fuzzy=False, charset="utf-8")
    for name, message, context in messages():
        out.add(message, locations=[(name, 0)], context=context)
    return out


def to_bytes(catalog: Catalog) -> bytes:
    """A catalogue as a file: names of files, no line numbers, no dates, so that it changes with the words only."""
    buffer = io.BytesIO()
    write_po(
        buffer, catalog, width=110, omit_header=False, include_lineno=False, sort_output=True, ignore_obsolete=True
    )
    lines = buffer.getvalue().decode().splitlines(keepends=True)
    dated = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Generated-By", "Report-Msgid-Bugs-To")
    return "".join(line for line in lines if not line.startswith(tuple(f'"{name}' for name in dated))).encode()


def updated(path: Path, pot: Catalog) -> tuple[bytes, bytes]:
    """A language's file with today's messages, and the same compiled."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parts[-3], domain="django")
    catalog.header_comment = HEADER
    catalog.update(pot, no_fuzzy_matching=True)
    catalog.creation_date = catalog.revision_date = UNDATED  # the compiled file, too, changes with the words only
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return to_bytes(catalog), buffer.getvalue()


def files() -> dict[Path, bytes]:
    """What each file under ``locale`` has to hold now."""
    pot = template()
    wanted = {POT: to_bytes(pot)}
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        wanted[path], wanted[path.with_suffix(".mo")] = updated(path, pot)
    return wanted


def share(path: Path) -> tuple[int, int]:
    """How many messages of a language are translated, of how many."""
    with path.open("rb") as file:
        catalog = [message for message in read_po(file) if message.id]
    return sum(1 for message in catalog if all(each(message.string))), len(catalog)


def each(words: object) -> tuple[str, ...]:
    """A message or a translation as a tuple: one for a plain one, several where a number decides the form."""
    return tuple(str(word) for word in words) if isinstance(words, (tuple, list)) else (str(words or ""),)


def main() -> int:
    """Write the files, or with ``--check`` compare them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when a file is out of date")
    arguments = parser.parse_args()
    wanted = files()
    stale = [path for path, content in wanted.items() if not path.exists() or path.read_bytes() != content]
    if arguments.check:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is out of date: run python -m tools.messages")
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(wanted[path])
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        done, every = share(path)
        print(f"{path.parts[-3]}: {done} of {every} messages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
