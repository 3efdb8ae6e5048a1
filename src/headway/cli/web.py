"""The web server as a child of ``headway demo``, and the questions that one asks before starting it.

``python -m headway.cli.web HOST PORT WORKERS`` serves until it is told to stop, or until its standard input ends: a
parent that dies without a word takes its server with it.
"""

from __future__ import annotations

import argparse
import http.client
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from headway.cli.child import STOP_SECONDS, follow_parent, start_child
from headway.cli.command import Refused

APPLICATION = "headway.site.asgi:application"


def port_number(value: str) -> int:
    """Read a port from the command line. Raises ArgumentTypeError or ValueError, which argparse tells as usage."""
    port = int(value)
    if not 1 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return port


def port_is_free(host: str, port: int) -> None:
    """Raise Refused, naming another port, when somebody listens there or the port cannot be had."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror:
            raise Refused(f"{host} is no address of this machine. Name one, such as --host 127.0.0.1.") from None
        except PermissionError:
            raise Refused(f"port {port} may not be used by you: choose one above 1023, such as --port 8001.") from None
        except OSError:
            raise Refused(
                f"port {port} is in use by another program. Stop that one, or choose another port: --port {port + 1}."
            ) from None


def start_web(host: str, port: int, workers: int, log: Path) -> subprocess.Popen[bytes]:
    """Start the server as a child."""
    return start_child("headway.cli.web", host, str(port), str(workers), log=log)


def wait_until_ready(web: subprocess.Popen[bytes], host: str, port: int, path: str, log: Path) -> None:
    """Return when the server answers. Raises Refused with the end of its log when it ends or takes over a minute."""
    until = time.monotonic() + 60.0
    while web.poll() is None and time.monotonic() < until:
        try:
            connection = http.client.HTTPConnection(host, port, timeout=10)
            connection.request("GET", path)
            status = connection.getresponse().status
            connection.close()
        except OSError:
            time.sleep(0.05)
            continue
        if status < 500:
            return
        raise Refused(f"the web server answers {status}. Its log {log} says: {_end_of(log)}")
    raise Refused(f"the web server did not start. Its log {log} says: {_end_of(log)}")


def _end_of(log: Path) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "nothing"


def main() -> None:
    """Serve."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    host, port, workers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    threading.Thread(target=follow_parent, daemon=True).start()
    Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
    ).serve()


if __name__ == "__main__":
    main()
