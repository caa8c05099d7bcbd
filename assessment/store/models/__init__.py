"""Every table, so that migrations see them all."""

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
    "Department",
    "Draft",
    "DraftAnswer",
    "Link",
    "Network",
    "Organisation",
    "Release",
    "ReleaseCell",
    "ResponseText",
    "Round",
    "Service",
    "Snapshot",
    "SnapshotCell",
    "SnapshotRelease",
    "StoredDefinition",
    "StoredResponse",
    "Target",
]
