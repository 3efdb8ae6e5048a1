"""Messages with fields: filled in once, whatever the values look like."""

from headway.core.text import T, math


def test_value_that_looks_like_a_field_is_left_alone() -> None:
    text = T("{power} has the root {n}.", power=math(r"a^{\frac{1}{n}}"), n=math("n"))
    assert str(text) == r"$$a^{\frac{1}{n}}$$ has the root $$n$$."


def test_fields_follow_the_translated_message() -> None:
    text = T("Add {a} to {b}.", a=3, b=T("both sides"))
    spanish = {"Add {a} to {b}.": "Suma a {b} el número {a}.", "both sides": "ambos lados"}
    assert text.translate(spanish.__getitem__) == "Suma a ambos lados el número 3."
