"""Learners and families who chose Spanish meet no English sentence of Headway's own on their core pages."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from tools.messages import KEYWORDS, LOCALE, each

from tests.cast import Cast, make_cast
from tests.clients import signed_in
from tests.school.measurement.sitters import opened

SPANISH = LOCALE / "es/LC_MESSAGES/django.po"
THEIRS = ("pages/learner/", "pages/family/", "pages/templates/learner/", "pages/templates/family/", "core/path/")
SHELL = re.compile(r"pages/templates/(_\w+|base|error|sign_in|sign_out|offline)\.html$")
TEXT = re.compile(r">([^<>]+)<")
FIELD = re.compile(r"%\\?\(\w+\\?\)[sd]|\\\{\w+\\\}")


@pytest.fixture(scope="module")
def cast(database: str) -> Iterator[Cast]:
    """Ben has practised and a screening waits for him; Maria is Ana's mother."""
    made = make_cast()
    made.answers("Ben", "xoxo", time.time() - 20)
    made.answers("Ana", "oxo", time.time() - 20)
    opened(made, now=time.time())
    yield made
    made.close()


@pytest.mark.parametrize(
    ("name", "paths"),
    [("Ben", ("/practice", "/coach", "/screening", "/my-path", "/who-read", "/writing")), ("Maria", ("/family",))],
)
def test_core_pages_show_no_english(cast: Cast, name: str, paths: tuple[str, ...]) -> None:
    client, english = signed_in(cast[name]), sentences()
    client.post("/language", {"language": "es", "next": paths[0]})
    for path in paths:
        answer = client.get(path, follow=True)
        assert answer.status_code == 200, path
        shown = {" ".join(unescape(words).split()) for words in TEXT.findall(answer.content.decode())}
        left = {words for words in shown for sentence in english if sentence.fullmatch(words)}
        assert not left, f"{path} says in English: {sorted(left)}"


def test_no_translation_is_only_a_guess() -> None:
    with SPANISH.open("rb") as file:
        fuzzy = [message.id for message in read_po(file) if message.id and message.fuzzy]
    assert not fuzzy


def test_the_catalogue_looks_for_gettext_by_every_name_that_it_has() -> None:
    taken = re.compile(r"^from django\.utils\.translation import (?:\(([^)]*)\)|(.*))$", re.MULTILINE)
    for path in (LOCALE.parent / "pages").rglob("*.py"):
        for names in (name for found in taken.findall(path.read_text()) for name in "".join(found).split(",")):
            whole, _as, short = names.strip().partition(" as ")
            assert "gettext" not in whole or (short or whole) in KEYWORDS, f"{path}: {names}"


def sentences() -> list[re.Pattern[str]]:
    """What the pages of learners and families say in English, as patterns for a piece of text between two tags."""
    with SPANISH.open("rb") as file:
        found = [
            words
            for message in read_po(file)
            if message.id and any(told_to_them(name) for name, _line in message.locations)
            for words in each(message.id)
            if words not in each(message.string) and re.search("[a-z]{3}", FIELD.sub("", re.escape(words)))
        ]
    assert len(found) > 100, "the places that this test reads have moved"
    return [re.compile(FIELD.sub(".+", re.escape(words))) for words in found]


def told_to_them(name: str) -> bool:
    """Whether a file speaks to learners and families."""
    inside = Path(name).as_posix().removeprefix("src/headway/")
    return inside.startswith(THEIRS) or bool(SHELL.search(inside))
