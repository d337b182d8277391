"""Every setting: its name, type, default and why. Read from the environment (`PORTAL_…`) and `.env`."""

import secrets
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
ENTRA_ID = "https://login.microsoftonline.com/"
SSO_NEEDS = ("sso_discovery_url", "sso_client_id", "sso_client_secret")
SSO_MORE = ("sso_tenant", "sso_second_factor", "sso_roles", "sso_gives_grave_roles", "sso_only")
PRODUCTION_NEEDS = ("secret_key", "csrf_key", "audit_key", "base_url", "trusted_hosts")

LEGAL_BASES = {
    "2011 Act s.9": "Police Reform and Social Responsibility Act 2011, section 9: crime and disorder reduction grants",
    "2014 Act s.143": "Anti-social Behaviour, Crime and Policing Act 2014, section 143: services against crime and for victims",
    "2011 Act s.9 and 2014 Act s.143": "Both: grants, and services for victims and witnesses",
}


class Settings(BaseSettings):
    """Production is the default and refuses to start unsafe; the demonstration is a named profile."""

    model_config = SettingsConfigDict(env_prefix="PORTAL_", env_file=".env", extra="ignore", hide_input_in_errors=True)

    profile: Literal["production", "demonstration", "test"] = "production"
    root: Path = ROOT
    instance: Path = ROOT / "instance"  # embedded databases, uploads, generated keys
    database_url: str = ""  # empty: SQLite in the instance folder
    jobs_url: str = ""  # empty: SQLite queue in the instance folder; redis://… for several machines
    files_url: str = ""  # empty: a folder in the instance folder; s3://… for several machines

    secret_key: str = ""  # signs the session cookie and the links in e-mails
    secret_key_fallbacks: list[str] = Field(default_factory=list)  # earlier ones: still read, no longer written
    csrf_key: str = ""  # signs form tokens; rotated apart, so that open forms survive a change of the other
    audit_key: str = ""  # keys the chain of events and the secrets of second factors; never changed
    password_salt: str = ""  # pepper of Flask-Security's password hashes

    anchor_file: str = ""  # where the worker notes the end of the chain; best where the database's owner cannot write

    base_url: str = "http://127.0.0.1:8000"  # what links in e-mails begin with
    trusted_hosts: list[str] = Field(default_factory=list)
    proxies: int = 0  # how many proxies of ours add X-Forwarded-* headers
    serves_https: bool = False  # true where the web server itself speaks TLS, without a proxy before it

    office_name: str = "Police and Crime Commissioner for Cambridgeshire and Peterborough"
    office_short: str = "OPCC"
    office_colour: str = Field(default="#0b3d5c", pattern=r"^#[0-9a-fA-F]{6}$")
    office_email: str = "grants@opcc.example"
    office_phone: str = "01480 000000"
    service_name: str = "Grants and commissioning"

    legal_bases: dict[str, str] = Field(
        default_factory=lambda: dict(LEGAL_BASES)
    )  # what a fund may rest on: short name → the law

    mail_server: str = ""  # empty: mails stay in the outbox, readable in the demonstration
    mail_port: int = 587
    mail_from: str = "grants@opcc.example"

    log_level: Literal["debug", "info", "warning", "error"] | None = None  # empty: info, a line a request; else warning

    max_upload_mb: int = 5
    least_free_mb: int = 200  # of the disk below `instance`; with less /healthz is red, before anything cannot be saved
    max_form_kb: int = 1024
    xlsx_rows_at_once: int = 5000  # above it, a workbook is made by the worker
    sign_ins_per_address: int = Field(default=300, ge=300)  # in 5 minutes: a whole council shares one address
    letters_per_address: int = 60  # in 5 minutes: links and requests that make us write to somebody
    second_factor: bool | None = None  # empty: asked of staff and signatories in production, switched off elsewhere
    idle_minutes_staff: int = 30
    idle_minutes_others: int = 120
    absolute_hours_staff: int = 12
    absolute_hours_others: int = 24

    sso_discovery_url: str = ""  # https://…/.well-known/openid-configuration of the office's sign-in service; empty: none
    sso_client_id: str = ""  # as that service knows the portal
    sso_client_secret: str = ""
    sso_name: str = "your work account"  # what comes after "Sign in with" on the button
    sso_tenant: str = ""  # Entra ID: the directory's id. People are known by `oid`, and no other tenant's come in
    sso_second_factor: list[str] = Field(default_factory=list)  # `amr` or `acr` that tell of one; without, ours is asked for
    sso_claim: Literal["groups", "roles"] = "groups"  # what tells who is what there
    sso_roles: dict[str, str] = Field(default_factory=dict)  # a group or role there → a role in the office
    sso_gives_grave_roles: bool = False  # true: also administrator, decision-maker …, without a second administrator
    sso_only: bool = False  # true: passwords of the office's people are refused
    remind_returns: list[int] = Field(
        default_factory=lambda: [14, 7, 0, -7, -14, -28]
    )  # days before a return is due; below 0: after
    remind_offers: list[int] = Field(default_factory=lambda: [7, 2, 0])  # days before an offer runs out
    remind_papers: list[int] = Field(default_factory=lambda: [30, 7, 0])  # days before a document of an organisation runs out
    keep_unsuccessful_years: int = Field(default=2, ge=1)  # words of applications without a grant, after their round closed
    keep_grant_years: int = Field(default=6, ge=6)  # words of grants, after they ended: as long as a contract can be sued upon
    keep_account_years: int = Field(default=2, ge=1)  # names of people, after their last role or right ended
    keep_sign_in_years: int = Field(default=1, ge=1)  # where and when somebody signed in

    @property
    def office(self) -> dict[str, str]:
        """What pages print of the office: name, short_name, service_name, email, phone, colour."""
        return {
            "name": self.office_name,
            "short_name": self.office_short,
            "service_name": self.service_name,
            "email": self.office_email,
            "phone": self.office_phone,
            "colour": self.office_colour,
        }

    @property
    def asks_second_factor(self) -> bool:
        return self.profile == "production" if self.second_factor is None else self.second_factor

    @property
    def has_sso(self) -> bool:
        """True when the office's people may sign in where they sign in to everything else."""
        return bool(self.sso_discovery_url)

    @property
    def is_demonstration(self) -> bool:
        return self.profile == "demonstration"

    @model_validator(mode="after")
    def refuse_to_start_unsafe(self) -> Self:
        """In production every key and address must be given; elsewhere they are made and kept."""
        if self.profile == "production":
            missing = [f"PORTAL_{name.upper()}" for name in PRODUCTION_NEEDS if not getattr(self, name)]
            if "base_url" not in self.model_fields_set:
                missing.append("PORTAL_BASE_URL")
            if missing:
                raise ValueError(f"Production needs {', '.join(missing)}. For a trial, set PORTAL_PROFILE=demonstration.")
            if not self.base_url.startswith("https://"):
                raise ValueError("PORTAL_BASE_URL must begin with https:// in production.")
            self.refuse_weak_keys()
            if not self.proxies and not self.serves_https:
                raise ValueError("Set PORTAL_PROXIES to the number of your proxies, or PORTAL_SERVES_HTTPS=true without one.")
        else:
            self.trusted_hosts = self.trusted_hosts or ["127.0.0.1", "localhost"]
            for key in ("secret_key", "csrf_key", "audit_key", "password_salt"):
                if not getattr(self, key):
                    setattr(self, key, self.kept_key(key))
        return self

    @model_validator(mode="after")
    def refuse_half_of_sso(self) -> Self:
        """Single sign-on is set up whole or not at all: who counts on it must not find that it was never on."""
        missing = [f"PORTAL_{name.upper()}" for name in SSO_NEEDS if not getattr(self, name)]
        if missing and any(getattr(self, name) for name in (*SSO_NEEDS, *SSO_MORE)):
            raise ValueError(f"Single sign-on needs {', '.join(missing)} as well.")
        if self.has_sso and self.profile == "production" and not self.sso_discovery_url.startswith("https://"):
            raise ValueError("PORTAL_SSO_DISCOVERY_URL must begin with https:// in production.")
        if self.has_sso and not self.sso_discovery_url.endswith("/.well-known/openid-configuration"):
            raise ValueError("PORTAL_SSO_DISCOVERY_URL must end with /.well-known/openid-configuration.")
        if self.sso_discovery_url.startswith(ENTRA_ID) and not self.sso_tenant:
            raise ValueError("With Entra ID, single sign-on needs PORTAL_SSO_TENANT, the id of the directory, as well.")
        return self

    def refuse_weak_keys(self) -> None:
        """A key that is short, or that somebody typed to get past this, can be guessed."""
        for key in ("secret_key", "csrf_key", "audit_key"):
            value = getattr(self, key)
            if len(value) < 32 or len(set(value)) < 10:
                raise ValueError(f"PORTAL_{key.upper()} needs 32 random characters or more: python -c 'import secrets; "
                                 "print(secrets.token_urlsafe(48))' makes one.")  # fmt: skip
        if len({self.secret_key, self.csrf_key, self.audit_key}) < 3:
            raise ValueError("PORTAL_SECRET_KEY, PORTAL_CSRF_KEY and PORTAL_AUDIT_KEY must not be the same.")

    def kept_key(self, name: str) -> str:
        """A random key made once and kept beside the embedded database."""
        path = self.instance / f"{name}.txt"
        if not path.exists():
            self.instance.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(48))
        return path.read_text()

    def for_flask(self) -> dict[str, Any]:
        """The same settings under the names that Flask and its extensions read."""
        on_https = self.profile == "production"
        return {
            "SECRET_KEY": self.secret_key,
            "SECRET_KEY_FALLBACKS": self.secret_key_fallbacks,
            "WTF_CSRF_SECRET_KEY": self.csrf_key,
            "WTF_CSRF_TIME_LIMIT": None,  # people type for hours; the token lives as long as the sign-in
            "SQLALCHEMY_DATABASE_URI": self.database_url or f"sqlite:///{self.instance / 'portal.db'}",
            "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": True},
            "TESTING": self.profile == "test",
            "TRUSTED_HOSTS": self.trusted_hosts,
            "MAX_CONTENT_LENGTH": self.max_form_kb * 1024,
            "MAX_FORM_MEMORY_SIZE": self.max_form_kb * 1024,
            "MAX_FORM_PARTS": 1000,
            "SESSION_COOKIE_NAME": "__Host-portal" if on_https else "portal",
            "SESSION_COOKIE_SECURE": on_https,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
        }
