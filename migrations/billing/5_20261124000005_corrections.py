"""Corrections and contracts: refunds, credit notes, unapplied balance; terms agreed with one workspace.

Tables and columns as aerich drafted them from the models, then what it cannot say: checks, unique
facts, rows that are written once, and the indexes. Why here: see the second file.
Safe: the tables that exist already get columns without a value or with 0, and each check that is
made anew holds of every row that the old one let in. Undo: none; notes that were issued would be lost.
"""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS "sandbox_refund" (
    "operation_id" UUID NOT NULL PRIMARY KEY,
    "charge_id" UUID NOT NULL,
    "amount_cents" BIGINT NOT NULL,
    "currency" VARCHAR(3) NOT NULL,
    "status" VARCHAR(20) NOT NULL,
    "decline_code" VARCHAR(100),
    "settles_at" TIMESTAMPTZ
);
CREATE INDEX IF NOT EXISTS "idx_sandbox_ref_charge__04c026" ON "sandbox_refund" ("charge_id");
COMMENT ON TABLE "sandbox_refund" IS 'What the sandbox provider was asked to give back of a charge.';
        CREATE TABLE IF NOT EXISTS "contract" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "price_cents" BIGINT NOT NULL,
    "currency" VARCHAR(3) NOT NULL,
    "included_credits_mc" BIGINT NOT NULL,
    "allowances" JSONB NOT NULL,
    "invoice_due_days" SMALLINT NOT NULL,
    "agreed_at" TIMESTAMPTZ NOT NULL,
    "plan_id" UUID NOT NULL REFERENCES "plan" ("id") ON DELETE RESTRICT,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "contract" IS 'Price, credits and limits agreed with a workspace. Never updated: a new one follows it.';
        CREATE TABLE IF NOT EXISTS "refund" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "status" VARCHAR(16) NOT NULL,
    "amount_cents" BIGINT NOT NULL,
    "currency" VARCHAR(3) NOT NULL,
    "reason" VARCHAR(500) NOT NULL,
    "gateway_reference" VARCHAR(255),
    "decline_code" VARCHAR(100),
    "opened_at" TIMESTAMPTZ NOT NULL,
    "expected_at" TIMESTAMPTZ,
    "decided_at" TIMESTAMPTZ,
    "payment_id" UUID NOT NULL REFERENCES "payment" ("id") ON DELETE RESTRICT,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);
COMMENT ON COLUMN "refund"."status" IS 'PENDING: PENDING\nPROCESSING: PROCESSING\nSUCCEEDED: SUCCEEDED\nFAILED: FAILED';
COMMENT ON TABLE "refund" IS 'Giving back some or all of a payment. Its id is the idempotency key at the provider.';
        CREATE TABLE IF NOT EXISTS "credit_note" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "sequence" INT NOT NULL,
    "number" VARCHAR(40) NOT NULL UNIQUE,
    "amount_cents" BIGINT NOT NULL,
    "currency" VARCHAR(3) NOT NULL,
    "reason" VARCHAR(500) NOT NULL,
    "issued_at" TIMESTAMPTZ NOT NULL,
    "invoice_id" UUID NOT NULL REFERENCES "invoice" ("id") ON DELETE RESTRICT,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT,
    "refund_id" UUID NOT NULL UNIQUE REFERENCES "refund" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "credit_note" IS 'So much of an issued invoice is not owed after all. Never updated, never deleted.';
        CREATE TABLE IF NOT EXISTS "balance_entry" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "sequence" INT NOT NULL,
    "kind" VARCHAR(16) NOT NULL,
    "amount_cents" BIGINT NOT NULL,
    "balance_after_cents" BIGINT NOT NULL,
    "currency" VARCHAR(3) NOT NULL,
    "occurred_at" TIMESTAMPTZ NOT NULL,
    "payment_id" UUID NOT NULL REFERENCES "payment" ("id") ON DELETE RESTRICT,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);
COMMENT ON COLUMN "balance_entry"."kind" IS 'LATE_PAYMENT: LATE_PAYMENT\nAPPLIED: APPLIED\nRELEASED: RELEASED\nREFUND: REFUND\nREFUND_FAILED: REFUND_FAILED';
COMMENT ON TABLE "balance_entry" IS 'One change of a workspace''s unapplied balance, signed. Never updated, never deleted.';
        ALTER TABLE "workspace" ADD "balance_entry_count" INT NOT NULL DEFAULT 0;
        ALTER TABLE "workspace" ADD "credit_note_count" INT NOT NULL DEFAULT 0;
        ALTER TABLE "workspace" ADD "balance_cents" BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE "pending_change" ADD "contract_id" UUID;
        ALTER TABLE "subscription" ADD "contract_id" UUID;
        ALTER TABLE "invoice" ADD "credited_cents" BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE "invoice" ADD "contract_credits_mc" BIGINT;
        ALTER TABLE "invoice" ADD "contract_id" UUID;
        ALTER TABLE "invoice" ADD "void_reason" VARCHAR(500);
        ALTER TABLE "payment" ALTER COLUMN "method_id" DROP NOT NULL;
        ALTER TABLE "pending_change" ADD CONSTRAINT "fk_pending__contract_10b8aad9" FOREIGN KEY ("contract_id") REFERENCES "contract" ("id") ON DELETE RESTRICT;
        ALTER TABLE "subscription" ADD CONSTRAINT "fk_subscrip_contract_b898e253" FOREIGN KEY ("contract_id") REFERENCES "contract" ("id") ON DELETE RESTRICT;
        ALTER TABLE "invoice" ADD CONSTRAINT "fk_invoice_contract_38a08789" FOREIGN KEY ("contract_id") REFERENCES "contract" ("id") ON DELETE RESTRICT;

    -- invoices: what was credited is not due, and void is for good ---------------------------------
    ALTER TABLE invoice
        DROP CONSTRAINT invoice_paid_within_total,
        DROP CONSTRAINT invoice_paid_when_paid,
        ADD CONSTRAINT invoice_paid_within_total CHECK (
            amount_paid_cents >= 0 AND credited_cents >= 0
            AND amount_paid_cents + credited_cents <= total_cents),
        ADD CONSTRAINT invoice_paid_when_paid CHECK (
            status <> 'PAID'
            OR (paid_at IS NOT NULL AND amount_paid_cents + credited_cents = total_cents)),
        ADD CONSTRAINT invoice_reason_of_void CHECK (void_reason IS NULL OR status = 'VOID'),
        ADD CONSTRAINT invoice_credits_of_contract CHECK (
            (contract_id IS NULL) = (contract_credits_mc IS NULL) AND contract_credits_mc >= 0);
    CREATE OR REPLACE FUNCTION refuse_invoice_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        may_change text[] := ARRAY['status', 'amount_paid_cents', 'credited_cents', 'paid_at',
                                   'voided_at', 'void_reason'];
    BEGIN
        IF to_jsonb(NEW) - may_change IS DISTINCT FROM to_jsonb(OLD) - may_change THEN
            RAISE EXCEPTION 'invoice % is issued: only its status and payments may change', OLD.number
                USING ERRCODE = 'restrict_violation', HINT = 'Correct it with a credit note.';
        END IF;
        IF (OLD.status = 'PAID' AND NEW.status <> 'PAID')
           OR (OLD.status = 'VOID' AND NEW IS DISTINCT FROM OLD) THEN
            RAISE EXCEPTION 'invoice % is % for good', OLD.number, OLD.status
                USING ERRCODE = 'restrict_violation', HINT = 'Correct it with a credit note.';
        END IF;
        IF NEW.credited_cents < OLD.credited_cents THEN
            RAISE EXCEPTION 'invoice % was credited for good', OLD.number
                USING ERRCODE = 'restrict_violation', HINT = 'A credit note is not taken back.';
        END IF;
        RETURN NEW;
    END $$;

    -- payments: what is given back shows in the status; without a method none is on its way --------
    ALTER TABLE payment
        ADD CONSTRAINT payment_without_method_arrived CHECK (
            method_id IS NOT NULL
            OR status IN ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED')),
        ADD CONSTRAINT payment_refunded_as_status_says CHECK (
            CASE status
                WHEN 'REFUNDED' THEN refunded_cents = amount_cents
                WHEN 'PARTIALLY_REFUNDED' THEN refunded_cents BETWEEN 1 AND amount_cents - 1
                WHEN 'DISPUTED' THEN true
                ELSE refunded_cents = 0
            END);

    -- refunds and credit notes ---------------------------------------------------------------------
    ALTER TABLE refund
        ADD CONSTRAINT refund_positive CHECK (amount_cents > 0),
        ADD CONSTRAINT refund_decided_has_instant CHECK (
            (status IN ('PENDING', 'PROCESSING')) = (decided_at IS NULL));
    CREATE UNIQUE INDEX refund_one_undecided ON refund (payment_id)
        WHERE status IN ('PENDING', 'PROCESSING');
    CREATE INDEX refund_of_payment ON refund (payment_id, id);
    CREATE INDEX refund_undecided ON refund (id) WHERE status IN ('PENDING', 'PROCESSING');
    CREATE INDEX refund_undecided_of_workspace ON refund (workspace_id)
        WHERE status IN ('PENDING', 'PROCESSING');
    ALTER TABLE credit_note
        ADD CONSTRAINT credit_note_positive CHECK (amount_cents > 0),
        ADD CONSTRAINT credit_note_sequence_once UNIQUE (workspace_id, sequence);
    CREATE INDEX credit_note_of_invoice ON credit_note (invoice_id, id);
    CREATE TRIGGER credit_note_written_once BEFORE UPDATE OR DELETE ON credit_note
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER credit_note_never_truncated BEFORE TRUNCATE ON credit_note
        EXECUTE FUNCTION refuse_change();
    ALTER TABLE sandbox_refund ADD CONSTRAINT sandbox_refund_positive CHECK (amount_cents > 0);

    -- unapplied balance ----------------------------------------------------------------------------
    ALTER TABLE workspace
        ADD CONSTRAINT workspace_balance_not_negative CHECK (balance_cents >= 0),
        ADD CONSTRAINT workspace_correction_counts CHECK (
            credit_note_count >= 0 AND balance_entry_count >= 0);
    CREATE INDEX workspace_with_balance ON workspace (id) WHERE balance_cents > 0;
    ALTER TABLE balance_entry
        ADD CONSTRAINT balance_entry_not_overdrawn CHECK (balance_after_cents >= 0),
        ADD CONSTRAINT balance_entry_moves_as_its_kind CHECK (
            amount_cents <> 0 AND (kind IN ('APPLIED', 'REFUND')) = (amount_cents < 0)),
        ADD CONSTRAINT balance_entry_sequence_once UNIQUE (workspace_id, sequence);
    CREATE INDEX balance_entry_of_payment ON balance_entry (payment_id);
    CREATE TRIGGER balance_entry_written_once BEFORE UPDATE OR DELETE ON balance_entry
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER balance_entry_never_truncated BEFORE TRUNCATE ON balance_entry
        EXECUTE FUNCTION refuse_change();

    -- contracts ------------------------------------------------------------------------------------
    ALTER TABLE contract
        ADD CONSTRAINT contract_price_positive CHECK (price_cents > 0),
        ADD CONSTRAINT contract_credits_not_negative CHECK (included_credits_mc >= 0),
        ADD CONSTRAINT contract_due_days CHECK (invoice_due_days BETWEEN 0 AND 90);
    CREATE INDEX contract_of_workspace ON contract (workspace_id, id);
    CREATE TRIGGER contract_written_once BEFORE UPDATE OR DELETE ON contract
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER contract_never_truncated BEFORE TRUNCATE ON contract
        EXECUTE FUNCTION refuse_change();
    """


async def downgrade(db: BaseDBAsyncClient) -> str:
    raise RuntimeError("Refunds, credit notes and contracts would be lost; restore a backup.")


MODELS_STATE = (
    "eJztXflz2ziW/ldQ/qXTVRpX4iPOeHanSpaVtLpl2WvZfcxqi6ZJyGKFAtU8rGiO/30B8B"
    "BvERQlQ8yrSkUUyQfKH0AA73vXv46eDdM0yMtxV9dvydEl+tcRUeeYHqSudNCRuljEzrMz"
    "rvps8ntVXVcs/6Znx7VVzaVnp6rpYHpKx45mGwvXsNgDjn6bqS5S0dKyvzoLVcNorq4QbQ"
    "C5FjJcBy1MlXTQ8wq5M4w8YrjHaIRfsY28ha66WD9mj9EtjT6H/YymWqTn//Sw4lovmN5m"
    "03b/9//oaYPo+Bt2wq+Lr8rUwKaeQMrQWQP8vOKuFvzc4+Pg+jO/k/3aZ0WzTG9O1ncvVu"
    "7MItHtnmfox0yGXXvBBNvsh8VAJJ5pBmiHp/xfTE+4toejn6qvT+h4qnom64qj/5p6RGM9"
    "gNiTFM81TOdYs+YL1T1mZy7+HvzOmIyijG4flHH/QVGOMt3Ifk+qH4JTmkXYEDCIy1D713"
    "/8dtfo8LNH7AG9n7r3704//sjxsBz3xeYXOXZH/+GCqqv6orwH1pBrNmYAKaqbhf6aXnGN"
    "Oc6HPymZ6gY9ED0OD+p0R3hi3R/rNyEEN4RvB4Af0T+QvrHmKhgIJR3wMLjpjx+6N3fscX"
    "PH+dPk+HUf+uzKCT+7Sp195/eXRV9y/92PGkG/DR5+Quwr+sftqJ/u1ei+h38csd+keq6l"
    "EGup0Dd1PWbDsyFq9M51r9PmDA5Hps/Hc9U0B8TN7/O4XKrHKWqH2Mcv7Ef85fTk4uMnep"
    "X/RvbloqSzxzfd4XAweuBv1hrTr3iVhbM3U+18KIPbUyjS33aIKM7Vb4qJyYs7o18/vH9f"
    "gt6v3Xs+XdG7UuN/FFw68a8l0eWfAvCG97cQ35NK+J6U4HuSxTf+ywRgTom1EG06FisO59"
    "LxnAF8YRsaVjTMHpoB/Mp4KZ6Dk4Jtmob/enJyenpx8v7046fzs4uL80/vo0k5e6lsir4a"
    "fGETdKI7sjO25tk2JprQtB2XaeFoP60w1E8Lx/lpepCztv/0VOIabg7KhUM8LVZrjAf7IG"
    "lw9of4yYezi7NPpx/PopEdnSkb0NnBS7dp1lIlGs6ZPn4e347ykU1KpTfthuaifyPTcA5x"
    "DilBj+GR2JmHQ/bdTff39GjuDW+v0ltu1sBVqgOmVP3xbDH44zIA/hbga1SfNa0X5RXbDv"
    "2pihhzkC/dJJMgb3ds4AoYNzP9mk8VJFHLAv7ZsrHxQn7BKw77gP4kNtXkYBtSYj2/yV/X"
    "LR4m0Ouz64XHVpcRxVUw4uiBjk3sckzuqVJ/P+jReZ71wbOqfV2qtq4UdIbh4nnexjEQ+/"
    "zLPTbVgm15iP7Ye47+6AFtr0X4cwytEyuGXQLV7KX5yTx9RiXqC/+T2LPZkwqGbR7Zmx3Z"
    "Jaxvzpu1mf69JRgtvGe6YMywjigCLlUJkDVFKuIqAl9KUgQtevZcNLVsZDiKv5N1syxwkw"
    "0DGSzbBN8BMhjIYKDW9khdBjOoMlOdmRDVkJJrBu/N09re0P54VgHsj2eFWLNLwOjsl9Fx"
    "adsMCyG1NyEEeu8Weu96e5Wz97csE6ukYH+UEEwrBFRyV+BHZ/aL/tXt7TCB/tUgxQePHm"
    "+u+nQy511BbzLcGE2cUYOr6GS+88a2WlnkJnKYr0JWFUtYPUx1a4DuaBttxadgahXC5562"
    "0VZ8ItekbUH6LWyoTUjtlPTgr10e1RG+jyUExyK8RdypzfFJqmfsINcS92DbKA4MBTAUwF"
    "AcSc1QgLsauKsdFucDnBq4q73VaAZ3NXBXA3KzDrnpj1XDURxXtV36M3L3maU8W1ETe2Tc"
    "3obu3JJwi3eDg82p4mD7NWcJLQU/KQiQV4ecDtjwl4tBnhQEyKtDPldXykx9xUoxbVwGfJ"
    "44wC8G/7O3UjQb60bupmYT+ilpAF9ghjdeiLcI0VPmmtieMlccdpa1d5YG0UxPx3rtDilo"
    "ALqk/mY/ANK2TFOxXrEtOEHlysMUVX2KWtjWq6FjW5mr9lc62SywreWa3a+xZsxVs0gdKG"
    "wlTUH7zRwHzbWrX677vcFNd/juonOWAj7U0s4yjAMEuECAy/cLPgS4QICLREDvP8CFeb8y"
    "V4FtHT16QTstwj65T8FEZzSjNlPJy9ZuMXd+az3eWFshc2JxT03GULUVL1+XUExr+5eRtz"
    "S0DjB++22crrgvX57TVejkV+J0ZYe3bHS6epjhILTLmiKL+Lm9/IivOZ287Q56xlO69iFf"
    "i9nohdVAe+CWJdvGiQmCWxa4ZVVxy/ruPLIaS+vB58csoMUW/kigheb9nbhmsbVIBODw/h"
    "bie14F3vNidM9z3IR8vlME4LhMLZAl2ynuYQzPLapWC80SoQAAXC1mNzCfLLCt5E8YpbR/"
    "nvj3yPefvO/8tTLhz5QBuhP0FoKmroQcmLiqm7jwdIqpFvKKlaltzUV37lnpBnbvks00B7"
    "JZDzEp3a2DRQEsChIBvS+Lwk7pue7CoF13lJvt37/UKU/3vzCUILJmM0vXRfTWkFGLIhwv"
    "6VdzxdPz08tYRyxdCFKJzk+9Go5Bn4UWNp4a35BqY3rXIifpU9ONA38n2zTVAf4O+LvEjo"
    "BCLqZFRgIt5EJ2Eqbmz4xiZEgo0UqMK0FcgnAaYAfTCUg8tVZKDDJrpYDOZtZyNGsh5gq2"
    "lgBHsC0cwUzVcRXPqbU4p2VBQZdZQcffFgZtrkY/JyWhl2XuZRu/Wl9rvc1JSehlmXs50q"
    "AFaba0HBBs5QTbMp7Ga1tqrY05wTopVi09wOTi0678z66u0xHgj480r5a6pVPKrwXn2Jsb"
    "3V0tBRmrcEnwNxcZ5NVinmyOunIYP8aIr2dvxZzYGA+2nFkORprlEdde/eAgV/1Gb0HPWL"
    "Ud9O7+7OTHgiRlDT8A+DbZZq0O8G3At71dUijJNnd7INv4fEDE0uOsRQDkSiDT5RR/EOKM"
    "QwEAuDLAJ6IAnwDA1aeJ3FqEJXNEfhFCgDcfXhu/CCblW0sAxNWsSnRbopoUQV1oO5ESay"
    "PYTZuXArVLbEsRibTRglcF4WKA86qJ5KmfxfCuJdo3fpt3x8dz1RCy8EcC7UP35LyKUZTe"
    "VTx8zzNmURl53je1QzfI8opwkJUY4VuCHyz63174YBl6YSds8HYM70DH84Xlspy091iz7C"
    "QVWXxXp5TnNdb3K/ZaoIJLpWbN54xmfTFeMUEe7S0bqczZsRO5OarEWWL7GD1xj4anS07d"
    "Rsh1kGXzM/QaHR+WnedbuaOnAOkr2yTWAdIXSN+s45TIuxYJgO03HSDmuVGCkcqBjzGZFu"
    "pjzasMUBck0hfOK+kL5yX6wnmWHaN/qSPusJqWayHezfus+luqLMwl2SMjia18ViXTg/fh"
    "srqV9takfsHUOjNIRJWrWsRv2KBVpG/dqE9Q5RLZ1vISLQ13hpYzQ5sh39ecb97pZMldPN"
    "yZ4SC2T3xWHczjpth7nZdJqYkGG9YSyktu5WoKNVO7vK1D/baltooVgQgHxe9KkYUgT7Z9"
    "XN0O4hf8iI8p/Q3YXthGXibnjfEiKWlYhAuAl2UxWBN4eStBgt4rWQYSjGIVTsnFRCXuMX"
    "rSTEv7SrX2J0SnZwczXz8+bTsq0Z+tbzy41id6+FJDXKS6wSTPKCEujtgF3cljlXb2HOCV"
    "5FODgVcCXgkqTO7PyWLPplPJEd6F7ZTNKco/LSI0jBNCLUS6+Z1vuDkQXhxichBsJnOwWR"
    "BBoohnG8hKti4U/kMVl6UPxT5LHzJOSyFo3NMri3ZJkayU3P4S4L7fFdQNZ78NMs0TyxWH"
    "N1cWIE5D/KyazO2lTinnjGhr0N1zcbcQSMw8RYUHeoF0azqjudkEMh5CxkN5gN5/DaUgve"
    "C2VVvWqQxbAnzKxx8KTVXCyTQKtgxCKPFW2oqR+tIARN2XFiPkYHVrgMZYbS0+gZK4LUQD"
    "v5m2oqR7hARmui1Aul630kaQFupq3sB0dOc303KUlDmmf73eEFg3vLG2QhZjWpopCDiy3N"
    "ZOVTaeemTrcXXPW2krRnFGw9h6TF35rfXDMNy2ICbkKpNxd4nnwMoHNwyPqwJxJgnXQVp/"
    "qpeJbQQ1wVqxh4hZsDSoWgGpWQM1f4norltsCWyizmwRv5DnyxYnH0pc2bT4bRs92e5YCd"
    "cOCopZ8UhF05jzwxcbY913SlbXUYqpQq6X9BrBS15SYmqZprV0kJFTe2KHzwFPNtm4YyYI"
    "nmzgyRYvkmDUs0emBNtUT3bPBknNs20WPC/iOxKXaaEj1mkFt5HTQq+R06zTiGZ6Op2hwt"
    "KQc01ssBc0AIO+9qBX2U6BaYpCZS2SUlDaYovSFqFDlE53aLqaZ6bcEGuWI9+m96F+7Fnc"
    "IsV20DV2VAnBFm6oDmQDVckBdGGqot4tMRFwaTmApF4HC2yJrxAUb9hNuq701NAEvHdBOy"
    "1FNjYdbuFvtcBEZ1S7NlPJy9Z2jDu/tR5vrEXEZxHHvrVbSPvp9b17hxwKSDsNI0++iHn0"
    "e+ZVLeHgk5NENSa+i/y7kctKxyxVxo1PLZtHb88tglfo3VMwNp5+ZKkCp0G6wAW2DUv/wU"
    "H0oegdobfm1KNptPUJmZCuS+UclxPy1hRhVZuhr3TIMAEUf+X/hvyplpW5wYR+0Qx9N1lL"
    "gLkH5h6Y+4aZe3qnkrtul9BnaxHgzrbgzni/xJaX1G7AskyskoIuSImmNwlUtl0dcHV7O0"
    "x0wNUgRQ6PHm+u+vfvPvDeoDcZbgFnTJeiHHWqeLiH90M6ufpDHU+nmK6Vr7hOZdyUbAvX"
    "lwNZTyoRmaF/imioXlJsi73c4bxqAnwm0MONwhlXYARhzREFeAusgoJaXEKqwRlAhjoOzd"
    "Lu5X6t4tSwIO8m6ajdSBHnvLvAv++Pf8/bJjQBrEDYrpybg81h5cndUQMVvzOTdbYjRGvt"
    "1KekZZigN/ZBcnnafZmdxJycx1inJ+0Swjq9XlRLg82o3lj5mqltzTmhPDVsh9HDLEzuGD"
    "3MeH5rn3lmPt0rFPyEqGYOS0MWiOXnx97Zk4CClm1X0wEKGijopDLmqq6Xw0Azv+U+8eaZ"
    "9Sepj0XSMnswH9H1oTscjL5covBoQrq9h8Gv/Uvkf07IXXf8oFw/0jPh0YQ8ju66g+tL5H"
    "9OSK876vWHwz49FR2mp9QqvtEfPlbJqZceFbGceh8zpToOks6Ozhwsn03fipmVUyJlg29o"
    "JAWJQWWmU337vMKRzPZxcVxNSgwyy6VfmwAhunzYwruNtCy8QgfwCmGSs6Gv1M+BJPSyzL"
    "2ssd2hSRUApay/S7chRU3AdkRgOxKASNUVR6zMY0awfTWRzitVOTgvqXJwnq1ywEKnxBXm"
    "tRRMa1JPa2BOB3O67HDKGG0lg02hWaMv2CHBDvnG2G5rh5QlzupQxnbSq8bF8yYDrAa0vb"
    "ZiFSQxM63ts13zloZWi95qiEerF49WKexZ1Gtiq6BnGTY5TYU878h1gs9ym9wnwqmwoguF"
    "YoT3bw77I4hqe3+xiO+1oCZi51iJ7w5Pljezloj+PStEu9bl9cDzsuxt2xh4Q8i23e8g8I"
    "YAb4j4evynpxLXcHPyuBUa++IibUqe1Jitz49YFCQnEkJA+UAEBfj7S4bxjvz9/Re/CZi7"
    "Ol2kWoxvYopswCm9QRUgKFKVm2g7ql9VlmZ7fVOV1B78bsQ3m3TfTXfciVTXXVubGa9Y7y"
    "DCk14HGTNy03jUbwl297LN6LC7h919cnfPPzP9XewUEd4vs29zTWeIk0rOECclzhAnWWcI"
    "PFcNUwTgSKCNCJ+fVUH4/KwYYXYtpUsFK1CdfLRJUXA8kdnxREabvrzdCxlUpTYnFBVX3m"
    "etVznnqsZqlDk4b0GoU2KrWmnYQ4JTRHH1h1Oe3hoNtBK1VX2prrUSxO9mOibPBEl7ZmrZ"
    "8w5SHSpjsw/DRa76FbOCTsHNjmm5IgrtDh7C0lM+LVTP4TuJJ2Q4yMEuWs4ME7PG6HeL3c"
    "+ex4tQdVjCS/8yO5cwmtGbPbJQDVChQYUGFfqtd6ZVVGj8zcU2Uc3cfWmJopcUa6W6d15J"
    "3TsvUffO0+oeEBa7JSxs/GI4dGTWmsYywi2cyQ5k5qqkUwN38n30c7Q5Fe3lhCD0scx97B"
    "vqRMOy4kIQlCV/FNHBAguM45vWbFq7D2wdVBS1dJBzwuaQoviUKJcPCWcic13HA4qyzF08"
    "vKWC9wi71/foNhxOhRH0vEIqy4rnWAS9++32/pfxXbfX55Vb1LSPyLvecNAfPeRWhWmyaS"
    "DHZJvkO0COATmWWHdYiaZ8umZzJr1QVmbq5iiasC5RdDgh/jR1ifzP9DxYhdxpPh/ed5HW"
    "cDD6dfDAkhEGB9mkhvf9Yb87ZreER3J0j+Eo1pJimGOzLMsRFBeDvEACeYHAM2vXnll7pe"
    "ol0zb2wNSrjkM1t3rkbVK0hVuqA9lCVWL2bKqBqvX425QoMLgy9zPwjTsicqWixmVIkQD8"
    "7SHwtyIs42amVzQPSG2eV4YB3jzLu2X0H0/a09U0yysKAkzc0SmPBfSTCamxmyvVT3EMHf"
    "sRfPRm4kyxfUmPZ5apY5ud99t1uHtiUGeb+SfOLM/BP7D63Z6Ngoc6+XVTGn8CcLyyLQQd"
    "4HiB4wWOd0IG4/EjZxr554T0bkfjxxteCCU4mpD+73eDe3YqOJiQ7vXPj2POUIZHctCPEi"
    "gfMm4kmtgpV4n82XNiQNlmx8JolUSh9GBL0QxQD0FrbUXLydUCAKgMUDbWMPNkBbAKwCrT"
    "Nt8o8aSMS8Ue8k7G1EbVDOHcOsDRH7lX6xYPkgLePtIxiUOxkh5DarOSHuuoKq5XvqpMVe"
    "FAroO+4oWLloY7CyqMhqugX36U1RdFHmHq9XJmaDNepZRtJpCfyDrPB2snz9hCUQ8UftF0"
    "eAkpyNRfqpi7lquaylzLmS+Ml8I8jnGp1hRs++vJyenpxcn704+fzs8uLs4/vY+yOWYvla"
    "V1vBp8GYxS3gdZN4MZExQFPiYEuNfDne5+7ZUSEaTVsU8JAv7V8RfQfMv2lDFee0sTRppT"
    "P8SVYHPSw8RCuC9bBuMZirdIAQuxeXtkWhXtF367ju87rtGHIoOgcLeB3jErQvduQDc1/o"
    "1f6A7G/fEYXWNVR1TiiVhL9Pf/RvjbwqDLJsvTkN0a7egZYMM4pK0S2DCKV5L22jAcy7Pz"
    "1OmKztGRtNR2jPHgy+jx7hL5nxNyN+yOLhH7nx4/MtPAmNV6D44mpPv4cKvc99nL9IV5UM"
    "e/TsjDfXc0/ty/ZxXk/aPQ711ZN5Y6Edo/brh3/PpYDhvIwjYsOzfV/XiummZxceuYXJvy"
    "3Z+eXHyMNonsS9m2cHzTHQ6z+/AXtkhicRUoKdcmVPesCNnMb52w0maiXZCWhE6o3QnhaB"
    "bfVCQlW7ipOJBNRCUP3vXOX7Sbk5Lgpy1zLxPLFYtrCe5vX1zLTuqHB7Xu6VbbFs9Xk5KF"
    "F0nmF0k2w4+8XSsQ7BDUzxQENSkFmYAkKc/eSjSlKdXVGnRLgnMKjSk1Mv9sa06RA99mDC"
    "o5U24TGLeubHEa3ORCUwHcNy41d6Aw16s0xxatJjC+C9ppJ7axpX2LWg/gzdxo4Yd6VuwI"
    "tmJTdhzZzfZsN353ZaO2NeXRcKblorn1inX6jbnlTW1rjnzbEnItRJXaF+weoxGvPuAtmB"
    "K7ueLBDp7BCx74XoS82gEvYsAi/8LEbirSPMe15tj+G3pyMB1m9FlPyI/r4+6D0ejnboeW"
    "x4qHv6gLVi6cth04Jirq1MW2Mtf4U5hYcAHxC/RxrLQC2doBEazsYGWXZz5ss5U9mArE7F"
    "BxKbBB1bZBqXOu1YhaARNiAH9t+NNrmlgv5ElDZ9TujNaHLH+57zIPG/4xIY/jLnPg4R9B"
    "UPIfQUzyH2tHHmUwWvvy0C+xK7ePD7FL9FuRIw/Lr/j5ccSzK7JP9v3X/v24O2Rn/KP0Fv"
    "VtnH3igOWOhPwXMSUm8yCQyahnaZpn1ysqkxJt4Y7vQHZ4lWx6mkX7SnMd0WxbSTEg9VNR"
    "RFzZFsQ0IQR20hSkpiVqeF5LAJhpkx4nkESNeXEhgDQFqc/ECUKaEAJIy02jRT7/YBkttC"
    "rF39gK9iR/OALC1RFOvMAVEPbXeEC4OsKJXVEFhIMIxWbgbVd2pjS06w1SlYpUwY6/OXAF"
    "bKByKgmbs5YmtaQtrM9BS/R37t3+fCDY79b8HPr55NmdYz5AJQbnmNNRhcQyrLC842EdBW"
    "J+theeyMUg2DlGzODEv/uFXpghFi2ZOXepOojVo0dzdVWcVKb59sGeK9tWugP2XLDnptZw"
    "wiceJcjrLGzWKmiglmVLsnXlbQxbxRb27868fvLh7OLs0+nHswjw6EwZzllMiTd/ztOxSi"
    "K+Iolm7ENvmocmaR06q2IcOiu2DZ1lTEPfRV266/vu54dLxD8m5PauP7pE7P8JuesOri8R"
    "+39Cfr1lx+z/CXkc9W6Hw37vYXA1ZLbb+Fc5LKh0XXOKjKebO24tLXXHjR+vxr37wRXtgu"
    "iQGbVH/d98mzY/mBAK0ojZ2P1P+v2+fz1IZMJIntiUXeOmO3pkD/A/5ehwiMz8Xqy4QW/h"
    "PC+ZSv2Mc31koJel6mXuV0G0nHw3xVubuIzME3fN7c1phTnztHDKPE3PmJz8yML78/h2VG"
    "BjDgXSb46huejfyDScQ9yRl4DKoEi8LyGa7266v6eB7g1vr9IvAmvgKu1r6a3yNuzFsEcC"
    "APsWsLv0TRIt+hqXaWOCjEqudCWedOkZheFF11gtt7rDNdaMuWoWIx2TTI90X/Q4aGJXo3"
    "1XSW5LYL7u9wY33eG7i85Zqih0XF3NhKj7ya8ZWnkWkrJwhYxsm1iVPfNZbNDW6IOEGMBf"
    "H/66LwG8AQ2H7TATWZ2OyBWHpOb1+sK3UuBaHZGVhV6o1wu+pbmGqTEh2EJLY5u4Cd3DNX"
    "p4LQXdK3X38vVIvH9jYkAtyty/r5ah15qjE4LQx7L3sVJmBCzuYWVL659kvbqHAMrIU0Y0"
    "ri4hBnF1kIpwf+hKUFP6gPZw9QOZSoqwivvSi5RhlRTdpiqxQhrCrQPGaqUhDBetJnDuxd"
    "pqJ8apJX6boJCoJts+a9EfCOwp9XU1L6AARWC685tp0UybQ5cqrP5BMwNqFFRSaAtYQiFG"
    "ce8sorOyPH60TDGyAjXA7/wme1GLLXxpdY+QIIpqa7yu1221BCnRCLYQgbwIthg6JRFssf"
    "7YHMH2k7Wkl2yea5RqCqYfvMiymqoEeYRHkIWxZzPVoffMMSvNyTOWouUME2Tw3KTM0UHP"
    "S5S6kydAFJtselQHQRQbRLElA1DwItvf5SUfQ5nW2HCbqPVI8De3xrsTE2vhi3MgL0olxt"
    "9wFHZ9TndHeYGelmVilRTZ3pOi6X0VlW1X517d3g4T/Xo1SHk2jB5vrvr37z6kvBKz75VO"
    "p15lTjcQli7IpGYlgaMGjnovwL5xHbIa21kpIQXa/01p/9gE2gTKAeF3EzV4kFPuRqCzy4"
    "4wK52lxirU2woJnKrdUb3alpTTSTPFthrMahTy2XmcUIzrLuGEFrG7NnJCtKfpn71idWsC"
    "woZRNcEffYwGrNaMHhaoMXQ8X1gui11EX/EKqS4/vbCtV3rJzvJBjbbOS+b4b8QTGlkEX/"
    "pJj3j5HXZnNDf94CCPUIRMA+thvZtOVCUn85OBYJJtxe4AwQQE0/eX4eSuP7oejL5couCA"
    "Jcn4n8cBXWeUbu9hcDtiyTISJybk7v621x+PfbHoeELGj71ev3/dv2ZJN4LDCfncHQzZKf"
    "8zrDTRj2pNsHN33fuHQXc4/ENZX82em5Drwfju8YFdDY/S838VT7+TKo5+J8V+ficZN78g"
    "XKd+oA+EXG0fYGJjuuzo9cJ8srKtoYj3HWwF2Sl2nJ3iheKwVFcKHbPYzs8aVwx1rnD7nL"
    "lPzs+rzPHn58WTPLuWJnQ1luiDoqkLYZ6Wax/cHyr5zn8o8Z3/kPWdV7kKoVDs6JysOJju"
    "pXP238WwF8m3D/6djPYAPubBxXJOK55t1kA/Ld4+8OnIrTj4S0d/tvbWgoJSq/JWXLCFKu"
    "eBqJiVTLP424K+HLW6OSUKQXcy93PgXFYnNjohCb0scy/LZjyVt2sFLNK1PCjAeQKcJ/YD"
    "LFj639TSX2hUFkd4C7PygeBbybCcnXubAPc7caHYznsizWVvG351z1tp0YBODM7Ayq7QYW"
    "UbW4eqXfmt9WljqzYhJhSsVtNzJHirS/xH1u/9Zi+SmOPWZmeSscXupi1xh48Zq8PYQU8Z"
    "lvsp49qBrrGrajOsdxDBr9hG/quaE2G0m0eAB4hsO7kOAg8Q8ACR0NImlxfjHkwPX428Ch"
    "bV/G5CWZntyEe97v31JWL/T0ivO/6pe3fHvvKDCXkcK1fd0S9Kt9e7fRw9XKLUiQm5ffip"
    "f3+J+Ed6vapks2i8yAxFEAvZhyIBmTtKJnPos60WvRX5CEcC7bO5NZ+g31Qd90xs/AYC7U"
    "P3rAK4Z8Wl4tLQ4m8Lg67JytwitPkMxOURuxnhFhWZbCJ4N8RnhdWc0inVsA1lAdp02Gz4"
    "8zLAbgqajQnuMWQ2OnPAMbO+xlzLUJoQBUupzJZSMEGBCUoKfrRTzwRVhcPfmLiqEi/dvp"
    "RVb5qR71BA2iltP6aK4bP1rce57KM82j55R6eUtnf8exVtffNG2v5hhlEgF/HlPzjIWhI0"
    "x3PLXnWQYyF3prosO5fj2a/GK3YQnfdYJVoHqfQf/aaakTTSLexkyftdPmgLCt9asEEqnr"
    "46LfemtD5n8s8OjMkPLLS1KN082RbSV7txJ4cQOQjOkgP6XQZnlQUN5+N7GIHCdaeSxkNt"
    "IQhrr1aH2tFXzYRdST66d7FQOth1TezUYMCSkkCAyUaAZXgakTxKzat/gXdgifq39h+soP"
    "7Z65s3qn+/zQJfqbRqhpZM4XK+Yp05W71QXQyxP5qncw58r7I63tatgSJ3gIqc33+ihbXi"
    "Qrsljw8jUSGoaMVrPahocmyzQEUDFQ1UtEIVDRQGUBh2qzDEyjjlaQvJKk8lqkKsslQ1PW"
    "FsobmnzYJqLn4h+Kiai+Eg2hKylvScOnXpdl81zWM04qEW3oIN2yrBHTt4AsR2yLfNhdgO"
    "iO1IrpoU4Vz7X3H1mJhImzSckw9nF2efTj+eRYpNdKZMn8mpJOPNn3GOG2rxlm8t0brImL"
    "MqW72z4p3eGWQZBf1cVuh3qZ/TNcfJq9ZcjO9aooXonlfSGc9LdMbzrM7ob3RrbHkSgi3c"
    "8RzIDqeSkzWko4LkSYcDrG8/FEQ1IQR1pyAUALJRHQy+4mWOKpeaWvsiJLtBtNJU/QRKMs"
    "wfG3sgMXvuvs5UicNJJU8TEQ+TL8Yry9jD3T0ca46Rxclb3/UjiDrZutbUrh4C/LFs62oH"
    "+GPgjyt7EbS4OtQ2tZ/S82cli3njmWqARQUWVRLogUU9bBZVkvxwknndQCWmtnmYQSma78"
    "BaAKVovo9+hlI030Mvh7m0xfigpBSYqMD2B6YqCdDdhalqsU6ZtC3C1bMvHSq+yXmxAVNV"
    "iVUlQSzH3eVTRFUgHZq0KmTJSvrpH+TanJ8oS8QIlajzkWeKShcCKTFIxSuQrKrZpWhPsc"
    "hj8oJ9K1H05v7gII/QZ5kG1lHQcAc59E3EumhQwy4eMiET8hR6QD8hjVGhTqrtoBILWhp0"
    "/HkuvfqiLpBKdPQUQsXDKHwK9YmZxJZB5q2Zqk+IH2Phzuh5i+Bj9BS8d0+h8Yye9XN1Pd"
    "uW9zLzTWdzenbVYbY3fslzWASHS+/lER2+kRnMamBWaw/t0GazGoRlNB6W0fpyGkM6cJW7"
    "7h83fVYtI/5tQrp3d8MBs0EGBxNy3x/2u2N2Kjxi5z4/jvgZ9hl+V0L7ZeIrmDHlfWf2bM"
    "bM2dWI9UVBA9AlYFmW1rJsaRyvWvagpGgLt2YHshUDDhk45BYACxwycMiHgu8+OWRRUrSL"
    "bUObHeXRocGlTikRqq5v2sSAFuPaMD1XuOfOnT9ztthBJ0ob5dEMTVBMwL1i2zHEXAhjIi"
    "3cR+8mLz59qwQQDm5vIbq7SV9tETd3hfp5fDsqUAbXImn9xNBc9G9kGs4Br1N54DIwEkpJ"
    "iOm7m+7vabh7w9ur9HaMNXCVtx/b53r2n/8HycCipg=="
)
