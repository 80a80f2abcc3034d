"""Credits that are bought, and bought by themselves: settings, the look-out, one grant per purchase.

Tables and columns as aerich drafted them from the models, then what it cannot say: checks, that an
invoice brings its credits once and that one recharge is under way at a time, and the index that the
monthly cap is reckoned by. Why the look-out is kept on the balance: docs/decisions/0014.
Safe: a new table, and two columns without a default, so that no row is rewritten; the checks look
at each balance and lot once. Undo: drop them; what workspaces want of auto-recharge would be lost.
"""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE "auto_recharge" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "enabled" BOOL NOT NULL,
    "threshold_mc" BIGINT NOT NULL,
    "amount_cents" BIGINT NOT NULL,
    "currency" VARCHAR(3) NOT NULL,
    "monthly_cap_cents" BIGINT,
    "wanted_at" TIMESTAMPTZ,
    "declined_payment_id" UUID REFERENCES "payment" ("id") ON DELETE RESTRICT,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT,
    CONSTRAINT "auto_recharge_of_one" UNIQUE ("workspace_id"),
    CONSTRAINT "auto_recharge_amount_can_be_bought"
        CHECK (amount_cents BETWEEN 500 AND 1000000 AND amount_cents % 100 = 0),
    -- a cent buys 10,000 millicredits
    CONSTRAINT "auto_recharge_threshold_below_amount"
        CHECK (threshold_mc > 0 AND threshold_mc < amount_cents * 10000),
    CONSTRAINT "auto_recharge_cap_allows_one" CHECK (monthly_cap_cents >= amount_cents),
    CONSTRAINT "auto_recharge_off_wants_nothing"
        CHECK (enabled OR num_nonnulls(wanted_at, declined_payment_id) = 0),
    CONSTRAINT "auto_recharge_blocked_wants_nothing"
        CHECK (num_nonnulls(wanted_at, declined_payment_id) <= 1)
);
COMMENT ON TABLE "auto_recharge" IS 'What a workspace wants of auto-recharge (R20). Without a row it is off and never was on.';
        -- what a worker has to do, among all that want auto-recharge
        CREATE INDEX auto_recharge_wanted ON auto_recharge (workspace_id) WHERE wanted_at IS NOT NULL;
        ALTER TABLE "credit_balance"
            ADD "recharge_below_mc" BIGINT,
            ADD "recharge_from" TIMESTAMPTZ,
            ADD CONSTRAINT credit_balance_recharge_below_positive CHECK (recharge_below_mc > 0),
            ADD CONSTRAINT credit_balance_recharge_from_when_below
                CHECK (recharge_from IS NULL OR recharge_below_mc IS NOT NULL);
        ALTER TABLE credit_lot ADD CONSTRAINT credit_lot_bought_has_invoice
            CHECK (source NOT IN ('PURCHASE', 'AUTO_RECHARGE') OR invoice_id IS NOT NULL);
        CREATE UNIQUE INDEX credit_lot_one_per_purchase ON credit_lot (invoice_id)
            WHERE source IN ('PURCHASE', 'AUTO_RECHARGE');
        CREATE UNIQUE INDEX invoice_one_recharge_at_a_time ON invoice (workspace_id)
            WHERE reason = 'AUTO_RECHARGE' AND status = 'OPEN';
        CREATE INDEX invoice_recharges ON invoice (workspace_id, issued_at)
            WHERE reason = 'AUTO_RECHARGE';"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP INDEX invoice_recharges;
        DROP INDEX invoice_one_recharge_at_a_time;
        DROP INDEX credit_lot_one_per_purchase;
        ALTER TABLE credit_lot DROP CONSTRAINT credit_lot_bought_has_invoice;
        ALTER TABLE "credit_balance" DROP COLUMN "recharge_below_mc", DROP COLUMN "recharge_from";
        DROP TABLE "auto_recharge";"""


MODELS_STATE = (
    "eJztXftzIjmS/lcU/mU8Eayj24/uWe/dRWBM97BjYx/g6d07LsrlKtnUuZCYepjmdvd/P0"
    "n1oN6UigILtSJmGiiUKvxJJWV+mcr8x9GTZdsWejnpmuYdOroE/zhC+hySN5lvOuBIXywS"
    "1+kVT3+yWVvdNDUcNHpyPUc3PHL1WbddSC6Z0DUca+FZmN7g6NtM94AOlth5dRe6AcFcXw"
    "HSAfAwsDwXLGwddcDTCngzCHxkeSdgCN+gA/yFqXvQPKG3MbFB7kN/Rls9kut/+FDz8Ask"
    "zRzS73//D7lsIRN+h270cfGqPVvQNlNIWSbtgF3XvNWCXXt4GFx/YS3pr33SDGz7c7RuvV"
    "h5M4zi5r5vmSdUhn73AhF06A9LgIh82w7Rji4Fv5hc8Bwfxj/VXF8w4bPu23Qojv7t2UcG"
    "HQFA76T5nmW7JwaeL3TvhF75/B/h70zIaNrwbqKN+xNNO8oNI/09mXEILxkY0SlgIY+i9o"
    "9/Bf2u0WFXj+gNer92R8dnn35meGDXe3HYlwy7o38xQd3TA1E2AmvIDQdSgDTdy0N/Tb7x"
    "rDkshj8tmRkGMxQ9id40GY7owno81k9CBG4E3w4APyJ/IHli7VU4ESoGYDK47Y8n3dt7er"
    "u56/5hM/y6kz795pRdXWWuHgfjhclDHjz7cSfg22DyK6AfwX/dDfvZUY3bTf7riP4m3few"
    "hvBSI0/qes5GVyPUSMv1qJPuLAZHbszHc922B8grHvOkXGbECWqHOMYv9Ef86ez086dfyL"
    "fsN9IPnysGe3zbvbkZDCfsyVpj+gpXeTh7M90phjJsnkGR/LZDRHGuf9dsiF68Gfn48cOH"
    "CvR+747YckVaZeb/MPzqNPgujS575YA3ai8hvqe18D2twPc0j2/yl3HAnBGTEG0yF2tO58"
    "r5nAN84VgG1AxIb5oD/Mp6KV+D04IyLcN/Pj09O/t8+uHs0y8X558/X/zyIV6U819VLdFX"
    "g690gU4NR37FNnzHgcjgWraTMhLO9rMaU/2sdJ6fZSc57fsPX0ee5RWgXDrFs2KN5nioBw"
    "mDczDFTz+efz7/5ezTeTyz4ytVEzo/eYmahpc6MmDB8vHX8d2wGNm0VFZptwwP/BPYlnuI"
    "a0gFehSPlGYeTdnj2+7fsrO5d3N3lVW5aQdXmQF4JuaP7/DBn5RR4G8BvkHsWRu/aG/Qcc"
    "lP1fiYg2LpNpkEcYdjA1dAuZnn12KqII1aHvAv2IHWC/oNrhjsA/KT6FJTgG1EifWCLn9f"
    "93iYQK+vrjceR1/GFFfJjCNvTGhDj2EyIkb9aNAj6zwdgyfdeF3qjqmVDIblwXmR4hiKff"
    "ltBG29RC2P0B/7T/EfPSD9SYQ/wxCf4gR2KVTzX81P59krOtJf2J9E703vVDJti8je/Myu"
    "YH0LnqzN9O8dgmDhP5ENYwZNQBDwiEkA8DPQATMR2FaSIWjBk++BZ+wAy9UCTdbLs8Btdq"
    "zIYNEW+I4igxUZrKi1PVKX4QqqzXR3xkU1ZOTawXvzsrY3tD+d1wD703kp1vQrxejsl9Hx"
    "SN8UCy6zNyWk7N4t7N61elWg+2NsQx2V6EcpwaxBQCR3BX58Zb/oX93d3aTQvxpk+ODhw+"
    "1VnyzmbChII8tL0MQ5M7iOTRYEb2xrlcVhIof5KORNsZTXw9a3Buie9CErPiVLKxc+I9KH"
    "rPjEoUnbgvQt6kgmpHZKerDHrojqiJ7HCoJjETXhD2pzA5LqCbrAw/wRbBvFFUOhGArFUB"
    "wJzVCocDUVrnZYnI/i1FS42nvNZhWupsLVFLnZhNwM5qrlaq6nOx75GYV6ZiXPVtbFHhm3"
    "96E7tyTcksPgQvtZc6HzVrCFVoKfFlSQ14ecTNjol/NBnhZUkNeHfK6vtJn+BrVy2rgK+C"
    "JxBT8f/E/+SjMcaFqFSs0m9DPSCnyOFd56Qf4iQk+bG3w6ZaG40iwba5YWMmzfhGbjASnp"
    "QA1Jc2U/BNLBtq3hN+hwLlCF8mqJqr9ELRz8ZpnQ0ea680oWmwV0jEK3+zU0rLlul5kDpb"
    "1kKeigm5OwO7nG5brfG9x2b44/d84zwEdW2nmOcVAHXNQBlx8XfHXARR1wEQjo/R9wodGv"
    "NFRg20CPXtiPRNin9RSITEozGjMdvWwdFnMf9NZjnckKmQdR8b7GHYY2YT3JipObOB/W5l"
    "kzWfEKbC7NxtsvWqynG3yA59zfJziNxTwWBadFwZAVwWlO1GRjcNpkBsMjcPgZYBTkQAtO"
    "xs3JJud0wBN8JjoCCKy9jdFqLfSnwtdEUzCpoApfU+FrdcLXfrjItdbSn7D1MQ9oeSRELC"
    "BhGMROQtjoXsQDcNReQnwv6sB7UY7uRUE4VcAL8wCclGkEsmCa4h7m8Byb0OZaJSIBBXC9"
    "s82hm2kBHa14wah0jxSJ/4h+kdMPnT/XdoxQY4Bogv6C0yWYklOuwPquQPj8DIkV8ga1Zw"
    "fPeTX3vHQL2rtgK82BKOsRJpXauvK8KM+LQEDvy/OyU3quu7DI0B0VVkUIvupUl0VYWFp4"
    "AmkzS9cFpGnEqMUnQS/JR3vFyhiQr6EJaFoVoCOTXXqzXIvcCywc+Gx9B7oDSatFQXKstj"
    "tX/J1oy1RH8XeKv0tpBARyPisyFpCQC9nJcb5gZeQjQyIJKTGuBXEFwlmAXUgWIP4UZBkx"
    "lYEsA3Q+A5lr4AVfyNxaQgXMbREwZ+uup/luo805K6sMdJENdPh9YZHuGoxzWlKNssij7M"
    "A3/NroaU5LqlEWeZRjC5qTZsvKKYKtmmBbJtOdbUutyZg7rZNh1bITTCw+7Sp47ZommQHB"
    "/MjyapkmnUp+LbxGn9y4db1UbbQSKILfPWChN0wj2Vx95VJ+jBJfT/6KBrFRHmw5wy4EBv"
    "aR56x+coGnfydNwBPUHRccj85Pfy5J5tbyDRTfJtqq1VF8m+Lb3i95lmDK3R7INrYeIL40"
    "QmsRBXItkMl2Cj9yccaRgAK4NsCnvACfKoDrLxOFNRsr1ojiYo0K3mJ4HfjCmbxwLaEgru"
    "dVImqJbhMETS51IiMmI9htu5dCs4tPpYhFZPTg1UG4HOCiqitF5mc5vGsJ+eZv++H4cK5b"
    "XB7+WEA+dE8v6jhFSavy6XuRc4uKyPO+qx+6RZaXh4OsxQjfITjB5J+98MEijMJO2ODtGN"
    "6BCecL7NHcvSNoYCdNRZa36lTyvNa6veasBWqEVBp4Pqc064v1BhHwyWg5QKfBjp04zFFH"
    "7hI6J+CRRTQ8XjLqNkauA7DDrpDvyPzATlFs5Y7uokhf0RaxjiJ9FembD5ziedZiAeX7zR"
    "4Q8704wUjtg48JGQntsfZNBlU/JbYXLmrZCxcV9sJFnh0jf6nLH7CalZMQ7/ZjVgOVKg9z"
    "RZbNWGKrmFXB7OB9hKxuZb21aV9Qs84OE1EVmhbJBhusimzTjfYEMS6Bg5eXYGl5M7CcWc"
    "YMBLHmTHkniyUL8fBmlguonviku5Cdm6LPNTTjiA8iZNsuIDo9zJsTu7pJy9ZEdQmzQoui"
    "YQqY9w2837Z0WbnBEOOgBcPLs2EUycrH6e3gnENwMuSZ/AboLByrKDP2xnMlGWm1WdcC3r"
    "b5Nuu1hNqsD3OzXhOsRTt1in6t2KZTjG8dzs+DSEfeCXg0bGy8arr3CMhW6UIai8m2UJfs"
    "kE/4Ozv8HBBxTBVAHtC9cMOllB0TB/QL0y1i/XZ2H8X7iUdTKN5P8X6qUur+gmD27NoWHO"
    "Fd+LbpmqL9H0Zc0zglJCHS7Su+kXLAvTkk5NRhQJEPA4YnfDT+bBB5SelSFXysE1L2sTym"
    "7GMuqCwCjUXi5dGuKPaWkdtfguIPu4K65ezEYSUAhD1+eAtlFcRZiJ90m4YlNSlJnhOVBt"
    "09FymMgIQ0kpd7opdISzMY7a0mKiOlykgpDtD7rwUWpn/ctqrOOtWkJMBnzmCogmm1cLKt"
    "EpWBCyXWi6wY6S8tQNR9kRghF+pbAzSGurT4LMgfDDXkz5/IJrAlTve0ryHrSla4Qpt6W6"
    "QGQTeyomT6CIVezS1Aul73IiNIC301b2H1vg+6kRwlbQ7JX2+2BNYt60xWyBLEVDv1LYfY"
    "k3apcuCzj7aeVyPWi6wYJQkga+s5dRX01o9OlcuCGFdkUS46KJnSrRjc6LRnHYhzOeUO0l"
    "lWv+pxK6hxlj4+RMzCrUE3SjjgBqgFW0R33aOEsNE+FlAzfNfD86KgziazjfXZS3QpIXDM"
    "jexAY6Y7LwVhFw1g65IeR4kOJQGNN9I0Jv+KAk2TzGBFnKmRbLYxzPSe1r/ugLASIDtzYV"
    "tz9vbFgdAMTm/o6yPemSrYl+Q7BJesHs8ztm28dIFVULhnh/dRYaaiOXaooAozVWGmyQoz"
    "VrNggYygTMW49xwtYPiOQzOP5PGvyBKWkJEwSvKsRkzXWWlI11k+osuwfZOsUFFd3bnBN9"
    "lLOlCTvvGk16mmQHkJrppAaSlVF2iLukBRtKJJNDRTL4oh2HAAt0Bepueh+YHcpLuYatAN"
    "NKqUoIQK1YEoULWisxe2zht6lhBR8WYHkBHxYIGtCORTlW92k+swuzS0Ae992I+kyCaWwy"
    "2CIRcQmdSxY8x09LK11+w+6K3HOpOI+Czz6GwdsyW/M2fvsUiHAtJOczykH8Qi+j33qFZw"
    "8OlFoh4T3wVBa+DRultLnXLjz9hhqRXmGMEVOH4M58bjzzTP6nOYa3UBHQubP7mA3BQcI9"
    "K0oJhXq71P0RR1PSLneoyQx88A6sYMvJIpQwVA8pH/CwiWWprMCSLywbBMaCrmXjH38hia"
    "EjP3pKVWuG9X0GdrEcWdbcGdsXFJbC8ZbQBjG+qoZAgyolklgcjKNQBXd3c3qQG4GmTI4e"
    "HD7VV/dPyRjQZpZHklnDHZigrMqfLpHrVX6b2aT3X4/AzJXvkGm5QVz8hKuL8cyH5Si8iM"
    "4lN4z9GmxbbQ5Q7nUePgMxU93CqcSQOGE9YCUQVviVeQ04pLSbW4AohQBKdd2r06ipqfGu"
    "bk3QSdtRsp4oJnV/Hv++Pfi9SENoDlOFMvpnKwOedDWjvi9m/kudXcYp0fCN5CZc0paREW"
    "6I1jkN6edl+jjC4XE4h8p4SvXn/dqSar6XPprVtuZKq/OHgOHl2LjPYjwAjoKb6X5u8Psv"
    "rTji/BkhLOlGb2XfKH0NTCbODB0yoT4p0nrXd5I8U9i6bOdBT3rLjntBVmoaJ9p3rAYyEJ"
    "x/pAxlYFtO1rxVSMhbKvxcFY2ddi29c89l+LhkpqcheZKtnZX2GsZB+8esXOaExKokjxM7"
    "UrWASM5bg0joVmjzkBkxmrWBaEyFCDYQXCnxBXRqbJzEOx4opnO7uTsldE2x6UvaLslWxC"
    "Cd3zC0Jl6AHLPvLnuY0qrYbF0iIftTwie0n3ZjD8egmid1PU7U0Gv/cvQfA6Rffd8US7fi"
    "BXondT9DC87w6uL0HwOkW97rDXv7npk0vx2+ySWjKD0pn5P9U4xfkxOysSmfk/5QqyHmTc"
    "TXzlYANvyFMxwwVpWDYcYoulVHkRoe19FkisMSTzY1yeACAjpvLTZx+bECGyfTjc2kZWVj"
    "1CB/AIQVSg0Nca51BSjbLIo2xQ7dAmBoBWNd6VakhZF0od4VBHQhCJueIWkXwVWVOygvJV"
    "tL6oVSvxoqJW4kW+ViLN8cBvMK+l1LIm9LKm4n5V3K/ocIqYFkKE4Kd2vWfKoaMCJt8Z22"
    "0DJkVJCHEoczt9wo4FG24NVSrAUUaciGkybzNjxoD0JytWYQ50G29fW4z1dIMlWv1UgpFm"
    "CUZq5bHiDYPfKouVCMpgWzmsdhRiwla5TWEm0VJYM9REs6L2m/O4IECs4j9hFER35GPWOy"
    "z7+QwvAfl7VoAMrefSFCpFadO37UxFjYhmFnWAihpRUSPJ/fgPX0ee5RUk5i51iiZFZMqG"
    "25pPNEhBw0nipIQUNaYCzFWAuWAY7yjAPHjw24C5a5JNSmJ8U0ukWFHmYUnwwspJcbXwqr"
    "pJ60Z1cjWy1oApm0TvJhp3qnZR1zFm1hs0OwCxk6dhCsTCvIzNe1LavWgrutLulXaf1u7Z"
    "a268y4NHovYix4A3DBo5rRU0cloRNHKaDxqBc92yeQCOBWRE+OK8DsIX5+UI0+8ytlS4Az"
    "UpMJIWVQE6IgfoiBj7IO7wqpIYQrsTSrAntkNxCUIez1f3BUpbE3lB/mCoIX/+BJ2tHfS0"
    "ryHrSiK0uIzYBKEDi7bPJhWmw44kgpPHzA8eviIrP34sK4x8/aW+jY8Aa00tclYIgYzMM3"
    "bmHaC7RMahL5YHPP0V0nrGYWPXxh6P+b+Dm9DqDI8L3XeZ3vVIE2G50APLmWVD2hn5jGl7"
    "ej9Wg7lD6z0EX9NrKRcjaeyjhW4pwkERDopweG89vg7hAL970EG6XajFV5jFaTEpjeOLWs"
    "bxRYVxfJE1jhW9s1t6x4EvlktmZqNlLCcs4Up2ICtXLQZCMU0/xjjHyinvKKcE1RiLPMaB"
    "W5P3sF9SSB31E/9s2sECq/jZdy1ZvA622PqoWtzTQa4Jmw+qJZfEbY6pKWL3PevLMta28F"
    "BCSOdWHUSImtSIS6Jtg7MClstoQwSeVkCneSldjMDxt7vRb+P7bq/Pirzq2eij497NoD+c"
    "FBaQbbNrRSSKtiF2FJGoiMTUHk2rORdTW5tzWUayItNcR/GCdQnit1MULFOXIHjNroN1iL"
    "D2M1L+EIlFB8PfBxOaDjR8k08rOurf9Ltj2iR6J8bwWK6GlwgWpK6szNKVFFOZuTgyc6mY"
    "v13H/O3VrSGYgbAHr4buusTKbUZ0p0UlVKkORIWqxYI6xFrXm3HdGVHFdos8zoqb3RHpLZ"
    "QbQYTkG4rrPgSum+cM5GZWnDfDTGNOXIQJ3j4jvmWZ1QTZXUTgZsjwqkKrCQq+Lp8btM6d"
    "Ch14LrBMRsTOIDB0x7Gg85ML6I8Dz5gI+OR/x4TOCRiFikSNs6g7vBuNSn1AnmWDx4XvGD"
    "M9E56a6JkVdkXYA65O7rqC7mUQl2rjNfVMusdP2FwRWch+1hQFP379C8DSIk+HT2vCXqa6"
    "D36Yi22TxdZi4LuKlFaktDwWlMSk9Hr1rE1NxBISkj/tc5kG9pHnFCQjqsh3vxaREOLTOv"
    "RPOfmTxRc71otVUk5gM5W/lhYZ6aP7m+7ky93o9hJE76ZocHt/Nwr4/fCdGOQ9wQZykcmx"
    "gCI7a5GdSXWPd6vOyioWTGQWTLGdP8Y4W65GyxxCzYGe7yDIW56oUF55QHlKJb7ws6JJGR"
    "VbLTDNLAWiyiOiGPxDZvBzq20b+EqWOSQLbXKHUYcAhDkEsNvAdh2ZT/h7hYMk3aJTHeoe"
    "tG3mJGGx6cxTEPSS8idQur8DLARYgvwlAnM4x87qLyDSQS/BI1l0PVfzqZfiscI90v59tv"
    "A84AWd7/w5mbNy7+qNYA6I8wNzQCgqesfMXOIx4acTUqKKThCNTshptO+0fQXFnroG82EU"
    "bl/pFtXbV1iESk803rh93SGykVgmDLzupDFyn6FzSd7PyFYSeOODfl2WqAkjGGWLmmHfhT"
    "+54Jn638ObuvmNayd3UM7yQ9qrlLO8fBeT11n+g57gGozHD8zPyF6nqHc3HD/c0ivRuynq"
    "/+1+MKKXwjdT1L3+68OY+Sejd2L4JwUg0kQME2yDRatzbn7PBSVFWx1LT8un6rmGKkU7QE"
    "3C3mRCqyrq951KS4r4UO+hsmRCwdftCM7iOcuRlDeYuVfrHg/Smtw+O28ah3JzKoHUZnMq"
    "MVB12MDAqCFGSyjXAa9w4bFoYEAjf1exCXQCJjQHLjZegY+oIbScWcaMMXd02QdBSe8iJn"
    "An99jCpApNM16PcEpqvyaWkBpClQnlYU+3tblRsF5YL6WVGpNS+6vU+GFXtlJQpvHPp6dn"
    "Z59PP5x9+uXi/PPni18+xPUa819VFW68GnwdDDMxEPlghxkV5AU+IaRwb4Y7pFG9Wkxl1c"
    "c+I6jwb4a/A8nm4LxA7QnaxO7nfQIKxRuNhWDayjuPxrOD5/z+iIyw8khI5ZHIaWLb23I5"
    "v8Mh6mCbQ0ZSKujuT3OuuZhy4yRkajYbJjau6eMJ+nWDyAGDnpq0EIj0fHBMPS3d+wExJ4"
    "KGX4nt4P18Aq6hbgIi8UjmKfiPfwfw+8Iis5wem8wbJTu6h/LzHJKRovw85VqDvH4eF/tO"
    "EZFVMz1cLC20r2c8+Dp8uL8EwesU3d90h+x82ZC8f6Duk3GffA7fTVH3YXKnjfr0YfpKc8"
    "glP07RZNQdjr/0R5cgehdl/tPWnWUuRD6iW5YfcP1eDD/RwrGwY3kFJzfHc922S82EpNz+"
    "LLXdmwdnp58/xQYB/VBlAoxvuzc3eZ3/hW6SkJ98SMvJhOreja45+QXkdzWwftOSahC2GA"
    "RaAK7BCCTE3pED+nBoeEerB78Sl5aUUIk7EKWt1inKtaXFO8xpSUUliTzKCHt8mVTD9vIl"
    "F7iolVzgoiK5wEVBcgFI1FdTI6aNw59cICOrHiSRHyTRXNziDi3HKV0LvWGLO7QwLaVOPm"
    "eWJFvnPYyVEFFoZkofJKpRc6JaIKrQrTxMXuq8anAkd1v3lRj4tuPAKlhy28B4sO7qICfv"
    "RnDTG00NcJOPfBsIjzP9yQlzwUJZA2u6abWB8X3Yj5zYJrb2Lar3vVuE/YGgvtvifRnUyi"
    "MHksBuDh/wkq1rxxDgZ3ZAkyZDnuM3aJJPNP6YBhaBwJVHUxp7NNrIOwFDluvYX1AbdnMG"
    "6B3cg+Z9fgzCpR+jDNLsMGpUSVAHhu96eA6dv4BHF5JpRu71CIKjpixOOp78cUZnHbzoC6"
    "Ajk/QdRmBr+rMHHW1usLtQsfALwL4gtyOXyR91Ar7FnZC/rwOW9HcEfyVtsaQZGthX7BdO"
    "kUF+mktjKcjDRfqhrPaK3kBFR6joCHmIdemjI3htx6SQoo0yRnmw8nNCmhJSkGZ5jnDn4/"
    "OxJqWUh7uxx9V3ieanEb2Fm1/OSyqKKZOqdM74Ed7ogZSYmtqNp3ZWPeYbhSJpNRiNB0P6"
    "hBxfR10aG8lepuhh3KWhl+wlTLnx9zDjxt/XIZjaYLiOwiQfEt/cPUwSX5FPZSGYtDbwl4"
    "chqwxMX+nn3/ujcfeGXgneZa3d9wnTTAJWOBOKH8SMmMiTQKTwAGwYvuM0MvkyohLafAdi"
    "49WKDjAwGSvDc3lTeKfFlO6WOXnNeDtOTFNCys7LlpvBvCbGWkJNz0rvdTDxlPO6vnMq9a"
    "jWcPmFBx7bgbdeQiwxJ+5GZNcPbZ1E6OEu1B628nn4sgBndu4tfKthT+R3Ku/qe3hXoyiW"
    "IrdqIsKlwp+aCKmpkSAKAct1feruC8SCrE0sIZOFoHsCqBuEfSYPm+e71M8YeAmXugvomR"
    "Yw11flyaHa7195GUXTQjrKy6i8jJk9HLGFRwszaXNTrSUdqIQ9TcnWco/aD+dOO/14/vn8"
    "l7NP5zHg8ZUqnPOYvn/Ni3fNapNmLM/rEJbn5XzleY6uDBSCph6CtbTI9PDR9aj7ZXIJ2M"
    "sU3d33h5eA/jtF993B9SWg/07R73f0Pf13ih6Gvbubm35vMri6of6E5EcxWH2yr7llhP7m"
    "gVtLCz1w44ercW80uCJDEL+ljpZh/1vgZ2FvpoiANKR+n+CVfB71rwepvBrpC5tyddx2hw"
    "/0BsGrGAOuzh3+KJ6FcLRgkee21jjDQr+tGmWhRpn5+pBRkD2nXLVJyoi8cDdUb85qrJln"
    "pUvmWXbFZORHHt6/ju+GJX6PSCD75FiGB/4JbMs9RI28AlQKRep5idA8vu3+LQt07+buKv"
    "sg0A6usvE//qpIYS+HPRZQsG8Buwttmw/3tcRWwB/OHrET3D2ygrH3HOt4UkbGtBu1wmoq"
    "omqyKznFi+g2RmHx3mtoWHPdLkc6IZmd6IHoSdjFrlaZXSUJr4D5ut8b3HZvjj93zhnOZM"
    "JbgasqSRPkDr4HxQMoWkWeqaqw8JysTGzWnnlEOmkbjEFKTMHfHP6mD4F6AtoagjAWn6Xz"
    "azAQheKqKESzsQi8Q7DRQORl1Sg0G4XAw9/AxZsSlNDDKxMnZPqwwQivpdTwCj28bD/iH9"
    "+EmKJ0RR7fN2yZjdbolKAaY9HHWKtyvpaPsLal11WwUd3DYao4Qon3jE1KTB1iUAkO94eu"
    "ANXTD0iHa372pqKINf8ZBp4y1oKi21Yla5XccFugmyU3jDatNnDuJfqSE+PMFr/NYZy4sl"
    "47h3GkOmSWMV9X8xIKkAem+6AbiVbaArpUo1UV2plQw7A+gyxgcR3tSkbFIZMWVwpOKZUj"
    "G1U9rTMTgy57cY8SPrSmj1B4em1rvK7XfUmCFO/JwQiBopODCXQqTg4mxmPzycFf8ZJ85b"
    "AUpsRSsINDozRZqo6Aj9jJvejM30x3Ac0cSgusskSoYDmDCFgs5SkNdDCL8q/u5A7q9KBo"
    "dlQHqNOD6vRg+uAPXOTHu7pwZyQjjQ+3jYqdCH73Gjw7CTEJH5wDeVBqMf6Wq9Hv50Q7Kj"
    "pgi7ENdVTme0+LZvUqIivX4F7d3d2kxvVqkIlsGD7cXvVHxx8zUYn558okS682JwoENjmZ"
    "1Lyk4qgVR70XYN+5ulkDdVZISBXt/660f2IBbQPlkPC7jTs8yCV3I9D5bYeblc5TYzWqeE"
    "UETt3hqF/DS8jlpJ0SXi1mk4r47CJOKMF1V3BCi0SrjZwQGWnyZ69oOZyQsKFUTfhHn4AB"
    "LWFjRnVvLBPOF9ijZ0bBK1wB3WOXFw5+I185eT6o1d5ZJZ7giXgEQ4zgZZBsilX1oS3jte"
    "knF/iIIGRb0IzK6HTi4ju5n6wIJtF27I4imBTB9ONllrnvD68Hw6+XIHxDk5P858OA7DNa"
    "tzcZ3A1pkpLUhSm6H931+uNxIBa/n6LxQ6/X71/3r2myk/DtFH3pDm7opeA1yjrfj/PO02"
    "v33dFk0L25+bu2/jZ/bYquB+P7hwn9NnqXXf/rRPqd1gn0Oy2P8zvNhfmFx3WaH/RRR662"
    "P2DiQLLtmM2O+eRlpaGI933YSmUF2XFWkBeCw1JfaWTOQqc4W1851IXC8gVzn15c1FnjLy"
    "7KF3n6XZbQNWiCFYKmyYV5Vk4+uD/Wip3/WBE7/zEfO68zE0Ij2NFKYS4kunSB/l0Oe5m8"
    "fPDvZLaH8NEILprrW/MduwH6WXH5wCczt+bkr5z9uem/0FfQ0RbEnilMGlLptsvJ7tFvF1"
    "85WMcdXhBYGtU/SgpKaOwfiHFfyykOvy/IstRomDOi6rijyOMchvU1OZWeklSjLPIoi+a2"
    "FndoOWIBGsWuqLAVFbayH2BVjMW7xliUuvP5Ed7CoX8g+NZy6efX3jbA/UGCV7aLW8l6Eb"
    "Y9+DZivUg0oVOTMypxTqaVY219SPAq6K1POltJi5iNjVdIE6gYM9152RqzLlGGR2Ff8jzT"
    "uy2al14IK4Kd1kvl5pCnRJTh5sinMaatSU8sOokNXgc85lwyj7k4JHANPd2YQbMDEHyDDg"
    "hWt4LjcLu5hQpXEk357QAVrqTClQR0C4sVcrsHP9mrVVTmpl6QWCQrctDDUa87ur4E9N8p"
    "6nXHv3bv7+lH9maKHsbaVXf4m9bt9e4ehpNLkLkwRXeTX/ujS8BesvtVLQdb65WoCIKQy5"
    "kZC4g8UCL57p8cveypKEY4FpDPQdx+NQlbd71zvvkbCsiH7nkNcM/L60lmoYXfFxbZk7U5"
    "RqT7HMTVx8tzwhJVom3jpHmEzwrqBXV+6mEbySpos2e8o5+XA3bTCe+EoIoT4TrgHVjMjX"
    "zLKVHlXBbZuay8dsprJwQ/2mnmtavj9tiYZa0WLS1ffrV3TR95KCDtlLYfE8PwCX/vBb6O"
    "Ito+3aJTSdu7QVtt7TrZTNtPZhCEcjFf/pML8BKBOZxjZ9UBLgbeTPdoKjnXd96sN+gCsu"
    "7RctUu0Ml/5JNux9LAxNDNk/e7vNEWFD5e0EnKn2s9K/eutD5j8s8PjMkPndqNKN0iWQnp"
    "q92cfVDnOdVJQjGg3+VJwqoT7sX4Hsap9qZLSevnwtWJwb16HRofFWznjKDgs3sXG6ULPc"
    "+GbgMGLC2pCDDRCLAcT8OT9Kt98y8MqKww/9YhlzXMP2fdeKP5920WxkplTTOwpAaX+wpN"
    "Gmz1QmwxQP9olns8jL3K23hb96YMuQM05ILx460ClxTaLXl8GFk1lYlWvtcrE00MNUuZaM"
    "pEUyZaqYmmDAZlMOzYYCAwL2DPdz08Z+pxgcWQbrLBZGCNNSPZeqPN0F1nhqVemeCG4JXg"
    "5QLL64C5bkKAkVFgIPCJbmENiBjWIEJ+5pZV/0bOGxWHz01FWa5mE6O5wBbYEP4WSanaJt"
    "Whb1st8LWifHgTwW8V4yPCUrOTCJ/tts9v8GmG8Wv/rSwjfKpB9da5DJpq8K12cvgJpcfc"
    "+BAjrdg3I3egebXokUU9cWBxgm1yDa3InzB/gg4lyqjm53bAK1x4JbvrDvov2IL/O72Au9"
    "h3yLv/UWcmhd2l1ZnJ8r1b3jOT4YPJoZitJRS7UoNdEUX5FQvmXai/DCAOkKP2EuK7E+IK"
    "P/0vTWPLC3NGTKHNhXaj5aNIVkLclRF9iEZ0askmBkYDhTMhJqG2eSDaZa2DY4dXQejoW3"
    "cwGQy/chpvkdglCN9M0TXB9BLQf6do8HV4N6JVe8I3rODPb2GRn9+aFfH5WG/Xqdh0ckHf"
    "ngfni6JoguqTyUk5aarGtFZY3HNWTYuLr0XVOif0OrdwMAF5zqOkJUTk85xf1FKJLypU4o"
    "u8SqwSmcv6KIniOe/RYi3eEDN9NU/8J77uVNL+BmtI/kSv5gHLMQZz35ixUFcELNf1oRmV"
    "bKWlWklPAC8pQ//sQQeQzfgEDFmSQn9Bp22dtIg7uIPKiqgYfil0EZkZfkgQLiSQSvX5pI"
    "hMscGnH88/n/9y9uk81uvjK1XKfYFez/yhPNreWkK6WJbzOqreebmmd66KyarIdlGh32Vk"
    "O9lz3CBPSn2/YCQhIbo7sRkDRbeBypMSlFDjORANpxb7ompfqUpNhwNscPKWE9WUkIo3V0"
    "n0VOmrg8G3VumrZqHk61P828WRN6/WJML6sXEEUqvn7iPIK1I11MrRwJOb4av1RsO4WaIE"
    "GtUNMCNvg6QJYb7GEzDwXGCZlOeliRcsE84X2KOWGniFq1wlnBx5vKubKP5YtH21o/hjxR"
    "8feAgP/zgf3feH1yx6J3wzRfeju15/PA4uxu+naPzQ6/X71zR0J347RV+6gxt6KXjNrp+1"
    "onlar/GiWFTFogoCvWJRD5tFFaSymmBRN3uIRle5WfZ76IIdg22g4KYEJdRvD0SfreUtgN"
    "8X0Ghmx2REVSChyOOswkV/hFGOqlDz8UFpKeWiUr4/5aoSAN1duKoW62JD2yJcv27RoeKb"
    "XhdbcFVVeFVSxHIyXD5DVIXSkUurRn2pdJz+Qe7NxSWmeJxQV7pNp3Mfec7qqMgVlWrQqX"
    "RIPQVNNRi33eiXIiNFc3ajFxh4ieIn9ycX+Ijcy7agCcKOO8AlTyI0eQ817OImUzRFj1EE"
    "9CMwKBXqZvqmOFjQBUuLzD+fJk160RdARyZ4jKBixygCCvWRusSWYc2qmW5OUXDGwpuR6x"
    "jBE/AYPnePkfOMXA2qXD052H+ZBa6zObm66lDfG/vKd+kJDpqGiZ3oCJzMyq2m3Gry0A4y"
    "u9XUsYzWj2W8WkWxMPUclZGsyC6BoxsycbX77t9v+8PJJUh+mqLu/f3NgPogwzdTNOrf9L"
    "tjeil6R699eRiyK/Q1+qxF/svUR+XGFPeZ2bMbs0Cr4RuLkg7UkCjPsrCeZWwwvBr5g9Ki"
    "EqpmB6KKKQ5ZccgSAKs4ZMUhHwq+++SQeUnRB5d8UZ7ZPfF1p5IQ9WlDnqzud4zQo0H0jL"
    "ujlQ4pf9dhpGHEDRrkwW9CgbbRMaM96Wwk4/YYUJkLorIHnxwYd0VvwCYteFr9BTxarsa6"
    "CzlOxjeSZqQNXGCHspyubtEfAkn/lKwMFaMT0AUL3fEsRuQtSLs5Rh5LT/OYUJ4ewfHDpP"
    "ezYjUVqymP6iwxq6mUvh1p02yrKQS13NpPykho7e8k4HZONkOuxD6xgIQI7yTG9g9fR2Tb"
    "L+CtrqFhzXW7GOekWHZPCOROQvkDhL0C5et+b3DbvTk+/dz5eJpJqJ1MrpQGOTplyTOTkz"
    "IqXrzWXJ5joj5zrRaRgAK4FsDEyuLe9pIy8sG8k13Pha67Lm5fF+i0lIK6FtSGbfFTzSmh"
    "LXRjweBuRzXGS6S9wgJ9orJiR0JKVeyoX7EjCNV0tbnB5/9Nyym3b2O3b0jR8aweCRFlV2"
    "cV5YDj5PL7rUUUnMpl/mO6zCPen3PXTYqpbXeH1aZb9Jl1yTwYQYOYAWzDy3vNUg06lX4z"
    "NqecZNuNnrNvM1aVOGaIwVKnAfk03p909qeoM3A8Ov3w8wn4FofkO3hJHVY0xv75mXm0Ao"
    "8X9WBhlPek7epG1LPWY4cU6KEEkwX+Q+D6T/Gf+ZMLbGy8kj5jBxq5gF+JuM/6XTqW50FE"
    "Q/2pbBhMF970GatkWso/JtE+KbF/DCKKOe+umZBSmyZHdckZGbgZrRXJa61mJZW92theVe"
    "H7AgyCihXfdaw4i16yV5qhL5rM9ULxRhNeMIr3feY71dwb6VYpQZX4RWQGIkxxZmrNovdL"
    "xJVzRfwofhFSjrcbw5+djHmkdxloLubE3RhnXvIEt5pfv+JwBW+K/a2OVogw5ds6WNEmNQ"
    "kdy5gdFZKSwVedajpy3WgTD1mOVsu8W6mOWLiQFiiF4dAIO53aOfVfzqy9Qce1+DICJ0Qk"
    "NHV2EsdCnyoOhMPmEqK7k7g3ckevUA/46/huWGKvr0WyhotleOCfwLbcQ2RMKsClYKTMlQ"
    "jT49vu37Jw927urrKaGe3g6r1dbf/6f7uUfwU="
)
