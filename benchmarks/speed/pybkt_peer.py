"""pyBKT's compiled EM and its Roster, run by an interpreter of their own: pyBKT 1.4.3 does not work with today's packages.

    python3.11 -m venv PEER
    PEER/bin/pip install "numpy<2" "scikit-learn<1.6" "setuptools<75" wheel pandas requests
    PEER/bin/pip install --no-build-isolation --no-binary pybkt pybkt      # else a pure Python build, 100 times slower
    HEADWAY_PYBKT=PEER/bin/python python -m benchmarks mastery-speed

``python pybkt_peer.py LOG.csv`` fits the training learners of seed 0 of a log (columns student, skill, correct, order) and prints
JSON: CPU seconds of the fit, iterations, and updates of a Roster a CPU second. One thread.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
import pandas as pd


def main(path: str) -> dict[str, float]:
    """Fit and stream."""
    from pyBKT.models import Model, Roster

    table = pd.read_csv(path, usecols=["student", "skill", "correct", "order"])
    mixed = np.random.RandomState(0).permutation(np.unique(table["student"]))
    table = table[table["student"].isin(mixed[: int(0.8 * len(mixed))])]
    names = {"student": "user_id", "skill": "skill_name", "order": "order_id"}
    table = table.rename(columns=names).astype({"skill_name": str})
    model = Model(seed=0, num_fits=1, parallel=False)
    begin = time.process_time()
    model.fit(data=table)
    fitted = time.process_time() - begin
    skill = str(table["skill_name"].mode()[0])
    roster = Roster(students=["ada"], skills=skill, model=model)
    answers = table["correct"].to_numpy()[:3000].tolist()
    begin = time.process_time()
    for answer in answers:
        roster.update_state(skill, "ada", int(answer))
    return {
        "responses": len(table),
        "skills": table["skill_name"].nunique(),
        "fit": fitted,
        "updates": len(answers) / (time.process_time() - begin),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
