"""Every route of the application, and who gets in. A route that no line of `EXPECTED` names fails the test."""

import re
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
from litestar.exceptions import HTTPException

from awards.accounts.sessions import actor_of
from awards.accounts.tables import Person
from awards.app import Awards
from awards.councils.standing import Standing
from awards.errors import NotFound, SignInNeeded
from awards.web.identity import ANONYMOUS, Actor
from tests.builders import Cast, FakeClock, a_cast, a_council, a_prize, a_round
from tests.conftest import SignIn

# Anybody, signed in or not.
PUBLIC = frozenset({"everybody"})
# Anybody who is signed in, whatever their role.
SIGNED_IN = frozenset({"signed in"})
# Who holds the secret in the address, or the session that made the draft: no role opens it.
HOLDER = frozenset({"holder"})

SECRETARY = frozenset({"secretary"})
STAFF = frozenset({"secretary", "communications"})
MEMBERS = frozenset({"member"})
CHAIRS = frozenset({"chair", "vice_chair"})
ANY_ROLE = frozenset({"member", "secretary", "communications"})

# The first line whose pattern is the whole path decides. Roles are those that `Standing.require` knows.
EXPECTED: list[tuple[str, frozenset[str]]] = [
    (r"/(healthz|readyz|robots\.txt|favicon\.ico|static/{path})", PUBLIC),
    (r"/(was|tilgaengelighed|cookies|sikkerhed)|(/{council})?/privatliv", PUBLIC),
    (r"/log-ind(/adgangskode|/noegle(/udfordring)?)?", PUBLIC),
    (r"/log-ud", PUBLIC),
    (r"/(log-ind/link|log-ind/demonstration|invitation)/{token}", HOLDER),
    (r"/(min-side|mine-enheder(/andre|/{session}|/gemt/{passkey})?)", SIGNED_IN),
    (r"/(bekraeft-dig(/noegle(/udfordring)?)?|mine-enheder/gem(/udfordring)?)", SIGNED_IN),
    (r"/postkasse(/.*)?", HOLDER),  # of the demonstration only
    (r"/find-indstilling", PUBLIC),
    (r"/(bekraeft|fortsaet|min-indstilling)/{token}(/.*)?", HOLDER),
    (r"/(kladder/{draft_id}|kvittering/{reference})(/.*)?", HOLDER),
    (r"/{council}/logo/{name}", PUBLIC),
    (r"/{council}/opsaetning/tidligere-vindere(/.*)?", STAFF),
    (r"/{council}/opsaetning(/.*)?", SECRETARY),
    (r"/{council}/(personer|mails|databeskyttelse)(/.*)?", SECRETARY),
    (r"/{council}/anmodninger(/.*)?", CHAIRS),
    (r"/{council}/(overblik|proeve(/.*)?)", ANY_ROLE),
    (r"/{council}/{year}/(indstillinger(/.*)?|tal)", SECRETARY),
    (r"/{council}/{year}(/{prize})?/nominerede", SECRETARY),
    (r"/{council}/{year}/vindere", STAFF),
    (r"/{council}/{year}/{prize}/(offentliggoerelse|udgivelse|forhaandsvisning(/foto/{size})?)", STAFF),
    (r"/{council}/{year}/inhabilitet", ANY_ROLE),
    (r"/{council}/{year}/inhabilitet/tvivl(/.*)?", CHAIRS),
    (r"/{council}/{year}/afstemning", MEMBERS | SECRETARY),
    (r"/{council}/{year}/afstemninger(/.*)?", SECRETARY),
    (r"/{council}/{year}/afviste(/{reference})?", MEMBERS),
    (r"/{council}/{year}/{prize}/(kandidater(/.*)?|stemmeseddel(/.*)?|stemme)", MEMBERS),
    (r"/{council}/{year}/{prize}/stemmeurne(/{file})?", ANY_ROLE),
    (r"/{council}/{year}/{prize}/stemmelighed", CHAIRS),
    (r"/{council}/{year}/{prize}/(godkendelse|beslutning(/.*)?)", CHAIRS | SECRETARY),
    (r"/{council}/{year}/{prize}/(lukketid|moede|tavle)(/.*)?", CHAIRS | SECRETARY),
    (r"/{council}/{year}/{prize}/tilbagetraekning", SECRETARY),
    (r"/{council}/{year}/{prize}/referat", MEMBERS | SECRETARY),
    (r"/", PUBLIC),
    (r"/{council}(/indstil|/vindere|/{year})?", PUBLIC),
    (r"/{council}/{year}/{prize}(/indstil(/tjek)?|/blanket|/tekst|/vinder(/foto/{size})?)?", PUBLIC),
    (r"/(kandidat|svar)/{token}(/.*)?", HOLDER),
    (r"/tavle/{token}(/.*)?", HOLDER),
]

# What each of the cast is, besides signed in.
ROLES: dict[str, frozenset[str]] = {
    "anonymous": frozenset(),
    "stranger": frozenset(),
    "member": frozenset({"member"}),
    "chair": frozenset({"member", "chair"}),
    "vice_chair": frozenset({"member", "vice_chair"}),
    "secretary": SECRETARY,
    "deputy": frozenset({"secretary", "deputy_secretary"}),
    "communications": frozenset({"communications"}),
    "other_secretary": frozenset(),  # of another council
}


def expected(path: str) -> frozenset[str]:
    for pattern, who in EXPECTED:
        if re.fullmatch(pattern, path):
            return who
    pytest.fail(f"{path}: say in EXPECTED who gets in")


def acts(app: Awards) -> Iterator[tuple[str, str]]:
    """Method and path of everything the application answers."""
    for route in app.routes:
        for handler in getattr(route, "route_handlers", []):
            for method in handler.http_methods - {"OPTIONS", "HEAD"}:
                yield str(method), route.path_format


def filled(path: str, given: dict[str, str]) -> str:
    """`path` with something plausible in each place: what there is, else an id of nothing."""
    return re.sub(r"{(\w+)}", lambda place: given.get(place[1], str(uuid4())), path)


class Guards:
    """Notes what the guard of the routes below `/{council}` said during a request."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.said: list[bool] = []
        require = Standing.require

        def noting(standing: Standing, *roles: str) -> None:
            try:
                require(standing, *roles)
            except (NotFound, SignInNeeded, HTTPException):
                self.said.append(False)
                raise
            self.said.append(True)

        monkeypatch.setattr(Standing, "require", noting)


@pytest.fixture
async def people(app: Awards) -> Cast:
    council = await a_council()
    await a_prize(await a_round(council))
    return await a_cast(council)


async def test_every_route_is_expected(app: Awards) -> None:
    for _method, path in acts(app):
        expected(path)


class Visitor:
    """One of the cast with a browser, signed in anew whenever an act has ended or changed the session."""

    def __init__(self, client: httpx.AsyncClient, sign_in_as: SignIn, person: Person | None, clock: FakeClock) -> None:
        self._client = client
        self._sign_in_as = sign_in_as
        self._person = person
        self._clock = clock
        self._cookies = httpx.Cookies()
        self._signed_in = ANONYMOUS

    async def request(self, method: str, path: str) -> httpx.Response:
        if self._person and (self._signed_in == ANONYMOUS or await self._actor() != self._signed_in):
            self._cookies = await self._sign_in_as(self._person)
            self._signed_in = await self._actor()
        self._client.cookies = httpx.Cookies(self._cookies)
        return await self._client.request(method, path)

    async def _actor(self) -> Actor:
        """Whom the session shows now: nobody once it was ended or its token changed, no step-up once that was lost."""
        return await actor_of(next(iter(self._cookies.values()), ""), self._clock.now())


async def test_only_those_expected_get_in(
    app: Awards,
    client: httpx.AsyncClient,
    people: Cast,
    sign_in_as: SignIn,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    guards = Guards(monkeypatch)
    others = await a_cast(await a_council("handicapraad"), "other_")
    given = {"council": people.council.slug, "year": "2026", "prize": "frivillighedsprisen", "number": "1"}
    for who in ROLES:
        person = others.secretary if who == "other_secretary" else getattr(people, who, None)
        visitor = Visitor(client, sign_in_as, person, clock)
        for method, path in acts(app):
            guards.said.clear()
            answer = await visitor.request(method, filled(path, given))
            check(who, is_somebody=person is not None, path=path, answer=answer, guards=guards.said)


def check(who: str, *, is_somebody: bool, path: str, answer: httpx.Response, guards: list[bool]) -> None:
    """Whether the answer to `who` is as `EXPECTED` says; `guards` is what the guards said on the way."""
    case = f"{who}: {answer.request.method} {path} → {answer.status_code}"
    assert answer.status_code != 500, case
    allowed = expected(path)
    if allowed == PUBLIC:
        assert not asks_to_sign_in(answer), case
    elif allowed == HOLDER:
        assert answer.status_code == 404, case
    elif allowed == SIGNED_IN:
        assert asks_to_sign_in(answer) is not is_somebody, case
    elif ROLES[who] & allowed:
        assert guards, f"{case}: no guard"
        assert all(guards), case
    else:
        assert guards[-1:] == [False], f"{case}: not stopped by the guard"
        assert answer.status_code == 404 if is_somebody else asks_to_sign_in(answer), case


def asks_to_sign_in(answer: httpx.Response) -> bool:
    return answer.status_code == 401 or answer.headers.get("location", "").startswith("/log-ind")
