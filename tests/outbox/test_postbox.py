"""The demonstration's post box."""

import re

import httpx
import pytest

from awards.app import Awards
from awards.db import transaction
from awards.outbox import enqueue
from awards.outbox.delivery import FileTransport, mail_folder
from awards.outbox.letters import LOADERS, Attachment
from awards.outbox.worker import send_due
from awards.settings import Settings
from tests.builders import FakeClock


async def test_the_post_box_exists_only_in_the_demonstration(client: httpx.AsyncClient, app: Awards) -> None:
    assert (await client.get("/postkasse")).status_code == 404
    app.state.demonstration = True
    answer = await client.get("/postkasse")
    assert answer.status_code == 200
    assert "Ingen mails endnu" in answer.text


async def test_a_mail_can_be_read_and_its_links_followed(
    client: httpx.AsyncClient, app: Awards, settings: Settings, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.state.demonstration = True

    async def load(context: dict[str, object], _settings: Settings) -> dict[str, object]:
        return context | {"attachments": [Attachment("frist.ics", "text/calendar", b"BEGIN:VCALENDAR")]}

    await _deliver(settings, clock, monkeypatch, load)
    box = await client.get("/postkasse")
    assert "Hej Åse" in box.text
    assert "med bilag" in box.text
    (address,) = re.findall(r'href="/postkasse/([^"]+)"', box.text.partition("<main")[2])
    letter = await client.get(f"/postkasse/{address}")
    assert 'href="https://example.dk/b/1"' in letter.text
    assert "&lt;alt&gt;" in letter.text
    attached = await client.get(f"/postkasse/{address}/bilag/0")
    assert attached.content == b"BEGIN:VCALENDAR"
    assert attached.headers["content-disposition"].startswith("attachment")


async def test_only_mails_are_found_in_the_post_box(client: httpx.AsyncClient, app: Awards, settings: Settings) -> None:
    app.state.demonstration = True
    mail_folder(settings).mkdir(parents=True)
    (settings.data_dir / "secret.eml").write_text("Subject: no")
    assert (await client.get("/postkasse/..%2Fsecret")).status_code == 404
    assert (await client.get("/postkasse/findes-ikke")).status_code == 404


async def _deliver(settings: Settings, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, load: object) -> None:
    from awards.outbox import rendering

    monkeypatch.setitem(LOADERS, "test/hello", load)
    texts = {"test/hello.subject": "Hej Åse", "test/hello.text": "Tak for <alt>.\n\nBekræft:\nhttps://example.dk/b/1\n"}
    monkeypatch.setattr(rendering, "_render", lambda name, _variables: texts[name])
    async with transaction():
        await enqueue("test/hello", to="nominator@example.dk", name="Åse", now=clock.now())
    await send_due(settings, clock, FileTransport(mail_folder(settings)))
