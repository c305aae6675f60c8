"""The house rules of the code, proved from its imports."""

import ast
import sys
from pathlib import Path

import pytest
from litestar.utils.sync import AsyncCallable

from awards.app import create_app
from awards.settings import Settings

ROOT = Path(__file__).parent.parent
AWARDS = ROOT / "awards"

# Lower rooms first: a room may import itself and the rooms before it.
ROOMS = [
    "accounts",
    "councils",
    "rounds",
    "nominations",
    "screening",
    "ballots",
    "counting",
    "winners",
    "administration",
]
FOUNDATIONS = {"web", "audit", "outbox", "db"}

MODULES = sorted(path for path in AWARDS.rglob("*.py") if "migrations" not in path.parts)


def named(path: Path) -> str:
    return str(path.relative_to(AWARDS))


def imports_of(path: Path) -> set[str]:
    """Names of all modules that a file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides where it points"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module or ""}
    return found


def rooms_imported(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imports_of(path) if name.startswith("awards.")}


def room_of(path: Path) -> str:
    return path.relative_to(AWARDS).parts[0]


@pytest.mark.parametrize("path", [path for path in MODULES if path.parent != AWARDS], ids=named)
def test_imports_point_only_down_the_house(path: Path) -> None:
    room, imported = room_of(path), rooms_imported(path)
    assert "app" not in imported or room == "cli", "nothing imports app but the command line"
    if room in FOUNDATIONS:
        assert not imported & set(ROOMS), f"{room} knows no capability"
    if room in ROOMS:
        higher = set(ROOMS[ROOMS.index(room) + 1 :])
        assert not imported & higher, f"{room} stands below {sorted(imported & higher)}"


@pytest.mark.parametrize("path", sorted(AWARDS.glob("*/rules.py")), ids=lambda path: path.parent.name)
def test_rules_are_pure(path: Path) -> None:
    for name in imports_of(path):
        top = name.split(".")[0]
        if top == "awards":
            assert not {"tables", "queries", "actions", "web", "forms", "db"} & set(name.split(".")), name
        else:
            assert top in sys.stdlib_module_names, f"{name} is not of the standard library"
            assert top not in {"os", "time", "random", "socket"}, f"{name} is not pure"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_within_a_room_actions_know_no_http(path: Path) -> None:
    if path.stem in {"tables", "queries", "actions", "rules"}:
        own = {name.split(".")[2] for name in imports_of(path) if name.startswith(f"awards.{room_of(path)}.")}
        assert not own & {"web", "forms"}


@pytest.mark.parametrize("path", [path for path in MODULES if path.name != "clock.py"], ids=named)
def test_only_the_clock_tells_the_time(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}:
            assert ast.unparse(node.value) not in {"datetime", "date", "datetime.datetime"}, f"line {node.lineno}"


@pytest.mark.parametrize(
    "path",
    [path for path in sorted((ROOT / "templates").rglob("*.html")) if "mail" not in path.parts],
    ids=lambda path: str(path.relative_to(ROOT / "templates")),
)
def test_pages_hold_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text()
    for forbidden in ("<style", "style=", "onclick=", "onchange=", "hx-on", "js:", "javascript:"):
        assert forbidden not in text, forbidden
    for script in text.split("<script")[1:]:
        assert "src=" in script.split(">")[0], "a script without src"


def test_no_request_is_sent_through_a_thread_on_its_way(tmp_path: Path) -> None:
    """Litestar runs a hook or a guard that is no coroutine in a thread: that costs more than what it does."""
    app = create_app(Settings(data_dir=tmp_path, key_dir=tmp_path))
    handlers = {handler for route in app.routes for handler in getattr(route, "route_handlers", [])}
    assert handlers
    for handler in handlers:
        hooks = [handler.resolve_before_request(), handler.resolve_after_response(), *handler.resolve_guards()]
        for hook in [*hooks, *app.before_send, handler.fn]:
            assert not isinstance(hook, AsyncCallable), f"{handler}: {hook.func} is not async"
