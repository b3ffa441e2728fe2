"""`python3 backend`: sets up once, then serves http://127.0.0.1:8000. Needs nothing but a Python."""

import os
import sys

import setup_env

on_postgres = os.environ.get("AMENDS_DATABASE_URL", "").startswith("postgresql:")
setup_env.start("-P", "-m", "amends", "serve", *sys.argv[1:], extra="postgres" if on_postgres else "")
