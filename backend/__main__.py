"""`python3 backend`: sets up once, then serves http://127.0.0.1:8000. Needs nothing but a Python."""

import sys

import setup_env

setup_env.start("-P", "-m", "amends", "serve", *sys.argv[1:])
