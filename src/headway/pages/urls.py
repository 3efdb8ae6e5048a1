"""Addresses of pages. API addresses are in :mod:`headway.api`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from headway.pages import calendars, entrance, judging, milestones, shell
from headway.pages.conference.urls import urlpatterns as conference
from headway.pages.family.urls import urlpatterns as family
from headway.pages.leader.urls import urlpatterns as leader
from headway.pages.learner import (
    away,
    choosing,
    coach,
    elsewhere,
    goals,
    my_day,
    practice,
    projects,
    records,
    resting,
    screening,
    story,
    subjects,
    walk,
    writing,
)
from headway.pages.lti.urls import urlpatterns as lti
from headway.pages.person.urls import urlpatterns as person
from headway.pages.programs.urls import urlpatterns as programs
from headway.pages.records.urls import urlpatterns as record_store
from headway.pages.sign_on.urls import urlpatterns as sign_on
from headway.pages.support.urls import urlpatterns as support
from headway.pages.teacher.urls import urlpatterns as teacher
from headway.pages.tools.urls import urlpatterns as tools

app_name = "pages"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", entrance.home, name="home"),
    path("sign-in", entrance.sign_in, name="sign-in"),
    path("sign-in/device", entrance.device, name="device"),
    path("sign-in/here", entrance.here, name="here"),
    path("demo/sign-in/<str:token>", entrance.demo_sign_in, name="demo-sign-in"),
    path("sign-out", entrance.leave, name="sign-out"),
    path("language", entrance.language, name="language"),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("sw.js", shell.worker, name="worker"),
    path("offline", shell.offline, name="offline"),
    path("practice", practice.practice, name="practice"),
    path("practice/open", practice.open_one, name="open"),
    path("practice/answer", practice.answer, name="answer"),
    path("practice/hint", practice.scaffold, name="scaffold"),
    path("practice/subject", subjects.choose, name="subject"),
    path("practice/other", practice.other, name="other"),
    path("practice/choose", choosing.ask, name="choose-next"),
    path("practice/choose/<uuid:offered>", choosing.choose, name="choose"),
    path("practice/choose/<uuid:offered>/take", choosing.chosen, name="chosen"),
    path("practice/away", resting.away, name="away"),
    path("practice/help", practice.raise_hand, name="raise-hand"),
    path("coach", coach.own, name="coach"),
    path("coach/bench", coach.bench, name="bench"),
    path("coach/line", coach.deed, name="deed"),
    path("screening", screening.screening, name="screening"),
    path("screening/go", screening.go, name="screening-go"),
    path("screening/answer", screening.give, name="screening-answer"),
    path("screening/pause", screening.rest, name="screening-pause"),
    path("my-path", walk.my_path, name="my-path"),
    path("my-path/walk", walk.go, name="walk"),
    path("my-story", story.mine, name="my-story"),
    path("profile/<uuid:learner>/story", story.story, name="story"),
    path("goals", goals.goals, name="goals"),
    path("my-day", my_day.my_day, name="my-day"),
    path("calendar", calendars.calendar, name="calendar"),
    path("calendar/<str:token>.ics", calendars.feed, name="calendar-feed"),
    path("who-read", records.who_read, name="who-read"),
    path("writing", writing.writing, name="writing"),
    path("writing/<uuid:task>", writing.writing_task, name="writing-task"),
    path("writing/<uuid:task>/feedback.pdf", writing.feedback_pdf, name="writing-feedback"),
    path("writing/<uuid:task>/compare", judging.compare, name="compare"),
    path("writing/<uuid:task>/decide", judging.decided, name="decided"),
    path("writing/text/<uuid:piece>", judging.file, name="text-file"),
    path("writing/text/<uuid:piece>/<int:sheet>", judging.file, name="text-sheet"),
    path("projects", projects.projects, name="projects"),
    path("projects/<uuid:project>", projects.project, name="project"),
    path("projects/work/<uuid:artefact>", milestones.file, name="artefact-file"),
    path("projects/work/<uuid:artefact>/<int:sheet>", milestones.file, name="artefact-sheet"),
    path("away", away.away, name="away"),
    path("elsewhere/<uuid:activity>", elsewhere.elsewhere, name="elsewhere"),
    path("elsewhere/<uuid:activity>/go", elsewhere.leave, name="leave"),
    path("elsewhere/<uuid:activity>/done", elsewhere.did, name="did-it"),
    path("elsewhere/<uuid:activity>/here", elsewhere.show_here, name="show-here"),
    *teacher,
    *family,
    *person,
    *conference,
    *leader,
    *support,
    *sign_on,
    *programs,
    *record_store,
    *lti,
    *tools,
]
