"""Everything that Headway says can be translated, and the translations keep their fields."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from tools.messages import LOCALE, POT, SOURCE, each, messages

from tests.clients import signed_in
from tests.pages.conftest import Pair

FIELDS = re.compile(r"\{\w+\}|%\(\w+\)[sd]|\$\$|</?strong>")
LANGUAGES = sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
STALE = "run python -m tools.messages and commit what it changes under src/headway/locale"


def test_every_message_is_in_the_template() -> None:
    with POT.open("rb") as file:
        known = {message.id for message in read_po(file)}
    missing = sorted({str(message) for _file, message, _context in messages() if message not in known})
    assert not missing, f"{len(missing)} messages are not in headway.pot, such as {missing[:3]}: {STALE}"


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.parts[-3])
def test_translations_keep_their_fields(path: Path) -> None:
    for ids, strings in translated(path).items():
        allowed = {tuple(sorted(FIELDS.findall(message))) for message in ids}
        for string in strings:
            assert tuple(sorted(FIELDS.findall(string))) in allowed, f"{path.parts[-3]}: {string!r}"


@pytest.mark.parametrize("path", LANGUAGES, ids=lambda path: path.parts[-3])
def test_the_compiled_file_says_the_same(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        compiled = {each(message.id): each(message.string) for message in read_mo(file) if message.id}
    wanted = translated(path)
    assert {ids: strings for ids, strings in compiled.items() if strings != ids or ids in wanted} == wanted, STALE


def test_spanish_has_one_word_for_a_teacher() -> None:
    words = " ".join(
        string for strings in translated(LOCALE / "es/LC_MESSAGES/django.po").values() for string in strings
    )
    assert "maestro" in words and "docente" not in words.lower()


def test_no_message_hides_in_an_f_string() -> None:
    for path in SOURCE.rglob("*.py"):
        assert not re.search(r"""\bf["'].*\{_\(|\bf["'].*\{gettext\(""", path.read_text()), path


def test_a_learner_reads_spanish(cast: Pair) -> None:
    client = signed_in(cast.alba)
    client.post("/language", {"language": "es", "next": "/practice"})
    page = client.get("/practice").content.decode()
    assert "Meta de hoy" in page and "Comprobar" in page and "¿Por qué este problema?" in page


def translated(path: Path) -> dict[tuple[str, ...], tuple[str, ...]]:
    with path.open("rb") as file:
        found = {each(message.id): each(message.string) for message in read_po(file) if message.id}
    return {ids: strings for ids, strings in found.items() if all(strings)}
