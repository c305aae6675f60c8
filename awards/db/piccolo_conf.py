"""What Piccolo looks for: the app and, as `DB`, the engine. Piccolo's own commands connect by the environment."""

from typing import Any

from piccolo.conf.apps import AppRegistry

APP_REGISTRY = AppRegistry(["awards.db.piccolo_app"])


def __getattr__(name: str) -> Any:
    if name != "DB":
        raise AttributeError(name)
    # Asked each time, so that migrations run on the database that is connected now.
    from awards.db import database
    from awards.settings import Settings

    try:
        return database.current().engine
    except RuntimeError:
        return database.connect(Settings.from_environment()).engine
