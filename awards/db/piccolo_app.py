"""All tables of the product as one Piccolo app: every room that has a `tables.py`."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

_PACKAGE = Path(__file__).parent.parent

ROOMS = sorted(path.parent.name for path in _PACKAGE.glob("*/tables.py"))

APP_CONFIG = AppConfig(
    app_name="awards",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=table_finder([f"awards.{room}.tables" for room in ROOMS], exclude_imported=True),
)
