"""Counting queries, so that a page of thirty rows can be shown to ask no more than a page of one."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from awards.db import current


@dataclass
class Queries:
    number: int = 0


@contextmanager
def count_queries() -> Iterator[Queries]:
    """`with count_queries() as queries: …` then `queries.number`. BEGIN and COMMIT do not count."""
    engine = current().engine
    before, queries = engine.query_id, Queries()
    yield queries
    queries.number = engine.query_id - before
