"""For the `aerich` command, which drafts migrations from the models (aerich.ini names this)."""

from billwright import settings
from billwright.database import tortoise_config
from billwright.server import database_url_of

TORTOISE_ORM = tortoise_config(database_url_of(settings.load()))
