"""What must never be, whoever writes: checks, unique facts, immutable rows; and the indexes.

Why here: the ORM's generator writes columns and keys only. Services check the same rules first, so
that a caller hears a sentence; these hold when a service is wrong.
Safe: the tables are new and empty. Undo: none, as for the tables themselves.
"""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
    -- the price list -----------------------------------------------------------------------------
    CREATE UNIQUE INDEX catalog_version_one_current ON catalog_version (is_current)
        WHERE is_current;
    ALTER TABLE plan
        ADD CONSTRAINT plan_key_once UNIQUE (catalog_version_id, key),
        ADD CONSTRAINT plan_price_not_negative CHECK (price_cents >= 0),
        ADD CONSTRAINT plan_credits_not_negative
            CHECK (included_credits_mc >= 0 AND signup_credits_mc >= 0);
    CREATE UNIQUE INDEX plan_one_default ON plan (catalog_version_id) WHERE is_default;
    ALTER TABLE add_on
        ADD CONSTRAINT add_on_key_once UNIQUE (catalog_version_id, key),
        ADD CONSTRAINT add_on_price_not_negative CHECK (price_cents >= 0),
        ADD CONSTRAINT add_on_max_positive CHECK (max_quantity > 0);
    ALTER TABLE rate
        ADD CONSTRAINT rate_once UNIQUE NULLS NOT DISTINCT
            (catalog_version_id, meter, provider, model, effective_from),
        ADD CONSTRAINT rate_not_negative CHECK (credits_per_unit >= 0);

    -- workspaces ---------------------------------------------------------------------------------
    ALTER TABLE workspace ADD CONSTRAINT workspace_invoice_count CHECK (invoice_count >= 0);
    ALTER TABLE idempotency_record
        ADD CONSTRAINT idempotency_record_once UNIQUE (scope, mutation, key);
    ALTER TABLE installation ADD CONSTRAINT installation_is_one CHECK (id = 1);
    CREATE INDEX api_key_of_workspace ON api_key (workspace_id);
    CREATE UNIQUE INDEX seat_one_owner ON seat (workspace_id) WHERE is_owner;
    CREATE INDEX seat_taken ON seat (workspace_id, kind) WHERE status <> 'RELEASED';
    CREATE INDEX seat_page ON seat (workspace_id, id);
    ALTER TABLE seat ADD CONSTRAINT seat_released_has_instant
        CHECK ((status = 'RELEASED') = (released_at IS NOT NULL));

    -- subscriptions ------------------------------------------------------------------------------
    ALTER TABLE subscription
        ADD CONSTRAINT subscription_period_whole CHECK (
            num_nulls(anchor, period_start, period_end) = 3
            OR (num_nulls(anchor, period_start, period_end) = 0
                AND anchor <= period_start AND period_start < period_end)),
        ADD CONSTRAINT subscription_period_index CHECK (period_index >= 0);
    ALTER TABLE subscription_item
        ADD CONSTRAINT subscription_item_once UNIQUE (subscription_id, add_on_id),
        ADD CONSTRAINT subscription_item_quantity CHECK (quantity BETWEEN 1 AND 10000);

    -- invoices -----------------------------------------------------------------------------------
    CREATE FUNCTION invoice_lines_sum(lines jsonb) RETURNS bigint
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        RETURN (SELECT coalesce(sum((line ->> 'amount_cents')::bigint), 0)
                FROM jsonb_array_elements(lines) AS line);
    ALTER TABLE invoice
        ADD CONSTRAINT invoice_sequence_once UNIQUE (workspace_id, sequence),
        ADD CONSTRAINT invoice_lines_add_up CHECK (subtotal_cents = invoice_lines_sum(lines)),
        ADD CONSTRAINT invoice_total_adds_up CHECK (total_cents = subtotal_cents + tax_cents),
        ADD CONSTRAINT invoice_not_negative CHECK (tax_cents >= 0 AND total_cents >= 0),
        ADD CONSTRAINT invoice_paid_within_total
            CHECK (amount_paid_cents BETWEEN 0 AND total_cents),
        ADD CONSTRAINT invoice_paid_when_paid CHECK (
            status <> 'PAID' OR (paid_at IS NOT NULL AND amount_paid_cents = total_cents)),
        ADD CONSTRAINT invoice_void_unpaid CHECK (
            (status = 'VOID') = (voided_at IS NOT NULL)
            AND (status <> 'VOID' OR amount_paid_cents = 0)),
        ADD CONSTRAINT invoice_period_whole CHECK (
            (period_start IS NULL) = (period_end IS NULL) AND period_start < period_end);
    CREATE UNIQUE INDEX invoice_one_per_period ON invoice (subscription_id, period_start)
        WHERE reason IN ('SUBSCRIBE', 'RENEWAL') AND status <> 'VOID';
    CREATE INDEX invoice_page ON invoice (workspace_id, id);
    CREATE INDEX invoice_outstanding ON invoice (workspace_id)
        WHERE status IN ('OPEN', 'UNCOLLECTIBLE');

    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% is written once: % refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'restrict_violation',
                  HINT = 'A correction is a new row that names the old one.';
    END $$;
    CREATE FUNCTION refuse_invoice_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        may_change text[] := ARRAY['status', 'amount_paid_cents', 'paid_at', 'voided_at'];
    BEGIN
        IF to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
            RAISE EXCEPTION 'invoice % is issued: only its status and payments may change', OLD.number
                USING ERRCODE = 'restrict_violation', HINT = 'Correct it with a credit note.';
        END IF;
        IF OLD.status IN ('PAID', 'VOID') AND NEW.status <> OLD.status THEN
            RAISE EXCEPTION 'invoice % is % for good', OLD.number, OLD.status
                USING ERRCODE = 'restrict_violation', HINT = 'Correct it with a credit note.';
        END IF;
        RETURN NEW;
    END $$;
    CREATE FUNCTION refuse_catalog_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF to_jsonb(NEW) - 'is_current' IS DISTINCT FROM to_jsonb(OLD) - 'is_current' THEN
            RAISE EXCEPTION 'catalog version % is published: only whether it is current may change',
                    OLD.name
                USING ERRCODE = 'restrict_violation', HINT = 'Publish a new version.';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER catalog_version_never_rewritten BEFORE UPDATE ON catalog_version
        FOR EACH ROW EXECUTE FUNCTION refuse_catalog_rewrite();
    CREATE TRIGGER catalog_version_never_deleted BEFORE DELETE ON catalog_version
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER invoice_never_rewritten BEFORE UPDATE ON invoice
        FOR EACH ROW EXECUTE FUNCTION refuse_invoice_rewrite();
    CREATE TRIGGER invoice_never_deleted BEFORE DELETE ON invoice
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER plan_written_once BEFORE UPDATE OR DELETE ON plan
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER add_on_written_once BEFORE UPDATE OR DELETE ON add_on
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER rate_written_once BEFORE UPDATE OR DELETE ON rate
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER catalog_version_never_truncated BEFORE TRUNCATE ON catalog_version
        EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER plan_never_truncated BEFORE TRUNCATE ON plan EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER add_on_never_truncated BEFORE TRUNCATE ON add_on
        EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER rate_never_truncated BEFORE TRUNCATE ON rate EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER invoice_never_truncated BEFORE TRUNCATE ON invoice
        EXECUTE FUNCTION refuse_change();

    -- payments -----------------------------------------------------------------------------------
    CREATE UNIQUE INDEX payment_method_one_default ON payment_method (workspace_id)
        WHERE is_default;
    ALTER TABLE payment_method ADD CONSTRAINT payment_method_default_attached
        CHECK (NOT (is_default AND detached_at IS NOT NULL));
    CREATE INDEX payment_method_attached ON payment_method (workspace_id, id)
        WHERE detached_at IS NULL;
    CREATE UNIQUE INDEX payment_one_undecided ON payment (invoice_id)
        WHERE status IN ('PENDING', 'REQUIRES_ACTION', 'PROCESSING');
    CREATE INDEX payment_of_invoice ON payment (invoice_id, id);
    CREATE INDEX payment_undecided ON payment (id)
        WHERE status IN ('PENDING', 'REQUIRES_ACTION', 'PROCESSING');
    ALTER TABLE payment
        ADD CONSTRAINT payment_amount_positive CHECK (amount_cents > 0),
        ADD CONSTRAINT payment_refunded_within CHECK (refunded_cents BETWEEN 0 AND amount_cents),
        ADD CONSTRAINT payment_decided_has_instant CHECK (
            (status IN ('PENDING', 'REQUIRES_ACTION', 'PROCESSING')) = (decided_at IS NULL));
    ALTER TABLE sandbox_charge ADD CONSTRAINT sandbox_charge_positive CHECK (amount_cents > 0);

    -- credits ------------------------------------------------------------------------------------
    INSERT INTO credit_account (id, created_at, kind) VALUES
        ('00000000-0000-4000-8000-000000000001', now(), 'ISSUED'),
        ('00000000-0000-4000-8000-000000000002', now(), 'CONSUMED'),
        ('00000000-0000-4000-8000-000000000003', now(), 'EXPIRED'),
        ('00000000-0000-4000-8000-000000000004', now(), 'ADJUSTED');
    ALTER TABLE credit_account ADD CONSTRAINT credit_account_has_holder
        CHECK ((kind = 'WORKSPACE') = (workspace_id IS NOT NULL));
    CREATE UNIQUE INDEX credit_account_house_once ON credit_account (kind)
        WHERE workspace_id IS NULL;
    ALTER TABLE credit_balance
        SET (fillfactor = 70),
        ADD CONSTRAINT credit_balance_held_not_negative CHECK (held_mc >= 0);
    ALTER TABLE credit_lot
        ADD CONSTRAINT credit_lot_within_grant CHECK (remaining_mc BETWEEN 0 AND granted_mc),
        ADD CONSTRAINT credit_lot_positive CHECK (granted_mc > 0),
        ADD CONSTRAINT credit_lot_plan_has_period CHECK (
            (source = 'PLAN') = (subscription_id IS NOT NULL)
            AND (source = 'PLAN') = (period_start IS NOT NULL)
            AND (source = 'PLAN') = (plan_id IS NOT NULL));
    CREATE UNIQUE INDEX credit_lot_one_per_period
        ON credit_lot (subscription_id, period_start, plan_id) WHERE source = 'PLAN';
    CREATE INDEX credit_lot_unspent ON credit_lot (account_id, id) WHERE remaining_mc > 0;
    CREATE INDEX credit_lot_page ON credit_lot (account_id, id);
    ALTER TABLE credit_transfer
        ADD CONSTRAINT credit_transfer_positive CHECK (amount_mc > 0),
        ADD CONSTRAINT credit_transfer_between_two CHECK (source_id <> target_id),
        ADD CONSTRAINT credit_transfer_of_holder CHECK (holder_id IN (source_id, target_id)),
        ADD CONSTRAINT credit_transfer_sequence_once UNIQUE (holder_id, sequence);
    CREATE INDEX credit_transfer_of_lot ON credit_transfer (lot_id);
    CREATE TRIGGER credit_transfer_written_once BEFORE UPDATE OR DELETE ON credit_transfer
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER credit_transfer_never_truncated BEFORE TRUNCATE ON credit_transfer
        EXECUTE FUNCTION refuse_change();
    """


async def downgrade(db: BaseDBAsyncClient) -> str:
    raise RuntimeError("Without these constraints the tables are no books; drop the database instead.")


MODELS_STATE = (
    "eJztXW1zozi2/iuqfNmeKm+q20k6Pdl7t4o47h7POHauX3pm9voWUUCJqWDhAZy0d3b++5"
    "V4MwiBEcYOplXV1cbAEc5zhHTOc46O/jx5MEzTwE+niq4P8ckV+PMEwwUiB8yVFjiBy2Xs"
    "PD3jwgfTuxfqumr5Nz04rg01l5x9hKaDyCkdOZptLF3Dog84+XUOXQDBq2U/O0uoIbCAa0"
    "AaAK4FDNcBSxPiFnhYA3eOwAob7ikYoBdkg9VShy7ST+ljdEsjz6E/o6oWyfk/Vkh1rSdE"
    "brNJu//7f+S0gXX0DTnh1+Wz+mggU08gZei0Ae+86q6X3rnptHfz2buT/toHVbPM1QJv7l"
    "6u3bmFo9tXK0M/pTL02hPCyKY/LAYiXplmgHZ4yv/F5IRrr1D0U/XNCR09wpVJVXHyX48r"
    "rFENAPokdeUapnOqWYsldE/pmct/Br8zJqOqg+FEHXcnqnqSUiP9PYweglOahWkXMLBLUf"
    "vzL7/dDTre2RP6gM5Pyujd2ccfPDwsx32yvYsedid/eYLQhb6op4EN5JqNKEAqdNPQ35Ar"
    "rrFAfPiTkowa9ED0NDwoo47wxEYfmzchBDeEbw+An5A/kLyx5jroCDkKmPRuu+OJcntHH7"
    "dwnD9MDz9l0qVX2t7ZNXP2na8vi7zk/rsfNQJ+7U1+AvQr+Ndw0GW1Gt03+dcJ/U1w5Voq"
    "tl5V8qZu+mx4NkSN3LnROmnO8OBI6Xy8gKbZwy5f53E5RuMEtWPU8RP9EX8/a19+/ESuer"
    "+RfrnMUfb4Vun3e4OJ92ZtMH1G6zScnTm0+VAGtzMokt92jCgu4DfVRPjJnZOvH96/z0Hv"
    "qzLyhityF9P/B8Gltn8tia73KQBveH8D8W0Xwredg287jW/8lwnAzIg1EG3SFwt259z+nA"
    "J8aRsaUjVEH5oC/Np4yh6Dk4JNGoZ/bLfPzi7b788+fro4v7y8+PQ+GpTTl/KG6OveFzpA"
    "J9SRHrG1lW0jrAkN23GZBvb2swJd/Syzn5+xnZy2/ccKYtdwOShndnFWrFQfD+yg2uDsd/"
    "H2h/PL809nH8+jnh2dyevQ6c5LzDTrFWINcYaPn8fDAR/ZpBRrtBuaC/4DTMM5xjEkBz2K"
    "R8IyD7vsu1vlN7Y3d/rDa9bkpg1cMwp4JO7PyhaDPy4jwd8BfI34s6b1pL4g2yE/VRVjDv"
    "jSVTIJ9VXHFq6AcjOPz3yqIIlaGvDPlo2MJ/wLWnuw98hPokMNB9uQEuv4TX7dtHicQG/O"
    "biYeG75GFFdGjyMHOjKR62EyIk79qNch4zzVwQPUnl+hrasZyjBctOAZjoHY519GyIQZZn"
    "mI/nj1EP3RPdJeg/D3MLTaVgy7BKrpS4v2gj0DMXzy/iT6bPqkjG7LI3vTPTuH9eW8Wdvp"
    "3yFGYLl6IBPGHOmAIOASlwBYjwACz0XwphKGoAUPKxc8WjYwHNW3ZN00C1xlw5IMrtsA35"
    "JksCSDJbV2QOoyGEHVOXTmQlQDI1cN3tuHtYOh/fG8ANgfzzOxppcko3NYRsclbVMshNze"
    "hJD0e3fwezfmFcf2tywTQZxhHyUEWYeASO4L/OjMYdG/Hg77CfSvewwfPJjeXnfJYO6pgt"
    "xkuDGaOOUGF/HJ/OSNXb2yKE3kOF+FtCuWiHqYcGeA7kgbTcUnY2gVwmdE2mgqPlFq0q4g"
    "/Ro21CSk9kp6eK8dj+oI38ccgmMZ3iKe1Ob4JNUDcoBriWewbRWXDIVkKCRDcVJrhkKmq8"
    "l0tePifCSnJtPV3qo3y3Q1ma4myc0y5KbfVw1HdVxou+RncO3MXJ4tq4kDMm5vQ3fuSLjF"
    "1eAg81F1kP3CmUJzwU8KSsiLQ046bPjLxSBPCkrIi0O+gGt1Dl+Qmk0b5wHPE5fwi8H/sF"
    "qrmo10g2vUbEOfkZbgC4zwxhNeLUP01IUmZlNyxaVlWdqyNLBmrnSkl1ZIRgNSJeWN/QBI"
    "2zJN1XpBtuAAxZWXQ1TxIWppWy+Gjmx1Ae1nMtgska1xw+43SDMW0MxyBzJbYSlov5nToL"
    "lm6eWm2+ndKv13l61zBvjQSztPMQ5ygYtc4PL9gi8XuMgFLjUC+vALXJYI65Q+0+YQP+2c"
    "7nHnt9bxGmuQGpJeVWw9T5Vrg5qKl28jq6bFdf9F0Op4LfWtI1yX/DbJRF6OGi+ZKExey0"
    "kmssNbtiYTTeYoWLJkPQIL+zWr/JVMCzIo2S3wgB7JmA5863xrdlEF7cl0o7oZBFRQphvJ"
    "dKMi6UbfXaZRZeUqvPExDWh25DoSaGDYei8pR3QuEgE4vL+B+F4UgfciG90LTvqLz+OJAB"
    "yXKQVyzSzFA/ThhUXcRaFRIhSQABdbixqEBZbIVvkDRi6dzRP/Hnns9vvWj4WJbOoMEEtw"
    "tRQM4STkZOimeOgGPT4i4oW8IPXRthailntaugLrvWYjzZEY6yEmuda6ZMolU14joA/FlO"
    "+VnlOWBlHdCbeKvX+plV/GfmmowYqR7SydAsitIaMWrdy7Il/NtVd2nlxGOqBlMADEunfq"
    "xXAM8iywtNGj8Q1AG5G7lpxiRlU3Lvm7ug1TLcnfSf4uYREQyMW8yEiggVzIXpZf+SOjGB"
    "kSSjQS40IQ5yDMAuwgMgCJl4xixGTFKAbodMUoR7OWYilOGwmZ4LRDgpMJHVddOaUmZ1ZW"
    "Ouh1dtDRt6VBmiuh56Sk1HKdtWyjF+u51NuclJRarrOWIw9akGZj5STBlk+wvcbLU+1KrT"
    "Wx1lWLYdXYDlYvPu3a/1R0nfQAv3+wvBpzSyuXXwvO0Tc3urtYaS26cyNG31xg4BeLZrI5"
    "cO1QfowSXw+rNU1iozzY69xyENCsFXbt9d8c4MJv5BbwgKDtgHej8/YPGcW3Kn6A5NvqNm"
    "q1JN8m+ba3K3ZUM+PuAGSbNx5gsbIvGxEJciGQyXSKPghxxqGABLgwwG1RgNsS4OLDBHeP"
    "vZwxgr+5noSXD6+NngSLzW0kJMTFokrELIEmQVAXMicYsSaCXXV4KXC7xEyKSKSJEbwiCG"
    "cDzNslg+d+ZsO7kWhe/60+HR8toCEU4Y8Emodu+6JIUJTcld19L1Jh0TryvG8ah66Q5RXh"
    "IAsxwkOMJhb57yB8cB20sBc2eDeGt6ejxdJyaa3VEdIsO0lFZt/VyuV5jc39qr0RKJBSqV"
    "mLBaVZXcrJvkIHPBkvCIMVUZsNIM16bEX5jhA7r8g+BfdeasM9MByPxd1somDZ3glykfQU"
    "y+ZlWe79eZIIrtvA1pJEsCSC08lUIu9aJCDjweyisZUbFR0pvBgyJtNAH616N0LugRH5EB"
    "eFfIiLHB/iIs2Ykb/UEU9iZeUaiHf1eay+TZWGOadSYiSxUx5rzXzjQ6Sx7uTRVelzUFfP"
    "DIpTcd2N+A1bPA321kL7z9vW6xV4Ndw5eJ0b2hz4+eee8U4GSy/tw50T857aiQ/QQd5aKv"
    "pe86orVdFgxV5C/vZSXE+hZLmXt02y33VbqWxHIMJB9VUpMhHwZJvH3+1hTYO/CuSR/AZk"
    "L22DV7V46xoSRlpOwhnA12Uy2JB6vJkgQfnlTAMJlrEIz+QiDLF7Cu4109Keidfu0TkOov"
    "l/3rDtQKw/WN+8BbdX3hlvqsEuoESRN8hTTsgTB/SC7vD4pb09R/JK9XODJa8keSW5m+Lh"
    "Ei8OHE6tOcL7iKfSMUX9t4WFunFCqIFIV2/5hsaB8OQQk5ML0Oq8AC1YVaKKVyBISzZuef"
    "yHImlMH7LzmD6kEplC0LzsrzTaORtCMXKHK4r7fl9QV1wRV9Ytk3XLagT04Xf4CIqE7br3"
    "wqYgWUOAZ7g8uPPuFGMEj7giST4+wUSzK0Q9v5mmorSE60XG1u1Cu+j4zTQcJXWByF+vVw"
    "TWrddYkyATorFTVHR8zTof3TCdtQDG6UXzR+mZFd/WqRLUBPd2OkbMgq2doJbhuJRAzd/j"
    "Sdm02BDYRANNya3UeMGm1GZrOQGn5DZvRaNO/t1hsjGN6zxathffWVgYrU+B4pIjx/Wqvi"
    "6RDeLv0D+Ab7HSGhQIA1qwXuflI+zvMTLmVDefsSVjTjLmlEyo04kpw9tGMSejbiMiS0Pu"
    "UBrS00tssmCm7rw9M1hRuW1GmW0zSlRqZGQbONYdydhWKIqyNKEo4RwTkSwzm3AXM/sEYe"
    "WIyjWz3BCUoOWbkJKQ5kVF6KtdRSjkLmjnOMeArQGQ2AhYQXXJovyO6OLuXTfurkP33qoK"
    "zqiZoRLOSLI7xjtEC44C3uTguf/F84k+y2OU2E6dQyixb1OxhSyUvIlyn1uA7vzm8TyPhu"
    "1Qjocy+aeA7v9tW68+IUS39l6D4CdE699pIlEgxl/hsrcnSVKpblNuS5JKklRKOgoudFcc"
    "TolmrXXxapGagJK+QiRd52TQEzI/KP3e4MsVCI9mWOlMel+7V8D/nOE7ZTxRb6bkTHg0w9"
    "PBndK7uQL+5wx3lEGn2+93yanokB1SC2XFfSySFcf2ilhW3MfUYtujJKiiM0fLUJG3Ym5x"
    "FjnnD5gbKZnaW2tSCtmGpasekmkdZ6aasmIy05R9bQKEyPRhC1sbrKx8hY7gFUKYY9AX0n"
    "MgKbVcZy1r1Do0iQOg5uk71wzJakKaIwLmiIyiVEr0y5qjkuyvDQW6C9kfI9ZctNg5ez9G"
    "aPZIew0CnZeyaVo7p6n7mZp9q0lZmm+65uFYQMqLssn6yQetnxz3SdgM351TsVMJxg3qv2"
    "XjZt7UsC12Fs4fBeNnqhHevz0nGwPiwfzdwn7ICiZSoWmFNr/889x6BeTvWQOiCzfYFpCT"
    "eb1jYzIUVjeDtCVDYTIUljBi/lhB7HK3rMpkeuMih2N596neiolePwFd0H1OCElS4mhSO4"
    "8W3hxyIj8VTpyk2DUZrh4Y7ykdzn/xq4BZ0ckk1WB8E0NkvXYW92o7cM3+oOhDnqkf3lJg"
    "xSW917fG6W4t8Blh8LAmlvkS2Q6xRN/9Ohz9Mr5TOt0f6O4tEGimgbALgo1owbtOv9cdTD"
    "ibhlfbtLT86zbaS8tfWv5Jy//Z4IUri6XAhbK1ToCLBqwrEB3OsD9MXQH/kx0H3yaR7bvI"
    "R+wNvvYmNIswOEhnI466/a4ypreER/VQj+Go1ivmbeuRG9yPi8mAvsgKWFkHd891cA9ayb"
    "lmtP8BCjlDxyGeWymLihFtoEl1JCZUoRQwm3ig0CmlaEZUpvrVWc91zImqr3rLE4852QHi"
    "dNhO+QH1QHcvGQKHY8WStdp49FiqmlsOT5YuJldsUalj6IhGpSFBEGLnEdlX5HhumXRPZH"
    "Leb9dpUVqLVhDzNjdD5IaVg/5Ga42tbBA8lLMnzl6eIPmzug1aLcmfSf5M8mcz3BuPpx6L"
    "433OcGc4GE9vvdWhwdEMd3+7643oqeBghpWbn6djj/0Jj+pB7dTAsGPN9jpkJlZh1RVJzD"
    "5wlnHdRsdCacahSVENUJOgtaai5aC8OsMSqBh1oSHjBfFWrEmwaprFXsep4qBJ7A/QDOHc"
    "OXvd77nXmxaPkl7bPXs9iUO2kx5DaruTHlNUkbQW31UmrnAg1wLPaOn6O5D7ZZfCWdCvye"
    "TtHrvC1L3e7ClLjYmgVjgvv2Uvz9jBUQ8cftE00YSUXGOZ65i7lgtNdaFxxgvjKTO/OS7V"
    "mCoWP7bbZ2eX7fdnHz9dnF9eXnx6H2U5py/lpTtf9770BkxkNx3CnVNBUeBjQhL3crgT69"
    "deZ20TmIc9IyjxL46/gOebZ1NmbpIialGK7pBSy5lgezJwYiLcf3HMDc+QbSIFLMR288i0"
    "CsYv/HYdPy9XIw8FBgahtQHe0SiCctcjRo1/4xdiwbg/nIIbBHVAJO6x9Qr++d8AfVsaZN"
    "pUoXufNo329AwZwzgmU0nGMLJnkubGMBxrZfPc6YKJp5F0reMY496XwfTuCvifM3zXVwZX"
    "gP5Pjqc0NDCmBTCDoxlWppOhOurSl+kLzU6Nf53hyUgZjD93R7Sspn8U5hSrm8aYE2H849"
    "bLPN4c1yMGsrQNy+YuAR0voGlmV/yLyTVpHehZ+/JjZCTSL3lm4fhW6ffTdvgTnSSRuAuU"
    "lGsSqgd2hGyaE4xpwQtRFbCSUgmllRD2ZnGjIinZQKPiSIyIQtmRG8tfVM1JSZkDW2ctY8"
    "sVWzMQ3N+8NQMXhdYMXOSsGbhIrxmQ1YG/lxepboGf+qr2eLYnO57XRQDTNyus20g0a1PC"
    "pjHo5iwkyQymiC8j2TmcUg98qwmoFNrHTRzjxtVAZcEttJVb1mhRBcKCJZiOFOZyFZgOXI"
    "v7SLGtphS3zGYWzzutPIodwZYdyo4juz2e7cbvLhzUth691XCmRTdcfEE6+RbtxejHloBr"
    "AeLUPiH3FAxokh5YLakTq7cA9r763VDPDmpX+IwZnuF7P4vw3quRNQ9W/oVFsyDQVo5rLZ"
    "D9D3DvINLNyLPugb+uz0sfjHq/l3ZorWhR3Se4pGV0SdtBYqIKH11kqwvNewoVCy4A7wJ5"
    "HDlN/igZZZdR9uYQ4k2OsgdDgVgcKi4lY1ClY1Bw4Xk1olHAhJiEvzT87JwmpgWetFRGaW"
    "U0fsnyl5FCM2y8jxmejhWawON9BIuSfw/WJP++SeRRe4NNLg/5ErsynE5il8i3rEQeWrvu"
    "83TgVa6jn/T71+5orPTpGf+INVHfJtknDhi3J/BfREaszp2gTkE9S9NWtl3K4GNEG2jxHY"
    "mFVyimp1lEV5rrCBL7jJgk9ZlVRJ6zLYhpQkjGSRlITUs08LyRkGCyIT2PQBIN5sWFJKQM"
    "pD4TJwhpQkhCumVzj4ycfxkZzYwqxd/YAvEkvztKhIsjnHiBCyDsz/ES4eIIJ6yiAggHKx"
    "SrgbdZ1ZlYaDcGUgFcQ4u/OnAFYqD1dBK2Asx4STtEn4OWyO88ePz5SLDfb/g5zPPhxZ1j"
    "OUA5AedY0lGh3VANx1khHQRifrUXr5CLgZFzCmjAyfvub6Lh7Wf6SsO5r9ABS2joYAHX2U"
    "Vlqm9fxnPrZkq3ZDxXxnMLxnO/u2BuZXum4tXigWfR56wviiSqiUa8adWTZCzivEgo4jw7"
    "EnGeCkR8FztM3YyUz5Mr4H3M8PCuO7gC9P8ZvlN6N1eA/j/DX4f0mP4/w9NBZ9jvdzuT3n"
    "WfRgrjX+sRryOjqJMVqtuuuI10rRU3nl6PO6PeNVFBdEhDqIPur34E1TuYYQLSgEZ0/U/y"
    "fdS96SXqLiRPbKvlcKsMpvQB/mc9FC7XAX4vMcNAW4iXk1FIz4ibkSG1XCste1F8rHGqq2"
    "SbNnGZOg/cJc2bswJj5lnmkHnGjpieq52G9+fxcJAR0QwF2DfH0FzwH+K6O8dokeeASqFI"
    "vC8hmu9uld9YoDv94TX7ItAGrtnMvtWaZ7Bnwx4JSNh3gN0lb5Lo9o1xmSaWYyiUuJWTt8"
    "WOKBQvMsdq3L0EbpBmLKCZjXRMku3pvuhp0MS+evu+SqrmwHzT7fRulf67y9Y5s71r3F1N"
    "LYj2Sy1TtHh8fF5yfEq2SazKgdOCaactoYOEmIS/PPxlXwL5BlS8SIQGZMoogisuS2iX04"
    "UfUSsRUkkINjCi0iSvWF+hEhreSEn11lq93kgort+YmCS16qzfF8vQS43RCUGp4zrrWNar"
    "2meeew02Hj2iCVDuKF+37fpkraqdVxUUrlVVKLM12ljmkBvqHgn0jG26XmS4+CIw3fnNNG"
    "gkEEv9jcexsU7L5ftZrNmwCuzNeec32YlabEg/FM2XDjsZL1861gFz8qWXsbu25ksT5ZDf"
    "uaYVsYjFYSLNBRCHuc2noEerWOlh6StiyC+Wlkvj1OAZrelWUPT00rZeyCU7nS1deesyV7"
    "puhlgLyFxpmSv93SWe3nUHN73BlysQHNDcxf+Z9ogFpyqdSW84oDmMiRMzfDcadrrjsS8W"
    "Hc/weNrpdLs33RuaCxkczvBnpdenp/zPsNxMNyo4Q8/dKaNJT+n3f1c3V9PnZvimN76bTu"
    "jV8IgdqotE3dtFou7t7Kh7OxUPDqIo5eMvMhJWxb5Jj3TP61JhsLSsjIGV04JMGtx30uAT"
    "weEVrlXSZ5HNX8yTDTVXuHmJVe2LiyJj/MVF9iBPr7EFyDSaf0nQ1IUwZ+WaB/eHQhXIPu"
    "RUIPuQrkAGPRdCJdiRMVl1ELGlOfZ3NuxZ8s2Dfy+9PYCPUmp04bm6ss0S6LPizQOf9NyC"
    "nT+396cL8C0JKKXK78UFG+hyHomLWSyZBGklw9FJSRmPrrOW33iHryN6gQXC0AtEANEFMU"
    "0ISUhlZF9G9muA7j4i+2+yxdex4iu8x5c/jlYBbhALvI0abCjEiZlHOFtir6WtkirICdhu"
    "lLQ9bKtuusj26O3YoneTlrwI65yWVGyBZ2JOYW+Lo1j0FDyswX2KxLo/BTfIhdq8wPZKe3"
    "6WjOzWbSJuyciujOzWkUEv8QIeN6XY+E1cOsro5grQ/2e4o4x/Uu7u6FfvgG7qol4rg19U"
    "pdMZTukuLMyJGR5OfuqOroD3USayXX1NH4IgEuJ9I4E6K6pOYY4HG2a9FXyEI4HmcenV10"
    "MwoeOei/XfQKB56J4XKc2XXZmPhRZ9WxpkTlYXFibNpyAeL6BpZiZcpIRL5VvUDW4/4+Ks"
    "ffkxyrGgX/KyKsa3Sr+fTqMI8VkjyKlUUwzbUFZCy6zSjn5eCthryzIRxFmrtOOCLJ9BJP"
    "c1wUVnDutXXQ+H/YRFf91j0n8G09vrLpnxmMIpacz1wGMuFehKiMpIV50jXTKCICMItaRf"
    "C0YQiqxXk6uwMjDf7wYMY+L1PFjfOh5je8JjqZN3tHJZase/V9U2N29lqSdzBAK5iCP+mw"
    "Moc7xAC8tet4BDGWToAsMFzsp+MV6QA8hLTavaOgCSf+QbNDcMs24hJ01R7/NBO/DT1pL2"
    "UvE19azcm3LWHk19fmQ0dRA8KsVX8mQbyM3sJwdSruuQKwrqAf0+VxTkrXTj43scq9vKDi"
    "WVrw+TKwcOSqmXXjJQzVqBmvfufUyUDnJdEzkl6J2kpGR36sbupEiIN0pSUpBtaPMTnt8X"
    "XGrlOnxwc9M2Ry9btxUn92Raj1w/iWMzBn29vjkFlWy1le0XvSDb4VZuyh7iYyJycC/oBZ"
    "G3SgDh4PYGorsfY8XCLrdaf/Z2FDERuSGF4IYUbzqf/fX/CMQHFQ=="
)
