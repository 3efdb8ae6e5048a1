"""A problem survives storage unchanged."""

import json

from hypothesis import given
from hypothesis import strategies as st

from headway.core.curriculum.codec import problem_from_json, problem_to_json
from headway.core.curriculum.problems import AnswerSpec, Hint, Problem, Source, Step, WrongAnswer
from headway.core.text import NOTHING, T, Text, verbatim

words = st.text(max_size=20)
texts = st.one_of(
    words.map(Text),
    words.filter(bool).map(verbatim),
    st.builds(lambda a, n: T("{a} and {n}", a=verbatim(a), n=n), words, st.integers(0, 9)),
)
lists = st.lists(words, max_size=3).map(tuple)
answers = st.builds(
    AnswerSpec,
    kind=st.sampled_from(["number", "expression", "choice", "interval"]),
    keys=lists,
    strictness=st.sampled_from(["equivalent", "form", "exact"]),
    choices=st.lists(texts, max_size=3).map(tuple),
    unit=words,
    unit_required=st.booleans(),
    tolerance=st.floats(0, 1),
    form=words,
    variables=lists,
)
hints = st.builds(
    Hint,
    id=words,
    text=texts,
    title=st.one_of(st.just(NOTHING), texts),
    answer=st.one_of(st.none(), answers),
    after=lists,
    reveals=st.booleans(),
    parent=words,
)
steps = st.builds(
    Step,
    id=words,
    item=words,
    prompt=texts,
    answer=answers,
    skills=lists,
    hints=st.lists(hints, max_size=3).map(tuple),
    solution=st.lists(texts, max_size=3).map(tuple),
    wrong=st.lists(st.builds(WrongAnswer, words, words), max_size=2).map(tuple),
)
problems = st.builds(
    Problem,
    id=words,
    title=texts,
    body=texts,
    steps=st.lists(steps, max_size=3).map(tuple),
    source=st.builds(Source, words, words, words, words),
    media=lists,
)


@given(problems)
def test_round_trip(problem: Problem) -> None:
    assert problem_from_json(json.loads(json.dumps(problem_to_json(problem)))) == problem
