"""Sentences are filled in after they were translated, each field once."""

from hypothesis import given
from hypothesis import strategies as st

from headway.core.text import NOTHING, T, Text, math, text_from_json, text_to_json, verbatim


def test_translation_comes_before_the_fields() -> None:
    text = T("Solve {equation}.", equation=math("x=2"))
    assert str(text) == "Solve $$x=2$$."
    assert text.translate({"Solve {equation}.": "Resuelve {equation}."}.__getitem__) == "Resuelve $$x=2$$."


def test_a_value_is_never_taken_for_a_field() -> None:
    assert str(T("{first} and {a}", first=math(r"\frac{a}{b}"), a="A")) == r"$$\frac{a}{b}$$ and A"


def test_nested_sentences_are_translated_too() -> None:
    spanish = {"Look at {what}.": "Mira {what}.", "the sign": "el signo"}
    assert T("Look at {what}.", what=T("the sign")).translate(lambda m: spanish.get(m, m)) == "Mira el signo."
    assert T("Look at {what}.", what=verbatim("the sign")).translate(lambda m: spanish.get(m, m)) == "Mira the sign."


def test_nothing_is_nothing_in_every_language() -> None:
    assert NOTHING.translate(lambda message: "a catalogue's head") == ""


names = st.sampled_from(["a", "b", "n"])
texts = st.recursive(
    st.text(max_size=10).map(Text),
    lambda inner: st.builds(
        lambda message, fields: Text(message, tuple(fields.items())),
        st.text(max_size=10),
        st.dictionaries(names, st.one_of(st.text(max_size=5), st.integers(0, 99), inner), max_size=3),
    ),
    max_leaves=5,
)


@given(texts)
def test_the_log_gives_the_same_sentence_back(text: Text) -> None:
    assert text_from_json(text_to_json(text)) == text
