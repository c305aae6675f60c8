"""Real processes to be killed, forked from one that has loaded the program: starting Python costs far more."""

import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from multiprocessing.reduction import DupFd
from typing import Any

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["awards.app", "awards.cli", __name__])


class Handed:
    """An open file that a new process gets too."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def __reduce__(self) -> Any:
        return _receive, (DupFd(self._descriptor),)

    def become(self, descriptor: int) -> None:
        os.dup2(self._descriptor, descriptor)
        os.close(self._descriptor)


def _receive(handed: Any) -> Handed:
    return Handed(handed.detach())


def process_of(work: Callable[..., None], *arguments: Any) -> ForkServerProcess:
    """A process that has begun to do `work`, a function of a module, with arguments that can be pickled."""
    process = _FORKS.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


def serve_with(environment: dict[str, str], log: Handed) -> None:
    """`awards serve` with these environment variables, and its log into `log`."""
    from awards.cli import main

    log.become(2)
    os.environ.update(environment)
    main(["serve"])
