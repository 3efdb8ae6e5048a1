"""A project over HTTP: started, worked on in a group, looked at, scored, contested, read by the family."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from headway.pages.documents import Document, Words, pdf
from headway.school.models import AccessLog, Artefact, Project, ProjectFeedback, RubricScore
from headway.school.people.clock import date_of
from headway.school.people.tenancy import in_district
from tests.clients import signed_in
from tests.pages.projects.conftest import Room, words

PDF = pdf(Document("Creek", "en", "", "", [Words("Mud and mayflies.")]), at=0.0)


def test_a_teacher_starts_a_project_and_learners_find_it(room: Room) -> None:
    teacher, section = signed_in(room.cast["Okafor"]), room.cast.a.id
    day, later = (date_of(room.today + ahead).isoformat() for ahead in (9, 100))
    sent = {
        "title": "Bridges",
        "question": "Which bridge holds most?",
        "subjects": "",
        "rubric": "making",
        "peers": "open",
    }
    lines = {"name": ["Model", "", "Plan"], "shows": ["It stands", "", ""], "due": [later, "", day]}
    refused = teacher.post(f"/teach/{section}/projects/new", {**sent, **lines, "due": ["", "", day]})
    assert "Give each milestone a day" in words(refused)
    assert 'value="Model"' in refused.content.decode(), "what was written stays"
    made = teacher.post(f"/teach/{section}/projects/new", {**sent, **lines})
    assert made.status_code == 302
    assert "Bridges" in words(teacher.get(f"/teach/{section}/projects"))
    mine = words(signed_in(room.cast["Chi"]).get("/projects"))
    assert "Bridges" in mine
    assert "Plan To do due" in mine, "the milestone that comes first by its day"
    assert "You have no project now" in words(signed_in(room.cast["Eva"]).get("/projects"))


def test_a_group_hands_in_and_the_board_follows(room: Room) -> None:
    ana, ben, teacher = (signed_in(room.cast[name]) for name in ("Ana", "Ben", "Okafor"))
    page = f"/projects/{room.project.id}"
    assert "You work with: Ben" in words(ana.get(page))
    sent = {"do": "hand", "milestone": "1", "text": "We count mayflies."}
    for _ in range(2):
        assert ana.post(page, sent).status_code == 302
    assert "We count mayflies." in words(ben.get(f"{page}?milestone=1"))
    assert "We count mayflies." not in words(signed_in(room.cast["Chi"]).get(f"{page}?milestone=1"))
    board = words(teacher.get(room.path))
    assert "2 pieces of work to look at" in board, "the group's work is each member's"
    assert "To do, the day has passed" in board, "Chi and Dev are late"
    teacher.post(room.part("Ana"), {"do": "again", "milestone": "1"})
    assert "asks for another go" in words(ben.get(f"{page}?milestone=1"))
    ana.post(page, {**sent, "text": "We count mayflies on ten stones."})
    teacher.post(room.part("Ben"), {"do": "done", "milestone": "1"})
    assert "says that this is done" in words(ana.get(f"{page}?milestone=1"))
    with in_district(room.cast.district.id):
        assert Artefact.objects.filter(milestone__project=room.project).count() == 2, "a second click kept nothing"
        mine = Artefact.objects.filter(milestone__project=room.project, text="We count mayflies.").get()
    ben.post(page, {"do": f"back:{mine.id}", "milestone": "1"})
    assert "We count mayflies. " in words(ana.get(f"{page}?milestone=1")), "only who handed it in takes it back"
    ana.post(page, {"do": f"back:{mine.id}", "milestone": "1"})
    assert "We count mayflies. " not in words(ana.get(f"{page}?milestone=1"))


def test_files_links_and_what_may_not_be_handed_in(room: Room) -> None:
    chi, page = signed_in(room.cast["Chi"]), f"/projects/{room.project.id}"
    sent = {"do": "hand", "milestone": "2", "text": "", "link": ""}
    chi.post(page, {**sent, "file": SimpleUploadedFile("creek.pdf", PDF)})
    chi.post(page, {**sent, "link": "https://example.org/creek"})
    for wrong, said in (
        ({"link": "javascript:alert(1)"}, "A link begins with https://"),
        ({"link": "https://user:secret@example.org/"}, "A link begins with https://"),
        ({"file": SimpleUploadedFile("a.exe", b"MZ" * 40)}, "neither a PDF nor a photo"),
        ({}, "There is nothing to hand in yet"),
    ):
        assert said in words(chi.post(page, {**sent, **wrong}))
    shown = chi.get(f"{page}?milestone=2").content.decode()
    assert 'href="https://example.org/creek"' in shown
    with in_district(room.cast.district.id):
        piece = Artefact.objects.get(milestone__project=room.project, kind="pdf")
    sheet, file = f"/projects/work/{piece.id}/1", f"/projects/work/{piece.id}"
    answer = signed_in(room.cast["Okafor"]).get(sheet)
    assert answer["Content-Type"] == "image/png"
    assert "sandbox" in answer["Content-Security-Policy"]
    for name, seen in (
        ("Chi", 200),
        ("Okafor", 200),
        ("Pike", 200),
        ("Dev", 404),
        ("Ana", 404),
        ("Maria", 404),
        ("Lee", 404),
    ):
        assert signed_in(room.cast[name]).get(file).status_code == seen, name


def test_classmates_give_one_strength_and_one_question_that_a_teacher_lets_through(room: Room) -> None:
    page = f"/projects/{room.project.id}"
    for name in ("Ana", "Chi", "Dev"):
        signed_in(room.cast[name]).post(page, {"do": "hand", "milestone": "1", "text": f"Plan of {name}"})
    chi, dev = signed_in(room.cast["Chi"]), signed_in(room.cast["Dev"])
    shown = words(chi.get(f"{page}?milestone=1"))
    assert "Plan of Dev" in shown
    assert "Feedback for Ana’s group" in shown
    to = room.cast["Dev"].id
    half = chi.post(page, {"do": f"peer:{to}", "milestone": "1", "strength": "Clear.", "question": ""})
    assert "one thing that works, and one question" in words(half)
    sent = {"do": f"peer:{to}", "milestone": "1", "strength": "A clear plan.", "question": "Why ten stones?"}
    chi.post(page, sent)
    chi.post(page, sent)
    assert "Why ten stones?" not in words(dev.get(f"{page}?milestone=1")), "it waits for a teacher"
    teacher = signed_in(room.cast["Okafor"])
    assert "Why ten stones?" in words(teacher.get(room.path))
    with in_district(room.cast.district.id):
        (row,) = ProjectFeedback.objects.filter(milestone__project=room.project)
    assert chi.post(f"{room.path}/act", {"do": f"through:{row.id}"}).status_code == 404
    teacher.post(f"{room.path}/act", {"do": f"through:{row.id}"})
    assert "Why ten stones? Chi, a classmate" in words(dev.get(f"{page}?milestone=1"))
    assert signed_in(room.cast["Ben"]).post(page, sent | {"do": f"peer:{room.cast['Ben'].id}"}).status_code == 404


def test_scores_are_named_dated_and_contested_and_both_stay(room: Room) -> None:
    teacher, ana, mother = (signed_in(room.cast[name]) for name in ("Okafor", "Ana", "Maria"))
    own = {"do": "score", "milestone": "1", "whose": "own", "c-uses-evidence": "2", "then": "next"}
    assert str(room.cast["Chi"].id) in teacher.post(room.part("Ana"), own)["Location"], "on to the next learner"
    teacher.post(room.part("Ana"), own)
    teacher.post(room.part("Ana"), {"do": "score", "whose": "group", "c-does-a-fair-share": "3"})
    assert "Choose a step" in words(teacher.post(room.part("Ana"), {"do": "score", "c-uses-evidence": "9"}))
    with in_district(room.cast.district.id):
        rows = list(RubricScore.objects.filter(project=room.project).order_by("id").values_list("whose", "level"))
        first = RubricScore.objects.get(project=room.project, whose="own")
    assert rows == [("own", 2), ("group", 3), ("group", 3)], (
        "a second click wrote nothing; a group's score is each member's"
    )
    family = f"/profile/{room.cast['Ana'].id}"
    for page in (f"{family}/projects", family, f"{family}/mastery"):
        assert "step 2 of 4" in words(mother.get(page)), page
    assert "Okafor Okson" in words(ana.get(f"/projects/{room.project.id}"))
    sent = {"score": str(first.id), "words": "My table shows more."}
    assert signed_in(room.cast["Chi"]).post(f"{family}/score", sent).status_code == 404
    for _ in range(2):
        mother.post(f"{family}/score", sent)
    assert "My table shows more." in words(teacher.get(room.path))
    teacher.post(room.part("Ana"), {"do": "score", "whose": "own", "c-uses-evidence": "3"})
    assert "My table shows more." not in words(teacher.get(room.path)), "it is answered"
    ledger = words(ana.get("/mastery"))
    for line in (
        "Uses evidence, step 2 of 4",
        "Uses evidence, step 3 of 4",
        "says that the step for “Uses evidence” is wrong",
    ):
        assert line in ledger


def test_who_sees_what(room: Room) -> None:
    for name in ("Lee", "Stone", "Maria", "Ana"):
        client = signed_in(room.cast[name])
        for path in (
            room.path,
            room.part("Ana"),
            f"/teach/{room.cast.a.id}/projects",
            f"/teach/{room.cast.a.id}/projects/new",
        ):
            assert client.get(path).status_code == 404, (name, path)
        assert client.post(f"{room.path}/act", {"do": "end"}).status_code == 404
    for name in ("Eva", "Okafor", "Maria"):
        assert signed_in(room.cast[name]).get(f"/projects/{room.project.id}").status_code in (403, 404), name
    ana = room.cast["Ana"].id
    for name, seen in (("Maria", 200), ("Okafor", 200), ("Lee", 404), ("Ben", 404)):
        assert signed_in(room.cast[name]).get(f"/profile/{ana}/projects").status_code == seen, name
    with in_district(room.cast.district.id):
        signed_in(room.cast["Okafor"]).get(room.path)
        assert AccessLog.objects.filter(learner_id=ana, place="project board").exists()


def test_days_groups_and_the_end(room: Room) -> None:
    teacher = signed_in(room.cast["Okafor"])
    day = date_of(room.today + 50)
    teacher.post(f"{room.path}/act", {"do": "days", "due-1": day.isoformat(), "due-2": "nonsense"})
    assert "Give each milestone a day" in words(teacher.get(room.path))
    teacher.post(f"{room.path}/act", {"do": "days", "due-1": day.isoformat()})
    assert f"{day:%B} {day.day}, {day.year}" in words(teacher.get(room.path))
    teacher.post(
        f"{room.path}/act", {"do": "groups", f"group-{room.cast['Ben'].id}": "0", f"group-{room.cast['Eva'].id}": "1"}
    )
    assert "Groups kept: 1 learners" in words(teacher.get(room.path)), "Eva is of another class"
    teacher.post(f"{room.path}/act", {"do": "end"})
    page = f"/projects/{room.project.id}"
    ana = signed_in(room.cast["Ana"])
    assert "This project has ended." in words(ana.get(page))
    assert "This project has ended." in words(ana.post(page, {"do": "hand", "milestone": "1", "text": "Late"}))
    teacher.post(f"{room.path}/act", {"do": "end:open"})
    assert ana.post(page, {"do": "hand", "milestone": "1", "text": "Late"}).status_code == 302
    for nonsense in ("", "groups:x", "fly"):
        assert teacher.post(f"{room.path}/act", {"do": nonsense}).status_code in (302, 404)
    with in_district(room.cast.district.id):
        assert Project.objects.get(id=room.project.id).closed_at is None
