"""What people state: the newest row of a fact decides; answers about oneself keep the one before."""

from headway.core.profile.person import ANSWERS, FACTS, QUESTIONS, Fact, SelfReport, latest_reports, standing


def test_a_fact_holds_until_it_is_said_to_be_gone_and_may_come_back() -> None:
    said = Fact(1, "interest", "Soccer", "Mina", "learner", 1.0)
    gone = Fact(2, "interest", " soccer", "Carmen", "family", 2.0, gone=True)
    back = Fact(3, "interest", "soccer", "Mina", "learner", 3.0)
    assert standing([said]) == (said,)
    assert standing([gone, said]) == ()
    assert standing([said, back, gone]) == (back,)
    assert standing([said, Fact(4, "strength", "Soccer", "Mina", "learner", 1.0)])[1].kind == "strength"


def test_the_newest_answer_stands_beside_the_one_before() -> None:
    reports = [SelfReport("ask", answer, at) for answer, at in ((3, 3.0), (1, 1.0), (2, 2.0))]
    assert latest_reports(reports) == {"ask": (reports[0], reports[2])}
    assert latest_reports([]) == {}


def test_kinds_and_questions_have_their_words() -> None:
    assert all(text.message for text in (*FACTS.values(), *QUESTIONS.values(), *ANSWERS))
    assert len(ANSWERS) == 4
