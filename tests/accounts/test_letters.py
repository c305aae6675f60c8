"""The mails of this room, as they are sent, in both languages."""

import pytest

from awards.accounts.actions import Contact, change_contact
from awards.accounts.cards import issue_cards
from awards.accounts.members import Browser, ask_for_link
from awards.accounts.staff import invite
from awards.accounts.tables import Passkey, Person
from awards.db import Database
from awards.db.versions import version
from awards.settings import Settings
from awards.web.identity import ANONYMOUS, Actor
from tests.builders import FakeClock, a_person
from tests.mails import texts

BY = Actor(name="operator")


async def ask(person: Person, language: str, clock: FakeClock) -> None:
    await ask_for_link(person.email, back="/koege/2026", language=language, browser=Browser(ANONYMOUS), clock=clock)


async def test_the_sign_in_mail_fits_how_the_person_signs_in(
    db: Database, settings: Settings, clock: FakeClock
) -> None:
    member, staff, neither = [
        await a_person("member"),
        await a_person("secretary", password_hash="x"),
        await a_person("stranger"),
    ]
    await issue_cards([member], council=None, by=BY, clock=clock)
    for person in (member, staff, neither):
        await ask(person, "da", clock)
    sent = await texts("accounts/sign-in", settings)
    assert "/log-ind/link/" in sent["member@example.dk"]
    assert "next=%2Fkoege%2F2026" in sent["member@example.dk"]
    assert "/log-ind/adgangskode" in sent["secretary@example.dk"]
    assert "http" not in sent["stranger@example.dk"]
    assert "Ingen kan komme ind med denne mail alene" in sent["stranger@example.dk"]


async def test_who_has_saved_a_device_is_reminded_of_it(db: Database, settings: Settings, clock: FakeClock) -> None:
    member, without_card = await a_person("member"), await a_person("chair")
    await issue_cards([member], council=None, by=BY, clock=clock)
    for person in (member, without_card):
        saved = Passkey(person=person.id, credential=person.name, created_at=clock.now(), last_used_at=clock.now())
        await saved.save()
        await ask(person, "da", clock)
    sent = await texts("accounts/sign-in", settings)
    assert "er ét tryk nok" in sent["member@example.dk"]
    assert "/log-ind/link/" in sent["member@example.dk"]
    assert "Log ind med ét tryk på den" in sent["chair@example.dk"]


async def test_the_sign_in_mail_speaks_the_language_of_the_page(
    db: Database, settings: Settings, clock: FakeClock
) -> None:
    member = await a_person("member")
    await issue_cards([member], council=None, by=BY, clock=clock)
    await ask(member, "en", clock)
    text = (await texts("accounts/sign-in", settings))["member@example.dk"]
    assert text.startswith("Your sign-in link")
    assert "/en/log-ind/link/" in text


@pytest.mark.parametrize(("language", "words"), [("da", "har givet dig adgang"), ("en", "has given you access")])
async def test_an_invitation_says_who_invites(
    db: Database, settings: Settings, clock: FakeClock, language: str, words: str
) -> None:
    secretary, new = await a_person("secretary"), await a_person("communications", language=language)
    await invite(new.id, council=None, by=Actor(person_id=secretary.id), clock=clock)
    text = (await texts("accounts/invitation", settings))["communications@example.dk"]
    assert f"secretary {words}" in text
    assert "/invitation/" in text


async def test_no_mail_carries_the_code_of_a_card(db: Database, settings: Settings, clock: FakeClock) -> None:
    member = await a_person("member")
    await issue_cards([member], council=None, by=BY, clock=clock)
    issued = await issue_cards([member], council=None, by=BY, clock=clock)
    text = (await texts("accounts/new-card", settings))["member@example.dk"]
    assert issued[0].code not in text.replace(" ", "")


async def test_old_and_new_address_are_told_what_each_needs(db: Database, settings: Settings, clock: FakeClock) -> None:
    member = await a_person("member")
    contact = Contact(name="member", email="new@example.dk", phone="", language="da")
    await change_contact(member.id, contact, seen=version(member), council=None, by=BY, clock=clock)
    sent = await texts("accounts/email-changed", settings)
    assert "en anden adresse" in sent["member@example.dk"]
    assert "new@example.dk" not in sent["member@example.dk"]
    assert "du logger ind med den" in sent["new@example.dk"]
