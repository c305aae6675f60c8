"""What people fill in around a vote: the question of inhabilitet, and the ballot."""

from collections.abc import Iterable
from uuid import UUID

from awards.ballots.ballot import BLANK, Ballot, Paper
from awards.ballots.queries import Line
from awards.ballots.recusals import DOUBT, NONE, RECUSED, Reply
from awards.web.forms import Form
from awards.web.i18n import N_


def reply_values(lines: Iterable[Line]) -> dict[str, str | list[str]]:
    """The fields that show what was answered before. "None of them" is not ticked again: whoever comes back has
    something to change, and would have to find that tick and take it away."""
    values: dict[str, str | list[str]] = {}
    for line in lines:
        values[f"about-{line.candidate}"] = [line.answer] if line.answer in (RECUSED, DOUBT) else []
        values[f"why-{line.candidate}"] = line.reason
    return values


def read_replies(form: Form, lines: Iterable[Line]) -> dict[UUID, Reply]:
    """One answer for each line; fixed ones keep theirs. Only with a tick somewhere, or at "none of them", is it an
    answer: an empty form is a slip."""
    replies: dict[UUID, Reply] = {}
    ticked_any = False
    for line in lines:
        if line.is_fixed:
            if line.answer:
                replies[line.candidate] = Reply(line.answer, line.reason)
            continue
        about, why = f"about-{line.candidate}", f"why-{line.candidate}"
        ticked = form.choices(about, (RECUSED,) if line.only_recused else (RECUSED, DOUBT))
        reason = form.text(why, required=False, maximum=1000, lines=True)
        if len(ticked) > 1:
            form.fail(about, N_("Tick one of the two."))
        elif ticked == [DOUBT] and not reason:
            form.fail(why, N_("Write in a few words what makes you doubt. The council decides by it."))
        ticked_any = ticked_any or bool(ticked)
        if ticked:
            replies[line.candidate] = Reply(ticked[0], reason)
        elif line.only_recused:
            replies[line.candidate] = Reply(line.answer, line.reason)
        else:
            replies[line.candidate] = Reply(NONE)
    if ticked_any and form.flag("none"):
        form.fail("none", N_("You have ticked a candidate as well. Take one of the ticks away."))
    elif not ticked_any and not form.flag("none"):
        form.fail("none", N_("Tick a candidate, or tick that it is none of them."))
    return replies


def read_ranking(form: Form, paper: Paper) -> list[str]:
    """The candidates chosen so far, best first; what is not on the paper is dropped."""
    return [id for id in dict.fromkeys(form.chosen("chosen")) if id in paper.candidates]


def changed_ranking(ranking: list[str], act: str, paper: Paper) -> list[str]:
    """The ranking after a button was pressed: `toggle:c3` puts a candidate last or takes it out, `up:` and `down:`
    move it by one place, `clear` begins again. Anything else changes nothing."""
    verb, _colon, id = act.partition(":")
    if verb == "clear":
        return []
    if verb == "toggle" and id in paper.candidates:
        return [each for each in ranking if each != id] if id in ranking else [*ranking, id]
    if verb in ("up", "down") and id in ranking:
        place = ranking.index(id)
        other = place + (-1 if verb == "up" else 1)
        if 0 <= other < len(ranking):
            ranking = list(ranking)
            ranking[place], ranking[other] = ranking[other], ranking[place]
    return ranking


def read_ballot_form(form: Form, paper: Paper) -> Ballot | None:
    """The ballot that the form holds, in whichever method; None, with an error at `chosen`, when it holds none."""
    if form.flag("blank"):
        return BLANK
    chosen = read_ranking(form, paper)
    match paper.method:
        case "score":
            return _read_scores(form, paper)
        case "single" if len(chosen) == 1:
            return Ballot("valid", tuple(chosen))
        case "approval" if chosen:
            return Ballot("valid", tuple(sorted(chosen)))
        case "ranked" if chosen:
            return Ballot("valid", tuple(chosen))
    form.fail("chosen", N_("Choose a candidate first, or vote blank."))
    return None


def score_field(candidate: str, criterion: str) -> str:
    return f"points-{candidate}-{criterion}"


def _read_scores(form: Form, paper: Paper) -> Ballot | None:
    points = []
    for candidate in paper.candidates:
        for criterion in paper.criteria:
            name = score_field(candidate, criterion.id)
            given = form.choice(name, [str(n) for n in range(paper.max_score + 1)], missing=N_("Give points here too."))
            points.append((candidate, criterion.id, int(given or 0)))
    return None if form.errors else Ballot("valid", points=tuple(points))
