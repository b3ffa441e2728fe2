"""Settings: encryption keys: which there are, what they seal, and how they are replaced. It shows no key."""

from datetime import UTC, datetime

from litestar import Response, get
from litestar.di import NamedDependency

from amends.gateways.secrets import Secrets
from amends.services.operation import sealing
from amends.services.operation.backups import schedule
from amends.settings import Settings
from amends.web.confirmation import confirmed
from amends.web.operation import keys_view as shown
from amends.web.page_kit import Here
from amends.web.security import Policy

PAGE = "/settings/keys"


@get(PAGE, opt={"policy": Policy.ADMIN})
@confirmed
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The keys by their fingerprints."""
    keys, changed_at = here.settings.encryption_keys, _changed_at(here.settings)
    backups = await schedule.standing(now=here.now)
    standing = await sealing.look(Secrets(keys))
    return await here.render(
        "settings/keys.html",
        page=shown.page(keys, standing, backups.last_good, changed_at=changed_at, now=here.now),
    )


def _changed_at(settings: Settings) -> datetime | None:
    """When the file of the keys was last written; None where the environment names them."""
    path = settings.data_dir / "encryption_keys"
    try:
        is_read = path.read_text().strip() == ",".join(settings.encryption_keys)
    except (OSError, UnicodeDecodeError):
        return None
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if is_read else None


routes = (show,)
