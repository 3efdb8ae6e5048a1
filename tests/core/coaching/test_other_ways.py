"""Right ways that are not the worked one: no line of theirs is called broken, neither before nor after the answer."""

from __future__ import annotations

import pytest

from headway.core.coaching.items import task_of_step
from headway.core.coaching.tasks import Task, task_of
from headway.core.coaching.working import read_working, trace
from headway.core.curriculum.generators.base import activity_id, generate

STORIES: dict[str, tuple[str, ...]] = {
    "3.NBT.A.2/join-story": (  # 346 + 329
        "346+300=646; 646+29=675", "350+325=675", "300+300=600; 46+29=75; 600+75=675", "345+330=675",
        "346+4=350; 350+325=675", "350+330=680; 680-5=675",
    ),
    "3.NBT.A.2/left-story": (  # 675 - 329
        "675-330=345; 345+1=346", "329+346=675; 346", "329+1=330; 330+345=675; 345+1=346", "676-330=346",
    ),
    "3.NBT.A.3/story": ("7*2=14; 14*10=140", "20+20+20+20+20+20+20=140", "5*20=100; 2*20=40; 100+40=140"),
    "3.OA.B.6/story": ("8+8+8+8=32; 4", "32-8=24; 24-8=16; 16-8=8; 8-8=0; 4", "8*4=32; 4"),
    "3.OA.C.7/story": ("6*6=36; 36+6=42", "3*7=21; 21+21=42", "7+7+7+7+7+7=42"),
    "4.MD.A.2/time": ("2*60+45=165; 2*60+25=145; 165+145=310", "4*60=240; 45+25=70; 240+70=310"),
    "4.NBT.B.4/join-story": ("4900+5200=10100; 8+8=16; 10100+16=10116", "5000+5208=10208; 10208-92=10116"),
    "4.NBT.B.4/left-story": ("7418-3000=4418; 4418-110=4308", "3110+4308=7418; 4308"),
    "4.NBT.B.5/story": ("6*50=300; 6*3=18; 300+18=318", "3*53=159; 159*2=318", "6*60=360; 6*7=42; 360-42=318"),
    "4.NBT.B.6/story": ("600/6=100; 102/6=17; 100+17=117", "702/2=351; 351/3=117", "6*117=702; 117"),
    "5.NBT.B.5/story": ("432*50=21600; 21600+432=22032", "400*51=20400; 32*51=1632; 20400+1632=22032"),
    "5.NBT.B.6/story": ("23*50=1150; 1173-1150=23; 50+1=51", "23n=1173; n=51"),
    "5.MD.C.5.b/story": ("7*7=49; 49*10=490", "10*7=70; 70*7=490"),
    "6.RP.A.2/unit-rate": ("7*20=140; 20", "140/7=20; 20", "7y=140; y=20"),
    "6.RP.A.2/decimal-rate": ("40/4=10; 7/4=1.75; 10+1.75=11.75", "47/2=23.5; 23.5/2=11.75"),
    "6.RP.A.3.a/table": (  # 7 with every 3, how many with 18?
        "18/3=6; 6*7=42", "7/3*18=42", "7/3=14/6; 14/6=28/12; 28+14=42", "3+3+3+3+3+3=18; 7+7+7+7+7+7=42",
        "x/18=7/3; x=42", "7/3=c/18; 3c=126; c=42", "3/7=18/y; y=42", "6/14=18/42; 42",
    ),
    "6.RP.A.3.b/time": (  # 44 in 4 hours, 110 in how many?
        "44/4=11; 110/11=10", "4/44=t/110; t=10", "22/2=11; 110/11=10", "44+44=88; 4+4=8; 110-88=22; 22/11=2; 8+2=10",
        "110/44=2.5; 2.5*4=10",
    ),
    "6.RP.A.3.b/price": (  # 9 for 72, 12 for how much?
        "72/9=8; 12*8=96", "72/3=24; 24*4=96", "72+24=96", "12/9*72=96", "9/72=12/p; p=96", "12-9=3; 3*8=24; 72+24=96",
    ),
    "6.RP.A.3.b/price-cents": ("11/2=5.5; 5*5.5=27.5", "11+11=22; 22+5.5=27.5", "2.5*11=27.5"),
    "6.RP.A.3.c/part": ("3.6*2=7.2; 3.6/2=1.8; 7.2+1.8=9", "36/4=9", "50%*36=18; 18/2=9"),
    "6.RP.A.3.c/percent": ("36/9=4; 100/4=25", "9/36=1/4; 1/4=25/100; 25"),
    "6.RP.A.1/total": ("4+11=15; 120/15=8; 4*8=32", "4k+11k=120; k=8; 32", "4/15*120=32"),
    "7.RP.A.3/discount": ("36/4=9; 36-9=27", "0.75*36=27", "3.6+3.6+1.8=9; 36-9=27", "36*3/4=27", "40*0.75=30; 30-3=27"),
    "7.RP.A.3/original": ("72/3=24; 24*4=96", "0.75p=72; p=96", "72/0.75=96", "72=3/4*x; x=96"),
    "7.RP.A.3/tax": ("48/10=4.8; 4.8/2=2.4; 4.8+2.4=7.2; 48+7.2=55.2", "1.15*48=55.2", "50*0.15=7.5; 7.5-0.3=7.2; 55.2"),
    "7.EE.B.4.b/budget": ("133-22=111; 111/8=13.875; 13", "133>=22+8p; 111>=8p; 13"),
    "8.EE.C.8/story": ("39-36=3; 4*3=12; 36-12=24; 24/2=12", "5a+2b=39; 4a+2b=36; a=3; 2b=24; b=12"),
    "HSA-CED.A.1/two-plans": ("82-19=63; 13-6=7; 63/7=9", "13d+19=6d+82; 7d=63; d=9", "19+13n=82+6n; 13n-6n=63; n=9"),
}  # fmt: skip

VALUES = (
    ("49+38", "50+37; 87"), ("49+38", "49+40=89; 89-2=87"), ("253-179", "254-180; 74"), ("253-179", "253-180=73; 73+1=74"),
    ("25*16", "100*4; 400"), ("15*12", "15*10=150; 15*2=30; 150+30=180"), ("6*98", "6*100-6*2; 588"),
    ("3/4+1/6", "18/24+4/24; 22/24; 11/12"), ("3/4+1/6", "9/12+2/12=11/12"), ("1.5*0.4", "15*4/100; 0.6"),
    ("2 1/2+1 3/4", "10/4+7/4; 17/4; 4 1/4"), ("2 1/2+1 3/4", "2+1=3; 1/2+3/4=5/4; 3+5/4=17/4"),
    ("3(x-4)=18", "x-4=6; x=10"), ("3(x-4)=18", "18=3x-12; 30=3x; 10=x"), ("15% of 80", "10%*80=8; 5%*80=4; 8+4=12"),
)  # fmt: skip

CASES = [(name, way) for name, ways in STORIES.items() for way in ways] + list(VALUES)


def case(problem: str, way: str) -> tuple[Task, list[str]]:
    task = task_of_step(generate(activity_id(problem, 1)).steps[0]) if problem in STORIES else task_of(problem)
    assert isinstance(task, Task)
    return task, way.split("; ")


def test_there_are_enough() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize(("problem", "way"), CASES)
def test_no_line_of_another_right_way_is_called_broken(problem: str, way: str) -> None:
    task, lines = case(problem, way)
    for finished in (False, True):
        working = read_working(task, lines, finished=finished)
        assert working.sound, [(line, v.kind) for line, v in zip(lines, working.verdicts, strict=True)]


@pytest.mark.parametrize(("problem", "way"), [pair for pair in CASES if pair[0] in STORIES])
def test_nor_when_a_wrong_answer_is_given_after_it(problem: str, way: str) -> None:
    task, lines = case(problem, way)
    traced = trace(read_working(task, lines), "123457")
    assert {v.kind for v in traced.verdicts} <= {"equivalent", "same-solutions", "side", "no-progress", "unsure"}
    assert traced.sound, "a line with the right answer speaks for the lines above it"
