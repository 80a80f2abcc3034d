"""Stripe: its customers, what its webhooks tell, and whether a payer is there to confirm.

Tables and columns as aerich drafted them from the models, then what it cannot say: checks, what is
kept for good, and the index by which waiting events are found. Why the events' bodies are not kept:
docs/decisions/0013.
Safe: new tables, and one column with a constant default, so that no row is rewritten. Undo: drop
them; which workspace is which customer, and what was already told, would be lost.
"""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE "payment" ADD "payer_present" BOOL NOT NULL DEFAULT False;
        CREATE TABLE "stripe_customer" (
    "reference" VARCHAR(255) NOT NULL,
    "is_live" BOOL NOT NULL,
    "workspace_id" UUID NOT NULL PRIMARY KEY REFERENCES "workspace" ("id") ON DELETE RESTRICT,
    CONSTRAINT "stripe_customer_of_one" UNIQUE ("reference")
);
COMMENT ON TABLE "stripe_customer" IS 'A workspace as Stripe knows it, made once.';
        CREATE TABLE "webhook_event" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "source" VARCHAR(20) NOT NULL,
    "reference" VARCHAR(255) NOT NULL,
    "type" VARCHAR(100) NOT NULL,
    "object_type" VARCHAR(100) NOT NULL,
    "object_reference" VARCHAR(255) NOT NULL,
    "is_live" BOOL NOT NULL,
    "told_at" TIMESTAMPTZ NOT NULL,
    "status" VARCHAR(10) NOT NULL,
    "attempts" SMALLINT NOT NULL,
    "next_try_at" TIMESTAMPTZ NOT NULL,
    "problem" VARCHAR(500),
    "decided_at" TIMESTAMPTZ,
    CONSTRAINT "webhook_event_once" UNIQUE ("reference", "source"),
    CONSTRAINT "webhook_event_known_status"
        CHECK (status IN ('WAITING', 'DONE', 'IGNORED', 'PARKED')),
    CONSTRAINT "webhook_event_decided_when_not_waiting"
        CHECK ((status = 'WAITING') = (decided_at IS NULL)),
    CONSTRAINT "webhook_event_attempts" CHECK (attempts >= 0)
);
COMMENT ON COLUMN "webhook_event"."status" IS 'WAITING: WAITING\nDONE: DONE\nIGNORED: IGNORED\nPARKED: PARKED';
COMMENT ON TABLE "webhook_event" IS 'That something has happened at a provider. Told any number of times, kept once.';
    -- what there is to do, and what went wrong, among all that was ever told
    CREATE INDEX webhook_event_waiting ON webhook_event (next_try_at) WHERE status = 'WAITING';
    CREATE INDEX webhook_event_parked ON webhook_event (id) WHERE status = 'PARKED';
    CREATE TRIGGER webhook_event_never_deleted BEFORE DELETE ON webhook_event
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER webhook_event_never_truncated BEFORE TRUNCATE ON webhook_event
        EXECUTE FUNCTION refuse_change();
    """


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        DROP TABLE "webhook_event";
        DROP TABLE "stripe_customer";
        ALTER TABLE "payment" DROP COLUMN "payer_present";"""


MODELS_STATE = (
    "eJztXWtz4ji6/iuqfJmeKjbVnUt3b/acrSKE7mGGAAfIzOwuW45jK8EnRmJ8SZqzu//9SP"
    "IF37GMIbJbVTMNGL0yeSRLr5739q+TB8M0DfR02tX1MTq5Av86QeoKkjeJbzrgRF2vI9fp"
    "FUd9MFlbVdcV7DV6sB1L1Rxy9VE1bUgu6dDWLGPtGJje4OS3peoAFbxi69leqxoEK3UDSA"
    "fAwcBwbLA2VdQBDxvgLCFwkeGcghF8gRZw17rqQP2U3kbHGrkP/Rl19Uiu/+FCxcFPkDSz"
    "SL//+Ce5bCAdfoN28HH9rDwa0NRjSBk67YBdV5zNml27uxvcfGEt6a99UDRsuiu0bb3eOE"
    "uMwuaua+inVIZ+9wQRtOgPi4CIXNP00Q4ueb+YXHAsF4Y/Vd9e0OGj6pp0KE7+69FFGh0B"
    "QO+kuI5h2qcaXq1V55Re+fRX/3dGZBRlNJ4rs/5cUU5Sw0h/T2Ic/EsaRnQKGMihqP3rP1"
    "6/W3TY1RN6g95P3em7848/Mjyw7TxZ7EuG3cl/mKDqqJ4oG4Et5JoFKUCK6qShvyHfOMYK"
    "ZsMfl0wMg+6LngZvqgxHcGE7HtsnIQA3gO8AgJ+QP5A8sebGnwgFAzAf3PZn8+7thN5uZd"
    "t/mAy/7rxPvzljVzeJq++88cLkIfee/bAT8Ntg/hOgH8Hfx6N+clTDdvO/n9DfpLoOVhB+"
    "VciTup2zwdUANdJyO+qkO4PBkRrz2Uo1zQFyssc8KpcYcYJaE8f4if6IP52fffr4mXzLfi"
    "P98KlgsGe33eFwMJqzJ2uL6TPcpOHsLVUrG0q/eQJF8tuaiOJK/aaYED05S/Lxw/v3Bej9"
    "2p2y5Yq0Ssz/kf/VmfddHF32ygFv0L6F+J6VwvesAN+zNL7RX8YBc0KshWiTuVhyOhfO5x"
    "Tga8vQoKJBetMU4NfGU/4aHBds0zL857Oz8/NPZ+/PP36+vPj06fLz+3BRTn9VtERfD77S"
    "BTo2HOkVW3MtCyKNa9mOyrRwtp+XmOrnufP8PDnJad9/uCpyDCcD5dwpnhSrNMd9PUgYnL"
    "0pfvbh4tPF5/OPF+HMDq8UTej05CVqGn5VkQYzlo+fZ+NRNrJxqaTSbmgO+DcwDbuJa0gB"
    "ehSPmGYeTNl3t93fk7O5NxxfJ1Vu2sF1YgAeyfHHtfjgj8pI8PcAXyPnWRM/KS/QsslPVf"
    "iYg2zpOpkEcYdjB1dAuZnH52yqII5aGvAv2ILGE/oFbhjsA/KT6FKTgW1AifW8Ln/d9thM"
    "oLdXtxuPpb6GFFfOjCNvdGhCh2EyJYf66aBH1nk6Bg+q9vyqWrqSMxiGA1dZiqMv9uWXKT"
    "TVHLU8QH/mPoR/9ID01yL8GYb4DEewi6Ga/mp1tkpeUZH6xP4kem96p5xpm0X2pmd2Aeub"
    "8WTtpn/HCIK1+0A2jCXUAUHAIUcCgB+BCtgRgW0lCYIWPLgOeMQWMGzF02SdNAtcZ8eSDB"
    "Ztge9IMliSwZJaOyJ16a+gylK1l1xUQ0KuHrx3L2tHQ/vjRQmwP17kYk2/kozOcRkdh/RN"
    "seA69saE5Ll3j3PvVr3K0P0xNqGKcvSjmGDyQEAkDwV+eOW46F+Px8MY+teDBB88uru97p"
    "PFnA0FaWQ4EZo4dQwucybznDf2PZWFbiLNfBTSR7GY1cNU9wZoQvpoKz45SysXPlPSR1vx"
    "CV2T9gXpt6CjNiF1UNKDPXZZVEfwPBYQHOugCb9Tm+2RVA/QBg7m92DbKS4ZCslQSIbiRG"
    "iGQrqrSXe1ZnE+klOT7mpvNZulu5p0V5PkZhVy05urhq3Yjmo55Gdk6pmFPFteF0dk3N6G"
    "7tyTcIsOgw3NR8WG1kvGFloIflxQQl4ecjJhg1/OB3lcUEJeHvKVulGW6gtU8mnjIuCzxC"
    "X8fPA/uBtFs6BuZCo1u9BPSEvwOVZ44wm56wA9ZaXx6ZSZ4lKzrKxZGkgzXR3qlQckpwM5"
    "JNWVfR9IC5umgl+gxblAZcrLJar8ErW28IuhQ0tZqdYzWWzW0NIyze43UDNWqpl3HMjtJU"
    "lBe92c+t21a1xu+r3BbXf47lPnIgF8cEq7SDEOMsBFBrh8v+DLABcZ4CIQ0McPcKHer9RV"
    "YF9Hj57fT4uwj+spEOmUZtSWKnra2y1m4vXWY521FTI7EvdUZwxVW/HyzhKKifd/GFlPQ9"
    "zA+O23cbpivnxZTleBk1+B05UVNNnpdDVfQj+0Cz8CjLzcXl7E14os3lYHPMBHsvcB7xSz"
    "0wurhv6kW5ZoihMVlG5Z0i2rjFvWd+eRVVtaD7Y+pgHNt/CHAi007x/ENYvuRTwAB+1biO"
    "9lGXgv89G9zHAT8vhOHoCjMpVAFkxTPMIcXmFyrOZaJQIBCXC5mF3ffLKGlpK9YBTS/lni"
    "3yPff/a+8+fShD89DBBN0F1zmrpictLEVd7EBR8fITmFvEDl0cIrXs09LV2D9i7YStMQZT"
    "3ApFBblxYFaVEQCOhjWRQOSs911wYZupPMbP/eV53idP9rQ/Eja3azdF1AmgaMWhjheEU+"
    "mhuWnp98DXVA04UAFens0othG+ReYG3BR+MbUC1IWq0zkj7V3bnk70RbpjqSv5P8XUwjIJ"
    "DznSJDgRZyIQcJU/NWRj4yJJBoJcalIC5AOAmwDckCxJ9aKyEmM2slgE5n1rI1vOZzBdtK"
    "SEewPRzBTNV2FNeutDknZeUBXeQDOvy2Nkh3FcY5LilHWeRRtuALfq70NMcl5SiLPMrhCZ"
    "qTZkvKSYKtmGB7jabx2pdaa2NOsE6CVUtOMLH4tGvvtavrZAZ48yPJqyWadAr5Nf8afXLD"
    "1uVSkNEKlwh+c4CBXjD1ZLPVjU35MUp8Pbgb6sRGebDXJbYh0LCLHGvzgw0c9RtpAh6gat"
    "ng3fTi7MecJGU130DybaKtWh3Jt0m+7e2SQgmm3B2BbGPrAeJLj7MVkSCXAplsp/ADF2cc"
    "CEiASwN8xgvwmQS4/DKRWYuwYI3ILkIo4c2G14JPnEn5thIS4nJWJaKWqCZBUOdSJxJibQ"
    "S7bvOSf+ziUylCkTZa8MognA9wVjWRrONnPrxbifbN3/rd8eFKNbgs/KFA+9A9uyxjFCWt"
    "8qfvZcosKiLP+6Z26BpZXh4OshQjPEZwjsk/R+GDRRiFg7DB+zG8Ax2u1tihOWmnUMNWnI"
    "rMb9Up5HmNbXvF2gqUcKnU8GpFadYn4wUi4JLRsoBKnR07oZujiuxXaJ2Ce+bRcH/FqNsQ"
    "uQ7AFrtCviPzA1tZvpUHuoskfUVbxDqS9JWkb9pxiudZCwWk7TcZIOY6YYKR0oGPEZkWns"
    "fqPzLIuiDheeGy1HnhsuC8cJlmx8hfavM7rCblWoh3/T6rnkqVhrkge2QosZfPqmDn4GO4"
    "rO51eqvzfEGPdaafiCrzaBFtsONUkWy68zxBDpfAwq9X4NVwluB1aWhL4PmaM+WdLJbMxc"
    "NZGjageuKDakMWN0Wfa6iHHh9EyDRtQHR6mD5OHOomNZ8miktzZZ4oKqaAeVvH+31LcuUf"
    "GEIcFG94eTaMLNn2cXoHiHPwIkMeyW+A1toysjI+74wrSUjLzboU8KbJt1lvJeRm3czNek"
    "uwZu3UMfq1YJuOMb5lOD8HIhU5p+BeM7H2rKjOPSBbpQ2pLybbQm2yQz7gbyz42SPimCqA"
    "HKA6/oZLKTsmDugXup3F+h3sPpL3E4+mkLyf5P1kBdDjOcEc2bQtOMKHsG3TNUX5P4y4pn"
    "FMqIVI16/4BsoB9+YQkZPBgCIHA/oRPgp/Noi0ZOtSFXwo41L2Id+n7EPKqSwAjXnipdEu"
    "KGKWkDteguL3h4K65uzEfiUAhB1+eDNlJcRJiB9Uk7olVSm1nRJtDbpHLr4XAAmpJy/3RM"
    "+Rbs1g1LeayIyUMiOlOEAfv8aVn/5x36o621STLQE+EYMhC4GVwsk0clQGLpRYL23FSH2q"
    "AaLuU4sRsqG6N0AzqLYWnzX5g6GC3NUD2QT2xGlC+xqxrtoKl3+m3hepgddNW1HSXYR8q+"
    "YeIN1se2kjSGt1s6ph9Z543bQcJWUFyV+v1wTWLeusrZBFiKl66luOsNPapcqCjy7ae15N"
    "WS9txShKABl7z6lrr7d+EFXeFsS4PItS3kHRlG7Z4AbRnmUgTuWUa6SxrHzV41pQ4yx93E"
    "TM/K1B1XI44AqoeVtEd9tjC2Gjfayhorm2g1dZTp1VZhvrsxfpsiXA8TpNhjxWls9klOQq"
    "cJnUos12ekxOaCnnDvCL2rHwAdNYsbdPFoS6F4igbqOVEwWdr8h3CL6y0jKP2DTxqw2MjB"
    "o0B7yP9JgUzUZBBaXHpPSYjBZLMarZvROCbaorfWTDt+ZaFk2ikca/IOFVRKaFDn/nJdyT"
    "znO9k87Tzkma6epkhQpKxK40vsme04Gc9JUnvUo1BXrE5ipvE5eSJW72KHETON7pREPT1S"
    "xz+I5Y0gz5Nj0P1WNLo5ZPqkFX0Khigi1UqBqiQJVyNF6bKq8XVUREuk41ILlfY4Et8EmT"
    "RVwOk7YvuTTUAe/E76elyEaWwz38+tYQ6dRGoS1V9LS3AWji9dZjnbWI+MwzTuztftR+u8"
    "TR3WqaAtJB0xXEH8Qs+j31qBZw8PFFohwT3wVea+DQElKvKuXGH7HFsgSsMIIb8O7enxv3"
    "P9KUoY9+2tA1tAys/2ADclPwDpGmGXWpau19gRao6xA522GEPH4EUNWW4JlMGSoAoo/8X4"
    "C31NK8RBCRD5qhQ10y95K5b89Bs8XMPWmpZO7bBfTZVkRyZ3twZ2xcIttLQhvA2IQqyhmC"
    "hGhSSSCy7RqA6/F4GBuA60GCHB7d3V73p+8+sNEgjQwnhzMmW1HGcSp/ugftZaaq6lMdPj"
    "5Csle+wCoVshOyLdxfGrKflCIyA/8U3pDQuNgeulxzHjUOPlPSw7XCGT3AcMKaISrhzbEK"
    "cp7iYlI1rgAi1HOpl3Yvdgjmp4Y5eTdBZ+1Oijjj2ZX8+/H49yw1oQ5gOcLDxVQOdqcviG"
    "tH3PaNNLeaWqzTA8Fbc6s6JS3CAr1zDOLb0+HLbcXW5CzGOrloFxDWyf2iXDp8SvVGylg9"
    "WnjFCOVHw7IpPUzjC0/BfMly2nvMM/Xp3gD/J4S1s2i6O18sOyf+we4kKWjRtJqOpKAlBZ"
    "0IOVIdN4OBpn7LfeSuUvtP/DwWSovswXxC9ofucDD6egWCdwvU7c0Hv/avgPe6QJPubK7c"
    "3JErwbsFuhtNuoObK+C9LlCvO+r1h8M+uRS+TS6pZXyjP3ws4Rz9ITkrIrkbP6ZK9jSSzg"
    "6vNJbPJk/FEmcE6u3wDQ2lZAJakelUzz6vMCTTY5wfV5MQkxkMk4+NjxDZPixubSMpKx+h"
    "BjxCEGUo9KXG2ZeUoyzyKGtUOzTJAUApGu9CNSSvC6mOcKgjPojkuGLzlXtNCbav5tllqW"
    "oalwXVNC7T1TRo6BT/gXkrJZc1oZc1aU6X5nTR4RQx2koEm0K9Rl9ph5R2yDfGdl87pChx"
    "Vk2Z23GvGgeu6gywGpD+2oqVn/3NxPtnVWc9DXGLnmoZj1YtHq1U2DOv18ReQc8iKDl1hT"
    "wfyHWCrXK73CeCpbCkC4ViBO13h/0hQE57f8LI81pQY7FzYKnaHZYsb4lfAfl7NoAMrWPT"
    "iLusLHv7dia9IURT9ztAekNIb4jofvyHqyLHcDLyuOUa+6IibUqeVJutz4tY5CQnYkKS8p"
    "ERFNLfXzCMD+Tv7z34dcDc1ckm1WJ8Y0tkDU7pNR4B/GJomYm2wzppRWm2t43KpPZgrQFT"
    "NoneTTTuWKrrrqUtjReodwBiSa/9jBmZaTyq9yS1e9FWdKndS+0+rt2z19R45ztFBO1F9m"
    "2u6AxxVsoZ4qzAGeIs7QwBV6ph8gAcCrQR4cuLMghfXuQjTL9LnKX8HahKPtq4qHQ8Ednx"
    "RESbvrjDKzOoCm1OyCvifcyawmKuVaKWzG0KWlyH2Hit5nw8eWprlSvY3CQ4eY753sOXdc"
    "oPH8uCQ776VP6MjwBrTU/kLG8mGZlHbK06QLWJjEVfDAc46jOk5a/8xraJHZ7j/wFuQpN5"
    "3q9V12Z61z0wbGBDB7wuDRPSzshnTNvT+7GSXR2aHtT7ml6LmRhJYxetVUMSDpJwkITDW+"
    "vxZQgH+M2BFlLNTC2+4FgcF2vl4fiy1OH4suBwfJk8HEt657D0jgWfDJvMzErLWEq4hStZ"
    "Q1auUgyEZJq+j3EOlVPeUY4JyjEWeYw9syZvEFtUSIawiR9z1VhgJT/7phWuts4We4dghT"
    "01ck3YHYAVXRL3Cb+SxO5bliNirG1mUIJP5xYFIgRNSvgl0bZerIBhM9oQgYcNUGm+RRsj"
    "8O638fSX2aTb67OaQGrS++hdbzjoj+aZ9Ybq7FoSiaJtiB1JJEoiMbZH0+Jf2dTW7hyNga"
    "zINNdJuGBdgfDtAnnL1BXwXpPrYBkirP5Mi99FwszB6NfBnKa59N+k02VO+8N+d0abBO/E"
    "GB7DVvArghkpGQuzT0XFZMYpjoxT0ufv0D5/RzVrCHZAOIJVQ7VtcsqtRnTHRVuoUjVEhS"
    "rFglrktK5W47oTopLtFnmcJTd7INJbKDOCCMk3JNfdBK6bJwZyNyvOm2GmMicuwgSvnxHf"
    "s5B8hOzOInATZHhREfkIBV+Wz/Vap6JCB44NDJ0RsUsINNWyDGj9YAP641ild+yS/y0dWq"
    "dg6isSJWJRD3g36pV6hxzDBPdr19KWasI9NdIzzWsDEHaArZK7bqB95fmlmnhLPZPu8QPW"
    "N0QWsp+1QN6P3/4C8GqQp8MlMs5VrHvvh9nY1JlvLQauLUlpSUq35wTVYlJ6u3qWpiZCiR"
    "aSP/VzmRp2kWNlJCMqyOO+FWkhxGdl6J988ieJL7aMJyMnTf5uKn8rLTLSJ5Nhd/5lPL29"
    "AsG7BRrcTsZTj9/334lB3hNsIBeZHApIsrMU2RlV93i36qSsZMFEZsEk2/l9jLNhK7R8H1"
    "Qs6LgWgrxldzLlpQWUpwTgEz8rGpWRvtUC08ytQFRaRCSD32QGP7Xa1oFvyzKHJKGN7jAy"
    "CECYIIDDOrarSH/A3woMJPEWnWJXd69tNSMJ801nlgKvl5g9gdL9HWAgwBLkvyKwgitsbf"
    "4CAh30CtyTRdexFZdaKe4LzCP132cPywNe0/nOn5M5Kfem1ghmgLhomAFCUtEHZuYijwk/"
    "nRATlXSCaHRCSqN9o+3LK/bU1ZgNI3P7irco3r78IlRqpPHO7WuMyEZi6NCzupPGyH6E1h"
    "V5vyRbiWeN9/q1WaImjGCQLWqJXRv+YINHan/3b2qnN66D3EEay5u0V0ljef4u1l5j+Xca"
    "wTWYze6YnZG9LlBvPJrd3dIrwbsF6v8+GUzpJf/NAnVvfr6bMftk8E4M+6QARJqIboJ1sG"
    "hl4uaPXFBStNUxN1o+OkUDlaIeoOZ+b21Fy84kvSRQKaAsqEGa00uClQNWkS/5GxUsFXGr"
    "OEK90sixUTUDOLPnLEeqZ2/mXm97bCRHsX/O5zgO+Yf0CFK7D+mRgSrDMXtHZXIU9uU64B"
    "muHeZjDqg/+SY8WJ+COc2sjLVn4CJ6vH5dGtqS8cFUmQBeAfQsfvkg99jjoO4f+Hn9DGJS"
    "xz24C6l3dgoO5g52VFNZaRnrhfGUW/8zKnW8+p/vD4SsX/zzz2dn5+efzt6ff/x8efHp0+"
    "Xn92EV0PRXReVArwdfB6OEZ03ahWZJBXmBjwhJ3KvhDqmvuBISpOWxTwhK/MvjvxfbntoP"
    "9tcoU5x6E3eC3e4QsY3w8JGKW54hX0XyWYjd6pGJS9ovvH5tzyqu0YhAA4FA2wDvqBWhOx"
    "kQpcZr+JVoMM6Pp+AGqjogEvcIv4K//jeA39YG2TZpSGBaNTrQPaQNo0mqkrRh5O8k7bVh"
    "2Ni1so7TJVOfhdJC2zFmg6+ju8kV8F4XaDLsjljs1Ii8v6OmgVmffPbfLVD3bj5Wpn36MH"
    "2l+dGiHxdoPu2OZl/60ysQvAuy2inbzhIXAvvHLct9t30vhg1kbRnYMpyMqMTZSjXNXJUx"
    "Knc8ffGQD7qnMp6fffoYKon0Q5FaOLvtDodpPfyJbpKQ/wgUl2sTqkc+CFk0Kx0iv4t7CJ"
    "KSchAqD0Iwm/mVirhkC5WKhigRpSLWtpo/7zDHJaUjocijjLDDl7XSb9++QO7LUoHclwWB"
    "3JcZgdyQqFO6QlRtiz+QOyErHySRHyTRDD/iDi1HRKSBXrDB7cYVl5JRpoklyVR5A18iIh"
    "LNRJr5SOVfTlQzRCW6hYG7ucaUCuGP+5pTxMC3HoNKxpJbB8aDbVeNnLw7wY1vNCXAjT7y"
    "dSA8S/TXTpgzFsoSWNNNqw6MJ34/7cQ2srXvUSlNejO/aaW0BGz5puwosrvt2U60dWmjNn"
    "5k0XA08+wKv0CdfKJueY8WXgHPtkTzx5JD7RN0TsGIJZZ11/QQuzvd7gHuQZPs3ntehPdB"
    "ul4W+ReUbVOB5toOXkHrL+DehmSakXvdAy+uj7kPhrM/TJ+rgid1DVSkk759x0RFfXSgpa"
    "w0dhcq5n8B2BfkduQy+aOklV1a2dtDiLfZyu4vBXx2qKiUtEFVtkGpK3aq4bUCxsQk/JXh"
    "T+5pfKOQJS0Ho/JgtD5k+eu0Sz1s2MsC3c261IGHvfhByX/zY5L/tnXkUQajrS8P+RD5Zn"
    "w3j3xFPuU58tDqiV/uRqx2In2ln3/tT2fdIb3ivUuqqG/j7BMFLHMmZD+ICTGRJ4FIRj2s"
    "aa5lVVL4EqIt1PgaouGVsulpmIyV5ti8SU7jYpLUT0QRscM2J6YxIWknTSbkx7yG562EBD"
    "Np0mMEEq8xLyokIU1A6jFxnJDGhCSkxabRPJ9/aRnNtSpFn9gS9iRvOkqEyyMce4BLIOzt"
    "8RLh8gjHtKISCPsRivXA267sTElotwpSmbTcvsZfH7gcNlAxDwm7E3THT0l7WJ/9nsjvPL"
    "r9uSHYH9b8HPj5ZNmdIz5ABQbniNNRicQyCBi27UId+GJetheWyMVA0D4F1ODEPpOHzXFt"
    "aogFr9Sc+6raYE0rpK7UTX5Smfr7l/Zc0VTpjrTnSntuYg9HbOFR/LzO3GatnA4qWbYE21"
    "fexrCVb2H/7szrZx8uPl18Pv94EQIeXinCOY3p21dgeNM8NHHr0EUZ49BFvm3oImUa8hSC"
    "qtbYrbTIpriTm2n3y/wKsJcFGk/6oytA/12gSXdwcwXovwv065i+p/8u0N2oNx4O+7354H"
    "pIbbfRj2JYUMm+ZucZT3cP3FZa6IGb3V3PetPBNRmC8C01ao/6v3k2bfZmgQhII2pj917J"
    "52n/ZhDLhBG/sCu7xm13dEdv4L2KMeAyMvN7seL6owWzvGRKjTPM9JGRoyzUKDO/CqRl5L"
    "vJV22iMiIv3BXVm/MSa+Z57pJ5nqr6TsmPNLw/z8ajHBtzIJB8cgzNAf8GpmE3USMvAJVC"
    "EXteAjTf3XZ/TwLdG46vkw8C7eA66WvpbrIU9nzYQwEJ+x6w29A0+XDfSuwFfHP2iIPg7p"
    "AVjL3nWMejMm1MTFLKhbHAgzG5klO8iG6jZVbVuIGasVLNfKQjksmJ7ome+l0capU5VHLh"
    "Aphv+r3BbXf47lPnIlFoPkoTpFIDeEnHKVpZlqmiMJGUbJvYrCPziHTSVhiDmJiEvzr8VR"
    "8C+QTUHC5FTZNVBiJTXCaTrzYWnnUIVhqItKwchWqj4Fn4K5h4Y4IttPC2iRPSXVhhhLdS"
    "cniFHl62H/GPb0RMUroij+8LNvRKa3RMUI6x6GOsFBlf80dY2dPqKtioHiFwNfRQ4o1njI"
    "nJeEaZAvJ46ApQy7tBOlz1ALKC4rf8MQw85W8FRbeuCrgy/ePegXqV0j8Gm1YdOPcifbUT"
    "48QWv08wTlgLr55gnHJRZg2BPXF83axyKEAemCZeNy1aaTPoUoXWnahnQo38ChZtAYsrtC"
    "vqFYd0Wg7Ji1LKR5aj9vrE67IX9tjCh1Z3EfKj1/bG62bbV0uQ4o0cDBDIihyMoFMQORgZ"
    "j92Rgz/hV/KVxXK8kpOC6QWN0myyKgIuYpF7QczfUrVJmxWkJVFZpljwuoQIGCwnLHV00L"
    "MS1B7kDjJ6ULRzVAfI6EEZPRgP/IHr9HgXl9oMZFpjw62jxiaC35wKz05ErIUPTkMelFKM"
    "v2Er9PsV0Y6yAmwxNqGK8mzvcdGkXkVk2zW41+PxMDau14OEZ8Po7va6P333IeGVmH6udL"
    "L0KiuiQGCdk0lNS0qOWnLURwH2jeu/VVBnhYRU0v5vSvtHFtA6UPYJv9uww0YuuTuBTm87"
    "3Kx0mhorUecsIHDKDkf5KmdCLif1FDmrMZtUwGdncUIRrruAE1pHWu3khMhIkz97Q+sF+Y"
    "QNpWr8P/oUDGiNHz0oDGTocLXGDo0ZBc9wA1SHXV5b+IV8ZaX5oFp7Z6WKvCfiHowwglde"
    "silW9oi2DNemH2zgIoKQaUA9qDPUCasTpX6yJJhE27E7kmCSBNP3l1lm0h/dDEZfr4D/hi"
    "Yn+Z+7AdlnlG5vPhiPaJKS2IUFmkzHvf5s5omF7xdodtfr9fs3/Rua7MR/u0BfuoMhveS9"
    "BhU++mGND3pt0p3OB93h8G/K9tv0tQW6Gcwmd3P6bfAuuf6X8fQ7K+Pod5bv53eWcvPzw3"
    "WqB/rIkKv9A0wsSLYdvVqYT1q2NRTxsYOtZFaQA2cFeSI4vKobhcxZaGVn68uHOlO4fc7c"
    "Z5eXZdb4y8v8RZ5+lyR0NZpghaCpc2GelGsf3B9K+c5/KPCd/5D2nVfZEUIh2JE1WbEh0a"
    "Uz9O982PPk2wf/QWa7Dx/14KK5vhXXMiugnxRvH/hk5pac/IWzPzX91+oGWsqanGcyk4YU"
    "mu1Sske024VXGmu4w2sCS6Vac1HBFh72G3K4L2UUh9/WZFmqNMwJURnuKPI4+259VaLSY5"
    "JylEUeZdHM1uIOLYcvQCXfFem2It1WjgOs9LF4Ux+LXHM+P8J7GPQbgm8pk3567a0D3O/E"
    "eWU/v5WkFWHfwLcp66VFEzo2OX3/BoVMK8vYO0jw2uutTzrbtAkxrjDBij47/lNd4Lmzfe"
    "53++9EXOZ2u/HMMG1NemKuNktaebQD7lP2hfuUUw24gY6qLaHeAQi+QAt4j2pGbNdhbiF9"
    "b0TT5DpA+t5I3xsBbZxi+Y8ewejzbGTVbCnn8RTIimzBP+l1pzdXgP67QL3u7KfuZEI/sj"
    "cLdDdTrrujX5Rurze+G82vQOLCAo3nP/WnV4C9JPerUtai2ssqEQQhl2UuFBB5oEQyRD9Y"
    "at5TkY1wKNA+a2f9pRFM1XYu+OavL9A+dC9KgHuRXxwxCS38tjbInqysMCLdpyAujpVOCb"
    "eorGodYdMBPhuoZhStKYdtICuhTQYsBz8vBeyucOWIoHR64IpW9k7MlQylMVFpKRXZUipN"
    "UNIEJQQ/2qlmgirD4e9MGVaKl25fsrA3zYXYFJAOStvPyMHwAX/rMS77JIu2j7foFNL2tt"
    "dW0baNd9L28yUEvlzIl/9gA/yKwAqusLXpABsDZ6k6NC+a7Vovxgu0AVn3aO1lG6jkP/JJ"
    "NUNpoGNop8n7Q95oDwofr+kk5U8cnpR7U1qfMfkXDWPyfQttJUo3S7aF9NVhHPllcKIMix"
    "MD+kOGxRWFa2fj24wQ7apLSe1BzjL87ahWh8pxb/UEvAk+uw+xUdrQcUxoV2DA4pKSABON"
    "AEvxNDwZrOo//vnegQXHv63/YInjn7VtvPP499vS95VKHs3AKz1w2c9Qp85WT+QsBugfzR"
    "Jp+75X6TPe3r3Jg1wDD3Le+PGWNIsKHZY8bkaKSHlEy9/r5RFNDDVLHtHkEU0e0XKPaPLA"
    "IA8MBz4wEJjXsOfaDl4x9TjjxBBvsuPIwBorWrT1zjNDd5vmlFplvBuCZ4KXDQynA1aqDg"
    "FGWsYBgU90j9OAiG4NIiQbrln1r2S8kX743FSUYSsmOTRnnAV2uL8FUrJQR7Hr214LfCkv"
    "H96s5nv5+Iiw1BzEw2e/7fM3+LDE+Ln/kpfePNageOt89Zoq8KV0pvM5pcfsMIiRlp9bkj"
    "vQJFE0ZFGNBCzOsUmuoQ35E1YP0KJEGdX87A54hmsnZ3c9QP8ZW/A/TmzsWt683C7l/5Qx"
    "k8Lu0jJmMn/vbm/M5PYpLc2uhBKSXSnBroii/IoF8yHUXwYQB8hB+xbiexDiCj/8L83Jyg"
    "tzQkyizYV2peUjS7aFuMtDdBMP0bElmxwwKiicEbEWapsN0S5LBY41rxzOyW/dwXww+sp5"
    "eAvEroD/ZoFuCKZXgP67QIOvo/GUlqDx37DqNb/4FWt+qVaR5kO5Xadg00k5fTsOXK2zvA"
    "mKI5Ojcq0pgVJblWzH2lStlL0Vleuc0Ovc2sIE5BWPkhYRaZ/l/LKUSnxZoBJfplVimZW7"
    "rY+SKJbzHq084oww01fTxH/k604h7a+xhuRPdEoGWM4wWLnakrm6ImDYtgv1oP4orTtKeg"
    "L4lTL0jw60ANmMT8GIJSl013TalkmLeIA7yKyIkuFvhS7SZoYfEoQzCaRcfT4q0ibf4LMP"
    "F58uPp9/vAj1+vBKkXKfodczeyiPtreVaJ0vy0UZVe8iX9O7kJVRpWe7qNAf0rOd7Dm2ly"
    "elvF0wkGghugc5M3qKbgWVJybYQo2nIRpOKfZFFnKSZYeaA6wXecuJakxI+pvLJHqyjlNj"
    "8C1Vx6maK/k2in8/P/LqpYdEWD92jkBs9Ty8B3lBqoZSORp4cjN8NV6oGzdLlEC9ugFm5K"
    "2XNMHP13gKBo4NDJ3yvDTxgqHD1Ro79KQGnuEmVQknRR4f6iaSPxZtX+1I/ljyxw134eEf"
    "55NJf3TDvHf8Nws0mY57/dnMuxi+X6DZXa/X799Q153w7QJ96Q6G9JL3mlw/S3nz1F7jRb"
    "KokkUVBHrJojabRRWksppgXjdH8EaXuVmOG3TBwmArKLgxwRbqtw3RZ0tZC+C3NdSqnWMS"
    "otKRUORxlu6i38MoB1Wo+figuJQ0UUnbnzRVCYDuIUxV622xoX0RLl+3qKn4xtfFGkxVBV"
    "aVGLEcdZdPEFW+dGDSKlFfKu6n38i9ObvEFI8R6lo16XTuI8fanGSZomINOoUGqQevqQLD"
    "tjvtUmSkaM5u9AQ9K1H45P5gAxeRe5kG1IHfcQfY5EmEOm9QwyFuskALdB94QN8DjVKhdq"
    "JvioMBbfBqkPnn0qRJT+oaqEgH9wFULIzCo1DvqUns1a9ZtVT1BfJiLJwluY4RPAX3/nN3"
    "HxjPyFWvytWDhd2npWc6W5Grmw61vbGvXJtGcNA0TCyiwzMyS7OaNKu1h3Zos1lNhmXUHp"
    "bxbGT5wpQzVAayIpsEToZk4iqT7t9u+6P5FYh+WqDuZDIcUBuk/2aBpv1hvzujl4J39NqX"
    "uxG7Ql+Dz0pgv4x9lGZMcZ+ZI5sxM7QavrHI6UAOibQsC2tZxhrDq5I9KC7aQtWsIaqY5J"
    "Alh9wCYCWHLDnkpuB7TA6ZlxTtQsvQlidZdKj/VaeQCFW3jXYxoPm41kzP5ercmetnhort"
    "D6KwUR710AT5BNwLtGyDz4UwItJCPfowFeXJU8WBsN+8hegepvAzRk7mDvXzbDzKOQxuRZ"
    "LnE0NzwL+BadgN3qeywKVgxA4lAabvbru/J+HuDcfXSXWMdnC9byWYffez//w/QyAPTg=="
)
