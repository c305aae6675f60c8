"""The candidates of a prize on paper: what the page tells, for whoever reads better from a sheet."""

from datetime import datetime

from awards.ballots.dossiers import Dossier, Text
from awards.councils.tables import Council
from awards.rounds.tables import Prize, Round
from awards.rounds.words import KINDS
from awards.screening.words import VERDICTS
from awards.typesetting import typeset
from awards.web.formats import show_datetime
from awards.web.i18n import _, language


async def dossier_pdf(
    council: Council, round: Round, prize: Prize, dossiers: list[Dossier], *, reader: str, now: datetime
) -> bytes:
    """Every page names its reader: whoever finds a lost sheet knows whose it is."""
    return await typeset(
        "kandidater",
        {
            "language": language(),
            "council": f"{council.name} · {round.title}",
            "title": _("The candidates for %(prize)s", prize=prize.title),
            "lead": _(
                "Here is everything that was written about them. It is for the council alone: share it with nobody."
            ),
            "foot": _(
                "For the council alone. Taken by %(name)s on %(moment)s.", name=reader, moment=show_datetime(now)
            ),
            "candidates": [_candidate(dossier) for dossier in dossiers],
        },
    )


def _candidate(dossier: Dossier) -> dict[str, object]:
    kind, total = dossier.candidate.kind, len(dossier.texts)
    return {
        "name": dossier.candidate.name,
        "kind": _(KINDS[kind]) if kind in KINDS else "",
        "texts": [
            _text(text, _("Nomination %(n)s of %(total)s", n=n, total=total) if total > 1 else _("The nomination"))
            for n, text in enumerate(dossier.texts, start=1)
        ],
    }


def _text(text: Text, title: str) -> dict[str, object]:
    one = text.nomination
    parts = [_part(_("What has the candidate done?"), _told(one.story, text.danish["story"]))] if one.story else []
    for row in text.answers:
        judged = VERDICTS.get(row["verdict"])
        words = ": ".join(filter(None, (_(judged), row["note"]))) if judged else ""
        note = _("The secretariat's verdict: %(verdict)s", verdict=words) if words else ""
        told = _told(row["answer"], row["danish"]) or _("The nominator wrote nothing here.")
        parts.append(_part(row["criterion"], told, note))
    for asked in text.inquiries:
        question = _("The secretariat asked: %(question)s", question=asked["question"])
        parts.append(_part(question, _told(asked["answer"], asked["danish"])))
    return {
        "title": title,
        "by": " · ".join(
            filter(None, (_("Nominated by %(names)s", names=one.nominator), one.organisation, _beside(text)))
        ),
        "parts": parts,
        "files": _("Attachments, which are read on the page: %(names)s", names=", ".join(_names(text)))
        if text.attachments
        else "",
    }


def _told(words: str, danish: str) -> str:
    """What staff wrote in Danish, and below it the nominator's own words."""
    if not danish:
        return words
    own = _("The nominator's own words")
    return f"{danish}\n\n{own}:\n{words}"


def _beside(text: Text) -> str:
    relation, danish = text.nomination.relation, text.danish["relation"]
    return f"{danish} ({relation})" if danish else relation


def _names(text: Text) -> list[str]:
    return [file["name"] for file in text.attachments]


def _part(title: str, text: str, note: str = "") -> dict[str, str]:
    return {"title": title, "text": text, "note": note}
