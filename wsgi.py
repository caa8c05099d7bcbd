"""The door for gunicorn and the flask command."""

import sys

from assessment.app import create_app, refuse_demo_in_production
from assessment.config import SettingsError

try:
    app = create_app()
    refuse_demo_in_production(app)
except SettingsError as error:
    sys.exit(f"Same table cannot start. {error}.")
