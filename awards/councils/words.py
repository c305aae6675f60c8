"""Councils in words, for forms and lists."""

from awards.web.i18n import N_

ROLES = {
    "chair": N_("Chair"),
    "vice_chair": N_("Vice-chair"),
    "secretary": N_("Secretary"),
    "deputy_secretary": N_("Deputy secretary"),
    "communications": N_("Communications"),
}
ROLE_HINTS = {
    "chair": N_("Votes as a member, decides ties and approves results."),
    "vice_chair": N_("Steps in when the chair is recused, in the order shown."),
    "secretary": N_("Sets up rounds, screens nominations and runs the vote."),
    "deputy_secretary": N_("May do all that the secretary may."),
    "communications": N_("Publishes the winners."),
}
# Name and colour in the light scheme, as the stylesheet has it.
ACCENTS = {
    1: (N_("Blue"), "#004d99"),
    2: (N_("Teal"), "#00616b"),
    3: (N_("Green"), "#27660f"),
    4: (N_("Plum"), "#7a2468"),
    5: (N_("Red"), "#9c2a18"),
    6: (N_("Violet"), "#41379a"),
    7: (N_("Ochre"), "#704b00"),
    8: (N_("Slate"), "#3a4959"),
}
