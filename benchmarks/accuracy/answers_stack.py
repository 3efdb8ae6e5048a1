"""STACK's AlgEquiv cases: from Maxima to what our reader reads.

Only spelling is translated. What has no spelling in an answer box (calls of Maxima's own functions, unevaluated
calculus, propositional logic, units, definitions) is reported as not parsed. STACK's documented rule that an answer
must be of the teacher's type is kept, and so is its rule for sets: their members are compared without folding roots.
"""

from __future__ import annotations

import re

from headway.core.coaching import vocabulary as voc
from headway.core.coaching.algebra import Algebra, NotAlgebra
from headway.core.coaching.equivalence import equivalent, judge
from headway.core.coaching.parser import parse
from headway.core.coaching.tokens import Reading
from headway.core.coaching.tree import Expr, Group, Logic, ParseError, Relation, Root, contains
from headway.core.coaching.work import NoValue, TooHard

_FOREIGN = re.compile(
    r":=|\b(?:diff|noundiff|int|sum|product|taylor|natural_domain|stack\w*|makelist|trigeval|trigrat|integerp|lowesttermsp"
    r"|assume|ev|radcan|ratsimp|ntuple|significantfigures|displaysci|round|boolean_form|disp_complex|binomial|minf|not|xor"
    r"|xnor|implies|algebraic_equivalence_\w+|NULLNUM)\b|\"|'diff"
)
_NAMED = {"e", "i", "pi", "inf", "and", "or", "oo", "cc", "co", "oc", "log", "true", "false", "all", "none", "matrix"}
_WORDS = {"true": r"\text{all real numbers}", "all": r"\text{all real numbers}",
          "false": r"\text{no solution}", "none": r"\text{no solution}"}  # fmt: skip
_INTERVALS = {"oo": "()", "cc": "[]", "oc": "(]", "co": "[)"}


def translate(text: str) -> str | None:
    """Return ``text`` in plain typing or LaTeX, or None when it has no spelling there."""
    if not text.strip() or _FOREIGN.search(text):
        return None
    text = text.replace("nounor", "or").replace("nounand", "and").replace("#pm#", "±").replace("'root", "root")
    text = re.sub(r"#", "!=", re.sub(r"%(pi|e|i)\b", r"\1", text))
    text = re.sub(r"\b(oo|cc|oc|co)\(([^(),]+),([^(),]+)\)", _interval, text)
    text = re.sub(r"%union\((.*)\)$", lambda m: re.sub(r"(?<=[)\]]),(?=[(\[])", " ∪ ", m.group(1)), text)
    text = re.sub(r"\b([A-Za-z]+)\[(\w+)\]", r"\1_at\2", text)
    text = re.sub(r"\blog\(", "ln(", text)
    if text in _WORDS:
        return _WORDS[text]
    if "matrix" in text:
        return _matrix(text)
    return None if "%" in text else text


def _interval(found: re.Match[str]) -> str:
    brackets = _INTERVALS[found.group(1)]
    return f"{brackets[0]}{found.group(2)},{found.group(3)}{brackets[1]}"


def _matrix(text: str) -> str | None:
    found = re.fullmatch(r"matrix\((.*)\)", text)
    rows = re.findall(r"\[([^\[\]]*)\]", found.group(1)) if found else []
    if not rows or any(set(row) & set("{[(") for row in rows):
        return None
    cells = r"\\".join("&".join(row.split(",")) for row in rows)
    return rf"\begin{{pmatrix}}{cells}\end{{pmatrix}}"


def variables(*texts: str) -> tuple[str, ...]:
    """Return the identifiers of several characters, which our reader must be told are single names."""
    found = {name for text in texts for name in re.findall(r"[A-Za-z][A-Za-z0-9]+", text)}
    known = set(voc.FUNCTIONS) | set(voc.WHOLE_FUNCTIONS) | voc.GREEK | _NAMED | {"text", "begin", "end", "pmatrix"}
    return tuple(sorted(name for name in found if name not in known and "\\" not in name))


def type_of(text: str) -> str:
    """Return STACK's type of an answer: its AlgEquiv wants both of one type."""
    if text.startswith("{"):
        return "set"
    if text.startswith(r"\begin"):
        return "matrix"
    if text.startswith(r"\text"):
        return "statement"
    if re.match(r"[(\[].*,.*[)\]]$", text) and ("∪" in text or text[0] + text[-1] != "[]"):
        return "intervals"
    if text.startswith("["):
        return "list"
    return "statement" if re.search(r"=|<|>|\band\b|\bor\b", text) else "expression"


def judged(student: str, teacher: str) -> tuple[bool, bool | None]:
    """Return whether both could be parsed, and the judgement of AlgEquiv as our checker makes it."""
    given, key = translate(student), translate(teacher)
    if given is None or key is None:
        return False, None
    names = variables(given, key)
    trees = [parse(text, Reading(names)) for text in (given, key)]
    if any(isinstance(tree, ParseError) for tree in trees):
        return False, None
    kind = type_of(key)
    if type_of(given) != kind:
        return True, False
    if kind == "set":
        return True, _same_members(*trees)
    return True, equivalent(key, given, variables=names, kind="interval" if kind == "intervals" else "expression")


def _same_members(given: Expr | ParseError, key: Expr | ParseError) -> bool | None:
    if not (isinstance(given, Group) and isinstance(key, Group)):
        return None
    if len(given.items) != len(key.items):
        return False
    return all(any(_same_unfolded(a, b) for b in key.items) for a in given.items)


def _same_unfolded(first: Expr, second: Expr) -> bool | None:
    if isinstance(first, (Relation, Logic)):
        return judge(first, second) if first == second or not contains(first, Root) else None
    try:
        return Algebra(fold=False).equal(first, second)
    except (NotAlgebra, NoValue, TooHard):
        return None
