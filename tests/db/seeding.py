"""One row in every table, of whatever columns the tables had at a given migration."""

from piccolo.apps.migrations.auto.schema_snapshot import SchemaSnapshot
from piccolo.apps.migrations.commands.base import BaseMigrationManager
from piccolo.table import Table, sort_table_classes

from awards.db.piccolo_app import APP_CONFIG


async def tables_as_of(migration: str) -> list[type[Table]]:
    """The tables as the migrations up to `migration` leave them, parents first."""
    managers = await BaseMigrationManager().get_migration_managers(APP_CONFIG, max_migration_id=migration)
    return sort_table_classes([table.to_table_class() for table in SchemaSnapshot(managers).get_snapshot()])


async def fill(tables: list[type[Table]]) -> None:
    """A row in each table, of defaults; it refers to the rows made before."""
    keys: dict[str, object] = {}
    for table in tables:
        parents = {
            column._meta.name: keys.get(column._foreign_key_meta.resolved_references._meta.tablename)
            for column in table._meta.foreign_key_columns
        }
        row = table(**parents)
        await row.save()
        keys[table._meta.tablename] = getattr(row, table._meta.primary_key._meta.name)
