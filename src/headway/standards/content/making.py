"""Parts of questions from what formats state: choices with weights, accepted words, numbers with a range, pairs, an order."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from headway.core.coaching.checking import check
from headway.core.coaching.wording import normal_words
from headway.core.curriculum.problems import AnswerKind, AnswerSpec, WrongAnswer
from headway.core.text import T, verbatim
from headway.standards.content.desk import Desk, NotCarried
from headway.standards.content.neutral import Part

FULL = 0.999


@dataclass(frozen=True, slots=True)
class Option:
    """An answer as its author wrote it: what share of the credit it is worth, and what is said to who gives it."""

    text: str
    worth: float
    says: str = ""


def choice(desk: Desk, options: Sequence[Option], *, several: bool = False, prompt: str = "", hints: Sequence[str] = (),
           way: Sequence[str] = ()) -> Part:  # fmt: skip
    """A choice of one, or of several where more than one is right. Raises NotCarried where nothing can be chosen rightly."""
    once: dict[str, Option] = {}
    for option in options:
        if once.setdefault(option.text, option).worth != option.worth:
            raise NotCarried(f"Its choice “{option.text[:40]}” stands there twice, right and wrong.")
    if len(once) < len(options):
        desk.loss("repeated-choice", "A choice that stood there twice is shown once.")
    kept = list(once.values())
    if any(not option.text for option in kept):
        raise NotCarried("A choice is empty, or is only a drawing that cannot be shown.")
    if len(kept) < 2:
        raise NotCarried("There are fewer than two choices.")
    right = [n for n, option in enumerate(kept) if (option.worth > 0 if several else option.worth >= FULL)]
    if not right:
        raise NotCarried("No choice is wholly right.")
    if not several and any(0 < option.worth < FULL for option in kept):
        desk.loss("partial-credit", "Part of the credit for a part of the answer: here an answer is right or not yet.")
    texts = tuple(verbatim(option.text) for option in kept)
    wrong = tuple(
        WrongAnswer(str(n), "", verbatim(option.says))
        for n, option in enumerate(kept)
        if option.says and n not in right and not several
    )
    if several:
        spec = AnswerSpec("choices", (",".join(map(str, right)),), choices=texts)
    else:
        spec = AnswerSpec("choice", tuple(map(str, right)), choices=texts)
    return Part(spec, prompt, tuple(hints), tuple(way) or (" · ".join(kept[n].text for n in right),), wrong)


def words(desk: Desk, options: Iterable[Option], *, prompt: str = "", hints: Sequence[str] = (), cased: bool = False,
          way: Sequence[str] = ()) -> Part:  # fmt: skip
    """An answer that is typed: words, or a number where every accepted form is one."""
    given = list(options)
    full = [option.text.strip() for option in given if option.worth >= FULL and option.text.strip()]
    keys = [key for key in full if "*" not in key or NUMERIC.fullmatch(key)]
    if len(keys) < len(full):
        desk.loss("pattern", "An accepted answer with a wildcard (*) was left out.")
    if not keys:
        raise NotCarried("No accepted answer is written out.")
    if any(0 < option.worth < FULL for option in given):
        desk.loss("partial-credit", "Part of the credit for a part of the answer: here an answer is right or not yet.")
    if cased and any(key.lower() != key.upper() for key in keys):
        desk.loss("case", "Capital letters were asked for; here they do not matter.")
    if all(NUMERIC.fullmatch(key) for key in keys):
        spec = AnswerSpec("number", tuple(dict.fromkeys(_number(key) for key in keys)))
    else:
        spec = AnswerSpec("text", tuple({normal_words(key): key for key in reversed(keys)}.values())[::-1])
    wrong = tuple(
        WrongAnswer(option.text.strip(), "", verbatim(option.says))
        for option in given
        if option.says and option.worth <= 0 and "*" not in option.text and option.text.strip()
    )
    return Part(_checked(spec), prompt, tuple(hints), tuple(way) or (spec.keys[0],), wrong)


NUMERIC = re.compile(r"[-+−]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][-+]?\d+)?")


def _number(text: str) -> str:
    plain = text.strip().replace(",", "").replace("−", "-").removeprefix("+")
    if not plain or not NUMERIC.fullmatch(plain):
        raise NotCarried(f"“{text[:40]}” is no number.")
    value = float(plain)
    if not math.isfinite(value) or abs(value) > 1e15:
        raise NotCarried(f"“{text[:40]}” is no number that a learner types.")
    if "e" in plain.lower():
        return f"{value:.15f}".rstrip("0").rstrip(".")
    return plain


def number(desk: Desk, answers: Sequence[tuple[str, float, float, str]], *, prompt: str = "", unit: str = "",
           hints: Sequence[str] = (), way: Sequence[str] = ()) -> Part:  # fmt: skip
    """A number. ``answers``: as written, how far off is still right, worth from 0 to 1, what is said."""
    right = [(_number(text), abs(off)) for text, off, worth, _ in answers if worth >= FULL]
    if not right:
        raise NotCarried("No number is wholly right.")
    if any(0 < worth < FULL for _, _, worth, _ in answers):
        desk.loss("partial-credit", "Part of the credit for a part of the answer: here an answer is right or not yet.")
    if not all(math.isfinite(off) and off < 1e12 for _, off in right):
        raise NotCarried("The number may be anything.")
    off = min(off for _, off in right)
    right = [(text, float(f"{each:.9g}")) for text, each in right]
    off = float(f"{off:.9g}")
    if any(each != off for _, each in right):
        desk.loss("tolerance", f"The answers had different ranges; the narrowest (±{off:g}) holds for all.")
    wrong = tuple(
        WrongAnswer(_number(text), "", verbatim(says))
        for text, _, worth, says in answers
        if says and worth <= 0 and text.strip() not in ("", "*")
    )
    spec = AnswerSpec("number", tuple(dict.fromkeys(text for text, _ in right)), unit=unit, tolerance=off)
    return Part(_checked(spec), prompt, tuple(hints), tuple(way) or (spec.keys[0],), wrong)


def pairs(desk: Desk, rows: Sequence[tuple[str, str]], others: Sequence[str] = ()) -> tuple[Part, ...]:
    """What belongs to what, as one choice a row. ``others`` belong to nothing."""
    offered = sorted({answer for _, answer in rows} | set(others), key=lambda text: (len(text), text.casefold(), text))
    if len(offered) < 2:
        raise NotCarried("There is only one thing to choose from.")
    desk.loss("pairs-as-parts", f"Its {len(rows)} pairs are asked one by one.")
    return tuple(
        choice(desk, [Option(text, float(text == answer)) for text in offered], prompt=asked) for asked, answer in rows
    )


def order(desk: Desk, items: Sequence[str]) -> tuple[Part, ...]:
    """An order, as one choice for each place but the last, which is left over."""
    if len(set(items)) < len(items) or len(items) < 2:
        raise NotCarried("Things to be put in order must be two or more and differ.")
    desk.loss("order-as-parts", f"The order of its {len(items)} things is asked place by place.")
    offered = sorted(items, key=lambda text: (text.casefold(), text))
    return tuple(
        choice(desk, [Option(text, float(text == item)) for text in offered], prompt=f"{place}.")
        for place, item in enumerate(items[:-1], 1)
    )


def mathematics(kind: AnswerKind, keys: Sequence[str], *, prompt: str = "", variables: Sequence[str] = (), form: str = "",
                hints: Sequence[str] = (), way: Sequence[str] = ()) -> Part:  # fmt: skip
    """An answer in mathematics that the coach can judge. Raises NotCarried where it cannot read the key."""
    spec = AnswerSpec(kind, tuple(keys), variables=tuple(variables), form=form)
    return Part(_checked(spec), prompt, tuple(hints), tuple(way) or (keys[0],))


def _checked(spec: AnswerSpec) -> AnswerSpec:
    """Every accepted answer must be right by the check that a learner meets."""
    for key in spec.keys:
        if not check(spec, key).correct:
            raise NotCarried(f"Its own answer “{key[:60]}” cannot be checked here.")
    return spec


def true_false(desk: Desk, value: bool, *, wrong: str = "", prompt: str = "", way: Sequence[str] = ()) -> Part:
    """True or false; ``wrong`` is said to who chooses wrongly."""
    options = [Option("1", float(value), "" if value else wrong), Option("0", float(not value), wrong if value else "")]
    part = choice(desk, options, prompt=prompt, way=tuple(way) or (" ",))
    answer = replace(part.answer, choices=(T("True"), T("False")))
    return replace(part, answer=answer, way=tuple(way))
