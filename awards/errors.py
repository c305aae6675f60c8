"""Refusals in words: what the product answers when a rule says no."""


class RuleBroken(Exception):
    """A rule of the council or of the procedure refuses the act; the person sees why (409).

    `message` is an English sentence of the catalogue with `%(name)s` places for `values`;
    the problem page translates it into the reader's language.
    """

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


class DeadlinePassed(RuleBroken):
    """The act came at or after its deadline (410)."""


class Stale(RuleBroken):
    """Somebody else changed the same thing after the form was opened (409)."""


class NotFound(Exception):
    """No such thing, or not for this person: strangers cannot tell which (404)."""


class SignInNeeded(Exception):
    """Nobody is signed in, and the page is not for everybody (401)."""


class StepUpNeeded(Exception):
    """The act asks for a fresh proof of identity, given within the last ten minutes (401)."""


class TooMany(Exception):
    """Too many attempts; try again after `seconds` (429)."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"try again in {seconds} seconds")
        self.seconds = seconds


class Busy(Exception):
    """Too much to do at once; try again after `seconds` (503)."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"try again in {seconds} seconds")
        self.seconds = seconds
