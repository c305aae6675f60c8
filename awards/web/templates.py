"""The one Jinja environment, for pages and mails. Templates query nothing and decide nothing."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from awards.web import formats, i18n, texts
from awards.web.static import icon_address, static_integrity, static_url

TEMPLATES = Path(__file__).parent.parent.parent / "templates"


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(disabled_extensions=("text", "subject"), default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        auto_reload=False,
    )
    made.install_gettext_callables(i18n.gettext, i18n.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(
        date=formats.show_date,
        day=formats.show_day,
        time=formats.show_time,
        datetime=formats.show_datetime,
        deadline=formats.show_deadline,
        money=formats.show_money,
        number=formats.show_number,
        file_size=formats.show_size,
        names=formats.show_names,
        danish=texts.danish,
        ltr=texts.left_to_right,
    )
    made.globals.update(
        href=i18n.href,
        language=i18n.language,
        lang=texts.lang,
        static=static_url,
        static_integrity=static_integrity,
        icon=icon_address(),
        days_left=formats.show_days_left,
    )
    return made
