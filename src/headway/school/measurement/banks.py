"""What a window screens with: the curriculum's own families of items, or a bank that was imported."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from headway.core.curriculum.catalogue import Curriculum
from headway.core.curriculum.problems import AnswerKind, AnswerSpec, Problem, Source, Step
from headway.core.intervention.screening_bank import family_pool
from headway.core.measurement.adaptive.pool import Pool, pool_of
from headway.core.text import NOTHING, verbatim
from headway.school.curriculum.queries import UnknownProblem, problem_of
from headway.school.measurement.models import ScreeningBank
from headway.standards.errors import ImportProblem
from headway.standards.item_banks import BankTable, read_bank

KINDS: tuple[AnswerKind, ...] = ("number", "choice", "text", "expression", "equation", "inequality")
SEEDS = 1_000_000


def pool_for(district: UUID, *, bank: UUID | None, grade: str, curriculum: Curriculum) -> Pool:
    """The pool of a grade; ``curriculum`` is the one that the sitting was begun with, with difficulties as the model had them
    that served then. An imported bank has its own."""
    if bank is not None:
        return imported_pool(district, bank)
    return _family_pool(grade, curriculum)


def imported_pool(district: UUID, bank: UUID) -> Pool:
    """The items of an imported bank, those on trial marked."""
    return _imported_pool(str(district), str(bank))


def activity_for(bank: UUID | None, item: str, seed: int, place: int) -> str:
    """The concrete problem of an item for the ``place``-th question of a sitting."""
    if bank is not None:
        return f"bank:{bank}:{item}"
    return f"gen:{item}:{(seed * 7919 + place * 104_729) % SEEDS}"


def screening_problem(district: UUID, activity: str) -> Problem:
    """The problem of a concrete activity. Raises UnknownProblem."""
    if not activity.startswith("bank:"):
        return problem_of(district, activity)
    _, bank, item = activity.split(":", 2)
    table = _table(str(district), bank)
    if item not in table.bank.ids:
        raise UnknownProblem(f"bank {bank} has no item {item!r}")
    return _problem(table, table.bank.ids.index(item), activity)


def skills_of(district: UUID, *, bank: UUID | None, item: str, curriculum: Curriculum) -> tuple[tuple[str, ...], float]:
    """The skills of an item that the curriculum knows, and its difficulty in logits."""
    if bank is None:
        number = curriculum.item_number[item]
        at = slice(curriculum.item_skills_at[number], curriculum.item_skills_at[number + 1])
        return tuple(curriculum.skills[n].id for n in curriculum.item_skills[at].tolist()), float(
            curriculum.difficulty[number]
        )
    table = _table(str(district), str(bank))
    row = table.bank.ids.index(item)
    skill = table.columns.get("skill", ("",) * len(table.bank))[row]
    return ((skill,) if skill in curriculum.skill_number else ()), float(table.bank.difficulty[row])


def checked_bank(data: bytes, name: str) -> BankTable:
    """Read a bank to be imported. Besides the parameters it needs ``prompt`` and ``answer``; ``kind``, ``choices`` (with |
    between them), ``skill``, ``domain`` and ``trial`` (yes or no) may be there. Raises ImportProblem naming row and column."""
    table = read_bank(data, name)
    if int(table.bank.steps.max()) > 1:
        raise ImportProblem(
            "Items with several score points cannot be scored here.", name, "Give right-or-wrong items."
        )
    for column in ("prompt", "answer"):
        values = table.columns.get(column)
        if values is None:
            raise ImportProblem(f"There is no column {column}.", name, "A learner needs a question and it needs a key.")
        if "" in values:
            raise ImportProblem(
                "The field is empty.", f"{name}, row {values.index('') + 1}, column {column}", "Fill it."
            )
    for row in range(len(table.bank)):
        _check_row(table, row, name)
    if all(_on_trial(table)):
        raise ImportProblem(
            "Every item is on trial.", f"{name}, column trial", "A result needs items whose difficulty is known."
        )
    return table


TRIAL = {"": False, "0": False, "no": False, "false": False, "1": True, "yes": True, "true": True}


def _on_trial(table: BankTable) -> list[bool]:
    """Which items are given only to learn about them."""
    return [TRIAL[value.strip().lower()] for value in table.columns.get("trial", ("",) * len(table.bank))]


def _check_row(table: BankTable, row: int, name: str) -> None:
    spec = _problem(table, row, "?").steps[0].answer
    where = f"{name}, row {row + 1}"
    if spec.kind not in KINDS:
        raise ImportProblem(f"“{spec.kind}” is no kind of answer.", f"{where}, column kind", f"Use {', '.join(KINDS)}.")
    if table.columns.get("trial", ("",) * len(table.bank))[row].strip().lower() not in TRIAL:
        raise ImportProblem("An item is on trial or it is not.", f"{where}, column trial", "Write yes or no.")
    if spec.kind == "choice" and spec.keys[0] not in [str(n) for n in range(len(spec.choices))]:
        raise ImportProblem(
            "The answer is none of the choices.",
            f"{where}, column answer",
            "Write the right choice as it stands there.",
        )


def _problem(table: BankTable, row: int, activity: str) -> Problem:
    cell = {column: values[row] for column, values in table.columns.items()}
    choices = [part.strip() for part in cell.get("choices", "").split("|") if part.strip()]
    key = cell["answer"]
    if choices:
        key = str(choices.index(key)) if key in choices else key
    kind = cell.get("kind", "") or ("choice" if choices else "number")
    spec = AnswerSpec(kind, (key,), choices=tuple(verbatim(each) for each in choices))  # type: ignore[arg-type]
    skill = cell.get("skill", "")
    step = Step("1", table.bank.ids[row], verbatim(cell["prompt"]), spec, (skill,) if skill else ())
    return Problem(activity, NOTHING, NOTHING, (step,), Source(name="", licence=""))


@lru_cache(maxsize=64)
def _family_pool(grade: str, curriculum: Curriculum) -> Pool:
    return family_pool(curriculum, grade)


@lru_cache(maxsize=16)
def _imported_pool(district: str, bank: str) -> Pool:
    table = _table(district, bank)
    content = {"domain": table.columns["domain"]} if "domain" in table.columns else None
    return pool_of(table.bank, content=content, groups=table.columns.get("enemies"), trial=_on_trial(table))


@lru_cache(maxsize=16)
def _table(district: str, bank: str) -> BankTable:
    """The tenant is in the key: a bank is only found in its own district."""
    row = ScreeningBank.objects.filter(id=bank).first()
    if row is None:
        raise UnknownProblem(f"no bank {bank}")
    return read_bank(bytes(row.table), "bank.csv")
