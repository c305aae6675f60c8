"""The whole database as values, to see what an act has changed."""

from awards.db.piccolo_app import APP_CONFIG


async def whole_database() -> dict[str, list[str]]:
    """By the name of each table, its rows as text, sorted."""
    return {table._meta.tablename: sorted(map(str, await table.select())) for table in APP_CONFIG.table_classes}


def changed(before: dict[str, list[str]], after: dict[str, list[str]]) -> set[str]:
    """The names of the tables whose rows differ."""
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
