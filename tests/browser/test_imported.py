"""One question of each format that Headway reads, brought in and answered in a browser by who learns from it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from headway.core.curriculum.problems import AnswerSpec
from headway.school.curriculum.actions import publish_curriculum, save_problems
from headway.school.exchange.content.actions import Said, take
from headway.school.models import Evidence
from headway.school.people.tenancy import in_district
from headway.standards.content.neutral import key_of
from tests.browser.conftest import PHONE, enter, open_problem, plain
from tests.pages.conftest import Pair, make_pair, maple
from tests.standards.content import packages
from tests.standards.content.files import AIKEN, GIFT, MOODLE, TABLE, read, zipped
from tests.standards.content.test_stack import DIFF
from tests.standards.oatutor import trees

SKILL = "6.NS.A.1"
KOLIBRI = json.dumps({"id": "x", "itemData": packages.PERSEUS["number.json"]})
FORMATS: dict[str, tuple[str | bytes, str, str]] = {
    "aiken": (AIKEN, "one.txt", "choice"),
    "cartridge": (packages.cartridge(), "one.imscc", "text"),
    "csv": (TABLE, "one.csv", "choices"),
    "gift": (GIFT, "one.gift", "text"),
    "h5p": (packages.h5p(), "one.h5p", "choice"),
    "kolibri": (KOLIBRI, "kolibri.json", "number"),
    "moodle": (MOODLE, "one.xml", "number"),
    "olx": (zipped(packages.OLX), "one.olx.zip", "text"),
    "oppia": (packages.OPPIA, "one.oppia.json", "expression"),
    "perseus": (zipped(packages.PERSEUS), "one.perseus.zip", "expression"),
    "qti 1.2": (packages.qti1(), "one.qti1.zip", "number"),
    "qti 2.1": (packages.qti2(), "one.qti2.zip", "choices"),
    "qti 3.0": (packages.QTI3, "three.xml", "choice"),
    "stack": (DIFF, "stack.xml", "expression"),
}
"""Format -> a file of it, its name, and the kind of answer of the question that is answered here."""


@pytest.fixture(scope="module")
def pair(server: str) -> Pair:
    del server
    return make_pair(maple())


def _brought_in(pair: Pair, form: str) -> tuple[str, AnswerSpec]:
    """Take a file in as the page and the command do; return the key of one of its problems, and what it asks for."""
    data, name, kind = FORMATS[form]
    package = read(data, name)
    said = Said(dict.fromkeys(package.groups(), SKILL), licence="Our own work", by=pair.okoye)
    take(district=pair.district.id, package=package, said=said, name=name, way="page", now=time.time(), by=pair.okoye)
    found = next(
        each
        for each in package.questions
        if not each.lacks and len(each.parts) == 1 and each.parts[0].answer.kind == kind
    )
    return key_of(package, found), found.parts[0].answer


def _from_oatutor(pair: Pair) -> tuple[str, AnswerSpec]:
    (found,), _ = trees.read(trees.tree())
    found = replace(found, steps=(replace(found.steps[0], skills=(SKILL,)),))
    with in_district(pair.district.id):
        save_problems(district=pair.district.id, problems=[found])
        publish_curriculum(district=pair.district.id)
    return found.id, found.steps[0].answer


def _answers(page: Page, key: str, answer: AnswerSpec) -> None:
    open_problem(page, key)
    page.wait_for_load_state()
    for part in answer.keys[0].split(",") if answer.kind == "choices" else answer.keys[:1]:
        if answer.choices:
            page.locator(f'.option:has(input[value="{part}"])').click()
        else:
            page.locator("#answer").fill(part)
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".verdict-title"), key).to_contain_text("That is right.")


def test_a_question_of_each_format_is_answered(new_context: Callable[..., BrowserContext], pair: Pair) -> None:
    asked = {form: _brought_in(pair, form) for form in FORMATS} | {"oatutor": _from_oatutor(pair)}
    page = enter(plain(new_context(PHONE)), pair.alba, "/practice")
    for key, answer in asked.values():
        _answers(page, key, answer)
    with in_district(pair.district.id):
        done = Evidence.objects.filter(learner=pair.alba, kind="response", correct=True)
        assert done.count() == len(FORMATS) + 1
