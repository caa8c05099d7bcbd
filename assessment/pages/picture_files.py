"""Pictures as files: an address each, and a drawing that says by itself whose it is."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, abort
from flask_babel import gettext as _

from assessment.charts.picture import Picture
from assessment.charts.standalone import Frame, standalone
from assessment.pages.words import is_demo, say

SVG = "image/svg+xml"


def picture_file(picture: Picture, frame: Frame, name: str) -> Response:
    """The picture to keep or pass on; 404 where there is nothing to draw."""
    if not picture.is_drawn:
        abort(404)
    if is_demo():
        frame = replace(
            frame, notes=(*frame.notes, _("Example: every organisation, person and figure here is made up."))
        )
    headers = {"Content-Disposition": f'attachment; filename="{name}.svg"'}
    return Response(standalone(picture, frame, say), content_type=f"{SVG}; charset=utf-8", headers=headers)
