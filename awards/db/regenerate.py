"""Write the initial migration anew from the tables: `python -m awards.db.regenerate`.

Until the first release there is one initial migration in two files, and whoever changes a `tables.py` regenerates
them. After the first release they stay as they are, and a change is a migration of its own:
`PICCOLO_CONF=awards.db.piccolo_conf piccolo migrations new awards --auto`.
"""

import asyncio
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from awards.db.constraints import Constraint

FOLDER = Path(__file__).parent / "migrations"
TABLES = FOLDER / "awards_0001_tables.py"
CONSTRAINTS = FOLDER / "awards_0002_constraints.py"

_CONSTRAINTS_FILE = '''"""Uniqueness over several columns, checks and append-only tables; written by `awards.db.regenerate`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from awards.db.database import current

ID = "0002-constraints"
VERSION = "{version}"
DESCRIPTION = "constraints that Piccolo cannot express on both engines"

SQLITE = {sqlite}

POSTGRES = {postgres}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="awards", description=DESCRIPTION)

    async def run() -> None:
        database = current()
        for statement in SQLITE if database.is_sqlite else POSTGRES:
            await database.engine.run_ddl(statement)

    manager.add_raw(run)
    return manager
'''


def declared() -> list[Constraint]:
    """The constraints of every room, in the order of the rooms."""
    from awards.db.piccolo_app import ROOMS

    modules = [import_module(f"awards.{room}.tables") for room in ROOMS]
    return [constraint for module in modules for constraint in getattr(module, "CONSTRAINTS", [])]


def constraints_file() -> str:
    """The second file, as the tables want it now."""
    from piccolo import __VERSION__

    def listed(statements: list[str]) -> str:
        return "[" + "".join(f"\n    {statement!r}," for statement in statements) + "\n]"

    constraints = declared()
    return _CONSTRAINTS_FILE.format(
        version=__VERSION__,
        sqlite=listed([statement for constraint in constraints for statement in constraint.sqlite]),
        postgres=listed([statement for constraint in constraints for statement in constraint.postgres]),
    )


async def _tables_file() -> str:
    """Let Piccolo write the first file, then give it a name and an id that do not change from day to day."""
    from piccolo.apps.migrations.commands.new import _create_new_migration

    from awards.db.piccolo_app import APP_CONFIG

    made = Path((await _create_new_migration(APP_CONFIG, auto=True)).migration_path)
    text = made.read_text()
    made.unlink()
    return re.sub(r'^ID = ".*"', 'ID = "0001-tables"', text, flags=re.MULTILINE)


def main() -> None:
    from awards.db.database import connect
    from awards.settings import Settings

    if sys.argv[1:] != ["--now"]:
        # In a process of its own: Piccolo imports what it finds in the folder, also what was just deleted.
        subprocess.run([sys.executable, "-m", "awards.db.regenerate", "--now"], check=True, env={**os.environ})
        return
    connect(Settings())
    for path in (TABLES, CONSTRAINTS):
        path.unlink(missing_ok=True)
    TABLES.write_text(asyncio.run(_tables_file()))
    CONSTRAINTS.write_text(constraints_file())
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", str(FOLDER)], check=True)
    subprocess.run([sys.executable, "-m", "ruff", "check", "--quiet", "--fix", str(FOLDER)], check=True)


if __name__ == "__main__":
    main()
