"""What every kind of test shares."""

from __future__ import annotations

from hypothesis import settings

# A slow machine is no fault of the code, and a test that fails here must fail the same way elsewhere.
settings.register_profile("same-table", deadline=None, derandomize=True)
settings.load_profile("same-table")
