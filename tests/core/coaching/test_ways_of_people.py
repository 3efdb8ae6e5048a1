"""Workings as people from grade 3 to 8 write them: right ones in unusual ways, and wrong ones that a teacher would name."""

from __future__ import annotations

import pytest

from headway.core.coaching.report import check_lines
from headway.core.coaching.tasks import Task, task_of

PENS = "4 pens cost $6. How much do 10 pens cost?"
COOKIES = "A recipe needs 2 cups of flour for 12 cookies. How many cups of flour are needed for 30 cookies?"
SALE = "A shirt costs $40. It is 30% off. What is the sale price?"

RIGHT = (
    ("432-187", "187+13=200; 200+232=432; 13+232=245"), ("432-187", "400-100=300; 30-80=-50; 2-7=-5; 300-50-5=245"),
    ("432-187", "435-190; 245"), ("23*47", "20*40=800; 20*7=140; 3*40=120; 3*7=21; 800+140+120+21=1081"),
    ("847/6", "847=6*141+1; 141 R1"), ("846/6", "600/6=100; 240/6=40; 6/6=1; 141"), ("25*36", "25*4=100; 36/4=9; 9*100=900"),
    ("5 1/4 - 2 3/4", "2 3/4 + 1/4 = 3; 3 + 2 1/4 = 5 1/4; 1/4+2 1/4=2 1/2"), ("4 1/5 - 1 3/5", "4 1/5 - 1 = 3 1/5; 2 3/5"),
    ("3/4 ÷ 2/5", "15/20 ÷ 8/20; 15 ÷ 8; 1 7/8"), ("2/3 of 24", "24/3=8; 8*2=16"), ("What is 20% of 45?", "45/5; 9"),
    ("30 is what percent of 40?", "30/40=3/4; 3/4=75/100; 75%"), ("What percent of 80 is 20?", "20/80; 1/4; 25%"),
    ("30 is what percent of 40?", "0.75=75%"), ("18 is 30% of what number?", "10% is 6; 100% is 60; 60"),
    ("18 is 30% of what number?", "0.3x=18; x=18/0.3; x=60"), ("What is 35% of 60?", "50% is 30; 15% is 9; 30-9=21"),
    (SALE, "40*0.3=12; 40-12=28"), (SALE, "40*0.7; $28"), (SALE, "70% of 40; 28 dollars"),
    (PENS, "2 pens cost $3; 10 pens cost $15"), (PENS, "4 -> 6; 2 -> 3; 10 -> 15"), (PENS, "6/4=1.5; 1.5*10=15 dollars"),
    (COOKIES, "2 cups = 12 cookies; 1 cup = 6 cookies; 5 cups = 30 cookies"), (COOKIES, "2/12=x/30; 12x=60; x=5"),
    (COOKIES, "12/2=6; 30/6=5 cups"), ("-2x+3<11", "3<11+2x; -8<2x; -4<x"), ("7 - 2x <= 1", "7-1 <= 2x; 6 <= 2x; 3 <= x"),
    ("3x + 5 = 20", "20-5=15/3=5"), ("3x + 5 = 20", "x=4: 3*4+5=17; x=5: 3*5+5=20; x=5"), ("3x + 5 = 20", "3*5+5=20; x=5"),
    ("x^2 + 5x + 6 = 0", "(x+2)(x+3)=0; x=-2,-3"), ("x^2-5x+6=0", "x^2-5x+25/4=1/4; (x-5/2)^2=1/4; x=3 or x=2"),
    ("sqrt(x+5) = x - 1", "x+5=x^2-2x+1; x^2-3x-4=0; (x-4)(x+1)=0; x=4 or x=-1; x=4"),
    ("3x + 2y = 12; y = x + 1", "3x+2(x+1)=12; 5x=10; x=2; y=3"), ("8 + 2 * 5", "2*5=10+8=18"),
    ("Round 3.467 to the nearest tenth", "3.5"), ("Find the LCM of 4 and 6", "12"), ("Find the GCF of 24 and 36", "2*2*3; 12"),
    ("Find the slope of the line through (2,3) and (6,11)", "(11-3)/(6-2); 8/4; 2"), ("0.3*0.2", "3*2=6; 0.06"),
    ("What is the last digit of 2^9*5^6?", "2*5=10; it ends in zero"),
    ("How does subtracting 1/3 from 2/5 compare with subtracting 1/10 from 2/5? Which gives a larger difference?",
     "2/5-1/3=1/15; 2/5-1/10=3/10; 3/10>1/15; subtracting 1/10 from 2/5 gives a larger difference"),
)  # fmt: skip

WRONG = (
    ("3-8", "5", 0, "int-subtraction-commutes"), ("-8+6", "-2; 2", 1, ""), ("7+-2", "-5", 0, ""),
    ("504 - 278", "374", 0, "sub-smaller-from-larger"), ("5.2 - 1.75", "4.55", 0, "dec-smaller-from-larger"),
    ("3x + 2y = 12; y = x + 1", "3x+2x+1=12", 0, "substitution-parentheses-dropped"),
    ("x+4-5=6", "x=6-5-4; x=15", 0, ""), (SALE, "40*0.3=12", 0, "percent-change-alone"), (SALE, "10", 0, "percent-as-amount"),
    (PENS, "10-4=6; 10 pens cost $12", 1, "ratio-additive"), ("-3x > 12", "x > -4", 0, "inequality-not-flipped"),
    ("True or false?\na=a\nc=r", "the first is true; the second must be false", 1, "letters-always-differ"),
    ("1/2 x + 3 = 7", "x+3=14", 0, "eq-divides-one-term"), ("95 ÷ 4", "23.3", 0, "remainder-as-decimal"),
    ("18 is 30% of what number?", "x=60; 0.3x=17", 1, ""), ("3x + 5 = 20", "x=4: 3*4+5=18", 0, ""),
)  # fmt: skip


def read(problem: str) -> Task:
    task = task_of(problem)
    assert isinstance(task, Task), task
    return task


@pytest.mark.parametrize(("problem", "way"), RIGHT)
def test_a_right_way_is_followed_to_its_end(problem: str, way: str) -> None:
    found = check_lines(read(problem), way.split("; "), finished=True)
    kinds = [line["verdict"] for line in found["lines"]]
    assert found["first_broken"] == found["began"] == -1 and not {"unsure", "unreadable"} & set(kinds), kinds
    assert not found["hypotheses"]


@pytest.mark.parametrize(("problem", "way", "broken", "rule"), WRONG)
def test_a_wrong_line_is_named_with_what_a_teacher_would_say(problem: str, way: str, broken: int, rule: str) -> None:
    lines = [way.replace(";", ",")] if "first" in way else way.split("; ")
    found = check_lines(read(problem), lines, finished=True)
    assert found["first_broken"] == min(broken, len(lines) - 1), found["lines"]
    assert found["misconception"] == rule
