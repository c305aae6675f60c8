"""Councils in words, for forms and lists."""

from awards.web.i18n import N_

ROLES = {
    "chair": N_("Chair"),
    "vice_chair": N_("Vice-chair"),
    "secretary": N_("Secretary"),
    "deputy_secretary": N_("Deputy secretary"),
    "communications": N_("Communications officer"),
}
ROLE_HINTS = {
    "chair": N_("Votes as a member, decides ties and approves results."),
    "vice_chair": N_("Steps in when the chair is recused, in the order shown."),
    "secretary": N_("Sets up rounds, screens nominations and runs the vote."),
    "deputy_secretary": N_("May do all that the secretary may."),
    "communications": N_("Publishes the winners."),
}
ACCENTS = {
    1: N_("Blue"),
    2: N_("Teal"),
    3: N_("Green"),
    4: N_("Plum"),
    5: N_("Red"),
    6: N_("Violet"),
    7: N_("Ochre"),
    8: N_("Slate"),
}
