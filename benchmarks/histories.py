"""What happened to each case of a measured database?"""

import json

HISTORY: tuple[tuple[str, str], ...] = (
    ("captured", "{}"),
    ("moved", '{"move":"answer"}'),
    ("noted", '{"text":"She called back."}'),
    ("moved", '{"move":"post_acknowledgement"}'),
    ("assigned", '{"to":"Member 3"}'),
    ("moved", '{"move":"contact_in_private"}'),
    ("touchpoint", '{"direction":"in","text":"It was order 4711."}'),
    ("noted", '{"text":"The courier looks for it."}'),
    ("moved", '{"move":"finish_step"}'),
    ("noted", '{"text":"Found in the depot, and sent again."}'),
)
"""What happened to each case: its kind, and what was said."""
SAID = [json.loads(body).get("text", "") for _kind, body in HISTORY]
