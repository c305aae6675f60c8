"""Who takes part: a council of 14 and its secretariat, all invented, named by what they are."""

from dataclasses import dataclass

from awards.accounts.tables import Person
from awards.clock import Clock
from awards.errors import NotFound
from awards.web.identity import Actor

SLUG = "integrationsraad"

REPRESENTS = (
    "Etniske grupper",
    "Etniske grupper",
    "Etniske grupper",
    "Etniske grupper",
    "Etniske grupper",
    "Frivillige foreninger",
    "Frivillige foreninger",
    "Frivillige foreninger",
    "Boligområderne",
    "Boligområderne",
    "Kursistrådet ved Center for Dansk og Integration",
    "Politiet",
    "Erhvervslivet",
    "Erhvervslivet",
)


@dataclass(frozen=True, slots=True)
class Role:
    """One person of the demonstration. `key` names them in scripts, `office` as in `councils.Office`."""

    key: str
    name: str
    email: str
    office: str = ""


CHAIR = Role("chair", "Formanden", "formand@example.dk", "chair")
FIRST_VICE_CHAIR = Role("vice_chair_1", "Første næstformand", "naestformand1@example.dk", "vice_chair")
SECOND_VICE_CHAIR = Role("vice_chair_2", "Anden næstformand", "naestformand2@example.dk", "vice_chair")
ORDINARY = tuple(Role(f"member_{n}", f"Medlem {n}", f"medlem{n}@example.dk") for n in range(1, 12))
MEMBERS = (CHAIR, FIRST_VICE_CHAIR, SECOND_VICE_CHAIR, *ORDINARY)

SECRETARY = Role("secretary", "Sekretæren", "sekretaer@example.dk", "secretary")
DEPUTY = Role("deputy_secretary", "Sekretærens stedfortræder", "stedfortraeder@example.dk", "deputy_secretary")
COMMUNICATIONS = Role("communications", "Kommunikationsmedarbejderen", "kommunikation@example.dk", "communications")
STAFF = (SECRETARY, DEPUTY, COMMUNICATIONS)

EVERYBODY = (*STAFF, *MEMBERS)


async def actor_for(role: Role, clock: Clock) -> Actor:
    """The person in `role`, signed in and proved at this moment of the story."""
    person = await Person.objects().where(Person.email == role.email).first()
    if person is None:
        raise NotFound
    return Actor(person_id=person.id, name=person.name, email=person.email, stepped_up_at=clock.now())
