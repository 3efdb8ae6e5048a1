"""``headway coach check`` as a person and as a program sees it."""

from __future__ import annotations

import json

import pytest

from headway.cli import main


def test_it_names_the_misconception_and_gives_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coach", "check", "--problem", "3(x-4)=18", "--line", "3x-4=18", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["verdict"] == "broken" and data["first_broken"] == 0
    assert data["misconception"] == "distributes-to-first-only" and data["probability"] > 0.5
    assert data["sentence"] == "You multiplied the first term. What about the other one?"
    assert data["hint"] and len(data["hints"]) == 4
    assert sum(h["probability"] for h in data["hypotheses"]) == pytest.approx(1, abs=0.01)


def test_people_get_the_same_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coach", "check", "--problem", "253-179", "--answer", "126"]) == 0
    shown = capsys.readouterr().out
    assert "sub-smaller-from-larger" in shown and "next hint" in shown


def test_sound_lines_say_what_they_did(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coach", "check", "--problem", "3(x-4)=18", "--line", "3x-12=18", "--line", "3x=30"]) == 0
    shown = capsys.readouterr().out
    assert "You multiplied out the parentheses." in shown and "none alleged" not in shown


def test_a_problem_that_cannot_be_read_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coach", "check", "--problem", "3(x-4=18"]) == 1
    assert "cannot be read" in capsys.readouterr().err


def test_a_line_that_cannot_be_judged_is_not_called_broken(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["coach", "check", "--problem", "4 pens cost $6. How much do 10 pens cost?", "--finished", "--json"]
    assert main([*words, "--line", "10-3", "--line", "7+6=13"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [line["verdict"] for line in data["lines"]] == ["unsure", "broken"]
    assert data["lines"][0]["message"] == "I cannot judge this line. It does not count."
    assert (data["first_broken"], data["began"]) == (1, 0)
