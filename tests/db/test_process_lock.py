"""One `serve` for a SQLite file."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from awards.db import AlreadyServing, hold_serve_lock
from awards.settings import Settings

ANOTHER = """
import sys
from pathlib import Path
from awards.db import hold_serve_lock
from awards.settings import Settings
with hold_serve_lock(Settings(data_dir=Path(sys.argv[1]))):
    print("serving", flush=True)
    sys.stdin.read()
"""


def test_a_second_serve_is_refused_until_the_first_is_gone_even_if_killed(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    first = subprocess.Popen(
        [sys.executable, "-c", ANOTHER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert first.stdout is not None
    assert first.stdout.readline() == "serving\n"
    with pytest.raises(AlreadyServing, match="already serves"), hold_serve_lock(settings):
        pass
    first.kill()
    first.communicate()
    with hold_serve_lock(settings):
        pass


def test_postgresql_is_served_by_any_number(tmp_path: Path) -> None:
    settings = replace(Settings(data_dir=tmp_path), database_url="postgres://anywhere")
    with hold_serve_lock(settings), hold_serve_lock(settings):
        pass
