"""The load generator: learners that answer one after another over kept-alive connections, on bare asyncio."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from functools import lru_cache

WRONG_EVERY = 4
"""Every fourth answer is wrong, as with children."""


@lru_cache(maxsize=100_000)
def _key(activity: str) -> str:
    from headway.core.curriculum.generators.base import generate

    return generate(activity).steps[0].answer.keys[0]


def key_of(activity: str, turn: int) -> str:
    """An answer: right, or every fourth time wrong."""
    return "-987654" if turn % WRONG_EVERY == 3 else _key(activity)


class Learner(asyncio.Protocol):
    """One learner on one connection: sends, waits for the whole answer, sends the next."""

    def __init__(self, token: str, port: int, ends: float, begins: float) -> None:
        self.head = (
            f"POST /api/responses HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nauthorization: Bearer {token}\r\n"
            "content-type: application/json\r\ncontent-length: "
        ).encode()
        self.begins, self.ends = begins, ends
        self.took: list[float] = []
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.buffer = b""
        self.turn = 0
        self.sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.send({"kind": "start"})

    def send(self, body: dict[str, object]) -> None:
        payload = json.dumps({"id": str(uuid.uuid4()), **body}).encode()
        self.sent_at = time.perf_counter()
        self.transport.write(self.head + str(len(payload)).encode() + b"\r\n\r\n" + payload)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n", 1)[0])
        if len(body) < length:
            return
        self.buffer = b""
        now = time.perf_counter()
        answer = json.loads(body)
        if "activity" not in answer:
            self.done.set_exception(RuntimeError(body.decode()))
            return
        if self.sent_at > self.begins:
            self.took.append(now - self.sent_at)
        if now > self.ends:
            self.done.set_result(None)
            self.transport.close()
            return
        self.turn += 1
        activity = answer["activity"]
        self.send({"activity": activity["id"], "step": activity["step"], "answer": key_of(activity["id"], self.turn)})

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the server closed the connection"))


async def _drive(port: int, tokens: list[str], seconds: float) -> dict[str, float]:
    loop = asyncio.get_running_loop()
    begins = time.perf_counter() + 2.0
    cpu = time.process_time()
    learners = [Learner(token, port, begins + seconds, begins) for token in tokens]
    for learner in learners:
        await loop.create_connection(lambda learner=learner: learner, "127.0.0.1", port)  # type: ignore[misc]
    await asyncio.gather(*(learner.done for learner in learners))
    took = sorted(each for learner in learners for each in learner.took)
    return {
        "answered": sum(learner.turn + 1 for learner in learners),
        "client_cpu": time.process_time() - cpu,
        "per_second": round(len(took) / seconds),
        "p50_ms": round(1000 * took[len(took) // 2], 1),
        "p95_ms": round(1000 * took[int(len(took) * 0.95)], 1),
        "p99_ms": round(1000 * took[int(len(took) * 0.99)], 1),
    }


def drive(port: int, tokens: list[str], seconds: float) -> dict[str, float]:
    """Let the learners of these tokens work for some seconds; return the rate and the waiting times."""
    return asyncio.run(_drive(port, tokens, seconds))
