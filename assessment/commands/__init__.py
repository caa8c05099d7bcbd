"""What operators run: the flask commands."""

from __future__ import annotations

from flask import Flask

from assessment.commands.install import prepare
from assessment.commands.questionnaire import questionnaire


def register(app: Flask) -> None:
    for command in (questionnaire, prepare):
        app.cli.add_command(command)
