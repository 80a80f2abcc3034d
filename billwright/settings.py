"""The environment, read here and nowhere else."""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

import catalog
from models.sellers import DEFAULT_NAME, Seller
from services.gateway.stripe_access import LIVE_KEYS, TEST_KEYS, StripeAccess
from services.inputs import is_unprintable

PREFIX = "BILLWRIGHT_"
STRIPE_KEYS = (*LIVE_KEYS, *TEST_KEYS)
STRIPE_PUBLISHABLE_KEYS = ("pk_live_", "pk_test_")
WEBHOOK_SECRETS_MAX = 2
SECRETS = (
    "BILLWRIGHT_DATABASE_URL",
    "BILLWRIGHT_OPERATOR_KEY",
    "BILLWRIGHT_SECRET_KEY",
    "BILLWRIGHT_STRIPE_SECRET_KEY",
    "BILLWRIGHT_STRIPE_PUBLISHABLE_KEY",
    "BILLWRIGHT_STRIPE_WEBHOOK_SECRET",
)
SELLER_LINE_LENGTH_MAX, SELLER_LINES_MAX = 200, 10
POSTGRES_ADDRESS = "an address such as postgresql://USER:PASSWORD@HOST:5432/DATABASE"
EXPECTED = {
    "int_parsing": "a whole number",
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "{le} or less",
    "bool_parsing": "true or false",
    "literal_error": "{expected}",
}


class SettingsError(Exception):
    """One line per wrong setting: its name, its value, what is expected."""


class Settings(BaseSettings):
    """How this process runs. Every field is an environment variable BILLWRIGHT_<NAME>."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, env_ignore_empty=True)

    database_url: str | None = Field(
        default=None, description="PostgreSQL 15 or newer; unset: an embedded one is started"
    )
    data_dir: Path = Field(
        default=Path("data"), description="where the embedded database and the made keys live"
    )
    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: Annotated[int, Field(ge=1, le=65535)] = Field(
        default=8000, description="port to listen on"
    )
    public_url: str | None = Field(
        default=None, description="how browsers reach this server; unset: http://HOST:PORT"
    )
    workers: Annotated[int, Field(ge=1, le=64)] = Field(
        default=1, description="API processes on this machine"
    )
    jobs: bool = Field(default=True, description="whether `serve` also does what `worker` does")
    operator_key: str | None = Field(
        default=None, description="the key of operators; unset: one is made in the data folder"
    )
    secret_key: str | None = Field(
        default=None,
        description="with it API keys are hashed; unset: one is made and kept in the database",
    )
    catalog: Path = Field(
        default=Path(catalog.__path__[0]) / "2026-07.toml", description="the price list"
    )
    seller_name: str | None = Field(
        default=None, description="who sells, as invoices say it; unset: Billwright"
    )
    seller_address: str | None = Field(
        default=None, description="the seller's address; a semicolon or line break ends a line"
    )
    seller_tax_id: str | None = Field(
        default=None, description="the seller's tax number, e.g. for VAT"
    )
    seller_email: str | None = Field(default=None, description="where buyers ask about an invoice")
    stripe_secret_key: str | None = Field(
        default=None, description="Stripe's secret key; unset: the sandbox", repr=False
    )
    stripe_publishable_key: str | None = Field(
        default=None, description="Stripe's key for browsers, which Stripe.js needs", repr=False
    )
    stripe_webhook_secret: str | None = Field(
        default=None,
        description="what Stripe signs webhooks with; while it is replaced both, with a comma",
        repr=False,
    )
    stripe_api_base: str | None = Field(
        default=None, description="another address of Stripe's API, e.g. of a proxy"
    )
    introspection: bool = Field(
        default=True, description="whether the schema may be asked for without a key"
    )
    database_pool_size: Annotated[int, Field(ge=2, le=200)] = Field(
        default=10, description="connections to the database per API process"
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="text for people, json for machines"
    )

    @field_validator("database_url")
    @classmethod
    def _is_postgres(cls, value: str | None) -> str | None:
        if value is not None and not _is_postgres_address(value):
            raise ValueError(f"expected {POSTGRES_ADDRESS}")
        return value

    @field_validator("host")
    @classmethod
    def _is_host(cls, value: str) -> str:
        if not value.strip() or any(character in value for character in " /@"):
            raise ValueError("expected a host name or an address such as 127.0.0.1")
        return value

    @field_validator("stripe_secret_key")
    @classmethod
    def _is_secret_key(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(STRIPE_KEYS):
            raise ValueError(
                "expected a key that begins with sk_test_, rk_test_, sk_live_, rk_live_"
            )
        return value

    @field_validator("stripe_publishable_key")
    @classmethod
    def _is_publishable_key(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(STRIPE_PUBLISHABLE_KEYS):
            raise ValueError("expected a key that begins with pk_test_ or pk_live_")
        return value

    @field_validator("stripe_webhook_secret")
    @classmethod
    def _is_webhook_secret(cls, value: str | None) -> str | None:
        secrets = _listed(value)
        if len(secrets) > WEBHOOK_SECRETS_MAX or not all(
            secret.startswith("whsec_") for secret in secrets
        ):
            raise ValueError("expected one secret that begins with whsec_, or two with a comma")
        return value

    @field_validator("public_url", "stripe_api_base")
    @classmethod
    def _is_web_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("expected an address that begins with http:// or https://")
        return value.rstrip("/") if value else None

    @field_validator("seller_name", "seller_tax_id", "seller_email")
    @classmethod
    def _is_one_line(cls, value: str | None) -> str | None:
        return _printable_line(value.strip()) or None if value else None

    @field_validator("seller_address")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        lines = [_printable_line(line.strip()) for line in re.split(r"[;\n]", value or "")]
        if len(lines) > SELLER_LINES_MAX:
            raise ValueError(f"expected at most {SELLER_LINES_MAX} lines")
        return "\n".join(filter(None, lines)) or None

    @property
    def seller(self) -> Seller:
        """Who issues invoices."""
        return Seller(
            name=self.seller_name or DEFAULT_NAME,
            address=tuple((self.seller_address or "").splitlines()),
            tax_id=self.seller_tax_id,
            email=self.seller_email,
        )

    @property
    def stripe_access(self) -> StripeAccess | None:
        """The keys to Stripe; None: payments are the sandbox's."""
        if self.stripe_secret_key is None:
            return None
        return StripeAccess(
            self.stripe_secret_key,
            self.stripe_publishable_key,
            _listed(self.stripe_webhook_secret),
            self.stripe_api_base,
        )

    @property
    def base_url(self) -> str:
        """How a browser reaches this server."""
        # who listens on all addresses is reached at any of them, and by a browser here at this one
        named = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        host = f"[{named}]" if ":" in named else named
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def operator_key_file(self) -> Path:
        return self.data_dir / "operator.key"


def load() -> Settings:
    """The settings of this process. Raises SettingsError for unknown names and malformed values."""
    problems = _unknown_names()
    try:
        settings = Settings()
        problems += _stripe_problems(settings)
    except ValidationError as invalid:
        problems += [_problem(error) for error in invalid.errors()]
    if problems:
        raise SettingsError("\n".join(problems))
    return settings


def _stripe_problems(settings: Settings) -> list[str]:
    """What is wrong with settings of Stripe that are right each by itself."""
    access = settings.stripe_access
    if access is None:
        return [
            f"{PREFIX}{name.upper()} is set, but not {PREFIX}STRIPE_SECRET_KEY; set both or none."
            for name in ("stripe_publishable_key", "stripe_webhook_secret", "stripe_api_base")
            if getattr(settings, name)
        ]
    problems = []
    mode = "live" if access.is_live else "test"
    publishable = access.publishable_key
    if publishable and not publishable.startswith(f"pk_{mode}_"):
        problems.append(
            f"{PREFIX}STRIPE_PUBLISHABLE_KEY and {PREFIX}STRIPE_SECRET_KEY are not of the same "
            f"mode; the secret key is a {mode} key, so set one that begins with pk_{mode}_."
        )
    if access.is_live:
        problems += [
            f"{PREFIX}{name} is not set, and a live key needs it: {why}."
            for name, value, why in (
                ("STRIPE_PUBLISHABLE_KEY", publishable, "without it nobody can add a card"),
                (
                    "STRIPE_WEBHOOK_SECRET",
                    access.webhook_secrets,
                    "without it what happens at Stripe is not heard",
                ),
            )
            if not value
        ]
        if access.api_base and not access.api_base.startswith("https://"):
            problems.append(
                f"{PREFIX}STRIPE_API_BASE is {access.api_base!r}, and a live key is sent by "
                "https only; set an address that begins with https://."
            )
    return problems


def wants_json() -> bool:
    """Whether what goes to stderr is read by a machine: known before the settings are valid."""
    return os.environ.get(PREFIX + "LOG_FORMAT") == "json"


def _listed(value: str | None) -> list[str]:
    return [part.strip() for part in (value or "").split(",") if part.strip()]


def _printable_line(line: str) -> str:
    """As services.inputs takes a line from a client."""
    if len(line) > SELLER_LINE_LENGTH_MAX:
        raise ValueError(f"expected at most {SELLER_LINE_LENGTH_MAX} characters a line")
    if any(is_unprintable(character) for character in line):
        raise ValueError("expected text without control characters")
    return line


def _is_postgres_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("postgres", "postgresql") and parts.port != 0
    except ValueError:  # such as a port above 65535
        return False


def _unknown_names() -> list[str]:
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    given = sorted(name for name in os.environ if name.upper().startswith(PREFIX))
    problems = []
    for name in given:
        if name.upper() not in known and not name.startswith("BILLWRIGHT_TEST_"):
            ends = [each.removeprefix(PREFIX) for each in known]
            near = get_close_matches(name.upper().removeprefix(PREFIX), ends, n=1)
            hint = f"there are {', '.join(sorted(known))}."
            problems.append(
                f"{name} is no setting; {f'did you mean {PREFIX}{near[0]}?' if near else hint}"
            )
    return problems


def _problem(error: Any) -> str:
    name = PREFIX + str(error["loc"][0]).upper()
    reason = str(error["msg"]).removeprefix("Value error, ")
    if wanted := EXPECTED.get(error["type"]):
        reason = f"expected {wanted.format(**error.get('ctx', {}))}"
    # never the value of what could be a secret
    shown = (
        "" if name in SECRETS else f" is {str(error['input'])!r}"
    )  # in one line, whatever is in it
    return f"{name}{shown}: {reason}."
