"""One OATutor problem, from its parsed files to a core value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from headway.core.curriculum.problems import AnswerSpec, Problem, Source, Step
from headway.core.text import NOTHING
from headway.standards.oatutor.answers import choice_spec, typed_spec
from headway.standards.oatutor.doubt import is_doubtful
from headway.standards.oatutor.fields import texts, word
from headway.standards.oatutor.hints import first_values, read_hints
from headway.standards.oatutor.layout import Frame, Parts
from headway.standards.oatutor.texts import figures, filled, joined, text_of, unknown_variables
from headway.standards.report import Ledger

PREFIX = "oatutor:"
"""What identifiers of OATutor's problems, items and skills start with."""

CC_BY = "https://creativecommons.org/licenses/by/4.0/"


def read_problem(parts: Parts, frame: Frame, ledger: Ledger) -> Problem | None:
    """Translate one problem; None (and a defect) if it has no head or no step that can be answered."""
    head = parts.files.get(f"{parts.name}.json")
    if not isinstance(head, dict):
        ledger.defect("problem-without-head", parts.name, f"Left out: {parts.name}/{parts.name}.json is missing.")
        return None
    values = first_values(head)
    if values:
        ledger.count("variabilized")
        ledger.defect(
            "variables-fixed", parts.name, "One problem was made of it, with the first value of each variable."
        )
    folders = {path.split("/")[1] for path in parts.files if re.match(r"steps/[^/]+/", path)}
    in_order = sorted(folders, key=lambda name: (len(name), name))
    steps = [step for name in in_order if (step := _step(name, head, parts, frame, values, ledger))]
    if not steps:
        ledger.defect("problem-without-steps", parts.name, "Left out: there is nothing to answer.")
        return None
    problem = Problem(
        id=PREFIX + word(head, "id"),
        title=text_of(word(head, "title"), values),
        body=text_of(word(head, "body"), values),
        steps=tuple(steps),
        source=_source(head, parts.name, frame, ledger),
        media=_media(parts, ledger),
    )
    _note(parts.name, head, problem, ledger)
    return problem


def _note(name: str, head: Mapping[str, Any], problem: Problem, ledger: Ledger) -> None:
    number = len(problem.steps)
    ledger.count("problems")
    ledger.count("steps", number)
    ledger.count("one_step", int(number == 1))
    ledger.count("two_step", int(number == 2))
    ledger.counts["most_steps"] = max(ledger.counts["most_steps"], number)
    if word(head, "id") != name:
        ledger.defect("id-differs", name, f"Its file calls it {word(head, 'id')!r}; that name was kept.")
    for step in problem.steps:
        if is_doubtful(problem, step):
            done = f"The key {step.answer.keys[0]!r} is not equal to what the question shows; a path does not offer it."
            ledger.defect("key-doubtful", step.id, done)


def _media(parts: Parts, ledger: Ledger) -> tuple[str, ...]:
    """Name every figure that the problem refers to; none of them comes along."""
    found: list[str] = []
    for path, value in sorted(parts.files.items()):
        for name in _figures_in(value):
            folder = path.rsplit("/", 1)[0] + "/" if "/" in path else ""
            found.append(f"{parts.name}/{folder}figures/{name}".replace("/tutoring/", "/"))
    for name in dict.fromkeys(found):
        ledger.defect("figure-missing", name, "The place in the text names the figure; the problem lists it as media.")
    return tuple(dict.fromkeys(found))


def _figures_in(value: Any) -> list[str]:
    if isinstance(value, str):
        return figures(value)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [name for item in inner for name in _figures_in(item)]


def _step(
    name: str, head: Mapping[str, Any], parts: Parts, frame: Frame, values: Mapping[str, str], ledger: Ledger
) -> Step | None:
    entry = parts.files.get(f"steps/{name}/{name}.json")
    if not isinstance(entry, dict) or not texts(entry, "stepAnswer"):
        ledger.defect("step-without-key", f"{parts.name}, {name}", "Left out: there is no answer to compare with.")
        return None
    own = {**values, **first_values(entry)}
    title, body = word(entry, "stepTitle"), word(entry, "stepBody")
    prompt = joined(text_of(title, own), text_of(body, own))
    if prompt == NOTHING:
        ledger.defect("empty-question", name, "The problem's own text is the question.")
    key = texts(entry, "stepAnswer")[0]
    answer = _answer(entry, key, f"{word(head, 'body')} {title} {body}", own, name, ledger)
    pathways = sorted(path for path in parts.files if path.startswith(f"steps/{name}/tutoring/"))
    entries = [item for path in pathways[:1] for item in _as_list(parts.files[path])]
    hints = read_hints(entries, name, key, own, ledger)
    if not hints:
        ledger.count("steps_without_hints")
        ledger.defect("no-hints", name, "Kept; it can be practised without help.")
    for variable in dict.fromkeys(unknown_variables(filled(f"{word(head, 'body')}{title}{body}{key}", own))):
        ledger.defect("unknown-variable", name, f"There is no value for {variable}; the sign stays in the text.")
    skills = tuple(PREFIX + skill for skill in frame.skill_model.get(name, ()))
    if not skills:
        ledger.defect("step-without-skill", name, "Kept; it cannot be put on a path before somebody gives it one.")
    return Step(word(entry, "id") or name, PREFIX + name, prompt, answer, skills, hints)


def _answer(
    entry: Mapping[str, Any], key: str, prompt: str, values: Mapping[str, str], name: str, ledger: Ledger
) -> AnswerSpec:
    ledger.count("multiple_choice" if entry.get("problemType") == "MultipleChoice" else "text_box")
    ledger.count("arithmetic" if entry.get("answerType") == "arithmetic" else "string")
    choices = tuple(texts(entry, "choices"))
    if entry.get("problemType") == "MultipleChoice":
        if key not in choices:
            ledger.defect("key-not-a-choice", name, "The key was added to the choices.")
            choices += (key,)
        spec, repeated = choice_spec(key, choices, values)
        if repeated:
            ledger.defect("repeated-choice", name, f"{repeated} of its choices were there twice; each is shown once.")
        if len(spec.choices) == 1:
            ledger.defect("only-one-choice", name, "Kept; there is nothing to choose from.")
        return spec
    if choices:
        ledger.defect("choices-unused", name, "The answer is typed, as OATutor does; its choices were left out.")
    algebraic = entry.get("answerType") == "arithmetic"
    spec = typed_spec(filled(key, values), prompt, algebraic=algebraic)
    if not algebraic:
        ledger.defect("compared-as-string", name, f"The key {key!r} is now compared as: {spec.kind}.")
    elif spec.kind == "text":
        ledger.defect("key-not-mathematics", name, f"The key {key!r} is compared as words.")
    return spec


def _source(head: Mapping[str, Any], name: str, frame: Frame, ledger: Ledger) -> Source:
    """Whose work it is. A problem without a licence of its own has the one that the repository states for all."""
    given, book = word(head, "license"), word(head, "oer")
    course = word(head, "courseName")
    title = re.search(r"<(.+)>", book)
    url = book.split("<")[0].strip() if "://" in book.split("<")[0] else ""
    licence = "CC BY 4.0" if CC_BY in given else ""
    if not licence:
        licence = "CC BY 4.0" if CC_BY in frame.readme else ""
        said = f"The problem says {given!r}" if given else "The problem says nothing"
        rule = "the repository states CC BY 4.0 for all" if licence else "no licence is written down"
        ledger.defect("licence-unclear", name, f"{said}; {rule}.")
    origin = title[1] if title else course
    attribution = f"Problem from {origin or 'OATutor'}; hints by the OATutor project (https://www.oatutor.io/)."
    return Source(f"OATutor, {course}" if course else "OATutor", licence, url, f"{attribution} {licence}".strip())


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
