"""Settings, read once from the environment. The README lists them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the product keeps its data and how the world reaches it.

    data_dir: SQLite file, mails of the demonstration, key files by default.
    key_dir: voting keys and secrets; one directory for all hosts, never in a backup.
    base_url: the address people type, without a trailing slash; mails link to it.
    database_url: `postgres://…`, or empty for SQLite under `data_dir`.
    smtp_url: `smtp://`, `smtp+starttls://` or `smtps://user:password@host:port`, or empty: mails become files.
    mail_from: sender of all mail.
    trusted_proxy: address of the proxy whose `X-Forwarded-For` is believed, or empty.
    """

    data_dir: Path = Path("var")
    host: str = "127.0.0.1"
    port: int = 8000
    base_url: str = "http://localhost:8000"
    key_dir: Path = Path("var/keys")
    database_url: str = ""
    smtp_url: str = ""
    mail_from: str = ""
    trusted_proxy: str = ""

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def sqlite_path(self) -> Path:
        return self.data_dir / "awards.sqlite"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read `AWARDS_*` and `DATABASE_URL`. Raises ValueError when the port is no number."""
        env = os.environ if environment is None else environment
        data_dir = Path(env.get("AWARDS_DATA", "./var"))
        port = int(env.get("AWARDS_PORT", "8000"))
        return cls(
            data_dir=data_dir,
            host=env.get("AWARDS_HOST", "127.0.0.1"),
            port=port,
            base_url=env.get("AWARDS_BASE_URL", f"http://localhost:{port}").rstrip("/"),
            key_dir=Path(env.get("AWARDS_KEY_DIR", str(data_dir / "keys"))),
            database_url=env.get("DATABASE_URL", ""),
            smtp_url=env.get("AWARDS_SMTP_URL", ""),
            mail_from=env.get("AWARDS_MAIL_FROM", ""),
            trusted_proxy=env.get("AWARDS_TRUSTED_PROXY", ""),
        )
