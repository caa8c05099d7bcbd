"""The scene is that of every page: a round of each kind, and somebody who may open each."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.integration.fuzz.scene import Scene, scene_of
from tests.integration.test_queries import Everyone, everyone, sent

__all__ = ["everyone", "scene", "sent"]


@pytest.fixture
def scene(app: Flask, everyone: Everyone) -> Scene:
    return scene_of(app, everyone)
