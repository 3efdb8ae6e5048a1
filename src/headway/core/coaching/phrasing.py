"""May a language model's wording of a hint be shown? Strict checks; whatever is in doubt is refused.

The coach decides what is said; a model may only say it in other words. So its text may hold no number, formula or
operation that the coach's own sentence, the problem and the learner's lines do not have, nothing that is wrong, and
nothing that is or equals the answer. It must be short, in the learner's language, and as easy to read as ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from headway.core.coaching.algebra import rational
from headway.core.coaching.building import parts
from headway.core.coaching.hints import final_value, reveals
from headway.core.coaching.lines import judge_tree
from headway.core.coaching.phrasing_words import COMMON, NUMBER_WORDS, OPERATIONS, spoken_relations
from headway.core.coaching.render import to_latex
from headway.core.coaching.shape import shape
from headway.core.coaching.tasks import formulas, read_math
from headway.core.coaching.tree import Expr, ParseError, Relation, Words, children, contains
from headway.core.coaching.working import Working

MOST_CHARACTERS = 260
MOST_WORDS = 40
HARDEST_GRADE = 6.0
"""Flesch-Kincaid grade (Kincaid et al. 1975) of the words that the coach's own sentence does not use."""
LONGEST_SENTENCE = 20
"""Words in a sentence, in languages for which the grade is not defined."""
OWN_LANGUAGE = 0.15
"""At least this share of the words are the commonest ones of the language."""
FORBIDDEN = re.compile(r"https?:|www\.|[<>{}\[\]`|@#]|\*\*|\bsystem\b|\binstructions?\b|\bassistant\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)?(?:\s*/\s*\d+)?")
_BARE = re.compile(r"[-+]?[\w.()^/*·×]+(?:\s*[-+*/·×=<>≤≥]\s*[-+]?[\w.()^/*·×]+)+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def brief(working: Working, sentence: str) -> str:
    """What may leave for a model: the problem, the learner's lines as far as they are mathematics, the coach's sentence.
    No name, no identifier, and no words of the learner's."""
    task = working.task
    lines = [to_latex(v.tree) for v in working.verdicts if v.tree is not None and not contains(v.tree, Words)]
    rows = [f"Problem: {to_latex(task.worked)}", *(f"Line: {line}" for line in lines), f"Hint: {sentence}"]
    return "\n".join(rows)


def refusal(text: str, *, own: str, working: Working, language: str = "en") -> str:
    """Return why ``text`` may not take the place of the coach's sentence ``own``; an empty string when it may.

    ``empty``, ``long``, ``markup``, ``language``, ``hard``, ``answer``, ``number``, ``operation`` or ``broken``.
    Never raises; bounded in work like every judgement.
    """
    words = _WORD.findall(_without_formulas(text))
    if not words:
        return "empty"
    if len(text) > MOST_CHARACTERS or len(words) > MOST_WORDS or "\n" in text.strip():
        return "long"
    if FORBIDDEN.search(_without_formulas(text)):
        return "markup"
    if not _in_language(words, language):
        return "language"
    if _hard(text, words, own, language):
        return "hard"
    return _mathematics(text, own, working)


def _mathematics(text: str, own: str, working: Working) -> str:
    task = working.task
    trees = list(_trees(text))
    answers = [tree for tree in (final_value(task), *task.keys) if tree is not None]
    givens = frozenset(rational(part) for _, part in parts(task.worked)) - {None}
    ours = _numbers(own)
    if any(isinstance(tree, ParseError) for tree in trees):
        return "broken"
    read = [tree for tree in trees if not isinstance(tree, ParseError)]
    found = _numbers(text)
    values = {value for tree in answers for value in _values(tree)}
    if (found & values) - givens or any(reveals(tree, answer, givens) for tree in read for answer in answers):
        return "answer"
    lines = "".join(f" $${to_latex(v.tree)}$$" for v in working.verdicts if v.tree is not None)
    if found - ours - givens - _numbers(lines):
        return "number"
    if _operations(text) - _operations(own):
        return "operation"
    known = _known(own, working)
    return "broken" if any(not _sound(tree, known, working) for tree in read) else ""


def _sound(tree: Expr, known: frozenset[object], working: Working) -> bool:
    """Whether a formula is one of those on the page, or judged as a line it follows."""
    if shape(tree) in known:
        return True
    if not children(tree):
        return True  # a number or a letter: numbers are counted above
    if not isinstance(tree, Relation) and working.task.goal == "solve":
        return False
    before = working.verdicts if working.sound else working.verdicts[: working.first_broken]
    return judge_tree(working.task, before, tree).sound


def _known(own: str, working: Working) -> frozenset[object]:
    trees = [working.task.worked, *(v.tree for v in working.verdicts if v.tree is not None and v.sound)]
    trees += [tree for tree in _trees(own) if not isinstance(tree, ParseError)]
    return frozenset(shape(part) for tree in trees for _, part in parts(tree))


def _trees(text: str) -> Iterator[Expr | ParseError]:
    """Every formula, whether it is set off, typed between the words, or spelled out."""
    for formula in formulas(text):
        yield read_math(formula)
    plain = _without_formulas(text)
    for found in _BARE.findall(plain):
        if re.search(r"\d|=", found) and not re.search(r"[^\W\d_]{2,}", found):
            yield read_math(found)
    for relation in spoken_relations(plain):
        yield read_math(relation)


def _numbers(text: str) -> frozenset[object]:
    """The values of the numbers in a text: in formulas, typed, and as words."""
    found: set[object] = set()
    for formula in formulas(text):
        tree = read_math(formula)
        found |= set() if isinstance(tree, ParseError) else _values(tree)
    plain = _without_formulas(text)
    for digits in _NUMBER.findall(plain):
        top, _, bottom = digits.replace(",", ".").replace(" ", "").partition("/")
        found.add(Fraction(top) / Fraction(bottom) if bottom and int(bottom) else Fraction(top))
    found |= {NUMBER_WORDS[word] for word in re.findall(r"[^\W\d_]+", plain.lower()) if word in NUMBER_WORDS}
    return frozenset(found)


def _values(tree: Expr) -> set[object]:
    """The values of all numbers written in a tree, parts such as fractions and signed numbers included."""
    return set({rational(part) for _, part in parts(tree)} - {None})


def _operations(text: str) -> frozenset[str]:
    """The operations that a text names."""
    words = {word.lower() for word in _WORD.findall(_without_formulas(text))}
    return frozenset(kind for kind, names in OPERATIONS.items() if words & names)


def _without_formulas(text: str) -> str:
    return re.sub(r"\$\$.*?\$\$", " ", text, flags=re.DOTALL)


def _in_language(words: list[str], language: str) -> bool:
    folded = [word.lower() for word in words]
    hits = {name: sum(word in common for word in folded) for name, common in COMMON.items()}
    mine = hits.get(language, 0)
    return mine >= OWN_LANGUAGE * len(folded) and mine >= max(hits.values())


def _hard(text: str, words: list[str], own: str, language: str) -> bool:
    sentences = max(1, len(re.findall(r"[.!?]+(?:\s|$)", text)))
    if len(words) / sentences > LONGEST_SENTENCE:
        return True
    if language != "en":
        return False
    used = {word.lower() for word in _WORD.findall(own)}
    syllables = [1 if word.lower() in used else _syllables(word) for word in words]
    return 0.39 * len(words) / sentences + 11.8 * sum(syllables) / len(words) - 15.59 > HARDEST_GRADE


def _syllables(word: str) -> int:
    """Groups of vowels, a silent e at the end left out."""
    word = word.lower()
    groups = len(re.findall(r"[aeiouy]+", word))
    return max(1, groups - (word.endswith("e") and not word.endswith("le") and groups > 1))
