"""Quotes and signatures of a mail: what is new in an answer, told from what its program added below."""

import re

LONGEST_TEXT = 200_000
HEAD = re.compile(
    r"^[> ]*(?:(?:Le|On|Am|El|Il) [^\n]{4,160}?(?:\n[^\n]{0,120}?)?"
    r"(?:a écrit|wrote|schrieb[^\n]{0,80}|escribió|ha scritto)[ \u00a0\u202f]*:|"
    r"-{3,20} ?(?:Original Message|Message d['’]origine|Message transféré|Forwarded message|"
    r"Ursprüngliche Nachricht) ?-{3,20})[ \t]{0,20}$",
    re.MULTILINE | re.IGNORECASE,
)
"""The line by which a mail program introduces what it quotes; every repetition is bounded."""
FIELDS = re.compile(
    r"^(?:_{10,80}\n)?\*?(?:De|From|Von)[ \u00a0]?:\*? [^\n]{1,300}\n"
    r"(?:\*?(?:Envoyé|Sent|Date|À|To|Cc|Objet|Subject|Gesendet|An|Betreff)"
    r"[ \u00a0]?:\*? [^\n]{1,300}\n){2,8}",
    re.MULTILINE,
)
SIGNATURE = re.compile(
    r"^(?:-- ?|Envoyé (?:de|depuis) (?:mon|ma|l['’]) ?[^\n]{1,40}|Sent from my [^\n]{1,40}|"
    r"Get Outlook for [^\n]{1,20}|Télécharger Outlook pour [^\n]{1,20})$",
    re.MULTILINE,
)


def new_words(text: str) -> str:
    """What is new, or the whole when nothing would be left. Nothing is deleted: the rest is to be folded."""
    text = text.replace("\r\n", "\n")[:LONGEST_TEXT]
    starts = [found.start() for pattern in (HEAD, FIELDS) if (found := pattern.search(text))]
    new = text[: min(starts)] if starts else text
    if starts and not new.strip():
        new = _below_the_quote(text)
    signed = SIGNATURE.search(new)
    if signed and new[: signed.start()].strip():
        new = new[: signed.start()]
    return new.strip() or text.strip()


def _below_the_quote(text: str) -> str:
    """Whoever answers below: without the head and the quoted lines that follow it."""
    lines = HEAD.sub("", text, count=1).lstrip("\n").splitlines()
    quoted = next((at for at, line in enumerate(lines) if line.strip() and not line.startswith(">")), None)
    return "\n".join(lines[quoted:]) if quoted is not None else ""
