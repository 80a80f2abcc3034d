"""What was used, what it cost, and who owed what: usage events, their sums, plans by time, debt.

`usage_event` has a partition per month of `occurred_at` (UTC), so that writing costs the same however
much is stored: the indexes that a batch touches are this month's. No index spans the partitions, so
an id is kept unique within a month by an index of the partition's own, and across months by
services/usage_holders.py, which looks for it under the workspace's lock (docs/decisions/0012).

Partitions are made by `make_usage_partition`: ahead of time by the worker, and by whoever meets a
month that has none. A new one is made whole and then attached: readers and writers of the others
do not wait.

Debt: a transfer without a lot is owed; what comes in repays it first, `repaid_mc` of that lot.

Safe: new tables; two columns without a rewrite; plan tenures of what there is already (few rows).
Undo: none that keeps the facts.
"""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
    CREATE TABLE usage_event (
        id UUID NOT NULL,
        created_at TIMESTAMPTZ NOT NULL,
        workspace_id UUID NOT NULL,
        event_id VARCHAR(255) NOT NULL,
        meter VARCHAR(100) NOT NULL,
        quantity DECIMAL(27,12) NOT NULL,
        provider VARCHAR(100),
        model VARCHAR(100),
        agent_id VARCHAR(255),
        session_id VARCHAR(255),
        client_id UUID,
        own_key BOOL NOT NULL,
        credits_mc BIGINT NOT NULL,
        rate_id UUID NOT NULL,
        plan_id UUID NOT NULL,
        occurred_at TIMESTAMPTZ NOT NULL,
        is_dated BOOL NOT NULL,
        PRIMARY KEY (id, occurred_at),
        CONSTRAINT usage_event_quantity_positive CHECK (quantity > 0),
        CONSTRAINT usage_event_credits_not_negative CHECK (credits_mc >= 0)
    ) PARTITION BY RANGE (occurred_at);
    COMMENT ON TABLE usage_event IS 'One thing that was used, and what it cost. Never updated, never deleted.';
    CREATE INDEX usage_event_page ON usage_event (workspace_id, occurred_at, id);
    CREATE INDEX usage_event_of_session ON usage_event (workspace_id, session_id, occurred_at, id)
        WHERE session_id IS NOT NULL;
    CREATE TRIGGER usage_event_written_once BEFORE UPDATE OR DELETE ON usage_event
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER usage_event_never_truncated BEFORE TRUNCATE ON usage_event
        EXECUTE FUNCTION refuse_change();

    CREATE FUNCTION make_usage_partition(moment timestamptz) RETURNS void LANGUAGE plpgsql AS $$
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
    -- Month by month, planned anew each time and by the ids alone: with the time among its conditions,
    -- a month that was never analysed would be searched by its workspace and time, event for event.
    -- OFFSET keeps the look-ups from being turned into a join with everything.
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
    END $$;

    SELECT make_usage_partition(now() + make_interval(months => n)) FROM generate_series(-2, 3) AS n;

    -- the same sums whoever reads them, kept in the transaction that writes the events
    CREATE TABLE usage_rollup (
        workspace_id UUID NOT NULL,
        hour TIMESTAMPTZ NOT NULL,
        meter VARCHAR(100) NOT NULL,
        provider VARCHAR(100),
        model VARCHAR(100),
        agent_id VARCHAR(255),
        client_id UUID,
        quantity NUMERIC NOT NULL,
        credits_mc BIGINT NOT NULL,
        events BIGINT NOT NULL,
        CONSTRAINT usage_rollup_once UNIQUE NULLS NOT DISTINCT
            (workspace_id, hour, meter, provider, model, agent_id, client_id),
        CONSTRAINT usage_rollup_whole_hour CHECK (extract(epoch FROM hour) % 3600 = 0),
        CONSTRAINT usage_rollup_of_events
            CHECK (events > 0 AND quantity > 0 AND credits_mc >= 0)
    ) WITH (fillfactor = 80);
    COMMENT ON TABLE usage_rollup IS 'Sums of a workspace''s usage events by the hour (UTC).';

    CREATE TABLE plan_tenure (
        id UUID NOT NULL PRIMARY KEY,
        created_at TIMESTAMPTZ NOT NULL,
        since TIMESTAMPTZ NOT NULL,
        plan_id UUID NOT NULL REFERENCES plan (id) ON DELETE RESTRICT,
        subscription_id UUID NOT NULL REFERENCES subscription (id) ON DELETE RESTRICT
    );
    COMMENT ON TABLE plan_tenure IS 'From `since` on a subscription has this plan: what its usage is rated by. Never updated.';
    CREATE INDEX plan_tenure_of_subscription ON plan_tenure (subscription_id, created_at);
    CREATE TRIGGER plan_tenure_written_once BEFORE UPDATE OR DELETE ON plan_tenure
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER plan_tenure_never_truncated BEFORE TRUNCATE ON plan_tenure
        EXECUTE FUNCTION refuse_change();
    INSERT INTO plan_tenure (id, created_at, since, plan_id, subscription_id)
        SELECT gen_random_uuid(), now(), coalesce(s.anchor, s.created_at), s.plan_id, s.id
        FROM subscription s;

    ALTER TABLE credit_lot
        ADD repaid_mc BIGINT NOT NULL DEFAULT 0,
        DROP CONSTRAINT credit_lot_within_grant,
        ADD CONSTRAINT credit_lot_within_grant
            CHECK (remaining_mc >= 0 AND repaid_mc >= 0 AND remaining_mc + repaid_mc <= granted_mc);
    -- Every transfer looked up both its accounts, and all transactions at once locked the same row of
    -- the house: two thirds of what writing a transfer cost. That the other side is the house's, or a
    -- holder's where holders transfer, is now a rule of the row itself.
    ALTER TABLE credit_transfer
        DROP CONSTRAINT credit_transfer_source_id_fkey,
        DROP CONSTRAINT credit_transfer_target_id_fkey,
        ADD CONSTRAINT credit_transfer_with_house CHECK (
            kind IN ('TRANSFER_IN', 'TRANSFER_OUT')
            OR CASE WHEN source_id = holder_id THEN target_id ELSE source_id END IN (
                '00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002',
                '00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000004')),
        ADD usage_event_id UUID,
        ALTER lot_id DROP NOT NULL,
        ADD CONSTRAINT credit_transfer_owed_goes_out
            CHECK (lot_id IS NOT NULL OR source_id = holder_id),
        ADD CONSTRAINT credit_transfer_usage_of_event
            CHECK (usage_event_id IS NULL OR kind = 'USAGE');
    """


async def downgrade(db: BaseDBAsyncClient) -> str:
    raise RuntimeError("What was used would be forgotten, and what is owed with it; restore a backup.")


MODELS_STATE = (
    "eJztXftz4riW/ldU+WUyVWyqmyTdfTO7t4oQuoeZhGRDMo+7bDmOrYCrjcz4EZq99/7vK8"
    "kP/MYyhhj1qZppjO0jk0+ypPOd1z+Png3TNMj0pKfrt+ToAv3ziKhzTA9SVzroSF0sYufZ"
    "GVd9Nvm9qq4rln/Ts+PaqubSsy+q6WB6SseOZhsL17DYA45+n6kuUtHSsr86C1XDaK6uEG"
    "0AuRYyXActTJV00PMKuTOMPGK4J2iEX7GNvIWuulg/YY/RLY0+h/2Mplqk5//ysOJaU0xv"
    "s2m7//O/9LRBdPwNO+HXxVflxcCmnkDK0FkD/Lzirhb83OPj8Oozv5P92mdFs0xvTtZ3L1"
    "buzCLR7Z5n6CdMhl2bYoJt9sNiIBLPNAO0w1P+L6YnXNvD0U/V1yd0/KJ6JuuKo/988YjG"
    "egCxJymea5jOiWbNF6p7ws58/HvwO2MyijK6fVDGgwdFOcp0I/s9qX4ITmkWYUPAIC5D7Z"
    "//9ttdo8PPHrEH9H/u3R+ffviR42E57tTmFzl2R//mgqqr+qK8B9aQazZmACmqm4X+il5x"
    "jTnOhz8pmeoGPRA9CQ/qdEd4Yt0f6zchBDeEbweAH9E/kL6x5ioYCCUd8DC8GYwfejd37H"
    "Fzx/nL5Pj1HgbsSpefXaXOHvv9ZdGX3H/3o0bQ78OHnxH7iv5xOxqkezW67+EfR+w3qZ5r"
    "KcRaKvRNXY/Z8GyIGr1z3eu0OYPDkenz8Vw1zSFx8/s8LpfqcYraIfbxlP2I/zjtfvzwiV"
    "7lv5F9+VjS2eOb3vX1cPTA36w1pl/xKgtnf6ba+VAGt6dQpL/tEFGcq98UE5OpO6Nf3797"
    "V4Leb717Pl3Ru1LjfxRc6vrXkujyTwF4w/slxLdbCd9uCb7dLL7xXyYAc0pMQrTpWKw4nE"
    "vHcwbwhW1oWNEwe2gG8EtjWjwHJwVlmob/1u2enn7svjv98On87OPH80/vokk5e6lsir4c"
    "fmETdKI7sjO25tk2JprQtB2XkXC0n1YY6qeF4/w0PchZ2395KnENNwflwiGeFqs1xoN9UG"
    "tw9od49/3Zx7NPpx/OopEdnSkb0NnBS7dp1lIlGs6ZPn4Z347ykU1KpTfthuaifyHTcA5x"
    "DilBj+GR2JmHQ/b4pvdHejT3r28v01tu1sBlqgNeqPrj2WLwx2UA/C3A16g+a1pT5RXbDv"
    "2pihhzkC/dJJPQ3u7YwBUwbublaz5VkEQtC/hny8bGlPyKVxz2If1JbKrJwTakxPp+k7+t"
    "WzxMoNdn1wuPrS4jiqtgxNEDHZvY5ZjcU6X+ftin8zzrg2dV+7pUbV0p6AzDxfO8jWMg9v"
    "nXe2yqBdvyEP2x9xz90UPankT4cwytrhXDLoFq9tK8O0+fUYk65X8SezZ7UsGwzSN7syO7"
    "hPXNebM207+3BKOF90wXjBnWEUXApSoBsl6QiriKwJeSFEGLnj0XvVg2MhzF38m6WRa4yY"
    "aBDG7bBN8BMhjIYKDW9khdBjOoMlOdmRDVkJJrBu/N09re0P5wVgHsD2eFWLNLwOjsl9Fx"
    "adsMCyG1NyEEeu8Weu96e5Wz97csE6ukYH+UEEwrBFRyV+BHZ/aL/uXt7XUC/cthig8ePd"
    "5cDuhkzruC3mS4MZo4owZX0cl8541ttbLITeQwX4WsKpawepjq1gDd0TZkxadgahXC5562"
    "ISs+kWvStiD9HjYkE1I7JT34a5dHdYTvYwnBsQhvEXdqc3yS6hk7yLXEPdg2igNDAQwFMB"
    "RHrWYowF0N3NUOi/MBTg3c1d5qNIO7GrirAblZh9z0x6rhKI6r2i79Gbn7zFKeraiJPTJu"
    "b0N3bkm4xbvBweaL4mD7NWcJLQU/KQiQV4ecDtjwl4tBnhQEyKtDPldXykx9xUoxbVwGfJ"
    "44wC8G/7O3UjQb60bupmYT+ilpAF9ghjemxFuE6ClzTWxPmSsOO8vaO0uDaKanY712hxQ0"
    "AF1Sf7MfAGlbpqlYr9gWnKBy5WGKqj5FLWzr1dCxrcxV+yudbBbY1nLN7ldYM+aqWaQOFL"
    "aSpqD9Zk6C5uTql6tBf3jTuz7+2DlLAR9qaWcZxgECXCDA5fsFHwJcIMClRUDvP8CFeb8y"
    "V4FtHT36QTsSYZ/cp2CiM5pRm6lkurVbzJ3fWp83JitkLib565qwG9oDb0lWnJxYfFiTsW"
    "ay4uXrXIppbT9p8ZaurQOMc38b5zTu85jnnBY6Q5Y4p9nhLRud0x5mOAiBs16QRfwcaH5k"
    "3JwucnYHPeMXukdAvra30VutgfbAfa1tG0wmCO5r4L5WxX3tu/Ncayz9CZ8fs4AWe0JEAh"
    "K6QezEhY2tRSIAh/dLiO95FXjPi9E9z3Gn8nlhEYDjMrVAbtlOcQ9jeG7p2BSaJUIBALha"
    "bHNgZlpgW8mfMErNI3ni36NdpPuu87fKhhGmDNCdoLcQNAkm5MAUWN0UiF9eMNVCXrHyYl"
    "tz0Z17VrqB3XvLZpoD2ayHmJTu1sHyApaXFgG9L8vLTum53sKgXXeUWxXBv9QpL4uwMJQg"
    "AmkzS9dD9NaQUYsiQS/oV3PFyxjQy1hHLK0KUonOT70ajkGfhRY2fjG+IdXG9K5FTnKsph"
    "sH/q5t01QH+Dvg7xI7Agq5mBYZCUjIhewknM+fGcXIkFBCSowrQVyCcBpgB9MJSDwFWUoM"
    "MpClgM5mIHM0ayHmMreWAIe5LRzmTNVxFc+ptTinZUFBb7OCjr8tDNpcjX5OSkIvt7mXbf"
    "xqfa31NicloZfb3MuRBi1Is6XlgGArJ9iW8XRn21JrMuZO66RYtfQAaxefdul/9nSdjgB/"
    "fKR5tdQtnVJ+LTjH3tzo7mqp2lglUIK/ucggrxbzZHPUlcP4MUZ8PXsr5sTGeLDlzHIw0i"
    "yPuPbqBwe56jd6C3rGqu2g4/uz7o8FydwafgDwbW2btTrAtwHf9nbJs1q2udsD2cbnAyKW"
    "RmgtAiBXApkup/i9EGccCgDAlQHuigLcBYCrTxO5NRtL5oj8Yo0Abz68Np4KJi9cSwDE1a"
    "xKdFuimhRBXWg7kRKTEeymzUuB2iW2pYhEZLTgVUG4GOC8qit56mcxvGsJ+cZv8+74eK4a"
    "Qhb+SEA+dLvnVYyi9K7i4XueMYu2ked9Uzt0gyyvCAdZiRG+JfjBov/shQ9uQy/shA3eju"
    "Ed6ni+sFyWu/cea5adpCKL7+qU8rzG+n7FXgtUcKnUrPmc0axT4xUT5NHespHKnB07kZuj"
    "Spwltk/QE/doeLrg1G2EXAdZNj9Dr9HxYdl5vpU7egqQvm2bxDpA+gLpm3WcEnnXIgGw/a"
    "YDxDw3SjBSOfAxJiOhPta8ygD1UyJ94bySvnBeoi+cZ9kx+pc64g6raTkJ8W7eZ9XfUmVh"
    "LsmyGUls5bPaMj14Hy6rW2lvTeoXTK0zg0RUuapF/IYNWkX61o36BFUukW0tL9DScGdoOT"
    "O0GfJ9zfnmnU6W3MXDnRkOYvvEZ9XBPG6KvddYjzw+qJBpOoju6XFWndjVQxrWJspLmOVq"
    "FDVTwLyt4/22pcuKFYYIB8XvXpEFI09WPk5vB3EOfmTIC/0N2F7YRl5m7I1xJSlpWKwrAW"
    "+aYov1WgIW68NcrNcEa95KnaBfS5bpBONbhfNzMVGJe4KeNNPSviqq+4ToUulg5ovJl1CH"
    "rpDP1jce/OwTcXwrQFykusGCyyg7Lo7YBd3JY/129hzg/dpHUwDvB7wfVErdnxPMnk3bLU"
    "d4F7ZtNqco/2cRoWGcEJIQ6eY3vuHmQHhxiMlBMGCbgwGDCB9FPBtEVlK6VAXvq7iUvS/2"
    "KXufcSoLQeOeeFm0S4q9peT2l6D43a6gbjg7cVAJgFiuOLy5sgBxGuJn1WRuSXVKkmdEpU"
    "F3z0UKQyAx8+QVHugF0tJ0RnOzCWSkhIyU7QF6/7XAgvSP21bVWaealAT4VAwGFEyrhJNp"
    "FGwZhFDirciKkTptAKLeVGKEHKxuDdAYq9Lis6B/MFaIN3+mi8CWON2xtka8KVnhCnTqbZ"
    "Ea+s3IipLuERJYNbcA6WrdiowgLdTVvIHZ+85vRnKUlDmmf73eEFg3vDFZIYsRU83UtxxZ"
    "rrRTlY1fPLL1uLrnrciKUZwAMrYeU5d+a4MwqlwWxIQ8izLeQfGUbvnghtGeVSDO5JQ7SG"
    "NZ9arHjaAmWPr4EDELlgZVK+CAa6DmLxG9dYuSwCbq+xfRMXmuf3GupsTzT4vfttHx745V"
    "JO6goDYb94I3jTk/nNoY674/vboOuk3VJb6g1whe8gopL5ZpWksHGTmlVHb4HHD8axvVzg"
    "TB8Q8c/+I1P4x65tuUoEzlkfdsv9U822a5ILL4l+RtislI6Ld2WsHL5rTQyeY062OjmZ5O"
    "Z6iw0ulcExvsBQ3AoK896FW2U2CaolCVlqQUVGrZolJL6D+m0x2aruZZdTeERObIy/Q+1A"
    "+RjBvw2A66xo4qISjhhupANlCV/GUXpirqDBQTAQ+gA8hRd7DAlrhWQS2S3WSfS08NTcB7"
    "F7QjKbKx6XAL97QFJjqj2rWZSqZb2zHu/Nb6vDGJiM8ijn1rLxr56fW9e4ccCkg7jbpPvo"
    "h59HvmVS3h4JOTRDUmvof8u5HLKiEtVcaNv1g2D3afWwSv0PFTMDaefmSZL1+C7JcLbBuW"
    "/oOD6EPRMaG35pRXarT1CZmQnkvlHJcT8tYLwqo2Q1/pkGECKP7K/4T8qZal18GEftEMHe"
    "vA3ANzL4+iKTFzT+9UctftEvpsLQLc2RbcGe+X2PKS2g1YlolVUtAFKdH0JoHKytUBl7e3"
    "14kOuBymyOHR483l4P74Pe8NepPhFnDGdCnKUaeKh3t4PyRcqj/U8csLpmvlK65T6DklK+"
    "H6ciDrSSUiM/RPEY1sTIptsZc7nFdNgM8EerhROOMKjCCsOaIAb4FVUFCLS0g1OAO0oSxJ"
    "s7R7uV+rODUsyLu1dNRupIhz3l3g3/fHv+dtE5oAViDKuZ2bg81R+MndUQMF7DOTdbYjRE"
    "tH1aek2zBBb+yD5PK0+6pRbLp4wMSzC/jq9eVOOVnN3kt3fedGpvqzbc3Rk2PQ3n5CFkFq"
    "gu9lGdX9POus4Qu0ZIQzo5k9h/4hLNkr73j0vEq5eGdJ610+CLjntm1nOsA9A/ec1MIMkr"
    "fulHd4JCRhXx9I34JD275mTGAsQL9uD8agX7dbvxbR/xpUVBKDO09VSY/+EmUl/eJVKz/F"
    "fFJiZWNfmF7BPWAM22F+LCyfxwl6mPEaUr6LDFMYVij4CVGtWpZeOhDLr0G1syeBvtK25Q"
    "H0FdBXUvqKq7pejqsMC7AcEG+eWaiS27BIus2hlkd0LeldD0dfLlB4NCG9/sPwt8EF8j8n"
    "5K43flCuHumZ8GhCHkd3veHVBfI/J6TfG/UH19cDeio6TE+pBSMomSv9Q4UozvfpURHLlf"
    "4hUyLzIP1uojMH63hD34qZlVPtbEMQWyQFBR9are9zR2KFI5nt4+IEACkxyBiefm0ChOjy"
    "YQvvNtKy8AodwCuESc6GvlI/B5LQy23uZY3tDk2qAChl/V26DSlqArYjAtuRAESqrjh5JF"
    "9J1pS0oHw1hs8rVa87L6led56tXsdyPIgrzGspmNZaPa2B3y/4/bYdzjamhWiD81Oz1jMw"
    "6IDD5Btju63DZFsSQhzK2E5G2HFnw62hSjg4yogTVU3mTWbMGNL2ZMUqyEptWttXe+ItXV"
    "sSzX6QYKRegpFKeaxE3eC3ymLVhs1gUzmsduRiwme5TW4m4VRY0dVEMcL7N+dxIYhqxf9h"
    "Ed+7I+uz3uHZz2fWEtG/Z4Vo17oOS6GSlzZ928bAa6RtalEHgdcIeI3E1+O/PJW4hpuTmL"
    "vQKBoXkSkbbmM2UT8FjSCJkxACagwczMHBvGUY78jB3H/xm4C5p9NFSmJ8E1Nku7zMgyLN"
    "uZWTovrNZXWT1jdVydXI70Z8s0n33XTHnahd1LO1mfGK9Q4iPPI0SIGYm5exfkuwu2/bjA"
    "67e9jdJ3f3/DPT38XOI+H9bfYBr+k00q3kNNItcRrpZp1G8Fw1TBGAIwEZET4/q4Lw+Vkx"
    "wuxaSpcKVqA6BUaSouCg02YHnTb6PrS3e6EkRqvNCQXYU90hvwShiOWrN8VSValN+JPRPx"
    "grxJs/Y3trAz1ra8SbkggtISU2RujgvOWzToXpoCGJ4BRR8/2XL0/Lj17LEiVfnVbX8Qni"
    "dzONnBdCoD3zYtnzDlIdKmOzD8NFrvoVs3rGwc2Oabki6v8OHsKqMzwtVM/h+64nlgjLwS"
    "5azgwTs8bod4vdz57HazB3WL0H/zI7lzAx0ps9slANIByAcADC4a338VUIB/zNxTZRzdxd"
    "fIlanBSTUjk+r6Qcn5cox+dp5Rjond3SOzaeGg4dmbWmsYywhDPZgcxclRgIYJq+j36ONq"
    "eivZwQhD5ucx/7Zk3RYL+4EIT6tT827WCBBX72TUsWr50ttg5Vi1o6yDlhc6BafErcJkwN"
    "iN23rC/LWdvcoISAzi0LRAhvqeCXxO71YwUMh9OGBD2vkMryUjoWQce/397/Or7r9Qe8yK"
    "ua9j467l8PB6OH3AKyTTYNRGLbFsQOEIlAJCbWaFbNOZ/a2pzLMpRtM811FE1YFyg6nBB/"
    "mrpA/md6HqxChDWfkfK7SCw6HP02fGDpQIODbFrR+8H1oDdmt4RH7egew1GsJcE5qStLs3"
    "TFxSAzl0BmLvD527XP317NGi1TEPZg1VAdh2q59YjupKiEW6oD2UJVYkFtqq2r9bjulCiw"
    "3W3uZ+Bmd0R6t8qM0IbkG8B1HwLXLRIDuZkVF80wU5sTb8MAb54R37LMaozsziNwU2R4Wa"
    "HVGAVflc/1785EhQ5dBxk6J2JnGGmqbRvY/sFB7MehF4sKePR/W8f2CboPNhIVYlF3+DTm"
    "lfpIXMNETwvP1mZqyj011jIv7EosFzkqfeoKOxe+X6ppraln2rz1bOkrKov5z5oQ/8evfw"
    "FaGvTt8FhN2ItE8/4PcyxT5761FvIcIKWBlJZHg5KYlF7PnpWpiUhCQvKneS5Tszzi2jnJ"
    "iEry3a9FJIS4W4X+KSZ/0vhatjE1CsoJbKby19JtRvro7rr38Pn2/uYChUcTMry5u733+f"
    "3gqB3kPcUGC5HJkQCQnZXIzvh2T3SpTssCC9ZmFgzYzu+jnw1HYWUOsWJj17MJFi1PlCsP"
    "FlCRUolTcVY0LgO+1S2mmaVAFCwiwOAfMoOfmW2bwFeyzCFpaOMrDAQBtCYIYLeO7SrRn6"
    "1vJQaS5B2dcld3/956RhLum84tBX4rCXsCo/s7yCCIJ8hfEjTHc8te/YTCPegFeqKTruso"
    "HrNSPJWYR5p/zhaWB2vBxrt4Tua03JtaI7gB4uzADBBARe+YmYu9JuJ0QkIU6IS20QmZHe"
    "0bLV9+saeexm0YuctX8o7y5SsoQqXGbt64fN0SupAYOvat7vRm4rxg+4Iez+hS4lvj/XYd"
    "nqjJIjjMFjWzPAf/4KAXZn8PHupkF66dPAGM5Ye0VoGxvHgVk9dY/p1GcA3H40duZ+SfE9"
    "K/HY0fb9iZ8GhCBn/cDe/ZqeBgQnpXvzyOuX0yPGqHfbIFRFob3QSbYNGqxM3vuaBk22bH"
    "wmj5RD3XYEvRDFAPQWsyoVXm9ftGpSXb+FLvobJkbIOvmiGc+WNWICmvP3Iv1y0epDa5fX"
    "beJA7F6lQMqc3qVKyjqrCBvlJDlZZAroO+4oXLvYER8/xdRSrQCXpgOXAt7SvyCFOEljND"
    "m3Hmjk37yC/pnccE7uQZW6hUgWomahFOSO1XxWrlDqFMhXItVzWVuZYzXxjTwkqNcan9VW"
    "p8tytdyS/T+Ldu9/T0Y/fd6YdP52cfP55/ehfVa8xeKivceDn8MhylfCCyzg4zJigKfEwI"
    "cK+HO2ZevUpEZVXHPiUI+FfHfyteNLMebL+jzLCfh7gSbDZcJxbC3ceUrTXC4i1SoC9u3h"
    "6ZVkWm2W/X8e2XGovdMggKdxvomPG9vbsh3dT4N36hOxj3xxN0hVUdUYknYi3R3/8L4W8L"
    "gy6bLHgruzXa0TOAbT6krRKwzcUribxss2N5dp46XTFJVSTdasZ5PPwyery7QP7nhNxd90"
    "Y8ymVEjx8ZiTse0O/B0YT0Hh9ulfsBe5m+sExW8a8T8nDfG40/D+4vUHgU5h9T1o2lToRM"
    "9Q3PUrY+bgdbvbANy84tZj+eq6ZZuGWMy8lU0f60+/FDtElkX8q2heOb3vV1dh8+ZYskFl"
    "eBknIyobpnRchm+cMI/V3CXZCWhE7YohNYGaoaPRATe0NN9N2h4R3OHuKbuKSkhJu4A9m0"
    "VYrlWmtaot2clAQXuzb3MrFcsXyOwf3yhTifVwpxPi8JcT7PCXHGdPuqK1S1scVDnFOy8C"
    "K1+UVqm6GtvV0rECtokFfLEHZwSkpB/GVqSjJV0ZCQmAigmUrAHquJK4hqjiigWxrSWmi8"
    "qhEYuK35qh34NmPAyplym8B4uG7qIAfvRnCTC00FcOOvfBMIj1PtyQlzzkRZAWu2aDWB8V"
    "3QjpzYxpb2LWqIvZmf74GgvtsSYinUij0H4sBudh9w43dX9iGwXniYGEvJOrdesU6/MS/I"
    "F9uaI9+UxxKrUp12it0TNOIZV70F02E356HdwTNY9tkn32nzKcxjy0PiwnpmKtI8x7Xm2P"
    "4JPTmYDjP6rCfkB7xxb81o8Ed5ZVU0VRdIJTptO/ADVdQXF9vKXONPYWLBBcQv0MfR0/SP"
    "OkG/R43Qv6+Dlux3+H8lu2PJ4sT5Jf4LJ0SjP81hvhT05aLtMFZ7xR4A3hHgHSEPsS69d4"
    "So7hgXAtoopZT7M78gpAkhgDTNcwQrn5iNNS4FFu7aFlfPoTs/he5bhPnlrCRQTKmEiXPO"
    "j4h6DyTEYGjXHtrp7bFYL+RJQ2fU7gzp0wJ8ue8x30j+MSGP4x5zveQfQeD/n0Hc/59rF0"
    "xlOFp7YdIvsSu3jw+xS/RbkQsmq1D6+XHE65OyT/b9t8H9uHfNzvhHaW33bdw044DljoT8"
    "FzEl1uZB0Cb3AEvTPNuupfKlRCXU+Q5Ex6vkHaBZtK801xFNJJwUg71bKv6T83aCmCaEQM"
    "9LF72wRFWMtQQMz1LrtT/wwHhd3TiVeFUrmPyCgMdm4K2WlqedA3cjsuuXtko65mAVag5b"
    "+Sx8aYBTK/cWttWgJfo7wbr6FtbV0Islz6wa83ApsafGXGoqpKkhyHAcj5n7fDE/dwxPC2"
    "MQ7JwgZgbh3+nL5noOszP6VsKl6iAW04Lm6qo4RU3z7YOVsW27kA5YGcHKmFrDCZ94lCCf"
    "rzDVWtBALba1ZevK25CtxRa1786c1n1/9vHs0+mHswjw6EwZzllM3z7z/ptmtUkylmdVCM"
    "uzYr7yLENX+huCuhaCtXSb6eGjq/ve54cLxD8m5PZuMLpA7N8JuesNry4Q+3dCfrtlx+zf"
    "CXkc9W+vrwf9h+HlNbMnxL+2g9Wn65pTROhv7ri1dKs7bvx4Oe7fDy9pF0SHzNAyGvzu21"
    "n4wYRQkEbM7uN/0u/3g6thIq9G8sSmXB03vdEje4D/2Y4Oh7jD78WyEPQWzrPcVupnnGu3"
    "hV5uVS9zWx/RxKqvx2TaPHHX3N6cVpgzTwunzNNMtW9GfmTh/WV8Oyqwe4QC6TfH0Fz0L2"
    "QaziHuyEtAZVAk3pcQzeOb3h9poPvXt5fpF4E1cJn2//FWeRv2YtgjAYB9C9gdbJpiuK8l"
    "tgL+cNaIneDu0hmMHwvM43EZGdNuVHKrKfGqSc/kDC+6t9FyS4heYc2Yq2Yx0jHJ9ED3RU"
    "+CJnY1y+wqVXEJzFeD/vCmd338sXOWKjAepwkyge9+CnOGVp5lqswtPCMrE5u1Zx6RDdoa"
    "fZAQA/jrw1/3JYA3oKkuCHzxeTq/Gh2RKw6p6ev1hW8dwrU6IisLvVCvF3wLfw0Tb0JQQg"
    "uvTJyQ7uEaPbyWgu5tdffy9Ui8f2NiQOm2uX9fLUOvNUcnBKGP297HSpnxtbiHlS2tri3r"
    "1T0EU0UeSqIxNgkxCGKABIf7Q7cFNZwPaA9XP/ampJSueAyDSDHdlqLbVD1dSG64LdD1kh"
    "uGi1YTOPdjbcmJcWqJ3yYYJ6qst8/a7wcCe0p9Xc0LKEARmO78ZiSaaXPoUoVVVWhmQI2C"
    "+gyygCUU2hX3iiM6K67kRykVIytQyf3Ob7IftSjhS6t7hATRa1vjdbVuSxKkRCMHQwTyIg"
    "dj6JREDsb6Y3Pk4M/Wkl6yeQpTqimYftAoS5aqEuQRHrkXxvzNVAexzKGswCpPhIqWM0yQ"
    "wVOeMkcHPS//6k6eANGDbdOjOgiiByF6MBn4gxfZ/i4v3BnKSGPDbaJiJ8Hf3BrvTkxMwh"
    "fnQF6USoy/4Sjs+pzujvICbC3LxCopsr0nRdP7KiorV+de3t5eJ/r1cpjybBg93lwO7o/f"
    "p7wSs++VTqdeZU43EJYuyKRmJYGjBo56L8C+cXWzGtvZVkIKtP+b0v6xCbQJlAPC7yZq8C"
    "Cn3I1AZ5cdYVY6S41VqOIVEjhVu6N6Da9WTifNlPBqMJtUyGfncUIxrruEE1rE7trICdGe"
    "pn/2ipXDCQgbRtUEf/QJGrISNnpY98bQ8XxhuSxmFH3FK6S6/PTCtl7pJTvLBzXaOq/E47"
    "8RT2hkEXzhJ5viVX3YndHc9IODPEIRMg2sh2V0OlHxncxPBoKpbSt2BwgmIJi+v8wyd4PR"
    "1XD05QIFByw5yX8/Duk6o/T6D8PbEUtSkjgxIXf3t/3BeOyLRccTMn7s9weDq8EVS3YSHE"
    "7I597wmp3yP8Os84Mo7zw7d9e7fxj2rq//VNZXs+cm5Go4vnt8YFfDo/T8X8XTr1vF0a9b"
    "7OfXzbj5BeE69QN9IORq+wATG9NlR68X5pOVlYYi3newFWQF2XFWkCnFYamuFDpmsZ2fra"
    "8Y6lxh+Zy5u+fnVeb48/PiSZ5dSxO6GkuwQtHUhTBPy8kH9/tKvvPvS3zn32d951WuQigU"
    "O1YpzMF0L52z/y6GvUhePvh3MtoD+JgHF8v1rXi2WQP9tLh84NORW3Hwl47+bB2eBQWlVh"
    "WeuKCEKueBqJiVTLP424K+HLW6OSUKQXdt7ufAuaxObHRCEnq5zb3cNuNpe7tWwCJdy4MC"
    "nCfAeWI/wIKl/00t/YVGZXGEtzArHwi+lQzL2bm3CXC/ExeK7bwn0lz2tuFX97wViQZ0Yn"
    "CGhbbpsLKNrUPVLv3WBrSxlUyICQWr1fQcCd7qEv+R9Xu/2Ysk5ri12ZlkbLG7aUvc4WOm"
    "2lN601OG5X7KuHagK+yq2gzrHUTwK7aR/6rmRBjt5hHgAdK2nVwHgQcIeIC00NLWLi/GPZ"
    "gevhp5lUOq+d2Esm22Ix/1e/dXF4j9OyH93vjn3t0d+8oPJuRxrFz2Rr8qvX7/9nH0cIFS"
    "Jybk9uHnwf0F4h/p9aqSzaLx4j4UQSxkH4oE2txRbTKHPttq0VuRj3AkIJ/NrfkE/abquG"
    "di4zcQkA/dswrgnhWX6EtDi78tDLomK3OL0OYzEJdH7GaEJSru2UTwbojPCqs5pVOqYRvK"
    "ArTpsNnw52WA3RQ0GxPcY8hsdOaAY2Z9jbmWoTQhCpbSNltKwQQFJqhW8KOdeiaoKhz+xs"
    "RVlXhp+VJWvWlGvkMBaae0/Zgqhs/Wtz7nso/yaPvkHZ1S2t7x71W09c0bafuHGUaBXMSX"
    "/+Aga0nQHM8te9VBjoXcmeqy7FyOZ78ar9hBdN5jFYAdpNL/6DfVjKSRbmEnS97v8kFbUP"
    "jWgg1S8fTVabk3pfU5k392YEx+YKGtRenmyUpIX+3GnRxC5CA4qx3Q7zI4qyxoOB/fwwgU"
    "rjuVNB5qC0FYe7U61I6+aibsquWjexcLpYNd18RODQYsKQkEWNsIsAxPI5JHqXn1L/AOLF"
    "H/1v6DFdQ/e33zRvXv91ngK5VWzdCSKVzOV6wzZ6sp1cUQ+6N5OufA9yqr423dGihyB6jI"
    "+f0nWlgrLrRb8vgwEhWCila81oOK1o5tFqhooKKBilaoooHCAArDbhWGWBmnPG0hWeWpRF"
    "WIVZaqpieMLTT3tFlQzcUvBB9VczEcRFtC1pKeU19cut1XTfMEjXiohbdgw7ZKcMcOngCx"
    "He3b5kJsB8R2JFdNinCu/a+4ekxMRCYNp/v+7OPZp9MPZ5FiE50p02dyKsl482ec44ZavO"
    "VbS0gXGXNWZat3VrzTO4Mso6CftxX6XerndM1x8qo1F+O7lpAQ3fNKOuN5ic54ntUZ/Y1u"
    "jS1PQlDCHc+B7HAqOVlDOipInnQ4wPr2Q0FUE0JQdwpCASAb1cHgK17mqHKpqbUvQrIbRC"
    "tN1U+g1Ib5Y2MPJGbP3deZKnE4qeRpIuJh8sV4ZRl7uLuHY80xsjh567t+BFEnW9ea2tVD"
    "gD9u27raAf4Y+OPKXgQSV4fapvZTev6sZDFvPFMNsKjAorYEemBRD5tFbUl+uJZ53UAlJt"
    "k8zKAUzXdgLYBSNN9HP0Mpmu+hl8Nc2mJ8UFIKTFRg+wNTVQvQ3YWparFOmbQtwtWzLx0q"
    "vsl5sQFTVYlVJUEsx93lU0RVIB2atCpkyUr66R/k2pyfKEvECJWo85FnikoXAikxSMUrkK"
    "yq2aVoT7HIYzLFvpUoenN/cJBH6LNMA+soaLiDHPomYl00qGEXD5mQCXkKPaCfkMaoUCfV"
    "dlCJBS0NOv48l16dqgukEh09hVDxMAqfQn1iJrFlkHlrpuoT4sdYuDN63iL4BD0F791TaD"
    "yjZ/1cXc+25U1nvulsTs+uOsz2xi95DovgcOm9PKLDNzKDWQ3MavLQDjKb1SAso/GwDOnL"
    "aVzTgavc9f68GbBqGfFvE9K7u7seMhtkcDAh94PrQW/MToVH7NznxxE/wz7D70pov0x8BT"
    "Nme9+ZPZsxc3Y1Yn1R0AB0CViWW2tZtjSOVy17UFJUwq3ZgWzFgEMGDlkCYIFDBg75UPDd"
    "J4csSoo+OvTC4BXzH5+lRGOXO6WEqMduVHB0ZyU6NKity7g7lq+R8XcdThqG3KBGX/w6FG"
    "gTDXPak41G2m9PPpW5oFt2/5uNo6bYA/igRc+rn9ATKwHFvgUcJ+cb6W2ssMDCshnL6agG"
    "+yGYts/IymBjdIJ6aKHarsGJvAW9jxc+YzTuU2zz9ISOHx/6PwKrCaymPFtniVlN2PTtaD"
    "fNl5pcUIu1/biMhNr+Thxu53QxFErsEwlIiPBOfGz/8lRCl/0c3uoKa8ZcNfNxjoul1wRf"
    "7iSQP0DYS1C+GvSHN73r4+7HzvtuqqxkPLlSEuQwylJkJMdlwF+80lieW7pYMfBIAACuBD"
    "DVsoSXvbiMfDDvqBSH4xSl9i/JFp2QAqgrQR2UixHM5h8X2mJv3DK4m9kaW0uifMU5+4nS"
    "2tUxqT0Wrn4bMBusW+27ajrKXBOz/yblwOxb2+wbUHQis0dMBPTq9EbZ5ziF7H5rEYATTO"
    "bfp8k85P0FV924GCy75ctuxub7RjazHrYNbXaUZy8LLnVKbWXq+qZNZrJi1Bs2/hTuU3Ln"
    "9Zz9SbCT3s7o03rX2mLzziu2HUMs7UZMREKudDe1pOlbJYBwcLuE6O6m5KtF3Fyvjl/Gt6"
    "MCNWYtkt6gGJqL/oVMwzlEXaYEXAZGYhULMT2+6f2Rhrt/fXuZ3m6wBi7fej379/8DmG8I"
    "KQ=="
)
