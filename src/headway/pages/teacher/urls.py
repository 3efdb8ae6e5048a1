"""Addresses of the teacher's pages; they belong to the namespace ``pages``."""

from __future__ import annotations

from django.urls import URLPattern, path

from headway.pages.teacher import (
    board,
    classes,
    held,
    judgement,
    judgement_class,
    learner,
    measures,
    misconceptions,
    problems,
    screening,
    subjects,
    working,
)

urlpatterns: list[URLPattern] = [
    path("teach", classes.classes, name="teach"),
    path("teach/<uuid:section>", board.board, name="board"),
    path("teach/<uuid:section>/now", board.now, name="board-now"),
    path("teach/<uuid:section>/lesson", board.lesson, name="board-lesson"),
    path("teach/<uuid:section>/act", board.act, name="board-act"),
    path("teach/<uuid:section>/learner/<uuid:learner>", learner.learner, name="learner"),
    path("teach/<uuid:section>/learner/<uuid:learner>/plan", learner.plan, name="learner-plan"),
    path("teach/<uuid:section>/learner/<uuid:learner>/skill/<str:skill>", learner.skill, name="learner-skill"),
    path("judging", judgement.tasks, name="judgements"),
    path("judging/new", judgement.new, name="judgement-new"),
    path("judging/<uuid:task>", judgement.task, name="judgement"),
    path("judging/<uuid:task>/act", judgement.act, name="judgement-act"),
    path("judging/<uuid:task>/class", judgement_class.class_set, name="judgement-class"),
    path("judging/<uuid:task>/lesson", judgement_class.lesson, name="judgement-lesson"),
    path("judging/<uuid:task>/scores.pdf", judgement_class.scores_pdf, name="judgement-scores-pdf"),
    path("judging/<uuid:task>/judges.pdf", judgement_class.judges_pdf, name="judgement-judges-pdf"),
    path("judging/<uuid:task>/class.pdf", judgement_class.class_pdf, name="judgement-class-pdf"),
    path("judging/<uuid:task>/slips.pdf", judgement_class.slips_pdf, name="judgement-slips-pdf"),
    path("screenings/<uuid:window>", screening.board, name="screening-board"),
    path("screenings/<uuid:window>/<uuid:sitting>", screening.act, name="screening-act"),
    path("measures", measures.all_measures, name="measures"),
    path("measures/<uuid:learner>", measures.measure, name="measure"),
    path("teach/<uuid:section>/learner/<uuid:learner>/working", working.working, name="learner-working"),
    path(
        "teach/<uuid:section>/learner/<uuid:learner>/working/<str:kind>/<int:number>",
        working.why,
        name="learner-why",
    ),
    path("teach/<uuid:section>/misconceptions", misconceptions.overview, name="misconceptions"),
    path("teach/<uuid:section>/misconceptions/<str:key>", misconceptions.regroup, name="regroup"),
    path("teach/<uuid:section>/misconceptions/<str:key>/paper", misconceptions.paper, name="regroup-paper"),
    path("teach/<uuid:section>/learner/<uuid:learner>/hints", held.learner_hints, name="learner-hints"),
    path("problem-hints/<path:key>", held.problem_hints, name="problem-hints"),
    path("problems", problems.problems, name="problems"),
    path("subjects", subjects.subjects, name="subjects"),
    path("problems/<path:key>", problems.problem, name="problem"),
]
