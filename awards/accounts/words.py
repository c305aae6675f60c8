"""Devices and days in words."""

from datetime import datetime

from awards.accounts.rules import device_kind
from awards.web.formats import local, show_date
from awards.web.i18n import N_, _

# Kinds of `rules.device_kind`.
DEVICES = {
    "android-phone": N_("Android phone"),
    "android-tablet": N_("Android tablet"),
    "iphone": N_("iPhone"),
    "ipad": N_("iPad"),
    "windows": N_("Windows computer"),
    "mac": N_("Mac"),
    "linux": N_("Linux computer"),
    "device": N_("Unknown device"),
    "all": N_("All your saved devices"),  # of the mail about a lost phone
}


def device_name(kind: str) -> str:
    return _(DEVICES.get(kind, DEVICES["device"]))


def day_in_words(moment: datetime, now: datetime) -> str:
    """`i dag`, `i går` or `3. november 2026`."""
    days = (local(now).date() - local(moment).date()).days
    if days <= 0:
        return _("today")
    return _("yesterday") if days == 1 else show_date(moment)


def this_device(agent: str) -> str:
    """`telefon`, `tablet` or `computer`, to be named with "denne"."""
    kind = device_kind(agent)
    if kind in ("android-phone", "iphone"):
        return _("phone")
    return _("tablet") if kind in ("android-tablet", "ipad") else _("computer")
