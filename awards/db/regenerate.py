"""Write the initial migration anew from the tables: `python -m awards.db.regenerate`.

Until the first release there is one initial migration in two files, and whoever changes a `tables.py` regenerates
them. After the first release they stay as they are, and a change is a migration of its own:
`PICCOLO_CONF=awards.db.piccolo_conf piccolo migrations new awards --auto`.
"""

import asyncio
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

from awards.db.constraints import Constraint

FOLDER = Path(__file__).parent / "migrations"
TABLES = FOLDER / "awards_0001_tables.py"
CONSTRAINTS = FOLDER / "awards_0002_constraints.py"

_CONSTRAINTS_FILE = '''"""Uniqueness over several columns, checks, append-only tables: see `awards.db.regenerate`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from awards.db.database import current

ID = "0002-constraints"
VERSION = "{version}"
DESCRIPTION = "constraints that Piccolo cannot express on both engines"

SQLITE: list[str] = {sqlite}

POSTGRES: list[str] = {postgres}


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


def tables_file() -> str:
    """The first file, as the tables want it now. Deterministic, which Piccolo's own command is not."""
    from piccolo.apps.migrations.commands.new import AutoMigrationManager, render_template

    from awards.db.piccolo_app import APP_CONFIG

    changes = asyncio.run(AutoMigrationManager().get_alter_statements(APP_CONFIG))
    text: str = render_template(  # type: ignore[no-untyped-call]
        migration_id="0001-tables",
        auto=True,
        # Piccolo walks over a set of tables. Sorting is stable: the columns of a table keep their order.
        alter_statements=[line for change in changes for line in sorted(change.statements, key=_table_of)],
        extra_imports=sorted({line for change in changes for line in change.extra_imports}, key=repr),
        extra_definitions=sorted({line for change in changes for line in change.extra_definitions}),
        app_name=APP_CONFIG.app_name,
        description="all tables",
    )
    return text


def _table_of(statement: str) -> str:
    found = re.search(r"class_name=['\"](\w+)", statement)
    return found[1] if found else ""


def main() -> None:
    from awards.db.database import connect
    from awards.settings import Settings

    connect(Settings())
    for path in (TABLES, CONSTRAINTS):
        path.unlink(missing_ok=True)
    TABLES.write_text(tables_file())
    CONSTRAINTS.write_text(constraints_file())
    for command in (["format"], ["check", "--fix"]):
        subprocess.run([sys.executable, "-m", "ruff", *command, "--quiet", str(FOLDER)], check=True)  # noqa: S603


if __name__ == "__main__":
    main()
