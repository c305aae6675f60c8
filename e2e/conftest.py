"""The browsers of the journeys: phones and desktops in Denmark, with and without JavaScript.

`CHROMIUM` names the browser to use; otherwise the one on the PATH, otherwise Playwright's own. What a page looked like
when a test failed is kept under `test-results/`.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

PHONE: Any = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]

Device = Callable[..., Page]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", type=Path, help="Folder for the README's pictures; none are taken without it.")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--screenshot") == "off":
        config.option.screenshot = "only-on-failure"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """A Chromium that talks to nobody but the pages under test."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    # Chromium's own sandbox refuses to run as root.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": found, "args": QUIET + sandbox}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """What all devices share: they are in Denmark and speak Danish."""
    # `--device` brings a description with a key that Playwright's contexts refuse.
    described = {name: value for name, value in browser_context_args.items() if name != "default_browser_type"}
    return {**described, "locale": "da-DK", "timezone_id": "Europe/Copenhagen"}


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext], pytestconfig: pytest.Config) -> Device:
    """Hands out phones, one for each person of a journey: `phone(javascript=False)` is a fresh browser's first page.

    Further keywords go to Playwright's context, `base_url` for one.
    """
    described = {} if pytestconfig.getoption("--device") else PHONE

    def hand_out(*, javascript: bool = True, **options: Any) -> Page:
        return new_context(**{**described, "java_script_enabled": javascript, **options}).new_page()

    return hand_out


@pytest.fixture
def desktop(new_context: Callable[..., BrowserContext]) -> Device:
    """Hands out desktop browsers in the same way."""

    def hand_out(*, javascript: bool = True, **options: Any) -> Page:
        return new_context(**{**DESKTOP, "java_script_enabled": javascript, **options}).new_page()

    return hand_out


@pytest.fixture
def context(phone: Device) -> BrowserContext:
    """Playwright's `page` is a phone too."""
    return phone().context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.pages[0]


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    """Plays a journey twice: `phone(javascript=javascript)`."""
    return bool(request.param)
