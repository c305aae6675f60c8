"""Facts about this installation as a whole."""

from piccolo.columns import Boolean, Integer, Timestamptz, Varchar
from piccolo.table import Table

from awards.db.constraints import check


class Installation(Table):
    """One row, id 1. `demonstration` is set only in an empty database; `key_fingerprint` names the key directory."""

    id = Integer(primary_key=True, null=False, default=1)
    demonstration = Boolean(null=False, default=False)
    key_fingerprint = Varchar(64, null=False, default="")
    created_at = Timestamptz(null=False)


CONSTRAINTS = [
    check(Installation, "single", "id = 1"),
]
