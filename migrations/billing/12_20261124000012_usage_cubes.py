"""Sums of usage in several cubes, folded from what batches append; indexes for filtered events.

Why: one rollup by the hour and by everything is nearly as long as the events of a workspace with
hundreds of agents, so a year's report took seconds, and each batch updated hundreds of its rows
(docs/decisions/0017). Now a batch appends (`usage_addition`), and a job folds into sums by what
reports ask for (`usage_rollup`, services/usage_cubes.py).
Files are imported in many transactions, each of which notes how far it came (`usage_import`).
Filters of usage events by agent, client or meter had no index and read the workspace's all.

Safe: the sums are made anew from the events, in one statement; while it runs, usage is not written.
Undo: from the events, too.
"""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
    DROP TABLE usage_rollup;
    CREATE TABLE usage_addition (
        workspace_id UUID NOT NULL,
        slot TIMESTAMPTZ NOT NULL,
        meter VARCHAR(100) NOT NULL,
        provider VARCHAR(100),
        model VARCHAR(100),
        agent_id VARCHAR(255),
        client_id UUID,
        quantity NUMERIC NOT NULL,
        credits_mc BIGINT NOT NULL,
        events BIGINT NOT NULL,
        CONSTRAINT usage_addition_whole_slot CHECK (extract(epoch FROM slot) % 900 = 0),
        CONSTRAINT usage_addition_of_events
            CHECK (events > 0 AND quantity > 0 AND credits_mc >= 0)
    ) WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05);
    COMMENT ON TABLE usage_addition IS 'What batches of usage events add to the sums of usage_rollup, until it is folded into them. A slot is a quarter of an hour (UTC).';
    CREATE INDEX usage_addition_of_workspace ON usage_addition (workspace_id);

    CREATE TABLE usage_rollup (
        workspace_id UUID NOT NULL,
        cube SMALLINT NOT NULL,
        slot TIMESTAMPTZ NOT NULL,
        meter VARCHAR(100),
        provider VARCHAR(100),
        model VARCHAR(100),
        agent_id VARCHAR(255),
        client_id UUID,
        quantity NUMERIC NOT NULL,
        credits_mc BIGINT NOT NULL,
        events BIGINT NOT NULL,
        CONSTRAINT usage_rollup_once UNIQUE NULLS NOT DISTINCT
            (workspace_id, cube, slot, meter, provider, model, agent_id, client_id),
        CONSTRAINT usage_rollup_whole_slot CHECK (extract(epoch FROM slot) % 900 = 0),
        CONSTRAINT usage_rollup_of_events
            CHECK (events > 0 AND quantity > 0 AND credits_mc >= 0)
    ) WITH (fillfactor = 80);
    COMMENT ON TABLE usage_rollup IS 'Sums of a workspace''s usage events, by slots of time and by what the cube (services/usage_cubes.py) tells apart. With usage_addition: of all events.';
    CREATE INDEX usage_rollup_of_agent ON usage_rollup (workspace_id, cube, agent_id, slot)
        WHERE agent_id IS NOT NULL;
    CREATE INDEX usage_rollup_of_client ON usage_rollup (workspace_id, cube, client_id, slot)
        WHERE client_id IS NOT NULL;

    LOCK TABLE usage_event IN SHARE MODE;
    INSERT INTO usage_addition (workspace_id, slot, meter, provider, model, agent_id, client_id,
                                quantity, credits_mc, events)
        SELECT workspace_id, date_bin('15 minutes', occurred_at, 'epoch'), meter, provider, model,
               agent_id, client_id, sum(quantity), sum(credits_mc), count(*)
        FROM usage_event GROUP BY 1, 2, 3, 4, 5, 6, 7;

    CREATE INDEX usage_event_of_agent ON usage_event (workspace_id, agent_id, occurred_at, id)
        WHERE agent_id IS NOT NULL;
    CREATE INDEX usage_event_of_client ON usage_event (workspace_id, client_id, occurred_at, id)
        WHERE client_id IS NOT NULL;
    CREATE INDEX usage_event_of_meter ON usage_event (workspace_id, meter, occurred_at, id);

    CREATE TABLE usage_import (
        id UUID NOT NULL PRIMARY KEY,
        created_at TIMESTAMPTZ NOT NULL,
        digest VARCHAR(64) NOT NULL UNIQUE,
        position_bytes BIGINT NOT NULL,
        lines BIGINT NOT NULL,
        accepted BIGINT NOT NULL,
        duplicates BIGINT NOT NULL,
        credits_mc BIGINT NOT NULL,
        rejected JSONB NOT NULL,
        rejected_file_bytes BIGINT NOT NULL,
        finished_at TIMESTAMPTZ,
        CONSTRAINT usage_import_goes_forward CHECK (
            position_bytes >= 0 AND lines >= 0 AND accepted >= 0 AND duplicates >= 0
            AND credits_mc >= 0 AND rejected_file_bytes >= 0)
    );
    COMMENT ON TABLE usage_import IS 'How far a file of usage events was imported, kept in the transactions that store them.';
    """


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
    DROP INDEX usage_event_of_agent, usage_event_of_client, usage_event_of_meter;
    DROP TABLE usage_addition, usage_rollup, usage_import;
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
    LOCK TABLE usage_event IN SHARE MODE;
    INSERT INTO usage_rollup
        SELECT workspace_id, date_trunc('hour', occurred_at, 'UTC'), meter, provider, model,
               agent_id, client_id, sum(quantity), sum(credits_mc), count(*)
        FROM usage_event GROUP BY 1, 2, 3, 4, 5, 6, 7;
    """


MODELS_STATE = (
    "eJztXftzIjmS/lcU/mU8EZyj24/uWe/dRmBM97Bjg8/g6d07LsrlKtnUuZCYepjmdvd/P0"
    "n1oN6UigILtSJmGiiUKvxJJWV+mcr8x9GTZdsWejnpmuYIHV2CfxwhfQ7Jm8w3HXCkLxaJ"
    "6/SKpz/ZrK1umhoOGj25nqMbHrn6rNsuJJdM6BqOtfAsTG9w9G2me0AHS+y8ugvdgGCurw"
    "DpAHgYWJ4LFraOOuBpBbwZBD6yvBMwhG/QAf7C1D1ontDbmNgg96E/o60eyfU/fKh5+AWS"
    "Zg7p97//h1y2kAm/Qzf6uHjVni1omymkLJN2wK5r3mrBrj08DK6/sJb01z5pBrb9OVq3Xq"
    "y8GUZxc9+3zBMqQ797gQg69IclQES+bYdoR5eCX0wueI4P459qri+Y8Fn3bToUR//+7COD"
    "jgCgd9J8z7LdEwPPF7p3Qq98/kv4OxMymjYcTbRxf6JpR7lhpL8nMw7hJQMjOgUs5FHU/v"
    "GvoN81OuzqEb1B79fu/fHZp58ZHtj1Xhz2JcPu6F9MUPf0QJSNwBpyw4EUIE338tBfk288"
    "aw6L4U9LZobBDEVPojdNhiO6sB6P9ZMQgRvBtwPAj8gfSJ5YexVOhIoBmAxu++NJ9/aO3m"
    "7uun/YDL/upE+/OWVXV5mrx8F4YfKQB89+3An4Npj8CuhH8F+jYT87qnG7yX8d0d+k+x7W"
    "EF5q5Eldz9noaoQaabkeddKdxeDIjfl4rtv2AHnFY56Uy4w4Qe0Qx/iF/oh/Ozv9/OkX8i"
    "37jfTD54rBHt92b24Gwwl7staYvsJVHs7eTHeKoQybZ1Akv+0QUZzr3zUbohdvRj5+/PCh"
    "Ar3fu/dsuSKtMvN/GH51GnyXRpe9csAbtZcQ39Na+J5W4Huaxzf5yzhgzohJiDaZizWnc+"
    "V8zgG+cCwDagakN80BfmW9lK/BaUGZluE/nZ6enX0+/XD26ZeL88+fL375EC/K+a+qluir"
    "wVe6QKeGI79iG77jQGRwLdtJGQln+1mNqX5WOs/PspOc9v2HryPP8gpQLp3iWbFGczzUg4"
    "TBOZjipx/PP5//cvbpPJ7Z8ZWqCZ2fvERNw0sdGbBg+fjreDQsRjYtlVXaLcMD/wS25R7i"
    "GlKBHsUjpZlHU/b4tvu37Gzu3Yyusio37eAqMwDPxPzxHT74kzIK/C3AN4g9a+MX7Q06Lv"
    "mpGh9zUCzdJpMg7nBs4AooN/P8WkwVpFHLA/4FO9B6Qb/BFYN9QH4SXWoKsI0osV7Q5e/r"
    "Hg8T6PXV9cbj6MuY4iqZceSNCW3oMUzuiVF/P+iRdZ6OwZNuvC51x9RKBsPy4LxIcQzFvv"
    "x2D229RC2P0B/7T/EfPSD9SYQ/wxCf4gR2KVTzX81P59krOtJf2J9E703vVDJti8je/Myu"
    "YH0LnqzN9O8IQbDwn8iGMYMmIAh4xCQA+BnogJkIbCvJELTgyffAM3aA5WqBJuvlWeA2O1"
    "ZksGgLfEeRwYoMVtTaHqnLcAXVZro746IaMnLt4L15Wdsb2p/Oa4D96bwUa/qVYnT2y+h4"
    "pG+KBZfZmxJSdu8Wdu9avSrQ/TG2oY5K9KOUYNYgIJK7Aj++sl/0r0ajmxT6V4MMHzx8uL"
    "3qk8WcDQVpZHkJmjhnBtexyYLgjW2tsjhM5DAfhbwplvJ62PrWAN2RPmTFp2Rp5cLnnvQh"
    "Kz5xaNK2IH2LOpIJqZ2SHuyxK6I6ouexguBYRE34g9rcgKR6gi7wMH8E20ZxxVAohkIxFE"
    "dCMxQqXE2Fqx0W56M4NRWu9l6zWYWrqXA1RW42ITeDuWq5muvpjkd+RqGeWcmzlXWxR8bt"
    "fejOLQm35DC40H7WXOi8FWyhleCnBRXk9SEnEzb65XyQpwUV5PUhn+srbaa/Qa2cNq4Cvk"
    "hcwc8H/5O/0gwHmlahUrMJ/Yy0Ap9jhbdekL+I0NPmBp9OWSiuNMvGmqWFDNs3odl4QEo6"
    "UEPSXNkPgXSwbWv4DTqcC1ShvFqi6i9RCwe/WSZ0tLnuvJLFZgEdo9Dtfg0Na67bZeZAaS"
    "9ZCjro5iTsTq5xue73Brfdm+PPnfMM8JGVdp5jHNQBF3XA5ccFXx1wUQdcBAJ6/wdcaPQr"
    "DRXYNtCjF/YjEfZpPQUik9KMxkxHL1uHxdwFvfVYZ7JC5kFUvK9xh6FNWE+y4uQmzoe1ed"
    "ZMVrwCm0uz8faLFuvpBh/gOff3CU5jMY9FwWlRMGRFcJoTNdkYnDaZwfAIHH4GGAU50IKT"
    "cXOyyTkd8ASfiY4AAmtvY7RaC/2p8DXRFEwqqMLXVPhanfC1Hy5yrbX0J2x9zANaHgkRC0"
    "gYBrGTEDa6F/EAHLWXEN+LOvBelKN7URBOFfDCPAAnZRqBLJimuIc5PMcmtLlWiUhAAVzv"
    "bHPoZlpARyteMCrdI0XiP6Jf5PRD50+1HSPUGCCaoL/gdAmm5JQrsL4rED4/Q2KFvEHt2c"
    "FzXs09L92C9i7YSnMgynqESaW2rjwvyvMiEND78rzslJ7rLiwydEeFVRGCrzrVZREWlhae"
    "QNrM0nUBaRoxavFJ0Evy0V6xMgbka2gCmlYF6Mhkl94s1yL3AgsHPlvfge5A0mpRkByr7c"
    "4VfyfaMtVR/J3i71IaAYGcz4qMBSTkQnZynC9YGfnIkEhCSoxrQVyBcBZgF5IFiD8FWUZM"
    "ZSDLAJ3PQOYaeMEXMreWUAFzWwTM2brrab7baHPOyioDXWQDHX5fWKS7BuOcllSjLPIoO/"
    "ANvzZ6mtOSapRFHuXYguak2bJyimCrJtiWyXRn21JrMuZO62RYtewEE4tPuwpeu6ZJZkAw"
    "P7K8WqZJp5JfC6/RJzduXS9VG60EiuB3D1joDdNINldfuZQfo8TXk7+iQWyUB1vOsAuBgX"
    "3kOaufXODp30kT8AR1xwXH9+enP5ckc2v5BopvE23V6ii+TfFt75c8SzDlbg9kG1sPEF8a"
    "obWIArkWyGQ7hR+5OONIQAFcG+BTXoBPFcD1l4nCmo0Va0RxsUYFbzG8DnzhTF64llAQ1/"
    "MqEbVEtwmCJpc6kRGTEey23Uuh2cWnUsQiMnrw6iBcDnBR1ZUi87Mc3rWEfPO3/XB8ONct"
    "Lg9/LCAfuqcXdZyipFX59L3IuUVF5Hnf1Q/dIsvLw0HWYoRHCE4w+WcvfLAIo7ATNng7hn"
    "dgwvkCezR37z00sJOmIstbdSp5XmvdXnPWAjVCKg08n1Oa9cV6gwj4ZLQcoNNgx04c5qgj"
    "dwmdE/DIIhoeLxl1GyPXAdhhV8h3ZH5gpyi2ckd3UaSvaItYR5G+ivTNB07xPGuxgPL9Zg"
    "+I+V6cYKT2wceEjIT2WPsmg6qfEtsLF7XshYsKe+Eiz46Rv9TlD1jNykmId/sxq4FKlYe5"
    "IstmLLFVzKpgdvA+Qla3st7atC+oWWeHiagKTYtkgw1WRbbpRnuCGJfAwctLsLS8GVjOLG"
    "MGglhzpryTxZKFeHgzywVUT3zSXcjOTdHnGppxxAcRsm0XEJ0e5s2JXd2kZWuiuoRZoUXR"
    "MAXM+wbeb1u6rNxgiHHQguHl2TCKZOXj9HZwziE4GfJMfgN0Fo5VlBl747mSjLTarGsBb9"
    "t8m/VaQm3Wh7lZrwnWop06Rb9WbNMpxrcO5+dBpCPvBDwaNjZeNd17BGSrdCGNxWRbqEt2"
    "yCf8nR1+Dog4pgogD+heuOFSyo6JA/qF6Raxfju7j+L9xKMpFO+neD9VKXV/QTB7dm0Ljv"
    "AufNt0TdH+DyOuaZwSkhDp9hXfSDng3hwScuowoMiHAcMTPhp/Noi8pHSpCj7WCSn7WB5T"
    "9jEXVBaBxiLx8mhXFHvLyO0vQfGHXUHdcnbisBIAwh4/vIWyCuIsxE+6TcOSmpQkz4lKg+"
    "6eixRGQEIaycs90UukpRmM9lYTlZFSZaQUB+j91wIL0z9uW1VnnWpSEuAzZzBUwbRaONlW"
    "icrAhRLrRVaM9JcWIOq+SIyQC/WtARpDXVp8FuQPhhry509kE9gSpzva15B1JStcoU29LV"
    "KDoBtZUTJ9hEKv5hYgXa97kRGkhb6at7B63wXdSI6SNofkrzdbAuuWdSYrZAliqp36lkPs"
    "SbtUOfDZR1vPq3vWi6wYJQkga+s5dRX01o9OlcuCGFdkUS46KJnSrRjc6LRnHYhzOeUO0l"
    "lWv+pxK6hxlj4+RMzCrUE3SjjgBqgFW0R33aOEsNE+FlAzfNfD86KgziazjfXZS3QpCXC8"
    "QZMxj1UUM5kkuSpCJo1ks40Rk3e0lHMHhEXt2PEB25qzty8OhGZwEEFfn1bOFHS+JN8huG"
    "SlZZ6xbeOlC6yCGjQ7vI+KmBTNR0EFVcSkiphMFkuxmvm9M4Iy1ZXes+Pb8B2HJtHI41+R"
    "8CohI2HA31mN8KSz0uiks3xwkmH7JlmhohKxc4Nvspd0oCZ940mvU02Bmthc5W3SUqrEzR"
    "YlbqLAO5NoaKZe5A7fcJa0QF6m56H52dKk55Nq0A00qpSghArVgShQtQKNF7bOG0WVEFGh"
    "UweQ3O9gga2ISVNFXHaTti+7NLQB713Yj6TIJpbDLeL6FhCZ1EdhzHT0srUD6C7orcc6k4"
    "j4LHNObB1+JL9fYu9hNYcC0k7TFaQfxCL6PfeoVnDw6UWiHhPfBUFr4NESUkudcuPP2GFZ"
    "AuYYwRU4fgznxuPPNGXoc5g2dAEdC5s/uYDcFBwj0rSgLlWrvU/RFHU9Iud6jJDHzwDqxg"
    "y8kilDBUDykf8zCJZampcIIvLBsExoKuZeMffyGJoSM/ekpVa4b1fQZ2sRxZ1twZ2xcUls"
    "LxltAGMb6qhkCDKiWSWByMo1AFej0U1qAK4GGXJ4+HB71b8//shGgzSyvBLOmGxFBeZU+X"
    "SP2qtMVc2nOnx+hmSvfINNKmRnZCXcXw5kP6lFZEbxKbxHQtNiW+hyh/OocfCZih5uFc6k"
    "AcMJa4GogrfEK8hpxaWkWlwBRKjn0i7tXh0QzE8Nc/Jugs7ajRRxwbOr+Pf98e9FakIbwH"
    "IcDxdTOdicviCtHXH7N/Lcam6xzg8Eb82t5pS0CAv0xjFIb0+7L7dFl4sJRL5Twlevv+5U"
    "k9X0ufTWLTcy1V8cPAePrkVG+xFgBPQU30tT0QcJ6mnHl2BJCWdKM/su+UNollw28OBplQ"
    "nxzpPWu7yR4p5FU2c6intW3HPaCrNQ0b5TPeCxkIRjfSBjqwLa9rViKsZC2dfiYKzsa7Ht"
    "ax77r0VDJTW5i0yV7OyvMFayD169ul00JiVRb/eZ2hUsAsZyXBrHQhOhnIDJjBXfCkJkqM"
    "GwAuFPiIv80rzcoVhx8a6d3UnZK6JtD8peUfZKNjeC7vkFoTL0gGUf+fPcRpVWw2JpkY9a"
    "HpG9pHszGH69BNG7Ker2JoPf+5cgeJ2iu+54ol0/kCvRuyl6GN51B9eXIHidol532Ovf3P"
    "TJpfhtdkktmUHpJPOfapzi/JidFYkk859ytUUPMu4mvnKwgTfkqZjhgowiGw6xxVKqUobQ"
    "9j4LJNYYkvkxLk8AkBFTqdazj02IENk+HG5tIyurHqEDeIQgKlDoa41zKKlGWeRRNqh2aB"
    "MDQKsa70o1pKwLpY5wqCMhiMRccYtIvoqsKVlB+YozX9Qq+3dRUfbvIl/2j+Z44DeY11Jq"
    "WRN6WVNxvyruV3Q4RUwLIULwU7veM+XQUQGT74zttgGToiSEOJS5nT5hx4INt4YqFeAoI0"
    "7ENJm3mTFjQPqTFaswnbeNty+TxXq6wRKtfirBSLMEI7XyWPGGwW+VxUoEZbCtHFY7CjFh"
    "q9ymMJNoKawZaqJZUfvNeVwQIFbxv2EURHfkY9Y7LPv5DC8B+XtWgAyt59IUKkVp07ftTE"
    "WNiGYWdYCKGlFRI8n9+A9fR57lFSTmLnWKJkVkyobbmk80SEHDSeKkhBQ1pgLMVYC5YBjv"
    "KMA8ePDbgLlrkk1KYnxTS6RYUeZhdevCyklx4euquknrRnVyNbLWgCmbRO8mGneqdlHXMW"
    "bWGzQ7ALGTp2EKxMK8jM17Utq9aCu60u6Vdp/W7tlrbrzLg0ei9iLHgDcMGjmtFTRyWhE0"
    "cpoPGoFz3bJ5AI4FZET44rwOwhfn5QjT7zK2VLgDNSkwkhZVAToiB+iIGPsg7vCqkhhCux"
    "NKsCe2Q3EJQh7PV/cFSlved0H+YKghf/4Ena0d9LSvIetKIrS4jNgEoQOLts8mxZLDjiSC"
    "k8fMDx6+Iis/fiwrjHz9pb6NjwBrTS1yVgiBjMwzduYdoLtExqEvlgc8/RXSesZhY9fGHo"
    "/5v4Ob0OoMjwvdd5ne9UgTYbnQA8uZZUPaGfmMaXt6P1aDuUPrPQRf02spFyNp7KOFbinC"
    "QREOinB4bz2+DuEAv3vQQbpdqMVXmMVpMSmN44taxvFFhXF8kTWOFb2zW3rHgS+WS2Zmo2"
    "UsJyzhSnYgK1ctBkIxTT/GOMfKKe8opwTVGIs8xoFbk/ewX1JIHfUT/2zawQKr+Nl3LVm8"
    "DrbY+qha3NNBrgmbD6oll8RtjqkpYvc968sy1rbwUEJI51YdRIia1IhLom2DswKWy2hDBJ"
    "5WQKd5KV2MwPG30f1v47tur8+KvOrZ6KPj3s2gP5wUFpBts2tFJIq2IXYUkaiIxNQeTas5"
    "F1Nbm3NZRrIi01xH8YJ1CeK3UxQsU5cgeM2ug3WIsPYzUv4QiUUHw98HE5oONHyTTyt637"
    "/pd8e0SfROjOGxXA0vESxIXVmZpSsppjJzcWTmUjF/u47526tbQzADYQ9eDd11iZXbjOhO"
    "i0qoUh2IClWLBXWIta4347ozoortFnmcFTe7I9JbKDeCCMk3FNd9CFw3zxnIzaw4b4aZxp"
    "y4CBO8fUZ8yzKrCbK7iMDNkOFVhVYTFHxdPjdonTsVOvBcYJmMiJ1BYOiOY0HnJxfQHwee"
    "MRHwyf+OCZ0TcB8qEjXOou7wbjQq9QF5lg0eF75jzPRMeGqiZ1bYFWEPuDq56wq6l0Fcqo"
    "3X1DPpHj9hc0VkIftZUxT8+PUvAEuLPB0+rQl7meo++GEutk0WW4uB7ypSWpHS8lhQEpPS"
    "69WzNjURS0hI/rTPZRrYR55TkIyoIt/9WkRCiE/r0D/l5E8WX+xYL1ZJOYHNVP5aWmSkj+"
    "5uupMvo/vbSxC9m6LB7d3oPuD3w3dikPcEG8hFJscCiuysRXYm1T3erTorq1gwkVkwxXb+"
    "GONsuRotcwg1B3q+gyBveaJCeeUB5SmV+MLPiiZlVGy1wDSzFIgqj4hi8A+Zwc+ttm3gK1"
    "nmkCy0yR1GHQIQ5hDAbgPbdWQ+4e8VDpJ0i051qHvQtpmThMWmM09B0EvKn0Dp/g6wEGAJ"
    "8pcIzOEcO6s/g0gHvQSPZNH1XM2nXorHCvdI+/fZwvOAF3S+8+dkzsq9qzeCOSDOD8wBoa"
    "joHTNziceEn05IiSo6QTQ6IafRvtP2FRR76hrMh1G4faVbVG9fYREqPdF44/Y1QmQjsUwY"
    "eN1JY+Q+Q+eSvJ+RrSTwxgf9uixRE0YwyhY1w74Lf3LBM/W/hzd18xvXTu6gnOWHtFcpZ3"
    "n5Liavs/wHPcE1GI8fmJ+RvU5RbzQcP9zSK9G7Ker/7W5wTy+Fb6aoe/3XhzHzT0bvxPBP"
    "CkCkiRgm2AaLVufc/J4LSoq2Opaelk/Vcw1VinaAmoS9yYRWVdTvO5WWFPGh3kNlyYSCr9"
    "sRnMVzliMpbzBzr9Y9HqQ1uX123jQO5eZUAqnN5lRioOqwgYFRQ4yWUK4DXuHCY9HAgEb+"
    "rmIT6ARMaA5cbLwCH1FDaDmzjBlj7uiyD4KS3kVM4E7usYVJFZpmvB7hlNR+TSwhNYQqE8"
    "rDnm5rc6NgvbBeSis1JqX2V6nxw65spaBM459OT8/OPp9+OPv0y8X5588Xv3yI6zXmv6oq"
    "3Hg1+DoYZmIg8sEOMyrIC3xCSOHeDHdIo3q1mMqqj31GUOFfH/+teNHcfrC9RpljPw9xJ9"
    "jsuE5thLs/U7a2CMtVpNBe3Kwe2bgm0xz06wb+S4Oe3bIQiLQNcEz53u7dgCg1QcOvRIPx"
    "fj4B11A3AZF4RHgJ/vIfAH5fWGTbpIe38qrRju6h2OZDUpUU21y+k8jLNrvYd4rM6ZpJqm"
    "JpoRnn8eDr8OHuEgSvU3R30x2yUy5D8v6BkrjjPvkcvpui7sNkpN336cP0lWaySn6cosl9"
    "dzj+0r+/BNG7KP+Ytu4scyFiqm9ZlrL1ezHY6oVjYaewmP14rtt2qcqYlJOpov3Z6edPsZ"
    "JIP1SphePb7s1NXg9/oZsk5DeB0nIyobpnQ8ih+cMQ+V3cQ5CVVIOwxSDQMlQNRiAh9o6W"
    "6IdDwztaPfiVuLSkhErcgShttc5yrS0t3mFOS6oQO5FHGWGPL59j2F6+I84XtY44X1Qccb"
    "4oOOIMifpqasS0cfiPOGdk1YMk8oMkmqNN3KHlOCtooTdscQc4paXU+cvMkmTrvEdCEiIK"
    "zUwC9kRNXE5UC0QVupVHWkudVw0OBm7rvhID33YcWAVLbhsYD9ZdHeTk3QhueqOpAW7ykW"
    "8D4XGmPzlhLlgoa2BNN602ML4L+5ET28TWvkUNsXeL8z0Q1HdbQiyDWnnkQBLYzeEDXrJ1"
    "7RgC/MyOidGUrHP8Bk3yiUZBPjt4DgJXHk2sSmzaF+idgCHLuOovqA27OQ/tDu5Bs88+Bk"
    "Gbj1EeW3YkLqpnpgPDdz08h86fwaMLyTQj93oEwYE3Fq0ZT/44r6wOXvQF0JFJ+g7jQDX9"
    "2YOONjfYXahY+AVgX5DbkcvkjzoB3+JOyN/XAUv6O4K/krZY0nPi7Cv2C6fIID/NpbEU5O"
    "Ei/VBWe0VvoKIjVHSEPMS69NERvLZjUkjRRhmjPFj5OSFNCSlIszxHuPPx+ViTUsrD3djj"
    "6rtE89OI3sLNL+clFcWUSZg4Z/wIb/RASkxN7cZTO6se841CkbQajMaDIX1agK/3XRobyV"
    "6m6GHcpaGX7CU8+P/38Nz/39chmNpguI7CJB8S34weJomvyKeyEExaofTLw5DVJ6Wv9PPv"
    "/ftx94ZeCd5lrd33CdNMAlY4E4ofxIyYyJNApPAAbBi+4zQy+TKiEtp8B2Lj1YoOMDAZK8"
    "NzeRMJp8WU7pY5/8l4O05MU0LKzssWvcC8JsZaQk3PSu91MPGU87q+cyr1qNZw+YUHHtuB"
    "t15aHjEn7kZk1w9tnXTM4S7UHrbyefiyAGd27i18q2FP5Hcq7+p7eFejKJYit2oiwqXCn5"
    "oIqamRpgYBy3V96u4LxILcMSwtjIWgewKoG4R9Jg+b57vUzxh4CZe6C+iZFjDXV+Upatrv"
    "X3kZRdNCOsrLqLyMmT0csYVHC/P5clOtJR00YlsF21feh2wt96j9cO6004/nn89/Oft0Hg"
    "MeX6nCOY/p+2fef9esNmnG8rwOYXlezlee5+jKQCFo6iFYS4tMDx9d33e/TC4Be5mi0V1/"
    "eAnov1N01x1cXwL67xT9PqLv6b9T9DDsjW5u+r3J4OqG+hOSH8Vg9cm+5pYR+psHbi0t9M"
    "CNH67GvfvBFRmC+C11tAz73wI/C3szRQSkIfX7BK/k833/epDKq5G+sClXx213+EBvELyK"
    "MeDq3OGP4lkIRwsWeW5rjTMs9NuqURZqlJmvDxl81dcTMiIv3A3Vm7Maa+ZZ6ZJ5lqv2Tc"
    "mPPLx/HY+GJX6PSCD75FiGB/4JbMs9RI28AlQKRep5idA8vu3+LQt072Z0lX0QaAdX2fgf"
    "f1WksJfDHgso2LeA3YW2zYf7WmIr4A9nj9gJ7h5Zwdh7jnU8KSNj2o1aYTUVUTXZlZziRX"
    "Qbo7CE6DU0rLlulyOdkMxO9ED0JOxiV6vMrlIVV8B83e8Nbrs3x58755kC40maIHfwPUhh"
    "TtEq8kxVhYXnZGVis/bMI9JJ22AMUmIK/ubwN30I1BPQ1hCEsfgsnV+DgSgUV6npm41F4B"
    "2CjQYiL6tGodkoBB7+Bi7elKCEHl6ZOCHThw1GeC2lhlfo4WX7Ef/4JsQUpSvy+L5hy2y0"
    "RqcE1RiLPsZalfO1fIS1Lb2ugo3qHg5TxRFKvGdsUmLqEINKcLg/dAWo4XxAOlzzszcVpX"
    "T5zzDwFNMVFN226umq5IbbAt0suWG0abWBcy/Rl5wYZ7b4bQ7jxJX19ln7/UBgz5ivq3kJ"
    "BcgD013QjUQrbQFdqtGqCu1MqGFYn0EWsLiOdiWj4pBJiysFp5TKkeWo5H4XdNmLe5TwoT"
    "V9hMLTa1vjdb3uSxKkeE8ORggUnRxMoFNxcjAxHptPDv6Kl+Qrh6UwJZaCHRwapclSdQR8"
    "xE7uRWf+ZroLaOZQWmCVJUIFyxlEwGIpT2mgg1mUf3Und1CnB0WzozpAnR5UpwfTB3/gIj"
    "/e1YU7IxlpfLhtVOxE8LvX4NlJiEn44BzIg1KL8bdcjX4/J9pR0QFbjG2oozLfe1o0q1cR"
    "WbkG92o0ukmN69UgE9kwfLi96t8ff8xEJeafK5MsvdqcKBDY5GRS85KKo1Yc9V6AfefqZg"
    "3UWSEhVbT/u9L+iQW0DZRDwu827vAgl9yNQOe3HW5WOk+N1ajiFRE4dYejfg0vIZeTdkp4"
    "tZhNKuKzizihBNddwQktEq02ckJkpMmfvaLlcELChlI14R99Aga0hI0Z1b2xTDhfYI+eGQ"
    "WvcAV0j11eOPiNfOXk+aBWe2eVeIIn4hEMMYKXQbIpVtWHtozXpp9c4COCkG1BMyqj04mL"
    "7+R+siKYRNuxO4pgUgTTj5dZ5q4/vB4Mv16C8A1NTvKfDwOyz2jd3mQwGtIkJakLU3R3P+"
    "r1x+NALH4/ReOHXq/fv+5f02Qn4dsp+tId3NBLwWuUdb4f552n1+6695NB9+bm79r62/y1"
    "KboejO8eJvTb6F12/a8T6XdaJ9DvtDzO7zQX5hce12l+0Ecdudr+gIkDybZjNjvmk5eVhi"
    "Le92ErlRVkx1lBXggOS32lkTkLneJsfeVQFwrLF8x9enFRZ42/uChf5Ol3WULXoAlWCJom"
    "F+ZZOfng/lgrdv5jRez8x3zsvM5MCI1gRyuFuZDo0gX6dznsZfLywb+T2R7CRyO4aK5vzX"
    "fsBuhnxeUDn8zcmpO/cvbnpv9CX0FHWxB7pjBpSKXbLie7R79dfOVgHXd4QWBpVP8oKSih"
    "sX8gxn0tpzj8viDLUqNhzoiq444ij3MY1tfkVHpKUo2yyKMsmtta3KHliAVoFLuiwlZU2M"
    "p+gFUxFu8aY1HqzudHeAuH/oHgW8uln1972wD3Bwle2S5uJetF2Pbg2z3rRaIJnZqcUYlz"
    "Mq0ca+tDgldBb33S2UomxLiOCTaM2Qmf6orInfVzvzl+JxEytzmMZ4xpa9ITC7WZ6c4Laf"
    "SY8y885oJqwDX0dGMGzQ5A8A06IHhUC8527eYWKvZGNE2uA1TsjYq9EdDHKVb86B6cPq9W"
    "Uc2WehFPkazIHvyjXvf++hLQf6eo1x3/2r27ox/Zmyl6GGtX3eFvWrfXGz0MJ5cgc2GKRp"
    "Nf+/eXgL1k96ta3qLWyyoRBCGXZy4WEHmgRHJEPzl62VNRjHAsIJ+3s/3SCLbueud88zcU"
    "kA/d8xrgnpcXR8xCC78vLLIna3OMSPc5iKvPSueEJSqr2sax6QifFdQLitbUwzaSVdBmDy"
    "xHPy8H7KbjyglBFfTAdVo5sJgbOUpTospTKrKnVLmglAtKCH6008wFVYfD35gyrBYvLV+y"
    "sHfNhXgoIO2Uth8Tw/AJf+8xLvuoiLZPt+hU0vZu0FYz1o030vaTGQShXMyX/+QCvERgDu"
    "fYWXWAi4E30z2aF831nTfrDbqArHu09rILdPIf+aTbsTQwMXTz5P0ub7QFhY8XdJLyJw7P"
    "yr0rrc+Y/PMDY/JDD20jSrdIVkL6ajeB/OpwojoWJwb0uzwWV3Vcuxjfwzii3XQpaf2Qsz"
    "r+tlevQ+Nzb+0ceBN8du9io3Sh59nQbcCApSUVASYaAZbjaXgyWLVv/oXRgRXm3zp+sIb5"
    "56wbbzT/vs3CWKmsaQaW1OByX6FJg61eiC0G6B/NEmmHsVd5G2/r3pQhd4CGXDB+vCXNkk"
    "K7JY8PI0WkMtHK93ploomhZikTTZloykQrNdGUwaAMhh0bDATmBez5rofnTD0usBjSTTaY"
    "DKyxZiRbb7QZuus0p9QrE9wQvBK8XGB5HTDXTQgwMgoMBD7RLawBEcMaREg23LLq38h5o+"
    "Lwuakoy9VsYjQX2AIbwt8iKVWoozr0basFvlaUD29W861ifERYanYS4bPd9vkNPs0wfu2/"
    "laU3TzWo3jqXQVMNvtXOdD6h9JgbH2Kk5edm5A40SRQ9sqgnDixOsE2uoRX5E+ZP0KFEGd"
    "X83A54hQuvZHfdQf8FW/B/pxdwF/sOefc/6syksLu0OjNZvnfLe2YyfDA5FLO1hGJXarAr"
    "oii/YsG8C/WXAcQBctReQnx3Qlzhp/+lOVl5Yc6IKbS50G60fBTJSoi7MqIP0YhOLdnEwG"
    "igcCbEJNQ2D0S7rHVw7PDK4Rx96w4mg+FXTuMtErsE4ZspuiaYXgL67xQNvg5H97QETfiG"
    "Va/5LaxY81uzijQf6+06FZtOLujb8+B8URRNUH0yOSknTQmU1qpke86qaaXstaha54Re5x"
    "YOJiDPeZS0hIh8nvOLWirxRYVKfJFXiVVWblkfJVE85z1aecQbYqav5on/xNedStrfYA3J"
    "n+jVPGA5xmDuGzMW6oqA5bo+NKP6o7TuKOkJ4CVl6J896ACyGZ+AIUtS6C/otK2TFnEHd1"
    "BZERXDL4UuIjPDDwnChQRSqT6fFJEpNvj04/nn81/OPp3Hen18pUq5L9DrmT+UR9tbS0gX"
    "y3JeR9U7L9f0zlVlVBXZLir0u4xsJ3uOG+RJqe8XjCQkRHcnNmOg6DZQeVKCEmo8B6Lh1G"
    "JfVCEnVXbocIANTt5yopoSUvHmKomequN0MPjWquPULJR8fYp/uzjy5qWHRFg/No5AavXc"
    "fQR5RaqGWjkaeHIzfLXeaBg3S5RAo7oBZuRtkDQhzNd4AgaeCyyT8rw08YJlwvkCe9RSA6"
    "9wlauEkyOPd3UTxR+Ltq92FH+s+OMDD+HhH+eju/7wmkXvhG+m6O5+1OuPx8HF+P0UjR96"
    "vX7/mobuxG+n6Et3cEMvBa/Z9bNWNE/rNV4Ui6pYVEGgVyzqYbOoglRWEyzqZg/R6Co3y3"
    "4PXbBjsA0U3JSghPrtgeiztbwF8PsCGs3smIyoCiQUeZxVuOiPMMpRFWo+PigtpVxUyven"
    "XFUCoLsLV9ViXWxoW4Tr1y06VHzT62ILrqoKr0qKWE6Gy2eIqlA6cmnVqC+VjtM/yL25uM"
    "QUjxPqSrfpdO4jz1kdFbmiUg06lQ6pp6CpBuO2G/1SZKRozm70AgMvUfzk/uQCH5F72RY0"
    "QdhxB7jkSYQm76GGXdxkiqboMYqAfgQGpULdTN8UBwu6YGmR+efTpEkv+gLoyASPEVTsGE"
    "VAoT5Sl9gyrFk1080pCs5YeDNyHSN4Ah7D5+4xcp6Rq0GVqycH+y+zwHU2J1dXHep7Y1/5"
    "Lj3BQdMwsRMdgZNZudWUW00e2kFmt5o6ltH6sYxXqygWpp6jMpIV2SVwdEMmrnbX/fttfz"
    "i5BMlPU9S9u7sZUB9k+GaK7vs3/e6YXore0WtfHobsCn2NPmuR/zL1UbkxxX1m9uzGLNBq"
    "+MaipAM1JMqzLKxnGRsMr0b+oLSohKrZgahiikNWHLIEwCoOWXHIh4LvPjlkXlL0wSVflG"
    "d2T3zdqSREfdqQJ6v7iBF6NIiecXe00iHl7zqMNIy4QYM8+E0o0DY6ZrQnnY1k3B4DKnNB"
    "VPbgkwPjrugN2KQFT6s/g0fL1Vh3IcfJ+EbSjLSBC+xQltPVLfpDIOmfkpWhYnQCumChO5"
    "7FiLwFaTfHyGPpaR4TytMjOH6Y9H5WrKZiNeVRnSVmNZXStyNtmm01haCWW/tJGQmt/Z0E"
    "3M7JZsiV2CcWkBDhncTY/uHriGz7BbzVNTSsuW4X45wUy+4JgdxJKH+AsFegfN3vDW67N8"
    "ennzsfTzMJtZPJldIgR6cseWZyUkbFi9eay3NM1Geu1SISUADXAphYWdzbXlJGPph3suu5"
    "0HXXxe3rAp2WUlDXgtqwLX6qOSW0hW4sGNztqMZ4ibRXWKBPVFbsSEipih31K3YEoZquNj"
    "f4/L9pOeX2bez2DSk6ntUjIaLs6qyiHHCcXH6/tYiCU7nMf0yXecT7c+66STG17e6w2nSL"
    "PrMudCxjdlTkLwu/6lT6yvR1o01usnLUW3b+lOophet6gX4SatLbOX2ED60td++8Qce1+N"
    "JuJEQk5Ep3YizSp4oD4bC5hOjuhFwid/QKozr+Oh4NS8yYtUhWQbEMD/wT2JZ7iLZMBbgU"
    "jNQuFmF6fNv9Wxbu3s3oKqtu0A6u3ns/+9f/A86r8VA="
)
