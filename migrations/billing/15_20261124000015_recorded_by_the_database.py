"""What a batch of usage events costs: less is sent with each, and nothing is planned anew.

Why: events and transfers are written by the thousand, and to send the same instant with each took a
tenth of the time. `known_usage_events` planned a query per month each time, a third of what the
database did for a small batch; services/usage_holders.py now has one that stays prepared.
Safe: a default of columns that have values already; only our own code calls the function, which an
old process would miss until it is started anew. Undo: see below.
"""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE usage_event ALTER created_at SET DEFAULT now();
        ALTER TABLE credit_transfer ALTER created_at SET DEFAULT now();
        DROP FUNCTION known_usage_events;"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE usage_event ALTER created_at DROP DEFAULT;
        ALTER TABLE credit_transfer ALTER created_at DROP DEFAULT;
        CREATE FUNCTION known_usage_events(
            workspace_ids uuid[], event_ids text[], since timestamptz, until timestamptz
        ) RETURNS SETOF usage_event LANGUAGE plpgsql STABLE AS $$
        DECLARE
            month name;
        BEGIN
            FOR month IN
                SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                WHERE i.inhparent = 'usage_event'::regclass AND c.relname::text BETWEEN
                    'usage_event_' || to_char(since AT TIME ZONE 'UTC', 'YYYYMM')
                    AND 'usage_event_' || to_char(until AT TIME ZONE 'UTC', 'YYYYMM')
            LOOP
                RETURN QUERY EXECUTE format(
                    'SELECT known.* FROM unnest($1, $2) AS wanted (workspace_id, event_id) '
                    'CROSS JOIN LATERAL (SELECT * FROM %I e WHERE e.event_id = wanted.event_id '
                    'AND e.workspace_id = wanted.workspace_id OFFSET 0) AS known', month)
                    USING workspace_ids, event_ids;
            END LOOP;
        END $$;"""


MODELS_STATE = ""
