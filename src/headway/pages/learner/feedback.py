"""What is said after an answer: encouraging, about this answer, and never a verdict on the child."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from headway.core.coaching.checking import Verdict
from headway.core.text import NOTHING, Text
from headway.pages.learner.nudges import nudge
from headway.pages.render import plain, render
from headway.school.loop.queries import Line


@dataclass(frozen=True, slots=True)
class Feedback:
    """``tone`` is ``ok``, ``no`` (try again) or ``look`` (does not count); ``words`` is the same without markup, for
    screen readers."""

    tone: str
    title: str
    html: SafeString
    words: str


def after(line: Line, *, moved_on: bool, own: Text = NOTHING) -> Feedback:
    """What is said after a written answer; ``own`` is what the author of the problem says of it."""
    if line.shown:
        return _make("look", _("Here is the whole way"), line.receipt.message)
    if line.correct:
        return _make("ok", _praise(line), None)
    if moved_on:
        says = _("Here is one way to do it. The next one is a fresh start.")
        return _said("look", _("That one was hard"), says)
    found = own if own != NOTHING else nudge(line.misconception)
    if found != NOTHING:
        return _make("no", _("Not yet"), found)
    says = (
        _("You have one more try. A hint may help.")
        if line.attempt == 2
        else _("Look at it once more, or open a hint.")
    )
    return _said("no", _("Not yet"), says)


def look_again(message: Text) -> Feedback:
    """What is said when an answer could not be counted: unreadable, another form, a missing unit."""
    return _make("look", _("Nearly: this does not count yet"), message)


def on_hint(verdict: Verdict) -> Feedback:
    """What is said after the question inside a hint."""
    if verdict.correct:
        return _make("ok", _("Yes."), None)
    return _make("look" if verdict.outcome != "wrong" else "no", _("Not yet"), verdict.message)


def _praise(line: Line) -> str:
    if line.hints:
        return _("That is right. You used help and got there.")
    if line.attempt > 1:
        return _("That is right. You found it and fixed it yourself.")
    return _("That is right.")


def _said(tone: str, title: str, says: str) -> Feedback:
    return Feedback(tone, title, SafeString(escape(says)), f"{title}. {says}")


def _make(tone: str, title: str, message: Text | None) -> Feedback:
    html = render(message) if message is not None else SafeString("")
    words = f"{title} {plain(message)}" if message is not None else title
    return Feedback(tone, title, html, words)
