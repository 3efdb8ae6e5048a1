"""Packages of other systems: QTI in three versions, cartridges, H5P, Open edX, Oppia, Perseus."""

from __future__ import annotations

import gzip
import io
import json
import tarfile

import pytest

from headway.core.coaching.checking import check
from headway.standards.content.neutral import Package, Question
from tests.standards.content import packages
from tests.standards.content.files import read, zipped
from tests.standards.content.test_formats import Told, told


def tarred(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for path, text in files.items():
            info = tarfile.TarInfo(path)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return out.getvalue()


BOTH: Told = {
    "one": [("choice", ("half",))],
    "many": [("choices", ("half", "quarter"))],
    "pairs": [("choice", ("half",)), ("choice", ("quarter",))],
    "typed": [("text", ("Half", "one half"))],
    "number": [("number", ("0.5",))],
}


def test_qti_12_and_21_give_equal_questions() -> None:
    one, two = read(packages.qti1(), "halves.zip"), read(packages.qti2(), "halves.zip")
    assert (one.format, two.format, one.title, one.licence) == ("qti", "qti", "Halves", "CC BY 4.0")
    assert told(one) == BOTH
    assert {key: value for key, value in told(two).items() if key in BOTH} == BOTH

    def content(package: Package) -> dict[str, object]:
        return {q.id: (q.body, [(p.prompt, p.answer) for p in q.parts]) for q in package.questions if q.id in BOTH}

    assert content(one) == content(two)
    assert one.questions[-1].parts[0].answer.tolerance == pytest.approx(0.1)
    assert str(one.questions[0].parts[0].wrong[0].says) == "Look again."
    assert one.report.by_kind() == {"pairs-as-parts": 1, "refused essay_question": 1}


def test_qti_2_interactions() -> None:
    package = read(packages.qti2(), "halves.zip")
    found = told(package)
    assert found["inline"] == [("choice", ("half",))]
    assert found["order"] == [("choice", ("quarter",)), ("choice", ("third",))]
    assert found["gaps"] == [("choice", ("half",)), ("choice", ("quarter",))]
    bodies = {q.id: q.body for q in package.questions}
    assert bodies["inline"] == "Asked inline\nA _____ of two."
    assert bodies["gaps"] == "Asked gaps\nTwo of a _____ (1) and four of a _____ (2) ."
    said = {d.where.split(", ")[1]: d.done for d in package.report.defects if d.kind.startswith("refused")}
    assert "needs a person" in said["essay"] and "customOperator" in said["own"]


def test_qti_3_says_the_same_in_other_words() -> None:
    package = read(packages.QTI3, "three.xml")
    assert told(package) == {"three": [("choice", ("half",))]}
    assert package.questions[0].body == "Asked three\nWhich?"


def test_identifiers_with_other_zeros_are_mended_and_said() -> None:
    item = packages.ITEMS2["one"].replace("<value>a</value>", "<value>a_001</value>")
    for key in "abc":
        item = item.replace(f'identifier="{key}"', f'identifier="{key}_1"' if key == "a" else f'identifier="{key}_2"')
    package = read(item, "one.xml")
    assert told(package) == {"one": [("choice", ("half",))]}
    assert package.report.by_kind() == {"identifier": 1}


def test_a_cartridge_brings_links_and_says_what_it_leaves() -> None:
    package = read(packages.cartridge(), "course.imscc")
    assert told(package) == BOTH
    assert [(link.title, link.url) for link in package.links] == [("Fractions", "https://example.org/halves")]
    assert {"link", "pages"} <= set(package.report.by_kind())


def test_h5p() -> None:
    package = read(packages.h5p(), "halves.h5p")
    assert (package.format, package.licence, package.title) == ("h5p", "CC BY 4.0", "Halves")
    assert told(package) == {
        "id-0": [("choice", ("2",))],
        "id-1": [("choice", ("True",))],
        "id-2": [("text", ("ten", "10")), ("text", ("five", "5"))],
        "id-3": [("choice", ("half",)), ("choice", ("quarter",))],
        "id-4": [("choice", ("2",))],
        "id-4-1": [("choice", ("4",))],
        "id-5": [("choice", ("first",)), ("choice", ("second",))],
    }
    assert package.questions[0].body.startswith("##") and len(package.pictures) == 1
    assert package.report.by_kind()["refused Essay"] == 1


def test_open_edx() -> None:
    package = read(tarred(packages.OLX), "course.tar.gz")
    assert (package.format, package.title) == ("olx", "Halves")
    assert told(package) == {
        "A": [("choice", ("half",))],
        "B": [("text", ("half", "one half"))],
        "C": [("number", ("200",))],
    }
    first, _, third = package.questions
    assert (first.body, first.parts[0].hints, first.parts[0].way) == ("Which?", ("Think of two.",), ("Because.",))
    assert str(first.parts[0].wrong[0].says) == "Too small."
    assert third.parts[0].answer.tolerance == 10
    assert "program" in package.report.defects[-1].done


def test_perseus_items_and_lines() -> None:
    package = read(zipped(packages.PERSEUS), "items.zip")
    assert told(package) == {
        "radio": [("choice", ("$$\\frac12$$",))],
        "number": [("number", ("1/3",))],
        "expr": [("expression", ("2x+1",))],
    }
    assert package.report.count("hints") == 4
    assert "interactive-graph" in next(d.done for d in package.report.defects if d.kind.startswith("refused"))
    radio = next(q for q in package.questions if q.id == "radio")
    assert radio.body == "Which is half?\n[one]" and radio.lacks
    assert [str(choice) for choice in radio.parts[0].answer.choices] == ["$$\\frac12$$", "$5"]
    assert radio.parts[0].hints == ("Use $${2}$$.",)
    lines = "\n".join(packages.PERSEUS[name] for name in ("number.json", "expr.json"))
    assert read(gzip.compress(lines.encode()), "items.jsonl.gz").report.count("questions") == 2
    wrapped = json.dumps({"id": "x", "itemData": packages.PERSEUS["number.json"]})
    assert read(wrapped, "one.json").report.count("questions") == 1


def test_oppia() -> None:
    package = read(packages.OPPIA, "halves.json")
    assert package.format == "oppia"
    assert told(package) == {
        "halves.json/choose": [("choice", ("half",))],
        "halves.json/pick": [("choices", ("half", "quarter"))],
        "halves.json/part": [("number", ("1/2",))],
        "halves.json/words": [("text", ("half", "one half"))],
        "halves.json/ratio": [("text", ("1:2",))],
        "halves.json/algebra": [("expression", ("2*x+1",))],
        "halves.json/sort": [("choice", ("quarter",)), ("choice", ("third",))],
    }
    part = next(q for q in package.questions if q.id.endswith("part")).parts[0]
    assert [(each.answer, str(each.says)) for each in part.wrong] == [("2/1", "Upside down.")]
    assert (package.report.count("answer groups"), package.report.count("hints")) == (10, 9)


ALL = [
    packages.qti1(),
    packages.qti2(),
    packages.h5p(),
    tarred(packages.OLX),
    zipped(packages.PERSEUS),
    packages.OPPIA.encode(),
]


@pytest.mark.parametrize("data", ALL, ids=["qti1", "qti2", "h5p", "olx", "perseus", "oppia"])
def test_every_key_is_right_and_every_loss_is_counted(data: bytes) -> None:
    package = read(data, "halves.zip")

    def wrong_ones(question: Question) -> list[str]:
        return [
            each.answer for part in question.parts for each in part.wrong if check(part.answer, each.answer).correct
        ]

    for question in package.questions:
        assert all(check(part.answer, key).correct for part in question.parts for key in part.answer.keys)
        assert wrong_ones(question) == []
    report = package.report
    assert report.count("found") == report.count("questions") + report.count("refused")
