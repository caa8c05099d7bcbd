"""What operators run: the flask commands."""

from __future__ import annotations

from flask import Flask

from assessment.commands.backup import backup_command, restore_command
from assessment.commands.data import data
from assessment.commands.demo.command import demo
from assessment.commands.doctor import doctor
from assessment.commands.install import prepare
from assessment.commands.jobs import jobs
from assessment.commands.organisation_sign_in import organisation
from assessment.commands.questionnaire import questionnaire
from assessment.commands.score import score
from assessment.commands.settings import settings
from assessment.commands.snapshot import snapshot
from assessment.commands.stats import stats
from assessment.commands.user import user


def register(app: Flask) -> None:
    whole = (questionnaire, prepare, organisation, snapshot, demo, score, stats, jobs, user, data, doctor, settings)
    for command in (*whole, backup_command, restore_command):
        app.cli.add_command(command)
