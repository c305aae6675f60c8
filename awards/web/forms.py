"""Forms as people fill them in: every value is kept as typed, every error stands at its field, in words."""

import re
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, time

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from litestar.datastructures import FormMultiDict, UploadFile
from stdnum.dk import cpr as cpr_numbers
from stdnum.dk import cvr as cvr_numbers

from awards.web.formats import LOCAL, NoSuchLocalTime, to_utc
from awards.web.i18n import N_, _

# Ten digits in the shape of a CPR number (DDMMYY-XXXX, any dash or none), not part of a longer number.
CPR = re.compile(r"(?<![\d.,+])(\d{6})[ \u00a0]?[-\u2010-\u2015]?[ \u00a0]?(\d{4})(?!\d)")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufeff\ud800-\udfff]")
MISSING = N_("Fill this in.")


def has_cpr_number(text: str) -> bool:
    """True when `text` holds something that passes as a CPR number."""
    return any(cpr_numbers.is_valid(a + b) for a, b in CPR.findall(text))


class Form:
    """Reads a posted form field by field. Each reader returns a usable value, and notes an error if there is none.

    `errors` maps field names to translated messages, in the order of reading; a template shows `value(name)` as typed.
    """

    def __init__(self, data: FormMultiDict | Mapping[str, str | list[str]] | Mapping[str, str] | None = None) -> None:
        self._values: dict[str, list[str]] = {}
        self._files: dict[str, list[UploadFile]] = {}
        self.errors: dict[str, str] = {}
        pairs = data.multi_items() if isinstance(data, FormMultiDict) else _pairs(data or {})
        for sent, value in pairs:
            name = sent.removesuffix("[]")  # several boxes of one question
            if isinstance(value, UploadFile):
                self._files.setdefault(name, []).append(value)
            else:
                self._values.setdefault(name, []).append(str(value).replace("\r\n", "\n"))

    # As typed, for templates

    def value(self, name: str) -> str:
        return self._values.get(name, [""])[0]

    def chosen(self, name: str) -> list[str]:
        return self._values.get(name, [])

    def all_values(self) -> list[tuple[str, str]]:
        """Every value as (name, typed), to be carried on in hidden fields. Several of one name are named as boxes."""
        return [
            (name if len(values) == 1 else f"{name}[]", value)
            for name, values in self._values.items()
            for value in values
        ]

    def error(self, name: str) -> str:
        return self.errors.get(name, "")

    def has_cpr_number(self, name: str) -> bool:
        """True when the person must be asked whether it is one (`<name>_not_cpr`)."""
        return has_cpr_number(self.value(name))

    def first_errors(self) -> dict[str, str]:
        """Messages with the first field that each stands at: a summary says the same thing once."""
        found: dict[str, str] = {}
        for name, message in self.errors.items():
            found.setdefault(message, name)
        return found

    def fail(self, name: str, message: str, /, **values: object) -> None:
        """Note an error at `name`; the first one stays."""
        self.errors.setdefault(name, _(message, **values))

    def files(self, name: str) -> list[UploadFile]:
        """The files chosen; a browser sends an empty part when there is none."""
        return [file for file in self._files.get(name, []) if file.filename]

    # Readers

    def text(
        self,
        name: str,
        *,
        required: bool = True,
        maximum: int = 200,
        lines: bool = False,
        missing: str = MISSING,
    ) -> str:
        """Text of at most `maximum` characters, trimmed; `lines` allows line breaks. CPR numbers are refused,
        unless the person said at `<name>_not_cpr` that it is none."""
        text = self.value(name).strip()
        if not lines:
            text = " ".join(text.split())
        if CONTROL.search(text):
            self.fail(name, N_("Remove the control characters."))
        elif required and not text:
            self.fail(name, missing)
        elif len(text) > maximum:
            self.fail(name, N_("Shorten it by %(n)s characters."), n=len(text) - maximum)
        elif has_cpr_number(text) and not self.flag(f"{name}_not_cpr"):
            self.fail(name, N_("It looks like a CPR number. Remove it: we must not receive CPR numbers here."))
        return text if name not in self.errors else ""

    def email(self, name: str, *, required: bool = True, missing: str = MISSING) -> str:
        """An address in lower case (RFC 5321 as email-validator reads it)."""
        text = self.value(name).strip()
        if not text:
            if required:
                self.fail(name, missing)
            return ""
        try:
            return validate_email(text, check_deliverability=False).normalized.lower()
        except EmailNotValidError:
            self.fail(name, N_("Write an e-mail address such as name@example.dk."))
            return ""

    def phone(self, name: str, *, required: bool = False, missing: str = MISSING) -> str:
        """A phone number, Danish unless it starts with +, in international form."""
        text = self.value(name).strip()
        if not text:
            if required:
                self.fail(name, missing)
            return ""
        try:
            number = phonenumbers.parse(text, "DK")
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            self.fail(name, N_("Write a phone number such as 56 67 67 67 or +49 30 901820."))
            return ""
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)

    def cvr(self, name: str, *, required: bool = False, missing: str = MISSING) -> str:
        """A CVR number: 8 digits, modulus 11."""
        text = self.value(name).strip()
        if not text:
            if required:
                self.fail(name, missing)
            return ""
        compact = cvr_numbers.compact(text)
        if not cvr_numbers.is_valid(compact):
            self.fail(name, N_("A CVR number has 8 digits. Check the number, or leave the field empty."))
            return ""
        return str(compact)

    def choice(
        self, name: str, options: Collection[str], *, required: bool = True, missing: str = N_("Choose one.")
    ) -> str:
        value = self.value(name)
        if value in options and value:
            return value
        if required or value:
            self.fail(name, missing)
        return ""

    def choices(
        self, name: str, options: Collection[str], *, minimum: int = 0, missing: str = N_("Choose at least one.")
    ) -> list[str]:
        picked = [value for value in dict.fromkeys(self.chosen(name)) if value in options]
        if len(picked) < minimum:
            self.fail(name, missing)
        return picked

    def flag(self, name: str) -> bool:
        return self.value(name) not in ("", "0", "no")

    def whole(
        self, name: str, *, minimum: int, maximum: int, required: bool = True, missing: str = MISSING
    ) -> int | None:
        """A whole number from `minimum` to `maximum`; dots and spaces between thousands are fine."""
        text = re.sub(r"[.\s\u00a0]", "", self.value(name))
        if not text:
            if required:
                self.fail(name, missing)
            return None
        number = int(text) if text.isascii() and text.lstrip("-").isdigit() and len(text) < 16 else None
        if number is None or not minimum <= number <= maximum:
            self.fail(name, N_("Write a whole number from %(low)s to %(high)s."), low=minimum, high=maximum)
            return None
        return number

    def kroner(self, name: str, *, required: bool = True) -> int:
        """An amount of whole kroner, returned in øre."""
        amount = self.whole(name, minimum=0, maximum=100_000_000, required=required)
        return (amount or 0) * 100

    def date(self, name: str, *, required: bool = True, missing: str = N_("Choose a date.")) -> date | None:
        """A date from a date field (`2026-11-22`), or as people write it (`22.11.2026`)."""
        text = self.value(name).strip()
        if not text:
            if required:
                self.fail(name, missing)
            return None
        for shape in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y"):
            try:
                day = datetime.strptime(text, shape).replace(tzinfo=UTC).date()
            except ValueError:
                continue
            if 1990 <= day.year <= 2100:
                return day
        self.fail(name, N_("Write the date as day.month.year, such as 22.11.2026."))
        return None

    def moment(self, name: str, *, required: bool = True, is_deadline: bool = False) -> datetime | None:
        """`<name>_date` and `<name>_time` as an instant. A deadline without a time ends at the next midnight."""
        day = self.date(f"{name}_date", required=required)
        if f"{name}_date" in self.errors:
            self.errors[name] = self.errors.pop(f"{name}_date")
        text = self.value(f"{name}_time").strip().replace(".", ":")
        if day is None:
            if text and name not in self.errors:
                self.fail(name, N_("Choose a date."))
            return None
        match = re.fullmatch(r"(\d{1,2}):(\d{2})(?::00)?", text)
        if text and (not match or int(match[1]) > 23 or int(match[2]) > 59):
            self.fail(name, N_("Write the time as hours and minutes, such as 12.00."))
            return None
        if (not text and is_deadline) or (text == "23:59" and is_deadline):
            day, at = date.fromordinal(day.toordinal() + 1), time(0)
        else:
            at = time(int(match[1]), int(match[2])) if match else time(0)
        try:
            return to_utc(day, at)
        except NoSuchLocalTime:
            self.fail(name, N_("The clocks change at that time. Choose another time."))
            return None


def as_typed(day: date) -> str:
    """`22.11.2026`: a date as people type it into a form."""
    return f"{day:%d.%m.%Y}"


def moment_values(name: str, moment: datetime | None, *, is_deadline: bool = False) -> dict[str, str | list[str]]:
    """The two fields that `Form.moment` reads back as `moment`."""
    if moment is None:
        return {}
    there = moment.astimezone(LOCAL)
    if is_deadline and there.time() == time(0):
        return {f"{name}_date": as_typed(date.fromordinal(there.toordinal() - 1)), f"{name}_time": "23.59"}
    return {f"{name}_date": as_typed(there.date()), f"{name}_time": there.strftime("%H.%M")}


def _pairs(data: Mapping[str, str | list[str]] | Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, item) for name, value in data.items() for item in (value if isinstance(value, list) else [value])]
