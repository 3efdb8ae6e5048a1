"""A question that contradicts its key is not put before a learner; one that only seems to is."""

import pytest

from headway.standards.oatutor import open_book
from headway.standards.report import Ledger
from tests.standards.oatutor.trees import tree, zipped


@pytest.mark.parametrize(
    ("body", "question", "key", "doubtful"),
    [
        ("Factor.", "$$64m^2-16m+1$$", "$$\\left(8x-1\\right)^2$$", True),
        ("Factor.", "$$64m^2-16m+1$$", "$$\\left(8m-1\\right)^2$$", False),
        ("Simplify the fraction:", "$$\\frac{-42}{54}$$", "$$\\frac{7}{9}$$", True),
        ("Simplify:", "$$\\sqrt{x^6}$$", "$$x^3$$", False),
        ("Simplify:", "$$\\sqrt{2} \\sqrt{6}$$", "$$48$$", True),
        ("Multiply. What is the constant term?", "$$4(x+3)$$", "$$12$$", False),
        ("Multiply and solve", "$$4(x+3)=16$$", "$$1$$", False),
        ("Multiply $$2$$ by", "$$3$$", "$$6$$", False),
        ("How many?", "$$3+4$$", "$$8$$", False),
    ],
)
def test_a_key_is_doubted_only_for_a_reason(body: str, question: str, key: str, doubtful: bool) -> None:
    book = open_book(zipped(tree(head={"body": body}, step={"stepTitle": question, "stepAnswer": [key]})))
    ledger = Ledger()
    (problem,) = book.problems(ledger)
    assert ("key-doubtful" in ledger.report().by_kind()) is doubtful
    assert book.usable(problem) is not doubtful
