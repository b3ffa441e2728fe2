"""Tables of captures: what was seen, its evidence, uploads, feeds, mails."""

from piccolo.columns import (
    JSONB,
    UUID,
    BigInt,
    Boolean,
    Bytea,
    ForeignKey,
    Integer,
    OnDelete,
    Real,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.rules.vocabulary import Severity
from amends.tables.case import Author, Case, Post
from amends.tables.indexes import Index
from amends.tables.team import Member


class Capture(Table, tablename="capture"):
    """Our copy of a post as one member saw it at one moment. Immutable; its id is chosen by the extension."""

    id = UUID(primary_key=True)
    body_hash = Varchar(length=64)  # of the request, so that a retry is told from a second thing
    post = ForeignKey(Post, on_delete=OnDelete.cascade, null=False, index=True)
    author = ForeignKey(Author, on_delete=OnDelete.set_null, null=True, default=None)
    member = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    platform = Varchar(length=32)
    kind = Varchar(length=8)
    external_id = Varchar(length=4_100, default="")
    url = Text(default="")
    title = Text(default="")
    text = Text(default="")
    truncated = Boolean(default=False)
    lang = Varchar(length=35, default="")  # of the author; empty where only a translation tells
    # Of the words, where the page had only a translation; empty where nothing says which
    translated_to = Varchar(length=35, null=True, default=None)
    posted_at = Timestamptz(null=True, default=None)
    posted_approximately = Boolean(default=False)
    time_text = Varchar(length=200, default="")
    rating = Real(null=True, default=None)
    rating_max = Real(null=True, default=None)
    metrics = JSONB()
    context = JSONB()
    media = JSONB()
    quoted = Text(default="")
    missing = JSONB()
    shortened = JSONB(null=True, default=None)  # fields that were too long; None before they were named
    reader = JSONB()  # which reader of the extension made it, and its version
    page_url = Text(default="")
    page_title = Text(default="")
    note = Text(default="")
    severity = Varchar(length=2, choices=Severity, null=True, default=None)
    changes = JSONB(null=True, default=None)  # what a look found; of any other second sight only what changed
    captured_at = Timestamptz(default=None)  # by the browser's clock
    received_at = Timestamptz(default=None)  # by ours


class Evidence(Table, tablename="evidence"):
    """Bytes that prove a capture, named by their SHA-256; never altered. Pages show the redrawn copy."""

    id = UUID(primary_key=True)
    capture = ForeignKey(Capture, on_delete=OnDelete.cascade, null=False, index=True)
    sha256 = Varchar(length=64)
    media_type = Varchar(length=40)
    size = BigInt()
    width = Integer()
    height = Integer()
    shown_sha256 = Varchar(length=64, null=True, default=None)
    damage = Varchar(length=16, null=True, default=None)  # why it could not be redrawn: missing, altered, …
    redacted = Varchar(length=16, null=True, default=None)  # how parts were hidden before it was sent
    kept_at = Timestamptz(default=None)


class FileTransfer(Table, tablename="file_transfer"):
    """Bytes in the evidence store that no row names yet (`in`), or that are being erased (`out`), until then.

    What is still here after `until` was broken off: the worker erases the bytes, unless a row names them.
    """

    id = UUID(primary_key=True)
    sha256 = Varchar(length=64, index=True)
    direction = Varchar(length=3)
    until = Timestamptz(default=None)


class Upload(Table, tablename="upload"):
    """A member's table as it was sent, how its columns are read, and how far its import has come.

    Gone a day after it was sent or its import ended; `content` is empty once the import has begun.
    """

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    name = Varchar(length=120, default="")  # of the file
    content = Bytea()
    header = JSONB()
    mapping = JSONB(null=True, default=None)  # None until the columns are chosen
    state = Varchar(length=8)  # mapping, checked, running, stopped, done
    look_by = Timestamptz(null=True, default=None)
    kept_at = Timestamptz(default=None)
    started_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    lease_ends = Timestamptz(null=True, default=None)  # until then one worker has its lines


class ImportLine(Table, tablename="import_line"):
    """One line of an imported table: what was read of it, and what becomes or became of it."""

    id = UUID(primary_key=True)
    upload = ForeignKey(Upload, on_delete=OnDelete.cascade, null=False)
    number = Integer()  # in the file, as editors count
    state = Varchar(length=8)  # new, known, repeat, wrong; once imported made
    cells = JSONB()  # by field
    title = Varchar(length=200, default="")
    author = Varchar(length=200, default="")
    platform = Varchar(length=32, default="")
    posted_at = Timestamptz(null=True, default=None)
    post_key = Varchar(length=500, default="")
    wrong = JSONB()  # a sentence for each field that is not understood
    case_number = Integer(null=True, default=None)
    same_as = Integer(null=True, default=None)

    one_number_each = Unique([upload, number])


class ColumnMapping(Table, tablename="column_mapping"):
    """How the columns of a table were mapped last, by their names: the next such table is read alike."""

    signature = Varchar(length=64, primary_key=True)
    mapping = JSONB()
    used_at = Timestamptz(default=None)


class Feed(Table, tablename="feed"):
    """An RSS or Atom feed whose items are proposed as cases.

    `failure` is the word of the last fetch, if it failed. One that is `gone` (410) is fetched no more.
    """

    id = UUID(primary_key=True)
    name = Varchar(length=80)
    address = Text(default="")
    etag = Varchar(length=500, default="")
    modified = Varchar(length=100, default="")
    next_at = Timestamptz(default=None, index=True)
    fetched_at = Timestamptz(null=True, default=None)  # the last time that it answered
    failures = Integer(default=0)  # in a row
    failure = Varchar(length=16, default="")
    status = Integer(default=0)  # of the answer that was a failure
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)


class FeedItem(Table, tablename="feed_item"):
    """An item of a feed: waiting, opened as a case, ignored, or old when its feed was added.

    `key` and `page`, a hash of the folded address, know it again, also of another feed. Its words go once it
    has been settled for a while.
    """

    id = UUID(primary_key=True)
    feed = ForeignKey(Feed, on_delete=OnDelete.cascade, null=False)
    key = Varchar(length=64)
    page = Varchar(length=64, default="", index=True)
    state = Varchar(length=8)
    address = Text(default="")
    title = Varchar(length=300, default="")
    words = Text(default="")
    author = Varchar(length=200, default="")
    posted_at = Timestamptz(null=True, default=None)
    found_at = Timestamptz(default=None)
    settled_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    settled_at = Timestamptz(null=True, default=None)

    once_a_feed = Unique([feed, key])


class Mail(Table, tablename="mail"):
    """A mail that came in: new, waiting for a member, on a case, proposed as a post, or set aside.

    `digest` and `identity` know it again. Its bytes are kept as evidence is, under `sha256`. They and its
    words go once it has been set aside for a while (then it is `gone`), with its case, or with its writer.
    """

    id = UUID(primary_key=True)
    digest = Varchar(length=64, unique=True)
    identity = Varchar(length=250, default="", index=True)  # its Message-ID
    sha256 = Varchar(length=64, null=True, default=None, index=True)
    size = BigInt()
    sender = Varchar(length=254, default="")  # the address that it gives; it may be forged
    name = Varchar(length=200, default="")
    subject = Varchar(length=300, default="")
    text = Text(default="")
    words = Text(default="")  # what is new in it, without what it quotes
    automatic = Varchar(length=16, default="")  # why nobody wrote it
    state = Varchar(length=8)  # new, waiting, added, proposed, aside, gone
    reason = Varchar(length=16, default="")  # why it waits or was set aside
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=True, default=None, index=True)
    # The case that it may be about, while it waits
    suggested = ForeignKey(Case, on_delete=OnDelete.set_null, null=True, default=None, index=True)
    came_at = Timestamptz(default=None)
    settled_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    settled_at = Timestamptz(null=True, default=None)


class Mailbox(Table, tablename="mailbox"):
    """The mailbox whose mails the worker fetches, and how far it has come; `sealed` is its password.

    `last` is the UID of the last mail that is stored, `marked` of the last that was marked as read there.
    `failure` is the word of the last visit, if it failed.
    """

    id = UUID(primary_key=True)
    only = Boolean(default=True, unique=True)  # a second one cannot be written
    host = Varchar(length=253)
    port = Integer(default=993)
    user = Varchar(length=254, default="")
    sealed = Text()
    folder = Varchar(length=200, default="INBOX")
    validity = BigInt(default=0)
    last = BigInt(default=0)
    marked = BigInt(default=0)
    next_at = Timestamptz(default=None)
    fetched_at = Timestamptz(null=True, default=None)  # the last time that it answered
    failures = Integer(default=0)  # in a row
    failure = Varchar(length=16, default="")
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)


FEEDS = (Feed, FeedItem, Mail, Mailbox)
"""In the order in which they can be created."""

INDEXES = (
    # The worker: what was broken off while bytes were written or erased
    Index("ix_file_transfer_until", FileTransfer, (FileTransfer.until,)),
    # Feeds: what waits for somebody, and what was decided last
    Index("ix_feed_item_waiting", FeedItem, (FeedItem.found_at,), where="state = 'waiting'"),
    Index("ix_feed_item_settled", FeedItem, (FeedItem.settled_at,), where="settled_at IS NOT NULL"),
    # Mail: what waits for somebody; the worker: what is to be sorted
    Index("ix_mail_open", Mail, (Mail.state, Mail.came_at), where="state IN ('new', 'waiting')"),
    # Mail: what was decided last
    Index("ix_mail_settled", Mail, (Mail.settled_at,), where="settled_at IS NOT NULL"),
    # The worker: bytes of mails that are gone
    Index("ix_mail_gone", Mail, (Mail.came_at,), where="state = 'gone' AND sha256 IS NOT NULL"),
    # Sorting: on which cases an address has written
    Index("ix_mail_sender", Mail, (Mail.sender, Mail.settled_at)),
    # Extension health: captures of the last days
    Index("ix_capture_received", Capture, (Capture.received_at,)),
    # Evidence that still has to be redrawn
    Index(
        "ix_evidence_redraw", Evidence, (Evidence.kept_at,), where="shown_sha256 IS NULL AND damage IS NULL"
    ),
    # The worker page, `doctor` and the hourly look: evidence that could not be redrawn
    Index("ix_evidence_damage", Evidence, (Evidence.kept_at,), where="damage IS NOT NULL"),
    # Imports: the lines of one table in a state, in their order; the worker takes the next new ones
    Index("ix_import_line_state", ImportLine, (ImportLine.upload, ImportLine.state, ImportLine.number)),
    # Imports: those that the worker goes on with
    Index("ix_upload_running", Upload, (Upload.started_at,), where="state = 'running'"),
)
