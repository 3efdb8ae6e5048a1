"""Problems as plain JSON values, for storage and exchange; reading back gives an equal value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from headway.core.curriculum.problems import (
    AnswerKind,
    AnswerSpec,
    Hint,
    Passage,
    Problem,
    Source,
    Step,
    Strictness,
    WrongAnswer,
)
from headway.core.text import NOTHING, text_from_json, text_to_json

Json = Mapping[str, Any]


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """Encode a problem. Fields that hold their default are left out."""
    source = problem.source
    return _lean(
        {
            "id": problem.id,
            "title": text_to_json(problem.title),
            "body": text_to_json(problem.body),
            "steps": [_step_to_json(step) for step in problem.steps],
            "source": _lean(
                {
                    "name": source.name,
                    "licence": source.licence,
                    "url": source.url,
                    "attribution": source.attribution,
                }
            ),
            "media": list(problem.media),
            "passage": _passage_to_json(problem.passage) if problem.passage else None,
            "level": problem.level if problem.level != 2 else None,
        }
    )


def problem_from_json(value: Json) -> Problem:
    """Decode what :func:`problem_to_json` wrote. Raises KeyError or ValueError where an answer has no known kind."""
    source, passage = value.get("source", {}), value.get("passage")
    return Problem(
        id=value.get("id", ""),
        title=text_from_json(value.get("title", "")),
        body=text_from_json(value.get("body", "")),
        steps=tuple(_step_from_json(step) for step in value.get("steps", ())),
        source=Source(
            source.get("name", ""), source.get("licence", ""), source.get("url", ""), source.get("attribution", "")
        ),
        media=tuple(value.get("media", ())),
        passage=_passage_from_json(passage) if passage else None,
        level=value.get("level", 2),
    )


def _passage_to_json(passage: Passage) -> dict[str, Any]:
    title, text = text_to_json(passage.title), text_to_json(passage.text)
    return _lean({"title": title, "text": text, "kind": passage.kind, "silent": passage.silent})


def _passage_from_json(value: Json) -> Passage:
    title, text = (text_from_json(value.get(name, "")) for name in ("title", "text"))
    return Passage(title, text, value.get("kind", ""), value.get("silent", False))


def _step_to_json(step: Step) -> dict[str, Any]:
    return _lean(
        {
            "id": step.id,
            "item": step.item,
            "prompt": text_to_json(step.prompt),
            "answer": _answer_to_json(step.answer),
            "skills": list(step.skills),
            "hints": [_hint_to_json(hint) for hint in step.hints],
            "solution": [text_to_json(line) for line in step.solution],
            "wrong": [_wrong_to_json(wrong) for wrong in step.wrong],
        }
    )


def _step_from_json(value: Json) -> Step:
    return Step(
        id=value.get("id", ""),
        item=value.get("item", ""),
        prompt=text_from_json(value.get("prompt", "")),
        answer=_answer_from_json(value["answer"]),
        skills=tuple(value.get("skills", ())),
        hints=tuple(_hint_from_json(hint) for hint in value.get("hints", ())),
        solution=tuple(text_from_json(line) for line in value.get("solution", ())),
        wrong=tuple(
            WrongAnswer(answer, misconception, *map(text_from_json, says))
            for answer, misconception, *says in value.get("wrong", ())
        ),
    )


def _wrong_to_json(wrong: WrongAnswer) -> list[object]:
    return [wrong.answer, wrong.misconception, *([text_to_json(wrong.says)] if wrong.says != NOTHING else [])]


def _answer_to_json(answer: AnswerSpec) -> dict[str, Any]:
    return _lean(
        {
            "kind": answer.kind,
            "keys": list(answer.keys),
            "strictness": answer.strictness if answer.strictness != "equivalent" else "",
            "choices": [text_to_json(choice) for choice in answer.choices],
            "unit": answer.unit,
            "unit_required": answer.unit_required,
            "tolerance": answer.tolerance,
            "form": answer.form,
            "variables": list(answer.variables),
        }
    )


def _answer_from_json(value: Json) -> AnswerSpec:
    kind, strictness = value["kind"], value.get("strictness", "equivalent")
    if kind not in get_args(AnswerKind) or strictness not in get_args(Strictness):
        raise ValueError(f"unknown kind {kind!r} or strictness {strictness!r} of an answer")
    return AnswerSpec(
        kind=kind,
        keys=tuple(value.get("keys", ())),
        strictness=strictness,
        choices=tuple(text_from_json(choice) for choice in value.get("choices", ())),
        unit=value.get("unit", ""),
        unit_required=value.get("unit_required", False),
        tolerance=value.get("tolerance", 0.0),
        form=value.get("form", ""),
        variables=tuple(value.get("variables", ())),
    )


def _hint_to_json(hint: Hint) -> dict[str, Any]:
    return _lean(
        {
            "id": hint.id,
            "text": text_to_json(hint.text),
            "title": text_to_json(hint.title),
            "answer": _answer_to_json(hint.answer) if hint.answer else None,
            "after": list(hint.after),
            "reveals": hint.reveals,
            "parent": hint.parent,
        }
    )


def _hint_from_json(value: Json) -> Hint:
    return Hint(
        id=value.get("id", ""),
        text=text_from_json(value.get("text", "")),
        title=text_from_json(value["title"]) if "title" in value else NOTHING,
        answer=_answer_from_json(value["answer"]) if "answer" in value else None,
        after=tuple(value.get("after", ())),
        reveals=value.get("reveals", False),
        parent=value.get("parent", ""),
    )


def _lean(value: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in value.items() if item not in (None, "", [], False, 0.0)}
