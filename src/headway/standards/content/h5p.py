"""H5P: the question types whose answers can be checked, alone, in sets, and inside of presentations and videos."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from headway.standards.content.desk import Desk, NotCarried
from headway.standards.content.making import Option, choice, order, true_false, words
from headway.standards.content.neutral import Link, Package, Part, Question
from headway.standards.errors import ImportProblem

INDEX, CONTENT = "h5p.json", "content/content.json"
STAR = re.compile(r"\*([^*]+)\*")
Params = Mapping[str, Any]
ASKING = re.compile(
    r"H5P\.(?:MultiChoice|TrueFalse|Blanks|DragText|SingleChoiceSet|SortParagraphs|MarkTheWords|DragQuestion|Essay|Summary"
    r"|ImageHotspotQuestion|ImageMultipleHotspotQuestion|Flashcards|ArithmeticQuiz|SpeakTheWords|AudioRecorder|Crossword|FindTheWords"
    r"|MemoryGame|AdvancedBlanks|GuessTheAnswer|MultiMediaChoice|ImageSequencing|ImagePair|OpenEndedQuestion) "
)
REFUSED = {
    "Essay": "An essay needs a person who reads it.",
    "OpenEndedQuestion": "An open question needs a person who reads it.",
    "ArithmeticQuiz": "It makes its numbers anew each time.",
}


def read_h5p(files: Mapping[str, bytes], name: str) -> Package:
    """Read a package. Raises ImportProblem where it is damaged or asks nothing."""
    index, content = (_json(files, path, name) for path in (INDEX, CONTENT))
    desk = Desk(files=files, at="content")
    library = f"{index.get('mainLibrary', '')} 0"
    for at, (kind, params, key) in enumerate(_asking(library, content, "main"), 1):
        short = kind.split(" ")[0].removeprefix("H5P.")
        for n, one in enumerate(_split(short, params)):
            sub = f"{key}-{n}" if n else key
            desk.take(
                short, f"{name}, {short} {at}", partial(_question, desk, short, one, sub, str(index.get("title", "")))
            )
    if not desk.ledger.counts["found"]:
        _film(desk, library, content, name, str(index.get("title", "")))
    if not desk.ledger.counts["found"] and not desk.ledger.counts["links found"]:
        raise ImportProblem(
            f"{index.get('mainLibrary', 'It')} asks nothing.", name, "Give content with questions in it."
        )
    authors = ", ".join(str(each.get("name", "")) for each in index.get("authors") or () if isinstance(each, dict))
    licence = " ".join(str(index.get(key) or "") for key in ("license", "licenseVersion")).strip()
    licence = "" if licence.startswith("U") and len(licence) < 4 else licence
    return desk.package("h5p", name.rsplit(".", 1)[0], str(index.get("title", "")), licence=licence, author=authors)


def _film(desk: Desk, library: str, content: Params, name: str, title: str) -> None:
    """A video that asks nothing is a link to it. One within the package itself is not carried over."""
    video = content.get("interactiveVideo", {})
    sources = content.get("sources") if library.startswith("H5P.Video ") else None
    if library.startswith("H5P.InteractiveVideo ") and isinstance(video, dict) and isinstance(video.get("video"), dict):
        sources = video["video"].get("files")
    paths = [str(each.get("path", "")) for each in sources or () if isinstance(each, dict)]
    if paths:
        desk.lead(name, lambda: Link("main", title, paths[0], kind="video"))


def _json(files: Mapping[str, bytes], path: str, name: str) -> dict[str, Any]:
    try:
        found = json.loads(files[path])
    except KeyError:
        raise ImportProblem(f"There is no {path} in it.", name, "Export the content again, as an .h5p file.") from None
    except (ValueError, RecursionError):
        raise ImportProblem(f"{path} is no JSON.", name, "Export the content again.") from None
    if not isinstance(found, dict):
        raise ImportProblem(f"{path} is no content of H5P.", name, "Export the content again.")
    return found


def _asking(library: str, params: object, key: str, depth: int = 0) -> Iterator[tuple[str, Params, str]]:
    """Every question inside, with an identifier that stays: H5P's own where there is one."""
    if depth > 30:
        return
    if isinstance(params, dict):
        if ASKING.match(library):
            yield library, params, key
            return
        inner, sub = params.get("library"), params.get("params")
        if isinstance(inner, str) and isinstance(sub, dict):
            yield from _asking(inner, sub, str(params.get("subContentId") or key), depth + 1)
            return
        for name, value in params.items():
            yield from _asking("", value, f"{key}.{name}", depth + 1)
    elif isinstance(params, list):
        for n, value in enumerate(params):
            yield from _asking("", value, f"{key}.{n}", depth + 1)


def _split(kind: str, params: Params) -> list[Params]:
    """A set of choices and cards are several questions."""
    if kind == "SingleChoiceSet":
        return [each for each in params.get("choices") or () if isinstance(each, dict)] or [params]
    if kind == "Flashcards":
        return [each for each in params.get("cards") or () if isinstance(each, dict)] or [params]
    return [params]


def _question(desk: Desk, kind: str, params: Params, key: str, group: str) -> Question:
    read = READERS.get(kind)
    if read is None:
        raise NotCarried(REFUSED.get(kind, f"Questions of the kind {kind} cannot be checked here."))
    body, parts = read(desk, params)
    return Question(
        id=key, form=kind, body="\n".join(filter(None, [_media(desk, params), body])), parts=parts, group=group
    )


def _html(desk: Desk, value: object) -> str:
    return desk.html(value) if isinstance(value, str) else ""


def _media(desk: Desk, params: Params) -> str:
    media = params.get("media")
    held = media.get("type", media) if isinstance(media, dict) else None
    inner = held.get("params") if isinstance(held, dict) else None
    file = inner.get("file") if isinstance(inner, dict) else params.get("image")
    if isinstance(file, dict) and isinstance(file.get("path"), str):
        return desk.picture(file["path"], str((inner or params).get("alt") or ""))
    if isinstance(inner, dict) and (inner.get("sources") or inner.get("files")):
        desk.loss("video")
    return ""


def _multi_choice(desk: Desk, params: Params) -> tuple[str, tuple[Part, ...]]:
    answers = [each for each in params.get("answers") or () if isinstance(each, dict)]
    options = [
        Option(_html(desk, each.get("text")), float(bool(each.get("correct"))),
               _html(desk, (each.get("tipsAndFeedback") or {}).get("chosenFeedback")))
        for each in answers
    ]  # fmt: skip
    behaviour = params.get("behaviour") or {}
    right = sum(option.worth for option in options)
    several = behaviour.get("type") == "multi" or (behaviour.get("type") != "single" and right > 1)
    if behaviour.get("singleAnswer") is True:
        several = False
    return _html(desk, params.get("question")), (choice(desk, options, several=several),)


def _true_false(desk: Desk, params: Params) -> tuple[str, tuple[Part, ...]]:
    right = str(params.get("correct", "")).lower()
    if right not in ("true", "false"):
        raise NotCarried("It does not say which of true and false is right.")
    says = _html(desk, (params.get("behaviour") or {}).get("feedbackOnWrong"))
    return _html(desk, params.get("question")), (true_false(desk, right == "true", wrong=says),)


def _answers(inside: str) -> list[str]:
    plain, _, _tip = inside.partition(":")
    return [text.strip() for text in plain.split("/") if text.strip()]


def _blanks(desk: Desk, params: Params) -> tuple[str, tuple[Part, ...]]:
    texts = [params.get("text"), *(params.get("questions") or ())]
    parts: list[Part] = []

    def blank(found: re.Match[str]) -> str:
        options = [Option(desk.html(text), 1.0) for text in _answers(found[1])]
        parts.append(words(desk, options, prompt=f"({len(parts) + 1})"))
        return f"_____ ({len(parts)})"

    body = [desk.html(STAR.sub(blank, text)) for text in texts if isinstance(text, str)]
    if not parts:
        raise NotCarried("It has no blanks.")
    return "\n".join(filter(None, body)), tuple(parts)


def _drag_text(desk: Desk, params: Params) -> tuple[str, tuple[Part, ...]]:
    text = params.get("textField")
    right = [found.split(":", 1)[0].strip() for found in STAR.findall(text if isinstance(text, str) else "")]
    others = [found.split(":", 1)[0].strip() for found in STAR.findall(str(params.get("distractors") or ""))]
    if not right or not isinstance(text, str):
        raise NotCarried("It has no blanks.")
    desk.loss("gaps-as-parts", f"Its {len(right)} gaps are asked one by one.")
    offered = sorted({*right, *others}, key=lambda one: (one.casefold(), one))
    parts = tuple(
        choice(desk, [Option(one, float(one == word)) for one in offered], prompt=f"({n})")
        for n, word in enumerate(right, 1)
    )
    places = iter(range(1, len(right) + 1))
    body = STAR.sub(lambda _found: f"_____ ({next(places)})", text).replace("\n", "<br>")
    return "\n".join(filter(None, [_html(desk, params.get("taskDescription")), desk.html(body)])), parts


def _single(desk: Desk, params: Params) -> tuple[str, tuple[Part, ...]]:
    answers = [_html(desk, text) for text in params.get("answers") or ()]
    options = [Option(text, float(not n)) for n, text in enumerate(answers)]
    options.sort(key=lambda option: (option.text.casefold(), option.text))
    return _html(desk, params.get("question")), (choice(desk, options),)


def _sort(desk: Desk, params: Params) -> tuple[str, tuple[Part, ...]]:
    return _html(desk, params.get("taskDescription")), order(
        desk, [_html(desk, each) for each in params.get("paragraphs") or ()]
    )


def _card(desk: Desk, params: Params) -> tuple[str, tuple[Part, ...]]:
    answers = [text.strip() for text in str(params.get("answer") or "").split("/") if text.strip()]
    return _html(desk, params.get("text")), (words(desk, [Option(text, 1.0) for text in answers]),)


READERS: dict[str, Callable[[Desk, Params], tuple[str, tuple[Part, ...]]]] = {
    "MultiChoice": _multi_choice,
    "TrueFalse": _true_false,
    "Blanks": _blanks,
    "DragText": _drag_text,
    "SingleChoiceSet": _single,
    "SortParagraphs": _sort,
    "Flashcards": _card,
}
