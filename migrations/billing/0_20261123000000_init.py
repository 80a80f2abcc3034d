"""The tables, as written by aerich from the models. What they must never hold: the next file."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS "catalog_version" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "content_hash" VARCHAR(64) NOT NULL UNIQUE,
    "currency" VARCHAR(3) NOT NULL,
    "tax_rates" JSONB NOT NULL,
    "is_current" BOOL NOT NULL
);
COMMENT ON TABLE "catalog_version" IS 'One published content of a price list. Never updated but for is_current.';
CREATE TABLE IF NOT EXISTS "add_on" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "position" SMALLINT NOT NULL,
    "key" VARCHAR(100) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "description" VARCHAR(1000) NOT NULL,
    "price_cents" BIGINT NOT NULL,
    "currency" VARCHAR(3) NOT NULL,
    "max_quantity" INT,
    "allowances" JSONB NOT NULL,
    "features" JSONB NOT NULL,
    "catalog_version_id" UUID NOT NULL REFERENCES "catalog_version" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "add_on" IS 'What a workspace may add to its plan, by the unit. Never updated.';
CREATE TABLE IF NOT EXISTS "plan" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "position" SMALLINT NOT NULL,
    "key" VARCHAR(100) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "description" VARCHAR(1000) NOT NULL,
    "price_cents" BIGINT NOT NULL,
    "currency" VARCHAR(3) NOT NULL,
    "price_is_starting_at" BOOL NOT NULL,
    "self_serve" BOOL NOT NULL,
    "is_default" BOOL NOT NULL,
    "may_have_add_ons" BOOL NOT NULL,
    "may_buy_credits" BOOL NOT NULL,
    "signup_credits_mc" BIGINT NOT NULL,
    "included_credits_mc" BIGINT NOT NULL,
    "credits_roll_over" BOOL NOT NULL,
    "provider_markup_percent" DECIMAL(7,4) NOT NULL,
    "allowances" JSONB NOT NULL,
    "features" JSONB NOT NULL,
    "catalog_version_id" UUID NOT NULL REFERENCES "catalog_version" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "plan" IS 'What a workspace subscribes to. Never updated.';
CREATE TABLE IF NOT EXISTS "rate" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "position" INT NOT NULL,
    "meter" VARCHAR(100) NOT NULL,
    "unit" VARCHAR(50) NOT NULL,
    "provider" VARCHAR(100),
    "model" VARCHAR(100),
    "credits_per_unit" DECIMAL(20,9) NOT NULL,
    "marked_up" BOOL NOT NULL,
    "effective_from" TIMESTAMPTZ,
    "catalog_version_id" UUID NOT NULL REFERENCES "catalog_version" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "rate" IS 'The price of one unit of a meter, before markup. Never updated.';
CREATE TABLE IF NOT EXISTS "idempotency_record" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "scope" UUID NOT NULL,
    "mutation" VARCHAR(50) NOT NULL,
    "key" VARCHAR(255) NOT NULL,
    "request_hash" VARCHAR(64) NOT NULL,
    "answer" JSONB
);
COMMENT ON TABLE "idempotency_record" IS 'A command that was given under a key, and its answer. `scope` is the workspace or the operator.';
CREATE TABLE IF NOT EXISTS "installation" (
    "id" SMALLINT NOT NULL PRIMARY KEY,
    "generated_secret" VARCHAR(64),
    "secret_fingerprint" VARCHAR(64) NOT NULL
);
COMMENT ON TABLE "installation" IS 'One row: with which secret the keys of this database are hashed.';
CREATE TABLE IF NOT EXISTS "workspace" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "time_zone" VARCHAR(64) NOT NULL,
    "clock_at" TIMESTAMPTZ,
    "invoice_prefix" VARCHAR(12) NOT NULL UNIQUE,
    "invoice_count" INT NOT NULL,
    "catalog_version_id" UUID NOT NULL REFERENCES "catalog_version" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "workspace" IS 'A tenant. `clock_at` is set in the sandbox only: the instant at which its clock stands.';
CREATE TABLE IF NOT EXISTS "api_key" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "label" VARCHAR(200) NOT NULL,
    "prefix" VARCHAR(20) NOT NULL,
    "secret_hash" VARCHAR(64) NOT NULL UNIQUE,
    "scopes" JSONB NOT NULL,
    "last_used_at" TIMESTAMPTZ,
    "expires_at" TIMESTAMPTZ,
    "revoked_at" TIMESTAMPTZ,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "api_key" IS 'A key of one workspace: only its keyed hash and its visible prefix are kept.';
CREATE TABLE IF NOT EXISTS "billing_address" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "name" VARCHAR(200),
    "company" VARCHAR(200),
    "line1" VARCHAR(200),
    "line2" VARCHAR(200),
    "city" VARCHAR(200),
    "region" VARCHAR(200),
    "postal_code" VARCHAR(20),
    "country" VARCHAR(2) NOT NULL,
    "tax_id" VARCHAR(50),
    "email" VARCHAR(254),
    "workspace_id" UUID NOT NULL UNIQUE REFERENCES "workspace" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "billing_address" IS 'What the next invoice says of its buyer, and whose country''s tax it bears (R42).';
CREATE TABLE IF NOT EXISTS "subscription" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "status" VARCHAR(16) NOT NULL,
    "auto_billing" BOOL NOT NULL,
    "anchor" TIMESTAMPTZ,
    "period_index" INT NOT NULL,
    "period_start" TIMESTAMPTZ,
    "period_end" TIMESTAMPTZ,
    "cancel_at_period_end" BOOL NOT NULL,
    "plan_id" UUID NOT NULL REFERENCES "plan" ("id") ON DELETE RESTRICT,
    "workspace_id" UUID NOT NULL UNIQUE REFERENCES "workspace" ("id") ON DELETE RESTRICT
);
COMMENT ON COLUMN "subscription"."status" IS 'TRIALING: TRIALING\nACTIVE: ACTIVE\nPAST_DUE: PAST_DUE\nUNPAID: UNPAID\nCANCELLED: CANCELLED';
COMMENT ON TABLE "subscription" IS 'One per workspace, from its first moment. The row that every billing command locks first.';
CREATE TABLE IF NOT EXISTS "subscription_item" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "quantity" INT NOT NULL,
    "add_on_id" UUID NOT NULL REFERENCES "add_on" ("id") ON DELETE RESTRICT,
    "subscription_id" UUID NOT NULL REFERENCES "subscription" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "subscription_item" IS 'An add-on that a subscription has, and how many units of it.';
CREATE TABLE IF NOT EXISTS "seat" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "kind" VARCHAR(16) NOT NULL,
    "status" VARCHAR(16) NOT NULL,
    "is_owner" BOOL NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "name" VARCHAR(200),
    "assigned_at" TIMESTAMPTZ NOT NULL,
    "released_at" TIMESTAMPTZ,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);
COMMENT ON COLUMN "seat"."kind" IS 'WORKSPACE: WORKSPACE\nCLIENT: CLIENT';
COMMENT ON COLUMN "seat"."status" IS 'INVITED: INVITED\nACTIVE: ACTIVE\nRELEASED: RELEASED';
COMMENT ON TABLE "seat" IS 'A seat that is taken by a person (WORKSPACE) or a client company (CLIENT).';
CREATE TABLE IF NOT EXISTS "credit_account" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "kind" VARCHAR(16) NOT NULL,
    "workspace_id" UUID UNIQUE REFERENCES "workspace" ("id") ON DELETE RESTRICT
);
COMMENT ON COLUMN "credit_account"."kind" IS 'WORKSPACE: WORKSPACE\nISSUED: ISSUED\nCONSUMED: CONSUMED\nEXPIRED: EXPIRED\nADJUSTED: ADJUSTED';
COMMENT ON TABLE "credit_account" IS 'One side of a transfer: a holder of credits, or one of the house''s four accounts.';
CREATE TABLE IF NOT EXISTS "credit_balance" (
    "total_mc" BIGINT NOT NULL,
    "held_mc" BIGINT NOT NULL,
    "entry_count" BIGINT NOT NULL,
    "account_id" UUID NOT NULL PRIMARY KEY REFERENCES "credit_account" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "credit_balance" IS 'A holder''s balance, kept with every transfer. The lock under which its lots change.';
CREATE TABLE IF NOT EXISTS "invoice" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "sequence" INT NOT NULL,
    "number" VARCHAR(40) NOT NULL UNIQUE,
    "status" VARCHAR(16) NOT NULL,
    "reason" VARCHAR(16) NOT NULL,
    "period_start" TIMESTAMPTZ,
    "period_end" TIMESTAMPTZ,
    "currency" VARCHAR(3) NOT NULL,
    "lines" JSONB NOT NULL,
    "buyer" JSONB NOT NULL,
    "tax_name" VARCHAR(50),
    "tax_percent" DECIMAL(7,4) NOT NULL,
    "subtotal_cents" BIGINT NOT NULL,
    "tax_cents" BIGINT NOT NULL,
    "total_cents" BIGINT NOT NULL,
    "amount_paid_cents" BIGINT NOT NULL,
    "issued_at" TIMESTAMPTZ NOT NULL,
    "due_at" TIMESTAMPTZ NOT NULL,
    "paid_at" TIMESTAMPTZ,
    "voided_at" TIMESTAMPTZ,
    "subscription_id" UUID REFERENCES "subscription" ("id") ON DELETE RESTRICT,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);
COMMENT ON COLUMN "invoice"."status" IS 'DRAFT: DRAFT\nOPEN: OPEN\nPAID: PAID\nVOID: VOID\nUNCOLLECTIBLE: UNCOLLECTIBLE';
COMMENT ON COLUMN "invoice"."reason" IS 'SUBSCRIBE: SUBSCRIBE\nRENEWAL: RENEWAL\nCHANGE: CHANGE\nCREDIT_PURCHASE: CREDIT_PURCHASE\nAUTO_RECHARGE: AUTO_RECHARGE\nMANUAL: MANUAL';
COMMENT ON TABLE "invoice" IS 'An issued invoice with its lines. Only its status and what was paid may change.';
CREATE TABLE IF NOT EXISTS "pending_change" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "add_ons" JSONB NOT NULL,
    "auto_billing" BOOL NOT NULL,
    "effective_at" TIMESTAMPTZ NOT NULL,
    "plan_id" UUID NOT NULL REFERENCES "plan" ("id") ON DELETE RESTRICT,
    "subscription_id" UUID NOT NULL UNIQUE REFERENCES "subscription" ("id") ON DELETE RESTRICT,
    "invoice_id" UUID NOT NULL UNIQUE REFERENCES "invoice" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "pending_change" IS 'A change that waits for its money. At most one per subscription; deleted when decided.';
CREATE TABLE IF NOT EXISTS "credit_lot" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "source" VARCHAR(16) NOT NULL,
    "priority" SMALLINT NOT NULL,
    "granted_mc" BIGINT NOT NULL,
    "remaining_mc" BIGINT NOT NULL,
    "granted_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ,
    "note" VARCHAR(500),
    "period_start" TIMESTAMPTZ,
    "account_id" UUID NOT NULL REFERENCES "credit_account" ("id") ON DELETE RESTRICT,
    "invoice_id" UUID REFERENCES "invoice" ("id") ON DELETE RESTRICT,
    "plan_id" UUID REFERENCES "plan" ("id") ON DELETE RESTRICT,
    "subscription_id" UUID REFERENCES "subscription" ("id") ON DELETE RESTRICT
);
COMMENT ON COLUMN "credit_lot"."source" IS 'SIGNUP: SIGNUP\nPLAN: PLAN\nPURCHASE: PURCHASE\nAUTO_RECHARGE: AUTO_RECHARGE\nTRANSFER: TRANSFER\nCLIENT_PURCHASE: CLIENT_PURCHASE\nADJUSTMENT: ADJUSTMENT';
COMMENT ON TABLE "credit_lot" IS 'Credits that came in together (the API''s CreditGrant). Dead at `now >= expires_at`.';
CREATE TABLE IF NOT EXISTS "credit_transfer" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "sequence" BIGINT NOT NULL,
    "amount_mc" BIGINT NOT NULL,
    "balance_after_mc" BIGINT NOT NULL,
    "kind" VARCHAR(16) NOT NULL,
    "description" VARCHAR(500) NOT NULL,
    "occurred_at" TIMESTAMPTZ NOT NULL,
    "corrects_id" UUID REFERENCES "credit_transfer" ("id") ON DELETE RESTRICT,
    "holder_id" UUID NOT NULL REFERENCES "credit_account" ("id") ON DELETE RESTRICT,
    "lot_id" UUID NOT NULL REFERENCES "credit_lot" ("id") ON DELETE RESTRICT,
    "source_id" UUID NOT NULL REFERENCES "credit_account" ("id") ON DELETE RESTRICT,
    "target_id" UUID NOT NULL REFERENCES "credit_account" ("id") ON DELETE RESTRICT
);
COMMENT ON COLUMN "credit_transfer"."kind" IS 'GRANT: GRANT\nUSAGE: USAGE\nEXPIRY: EXPIRY\nTRANSFER_IN: TRANSFER_IN\nTRANSFER_OUT: TRANSFER_OUT\nADJUSTMENT: ADJUSTMENT\nREFUND: REFUND\nREVERSAL: REVERSAL';
COMMENT ON TABLE "credit_transfer" IS 'Credits of one lot moved once, from source to target. Never updated, never deleted.';
CREATE TABLE IF NOT EXISTS "payment_method" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "gateway_reference" VARCHAR(255) NOT NULL UNIQUE,
    "kind" VARCHAR(16) NOT NULL,
    "label" VARCHAR(100) NOT NULL,
    "brand" VARCHAR(50),
    "last4" VARCHAR(4),
    "expires_month" SMALLINT,
    "expires_year" SMALLINT,
    "is_default" BOOL NOT NULL,
    "detached_at" TIMESTAMPTZ,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);
COMMENT ON COLUMN "payment_method"."kind" IS 'CARD: CARD\nCASHAPP: CASHAPP\nUS_BANK_ACCOUNT: US_BANK_ACCOUNT\nOTHER: OTHER';
COMMENT ON TABLE "payment_method" IS 'Something to charge, known to the provider by `gateway_reference`. Detached, never deleted.';
CREATE TABLE IF NOT EXISTS "payment" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "status" VARCHAR(20) NOT NULL,
    "amount_cents" BIGINT NOT NULL,
    "refunded_cents" BIGINT NOT NULL,
    "currency" VARCHAR(3) NOT NULL,
    "gateway_reference" VARCHAR(255),
    "decline_code" VARCHAR(100),
    "action_client_secret" VARCHAR(255),
    "action_redirect_url" VARCHAR(1000),
    "opened_at" TIMESTAMPTZ NOT NULL,
    "decided_at" TIMESTAMPTZ,
    "invoice_id" UUID NOT NULL REFERENCES "invoice" ("id") ON DELETE RESTRICT,
    "method_id" UUID NOT NULL REFERENCES "payment_method" ("id") ON DELETE RESTRICT,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);
COMMENT ON COLUMN "payment"."status" IS 'PENDING: PENDING\nREQUIRES_ACTION: REQUIRES_ACTION\nPROCESSING: PROCESSING\nSUCCEEDED: SUCCEEDED\nFAILED: FAILED\nREFUNDED: REFUNDED\nPARTIALLY_REFUNDED: PARTIALLY_REFUNDED\nDISPUTED: DISPUTED';
COMMENT ON TABLE "payment" IS 'One try to collect an invoice. Its id is the idempotency key at the provider.';
CREATE TABLE IF NOT EXISTS "sandbox_charge" (
    "operation_id" UUID NOT NULL PRIMARY KEY,
    "method_reference" VARCHAR(255) NOT NULL,
    "amount_cents" BIGINT NOT NULL,
    "currency" VARCHAR(3) NOT NULL,
    "status" VARCHAR(20) NOT NULL,
    "decline_code" VARCHAR(100),
    "client_secret" VARCHAR(255) NOT NULL,
    "settles_at" TIMESTAMPTZ
);
COMMENT ON TABLE "sandbox_charge" IS 'The sandbox provider''s own memory, so that it survives restarts as a real provider does.';
CREATE TABLE IF NOT EXISTS "aerich" (
    "id" SERIAL NOT NULL PRIMARY KEY,
    "version" VARCHAR(255) NOT NULL,
    "app" VARCHAR(100) NOT NULL,
    "content" JSONB NOT NULL
);"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    raise RuntimeError("The first migration has no way back; drop the database instead.")


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
