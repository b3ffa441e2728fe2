"""`python3 backend`: sets up once, then serves http://127.0.0.1:8000. Needs nothing but a Python.

With the name of a command, `python3 backend doctor` for instance, it does that instead.
"""

import os
import sys

import setup_env

on_postgres = os.environ.get("AMENDS_DATABASE_URL", "").startswith("postgresql:")
options = sys.argv[1:]
is_command = options[:1] == ["--version"] or (options and not options[0].startswith("-"))
command = options if is_command else ["serve", *options]
setup_env.start("-P", "-m", "amends", *command, extra="pdf,stamps,postgres" if on_postgres else "pdf,stamps")
