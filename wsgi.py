"""The door for gunicorn and the flask command."""

import sys

from assessment.app import create_app
from assessment.config import SettingsError

try:
    app = create_app()
except SettingsError as error:
    sys.exit(f"Same table cannot start. {error}.")
