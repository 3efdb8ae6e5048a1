"""Questions as a plain table, for whoever keeps them in a spreadsheet.

| column | meaning |
|---|---|
| question | what is asked; needed |
| answer | the right answer, needed; several right ones or several ways to write one with ``|`` between |
| wrong_1 … wrong_9 | wrong choices; without any, the answer is typed |
| kind | empty, or one of choice, choices, words, number, mathematics |
| tolerance, unit | for a number: how far off is still right; what it is counted in |
| hint_1 … hint_3, why | help; what is shown afterwards |
| id, title, group, licence, author | the row's own name; its heading; the lesson or skill it belongs to; whose it is |
"""

from __future__ import annotations

import csv
from functools import partial
from io import StringIO

from headway.core.curriculum.problems import AnswerKind
from headway.standards.content.desk import Desk, NotCarried
from headway.standards.content.making import Option, choice, mathematics, number, words
from headway.standards.content.neutral import Package, Part, Question
from headway.standards.errors import ImportProblem

KINDS = ("", "choice", "choices", "words", "number", "mathematics")
NEEDED = ("question", "answer")
FIELD = 20_000


def read_table(text: str, name: str) -> Package:
    """Read a table with commas, semicolons or tabs. Raises ImportProblem where it lacks a column that is needed."""
    desk, licences, authors = Desk(), set(), set()
    try:
        rows = list(csv.DictReader(StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise ImportProblem(f"It is no table ({error}).", name, "Save it as CSV in UTF-8.") from None
    heads = {str(head or "").strip().lower() for head in (rows[0] if rows else ())}
    lacking = [column for column in NEEDED if column not in heads]
    if lacking:
        how = "The first row names the columns: question and answer at least."
        raise ImportProblem(f"There is no column {lacking[0]}.", name, how)
    for at, raw in enumerate(rows, 2):
        row = {str(head).strip().lower(): (cell or "").strip() for head, cell in raw.items() if isinstance(cell, str)}
        if not any(row.values()):
            continue
        licences.add(row.get("licence", "") or row.get("license", ""))
        authors.add(row.get("author", ""))
        desk.take(_form(row), f"{name}, row {at}", partial(_question, desk, row))
    licence = " / ".join(sorted(licences - {""})) if "" not in licences else ""
    return desk.package("csv", name.rsplit(".", 1)[0], licence=licence, author=", ".join(sorted(authors - {""})))


def _delimiter(text: str) -> str:
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _wrong(row: dict[str, str]) -> list[str]:
    return [row[column] for n in range(1, 10) if (column := f"wrong_{n}") in row and row[column]]


def _form(row: dict[str, str]) -> str:
    kind = row.get("kind", "").lower()
    if kind or not _wrong(row):
        return kind or "words"
    return "choices" if "|" in row["answer"] else "choice"


def _question(desk: Desk, row: dict[str, str]) -> Question:
    form = _form(row)
    if form not in KINDS:
        raise NotCarried(f"“{form[:30]}” is no kind of answer: use {', '.join(KINDS[1:])}.")
    if not row["question"]:
        raise NotCarried("It asks nothing.")
    if max(map(len, row.values())) > FIELD:
        raise NotCarried(f"A field of it is longer than {FIELD:,} signs.")
    return Question(
        id=row.get("id", ""), form=form, body=desk.html(row["question"].replace("\n", "<br>")),
        parts=(_part(desk, form, row),), title=row.get("title", ""), group=row.get("group", "") or row.get("skill", ""),
    )  # fmt: skip


def _part(desk: Desk, form: str, row: dict[str, str]) -> Part:
    keys = [key.strip() for key in row["answer"].split("|") if key.strip()]
    if not keys:
        raise NotCarried("There is no right answer.")
    hints = tuple(row[column] for n in (1, 2, 3) if row.get(column := f"hint_{n}"))
    way = tuple(filter(None, [row.get("why", "")]))
    if form in ("choice", "choices"):
        options = [*(Option(key, 1.0) for key in keys), *(Option(text, 0.0) for text in _wrong(row))]
        options.sort(key=lambda option: (option.text.casefold(), option.text))
        return choice(desk, options, several=form == "choices", hints=hints, way=way)
    if form == "number":
        off = row.get("tolerance", "") or "0"
        try:
            return number(
                desk, [(key, float(off), 1.0, "") for key in keys], unit=row.get("unit", ""), hints=hints, way=way
            )
        except ValueError:
            raise NotCarried(f"Its tolerance “{off[:20]}” is no number.") from None
    if form == "mathematics":
        return mathematics(mathematical(keys[0]), keys, hints=hints, way=way)
    return words(desk, [Option(key, 1.0) for key in keys], hints=hints, way=way)


def mathematical(key: str) -> AnswerKind:
    """What kind of mathematics a key is, by its sign of relation."""
    if "<" in key or ">" in key:
        return "inequality"
    return "equation" if "=" in key else "expression"
