"""`python3 backend`: sets up once, then serves http://127.0.0.1:8000. Needs nothing but a Python.

With the name of a command, `python3 backend doctor` for instance, it does that instead.
"""

import os
import sys

import setup_env

extras = ["pdf", "stamps"]
if os.environ.get("AMENDS_DATABASE_URL", "").startswith("postgresql:"):
    extras.append("postgres")
if os.environ.get("AMENDS_S3_BUCKET"):
    extras.append("s3")
options = sys.argv[1:]
is_command = options[:1] == ["--version"] or (options and not options[0].startswith("-"))
command = options if is_command else ["serve", *options]
setup_env.start("-P", "-m", "amends", *command, extra=",".join(extras))
