"""What the pages of the setup call things."""

from awards.web.i18n import N_

METHODS = {
    "auto": N_("By the number of candidates"),
    "single": N_("One choice"),
    "ranked": N_("Ranking"),
    "approval": N_("Approval"),
    "score": N_("Points for each criterion"),
}
MOMENTS = {
    "opens_at": N_("Nominations open"),
    "closes_at": N_("Deadline for nominations"),
    "screening_ends_at": N_("The screening ends"),
    "voting_ends_at": N_("The vote ends"),
    "announce_at": N_("The winners are announced"),
    "ceremony_at": N_("The ceremony begins"),
    "ceremony_ends_at": N_("The ceremony ends"),
}
PHASES = {
    "setup": N_("Being set up"),
    "nominating": N_("Nominations are open"),
    "screening": N_("Screening"),
    "voting": N_("Voting"),
    "deciding": N_("The result is being decided"),
    "published": N_("Published"),
}
KIND_HINTS = {
    "person": N_("Somebody by name."),
    "persons": N_("For instance a couple, or volunteers who did it together."),
    "association": N_("It has a name, and maybe a CVR number."),
    "company": N_("It has a CVR number."),
    "institution": N_("Leave it out when the municipality's own places cannot win."),
    "initiative": N_("Something people do, whoever is behind it."),
}
METHOD_HINTS = {
    "auto": N_("One choice with two candidates, a ranking with three or more. Right for most councils."),
    "single": N_("Each member chooses one candidate."),
    "ranked": N_("Each member puts the candidates in order."),
    "approval": N_("Each member chooses all whom they can support."),
    "score": N_("Each member gives every candidate points for each criterion."),
}
EXCLUSIONS = {
    "members": N_("Members of the council"),
    "employees": N_("Employees of the municipality"),
    "self": N_("People who nominate themselves"),
    "paid": N_("Those who are paid for the effort"),
}
TASKS = {
    "council": N_("The council's details"),
    "people": N_("Members and roles"),
    "about": N_("Title and introduction"),
    "timetable": N_("Timetable"),
    "ceremony": N_("Ceremony"),
    "prizes": N_("Prizes"),
}
WHYS = {
    "council": N_("Phone, e-mail, legal basis and data protection officer are told to nominees."),
    "people": N_("The council has no chair today. You need one before the vote."),
    "about": N_("Two or three sentences for the front page."),
    "timetable": N_("Opening, deadline, screening, vote and announcement need a date."),
    "order": N_("The dates are out of order."),
    "past": N_("The deadline has passed already."),
    "ceremony": N_("Time and place can wait."),
    "prizes": N_("There is no prize yet."),
    "kinds": N_("Say who can be nominated."),
    "criteria": N_("It has no criteria yet."),
    "minimum": N_("More criteria are asked for than there are."),
}
