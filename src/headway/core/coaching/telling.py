"""Stories read for the relation between their quantities: which numbers they have, of what, and what is asked.

A story is read only when all its numbers take part and the relation is beyond doubt from how the quantities and the question
belong together; every other story is left alone. Two units tell a proportion, but not where people share work, where
lengths tell the size of a figure, or where something is over or still to come.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from headway.core.coaching.building import decimal, number
from headway.core.coaching.phrases import in_digits
from headway.core.coaching.telling_numbers import sequence
from headway.core.coaching.telling_percent import percent_change
from headway.core.coaching.tree import Call, Expr
from headway.core.coaching.twofold import copied, mixtures, plans

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_QUANTITY = re.compile(rf"(?<![\w./])(\$?)({_NUMBER})(?![\w/%.]*\d)(?!\s*%)\s*((?:[A-Za-z-]+\s*){{0,4}})")
_SMALL = (
    "a an the and or to for in on at with can could will would did do does is are was were has had have costs cost go goes "
    "went per each every when how if she he it they that this so as than by from into using needs need makes make holds "
    "hold takes take must weighs weigh come comes"
)
_STOP = frozenset(_SMALL.split())
_UNTOLD = re.compile(
    r"\b(?:older|younger|left|remain\w*|ate|gave|gives|lost|rest|away|more|less|fewer|start\w*|already|ahead|behind|first|"
    r"then|after|before|high|wide|width|height|sides?|square|area|volume|radius|enlarge\w*|cop(?:y|ies)|scale\w*|draw\w*|"
    r"percent|interest|cut|cuts|dr(?:y|ies)|together|total|in all|altogether|play\w*|different|another|"
    r"flat|fee|join|each|per|mph)\b",
    re.IGNORECASE,
)
_TIME = frozenset(["second", "minute", "hour", "day", "week", "month", "year"])
_WORKERS = (
    "worker painter man woman person people machine printer robot pump tap pipe hose student friend farmer builder gardener "
    "horse cow animal chicken"
)
_AGENTS = frozenset(_WORKERS.split())
_DOLLAR = frozenset({"dollar"})
_SAME_RATE = re.compile(
    r"\b(?:same|constant|steady) (?:speed|rate|pace|recipe|price|mix\w*|strength|shade)|\bat this (?:rate|speed|pace)|"
    r"\b(?:for|with) every\b|\bstands? for\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\bhow (?:many|much)\s+((?:[A-Za-z-]+\s*){0,4})", re.IGNORECASE)
_MONEY = re.compile(r"\b(?:cost|costs|pay|price|charge|spend|earn|worth|money)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """``label`` has the words for what is counted, and ``of`` what it is of (empty when that is not said)."""

    value: Fraction
    label: frozenset[str]
    of: str = ""


def story_of(text: str) -> Call | None:
    """The relation that a story tells, as a call of :mod:`headway.core.coaching.relations`; None when it is in doubt."""
    plain = in_digits(re.sub(r"\$\$", " ", text)).replace("\u2019", "'")
    if len(plain) > 600 or re.search(r"[=\\<>^]", plain):
        return None
    for read in (
        _apart,
        _rate_apart,
        _plan,
        _compared,
        _part_is,
        _share,
        sequence,
        copied,
        plans,
        mixtures,
        percent_change,
        _per,
    ):
        found = read(plain)
        if found is not None:
            return found
    return None


def _value(text: str) -> Fraction:
    return Fraction(text.replace(",", ""))


def _call(name: str, *values: Fraction) -> Call | None:
    """The call, when its numbers make sense for what is counted."""
    args: tuple[Expr, ...] = tuple(decimal(value) for value in values)
    return Call(name, args) if all(value > 0 for value in values) else None


def _singular(word: str) -> str:
    word = word.lower()
    for ending, instead in (("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"), ("sses", "ss"), ("oes", "o")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + instead
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 2 else word


def _counted(value: Fraction, words: str) -> Quantity:
    """``cups of flour`` is counted in cups, of flour; the words end at the first small one."""
    named: list[str] = []
    listed = words.split()
    for place, word in enumerate(listed):
        if word.lower() == "of" and named:
            return Quantity(value, frozenset(named), _singular(listed[place + 1]) if place + 1 < len(listed) else "")
        if word.lower() in _STOP:
            break
        named.append(_singular(word))
    return Quantity(value, frozenset(named))


def _quantities(text: str) -> list[Quantity]:
    return [Quantity(_value(m[2]), _DOLLAR) if m[1] else _counted(_value(m[2]), m[3]) for m in _QUANTITY.finditer(text)]


def _alike(a: Quantity, b: Quantity) -> bool:
    return bool(a.label & b.label) and (not a.of or not b.of or a.of == b.of)


def _per(text: str) -> Call | None:
    """Two quantities that go together, a third one of the same kind as one of them, and the other kind asked for."""
    found, asked = _quantities(text), _ASKED.search(text)
    if len(found) != 3 or asked is None or len(re.findall(_NUMBER, text)) != 3 or _UNTOLD.search(text):
        return None
    if len(re.findall(r"\bhow\b", text, re.IGNORECASE)) != 1 or any(q.value == 1 for q in found):
        return None
    wanted = _counted(Fraction(0), asked[1])
    if not wanted.label or wanted.label == {"money"}:
        wanted = Quantity(Fraction(0), _DOLLAR if _MONEY.search(text[asked.start() :]) else frozenset())
    first, second, third = found
    units, rate = first.label | second.label | third.label, _SAME_RATE.search(text)
    if (units & _TIME and (units & _AGENTS or not rate)) or _alike(first, second):
        return None
    for mine, other in ((first, second), (second, first)):
        fits = _alike(mine, third) and not _alike(other, third)
        if fits and _alike(other, wanted) and not _alike(mine, wanted):
            whole = (other.value * third.value / mine.value).denominator == 1
            return _call("per", mine.value, other.value, third.value) if whole or rate else None
    return None


_EVEN = re.compile(
    r"\b(?:equally fast|(?:at )?the same (?:speed|pace|rate)|(?:just )?as fast as)\b.*?\b(?:started|began|starts|begins|"
    r"set off|left) (?:\w+ )?(?:first|earlier|later|before|after|sooner)\b", re.IGNORECASE | re.DOTALL,
)  # fmt: skip
_AGES = re.compile(r"\b(?:years? old|how old)\b", re.IGNORECASE)
_NAME = re.compile(r"\b(?!When\b|How\b|If\b|The\b|At\b|After\b|In\b|But\b|And\b|Now\b|Then\b|She\b|He\b)[A-Z][a-z]+\b")


def _apart(text: str) -> Call | None:
    """Two who keep the same distance: equally fast but not from the same moment, or their ages."""
    fast, ages = _EVEN.search(text), _AGES.search(text)
    found = list(re.finditer(rf"(?<![\w.$/])({_NUMBER})(?![\w/%.]*\d)", text))
    question = re.search(r"\bhow (?:many|much|old|far)\b", text, re.IGNORECASE)
    if len(found) != 3 or question is None or not (fast or ages) or (not fast and re.search(r"\btimes\b", text)):
        return None
    who = [_named_before(text, m.start()) for m in found]
    asked = _NAME.search(text, question.end())
    if who[2] is None or asked is None or asked[0] == who[2]:
        return None
    a, b, c = (_value(m[1]) for m in found)
    if who[1] == who[2] and who[0] != who[2]:
        return _call("apart", a, b, c)
    if who[0] == who[2] and who[1] != who[2]:
        return _call("apart", b, a, c)
    return None


def _named_before(text: str, place: int) -> str | None:
    """The name nearest before a number in its own clause; None when the clause has a pronoun there."""
    clause = re.split(r"[.;,?!]|\band\b", text[:place])[-1]
    names = _NAME.findall(clause)
    return names[-1] if names else None


_UNIT_DIFFERENCE = re.compile(
    rf"\$({_NUMBER}) (?:per|for each|for every|for one|for a|each) (\w+).*?"
    rf"(\$?)({_NUMBER})( cents| dollars)? (less|more|cheaper)[^.?]*?\b(?:per|for each|for every|for one|for a|each) \w+\b"
    r"([^.?]*?)\bthan\b([^.?]*)[.?].*?\bhow (?:much|many)\b[^?]*\?", re.IGNORECASE | re.DOTALL,
)  # fmt: skip


def _rate_apart(text: str) -> Call | None:
    """A price for one here, how much more or less it is there, and several of them there."""
    found = _UNIT_DIFFERENCE.search(text)
    numbers = re.findall(_NUMBER, text)
    if found is None or len(numbers) != 3:
        return None
    price, by = _value(found[1]), _value(found[4]) / (100 if (found[5] or "").strip() == "cents" else 1)
    question = re.search(r"\bhow (?:much|many)\b[^?]*\?", text[found.end(6) :], re.IGNORECASE)
    there, asked = _NAME.findall(found[8]), _NAME.findall(question[0]) if question else []
    count = re.search(_NUMBER, question[0]) if question else None
    if count is None or len(there) != 1 or len(asked) != 1 or there[0].lower() != asked[0].lower():
        return None
    return _call("cheaper" if found[6].lower() == "more" else "dearer", price, by, _value(count[0]))


_PLAN = re.compile(
    rf"\$({_NUMBER}) (?:to (?:join|get in|enter|start|rent|sign up)|"
    r"as a (?:flat |fixed |joining |starting )?fee|once|at the start)"
    rf"[^.?$]*?(?:and|plus)[^.?$]*?\$({_NUMBER}) (?:for (?:each|every)|per|an?|each)\s+(\w+)[^.?]*[.?]"
    rf"[^?$]*\bhow (?:much|many dollars)\b[^?$]*?\b({_NUMBER}) (\w+)[^?]*\?", re.IGNORECASE,
)  # fmt: skip


def _plan(text: str) -> Call | None:
    """An amount that comes once and one for each."""
    found = _PLAN.search(text)
    if found is None or len(re.findall(_NUMBER, text)) != 3 or _singular(found[3]) != _singular(found[5]):
        return None
    return _call("plan", _value(found[1]), _value(found[2]), _value(found[4]))


_MORE = re.compile(
    rf"\b({_NUMBER}) (more|fewer|less|times as many) ([a-z]+)(?: as| than) (?:there are )?([a-z]+)\b", re.IGNORECASE
)


def _compared(text: str) -> Call | None:
    """How many more, fewer or times as many of one there are, and how many of one of the two."""
    found = _MORE.search(text)
    if found is None or len(re.findall(_NUMBER, text)) != 2 or text[found.end() :].count("?") != 1:
        return None
    by, way, one, other = _value(found[1]), found[2].lower(), _singular(found[3]), _singular(found[4])
    rest = text[: found.start()] + " " + text[found.end() :]
    known = re.search(rf"\b({_NUMBER}) ([a-z]+)", rest, re.IGNORECASE)
    asked = re.search(
        r"\bhow many ([a-z]+) (?:are|were|is|does|do|did|has|have|come)\b(?! (?:left|more))", rest, re.IGNORECASE
    )
    if known is None or asked is None or re.search(r"\b(?:together|in all|altogether|total)\b", rest, re.IGNORECASE):
        return None
    about, wanted = _singular(known[2]), _singular(asked[1])
    if {about, wanted} != {one, other} or one == other:
        return None
    if way == "times as many":
        return _call("timesof" if about == one else "timesas", by, _value(known[1]))
    up = (way == "more") == (about == one)
    return _call("moreof" if up else "fewerof", by, _value(known[1]))


_FRACTIONS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_PART_IS = re.compile(
    rf"\b({_NUMBER}) (?P<what>[a-z]+)\b[^?]*?\b(?:is|are|was|were) (?:only |just )?"
    rf"(?:(?P<top>\d+)[ -](?P<word>{'|'.join(_FRACTIONS)})s?|(?P<a>\d+)\s*/\s*(?P<b>\d+)) of "
    r"(?:all )?(?:the |all )?(?P<all>[a-z]+)\b"
    r"[^?]*\bhow many (?P<asked>[a-z]+) (?:are|were|does|do|did|has|have|is|must)\b(?![^?]*\b(?:left|more|other|not)\b)",
    re.IGNORECASE,
)  # fmt: skip


def _part_is(text: str) -> Call | None:
    """A number that is a fraction of all, and all are asked for."""
    found = _PART_IS.search(text)
    if found is None or not (_singular(found["what"]) == _singular(found["all"]) == _singular(found["asked"])):
        return None
    top, bottom = (found["top"], _FRACTIONS[found["word"].lower()]) if found["top"] else (found["a"], int(found["b"]))
    used = 3 if found["b"] else 2
    if len(re.findall(_NUMBER, text)) != used or not 0 < int(top) < bottom:
        return None
    return Call("partis", (decimal(_value(found[1])), number(Fraction(int(top), bottom))))


_SHARE = re.compile(
    rf"\b({_NUMBER}) ([a-z]+) [a-z ]+?\band ({_NUMBER}) ([a-z]+) [^?]*?\bratio of (?:the )?([a-z]+) \w+ to "
    r"(?:all|the total number)\b[^?]*\?", re.IGNORECASE,
)  # fmt: skip


def _share(text: str) -> Call | None:
    """Two kinds, and the ratio of one of them to all."""
    found = _SHARE.search(text)
    if found is None or len(re.findall(_NUMBER, text)) != 2:
        return None
    kinds = {found[2].lower(): _value(found[1]), found[4].lower(): _value(found[3])}
    mine = kinds.pop(found[5].lower(), None)
    return _call("share", mine, *kinds.values()) if mine is not None and len(kinds) == 1 else None
