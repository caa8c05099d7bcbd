"""Pages of the audit trail: of one organisation, or of the whole network."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from assessment.pages.deeds import told
from assessment.pages.paging import page_number
from assessment.store.db import reading
from assessment.store.queries.trail import AT_ONCE, deeds


def trail_page(organisation_id: UUID | None, template: str) -> ResponseReturnValue:
    page = page_number(request.args.get("page", ""))
    with reading() as session:
        count, found = deeds(session, organisation_id, page)
    last = max(0, (count - 1) // AT_ONCE)
    return render_template(template, deeds=[told(one) for one in found], count=count, page=page, last=last)
