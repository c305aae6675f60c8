"""A deadline as a calendar file (RFC 5545), to be attached to a mail."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

# The entry is as long as voting takes, and ends when the vote does.
LENGTH = timedelta(minutes=30)


def deadline_file(id: UUID, title: str, deadline: datetime, *, address: str, written: datetime) -> bytes:
    """One entry that ends at `deadline`, with a reminder the day before. `id` keeps copies of it one entry."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Integrationspriserne//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{id}",
        f"DTSTAMP:{_instant(written)}",
        f"DTSTART:{_instant(deadline - LENGTH)}",
        f"DTEND:{_instant(deadline)}",
        f"SUMMARY:{_escaped(title)}",
        f"URL:{address}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(title)}",
        "TRIGGER:-P1D",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """Lines of at most 75 bytes; those that go on begin with a space. No character is cut in two."""
    parts, current = [], ""
    for sign in line:
        if len((current + sign).encode()) > 75:
            parts.append(current)
            current = " "
        current += sign
    return [*parts, current]
