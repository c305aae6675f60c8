"""What pyproject.toml asks for is locked, with hashes, and explained."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
EXTRAS = PROJECT["optional-dependencies"]


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~!; ]", requirement, maxsplit=1)[0] for requirement in requirements}


RUNTIME = names(PROJECT["dependencies"] + EXTRAS["build"])


@pytest.mark.parametrize(
    ("lock", "asked"), [("requirements.lock", RUNTIME), ("requirements-dev.lock", RUNTIME | names(EXTRAS["dev"]))]
)
def test_every_dependency_is_locked_with_hashes(lock: str, asked: set[str]) -> None:
    text = (ROOT / lock).read_text()
    pinned = set(re.findall(r"^([a-z0-9-]+)==\S+.* \\\n    --hash=sha256:", text, flags=re.MULTILINE))
    assert asked <= pinned, "run `make lock`"
    assert "://" not in text  # where packages come from is the machine's business


def test_every_dependency_is_explained() -> None:
    explained = re.findall(r"^\| ([a-z0-9-]+) \|", (ROOT / "docs" / "dependencies.md").read_text(), flags=re.MULTILINE)
    assert set(explained) == RUNTIME | names(EXTRAS["dev"])
