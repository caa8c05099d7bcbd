"""Importing a list of departments and services, and taking everything out again."""

from __future__ import annotations

from uuid import UUID

from flask import Response, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from assessment.pages.access import this_place
from assessment.pages.clock import now, today
from assessment.pages.dimension_words import sectors
from assessment.pages.holders import someone
from assessment.pages.manage.blueprint import blueprint
from assessment.pages.place_forms import ListForm
from assessment.pages.stale import is_stale, stale_message
from assessment.store.db import reading
from assessment.workflows.exports import export_of, note_export
from assessment.workflows.imports import ImportPlan, ListChanged, import_places, plan_import
from assessment.workflows.place_list import PlaceList, as_list, as_text, read_places

MOST_SHOWN = 200


@blueprint.route("/import", methods=["GET", "POST"], endpoint="import_list")
def import_list(organisation_id: UUID) -> ResponseReturnValue:
    """A list is first shown as it would be taken in. Only what was shown is taken in."""
    if request.method != "POST" or is_stale():
        return _ask(organisation_id)
    text = _typed()
    if not text.strip():
        return _ask(organisation_id, _("Choose a file, or paste a list."))
    read = read_places(text, dict(sectors()))
    if read.faults:
        return _ask(organisation_id, read=read)
    if "import" in request.form:
        return _taken_in(organisation_id, read)
    return _preview(organisation_id, read)


def _typed() -> str:
    """What was uploaded, else what was pasted."""
    file = request.files.get("file")
    data = file.read() if file else b""
    return as_text(data) if data else request.form.get("text", "")


def _preview(organisation_id: UUID, read: PlaceList, changed: bool = False) -> ResponseReturnValue:
    plan = _plan(organisation_id, read)
    if plan.faults:
        return _ask(organisation_id, read=PlaceList(read.lines, plan.faults))
    return render_template(
        "manage/import_preview.html",
        plan=plan,
        services=[(one, dict(sectors())[one.sector]) for one in plan.services[:MOST_SHOWN]],
        more=max(0, len(plan.services) - MOST_SHOWN),
        text=as_list(read.lines),
        changed=changed,
    )


def _taken_in(organisation_id: UUID, read: PlaceList) -> ResponseReturnValue:
    try:
        import_places(organisation_id, read.lines, request.form.get("digest", ""), someone().id, now())
    except ListChanged:
        return _preview(organisation_id, read, changed=True)
    return redirect(url_for("manage.services", organisation_id=organisation_id, done="imported"))


def _plan(organisation_id: UUID, read: PlaceList) -> ImportPlan:
    with reading() as session:
        return plan_import(session, organisation_id, read.lines)


def _ask(organisation_id: UUID, problem: str = "", read: PlaceList | None = None) -> ResponseReturnValue:
    # What was pasted stays as it was; an uploaded file is mended where it is kept.
    form = ListForm()
    page = render_template(
        "manage/import.html",
        form=form,
        problem=problem,
        faults=read.faults[:MOST_SHOWN] if read else (),
        sectors=sectors(),
        stale=stale_message() if is_stale() else "",
    )
    return page, 422 if problem or read else 200


@blueprint.route("/export", methods=["GET", "POST"])
def export(organisation_id: UUID) -> ResponseReturnValue:
    if request.method != "POST":
        return render_template("manage/export.html")
    note_export(organisation_id, someone().id, now())
    name = f"same-table-{this_place().organisation_id}-{today()}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    pieces = stream_with_context(export_of(organisation_id, now()))
    return Response(pieces, mimetype="application/zip", headers=headers)
