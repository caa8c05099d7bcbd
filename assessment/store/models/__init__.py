"""Every table, so that migrations see them all."""

from assessment.store.models.asked import Invitation, MailStop, Mark, Reply, SoFar, Tally
from assessment.store.models.outbox import Job
from assessment.store.models.people import (
    Audit,
    Claim,
    Identity,
    Membership,
    Offer,
    Passkey,
    Person,
    Provider,
    Rate,
    SignIn,
    SignInLink,
    SignInRequest,
)
from assessment.store.models.places import Department, Network, Organisation, Service
from assessment.store.models.results import Release, ReleaseCell, Snapshot, SnapshotCell, SnapshotRelease
from assessment.store.models.rounds import (
    Draft,
    DraftAnswer,
    Link,
    ResponseText,
    Round,
    StoredDefinition,
    StoredResponse,
    Target,
)

__all__ = [
    "Audit",
    "Claim",
    "Department",
    "Draft",
    "DraftAnswer",
    "Identity",
    "Invitation",
    "Job",
    "Link",
    "MailStop",
    "Mark",
    "Membership",
    "Network",
    "Offer",
    "Organisation",
    "Passkey",
    "Person",
    "Provider",
    "Rate",
    "Release",
    "ReleaseCell",
    "Reply",
    "ResponseText",
    "Round",
    "Service",
    "SignIn",
    "SignInLink",
    "SignInRequest",
    "Snapshot",
    "SnapshotCell",
    "SnapshotRelease",
    "SoFar",
    "StoredDefinition",
    "StoredResponse",
    "Tally",
    "Target",
]
