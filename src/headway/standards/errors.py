"""One kind of refusal for every importer: what is wrong, where it is, and how to mend it."""

from __future__ import annotations


class ImportProblem(Exception):
    """Something handed in cannot be read.

    ``what`` says what is wrong, ``where`` names the file, row or column, ``how`` says what to do. All three are
    whole plain sentences or short phrases that a person at a terminal can act on.
    """

    def __init__(self, what: str, where: str, how: str) -> None:
        super().__init__(what, where, how)
        self.what = what
        self.where = where
        self.how = how

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.how}"
