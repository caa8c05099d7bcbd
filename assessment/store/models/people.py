"""Who runs things: persons, how they sign in, what they may do, and what they did. Never a respondent."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from assessment.store.db import Base
from assessment.store.models.places import NAME
from assessment.store.models.rounds import HASH
from assessment.store.models.types import Moment, checked

EMAIL = 320
ROLES = ("service member", "service lead", "organisation lead", "network analyst", "network admin")
OF_ONE_PLACE = (
    "(role IN ('service member', 'service lead') AND service_id IS NOT NULL AND organisation_id IS NULL)"
    " OR (role = 'organisation lead' AND organisation_id IS NOT NULL AND service_id IS NULL)"
    " OR (role IN ('network analyst', 'network admin') AND organisation_id IS NULL AND service_id IS NULL)"
)


class Person(Base):
    """Someone with an account. Erased, the row stays without name and address, so that history holds together."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(String(NAME), default="")
    email: Mapped[str | None] = mapped_column(String(EMAIL))
    email_key: Mapped[str | None] = mapped_column(String(EMAIL), unique=True)
    made_on: Mapped[date]
    erased_on: Mapped[date | None]


class Membership(Base):
    """A role that a person holds: in one service, in one organisation, or in the network."""

    __tablename__ = "membership"
    __table_args__ = (
        CheckConstraint(OF_ONE_PLACE, name="of_one_place"),
        Index("ix_membership_person_id", "person_id"),
        Index("ix_membership_organisation_id", "organisation_id"),
        Index("ix_membership_service_id", "service_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(checked(*ROLES, name="role"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    made_on: Mapped[date]


class Offer(Base):
    """A role offered by e-mail. Its token is made when the message is sent, as a link of purpose ``offer``."""

    __tablename__ = "offer"
    __table_args__ = (
        CheckConstraint(OF_ONE_PLACE, name="of_one_place"),
        Index("ix_offer_organisation_id", "organisation_id"),
        Index("ix_offer_service_id", "service_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    email: Mapped[str] = mapped_column(String(EMAIL))
    email_key: Mapped[str] = mapped_column(String(EMAIL))
    role: Mapped[str] = mapped_column(checked(*ROLES, name="role"))
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    offered_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    made_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[str] = mapped_column(checked("waiting", "sent", "bounced", "accepted", "withdrawn", name="state"))


class Claim(Base):
    """A service that a team started without an account asks its organisation to say that it is theirs."""

    __tablename__ = "claim"
    __table_args__ = (Index("ix_claim_service_id", "service_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(String(EMAIL))
    note: Mapped[str] = mapped_column(Text, default="")
    made_on: Mapped[date]
    state: Mapped[str] = mapped_column(checked("waiting", "accepted", "declined", name="state"))
    decided_on: Mapped[date | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    # Why it was declined, for the team to read.
    reason: Mapped[str] = mapped_column(Text, default="")


class Identity(Base):
    """A person as an organisation's own sign-in knows them."""

    __tablename__ = "identity"

    issuer: Mapped[str] = mapped_column(String(NAME), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    made_on: Mapped[date]


class Provider(Base):
    """The OpenID Connect provider of one organisation, set by the operator. Its secret is sealed."""

    __tablename__ = "provider"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    issuer: Mapped[str] = mapped_column(String(NAME), unique=True)
    client_id: Mapped[str] = mapped_column(String(255))
    client_secret_sealed: Mapped[str] = mapped_column(Text)
    domains: Mapped[str] = mapped_column(Text)


class Passkey(Base):
    """A key that a person's own device holds; here is only its public half."""

    __tablename__ = "passkey"
    __table_args__ = (Index("ix_passkey_person_id", "person_id"),)

    id: Mapped[str] = mapped_column(String(1400), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    public_key: Mapped[str] = mapped_column(Text)
    sign_count: Mapped[int]
    name: Mapped[str] = mapped_column(String(NAME))
    made_on: Mapped[date]
    used_on: Mapped[date | None]


class SignInRequest(Base):
    """Somebody asked for a link by e-mail; without a person where the address is not known."""

    __tablename__ = "sign_in_request"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    asked_at: Mapped[datetime] = mapped_column(Moment)


class SignInLink(Base):
    """A link that was sent. It signs in once, until ``ends_at``."""

    __tablename__ = "sign_in_link"

    hash: Mapped[str] = mapped_column(String(HASH), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    ends_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class SignIn(Base):
    """A browser that is signed in: only the hash of its secret is kept. Signing out deletes the row."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_person_id", "person_id"),)

    hash: Mapped[str] = mapped_column(String(HASH), primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    way: Mapped[str] = mapped_column(checked("link", "passkey", "provider", "demo", name="way"))
    browser: Mapped[str] = mapped_column(String(100), default="")
    began_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime] = mapped_column(Moment)


class Audit(Base):
    """Who did what to which object, and when. Rows are only added: triggers of the database keep them for six years.

    ``of`` is the object's id and ``detail`` a name or number; never an answer, never what a respondent did.
    """

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_organisation_id", "organisation_id", "at"),
        Index("ix_audit_at", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[UUID | None]
    what: Mapped[str] = mapped_column(String(60))
    organisation_id: Mapped[UUID | None]
    service_id: Mapped[UUID | None]
    of: Mapped[UUID | None]
    detail: Mapped[str] = mapped_column(Text, default="")


class Rate(Base):
    """How often something was done within a window; ``key`` is a keyed hash that names nobody."""

    __tablename__ = "rate"

    key: Mapped[str] = mapped_column(String(HASH), primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    times: Mapped[int]
