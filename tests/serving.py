"""A web application on a port of this machine, for the length of a test."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn
from starlette.applications import Starlette

HOST = "127.0.0.1"


@contextmanager
def served(application: Starlette, port: int = 0) -> Iterator[str]:
    """Serve from a thread of this process, on a free port unless one is given: the address, until left."""
    with socket.create_server((HOST, port)) as listener:
        server = uvicorn.Server(uvicorn.Config(application, log_config=None))
        thread = Thread(target=server.run, args=([listener],), name="served", daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
