"""Sensitive routes: what asks again who is there, five minutes after they last showed it, and why (R-19)."""

FILES = frozenset(
    {
        "GET /cases/export.csv",
        "GET /replies/table.csv",
        "GET /insights/export.csv",
        "GET /insights.pdf",
        "GET /settings/audit/export.csv",
        "POST /dossiers",
        "POST /people/{author:uuid}/copy",
    }
)
"""Those that answer with a file: a browser saves it, and stays on the page that asked who is there."""
SENSITIVE = {
    "GET /pair": "shows a code that connects a browser",
    "GET /cases/export.csv": "takes cases out",
    "GET /people/table.csv": "takes the people out",
    "GET /replies/table.csv": "takes the replies out",
    "GET /insights/export.csv": "takes figures out",
    "GET /insights.pdf": "takes figures out",
    "GET /settings/audit/export.csv": "takes the audit log out",
    "POST /dossiers": "takes cases out, with their evidence",
    "POST /cases/{number:int}/threat/links": "makes a link that opens a dossier",
    "POST /people/{author:uuid}/copy": "takes out all that is held of a person",
    "POST /people/{author:uuid}/erase": "erases a person for good",
    "POST /settings/members": "lets somebody in",
    "POST /settings/members/{member_id:uuid}/invitation": "makes a link that sets a password",
    "POST /settings/members/{member_id:uuid}/role": "changes what a member may do",
    "POST /settings/members/{member_id:uuid}/enable": "lets a member in again",
    "POST /settings/members/{member_id:uuid}/disable": "ends a member's access",
    "GET /settings/passkeys/new": "adds a key that signs in",
    "POST /settings/passkeys": "adds a key that signs in",
    "POST /settings/passkeys/{passkey_id:uuid}/remove": "changes how a member signs in",
    "POST /settings/sign-in/providers/{provider_id:uuid}/link": "adds an account that signs in",
    "POST /settings/sign-in/providers/{account_id:uuid}/unlink": "changes how a member signs in",
    "POST /settings/password/link": "makes a link that sets a password",
    "POST /settings/providers": "says who may sign members in",
    "POST /settings/providers/{provider_id:uuid}": "says who may sign members in",
    "POST /settings/providers/{provider_id:uuid}/remove": "changes how members sign in",
    "POST /settings/second-factor": "changes how a member signs in",
    "POST /settings/second-factor/confirm": "changes how a member signs in",
    "POST /settings/second-factor/codes": "makes codes that let in",
    "POST /settings/second-factor/off": "changes how a member signs in",
    "POST /settings/second-factor/wanted": "changes how leads and admins sign in",
    "POST /settings/sessions/stay": "changes how long members stay signed in",
    "POST /settings/targets": "says where nudges go",
    "POST /settings/team/targets": "says where nudges go",
    "POST /settings/targets/{target_id:uuid}": "says where nudges go",
    "POST /setup/nudges": "says where nudges go",
    "POST /settings/mail": "says from where mails come in",
    "POST /settings/outgoing-mail": "says by which account mails to customers leave",
    "POST /settings/webhooks": "says which programs hear what happens",
    "POST /settings/webhooks/{webhook_id:uuid}": "says which programs hear what happens",
    "POST /settings/webhooks/{webhook_id:uuid}/secret": "shows a secret that signs events",
    "POST /settings/webhooks/{webhook_id:uuid}/on": "says which programs hear what happens",
    "POST /settings/push": "says where nudges go",
    "POST /settings/reports": "says to whom reports go",
    "POST /settings/calendar-feed": "makes a link that shows what is due",
    "POST /settings/tokens": "makes a key that lets a program in",
    "POST /settings/retention": "says which cases are erased by themselves",
    "GET /settings/keys": "shows which keys there are, and what they seal",
    "POST /settings/backups": "changes what is left after a loss",
}
"""Method and path as the routes have them; their handlers are decorated with `confirmed`, and no others are.

A new password asks for the present one in its own form.
"""
