"""The load generator of the record store: courses that send one after another over kept-alive connections, on bare asyncio."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from typing import Any


def statement(person: int, number: int) -> dict[str, Any]:
    """A graded answer as a course sends it, of about a kilobyte."""
    return {
        "id": str(uuid.uuid4()),
        "actor": {"objectType": "Agent", "name": f"Learner {person}", "mbox": f"mailto:l{person}@example.org"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"en-US": "answered", "es": "respondió"}},
        "object": {
            "objectType": "Activity",
            "id": f"http://example.org/course/item/{number % 200}",
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
                "name": {"en-US": f"Item {number % 200}"},
                "interactionType": "numeric",
                "correctResponsesPattern": ["4[:]4"],
            },
        },
        "result": {"success": number % 4 != 3, "response": "4", "duration": "PT12.5S", "score": {"scaled": 0.75}},
        "context": {
            "registration": str(uuid.UUID(int=person)),
            "contextActivities": {"parent": [{"id": "http://example.org/course/lesson/1"}]},
            "platform": "Example course",
            "language": "en-US",
        },
        "timestamp": "2026-11-22T10:15:00.000Z",
    }


class Course(asyncio.Protocol):
    """One system on one connection: sends, waits for the whole answer, sends the next."""

    def __init__(self, port: int, header: str, size: int, person: int, begins: float, ends: float) -> None:
        self.head = (
            f"POST /xapi/statements HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nauthorization: {header}\r\n"
            "x-experience-api-version: 2.0.0\r\ncontent-type: application/json\r\ncontent-length: "
        ).encode()
        self.size, self.person, self.begins, self.ends = size, person, begins, ends
        self.took: list[float] = []
        self.sent = 0
        self.buffer = b""
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.send()

    def send(self) -> None:
        many = [statement(self.person, self.sent + n) for n in range(self.size)]
        body = json.dumps(many if self.size > 1 else many[0]).encode()
        self.sent += self.size
        self.at = time.perf_counter()
        self.transport.write(self.head + str(len(body)).encode() + b"\r\n\r\n" + body)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found or len(body) < int(head.lower().split(b"content-length:")[1].split(b"\r\n", 1)[0]):
            return
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            self.done.set_exception(RuntimeError(self.buffer.decode()))
            return
        self.buffer, now = b"", time.perf_counter()
        if self.at > self.begins:
            self.took.append(now - self.at)
        if now > self.ends:
            self.done.set_result(None)
            self.transport.close()
            return
        self.send()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the server closed the connection"))


def drive(port: int, header: str, size: int, senders: int, seconds: float) -> dict[str, float]:
    """Let ``senders`` connections send statements by ``size`` for some seconds; return the rate and the waiting times."""

    async def run() -> dict[str, float]:
        loop = asyncio.get_running_loop()
        begins, cpu = time.perf_counter() + 1.0, time.process_time()
        courses = [Course(port, header, size, n, begins, begins + seconds) for n in range(senders)]
        for course in courses:
            await loop.create_connection(lambda course=course: course, "127.0.0.1", port)  # type: ignore[misc]
        await asyncio.gather(*(course.done for course in courses))
        took = sorted(each for course in courses for each in course.took)
        return {
            "sent": sum(course.sent for course in courses),
            "client_cpu": time.process_time() - cpu,
            "per_second": round(len(took) * size / seconds),
            "p50_ms": round(1000 * took[len(took) // 2], 1),
            "p95_ms": round(1000 * took[int(len(took) * 0.95)], 1),
        }

    return asyncio.run(run())
