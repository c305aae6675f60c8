"""A saved device signs its owner in with one touch: that device, on this site, with its owner there."""

import asyncio
import json
import re
from copy import deepcopy
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from awards.accounts.actions import disable
from awards.accounts.cards import issue_cards
from awards.accounts.passkeys import PROOF_LASTS, proof_for, require_proof
from awards.accounts.sessions import cookie_name
from awards.accounts.staff import invitation_secret, invite
from awards.accounts.tables import Challenge, Passkey, Person, Session
from awards.app import Awards
from awards.db.piccolo_app import APP_CONFIG
from awards.errors import StepUpNeeded
from awards.outbox.tables import Mail
from awards.settings import Settings
from awards.web.identity import Actor
from tests.accounts.helpers import code_at, mailed_link
from tests.authenticator import Phone
from tests.builders import FakeClock, a_person

SECRETARY = Actor(name="secretary")
ANDROID = {"user-agent": "Mozilla/5.0 (Linux; Android 9; SM-A105) AppleWebKit Chrome/120.0 Mobile Safari/537.36"}
SAVE, SIGN_IN, STEP_UP = "/mine-enheder/gem", "/log-ind/noegle", "/bekraeft-dig/noegle"
HOST = "localhost.local"  # as cookie jars write the test client's host
T1 = "ABCD EFGH IJKL MNOP QRST UVWX"


@pytest.fixture
async def member(app: Awards) -> Person:
    return await a_person("member")


@pytest.fixture
async def saved(client: httpx.AsyncClient, member: Person, sign_in_as: Any) -> Phone:
    """The member's phone, saved; `client` is its browser, signed in and stepped up."""
    client.headers.update(ANDROID)
    return await save(client, member, sign_in_as)


async def save(client: httpx.AsyncClient, person: Person, sign_in_as: Any, phone: Phone | None = None) -> Phone:
    phone = phone or Phone()
    client.cookies.clear()
    for name, value in (await sign_in_as(person)).items():
        client.cookies.set(name, value, domain=HOST)  # as if a page had set it, so that the next one replaces it
    assert (await touch(client, SAVE, phone)).status_code == 200
    return phone


async def ask(client: httpx.AsyncClient, path: str, **sent: Any) -> dict[str, Any]:
    answer = await client.post(f"{path}/udfordring", json=sent)
    assert answer.status_code == 200, answer.text
    asked: dict[str, Any] = answer.json()
    return asked


async def give(
    client: httpx.AsyncClient, path: str, asked: dict[str, Any], answer: dict[str, Any], **sent: Any
) -> httpx.Response:
    return await client.post(path, json={"challenge": asked["challenge"], "answer": answer, **sent})


async def touch(client: httpx.AsyncClient, path: str, phone: Phone, **sent: Any) -> httpx.Response:
    """The whole ceremony, as the page's script goes through it."""
    asked = await ask(client, path, **sent)
    answer = phone.make(asked["options"]) if path == SAVE else phone.sign(asked["options"])
    return await give(client, path, asked, answer, **sent)


def words(shown: str) -> str:
    """What a page says, without its markup."""
    return re.sub(r"<[^>]*>", " ", shown).casefold()


async def signed_out(client: httpx.AsyncClient) -> None:
    await client.post("/log-ud")
    client.cookies.delete("session")


async def is_signed_in(client: httpx.AsyncClient) -> bool:
    return (await client.get("/mine-enheder")).status_code == 200


# Saving


async def test_saving_a_device_is_told_by_mail_and_listed_in_plain_words(
    client: httpx.AsyncClient, saved: Phone, member: Person
) -> None:
    row = await Passkey.objects().first()
    assert row is not None
    assert (row.person, row.name, row.transports) == (member.id, "android-phone", "internal")
    mail = await Mail.objects().get(Mail.template == "accounts/device-saved")
    assert mail is not None
    assert mail.recipient == member.email
    shown = (await client.get("/mine-enheder")).text
    assert "Android-telefon" in shown
    assert "Gemt i dag, sidst brugt i dag" in shown
    assert "passkey" not in words(shown)


async def test_saving_asks_for_a_fresh_proof(
    client: httpx.AsyncClient, member: Person, sign_in_as: Any, clock: FakeClock
) -> None:
    client.cookies = await sign_in_as(member, stepped_up=False)
    assert (await client.post(f"{SAVE}/udfordring")).status_code == 401
    assert (await client.get(SAVE)).headers["location"].startswith("/bekraeft-dig?next=")
    client.cookies = await sign_in_as(member)
    asked = await ask(client, SAVE)
    clock.advance(timedelta(minutes=10))
    assert (await give(client, SAVE, asked, Phone().make(asked["options"]))).status_code == 401
    assert await Passkey.count() == 0


async def test_a_device_is_asked_to_recognise_its_owner_and_to_remember_the_site(
    client: httpx.AsyncClient, member: Person, sign_in_as: Any
) -> None:
    client.cookies = await sign_in_as(member)
    options = (await ask(client, SAVE))["options"]
    assert options["rp"]["id"] == "localhost"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["attestation"] == "none"


async def test_a_device_that_is_saved_is_not_asked_to_be_saved_twice(
    client: httpx.AsyncClient, saved: Phone, member: Person
) -> None:
    options = (await ask(client, SAVE))["options"]
    row = await Passkey.objects().first()
    assert row is not None
    assert [known["id"] for known in options["excludeCredentials"]] == [row.credential]


@pytest.mark.parametrize(
    "phone",
    [
        Phone(origin="https://evil.example"),
        Phone(origin="http://localhost:8001"),
        Phone(origin="https://localhost:8000"),
        Phone(site="evil.example"),
        Phone(recognises_owner=False),
    ],
    ids=["another site", "another port", "another scheme", "another relying party", "owner not recognised"],
)
async def test_only_a_device_on_this_site_with_its_owner_there_is_saved(
    client: httpx.AsyncClient, member: Person, sign_in_as: Any, phone: Phone
) -> None:
    client.cookies = await sign_in_as(member)
    assert (await touch(client, SAVE, phone)).status_code == 403
    assert await Passkey.count() == 0
    assert await Mail.count() == 0


async def test_two_people_never_share_a_credential(
    client: httpx.AsyncClient, saved: Phone, member: Person, sign_in_as: Any
) -> None:
    """Somebody who knows a credential's id cannot claim it."""
    client.cookies = await sign_in_as(await a_person("chair"))
    asked = await ask(client, SAVE)
    answer = Phone().make(asked["options"])
    stolen = await Passkey.objects().first()
    assert stolen is not None
    forged = deepcopy(saved)
    forged.credentials.clear()
    made = forged.make(asked["options"])
    assert made["id"] != stolen.credential
    await Passkey.update({Passkey.credential: made["id"]}).where(Passkey.id == stolen.id)
    assert (await give(client, SAVE, asked, made)).status_code == 409
    assert (await give(client, SAVE, asked, answer)).status_code == 409, "and the challenge is used"
    assert await Passkey.count() == 1


# Signing in


async def test_one_touch_signs_in_and_counts_as_a_fresh_proof(
    client: httpx.AsyncClient, saved: Phone, member: Person, clock: FakeClock
) -> None:
    await signed_out(client)
    clock.advance(timedelta(days=40))
    answer = await touch(client, SIGN_IN, saved, next="/koege/2026")
    assert answer.status_code == 200
    assert answer.json() == {"next": "/koege/2026"}
    assert (await client.get(SAVE)).status_code == 200, "which asks for a fresh proof"
    row = await Passkey.objects().first()
    assert row is not None
    assert row.last_used_at == clock.now()
    assert "Gemt 1. oktober 2026, sidst brugt i dag" in (await client.get("/mine-enheder")).text


async def test_the_answer_speaks_the_language_of_the_page(client: httpx.AsyncClient, saved: Phone) -> None:
    await signed_out(client)
    asked = await ask(client, f"/en{SIGN_IN}")
    answer = await give(client, f"/en{SIGN_IN}", asked, saved.sign(asked["options"]), next="/en/koege/2026")
    assert answer.json() == {"next": "/en/koege/2026"}
    again = await give(client, f"/en{SIGN_IN}", asked, saved.sign(asked["options"]))
    assert again.json() == {"message": "It took too long. Try once more."}


async def test_the_way_back_stays_on_this_site(client: httpx.AsyncClient, saved: Phone) -> None:
    await signed_out(client)
    answer = await touch(client, SIGN_IN, saved, next="//evil.example/")
    assert answer.json() == {"next": "/min-side"}


async def test_the_question_is_the_same_for_everybody(client: httpx.AsyncClient, saved: Phone) -> None:
    await signed_out(client)
    with_account = (await ask(client, SIGN_IN, email="member@example.dk"))["options"]
    client.cookies.clear()
    without = (await ask(client, SIGN_IN))["options"]
    for options in (with_account, without):
        assert options.pop("challenge")
        assert options["allowCredentials"] == []
    assert with_account == without


async def test_signing_in_changes_the_token_and_adopts_none(client: httpx.AsyncClient, saved: Phone) -> None:
    await signed_out(client)
    client.cookies.set("session", "chosen-by-an-attacker", domain=HOST)
    asked = await ask(client, SIGN_IN)
    anonymous = client.cookies["session"]
    assert anonymous != "chosen-by-an-attacker"
    await give(client, SIGN_IN, asked, saved.sign(asked["options"]))
    assert client.cookies["session"] != anonymous
    assert await is_signed_in(client)
    client.cookies.set("session", anonymous, domain=HOST)
    assert not await is_signed_in(client)


@pytest.mark.parametrize(
    "fault",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://localhost:8000.evil.example"},
        {"site": "evil.example"},
        {"recognises_owner": False},
    ],
    ids=["another site", "a longer name", "another relying party", "owner not recognised"],
)
async def test_a_device_elsewhere_or_without_its_owner_signs_nobody_in(
    client: httpx.AsyncClient, saved: Phone, fault: dict[str, Any]
) -> None:
    await signed_out(client)
    assert (await touch(client, SIGN_IN, replace(saved, **fault))).status_code == 403
    assert not await is_signed_in(client)
    assert (await touch(client, SIGN_IN, saved)).status_code == 200


async def test_what_was_signed_once_signs_in_once(client: httpx.AsyncClient, saved: Phone) -> None:
    await signed_out(client)
    asked = await ask(client, SIGN_IN)
    answer = saved.sign(asked["options"])
    assert (await give(client, SIGN_IN, asked, answer)).status_code == 200
    await signed_out(client)
    assert (await give(client, SIGN_IN, asked, answer)).status_code == 409
    fresh = await ask(client, SIGN_IN)
    assert (await give(client, SIGN_IN, fresh, answer)).status_code == 403, "signed for the other challenge"


async def test_a_failed_try_uses_the_challenge_up(client: httpx.AsyncClient, saved: Phone) -> None:
    await signed_out(client)
    asked = await ask(client, SIGN_IN)
    wrong = replace(saved, recognises_owner=False).sign(asked["options"])
    assert (await give(client, SIGN_IN, asked, wrong)).status_code == 403
    assert (await give(client, SIGN_IN, asked, saved.sign(asked["options"]))).status_code == 409
    assert (await touch(client, SIGN_IN, saved)).status_code == 200, "and asking anew helps"


async def test_a_challenge_is_good_for_five_minutes(client: httpx.AsyncClient, saved: Phone, clock: FakeClock) -> None:
    await signed_out(client)
    asked = await ask(client, SIGN_IN)
    clock.advance(timedelta(minutes=5))
    assert (await give(client, SIGN_IN, asked, saved.sign(asked["options"]))).status_code == 409


async def test_two_tabs_have_a_challenge_each(client: httpx.AsyncClient, saved: Phone) -> None:
    await signed_out(client)
    first, second = await ask(client, SIGN_IN), await ask(client, SIGN_IN)
    assert (await give(client, SIGN_IN, first, saved.sign(first["options"]))).status_code == 200
    assert (await give(client, SIGN_IN, second, saved.sign(second["options"]))).status_code == 200


async def test_a_challenge_is_for_the_browser_that_asked(client: httpx.AsyncClient, app: Awards, saved: Phone) -> None:
    """Or a phishing page could hand its own challenge to a member, and sign in with the answer."""
    await signed_out(client)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as other:
        asked = await ask(other, SIGN_IN)
        assert (await give(client, SIGN_IN, asked, saved.sign(asked["options"]))).status_code == 409
        await ask(client, SIGN_IN)
        assert (await give(client, SIGN_IN, asked, saved.sign(asked["options"]))).status_code == 409


async def test_a_challenge_is_for_one_purpose(client: httpx.AsyncClient, saved: Phone) -> None:
    asked = await ask(client, STEP_UP)
    assert (await give(client, SIGN_IN, asked, saved.sign(asked["options"]))).status_code == 409
    asked = await ask(client, SIGN_IN)
    assert (await give(client, STEP_UP, asked, saved.sign(asked["options"]))).status_code == 409


async def test_a_copied_key_is_found_by_its_count(client: httpx.AsyncClient, saved: Phone) -> None:
    copy = deepcopy(saved)
    await signed_out(client)
    assert (await touch(client, SIGN_IN, saved)).status_code == 200
    await signed_out(client)
    assert (await touch(client, SIGN_IN, copy)).status_code == 403, "it has counted as far as the other"
    assert not await is_signed_in(client)


async def test_a_device_that_does_not_count_signs_in_again_and_again(
    client: httpx.AsyncClient, member: Person, sign_in_as: Any
) -> None:
    phone = await save(client, member, sign_in_as, Phone(counts=False))
    for _time in range(2):
        await signed_out(client)
        assert (await touch(client, SIGN_IN, phone)).status_code == 200


async def test_two_uses_of_one_count_at_once_sign_in_once(client: httpx.AsyncClient, saved: Phone) -> None:
    await signed_out(client)
    copy = deepcopy(saved)
    first, second = await ask(client, SIGN_IN), await ask(client, SIGN_IN)
    answers = await asyncio.gather(
        give(client, SIGN_IN, first, saved.sign(first["options"])),
        give(client, SIGN_IN, second, copy.sign(second["options"])),
    )
    assert sorted(answer.status_code for answer in answers) in ([200, 403], [200, 409])


async def test_nobody_signs_in_with_anothers_credential(
    client: httpx.AsyncClient, saved: Phone, sign_in_as: Any
) -> None:
    """The id of the member's credential, signed with the key of the stranger's own."""
    strangers = await save(client, await a_person("stranger"), sign_in_as)
    await signed_out(client)
    asked = await ask(client, SIGN_IN)
    forged = saved.sign(asked["options"])
    forged["response"]["signature"] = strangers.sign(asked["options"])["response"]["signature"]
    assert (await give(client, SIGN_IN, asked, forged)).status_code == 403
    asked = await ask(client, SIGN_IN)
    forged = strangers.sign(asked["options"])
    forged["response"]["userHandle"] = saved.sign(asked["options"])["response"]["userHandle"]
    assert (await give(client, SIGN_IN, asked, forged)).status_code == 403
    assert not await is_signed_in(client)


async def test_a_disabled_person_is_signed_in_by_no_device(
    client: httpx.AsyncClient, saved: Phone, member: Person, clock: FakeClock
) -> None:
    await signed_out(client)
    await Person.update({Person.disabled_at: clock.now()}).where(Person.id == member.id)
    assert (await touch(client, SIGN_IN, saved)).status_code == 403


async def test_a_closed_access_forgets_the_devices(
    client: httpx.AsyncClient, saved: Phone, member: Person, clock: FakeClock
) -> None:
    await disable(member.id, by=SECRETARY, clock=clock)
    assert await Passkey.count() == 0


@pytest.mark.parametrize("path", [SIGN_IN, STEP_UP, SAVE])
async def test_nonsense_is_refused_in_words(
    client: httpx.AsyncClient, member: Person, sign_in_as: Any, path: str
) -> None:
    client.cookies = await sign_in_as(member)
    for sent in (b"", b"[]", b"nonsense", b'{"challenge": 7}', b"[" * 9000, b"\xff"):
        answer = await client.post(path, content=sent)
        assert answer.status_code == 400, sent[:20]
        assert answer.json()["message"]
    assert (await client.post(path, content=b"x" * 70_000)).status_code == 413


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature", "userHandle"])
async def test_a_mangled_answer_is_refused(client: httpx.AsyncClient, saved: Phone, part: str) -> None:
    await signed_out(client)
    for value in ("", "x", "AAAA", 7, None, ["a"]):
        asked = await ask(client, SIGN_IN)
        answer = saved.sign(asked["options"])
        answer["response"][part] = value
        assert (await give(client, SIGN_IN, asked, answer)).status_code == 403, value


async def test_ten_wrong_tries_make_that_browser_wait_and_no_other(
    client: httpx.AsyncClient, app: Awards, saved: Phone
) -> None:
    """A stranger who knows a credential's id fills the bucket of unknown browsers; the member's own has another."""
    await signed_out(client)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as stranger:
        wrong = replace(saved, recognises_owner=False)
        statuses = [(await touch(stranger, SIGN_IN, wrong)).status_code for _try in range(11)]
    assert statuses == [403] * 10 + [429]
    assert (await touch(client, SIGN_IN, saved)).status_code == 200


async def test_asking_without_end_is_refused(client: httpx.AsyncClient, app: Awards) -> None:
    for _time in range(100):
        await ask(client, SIGN_IN)
    answer = await client.post(f"{SIGN_IN}/udfordring")
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) <= 15 * 60


async def test_an_anonymous_session_goes_on_with_its_drafts(client: httpx.AsyncClient, saved: Phone) -> None:
    await signed_out(client)
    await ask(client, SIGN_IN)
    before = await Session.select(Session.id).where(Session.person.is_null()).first()
    await touch(client, SIGN_IN, saved)
    after = await Session.select(Session.id, Session.passkey).where(Session.person.is_not_null()).first()
    assert before is not None
    assert after is not None
    assert after["id"] == before["id"]
    assert after["passkey"] is not None


# The offer, and where the touch stands


async def test_the_offer_comes_after_the_card_where_the_browser_can(
    client: httpx.AsyncClient, member: Person, settings: Settings, clock: FakeClock
) -> None:
    code = (await issue_cards([member], council=None, by=SECRETARY, clock=clock))[0].code

    async def sign_in(can_save: str) -> str:
        await client.post("/log-ind", data={"email": member.email, "next": "/koege/2026"})
        path = (await mailed_link("accounts/sign-in", settings)).split("?")[0]
        answer = await client.post(path, data={"code": code, "next": "/koege/2026", "can_save": can_save})
        return str(answer.headers["location"])

    client.headers.update(ANDROID)
    assert await sign_in("") == "/koege/2026", "without JavaScript, or where it cannot"
    offer = await sign_in("1")
    assert offer == "/mine-enheder/gem?next=%2Fkoege%2F2026"
    shown = (await client.get(offer)).text
    assert "Gem på denne telefon" in shown
    assert 'href="/koege/2026"' in shown
    assert "passkey" not in words(shown)
    await touch(client, SAVE, Phone(), next="/koege/2026")
    assert await sign_in("1") == "/koege/2026", "nobody is asked twice on a saved device"


async def test_the_mailed_link_offers_a_touch_instead_of_the_card(
    client: httpx.AsyncClient, saved: Phone, member: Person, settings: Settings, clock: FakeClock
) -> None:
    await issue_cards([member], council=None, by=SECRETARY, clock=clock)
    await signed_out(client)
    await client.post("/log-ind", data={"email": member.email, "next": "/koege/2026"})
    shown = (await client.get(await mailed_link("accounts/sign-in", settings))).text
    assert "Log ind med denne telefon" in shown
    assert (await touch(client, SIGN_IN, saved, next="/koege/2026")).json() == {"next": "/koege/2026"}


async def test_the_touch_comes_first_on_a_device_that_was_saved(client: httpx.AsyncClient, saved: Phone) -> None:
    def order(text: str) -> bool:
        return text.index("Log ind med denne telefon") < text.index("Send linket")

    await signed_out(client)
    assert order((await client.get("/log-ind")).text)
    client.cookies.clear()
    assert not order((await client.get("/log-ind")).text)


# Proving afresh


async def test_a_touch_proves_afresh_and_changes_the_token(
    client: httpx.AsyncClient, saved: Phone, clock: FakeClock
) -> None:
    clock.advance(timedelta(minutes=10))
    before = client.cookies["session"]
    assert "Fortsæt med denne telefon" in (await client.get("/bekraeft-dig")).text
    answer = await touch(client, STEP_UP, saved, next="/mine-enheder/gem")
    assert answer.json()["next"] == "/mine-enheder/gem"
    assert client.cookies["session"] != before
    assert (await client.get(SAVE)).status_code == 200


async def test_a_proof_holds_for_the_text_that_the_device_signed_for(client: httpx.AsyncClient, saved: Phone) -> None:
    assert (await touch(client, STEP_UP, saved, bound_to=T1)).status_code == 200
    asked = await ask(client, STEP_UP, bound_to=T1)
    answer = await give(client, STEP_UP, asked, saved.sign(asked["options"]), bound_to=T1.replace("A", "B"))
    assert answer.status_code == 403


async def test_a_proof_is_for_one_session_one_text_and_five_minutes(
    client: httpx.AsyncClient, saved: Phone, member: Person, clock: FakeClock, settings: Settings
) -> None:
    proof = (await touch(client, STEP_UP, saved, bound_to=T1)).json()["proof"]
    session = (await Session.objects().first()) or pytest.fail("no session")
    actor, now = Actor(person_id=member.id, session=session.id), clock.now()
    require_proof(proof, actor, T1, now=now + PROOF_LASTS - timedelta(seconds=1), settings=settings)
    until, _dot, mac = proof.partition(".")
    refused = [
        (proof, actor, T1, now + PROOF_LASTS),
        (proof, actor, "another", now),
        (proof, actor, "", now),
        (proof, replace(actor, session=member.id), T1, now),
        (proof, replace(actor, person_id=session.id), T1, now),
        (f"{int(until) + 1}.{mac}", actor, T1, now),
        ("", actor, T1, now),
        ("½.x", actor, T1, now),
        (f"{until}.é", actor, T1, now),
    ]
    for wrong, who, text, when in refused:
        with pytest.raises(StepUpNeeded):
            require_proof(wrong, who, text, now=when, settings=settings)


async def test_checking_a_proof_touches_no_row(member: Person, clock: FakeClock, settings: Settings) -> None:
    from tests.queries import count_queries

    actor = Actor(person_id=member.id, session=member.id)
    proof = proof_for(actor, T1, now=clock.now(), settings=settings)
    with count_queries() as queries:
        require_proof(proof, actor, T1, now=clock.now(), settings=settings)
    assert queries.number == 0


async def test_the_text_is_in_no_row_before_or_after(client: httpx.AsyncClient, saved: Phone) -> None:
    asked = await ask(client, STEP_UP, bound_to=T1)
    await nowhere(T1, asked["options"]["challenge"])
    proof = (await give(client, STEP_UP, asked, saved.sign(asked["options"]), bound_to=T1)).json()["proof"]
    await nowhere(T1, asked["options"]["challenge"], proof.partition(".")[2])


async def nowhere(*texts: str) -> None:
    """No row of the whole database holds any of `texts`, as it is, as bytes or as hex."""
    dump = ""
    for table in APP_CONFIG.table_classes:
        for row in await table.select():
            dump += json.dumps({name: _plain(value) for name, value in row.items()})
    assert "member@example.dk" in dump
    for text in texts:
        assert text not in dump
        assert text.encode().hex() not in dump


def _plain(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


async def test_only_ones_own_device_proves(client: httpx.AsyncClient, saved: Phone, sign_in_as: Any) -> None:
    other = await save(client, await a_person("chair"), sign_in_as)
    member = await Person.objects().get(Person.email == "member@example.dk")
    client.cookies = await sign_in_as(member)
    assert (await touch(client, STEP_UP, other, bound_to=T1)).status_code == 403
    assert (await touch(client, STEP_UP, saved, bound_to=T1)).status_code == 200


async def test_who_has_saved_nothing_uses_the_code(client: httpx.AsyncClient, member: Person, sign_in_as: Any) -> None:
    client.cookies = await sign_in_as(member)
    answer = await client.post(f"{STEP_UP}/udfordring", json={"bound_to": T1})
    assert answer.status_code == 409
    assert "data-touch" not in (await client.get("/bekraeft-dig")).text


# Forgetting


async def test_a_removed_device_signs_nobody_in_and_its_sessions_end(
    client: httpx.AsyncClient, app: Awards, saved: Phone, member: Person, sign_in_as: Any
) -> None:
    row = await Passkey.objects().first()
    assert row is not None
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as computer:
        computer.cookies = await sign_in_as(member)
        assert await is_signed_in(client)
        for _twice in range(2):
            answer = await computer.post(f"/mine-enheder/gemt/{row.id}")
            assert answer.headers["location"] == "/mine-enheder"
        assert await is_signed_in(computer)
    assert not await is_signed_in(client), "the phone is signed out"
    assert (await touch(client, SIGN_IN, saved)).status_code == 403
    assert await Mail.count().where(Mail.template == "accounts/device-removed") == 1


async def test_removing_the_device_one_holds_leaves_one_signed_in(client: httpx.AsyncClient, saved: Phone) -> None:
    row = await Passkey.objects().first()
    assert row is not None
    await client.post(f"/mine-enheder/gemt/{row.id}")
    assert await Passkey.count() == 0
    assert await is_signed_in(client)


async def test_nobody_removes_anothers_device(client: httpx.AsyncClient, saved: Phone, sign_in_as: Any) -> None:
    row = await Passkey.objects().first()
    assert row is not None
    client.cookies = await sign_in_as(await a_person("stranger"))
    assert (await client.post(f"/mine-enheder/gemt/{row.id}")).status_code == 303
    assert await Passkey.count() == 1


async def test_a_sign_in_and_a_removal_at_once_leave_no_session_of_the_device(
    client: httpx.AsyncClient, app: Awards, saved: Phone, member: Person, sign_in_as: Any
) -> None:
    row = await Passkey.objects().first()
    assert row is not None
    await signed_out(client)
    asked = await ask(client, SIGN_IN)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as computer:
        computer.cookies = await sign_in_as(member)
        answer, _removed = await asyncio.gather(
            give(client, SIGN_IN, asked, saved.sign(asked["options"])), computer.post(f"/mine-enheder/gemt/{row.id}")
        )
    assert answer.status_code in (200, 403)
    assert await Passkey.count() == 0
    assert not await is_signed_in(client)


async def test_a_renewed_access_forgets_the_devices(
    client: httpx.AsyncClient, saved: Phone, member: Person, clock: FakeClock, settings: Settings
) -> None:
    """Whoever needs a new invitation may have lost the old phone."""
    await invite(member.id, council=None, by=SECRETARY, clock=clock)
    path = await mailed_link("accounts/invitation", settings)
    secret = await invitation_secret(path.removeprefix("/invitation/"), clock=clock, settings=settings)
    password = {"password": "fire glade geder danser", "again": "fire glade geder danser"}
    code = code_at(secret, clock.now().timestamp())
    assert (await client.post(path, data=password | {"code": code})).status_code == 303
    assert await Passkey.count() == 0


async def test_challenges_that_ran_out_are_forgotten(
    client: httpx.AsyncClient, app: Awards, clock: FakeClock, settings: Settings
) -> None:
    from awards.accounts.jobs import forget_expired

    await ask(client, SIGN_IN)
    await forget_expired(clock=clock, settings=settings)
    assert await Challenge.count() == 1
    clock.advance(timedelta(minutes=5))
    await forget_expired(clock=clock, settings=settings)
    assert await Challenge.count() == 0


async def test_the_session_cookie_is_ours_alone(client: httpx.AsyncClient, app: Awards, settings: Settings) -> None:
    answer = await client.post(f"{SIGN_IN}/udfordring")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"{cookie_name(settings)}=")
    assert "HttpOnly" in cookie
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("address", "origin", "site"),
    [
        ("https://priser.koege.dk", "https://priser.koege.dk", "priser.koege.dk"),
        ("https://Priser.koege.dk:8443/under", "https://priser.koege.dk:8443", "priser.koege.dk"),
        ("http://localhost:8000", "http://localhost:8000", "localhost"),
    ],
)
def test_site_and_origin_are_those_of_the_address(address: str, origin: str, site: str) -> None:
    from awards.accounts.ceremonies import origin_of, site_of

    settings = Settings(base_url=address)
    assert (origin_of(settings), site_of(settings)) == (origin, site)


def test_the_script_is_small() -> None:
    from awards.web.static import assets

    assert len(assets()["passkeys.js"].bodies["identity"]) <= 4000
