"""The command line, as a whole: real commands on a real database."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from awards.ballots.keys import receipt_key
from awards.ballots.receipts import Receipt, write_receipt
from awards.ballots.tables import Box
from awards.cli import main
from awards.db import connect, transaction
from awards.outbox import enqueue
from awards.outbox.tables import Mail
from awards.settings import Settings
from tests.postgres import PROGRAMS


@pytest.fixture
def environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The settings as a person gives them, with a free port."""
    given = {
        "AWARDS_DATA": str(settings.data_dir),
        "AWARDS_KEY_DIR": str(settings.key_dir),
        "AWARDS_PORT": _free_port(),
        "DATABASE_URL": settings.database_url,
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return given


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def awards(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`awards serve` as a process of its own, stopped by SIGTERM, and its address."""
    command = [sys.executable, "-c", "from awards.cli import main; main()", "serve"]
    address = f"http://127.0.0.1:{environment['AWARDS_PORT']}"
    process = subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.PIPE, text=True)
    try:
        _wait_until_ready(process, address)
        yield process, address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait_until_ready(process: subprocess.Popen[str], address: str) -> None:
    for _attempt in range(200):
        assert process.poll() is None, "the server ended"
        try:
            if httpx.get(f"{address}/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError("the server did not become ready")


def test_serve_refuses_a_database_that_is_not_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWARDS_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert "Run: awards migrate" in awards("serve").output
    assert awards("migrate").exit_code == 0
    assert "Nothing to migrate" in awards("migrate").output


def test_a_key_directory_of_another_database_is_refused(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert awards("demo").exit_code == 0
    monkeypatch.setenv("AWARDS_KEY_DIR", str(tmp_path / "others"))
    result = awards("serve")
    assert result.exit_code == 1
    assert "are not those of this database" in result.output


def test_the_demonstration_is_served_on_loopback_only(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert awards("demo").exit_code == 0
    monkeypatch.setenv("AWARDS_HOST", "0.0.0.0")
    assert "127.0.0.1 only" in awards("serve").output


def test_the_demonstration_is_loaded_once_and_gives_new_links_each_time(environment: dict[str, str]) -> None:
    first = json.loads(awards("demo", "--json").stdout)
    second = json.loads(awards("demo", "--json").stdout)
    assert (first["loaded"], second["loaded"]) == ("nominating", None)
    assert len(first["links"]) == 17
    assert not {link["url"] for link in first["links"]} & {link["url"] for link in second["links"]}


def test_links_are_printed_only_where_the_demonstration_is(environment: dict[str, str]) -> None:
    assert awards("demo", "--links").exit_code == 1


def test_a_wrong_setting_is_told_in_words(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWARDS_PORT", "many")
    result = awards("migrate")
    assert result.exit_code == 1
    assert "A setting is wrong" in result.output


def test_the_server_answers_monitors_logs_no_path_and_stops_cleanly(environment: dict[str, str]) -> None:
    with serving(environment) as (process, address):
        assert httpx.get(f"{address}/healthz").text == "ok"
        assert httpx.get(f"{address}/en/link/hemmeligt-token/a/b/c").status_code == 404
    assert process.returncode == -signal.SIGTERM  # uvicorn hands the signal on when everything is finished
    assert process.stderr
    lines = [json.loads(line) for line in process.stderr.read().splitlines()]
    assert any(line.get("route") == "unknown" and line["status"] == 404 for line in lines)
    assert any("Finished server process" in line["event"] for line in lines)
    assert not any("hemmeligt" in json.dumps(line) for line in lines)


def test_one_process_serves_a_sqlite_file_and_any_number_a_postgresql(environment: dict[str, str]) -> None:
    with serving(environment):
        if environment["DATABASE_URL"]:
            with serving(environment | {"AWARDS_PORT": _free_port()}) as (_process, address):
                assert httpx.get(f"{address}/readyz").status_code == 200
        else:
            assert "Another process already serves" in awards("serve").output


def test_endless_headers_are_cut_off(environment: dict[str, str]) -> None:
    with serving(environment) as (_process, address):
        port = int(address.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"a" * 40_000)
            assert connection.recv(100) == b""


def test_ballots_in_a_file_are_counted_without_a_database(tmp_path: Path) -> None:
    case = {"id": "one", "method": "single", "candidates": ["c1", "c2"], "ballots": [{"choice": "c1", "count": 2}]}
    path = tmp_path / "ballots.json"
    path.write_text(json.dumps({"cases": [case]}))
    [result] = json.loads(awards("tally", str(path)).stdout)["results"]
    assert (result["id"], result["result"]["winners"]) == ("one", ["c1"])
    path.write_text("{")
    assert "not JSON" in awards("tally", str(path)).output


def test_the_chain_is_verified_and_a_kept_head_must_be_in_it(environment: dict[str, str]) -> None:
    assert awards("demo").exit_code == 0
    whole = awards("audit", "verify")
    assert whole.exit_code == 0
    head = whole.output.partition("Head: ")[2].strip()
    assert awards("audit", "verify", "--head", head).exit_code == 0
    lost = awards("audit", "verify", "--head", "ab" * 32)
    assert lost.exit_code == 1
    assert "cut off or rewritten" in lost.output


def test_a_receipt_is_checked_and_a_forged_one_refused(
    environment: dict[str, str], settings: Settings, tmp_path: Path
) -> None:
    assert awards("demo", "--stage=decided").exit_code == 0

    async def a_ballot() -> dict[str, Any]:
        async with connect(settings):
            return (await Box.select(Box.poll, Box.t1).first()) or {}

    lies = asyncio.run(a_ballot())
    file, key = tmp_path / "kvittering.json", receipt_key(settings.key_dir)
    genuine = Receipt(str(lies["poll"]), "ab" * 32, lies["t1"], 1)
    file.write_bytes(write_receipt(genuine, key))
    assert "lies in the ballot box" in awards("ballots", "receipt", str(file)).output
    file.write_bytes(write_receipt(replace(genuine, t1="A" * 24), key))
    assert "somebody took it out" in awards("ballots", "receipt", str(file)).output
    altered = write_receipt(replace(genuine, t1="A" * 24), key).replace(b"A" * 24, lies["t1"].encode())
    for forged in (altered, write_receipt(genuine, Ed25519PrivateKey.generate()), b"{}", b"Kvittering"):
        file.write_bytes(forged)
        refused = awards("ballots", "receipt", str(file))
        assert refused.exit_code == 1
        assert "Error:" in refused.output


def test_a_backup_is_restored_over_data_only_by_force(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")
    assert awards("demo").exit_code == 0
    file = str(tmp_path / "backup")
    assert awards("backup", file).exit_code == 0
    refused = awards("restore", file)
    assert (refused.exit_code, "force" in refused.output) == (1, True)
    assert awards("restore", "--force", file).exit_code == 0
    assert awards("audit", "verify").exit_code == 0


def test_mails_that_were_given_up_are_listed_and_sent_again(environment: dict[str, str], settings: Settings) -> None:
    async def give_one_up() -> None:
        now = datetime(2026, 10, 1, tzinfo=UTC)
        async with connect(settings), transaction():
            await enqueue("test/hello", to="nobody@example.dk", now=now)
            await Mail.update({Mail.state: "dead", Mail.last_error: "550 unknown"}, force=True)

    assert "Every mail has gone out" in awards("mail", "list").output
    asyncio.run(give_one_up())
    assert "550 unknown" in awards("mail", "list").output
    assert "Queued 1 mails" in awards("mail", "retry").output
    assert "queued" in awards("mail", "list").output
    assert awards("mail", "retry", str(uuid4())).exit_code == 1


def test_the_doctor_tells_what_is_wrong(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    well = awards("doctor")
    assert well.exit_code == 0
    assert "There is no council yet" in well.output
    monkeypatch.setenv("AWARDS_BASE_URL", "http://priser.example.dk")
    monkeypatch.setenv("AWARDS_SMTP_URL", "mail.example.dk")
    ill = awards("doctor")
    assert ill.exit_code == 1
    assert "not https" in ill.output
    assert "AWARDS_SMTP_URL must look like" in ill.output
    monkeypatch.setenv("AWARDS_BASE_URL", "https://192.0.2.1")
    assert "passkeys for host names only" in awards("doctor").output


def test_the_doctor_misses_the_keys_of_an_open_vote(environment: dict[str, str], settings: Settings) -> None:
    assert awards("demo", "--stage=voting").exit_code == 0
    assert "which an open vote needs" not in awards("doctor").output
    (settings.key_dir / "slots.key").unlink()
    ill = awards("doctor")
    assert ill.exit_code == 1
    assert "lacks slots.key" in ill.output


def test_the_doctor_tells_of_slots_that_are_not_overwritten_yet(environment: dict[str, str]) -> None:
    assert awards("demo", "--stage=decided").exit_code == 0
    told = awards("doctor")
    assert told.exit_code == 0
    assert "deleted and not overwritten yet" in told.output


def test_a_council_is_set_up_and_its_secretary_invited(environment: dict[str, str]) -> None:
    answers = "Integrationsrådet\nKøge Kommune\nraad@example.dk\n56 67 67 67\nSekretæren\nSEK@example.dk\n"
    made = CliRunner().invoke(main, ["init"], input=answers)
    assert made.exit_code == 0, made.output
    assert "/integrationsraadet" in made.output
    assert "/invitation/" in made.output
    again = CliRunner().invoke(main, ["init"], input=answers)
    assert "The address integrationsraadet is taken" in again.output
    assert "/invitation/" in awards("people", "invite", "sek@example.dk").output
    assert "Nobody has the address" in awards("people", "invite", "other@example.dk").output
    assert "There is no council yet" not in awards("doctor").output


def test_a_real_council_is_not_set_up_beside_the_demonstration(environment: dict[str, str]) -> None:
    assert awards("demo").exit_code == 0
    options = ["--council=Ældrerådet", "--municipality=X", "--council-email=a@example.dk", "--phone=1"]
    refused = awards("init", *options, "--secretary=S", "--email=s@example.dk")
    assert "holds the demonstration" in refused.output


def test_a_wrong_address_is_refused_at_once(environment: dict[str, str]) -> None:
    assert awards("people", "invite", "nobody").exit_code == 2
