"""A line of working through the interface: how long until the learner sees what it did.

``python -m benchmarks.speed.coach`` writes the lines of 200 problems (equations, fractions, decimals, percents, integers)
over the native route on a real database, half of them with an error, each problem with other numbers so that nothing is
remembered. Bars: 100 ms at the 95th percentile; no line over 1.2 s, hard ones included.
"""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from statistics import quantiles
from typing import Any

import httpx
import numpy as np
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


async def measure(district: uuid.UUID, person: Any) -> dict[str, Any]:
    """Milliseconds of each line over the native route."""
    from headway.school.people.tokens import issue_token
    from headway.site.asgi import application

    token = await asyncio.to_thread(_token, issue_token, district, person)
    transport = httpx.ASGITransport(app=application)
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    usual, hard, kinds, cpu = [], [], set(), []
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=headers) as client:

        async def write(problem: str, working: str, number: int, line: str) -> tuple[float, str]:
            body = {"id": str(uuid.uuid4()), "working": working, "problem": problem, "number": number, "line": line}
            began, used = time.perf_counter(), time.process_time()
            answer = await client.post("/api/coach/lines", content=json.dumps(body), timeout=30)
            spent = 1000 * (time.perf_counter() - began)
            cpu.append(1000 * (time.process_time() - used))
            assert answer.status_code == 201, (problem, line, answer.text)
            return spent, answer.json()["lines"][-1]["verdict"]

        for problem, lines in problems(41):
            working = str(uuid.uuid4())
            for number, line in enumerate(lines):
                usual.append((await write(problem, working, number, line))[0])
        for problem, line in HARD:
            spent, kind = await write(problem, str(uuid.uuid4()), 0, line)
            hard.append(round(spent))
            kinds.add(kind)
    usual, cpu = usual[10:], cpu[10 : len(usual)]
    cuts = quantiles(usual, n=100)
    return {
        "lines": len(usual),
        "median_ms": round(cuts[49], 1),
        "p95_ms": round(cuts[94], 1),
        "p95_cpu_ms": round(quantiles(cpu, n=100)[94], 1),
        "slowest_ms": round(max(usual), 1),
        "hard_ms": hard,
        "hard_verdicts": sorted(kinds),
    }


def _token(issue_token: Any, district: uuid.UUID, person: Any) -> str:
    from headway.school.people.tenancy import in_district

    with in_district(district):
        return str(issue_token(person=person, name="bench", scopes=["read", "respond"])[1])


def run() -> dict[str, Any]:
    """Print and return the figures."""
    with fresh_school():
        import django

        django.setup()
        from headway.school.coaching.judging import warm_up

        district, people = add_district("Bench", 1)
        warm_up()
        figures = asyncio.run(measure(district, people[0]))
        from headway.cli.school import close_connections

        close_connections()
    figures["holds"] = figures["p95_ms"] < BAR and max(figures["hard_ms"]) < LONGEST
    print(json.dumps(figures, indent=2))
    return figures


if __name__ == "__main__":
    run()
