"""What time needs: agendas, dunning, scheduled changes; and agents and client companies.

Tables and columns as aerich drafted them from the models, then what it cannot say: checks, unique
facts and the indexes. Why here: see the file before.
Safe: the tables that exist already get columns without a value, and one pass to find what falls due
in them. Undo: none, as for the tables themselves.
"""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS "client" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "email" VARCHAR(254) NOT NULL,
    "archived_at" TIMESTAMPTZ,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "client" IS 'A client company of a workspace. Archived, never deleted.';
        CREATE TABLE IF NOT EXISTS "agent" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "external_id" VARCHAR(255) NOT NULL,
    "name" VARCHAR(200) NOT NULL,
    "registered_at" TIMESTAMPTZ NOT NULL,
    "archived_at" TIMESTAMPTZ,
    "paused_at" TIMESTAMPTZ,
    "client_id" UUID REFERENCES "client" ("id") ON DELETE RESTRICT,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "agent" IS 'An agent of the platform, as far as it takes an agent slot. Archived, never deleted.';
        CREATE TABLE IF NOT EXISTS "dunning" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "step" SMALLINT NOT NULL,
    "next_at" TIMESTAMPTZ NOT NULL,
    "is_automatic" BOOL NOT NULL,
    "dead_method_id" UUID REFERENCES "payment_method" ("id") ON DELETE RESTRICT,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT,
    "invoice_id" UUID NOT NULL UNIQUE REFERENCES "invoice" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "dunning" IS 'How far the collection of an unpaid invoice has come. Deleted when it is decided.';
        ALTER TABLE "pending_change" DROP CONSTRAINT "pending_change_subscription_id_key";
        ALTER TABLE "pending_change" ADD "then" JSONB;
        ALTER TABLE "pending_change" ALTER COLUMN "invoice_id" DROP NOT NULL;
COMMENT ON TABLE "pending_change" IS 'A change that waits for its money (`invoice`) or for the period''s end (none).';
        ALTER TABLE "subscription" ADD "due_at" TIMESTAMPTZ;
        ALTER TABLE "subscription" ADD "cancel_reason" VARCHAR(500);
        ALTER TABLE "seat" ADD "client_id" UUID UNIQUE REFERENCES "client" ("id") ON DELETE RESTRICT;
        ALTER TABLE "payment" ADD "expected_at" TIMESTAMPTZ;

    -- what falls due, for the worker and the clock ---------------------------------------------
    CREATE UNIQUE INDEX pending_change_one_waiting ON pending_change (subscription_id)
        WHERE invoice_id IS NOT NULL;
    CREATE UNIQUE INDEX pending_change_one_scheduled ON pending_change (subscription_id)
        WHERE invoice_id IS NULL;
    ALTER TABLE pending_change ADD CONSTRAINT pending_change_then_after_money
        CHECK ("then" IS NULL OR invoice_id IS NOT NULL);
    CREATE INDEX subscription_due ON subscription (due_at, id) WHERE due_at IS NOT NULL;
    CREATE INDEX payment_undecided_of_workspace ON payment (workspace_id)
        WHERE status IN ('PENDING', 'REQUIRES_ACTION', 'PROCESSING');
    CREATE INDEX dunning_of_workspace ON dunning (workspace_id);

    -- seats and agents ---------------------------------------------------------------------------
    ALTER TABLE seat ADD CONSTRAINT seat_client_has_company
        CHECK ((kind = 'CLIENT') = (client_id IS NOT NULL));
    ALTER TABLE agent
        ADD CONSTRAINT agent_external_id_once UNIQUE (workspace_id, external_id),
        ADD CONSTRAINT agent_archived_not_paused CHECK (num_nonnulls(archived_at, paused_at) < 2);
    CREATE INDEX agent_taken ON agent (workspace_id, id) WHERE archived_at IS NULL;
    CREATE INDEX agent_page ON agent (workspace_id, id);
    CREATE INDEX client_page ON client (workspace_id, id);

    -- what is under way already ------------------------------------------------------------------
    UPDATE payment p SET expected_at = c.effective_at FROM pending_change c
        WHERE c.invoice_id = p.invoice_id AND p.status IN ('REQUIRES_ACTION', 'PROCESSING');
    UPDATE subscription s SET due_at = least(
        s.period_end,
        (SELECT min(p.expected_at) FROM payment p WHERE p.workspace_id = s.workspace_id
            AND p.status IN ('REQUIRES_ACTION', 'PROCESSING')),
        (SELECT min(l.expires_at) FROM credit_lot l JOIN credit_account a ON a.id = l.account_id
            WHERE a.workspace_id = s.workspace_id AND l.remaining_mc > 0))
        FROM workspace w WHERE w.id = s.workspace_id AND w.clock_at IS NULL;
    """


async def downgrade(db: BaseDBAsyncClient) -> str:
    raise RuntimeError("Changes that are scheduled and dunning would be lost; restore a backup.")


MODELS_STATE = (
    "eJztXW1z2ziS/isofxlPlc6VyHac9d5tlSwrGe3Iss+SZ3b3dMXAJGyxQoEavtjW7e5/Pw"
    "B8EV9AiqAoGWJQlYookg3KD0Cg++lG9z+PHk3LMvHzSc8wbvHRJfjnEYYLRA4yVzrgCC6X"
    "ifP0jAcfLXYvNAzNDm56dD0H6h45+wQtF5FTBnJ1x1x6pk0fcPT7HHoAglfb+e4uoY7AAq"
    "4AaQB4NjA9FywtiDvgcQW8OQI+Nr0TMEYvyAH+0oAeMk7oYwxbJ8+hP6OpFsn5P3ykefYz"
    "Irc5pN3/+V9y2sQGekNu9HX5XXsykWWkkDIN2gA7r3mrJTv38DC8/sLupL/2UdNty1/g9d"
    "3LlTe3cXy775vGCZWh154RRg79YQkQsW9ZIdrRqeAXkxOe46P4pxrrEwZ6gr5Fu+LoP598"
    "rNMeAPRJmu+Zlnui24sl9E7omYu/hL8zIaNp49upNhlMNe0o143092T6ITyl25gOARN7FL"
    "V//jtod40OO3tEH9D/pXd/fPrpZ4aH7XrPDrvIsDv6NxOEHgxEWQ+sIdcdRAHSoJeH/ppc"
    "8cwF4sOflsx0gxGKnkQHdbojOrHuj/WbEIEbwbcDwI/IH0jeWGsVDoSSDpgObwaTae/mjj"
    "5u4bp/WAy/3nRAr3TZ2VXm7HHQXzZ5yYN3P24E/D6c/gLoV/CP2/Eg26vxfdN/HNHfBH3P"
    "1rD9qpE3dT1mo7MRauTOda+T5kwGR67PJwtoWUPs8fs8KZfpcYLaIfbxM/0R/3Havfj0mV"
    "xlv5F+uSjp7MlNbzQajqfszVpj+h2t8nD259DhQxnenkGR/LZDRHEB3zQL4WdvTr5+/PCh"
    "BL3fevdsuiJ3Zcb/OLzUDa6l0WWfAvBG97cQ324lfLsl+Hbz+CZ/mQDMGbEWok3GYsXhXD"
    "qec4AvHVNHmo7oQ3OAX5nPxXNwWrBN0/Cfut3T04vuh9NPn8/PLi7OP3+IJ+X8pbIp+mr4"
    "lU7Qqe7Iz9i67zgI60LTdlKmhaP9tMJQPy0c56fZQU7b/sOH2DM9DsqFQzwrVmuMh3qQND"
    "gHQ7z78ezi7PPpp7N4ZMdnygZ0fvASNc1+hVhHnOnjr5PbMR/ZtFRWaTd1D/wLWKZ7iHNI"
    "CXoUj5RmHg3Z45ve37KjuT+6vcqq3LSBq0wHPBHzx3fE4E/KKPC3AF8n9qxlP2svyHHJT9"
    "XEmAO+dJNMgrzdsYEroNzM03c+VZBGLQ/4F9tB5jP+Fa0Y7EPyk+hUw8E2osT6QZO/rVs8"
    "TKDXZ9cLjwNfY4qrYMSRAwNZyGOY3BOj/n7YJ/M87YNHqH9/hY6hFXSG6aEFT3EMxb78eo"
    "8sWKCWR+hP/Mf4jx6S9lqEP8PQ7toJ7FKo5i8tuovsGYjhM/uT6LPpkwqGLY/szY/sEtaX"
    "82Ztpn9vMQJL/5EsGHNkAIKAR0wCYD8BCJiJwJaSDEELHn0PPNkOMF0t0GS9PAvcZMOKDJ"
    "Ztgu8oMliRwYpa2yN1Gc6g2hy6cyGqISPXDN6bp7W9of3prALYn84KsaaXFKOzX0bHI21T"
    "LITM3pSQsnu3sHvX6hVH97dtC0FcoB+lBLMGAZHcFfjxmf2if3V7O0qhfzXM8MHjh5urAZ"
    "nMWVeQm0wvQRPnzOAqNlkQvLGtVRaHiRzmq5A3xVJeDwtuDdAdaaOt+BRMrUL43JM22opP"
    "HJq0LUi/Rw21Camdkh7steNRHdH7WEJwLKNbxIPa3ICkekQu8GzxCLaN4oqhUAyFYiiOpG"
    "YoVLiaClc7LM5HcWoqXO29RrMKV1PhaorcrENuBmPVdDXXg45HfgZXzyzl2Yqa2CPj9j50"
    "55aEW7IbXGQ9aS5yXjhLaCn4aUEFeXXIyYCNfrkY5GlBBXl1yBdwpc3hC9KKaeMy4HniCn"
    "4x+B/9laY7yDC5Ss0m9DPSCnyBGd58xv4yQk9b6GI6JVdcaZa1NUsT65ZvIKN2hxQ0oLqk"
    "vrIfAunYlqXZL8gRnKC48mqKqj5FLR37xTSQoy2g851MNkvk6Fy3+zXSzQW0isyBwlayFH"
    "TQzEnYXLv65XrQH970RscXnbMM8JGVdpZjHNQGF7XB5ccFX21wURtcJAJ6/xtclggblD7T"
    "5xA/bx3ucRe01meNtagb0lZVYj9Pk3uD2opXoCNrls01/0XQ6rOWRvYB7kt+n2AiFqPGCy"
    "aKgtdKgomc6JaNwUTTOQq3LNlPwMZBzqpgJ9OCTEpOBzyiJzKng0A73xhd1EB7KtxINoWA"
    "CqpwIxVuVCXc6IeLNGosXQWbH/OAFnuuY4EWuq13EnJE1yIRgKP7W4jveRV4z4vRPeeEvw"
    "Q8ngjASZlaIEumKe5hDC9sYi4KzRKRgAK42l7U0C2wRI7GnzBK6Wye+I/IY3c/dP5Umcim"
    "xgDRBP2loAsnJadcN9VdN+jpCREr5AVpT469ENXc89INaO+SzTQHoqxHmJRq64opV0y5RE"
    "DviynfKT3XW5qk6464WeyDS53yNPZLUwt3jGxm6XqA3BoxavHOvUvy1VqxtPPkMjIATYMB"
    "IDbYqRfTNcmzwNJBT+YbgA4idy05yYyablzxd7JNUx3F3yn+LqUREMjFrMhYoIVcyE62Xw"
    "UzoxgZEkm0EuNKEJcgnAXYRWQCEk8ZlRFTGaMyQOczRrm6vRQLcVpLqACnLQKcLOh6mu/W"
    "WpyzsspAl9lAR29LkzRXo5/TkqqXZe5lB73Y32u9zWlJ1csy93JsQQvSbFk5RbCVE2yvyf"
    "RU21Jrbcx11cmwatkBJhefdhV89gyDjIBgfGR5tcwtnVJ+LTxH39z47mqptWjlRozePGDi"
    "F5tGsrlw5VJ+jBJfj/6KBrFRHux1brsI6LaPPWf1kws8+EZuAY8IOi44vj/r/lyQfKvhBy"
    "i+TbZZq6P4NsW3vV+yI8mUuz2QbWw+wGJpX9YiCuRKIJPlFH0U4owjAQVwZYC7ogB3FcDV"
    "pwlujb2SOYJfXE/By4fXQc+CyebWEgrial4lopZAiyBoCKkTGbE2gt20eyk0u8RUilikjR"
    "68KggXA8yrksEzP4vhXUu0b/w2H46PFtAU8vDHAu1Dt3texSlK7ioevuc5t6iMPO+7+qEb"
    "ZHlFOMhKjPAtRlOb/LcXPliGXtgJG7wdwzs00GJpezTX6j3SbSdNRRbf1Snlec31/ZqzFq"
    "gQUqnbiwWlWZ/NF4SBT3rLAZAGO3biMEeI3VfknIBvLKLh2yWjbmPkOsB22BlyjYwP2+HF"
    "Vu7oKYr0lW0S6yjSV5G++cApkXctFlC+3+wGMd+LE4xU3viYkGmhPda8yaDqXcT2wnkle+"
    "G8xF44z7Nj5C91xQNWs3ItxLv5mNVApcrDXJIVMZbYKmZVMjt4HyGrW1lvTdoX1KyzwkRU"
    "XNMiecMGqyJ7a6Va8479egleTW8OXuemPgdBrDlT3slkyUI8vLnpAqonPkIXsX1T9L3mZV"
    "JqosGGrYTyUlJcS6Fmapf3DajftoRUsSEQ46AFXSmyEPBk28fV7WD/QrDj44n8BuQsHZOX"
    "oXjjfpGMtFqEC4CXZTFYE3i8lSBF75UsAylGsQqn5CEMsXcCvumWrX8nVvs3QKZnF9FYPz"
    "ZtuxAbj/Yb21wbED1sqcEegF44yVNKiIkDesFweazSzp6jeCX5zGDFKyleSVVO3F+QxZ5d"
    "p5IjvAvfKZ1TtP+zsdAwTgm1EOnmNd9IORBeHBJyarOZzJvNwh0kmni2gbxk67bCf6wSsv"
    "SxOGbpYy5oKQKNRXrl0S4p/pSR218C3A+7grrh7LcqR5nKUSYR0Puv5hEmBNu2zsI6+VhL"
    "gM9oNGZBfW2hWhSslbZiBJ8bgKj33GKEXAS3BmiCYGvxCdWVbSEaBs20FSXDxzgkjLcA6X"
    "rdShtBWsLVooHp6C5opuUoaQtE/nqjIbBuWGNtgkzIY5Tz+iRTQfDRjaLEK2Ccz0VxkCRI"
    "9WppjaAmWDLtEDELK6ZBvYAjqIFaUDqtt26xJbCJ+nTTFQp5ft1cDcMS3266emJVB29wN/"
    "BoHpdXSF2oT7bDXKkLG6MVOP4WKk/ffqZx+09h7P4SOaZt/OQC8lBwjMmtnOQwjbY+wzPc"
    "84ic67HEzvYTQFCfg+9kFFABkHy5/wwCq5XmnEEY0AIVhqrGphzCyiH87m6AKg5hcqfGrW"
    "daEu66FlE5WrfI0cr6JbG8ZBb7suI1WVFVv6Z6/RqyFHE00uLhHt2vYrvrD/V11Z8aaWoz"
    "si1cXw5kPankVl5aUNQDlxBRbrdsBHJC1RaElSOq4C3wygvaGympLUDNLgsybP9v1k9czg"
    "OJO4kFaSBJR+1GFzHn3S3wD2fn3iZAvgvbaSm4ifWmgUTGuckk3wOiKUSqe79knEA24p+e"
    "PnefPSQ1Z/C4v+ykUkL9Zeezarv7KGmWyMpBS18yau7JdFxKtFGfywmYztm2vYDDQy/IWY"
    "HwJ8SpQGh0ZSjG3/a3sycpMk+2VbejyDxF5qWNBQ96PofLo6G8A+wvcutP2l6IpWWOkD8i"
    "60NvNBx/vQTR0Qz3+tPhb4NLEHzO8F1vMtWuH8iZ6GiGH8Z3veH1JQg+Z7jfG/cHo9GAnI"
    "oPs1NqpVDhT1VChbOjIhEq/CmXgeAgicH4zMEyg+StmNuczA/lE+ZaSu13kJqYYp5OjSGZ"
    "7+PC+PusmAq/z742IUJk+XCEtY2srHqFDuAVQpij0Ffq51BS9bLMvaxT7dAiBoBW1t+lak"
    "hRE0odEVBHQhCJueKKZa/LCbYv1ct5pc3b5yWbt8/zm7cNv45/ci2lpjWZpzXlmGzUc6Zy"
    "mO/DfaY8Ojv36CTV22RY79ZbKbIBxS3BPu0/99Bi6+1wCZfKkLTXVqzC8H7L3n4TKmtpZB"
    "9u5JlkmwgPBaQy77MqYSF1CYvcLLfJER1NhRWd0ZoZ3b95KwoGRG/+DxsH/l+Y2s9Bc8AG"
    "9SXm9isgf88KkK71wiLDnJ0nWzam/MqyqaMd5VdWfuXUevyHD7HHLYBZ6DZJiuzPZbLL7m"
    "3YaxLsohE0nlNCipJQsdIqslcyjHcU2Ru8+E3A3DPIItVifFNTZAPhvQ2aAGHuKJ7iv04r"
    "VaLu6+ubqmw3Z3eDsFg91bjhOjL0BPQcfW6+IKMDMA0AjXZxc7eW129JafeyzehKu1favc"
    "oJrnKCvxfCu8gJDsMVqMbElRFVLnyZXfgy+pzl7d76pl2JK0Hc4NjKmSAHujtxJxTl8t1n"
    "ClY556rGsve5iLcg1Ek+Vy1j6yHBKWK4BsOJZ7fGA63EbIXP1a1WDNjdQXVCBJakZ55sZ9"
    "EB0CUyDv0wPeDB74jWPg9vdi3bEzFod/AQmjLt2xL6LtMk4opar3PTQrQx8t2m99PnWebC"
    "9Fhp9uAyq7mVdJqRm328hKYyoZUJrUzo99ZMq5jQ6M1DDoYWVy8tMfTSYq0093ZQDlsRFr"
    "slLBz0bLpkZNaaxnLCLZzJDmTmqmRTK+7kx+jnWDkV7eWUoOpjmfs4cNSJ1r9KCjWYy0ze"
    "fj3wXS4HC6xiHPfOOOZnhyYArlwES845YXOBtuSUKFcMCWMiuaHjIUVZFi4e3VIheoTeG0"
    "R0my6jwjB4XAFI84u5NgbHv9/e/zq56/UHrJoAzMaIHPdHw8F4yq1U0GTTihyTbZLvKHJM"
    "kWOpdYeWDeHTNZtzkkWyMlM3R/GEdQniwxkOpqlLEHxm58Eq5E7zmcV+iARxw/FvwylN6x"
    "Ye5NPD3Q9Gg96E3hIdydE9pqvZrwRDjs+yLNtKUkxlWBHIsKIis3YdmbVXql4ya2MPTD10"
    "XWK51SNv06ItVKkORIWqxOw5xAKF9fjbjKhicGXuZ8U37ojIlYoalyFFguJvD4G/FWEZNz"
    "O9onlAavO8Mgzw5lneLXf/pUrxcjcBZov1lu0FzNUKrlaJwjUNFOzgIzdj9wk5l+R4blsG"
    "cuj5oF2XhSeGtV9pfOLc9l30E60p6zsgfKjLr0DR+BMUxyvbQtBRHK/ieBXHO8PDyeSBMY"
    "3sc4b7t+PJww0rKREezfDgb3fDe3oqPJjh3vVfHyaMoYyO5KAfJTA+ZFQkmtCUq+z82XNi"
    "QNlmx8LdKqnivaFK0QxQ07C1tqLlcq0ABVQOKAfpiEayKrAKwCqzNt8p8aSMS8Ue8k4mzE"
    "ZoRXBuvcExGLlX6xYPkgLefqdjGodiIz2B1GYjPdFRVUKvAlOZmMKhXAd8R0sPvJrePKzV"
    "GK2CQSFHWqkR+Jia169zU5+zeo9UmQBBImteDNZOnrGFoR4a/KLp8FJSKpN8qWHu2R60tI"
    "XOmS/M58I8jkmp1pS++lO3e3p60f1w+unz+dnFxfnnD3E2x/ylsrSOV8Ovw3Em+iAfZjCn"
    "gqLAJ4QU7vVwJ9qvs9JigrQ69hlBhX91/AUs3zKdMsFrb+nCyHLqh7gSbE56mFoI9+XLoD"
    "xDsYoUshCb1SPLrui/CNp1g9hxnTwUmBhE2gY4pl6E3t2QKDXBjV+JBuP9fAKuETQAkfiG"
    "7Vfwl/8C6G1pkmWT5mnIq0Y7eobyYRySqqR8GMUrSXt9GK7tOzxzumJwdCwttR9jMvw6fr"
    "i7BMHnDN+NeuNLQP8nxw/UNTChVbPDoxnuPUxvtfsBfZm+0gjq5NcZnt73xpMvg3taizs4"
    "iuLetXVjmROR/+OGRcevj+XwgSwd03a4qe4nC2hZxWWCE3Jtynd/2r34FCuJ9EuZWji56Y"
    "1GeT38mS6SSNwESsu1CdU9G0IOjVvHtLSZaBdkJVUn1O6EaDSLKxVpyRYqFQeiRFSK4F1r"
    "/qLdnJZUcdoy9zK2PbF9LeH97dvXspNKzGHVcKJqO+L5ajKy6kWS+UWSzfEjb9cKbHYI62"
    "cKgpqWUpmAMlPSe5UPbyWa0pTqag26JZtzCp0pNTL/bOtOkQPfZhwqnCm3CYxbV7Y4C256"
    "oakA7juXmjtQmOtVmqOLVhMY34XttBPbxNK+Ra0HFc3caOGHel7sGLZiV3YS2c3+bC95d2"
    "Wntv3EdsNZtgcW9gsyyDcalvfk2AsQ+JaAZwNi1D4j7wSMWfUBf0mN2M0VD3bwDFbwIIgi"
    "ZNUOWBEDuvMvSuwGge67nr1Azp/BNxeRYUae9Q0E+/pY+GA8+lnYoe3T4uHPcEnLhZO2w8"
    "BEDT55yNEWOnsKFQsvAHaBPI6WVsBbByAqL7vyssszH7bZyx5OBWJ+qKSU8kHV9kHBBbNq"
    "RL2AKTEFf234s2uaWC/wpFVn1O6M1m9Z/nrfoxE27GOGHyY9GsDDPsJNyX8P9yT/fR3Iow"
    "3H61ge8iVx5fZhmrhEvhUF8tD8il8exiy7Iv2k338b3E96I3omOMqqqO8T7JMEjDsS+C9i"
    "RkzmQSCTU8/Wdd+pV1QmI9pCje9ANLxKPj3dJn2le65otq20mCL1M7uImLEtiGlKSPlJM5"
    "BatqjjeS2hwMy69BiBJOrMSwopSDOQBkycIKQpIQVpuWu0KOZfeUYLvUrJN7aCPykYjgrh"
    "6ginXuAKCAdrvEK4OsIpragCwuEOxWbgbVd2piy0awWpSkWqUONvDlwBH6icRsLmrKVpK2"
    "kL73PYEvmde/c/Hwj2u3U/R3E+PL9zIgaoxOGcCDqqkFiGFpZ3fWSAUCzI9sISuZgYuSeA"
    "OpzY96DQC3XEglfqzn2FLqD16MECroqTyjTfvvLnyqZKd5Q/V/lzK/pzfzhnbvfj2cXZ59"
    "NPZ7HfKj5T5q7Ku6awv3jkafQl+4tiiWa8Ee+a9STtizir4oo4K/ZEnOUcET9EFbTr+96X"
    "6SVgHzN8ezcYXwL6/wzf9YbXl4D+P8O/3dJj+v8MP4z7t6PRoD8dXo2opzD5VQ5/HZlF3S"
    "JX3eaOW0tL3XGTh6tJ/354RbogPqQu1PHg98CDyg5mmIA0ph7d4JN8vx9cD1N5F9InNuVy"
    "uOmNH+gDgk85OlztA/xRfIZhbyFeTEalfkbciAzVy1L1MvPiY52TXaVYtUnKyDxx11RvTi"
    "vMmaeFU+ZpdsZkpnYe3r9ObscFHs1IIPvmmLoH/kVMd/cQNfISUCkUqfclQvP4pve3LND9"
    "0e1V9kWgDVxlI/v8FU9hL4Y9FlCwbwG7R94k0RKjSZk2pmOoFLhVEreVnVEoXmSN1bm1BK"
    "6Rbi6gVYx0QjI70gPRk7CJXY32XaVULYH5etAf3vRGxxeds0wJ4qS5mtsQHaRapmjx+Piy"
    "4PicbJtYlT2HBdNBW6MPUmIK/vrw130J1BvQ8CYR6pCp0xFccZVCu15fBB61Gi6VlGALPS"
    "ptsooNH9Xo4bWU6l6pu5fNhOL9mxBTpJbM/ftim0atOTolqPpY5j5W+ap2GecuQeHRA1oA"
    "60e7l1TqEw+4FKnVJym6TZXrU7mqtt5VUDlXVaXI1riwzD4L6h4I9BnddLUoMPFFYLoLmm"
    "nRTCAW+pv0Y2ODpssPoliLYRWozXkXNNmPW2zhODR8jMPo5q3xul631RKkRCPLIwR4keUJ"
    "dEoiyxP9sTmy/Bf7lVxyWA4wopxZwaYCmm0MYuBjFtkdxYTPoUvuIXYNuA4yiYHXOcLAZD"
    "nDqEvI4CUw28kTVHS5bKprB6jochVdng7VRct8f5eXYopkWuNzaKIGE0ZvXo13JyHWwhfn"
    "QF6USgyV6Wr0+oJoR7y8YrZtIYiLfEVp0axeRWTb1blXt7ejVL9eDTOeuPHDzdXg/vhjJn"
    "4j/14ZZOrVFkSBsA1B8iovqWhBRQvuBdh3rg9SQ52VElLFtL4r05qYQJtAOeSwbuIGD3LK"
    "3Qh0ftkRJlrz1FiFOhiihdurV8GQcjpppghGg9kGIoqWxwkl6NsSTmiZuGsjJ0R6mvzZK5"
    "pPPiRsKFUT/tEnYEhzwBtR4njTQIul7dFdHuA7WtFC6vT00rFfyCUnzwc13rrigmRbXDuK"
    "C1Jc0I+3bftuML4ejr9egvCA7vz974chWRK0Xn86vB3THcCpEzN8d3/bH0wmgVh8PMOTh3"
    "5/MLgeXNOdxOHhDH/pDUf0VPAZJWsexOma6bm73v102BuN/q6tr+bPzfD1cHL3MKVXo6Ps"
    "VF1lz0q3yp6VbvGelW5uN0UYg1w/elnFkTdRdZwsOzTArUY35GVbw+buuRfUlttdb7l9Jj"
    "i8wpVGxixy+KlwiqHmCrdvW2L3/LzKHH9+XjzJ02tZ7lWnu5cJmoYQ5lm59sH9sVL+/o8l"
    "+fs/5vP3Q2ZCaAQ7MidrLiK6NEf/Loa9SL598O9ktIfw0YA0mrZR8x2rBvpZ8faBT0Zuxc"
    "FfOvrz5SuWBJRaxSuSgi00OQ/ExKzkRUVvS/Jy1OrmjKjazyFzP4dxYHW23aUkVS/L3Muy"
    "+Tnl7VoB53GtYIem4hzaCakKdFBeeSmdxTW88oUOYHGEt3ABHwi+lZzA+cm3CXBFwx0OFe"
    "KmQx2ad8mHXVDimF930mb3fCIiZrOXfmLTu0lLzJM+p4VnOuBbjpP8lvOZg2vkQX1eofb8"
    "bh6h/PWyLbsd5a9X/noZ/SJyhYftgShufWHrfu/++hLQ/2e435v80ru7o1/ZAS10rV31xr"
    "9qvX7/9oFWps6cmOHb6S+D+0vAPrLrVSWGufE85wRBJMTmxwIyd5RMzqtHBxa9FXyEY4H2"
    "eUiazxFrQdc7Exu/oUD70D2rAO5ZcbWSLLTobWmSNVlb2Jg0n4O4fCtkTrhWFI1scDe3Kz"
    "LCZ4UgJ3t3NWwjWQVtdj9i9PNywG7ajZgQ3ONexPjMAW9GDCzmWm6tlKjya8ns11L+AuUv"
    "kJJsregvqJLDa2NGoEqJqdqXC0hl73r3wr0TYhk+2m99RmYf8Xj79B2dUt7eDe7V9PXNG3"
    "n76RyBUC4mzH9ygf2KwQItbGfVAa4NPFpb1/SA6zsv5gtyAZn4aDU0F0Dyj3yDViwNDBu5"
    "efZ+lw/agsO3l3SUiudizcq9K6/PqPyzA6PyQ3daLU6XJ9tC/mo30b9qR5PaSyMH9LvcS1"
    "O2x5OP72Hs66w7lTS+M1Ltmdmr26H2ZplmdslIPrp3sVC6yPMs5NagwNKSigGTjQHLETXv"
    "FLbVQ46pz494dl94qVNq8MH1TZsMveK+bTgAqlB75NpJHJ0xHOvyxl0ECmP349nF2efTT2"
    "exnhifKVMPI1Ww2C56QY7LzfhfPMUnRNTkXtEKWnKywZbseVzyEsG2Ad3dKCs29rhVXovL"
    "GCdEVCFjwULG77qe/fv/ARe+5G4="
)
