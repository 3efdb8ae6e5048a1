"""``headway import``: what it prints, what it writes, and how it refuses."""

import csv
import io
import json
import os
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest

from headway.cli import main
from headway.core.curriculum.codec import problem_to_json
from headway.school.curriculum.queries import UnknownProblem, curriculum_of, problem_of
from headway.school.models import CurriculumVersion, District, Problem, Skill, SkillEdge
from headway.school.people.tenancy import in_district
from tests.standards.oatutor.trees import hint, tree, zipped
from tests.standards.shared import SHARED, needs_shared

SUBSET = SHARED / "content" / "oatutor" / "oatutor-k12-subset.zip"


@pytest.fixture
def district(database: str) -> str:
    del database
    key = uuid.uuid4()
    with in_district(key):
        District.objects.create(id=key, name=f"District {key}")
    return str(key)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return save(tmp_path, tree(hints=[hint("h1", "Multiply.")]))


def save(folder: Path, files: dict[str, Any]) -> Path:
    path = folder / "book.zip"
    path.write_bytes(zipped(files).getvalue())
    return path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, dict[str, Any], str]:
    capsys.readouterr()
    code = main([str(word) for word in (*words, "--json")])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {}, err


def test_a_dry_run_needs_no_database(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("HEADWAY_HOME", str(tmp_path / "nowhere"))
    code, data, _ = run(capsys, "import", "oatutor", book, "--dry-run")
    assert code == 0
    assert (data["problems"], data["steps"], data["hints"], data["skills"], data["dry_run"]) == (1, 1, 1, 1, True)
    assert {defect["kind"] for defect in data["defects"]} == set(data["defect_counts"])
    code, data, err = run(capsys, "import", "oatutor", book)
    assert code == 1
    assert "there is no school in" in err
    assert "headway demo" in data["error"]


def test_a_book_is_imported_once_and_updated_after(
    district: str, tmp_path: Path, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, data, _ = run(capsys, "import", "oatutor", book, "--district", district)
    assert (code, data["new"], data["changed"], data["same"], data["offered"]) == (0, 1, 0, 0, 1)
    assert data["district"] == district
    key = uuid.UUID(district)
    problem = problem_of(key, "oatutor:p1")
    assert problem.source.licence == "CC BY 4.0"
    assert curriculum_of(key).activity("oatutor:p1") is not None
    code, data, _ = run(capsys, "import", "oatutor", book, "--district", district)
    assert (data["new"], data["changed"], data["same"]) == (0, 0, 1)
    with in_district(key):
        row = Problem.objects.get()
        Problem.objects.update(active=False)
        assert CurriculumVersion.objects.filter(current=True).count() == 1
    save(tmp_path, tree(head={"title": "Expand"}))
    code, data, _ = run(capsys, "import", "oatutor", book, "--district", district)
    assert (data["new"], data["changed"], data["offered"]) == (0, 1, 0)
    with in_district(key):
        again = Problem.objects.get()
        assert (again.pk, again.title, again.active) == (row.pk, "Expand", False)
    assert str(problem_of(key, "oatutor:p1").title) == "Expand"


def test_a_broken_book_writes_nothing(district: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = tree()
    late = {key.replace("p1", "p2"): value for key, value in good.items() if "p1" in key}
    path = save(tmp_path, {**good, **late, "content-pool/p2/p2.json": b"{oops"})
    code, _, err = run(capsys, "import", "oatutor", path, "--district", district)
    assert code == 1
    assert "content-pool/p2/p2.json: It is not JSON" in err
    with in_district(uuid.UUID(district)):
        assert Problem.objects.count() == Skill.objects.count() == CurriculumVersion.objects.count() == 0
    with pytest.raises(UnknownProblem):
        problem_of(uuid.UUID(district), "oatutor:p1")


def test_a_person_confirms_the_suggested_standard(
    district: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = save(tmp_path, tree(head={"title": "Independent events"}))
    table = tmp_path / "suggested.csv"
    assert run(capsys, "import", "standards", "--district", district)[0] == 0
    code, data, _ = run(capsys, "import", "oatutor", path, "--suggest", table, "--district", district)
    rows = list(csv.DictReader(io.StringIO(table.read_text())))
    assert data["suggestions"]["oatutor:expand"]["standard"] == rows[0]["standard"]
    key = uuid.UUID(district)
    with in_district(key):
        assert Problem.objects.get().skill == "oatutor:expand"
    wanted = next(row for row in rows if row["standard"] == "7.EE.A.1")
    table.write_text(f"skill,standard,confirmed\n{wanted['skill']},{wanted['standard']},yes\n")
    for more in (["--aligned", table], []):
        code, data, _ = run(capsys, "import", "oatutor", path, "--district", district, *more)
        assert code == 0
        with in_district(key):
            row = Problem.objects.get()
            assert (row.skill, row.payload["steps"][0]["skills"]) == ("7.EE.A.1", ["7.EE.A.1"])
            assert SkillEdge.objects.filter(source="aligned").count() == 1


def test_the_shipped_graph_is_put_in_force_and_stays_the_same(
    district: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, data, _ = run(capsys, "import", "standards", "--district", district)
    assert (code, data["skills"], data["new_skills"], data["new_edges"]) == (0, 480, 480, 899)
    assert (data["prerequisites"], data["related"], data["crosswalk"]) == (757, 142, 561)
    version = curriculum_of(uuid.UUID(district)).version
    code, data, _ = run(capsys, "import", "standards", "--district", district)
    assert (code, data["new_skills"], data["new_edges"]) == (0, 0, 0)
    assert curriculum_of(uuid.UUID(district)).version == version


@pytest.mark.shared
@needs_shared
def test_real_files_come_in_whole(district: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, data, _ = run(capsys, "import", "standards", SHARED / "content" / "standards", "--district", district)
    assert (code, data["skills"], data["prerequisites"], data["related"]) == (0, 480, 757, 142)
    code, data, _ = run(capsys, "import", "oatutor", SUBSET, "--district", district)
    assert (code, data["problems"], data["steps"], data["new"]) == (0, 3356, 4324, 3356)
    key = uuid.UUID(district)
    with in_district(key):
        assert (Problem.objects.count(), Skill.objects.count()) == (3356, 480 + 453)
        sample = list(Problem.objects.order_by("key").values_list("key", "payload")[::400])
    for name, payload in sample:
        assert problem_to_json(problem_of(key, name)) == payload
    curriculum = curriculum_of(key)
    assert sum(activity.id.startswith("oatutor:") for activity in curriculum.activities) == data["offered"] > 2000


@pytest.mark.shared
@needs_shared
def test_a_real_log_is_summed_up(capsys: pytest.CaptureFixture[str]) -> None:
    code, data, _ = run(capsys, "import", "responses", SHARED / "data" / "kt" / "assist2009.parquet")
    assert (code, data["responses"], data["students"], data["items"], data["timed"]) == (0, 278336, 3114, 17708, False)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("oatutor", "{}/none.zip", "--dry-run"), "cannot be opened (No such file or directory)"),
        (("oatutor", "{}", "--dry-run"), "is a folder. Give the file itself."),
        (("oatutor", "{}/bad.zip", "--dry-run"), "damaged or not an archive"),
        (("oatutor", "{}/book.zip", "--dry-run", "--aligned", "{}/bad.zip"), "cannot be read as CSV"),
        (("oatutor", "{}/book.zip", "--dry-run", "--aligned", "{}/other.csv"), "needs the columns skill"),
        (("oatutor", "{}/book.zip", "--dry-run", "--aligned", "{}/twice.csv"), "line 3: a is confirmed twice"),
        (("oatutor", "{}/book.zip", "--dry-run", "--suggest", "{}/no/such.csv"), "cannot be written"),
        (("oatutor", "{}/book.zip", "--district", "Nowhere"), "there is no district 'Nowhere'"),
        (("standards", "{}/none", "--dry-run"), "Give the folder of a download"),
        (("standards", "{}/other.csv", "--dry-run"), "There are no standards in these files"),
        (("responses", "{}/bad.zip"), "not a readable Parquet file"),
        (("responses", "{}/none"), "cannot be opened"),
    ],
)
def test_each_refusal_says_what_to_do(
    database: str, book: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    folder = book.parent
    (folder / "bad.zip").write_bytes(b"PK\xff\xfe nothing")
    (folder / "other.csv").write_text("a,b\n1,2\n")
    (folder / "twice.csv").write_text("skill,standard,confirmed\na,1,x\na,2,x\n")
    code, data, err = run(capsys, "import", *(word.format(folder) for word in words))
    assert code == 1
    assert says in err
    assert says in data["error"]


def test_an_alignment_to_an_unknown_standard_is_refused(
    district: str, book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "aligned.csv"
    table.write_text("skill,standard,confirmed\noatutor:expand,9.ZZ.1,yes\n")
    code, _, err = run(capsys, "import", "oatutor", book, "--aligned", table, "--district", district)
    assert code == 1
    assert "has no skill 9.ZZ.1" in err


def test_without_a_named_database_the_one_of_this_folder_is_joined(district: str) -> None:
    named = {"DATABASE_URL", "DATABASE_OWNER_URL", "HEADWAY_SECRET_KEY", "HEADWAY_MODE"}
    alone = {key: value for key, value in os.environ.items() if key not in named}
    words = [sys.executable, "-m", "headway.cli", "import", "standards", "--district", district, "--json"]
    done = subprocess.run(words, check=False, env=alone, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["new_skills"] == 480
    with in_district(uuid.UUID(district)):
        assert Skill.objects.count() == 480


def test_people_get_a_table_and_the_losses(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "oatutor", str(book), "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "problems" in out
    assert "no-prerequisites" in out
    assert main(["import", "oatutor"]) == 2
