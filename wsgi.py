"""The door for gunicorn and the flask command."""

import sys

from assessment.app import create_app, refuse_demo_in_production
from assessment.config import SettingsError, load_settings
from assessment.logs import begin_logs

try:
    settings = load_settings()
    begin_logs(settings.logs_as)
    app = create_app(settings)
    refuse_demo_in_production(app)
except SettingsError as error:
    sys.exit(f"Same table cannot start. {error}.")
