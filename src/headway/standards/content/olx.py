"""Open edX's OLX: the problems and videos of a course or library, as an archive or one by one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from functools import partial
from xml.etree.ElementTree import Element

from headway.core.curriculum.outside import LONGEST_MINUTES
from headway.standards.content.desk import Desk, NotCarried
from headway.standards.content.making import Option, choice, mathematics, number, words
from headway.standards.content.neutral import Link, Package, Part, Question
from headway.standards.content.xml import descendants, inner_text, read_xml
from headway.standards.errors import ImportProblem

ASIDE = (
    "demandhint",
    "solution",
    "script",
    "choicehint",
    "optionhint",
    "compoundhint",
    "stringequalhint",
    "correcthint",
)


def is_olx_file(path: str) -> bool:
    """Whether a path in an archive is that of a problem or a video."""
    parts = path.split("/")
    known = len(parts) > 1 and parts[-2] in ("problem", "video")
    return known and parts[-1].endswith(".xml") and not parts[-1].startswith("._")


def read_olx(files: Mapping[str, bytes], name: str) -> Package:
    """Read a problem, or every problem and video of a course or library. Raises ImportProblem where there is none."""
    desk = Desk(files=files)
    wanted = [path for path in sorted(files) if len(files) == 1 or is_olx_file(path)]
    title = _title(files)
    for path in wanted:
        root = read_xml(files[path], path)
        stem = posixpath.basename(path).rsplit(".", 1)[0]
        where = f"{path}, {root.get('display_name', '')}".rstrip(", ")
        if root.tag == "problem":
            desk.take(_form(root), where, partial(_question, desk, root, stem, title))
        elif root.tag == "video":
            desk.lead(where, partial(_film, root, stem, title))
    if not desk.ledger.counts["found"] and not desk.ledger.counts["links found"]:
        raise ImportProblem("There is no problem in it.", name, "Export the course or library with its problems.")
    return desk.package("olx", name.split(".", 1)[0], title)


def _title(files: Mapping[str, bytes]) -> str:
    for path in sorted(files, key=len):
        if posixpath.basename(path) in ("library.xml", "course.xml") or re.search(r"(?:^|/)course/[^/]+\.xml$", path):
            found = read_xml(files[path], path).get("display_name", "")
            if found:
                return found
    return ""


def _film(root: Element, key: str, group: str) -> Link:
    """A video at a public address: on YouTube, or a file. One that lies in Open edX itself is not carried over."""
    known = root.get("youtube_id_1_0", "") or next(
        (part.split(":", 1)[1] for part in root.get("youtube", "").split(",") if part.strip().startswith("1.00:")), ""
    )
    files = [source.get("src", "") for source in root.findall("source")]
    files += re.findall(r'"(https?://[^"]+)"', root.get("html5_sources", ""))
    address = f"https://www.youtube.com/watch?v={known}" if known else next(iter(filter(None, files)), "")
    if not address:
        raise NotCarried("The video lies within the system that it comes from.")
    asset = root.find("video_asset")
    seconds = re.match(r"\d{1,6}", asset.get("duration", "") if asset is not None else "")
    minutes = min(-(-int(seconds[0]) // 60), LONGEST_MINUTES) if seconds else 0
    return Link(
        root.get("url_name", "") or key,
        root.get("display_name", ""),
        address,
        kind="video",
        minutes=minutes,
        group=group,
    )


def _responses(root: Element) -> list[Element]:
    return [each for each in root.iter() if str(each.tag).endswith("response")]


def _form(root: Element) -> str:
    return " + ".join(dict.fromkeys(str(each.tag) for each in _responses(root))) or "text"


def _question(desk: Desk, root: Element, key: str, group: str) -> Question:
    responses = _responses(root)
    if not responses:
        raise NotCarried("It asks nothing that is checked.")
    script = " ".join(inner_text(each) for each in root.iter("script"))
    if script and (
        "loncapa" in [each.get("type", "").split("/")[0] for each in root.iter("script")] or "$" in inner_text(root)
    ):
        raise NotCarried("A program in it makes its numbers or judges its answers.")
    parts: list[Part] = []
    for each in responses:
        read = READERS.get(str(each.tag))
        if read is None:
            raise NotCarried(f"Answers of the kind {each.tag} cannot be checked here.")
        parts.append(read(desk, each, _label(desk, each) if len(responses) > 1 else ""))
    hints = tuple(filter(None, (desk.tree(hint) for hint in descendants(root, "hint") if hint.get("answer") is None)))
    ways = tuple(filter(None, (desk.tree(_copy(way)) for way in root.iter("solution"))))
    first = Part(parts[0].answer, parts[0].prompt, hints, ways or parts[0].way, parts[0].wrong)
    title = root.get("display_name", "")
    return Question(
        id=root.get("url_name", "") or key, form=_form(root), body=_body(desk, root, len(responses)), parts=(first, *parts[1:]),
        title=title, group=group,
    )  # fmt: skip


def _copy(element: Element) -> Element:
    copy = Element("div")
    copy.text, copy[:] = element.text, list(element)
    return copy


INPUTS = ("choicegroup", "checkboxgroup", "optioninput", "textline", "formulaequationinput", "radiogroup", "additional_answer",
          "responseparam", "description")  # fmt: skip


def _body(desk: Desk, root: Element, responses: int) -> str:
    def stop(element: Element) -> str | None:
        if element.tag in ASIDE or element.tag in INPUTS:
            return ""
        if element.tag == "label":
            return "\n" + desk.tree(_copy(element)) + "\n" if responses == 1 else ""
        return None

    return desk.tree(_copy(root), stop)


def _label(desk: Desk, response: Element) -> str:
    found = next(descendants(response, "label"), None)
    return desk.tree(_copy(found)) if found is not None else ""


def _option(desk: Desk, element: Element, hint: str) -> Option:
    says = " ".join(desk.tree(_copy(each)) for each in element.iter(hint) if each.get("selected") != "false")
    right = element.get("correct", "").lower()
    if right == "partial":
        desk.loss("partial-credit", "Part of the credit for a part of the answer: here an answer is right or not yet.")
    text = desk.tree(_copy(element), lambda each: "" if each.tag == hint else None)
    return Option(text, float(right == "true"), "" if right == "true" else says)


def _multiple_choice(desk: Desk, response: Element, prompt: str) -> Part:
    return choice(desk, [_option(desk, each, "choicehint") for each in descendants(response, "choice")], prompt=prompt)


def _checks(desk: Desk, response: Element, prompt: str) -> Part:
    options = [_option(desk, each, "choicehint") for each in descendants(response, "choice")]
    return choice(desk, options, several=True, prompt=prompt)


def _options(desk: Desk, response: Element, prompt: str) -> Part:
    made = [_option(desk, each, "optionhint") for each in descendants(response, "option")]
    field = next(descendants(response, "optioninput"), None)
    if not made and field is not None:
        right = field.get("correct", "")
        offered = re.findall(r"'([^']*)'|\"([^\"]*)\"", field.get("options", ""))
        made = [Option(one or other, float((one or other) == right)) for one, other in offered]
    return choice(desk, made, prompt=prompt)


def _string(desk: Desk, response: Element, prompt: str) -> Part:
    kind = response.get("type", "")
    if "regexp" in kind:
        raise NotCarried("Its answers are patterns (regular expressions).")
    more = [each.get("answer", "") or inner_text(each) for each in response.findall("additional_answer")]
    keys = [response.get("answer", ""), *more]
    hints = [Option(each.get("answer", ""), 0.0, desk.tree(_copy(each))) for each in response.iter("stringequalhint")]
    return words(desk, [*(Option(key, 1.0) for key in keys), *hints], prompt=prompt, cased="ci" not in kind)


def _numerical(desk: Desk, response: Element, prompt: str) -> Part:
    text = response.get("answer", "").strip()
    span = re.fullmatch(r"[\[(]\s*([-+\d.eE]+)\s*,\s*([-+\d.eE]+)\s*[\])]", text)
    if span:
        low, high = _float(span[1]), _float(span[2])
        return number(desk, [(f"{(low + high) / 2:.12g}", abs(high - low) / 2, 1.0, "")], prompt=prompt)
    off = next(
        (each.get("default", "0") for each in response.iter("responseparam") if each.get("type") == "tolerance"), "0"
    )
    value = _float(text)
    tolerance = abs(value) * _float(off[:-1]) / 100 if off.strip().endswith("%") else _float(off)
    more = [(each.get("answer", ""), tolerance, 1.0, "") for each in response.findall("additional_answer")]
    return number(desk, [(f"{value:.12g}", tolerance, 1.0, ""), *more], prompt=prompt)


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise NotCarried(f"“{text[:40]}” is no plain number.") from None


def _formula(desk: Desk, response: Element, prompt: str) -> Part:
    del desk
    letters = re.findall(r"[A-Za-z]\w*", response.get("samples", "").split("@")[0])
    if any(len(letter) > 1 for letter in letters):
        raise NotCarried("Its formula has names of several letters.")
    return mathematics("expression", [response.get("answer", "")], prompt=prompt, variables=letters)


READERS: dict[str, Callable[[Desk, Element, str], Part]] = {
    "multiplechoiceresponse": _multiple_choice,
    "choiceresponse": _checks,
    "optionresponse": _options,
    "stringresponse": _string,
    "numericalresponse": _numerical,
    "formularesponse": _formula,
}
