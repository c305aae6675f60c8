"""Words of the pages of this room."""

from awards.web.i18n import N_, _

MAIL_STATES = {
    "queued": N_("In the queue"),
    "sent": N_("Sent"),
    "dead": N_("Given up"),
    "returned": N_("Came back"),
}

# What each letter is, to who has not read it. Keys are names under `templates/mail`.
LETTERS = {
    "accounts/access-renewed": N_("Notice that an access was renewed"),
    "accounts/device-removed": N_("Notice of a removed device"),
    "accounts/device-saved": N_("Notice of a saved device"),
    "accounts/email-changed": N_("Notice of another e-mail address"),
    "accounts/invitation": N_("Invitation"),
    "accounts/new-card": N_("Notice of a new poll card"),
    "accounts/sign-in": N_("Sign-in link"),
    "administration/access-answered": N_("Answer about a new card or address"),
    "administration/access-asked": N_("Request to confirm a new card or address"),
    "administration/access-notice": N_("Notice of a request for a new card or address"),
    "ballots/extended": N_("Notice of more time to vote"),
    "ballots/opened": N_("The vote has opened"),
    "ballots/recusals": N_("The question about inhabilitet"),
    "ballots/reminder": N_("Reminder to vote"),
    "ballots/voided": N_("The vote ended without a result"),
    "counting/approve": N_("Request to approve a result"),
    "counting/closed": N_("The vote has closed"),
    "counting/tie": N_("Notice of a tie"),
    "counting/void": N_("The vote ended without a result"),
    "nominations/confirm": N_("Confirmation of a nomination"),
    "nominations/draft": N_("Link to a draft"),
    "nominations/link": N_("Link to a nomination"),
    "nominations/reminder": N_("Reminder to confirm"),
    "screening/merged": N_("Several nominations of one candidate gathered"),
    "screening/parted": N_("Gathered nominations parted again"),
    "screening/question": N_("Question to a nominator"),
    "screening/question_reminder": N_("Reminder of a question to a nominator"),
    "screening/rejected": N_("Rejection of a nomination"),
    "screening/shortlisted": N_("Notice to a candidate"),
    "winners/member": N_("News of the winners"),
    "winners/nominator": N_("News of the winners"),
    "winners/nominee": N_("News of the winners"),
}


def letter_name(template: str) -> str:
    """In the language of the page; a letter without a name is called by its template."""
    return _(LETTERS[template]) if template in LETTERS else template
