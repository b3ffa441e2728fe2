"""How long is the audit log kept before anybody has said so?"""

from amends.services.team import audit_keeping
from amends.services.team.audit_keeping import Keeping


async def test_a_year_and_for_admins_alone(database: str):
    assert await audit_keeping.standing() == Keeping(months=12, readers=False)
