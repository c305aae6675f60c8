"""PostgreSQL through a pool, with the guards that Piccolo's own engine lacks."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Any, Literal

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.querystring import QueryString

from awards.db.ambient import CurrentTransaction
from awards.db.errors import DatabaseBusy, from_postgres

POOL_SIZE = 10
ACQUIRE_SECONDS = 10


async def _keep_as_it_is(_connection: Any) -> None:
    """What a connection does on its way back to the pool: nothing, for `SET`, `LISTEN` and session locks are not used.

    asyncpg would ask the server to undo them after every query outside a transaction: another round trip each.
    """


class Transaction(PostgresTransaction):
    """A pool connection, from BEGIN to COMMIT. Inside another it is that other one."""

    engine: "GuardedPostgresEngine"
    owner: "asyncio.Task[Any] | None" = None

    async def __aenter__(self) -> PostgresTransaction:
        if self._parent is not None:
            return self._parent
        self.connection: Any = await self.engine.acquire()
        try:
            self.transaction = self.connection.transaction()
            await self.transaction.start()
        except BaseException:
            await self.engine.release(self.connection)
            raise
        self.engine.current_transaction.enter(self)
        return self

    async def __aexit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> Literal[False]:
        if self._parent is not None:
            return False
        self.engine.current_transaction.leave(self)
        try:
            if exception is None:
                await self.transaction.commit()
                self.engine.version += 1
            else:
                await self.transaction.rollback()
        except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise from_postgres(error) from error
        finally:
            # Piccolo keeps the connection when COMMIT fails; as many failures as the pool is large, and it hangs.
            await self.engine.release(self.connection)
        return False


class GuardedPostgresEngine(PostgresEngine):
    """Piccolo's PostgreSQL engine. Call `start()` inside the event loop that will use it."""

    current_transaction: Any
    pool: Any

    def __init__(self, url: str) -> None:
        super().__init__(config={"dsn": url})
        self.current_transaction = CurrentTransaction(self)
        self.version = 0

    async def check_version(self) -> None:
        """Nothing is asked of the server before `start()`."""

    async def start(self) -> None:
        """Open the pool. Raises DatabaseBusy when the server cannot be reached, DatabaseError when it refuses."""
        try:
            self.pool = await asyncpg.create_pool(
                self.config["dsn"],
                min_size=1,
                max_size=POOL_SIZE,
                reset=_keep_as_it_is,
                server_settings={"timezone": "UTC", "application_name": "awards"},
            )
        except OSError as error:
            raise DatabaseBusy(f"the database cannot be reached: {error}") from error
        except asyncpg.PostgresError as error:
            raise from_postgres(error) from error

    async def stop(self) -> None:
        """Wait for the connections in use and close them all."""
        if self.pool is not None:
            await self.pool.close()
            self.pool = None

    async def acquire(self) -> Any:
        if self.pool is None:
            raise RuntimeError("The database is not started.")
        try:
            return await self.pool.acquire(timeout=ACQUIRE_SECONDS)
        except OSError as error:  # A timeout is one too.
            raise DatabaseBusy(f"no database connection: {error or 'none became free'}") from error
        except asyncpg.PostgresError as error:
            raise from_postgres(error) from error

    async def release(self, connection: Any) -> None:
        if self.pool is not None:
            await self.pool.release(connection)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Any]:
        """The connection of the transaction of this task, else one from the pool for the while."""
        transaction = self.current_transaction.get()
        if transaction is not None:
            yield transaction.connection
            return
        connection = await self.acquire()
        try:
            yield connection
        finally:
            await self.release(connection)

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> Sequence[Any]:
        sql, args = querystring.compile_string(engine_type=self.engine_type)
        return await self.run(sql, args)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> Sequence[Any]:
        return await self.run(ddl, [])

    async def run(self, sql: str, args: Sequence[Any]) -> Sequence[Any]:
        self.get_query_id()
        async with self.connection() as connection:
            try:
                rows: Sequence[Any] = await connection.fetch(sql, *args)
            except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                raise from_postgres(error) from error
        if self.current_transaction.get() is None and sql.lstrip()[:6].upper() != "SELECT":
            self.version += 1  # committed by itself
        return rows

    def transaction(self, allow_nested: bool = True) -> Transaction:
        return Transaction(engine=self, allow_nested=allow_nested)
