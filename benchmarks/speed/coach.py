"""A line of working through the interface: how long until the learner sees what it did.

``python -m benchmarks lines`` writes the lines of 200 problems (equations, fractions, decimals, percents, integers) to the real
server over HTTP on a real database, half of them with an error, each problem with other numbers so that nothing is remembered.
``seen`` adds what the page then fetches to draw its card. Bars: 100 ms at the 95th percentile; no line over 1.2 s, hard
ones included. ``beside_ms`` is a request that judges nothing, the same clock: how much of it is the machine's load.
"""

from __future__ import annotations

import json
import os
import signal
import time
import uuid
from collections.abc import Callable
from statistics import quantiles
from typing import Any

import httpx
import numpy as np
import psutil
from benchmarks.speed.loop import PORT, serve
from benchmarks.speed.school import add_district, fresh_school

BAR, LONGEST = 100.0, 1200.0
"""Milliseconds, wall clock: the 95th percentile of usual lines, and any line at all."""
HARD = (
    ("x^2+y^2=25", "(x+y+z+w+u+v+1)^9=(x+1)^8(y+2)^7(z+3)^6"),
    ("(x+1)^12=0", "(x+1)^7(x+2)^9(x+3)^11=(y+z+w)^13"),
    ("3(x-4)=18", "9^9^9^9=x"),
    ("sqrt(x+1)+sqrt(x+2)+sqrt(x+3)=sqrt(x+9)", "sqrt(x+1)sqrt(x+2)sqrt(x+3)+sqrt(x+5)=abs(abs(abs(x-1)-2)-3)"),
    ("1/2+1/3", "(" * 30 + "1/2+1/3" + ")^2" * 30),
    ("2(3x-5)-(x-1)=11", "+".join(f"{n}x^{n}" for n in range(1, 90)) + "=0"),
)


def problems(count: int) -> list[tuple[str, tuple[str, ...]]]:
    """Problems with their lines; every other one has an error in its first line."""
    rng, made = np.random.default_rng(0), []
    for n in range(count):
        a, b, x, c = (int(v) for v in rng.integers(2, 13, 4))
        slip, off = (b if n % 2 else a * b), n % 2
        top = a + c if off else a * (c + x) + c * (a + b)
        bottom = a + b + c + x if off else (a + b) * (c + x)
        lines = (f"{a}x-{slip}={a * (x - b)}", f"{a}x={a * (x - b) + slip}", f"x={x}")
        made += [
            (f"{a}(x-{b})={a * (x - b)}", lines),
            (f"{a}x+{b}={c}x+{b + (a - c) * x}", (f"{a - c}x={(a - c) * x + off}", f"x={x}")),
            (f"{a}/{a + b}+{c}/{c + x}", (f"{top}/{bottom}",)),
            (f"{100 * a + b}-{10 * c + x}", (f"{abs(100 * a + b - 10 * c - x) + 10 * off}",)),
            (f"{5 * a}% of {20 * b}", (f"{5 * a}/100*{20 * b}", f"{a * b + off}")),
        ]
    return made


def measure(token: str, cookies: dict[str, str], server: int) -> dict[str, Any]:
    """Milliseconds of each line over HTTP; ``server`` is the process whose CPU time is counted."""
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    usual: list[float] = []
    seen: list[float] = []
    hard: list[float] = []
    beside: list[float] = []
    kinds = set()
    address = f"http://127.0.0.1:{PORT}"
    with (
        httpx.Client(base_url=address, headers=headers, timeout=30) as device,
        httpx.Client(base_url=address, cookies=cookies, timeout=30) as page,
    ):
        write = _writer(device, page)
        process, used = psutil.Process(server), 0.0
        for place, (problem, lines) in enumerate(problems(41)):
            if place == 5:  # the server is warm now
                usual, seen, used = [], [], _cpu(process)
            working = str(uuid.uuid4())
            for number, line in enumerate(lines):
                took = write(problem, working, number, line)
                usual.append(took[0])
                seen.append(took[1])
            began = time.perf_counter()
            device.get("/offline")
            beside.append(1000 * (time.perf_counter() - began))
        used = _cpu(process) - used
        for problem, line in HARD:
            spent, _seen, kind = write(problem, str(uuid.uuid4()), 0, line)
            hard.append(round(spent))
            kinds.add(kind)
    cuts, shown = quantiles(usual, n=100), quantiles(seen, n=100)
    return {
        "lines": len(usual),
        "median_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "slowest_ms": round(max(usual), 1),
        "seen_p95_ms": round(shown[94], 1),
        "server_cpu_ms_a_line_with_its_card": round(1000 * used / len(usual), 1),
        "beside_ms": [round(value, 1) for value in (quantiles(beside, n=100)[49], quantiles(beside, n=100)[94])],
        "hard_ms": hard,
        "hard_verdicts": sorted(kinds),
    }


def _writer(device: httpx.Client, page: httpx.Client) -> Callable[[str, str, int, str], tuple[float, float, str]]:
    """Write a line and fetch its card; milliseconds until the verdict and until the card, and the verdict."""

    def write(problem: str, working: str, number: int, line: str) -> tuple[float, float, str]:
        body = {"id": str(uuid.uuid4()), "working": working, "problem": problem, "number": number, "line": line}
        began = time.perf_counter()
        answer = device.post("/api/coach/lines", content=json.dumps(body))
        spent = 1000 * (time.perf_counter() - began)
        assert answer.status_code == 201, (problem, line, answer.text)
        card = page.get("/coach/bench", params={"problem": problem, "working": working})
        assert card.status_code == 200, card.text
        return spent, 1000 * (time.perf_counter() - began), answer.json()["lines"][-1]["verdict"]

    return write


def _cpu(process: psutil.Process) -> float:
    """Seconds of CPU of a server with its workers."""
    everyone = (process, *process.children(recursive=True))
    return float(sum(each.cpu_times().user + each.cpu_times().system for each in everyone))


def _token(issue_token: Any, district: uuid.UUID, person: Any) -> str:
    from headway.school.people.tenancy import in_district

    with in_district(district):
        return str(issue_token(person=person, name="bench", scopes=["read", "respond"])[1])


def run() -> dict[str, Any]:
    """Print and return the figures."""
    with fresh_school():
        import django

        django.setup()
        from headway.cli.school import close_connections
        from headway.school.people.sign_in import demo_link_token
        from headway.school.people.tokens import issue_token

        district, people = add_district("Bench", 1)
        token, link = _token(issue_token, district, people[0]), demo_link_token(people[0])
        server = serve()
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=60) as client:
                client.get(f"/demo/sign-in/{link}")
                cookies = dict(client.cookies)
            figures = measure(token, cookies, server.pid)
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=30)
            close_connections()
    figures["holds"] = figures["p95_ms"] < BAR and max(figures["hard_ms"]) < LONGEST
    print(json.dumps(figures, indent=2))
    return figures


if __name__ == "__main__":
    run()
