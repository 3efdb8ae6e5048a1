"""Writing judged by pairs: who may, what is kept, what the scale says, what anchors do."""

from __future__ import annotations

import uuid

import numpy as np
import pytest
from django.db import ProgrammingError

from headway.core.measurement.judgement.pairing import AUDIT_SHARE
from headway.school.measurement.actions import NotTaken
from headway.school.measurement.judgement.judging import Say, decide, pair_for
from headway.school.measurement.judgement.models import Judgement, Piece, PieceFile, TaskJudge, TaskScale, WritingTask
from headway.school.measurement.judgement.overview import anchor_tasks, overview_of, staff_by_school
from headway.school.measurement.judgement.queries import (
    assigned_to,
    feedback_for,
    file_for,
    task_judged_by,
    task_run_by,
    tasks_of,
    writing_scores,
)
from headway.school.measurement.judgement.tasks import (
    begin_judging,
    close_task,
    hand_in,
    invite,
    name_levels,
    open_task,
    release,
)
from headway.school.measurement.queries import measures
from headway.school.people.access import NotAllowed, viewer_of
from headway.school.people.tenancy import in_district
from headway.standards.errors import ImportProblem
from tests.school.measurement.writers import NOON, by_quality, handed_in, judge, judge_by_hand, make_class

PDF = b"%PDF-1.4\n1 0 obj << >> endobj\n%%EOF\n"


@pytest.fixture(autouse=True)
def _database(database: str) -> None:
    """Start it once for the run."""


def test_four_judges_bring_forty_texts_to_a_scale() -> None:
    room = make_class(40)
    with in_district(room.district.id):
        task = handed_in(room)
        assert invite(task=task, people=room.teachers, by=room.teachers[0], now=NOON) == 3
        assert TaskJudge.objects.get(task=task, person=room.teachers[3]).kind == "guest"
        rng = np.random.default_rng(2)
        for k, teacher in enumerate(room.teachers):
            assert judge(task, teacher, 72, by_quality(room, rng), NOON + 10_000 * (k + 1)) == 72
            assert judge_by_hand(task, teacher, 8, by_quality(room, rng), NOON + 10_000 * (k + 1) + 5_000) == 8
        close_task(task=task, by=room.teachers[0], now=NOON + 90_000)
        kept = TaskScale.objects.get(task=task)
        score = np.array([kept.scores[str(key)][0] for key in room.quality])
        truth = np.array(list(room.quality.values()))
        assert np.corrcoef(score, truth)[0, 1] ** 2 > 0.65
        assert kept.reliability == pytest.approx(np.corrcoef(score, truth)[0, 1] ** 2, abs=0.15)
        learner = room.learners[0].id
        (found,) = measures([learner], measure="writing")[learner]["writing"]
        assert found.se is not None and found.unit == "logits" and found.source == "judgement"
        assert writing_scores([learner])[learner][0].score == found.score
        audits = Judgement.objects.filter(task=task, audit=True).count()
        assert audits == pytest.approx(AUDIT_SHARE * 320, abs=25)


def test_a_decision_counts_once_and_cannot_be_changed() -> None:
    room = make_class(6)
    with in_district(room.district.id):
        task, teacher = handed_in(room), room.teachers[0]
        offer = pair_for(task=task, judge=teacher, now=NOON, seed=1)
        again = pair_for(task=task, judge=teacher, now=NOON + 5, seed=2)
        assert offer is not None and again is not None and again.id == offer.id
        assert decide(task=task, judge=teacher, pair=offer.id, better="left", now=NOON + 9)
        assert not decide(task=task, judge=teacher, pair=offer.id, better="right", now=NOON + 10)
        row = Judgement.objects.get(task=task)
        assert (row.winner_id, row.loser_id, row.seconds) == (offer.left.id, offer.right.id, 9.0)
        other = room.teachers[1]
        assert pair_for(task=task, judge=other, now=NOON, seed=1) is None  # nobody has asked them
        assert not decide(task=task, judge=other, pair=uuid.uuid4(), better="left", now=NOON)
    with pytest.raises(ProgrammingError, match="permission denied"), in_district(room.district.id):
        Judgement.objects.filter(task=task).update(left_won=False)


def test_peers_never_get_their_own_text_and_no_pair_twice() -> None:
    room = make_class(5)
    with in_district(room.district.id):
        task, peer = handed_in(room, peers=True), room.learners[2]
        own = Piece.objects.get(task=task, learner=peer).id
        seen = set()
        for k in range(10):
            offer = pair_for(task=task, judge=peer, now=NOON, seed=k)
            if offer is None:
                break
            assert own not in (offer.left.id, offer.right.id)
            pair = frozenset((offer.left.id, offer.right.id))
            assert pair not in seen
            seen.add(pair)
            assert decide(task=task, judge=peer, pair=offer.id, better="right", now=NOON + 5)
        assert len(seen) == 6  # every pair of the other four


def test_texts_can_change_until_judging_begins() -> None:
    room = make_class(3)
    with in_district(room.district.id):
        task, learner = handed_in(room, begin=False), room.learners[0]
        hand_in(task=task, learner=learner, by=learner, now=NOON, file=PDF)
        piece = Piece.objects.get(task=task, learner=learner)
        assert (piece.kind, piece.text) == ("pdf", "") and bytes(PieceFile.objects.get(piece=piece).data) == PDF
        assert file_for(viewer_of(learner), piece.id) == ("pdf", PDF)
        with pytest.raises(NotAllowed):
            file_for(viewer_of(room.learners[1]), piece.id)
        hand_in(task=task, learner=learner, by=learner, now=NOON, text="Better typed.")
        assert Piece.objects.get(task=task, learner=learner).text == "Better typed."
        assert not PieceFile.objects.filter(piece=piece).exists()
        begin_judging(task=task, by=room.teachers[0], now=NOON)
        with pytest.raises(NotTaken, match="Judging has begun"):
            hand_in(task=task, learner=learner, by=learner, now=NOON, text="Too late.")


def test_what_cannot_be_done_is_refused_with_its_reason() -> None:
    room = make_class(2)
    with in_district(room.district.id):
        teacher, base = room.teachers[0], {"school": room.school, "by": room.teachers[0], "now": NOON}
        for more, message in (
            ({"title": " ", "prompt": "x", "sections": [room.section]}, "a title and a prompt"),
            ({"title": "x", "prompt": "x", "sections": []}, "at least one class"),
            ({"title": "x", "prompt": "x", "sections": [room.section], "target": 0.99}, "from 0.5 to 0.95"),
            (
                {"title": "x", "prompt": "x", "sections": [room.section], "anchors_from": uuid.uuid4()},
                "lend its examples",
            ),
        ):
            with pytest.raises(NotTaken, match=message):
                open_task(**base, **more)  # type: ignore[arg-type]
        task = handed_in(room, begin=False)
        with pytest.raises(NotTaken, match="nothing to hand in"):
            hand_in(task=task, learner=room.learners[0], by=teacher, now=NOON, text="  ")
        with pytest.raises(ImportProblem, match="neither a PDF nor a photo"):
            hand_in(task=task, learner=room.learners[0], by=teacher, now=NOON, file=b"<html>hello</html>")
        with pytest.raises(NotTaken, match="at least three texts"):
            begin_judging(task=task, by=teacher, now=NOON)
        with pytest.raises(NotTaken, match="decided anything"):
            close_task(task=task, by=teacher, now=NOON)
        with pytest.raises(NotTaken, match="Finish the judging first"):
            release(task=task, now=NOON)
        with pytest.raises(NotTaken, match="no such level"):
            name_levels(task=task, levels={uuid.uuid4(): 7}, now=NOON)


def test_who_may_run_and_judge() -> None:
    room = make_class(4)
    with in_district(room.district.id):
        task = handed_in(room)
        owner, colleague = viewer_of(room.teachers[0]), viewer_of(room.teachers[1])
        assert task_run_by(owner, task.id).id == task_judged_by(owner, task.id).id == task.id
        for refuse in (task_run_by, task_judged_by):
            with pytest.raises(NotAllowed):
                refuse(colleague, task.id)
        assert [line.mine for line in tasks_of(owner)] == [True] and tasks_of(colleague) == []
        assert {p.id for _s, bunch in staff_by_school(task) for p in bunch} == {t.id for t in room.teachers[1:]}
        invite(task=task, people=[room.teachers[3]], by=room.teachers[0], now=NOON)
        (line,) = tasks_of(viewer_of(room.teachers[3]))
        assert line.judging and not line.mine and (line.texts, line.writers) == (4, 4)


def test_a_learner_gets_words_and_comments_and_nobodys_name() -> None:
    room = make_class(9)
    with in_district(room.district.id):
        task, teacher = handed_in(room), room.teachers[0]
        offer = pair_for(task=task, judge=teacher, now=NOON, seed=3)
        assert offer is not None and offer.left.learner is not None
        decide(
            task=task,
            judge=teacher,
            pair=offer.id,
            better="left",
            now=NOON + 9,
            to_left=Say(" I could hear the bees. "),
        )
        writer = offer.left.learner
        judge_by_hand(task, teacher, 20, by_quality(room, np.random.default_rng(1)))
        piece = Piece.objects.get(id=offer.left.id)
        assert feedback_for(piece, task) is None
        assert not name_levels(task=task, levels={offer.right.id: 1}, now=NOON)
        close_task(task=task, by=teacher, now=NOON + 9_000)
        release(task=task, now=NOON + 9_100)
        back = feedback_for(piece, WritingTask.objects.get(id=task.id))
        assert back is not None and back.comments == ("I could hear the bees.",) and 1 <= len(back.place) <= 2
        assert [(level, example.id) for level, example in back.examples] == [(1, offer.right.id)]
        (mine,) = assigned_to(writer)
        assert mine.piece is not None and not mine.judging


def test_places_follow_the_examples_even_afterwards() -> None:
    room = make_class(8)
    with in_district(room.district.id):
        task, teacher = handed_in(room), room.teachers[0]
        judge(task, teacher, 20, by_quality(room, np.random.default_rng(2)))
        close_task(task=task, by=teacher, now=NOON + 9_000)
        before = TaskScale.objects.get(task=task)
        order = sorted(before.scores, key=lambda key: before.scores[key][0])
        lowest = before.scores[order[0]][0]
        middle = next(k for k in range(1, 7) if before.scores[order[k]][0] > lowest)  # two texts may stand at one place
        chosen: dict[uuid.UUID, int | None] = {uuid.UUID(order[k]): level for level, k in enumerate((0, middle, 7))}
        assert name_levels(task=task, levels=chosen, now=NOON)
        after = TaskScale.objects.get(task=task)
        assert after.scores == before.scores and after.cuts != before.cuts
        low, high = (before.scores[order[k]][0] for k in (0, middle))
        assert low < after.cuts[0] < high < after.cuts[1]
        turned: dict[uuid.UUID, int | None] = {uuid.UUID(order[k]): level for level, k in enumerate((7, middle, 0))}
        assert not name_levels(task=task, levels=turned, now=NOON)
        assert TaskScale.objects.get(task=task).cuts == before.cuts


def test_anchors_carry_the_scale_into_the_next_term() -> None:
    """The same texts, all of them better by 2 in the second term, come out about 2 higher; without anchors both terms
    have the mean 0."""
    room = make_class(16)
    with in_district(room.district.id):
        rng, teacher = np.random.default_rng(5), room.teachers[0]
        first = handed_in(room)
        invite(task=first, people=room.teachers, by=teacher, now=NOON)
        for k, person in enumerate(room.teachers):
            judge(first, person, 110, by_quality(room, rng), NOON + 200 + 2_500 * k)
        close_task(task=first, by=teacher, now=NOON + 9_000)
        assert [task.id for task in anchor_tasks([room.school.id])] == [first.id]
        kept, old = TaskScale.objects.get(task=first), dict(room.quality)
        second = open_task(
            school=room.school, title="Again", prompt="Tell it.", sections=[room.section], by=teacher, now=NOON,
            anchors_from=first.id,
        )  # fmt: skip
        anchors = list(Piece.objects.filter(task=second))
        assert len(anchors) == 5 and all(a.learner_id is None and a.anchor_error for a in anchors)
        room.quality = {a.id: old[a.origin_id] for a in anchors if a.origin_id is not None}
        for learner, quality in zip(room.learners, old.values(), strict=True):
            piece = hand_in(task=second, learner=learner, by=learner, now=NOON, text="A later text.")
            room.quality[piece.id] = quality + 2.0
        begin_judging(task=second, by=teacher, now=NOON)
        second.refresh_from_db()
        invite(task=second, people=room.teachers, by=teacher, now=NOON)
        for k, person in enumerate(room.teachers):
            judge(second, person, 190, by_quality(room, rng), NOON + 50_000 + 5_000 * k)
        close_task(task=second, by=teacher, now=NOON + 99_000)
        now = TaskScale.objects.get(task=second)
        new = [now.scores[str(p.id)][0] for p in Piece.objects.filter(task=second, learner__isnull=False)]
        before = [kept.scores[str(key)][0] for key in old]
        assert np.mean(new) - np.mean(before) == pytest.approx(2.0, abs=0.8)
        assert now.cuts == kept.cuts
        view = overview_of(viewer_of(teacher), second, place="/test")
        assert view.anchors == 5 and len(view.writers) == 16


def test_the_judge_report_names_a_coin() -> None:
    room = make_class(12)
    with in_district(room.district.id):
        task, rng = handed_in(room), np.random.default_rng(6)
        room.quality = {key: 2.0 * value for key, value in room.quality.items()}
        invite(task=task, people=room.teachers, by=room.teachers[0], now=NOON)
        for k, teacher in enumerate(room.teachers[:3]):
            judge(task, teacher, 50, by_quality(room, rng), NOON + 10_000 * (k + 1))
        judge(task, room.teachers[3], 50, lambda offer: "left", NOON + 90_000)
        view = overview_of(viewer_of(room.teachers[0]), task, place="/test")
        lines = {line.person.id: line for line in view.judges}
        coin, careful = lines[room.teachers[3].id], lines[room.teachers[0].id]
        assert coin.leans == "left" and careful.leans == "" and not careful.unlike
        assert coin.agreement is not None and careful.agreement is not None and coin.agreement < careful.agreement
        assert careful.seconds == 12.0 and view.decisions == 200 and view.audit is not None
