"""What a batch of usage events costs: less is sent with each, and nothing is planned anew.

Why: events and transfers are written by the thousand, and to send the same instant with each took a
tenth of the time. `known_usage_events` planned a query per month each time, a third of what the
database did for a small batch; services/usage_holders.py has one that stays planned. Its plan must
be right for a month that was empty when it was made and has a million events a minute later. So the
index by which ids are found is one that only this query can use: nothing is left to choose.
Safe: defaults of columns that have values already; each month's index of ids is made anew, and while
it is, usage of that month is not written. Undo: see below.
"""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE usage_event ALTER created_at SET DEFAULT now();
        ALTER TABLE credit_transfer ALTER created_at SET DEFAULT now();

        CREATE OR REPLACE FUNCTION make_usage_partition(moment timestamptz) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            month timestamptz := date_trunc('month', moment, 'UTC');
            next_month timestamptz := date_trunc('month', month + interval '40 days', 'UTC');
            name text := 'usage_event_' || to_char(month AT TIME ZONE 'UTC', 'YYYYMM');
        BEGIN
            PERFORM pg_advisory_xact_lock(hashtextextended('billwright:usage-partition', 0));
            -- a query, not to_regclass: that may remember from before the wait that there was none
            IF EXISTS (SELECT FROM pg_class WHERE relname = name) THEN
                RETURN;
            END IF;
            EXECUTE format('CREATE TABLE %I (LIKE usage_event INCLUDING CONSTRAINTS)', name);
            EXECUTE format('CREATE UNIQUE INDEX %I ON %I (uuid_send(workspace_id), event_id)',
                           name || '_once', name);
            EXECUTE format('CREATE TRIGGER usage_event_never_truncated BEFORE TRUNCATE ON %I '
                           'EXECUTE FUNCTION refuse_change()', name);
            EXECUTE format('ALTER TABLE usage_event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                           name, month, next_month);
        END $$;
        DO $$
        DECLARE
            name text;
        BEGIN
            FOR name IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                        WHERE i.inhparent = 'usage_event'::regclass LOOP
                EXECUTE format('DROP INDEX %I', name || '_once');
                EXECUTE format('CREATE UNIQUE INDEX %I ON %I (uuid_send(workspace_id), event_id)',
                               name || '_once', name);
            END LOOP;
        END $$;

        DROP FUNCTION known_usage_events;"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE usage_event ALTER created_at DROP DEFAULT;
        ALTER TABLE credit_transfer ALTER created_at DROP DEFAULT;

        CREATE OR REPLACE FUNCTION make_usage_partition(moment timestamptz) RETURNS void LANGUAGE plpgsql AS $$
        DECLARE
            month timestamptz := date_trunc('month', moment, 'UTC');
            next_month timestamptz := date_trunc('month', month + interval '40 days', 'UTC');
            name text := 'usage_event_' || to_char(month AT TIME ZONE 'UTC', 'YYYYMM');
        BEGIN
            PERFORM pg_advisory_xact_lock(hashtextextended('billwright:usage-partition', 0));
            -- a query, not to_regclass: that may remember from before the wait that there was none
            IF EXISTS (SELECT FROM pg_class WHERE relname = name) THEN
                RETURN;
            END IF;
            EXECUTE format('CREATE TABLE %I (LIKE usage_event INCLUDING CONSTRAINTS)', name);
            EXECUTE format('CREATE UNIQUE INDEX %I ON %I (workspace_id, event_id)', name || '_once', name);
            EXECUTE format('CREATE TRIGGER usage_event_never_truncated BEFORE TRUNCATE ON %I '
                           'EXECUTE FUNCTION refuse_change()', name);
            EXECUTE format('ALTER TABLE usage_event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                           name, month, next_month);
        END $$;
        DO $$
        DECLARE
            name text;
        BEGIN
            FOR name IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                        WHERE i.inhparent = 'usage_event'::regclass LOOP
                EXECUTE format('DROP INDEX %I', name || '_once');
                EXECUTE format('CREATE UNIQUE INDEX %I ON %I (workspace_id, event_id)',
                               name || '_once', name);
            END LOOP;
        END $$;

        CREATE OR REPLACE FUNCTION known_usage_events(
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
        END $$;
        ALTER FUNCTION known_usage_events RESET ALL;"""


MODELS_STATE = ""
