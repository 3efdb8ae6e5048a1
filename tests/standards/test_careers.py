"""The district's table of careers."""

from io import BytesIO

import pytest

from headway.standards.careers import CareerRow, read_careers
from headway.standards.errors import ImportProblem


def table(text: str) -> BytesIO:
    return BytesIO(text.encode())


def test_a_table_with_usual_names_is_read() -> None:
    rows = read_careers(table("id,name,domains\nnurse,Nurse,Fractions; Geometry\nchef,Chef,\n"), "c.csv")
    assert rows == [CareerRow("nurse", "Nurse", asks=("Fractions", "Geometry")), CareerRow("chef", "Chef")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("code\nnurse\n", "title"),
        ("code,title\nnurse,\n", "row 1"),
        ("code,title\nnurse,Nurse\nnurse,Nurse\n", "both 'nurse'"),
        ("", "empty"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(text: str, says: str) -> None:
    with pytest.raises(ImportProblem, match=says):
        read_careers(table(text), "c.csv")
