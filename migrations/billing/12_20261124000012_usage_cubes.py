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
    "eJztXftzIjmS/lcU/mU8EZyj24/uWe/dRWBM97Bjg8/g6d07LsrlKtnUupCYepjmdvd/P0"
    "n1oN6UigILtSJmGiiUKvxJJWV+mcr8x9GTZdsWejnpmuYIHV2CfxwhfQ7Jm8w3HXCkLxaJ"
    "6/SKpz/ZrK1umhoOGj25nqMbHrn6rNsuJJdM6BqOtfAsTG9w9G2me0AHS+y8ugvdgGCurw"
    "DpAHgYWJ4LFraOOuBpBbwZBD6yvBMwhG/QAf7C1D1ontDbmNgg96E/o60eyfU/fKh5+AWS"
    "Zg7p93/+l1y2kAm/Qzf6uHjVni1omymkLJN2wK5r3mrBrj08DK6/sJb01z5pBrb9OVq3Xq"
    "y8GUZxc9+3zBMqQ797gQg69IclQES+bYdoR5eCX0wueI4P459qri+Y8Fn3bToUR//+7COD"
    "jgCgd9J8z7LdEwPPF7p3Qq98/s/wdyZkNG04mmjj/kTTjnLDSH9PZhzCSwZGdApYyKOo/e"
    "NfQb9rdNjVI3qD3q/d++OzTz8zPLDrvTjsS4bd0b+YoO7pgSgbgTXkhgMpQJru5aG/Jt94"
    "1hwWw5+WzAyDGYqeRG+aDEd0YT0e6ychAjeCbweAH5E/kDyx9iqcCBUDMBnc9seT7u0dvd"
    "3cdf+wGX7dSZ9+c8qurjJXj4PxwuQhD579uBPwbTD5FdCP4L9Hw352VON2k/8+or9J9z2s"
    "IbzUyJO6nrPR1Qg10nI96qQ7i8GRG/PxXLftAfKKxzwplxlxgtohjvEL/RH/dnb6+dMv5F"
    "v2G+mHzxWDPb7t3twMhhP2ZK0xfYWrPJy9me4UQxk2z6BIftshojjXv2s2RC/ejHz8+OFD"
    "BXq/d+/ZckVaZeb/MPzqNPgujS575YA3ai8hvqe18D2twPc0j2/yl3HAnBGTEG0yF2tO58"
    "r5nAN84VgG1AxIb5oD/Mp6KV+D04IyLcN/Oj09O/t8+uHs0y8X558/X/zyIV6U819VLdFX"
    "g690gU4NR37FNnzHgcjgWraTMhLO9rMaU/2sdJ6fZSc57fsPX0ee5RWgXDrFs2KN5nioBw"
    "mDczDFTz+efz7/5ezTeTyz4ytVEzo/eYmahpc6MmDB8vGX8WhYjGxaKqu0W4YH/glsyz3E"
    "NaQCPYpHSjOPpuzxbfev2dncuxldZVVu2sFVZgCeifnjO3zwJ2UU+FuAbxB71sYv2ht0XP"
    "JTNT7moFi6TSZB3OHYwBVQbub5tZgqSKOWB/wLdqD1gn6DKwb7gPwkutQUYBtRYr2gy9/X"
    "PR4m0Our643H0ZcxxVUy48gbE9rQY5jcE6P+ftAj6zwdgyfdeF3qjqmVDIblwXmR4hiKff"
    "ntHtp6iVoeoT/2n+I/ekD6kwh/hiE+xQnsUqjmv5qfzrNXdKS/sD+J3pveqWTaFpG9+Zld"
    "wfoWPFmb6d8RgmDhP5ENYwZNQBDwiEkA8DPQATMR2FaSIWjBk++BZ+wAy9UCTdbLs8Btdq"
    "zIYNEW+I4igxUZrKi1PVKX4QqqzXR3xkU1ZOTawXvzsrY3tD+d1wD703kp1vQrxejsl9Hx"
    "SN8UCy6zNyWk7N4t7N61elWg+2NsQx2V6EcpwaxBQCR3BX58Zb/oX41GNyn0rwYZPnj4cH"
    "vVJ4s5GwrSyPISNHHODK5jkwXBG9taZXGYyGE+CnlTLOX1sPWtAbojfciKT8nSyoXPPelD"
    "Vnzi0KRtQfoWdSQTUjslPdhjV0R1RM9jBcGxiJrwB7W5AUn1BF3gYf4Ito3iiqFQDIViKI"
    "6EZihUuJoKVzsszkdxaipc7b1mswpXU+FqitxsQm4Gc9VyNdfTHY/8jEI9s5JnK+tij4zb"
    "+9CdWxJuyWFwof2sudB5K9hCK8FPCyrI60NOJmz0y/kgTwsqyOtDPtdX2kx/g1o5bVwFfJ"
    "G4gp8P/id/pRkONK1CpWYT+hlpBT7HCm+9IH8RoafNDT6dslBcaZaNNUsLGbZvQrPxgJR0"
    "oIakubIfAulg29bwG3Q4F6hCebVE1V+iFg5+s0zoaHPdeSWLzQI6RqHb/Roa1ly3y8yB0l"
    "6yFHTQzUnYnVzjct3vDW67N8efO+cZ4CMr7TzHOKgDLuqAy48Lvjrgog64CAT0/g+40OhX"
    "GiqwbaBHL+xHIuzTegpEJqUZjZmOXrYOi7kLeuuxzmSFzIOoeF/jDkObsJ5kxclNnA9r86"
    "yZrHgFNpdm4+0XLdbTDT7Ac+7vE5zGYh6LgtOiYMiK4DQnarIxOG0yg+EROPwMMApyoAUn"
    "4+Zkk3M64Ak+Ex0BBNbexmi1FvpT4WuiKZhUUIWvqfC1OuFrP1zkWmvpT9j6mAe0PBIiFp"
    "AwDGInIWx0L+IBOGovIb4XdeC9KEf3oiCcKuCFeQBOyjQCWTBNcQ9zeI5NaHOtEpGAArje"
    "2ebQzbSAjla8YFS6R4rEf0S/yOmHzp9qO0aoMUA0QX/B6RJMySlXYH1XIHx+hsQKeYPas4"
    "PnvJp7XroF7V2wleZAlPUIk0ptXXlelOdFIKD35XnZKT3XXVhk6I4KqyIEX3WqyyIsLC08"
    "gbSZpesC0jRi1OKToJfko71iZQzI19AENK0K0JHJLr1ZrkXuBRYOfLa+A92BpNWiIDlW25"
    "0r/k60Zaqj+DvF36U0AgI5nxUZC0jIhezkOF+wMvKRIZGElBjXgrgC4SzALiQLEH8KsoyY"
    "ykCWATqfgcw18IIvZG4toQLmtgiYs3XX03y30eaclVUGusgGOvy+sEh3DcY5LalGWeRRdu"
    "Abfm30NKcl1SiLPMqxBc1Js2XlFMFWTbAtk+nOtqXWZMyd1smwatkJJhafdhW8dk2TzIBg"
    "fmR5tUyTTiW/Fl6jT27cul6qNloJFMHvHrDQG6aRbK6+cik/RomvJ39Fg9goD7acYRcCA/"
    "vIc1Y/ucDTv5Mm4AnqjguO789Pfy5J5tbyDRTfJtqq1VF8m+Lb3i95lmDK3R7INrYeIL40"
    "QmsRBXItkMl2Cj9yccaRgAK4NsCnvACfKoDrLxOFNRsr1ojiYo0K3mJ4HfjCmbxwLaEgru"
    "dVImqJbhMETS51IiMmI9htu5dCs4tPpYhFZPTg1UG4HOCiqitF5mc5vGsJ+eZv++H4cK5b"
    "XB7+WEA+dE8v6jhFSavy6XuRc4uKyPO+qx+6RZaXh4OsxQiPEJxg8s9e+GARRmEnbPB2DO"
    "/AhPMF9mju3ntoYCdNRZa36lTyvNa6veasBWqEVBp4Pqc064v1BhHwyWg5QKfBjp04zFFH"
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
    "EpWBCyXWi6wY6S8tQNR9kRghF+pbAzSGurT4LMgfDDXkz5/IJrAlTne0ryHrSla4Qpt6W6"
    "QGQTeyomT6CIVezS1Aul73IiNIC301b2H1vgu6kRwlbQ7JX2+2BNYt60xWyBLEVDv1LYfY"
    "k3apcuCzj7aeV/esF1kxShJA1tZz6irorR+dKpcFMa7Iolx0UDKlWzG40WnPOhDncsodpL"
    "OsftXjVlDjLH18iJiFW4NulHDADVALtojuukcJYaN9LKBm+K6H50VBnU1mG+uzl+hSEuB4"
    "gyZjHqsoZjJJclWETBrJZhsjJu9oKecOCIvaseMDtjVnb18cCM3gIIK+Pq2cKeh8Sb5DcM"
    "lKyzxj28ZLF1gFNWh2eB8VMSmaj4IKqohJFTGZLJZiNfN7ZwRlqiu9Z8e34TsOTaKRx78i"
    "4VVCRsKAv7Ma4UlnpdFJZ/ngJMP2TbJCRSVi5wbfZC/pQE36xpNep5oCNbG5ytukpVSJmy"
    "1K3ESBdybR0Ey9yB2+4SxpgbxMz0Pzs6VJzyfVoBtoVClBCRWqA1GgagUaL2ydN4oqIaJC"
    "pw4gud/BAlsRk6aKuOwmbV92aWgD3ruwH0mRTSyHW8T1LSAyqY/CmOnoZWsH0F3QW491Jh"
    "HxWeac2Dr8SH6/xN7Dag4FpJ2mK0g/iEX0e+5RreDg04tEPSa+C4LWwKMlpJY65cafscOy"
    "BMwxgitw/BjOjcefacrQ5zBt6AI6FjZ/cgG5KThGpGlBXapWe5+iKep6RM71GCGPnwHUjR"
    "l4JVOGCoDkI/9nECy1NC8RROSDYZnQVMy9Yu7lMTQlZu5JS61w366gz9Yiijvbgjtj45LY"
    "XjLaAMY21FHJEGREs0oCkZVrAK5Go5vUAFwNMuTw8OH2qn9//JGNBmlkeSWcMdmKCsyp8u"
    "ketVeZqppPdfj8DMle+QabVMjOyEq4vxzIflKLyIziU3iPhKbFttDlDudR4+AzFT3cKpxJ"
    "A4YT1gJRBW+JV5DTiktJtbgCiFDPpV3avTogmJ8a5uTdBJ21GynigmdX8e/749+L1IQ2gO"
    "U4Hi6mcrA5fUFaO+L2b+S51dxinR8I3ppbzSlpERbojWOQ3p52X26LLhcTiHynhK9ef92p"
    "Jqvpc+mtW25kqr84eA4eXYuM9iPACOgpvpemog8S1NOOL8GSEs6UZvZd8ofQLLls4MHTKh"
    "PinSetd3kjxT2Lps50FPesuOe0FWahon2nesBjIQnH+kDGVgW07WvFVIyFsq/FwVjZ12Lb"
    "1zz2X4uGSmpyF5kq2dlfYaxkH7x6dbtoTEqi3u4ztStYBIzluDSOhSZCOQGTGSu+FYTIUI"
    "NhBcKfEBf5pXm5Q7Hi4l07u5OyV0TbHpS9ouyVbG4E3fMLQmXoAcs+8ue5jSqthsXSIh+1"
    "PCJ7SfdmMPx6CaJ3U9TtTQa/9y9B8DpFd93xRLt+IFeid1P0MLzrDq4vQfA6Rb3usNe/ue"
    "mTS/Hb7JJaMoPSSeY/1TjF+TE7KxJJ5j/laoseZNxNfOVgA2/IUzHDBRlFNhxii6VUpQyh"
    "7X0WSKwxJPNjXJ4AICOmUq1nH5sQIbJ9ONzaRlZWPUIH8AhBVKDQ1xrnUFKNssijbFDt0C"
    "YGgFY13pVqSFkXSh3hUEdCEIm54haRfBVZU7KC8hVnvqhV9u+iouzfRb7sH83xwG8wr6XU"
    "sib0sqbiflXcr+hwipgWQoTgp3a9Z8qhowIm3xnbbQMmRUkIcShzO33CjgUbbg1VKsBRRp"
    "yIaTJvM2PGgPQnK1ZhOm8bb18mi/V0gyVa/VSCkWYJRmrlseINg98qi5UIymBbOax2FGLC"
    "VrlNYSbRUlgz1ESzovab87ggQKzif8MoiO7Ix6x3WPbzGV4C8vesABlaz6UpVIrSpm/bmY"
    "oaEc0s6gAVNaKiRpL78R++jjzLK0jMXeoUTYrIlA23NZ9okIKGk8RJCSlqTAWYqwBzwTDe"
    "UYB58OC3AXPXJJuUxPimlkixoszD6taFlZPiwtdVdZPWjerkamStAVM2id5NNO5U7aKuY8"
    "ysN2h2AGInT8MUiIV5GZv3pLR70VZ0pd0r7T6t3bPX3HiXB49E7UWOAW8YNHJaK2jktCJo"
    "5DQfNALnumXzABwLyIjwxXkdhC/OyxGm32VsqXAHalJgJC2qAnREDtARMfZB3OFVJTGEdi"
    "eUYE9sh+IShDyer+4LlLa874L8wVBD/vwJOls76GlfQ9aVRGhxGbEJQgcWbZ9NiiWHHUkE"
    "J4+ZHzx8RVZ+/FhWGPn6S30bHwHWmlrkrBACGZln7Mw7QHeJjENfLA94+iuk9YzDxq6NPR"
    "7zfwc3odUZHhe67zK965EmwnKhB5Yzy4a0M/IZ0/b0fqwGc4fWewi+ptdSLkbS2EcL3VKE"
    "gyIcFOHw3np8HcIBfvegg3S7UIuvMIvTYlIaxxe1jOOLCuP4ImscK3pnt/SOA18sl8zMRs"
    "tYTljClexAVq5aDIRimn6McY6VU95RTgmqMRZ5jAO3Ju9hv6SQOuon/tm0gwVW8bPvWrJ4"
    "HWyx9VG1uKeDXBM2H1RLLonbHFNTxO571pdlrG3hoYSQzq06iBA1qRGXRNsGZwUsl9GGCD"
    "ytgE7zUroYgeNvo/vfxnfdXp8VedWz0UfHvZtBfzgpLCDbZteKSBRtQ+woIlERiak9mlZz"
    "Lqa2NueyjGRFprmO4gXrEsRvpyhYpi5B8JpdB+sQYe1npPwhEosOhr8PJjQdaPgmn1b0vn"
    "/T745pk+idGMNjuRpeIliQurIyS1dSTGXm4sjMpWL+dh3zt1e3hmAGwh68GrrrEiu3GdGd"
    "FpVQpToQFaoWC+oQa11vxnVnRBXbLfI4K252R6S3UG4EEZJvKK77ELhunjOQm1lx3gwzjT"
    "lxESZ4+4z4lmVWE2R3EYGbIcOrCq0mKPi6fG7QOncqdOC5wDIZETuDwNAdx4LOTy6gPw48"
    "YyLgk/8dEzon4D5UJGqcRd3h3WhU6gPyLBs8LnzHmOmZ8NREz6ywK8IecHVy1xV0L4O4VB"
    "uvqWfSPX7C5orIQvazpij48etfAJYWeTp8WhP2MtV98MNcbJssthYD31WktCKl5bGgJCal"
    "16tnbWoilpCQ/GmfyzSwjzynIBlRRb77tYiEEJ/WoX/KyZ8svtixXqyScgKbqfy1tMhIH9"
    "3ddCdfRve3lyB6N0WD27vRfcDvh+/EIO8JNpCLTI4FFNlZi+xMqnu8W3VWVrFgIrNgiu38"
    "McbZcjVa5hBqDvR8B0He8kSF8soDylMq8YWfFU3KqNhqgWlmKRBVHhHF4B8yg59bbdvAV7"
    "LMIVlokzuMOgQgzCGA3Qa268h8wt8rHCTpFp3qUPegbTMnCYtNZ56CoJeUP4HS/R1gIcAS"
    "5C8RmMM5dlZ/BpEOegkeyaLruZpPvRSPFe6R9u+zhecBL+h858/JnJV7V28Ec0CcH5gDQl"
    "HRO2bmEo8JP52QElV0gmh0Qk6jfaftKyj21DWYD6Nw+0q3qN6+wiJUeqLxxu1rhMhGYpkw"
    "8LqTxsh9hs4leT8jW0ngjQ/6dVmiJoxglC1qhn0X/uSCZ+p/D2/q5jeundxBOcsPaa9Szv"
    "LyXUxeZ/kPeoJrMB4/MD8je52i3mg4frilV6J3U9T/693gnl4K30xR9/ovD2Pmn4zeieGf"
    "FIBIEzFMsA0Wrc65+T0XlBRtdSw9LZ+q5xqqFO0ANQl7kwmtqqjfdyotKeJDvYfKkgkFX7"
    "cjOIvnLEdS3mDmXq17PEhrcvvsvGkcys2pBFKbzanEQNVhAwOjhhgtoVwHvMKFx6KBAY38"
    "XcUm0AmY0By42HgFPqKG0HJmGTPG3NFlHwQlvYuYwJ3cYwuTKjTNeD3CKan9mlhCaghVJp"
    "SHPd3W5kbBemG9lFZqTErtr1Ljh13ZSkGZxj+dnp6dfT79cPbpl4vzz58vfvkQ12vMf1VV"
    "uPFq8HUwzMRA5IMdZlSQF/iEkMK9Ge6QRvVqMZVVH/uMoMK/Pv5b8aK5/WB7jTLHfh7iTr"
    "DZcZ3aCHd/pmxtEZarSKG9uFk9snFNpjno1w38lwY9u2UhEGkb4Jjyvd27AVFqgoZfiQbj"
    "/XwCrqFuAiLxiPAS/Od/APh9YZFtkx7eyqtGO7qHYpsPSVVSbHP5TiIv2+xi3ykyp2smqY"
    "qlhWacx4Ovw4e7SxC8TtHdTXfITrkMyfsHSuKO++Rz+G6Kug+TkXbfpw/TV5rJKvlxiib3"
    "3eH4S//+EkTvovxj2rqzzIWIqb5lWcrW78VgqxeOhZ3CYvbjuW7bpSpjUk6mivZnp58/xU"
    "oi/VClFo5vuzc3eT38hW6SkN8ESsvJhOqeDSGH5g9D5HdxD0FWUg3CFoNAy1A1GIGE2Dta"
    "oh8ODe9o9eBX4tKSEipxB6K01TrLtba0eIc5LalC7EQeZYQ9vnyOYXv5jjhf1DrifFFxxP"
    "mi4IgzJOqrqRHTxuE/4pyRVQ+SyA+SaI42cYeW46yghd6wxR3glJZS5y8zS5Kt8x4JSYgo"
    "NDMJ2BM1cTlRLRBV6FYeaS11XjU4GLit+0oMfNtxYBUsuW1gPFh3dZCTdyO46Y2mBrjJR7"
    "4NhMeZ/uSEuWChrIE13bTawPgu7EdObBNb+xY1xN4tzvdAUN9tCbEMauWRA0lgN4cPeMnW"
    "tWMI8DM7JkZTss7xGzTJJxoF+ezgOQhceTSxKrFpX6B3AoYs46q/oDbs5jy0O7gHzT77GA"
    "RtPkZ5bNmRuKiemQ4M3/XwHDp/Bo8uJNOM3OsRBAfeWLRmPPnjvLI6eNEXQEcm6TuMA9X0"
    "Zw862txgd6Fi4ReAfUFuRy6TP+oEfIs7IX9fByzp7wj+StpiSc+Js6/YL5wig/w0l8ZSkI"
    "eL9ENZ7RW9gYqOUNER8hDr0kdH8NqOSSFFG2WM8mDl54Q0JaQgzfIc4c7H52NNSikPd2OP"
    "q+8SzU8jegs3v5yXVBRTJmHinPEjvNEDKTE1tRtP7ax6zDcKRdJqMBoPhvRpAb7ed2lsJH"
    "uZoodxl4Zespfw4P/fwnP/f1uHYGqD4ToKk3xIfDN6mCS+Ip/KQjBphdIvD0NWn5S+0s+/"
    "9+/H3Rt6JXiXtXbfJ0wzCVjhTCh+EDNiIk8CkcIDsGH4jtPI5MuISmjzHYiNVys6wMBkrA"
    "zP5U0knBZTulvm/Cfj7TgxTQkpOy9b9ALzmhhrCTU9K73XwcRTzuv6zqnUo1rD5RceeGwH"
    "3nppecScuBuRXT+0ddIxh7tQe9jK5+HLApzZubfwrYY9kd+pvKvv4V2NoliK3KqJCJcKf2"
    "oipKZGmhoELNf1qbsvEAtyx7C0MBaC7gmgbhD2mTxsnu9SP2PgJVzqLqBnWsBcX5WnqGm/"
    "f+VlFE0L6Sgvo/IyZvZwxBYeLczny021lnTQiG0VbF95H7K13KP2w7nTTj+efz7/5ezTeQ"
    "x4fKUK5zym7595/12z2qQZy/M6hOV5OV95nqMrA4WgqYdgLS0yPXx0fd/9MrkE7GWKRnf9"
    "4SWg/07RXXdwfQnov1P0+4i+p/9O0cOwN7q56fcmg6sb6k9IfhSD1Sf7mltG6G8euLW00A"
    "M3frga9+4HV2QI4rfU0TLsfwv8LOzNFBGQhtTvE7ySz/f960Eqr0b6wqZcHbfd4QO9QfAq"
    "xoCrc4c/imchHC1Y5LmtNc6w0G+rRlmoUWa+PmTwVV9PyIi8cDdUb85qrJlnpUvmWa7aNy"
    "U/8vD+ZTwalvg9IoHsk2MZHvgnsC33EDXyClApFKnnJULz+Lb71yzQvZvRVfZBoB1cZeN/"
    "/FWRwl4OeyygYN8CdhfaNh/ua4mtgD+cPWInuHtkBWPvOdbxpIyMaTdqhdVURNVkV3KKF9"
    "FtjMISotfQsOa6XY50QjI70QPRk7CLXa0yu0pVXAHzdb83uO3eHH/unGcKjCdpgtzB9yCF"
    "OUWryDNVFRaek5WJzdozj0gnbYMxSIkp+JvD3/QhUE9AW0MQxuKzdH4NBqJQXKWmbzYWgX"
    "cINhqIvKwahWajEHj4G7h4U4ISenhl4oRMHzYY4bWUGl6hh5ftR/zjmxBTlK7I4/uGLbPR"
    "Gp0SVGMs+hhrVc7X8hHWtvS6CjaqezhMFUco8Z6xSYmpQwwqweH+0BWghvMB6XDNz95UlN"
    "LlP8PAU0xXUHTbqqerkhtuC3Sz5IbRptUGzr1EX3JinNnitzmME1fW22ft9wOBPWO+ruYl"
    "FCAPTHdBNxKttAV0qUarKrQzoYZhfQZZwOI62pWMikMmLa4UnFIqR5ajkvtd0GUv7lHCh9"
    "b0EQpPr22N1/W6L0mQ4j05GCFQdHIwgU7FycHEeGw+OfgrXpKvHJbClFgKdnBolCZL1RHw"
    "ETu5F535m+kuoJlDaYFVlggVLGcQAYulPKWBDmZR/tWd3EGdHhTNjuoAdXpQnR5MH/yBi/"
    "x4VxfujGSk8eG2UbETwe9eg2cnISbhg3MgD0otxt9yNfr9nGhHRQdsMbahjsp872nRrF5F"
    "ZOUa3KvR6CY1rleDTGTD8OH2qn9//DETlZh/rkyy9GpzokBgk5NJzUsqjlpx1HsB9p2rmz"
    "VQZ4WEVNH+70r7JxbQNlAOCb/buMODXHI3Ap3fdrhZ6Tw1VqOKV0Tg1B2O+jW8hFxO2inh"
    "1WI2qYjPLuKEElx3BSe0SLTayAmRkSZ/9oqWwwkJG0rVhH/0CRjQEjZmVPfGMuF8gT16Zh"
    "S8whXQPXZ54eA38pWT54Na7Z1V4gmeiEcwxAheBsmmWFUf2jJem35ygY8IQrYFzaiMTicu"
    "vpP7yYpgEm3H7iiCSRFMP15mmbv+8How/HoJwjc0Ocl/PQzIPqN1e5PBaEiTlKQuTNHd/a"
    "jXH48Dsfj9FI0fer1+/7p/TZOdhG+n6Et3cEMvBa9R1vl+nHeeXrvr3k8G3Zubv2nrb/PX"
    "puh6ML57mNBvo3fZ9b9OpN9pnUC/0/I4v9NcmF94XKf5QR915Gr7AyYOJNuO2eyYT15WGo"
    "p434etVFaQHWcFeSE4LPWVRuYsdIqz9ZVDXSgsXzD36cVFnTX+4qJ8kaffZQldgyZYIWia"
    "XJhn5eSD+2Ot2PmPFbHzH/Ox8zozITSCHa0U5kKiSxfo3+Wwl8nLB/9OZnsIH43gorm+Nd"
    "+xG6CfFZcPfDJza07+ytmfm/4LfQUdbUHsmcKkIZVuu5zsHv128ZWDddzhBYGlUf2jpKCE"
    "xv6BGPe1nOLw+4IsS42GOSOqjjuKPM5hWF+TU+kpSTXKIo+yaG5rcYeWIxagUeyKCltRYS"
    "v7AVbFWLxrjEWpO58f4S0c+geCby2Xfn7tbQPcHyR4Zbu4lawXYduDb/esF4kmdGpyRiXO"
    "ybRyrK0PCV4FvfVJZyuZEOM6JtgwZid8qisid9bP/eb4nUTI3OYwnjGmrUlPLNRmpjsvpN"
    "Fjzr/wmAuqAdfQ040ZNDsAwTfogOBRLTjbtZtbqNgb0TS5DlCxNyr2RkAfp1jxo3tw+rxa"
    "RTVb6kU8RbIie/CPet3760tA/52iXnf8a/fujn5kb6boYaxddYe/ad1eb/QwnFyCzIUpGk"
    "1+7d9fAvaS3a9qeYtaL6tEEIRcnrlYQOSBEskR/eToZU9FMcKxgHzezvZLI9i6653zzd9Q"
    "QD50z2uAe15eHDELLfy+sMierM0xIt3nIK4+K50TlqisahvHpiN8VlAvKFpTD9tIVkGbPb"
    "Ac/bwcsJuOKycEVdAD12nlwGJu5ChNiSpPqcieUuWCUi4oIfjRTjMXVB0Of2PKsFq8tHzJ"
    "wt41F+KhgLRT2n5MDMMn/L3HuOyjIto+3aJTSdu7QVvNWDfeSNtPZhCEcjFf/pML8BKBOZ"
    "xjZ9UBLgbeTPdoXjTXd96sN+gCsu7R2ssu0Ml/5JNux9LAxNDNk/e7vNEWFD5e0EnKnzg8"
    "K/eutD5j8s8PjMkPPbSNKN0iWQnpq90E8qvDiepYnBjQ7/JYXNVx7WJ8D+OIdtOlpPVDzu"
    "r42169Do3PvbVz4E3w2b2LjdKFnmdDtwEDlpZUBJhoBFiOp+HJYNW++RdGB1aYf+v4wRrm"
    "n7NuvNH8+zYLY6WyphlYUoPLfYUmDbZ6IbYYoH80S6Qdxl7lbbyte1OG3AEacsH48ZY0Sw"
    "rtljw+jBSRykQr3+uViSaGmqVMNGWiKROt1ERTBoMyGHZsMBCYF7Dnux6eM/W4wGJIN9lg"
    "MrDGmpFsvdFm6K7TnFKvTHBD8ErwcoHldcBcNyHAyCgwEPhEt7AGRAxrECHZcMuqfyPnjY"
    "rD56aiLFezidFcYAtsCH+LpFShjurQt60W+FpRPrxZzbeK8RFhqdlJhM922+c3+DTD+LX/"
    "VpbePNWgeutcBk01+FY70/mE0mNufIiRlp+bkTvQJFH0yKKeOLA4wTa5hlbkT5g/QYcSZV"
    "TzczvgFS68kt11B/0XbMH/k17AXew75N3/qjOTwu7S6sxk+d4t75nJ8MHkUMzWEopdqcGu"
    "iKL8igXzLtRfBhAHyFF7CfHdCXGFn/5Oc7LywpwRU2hzod1o+SiSlRB3ZUQfohGdWrKJgd"
    "FA4UyISahtHoh2Wevg2OGVwzn61h1MBsOvnMZbJHYJwjdTdE0wvQT03ykafB2O7mkJmvAN"
    "q17zW1ix5rdmFWk+1tt1KjadXNC358H5oiiaoPpkclJOmhIorVXJ9pxV00rZa1G1zgm9zi"
    "0cTECe8yhpCRH5POcXtVTiiwqV+CKvEqus3LI+SqJ4znu08og3xExfzRP/ia87lbS/wRqS"
    "P9GrecByjMHcN2Ys1BUBy3V9aEb1R2ndUdITwEvK0D970AFkMz4BQ5ak0F/QaVsnLeIO7q"
    "CyIiqGXwpdRGaGHxKECwmkUn0+KSJTbPDpx/PP57+cfTqP9fr4SpVyX6DXM38oj7a3lpAu"
    "luW8jqp3Xq7pnavKqCqyXVTodxnZTvYcN8iTUt8vGElIiO5ObMZA0W2g8qQEJdR4DkTDqc"
    "W+qEJOquzQ4QAbnLzlRDUlpOLNVRI9VcfpYPCtVcepWSj5+hT/dnHkzUsPibB+bByB1Oq5"
    "+wjyilQNtXI08ORm+Gq90TBuliiBRnUDzMjbIGlCmK/xBAw8F1gm5Xlp4gXLhPMF9qilBl"
    "7hKlcJJ0ce7+omij8WbV/tKP5Y8ccHHsLDP85Hd/3hNYveCd9M0d39qNcfj4OL8fspGj/0"
    "ev3+NQ3did9O0Zfu4IZeCl6z62etaJ7Wa7woFlWxqIJAr1jUw2ZRBamsJljUzR6i0VVulv"
    "0eumDHYBsouClBCfXbA9Fna3kL4PcFNJrZMRlRFUgo8jircNEfYZSjKtR8fFBaSrmolO9P"
    "uaoEQHcXrqrFutjQtgjXr1t0qPim18UWXFUVXpUUsZwMl88QVaF05NKqUV8qHad/kHtzcY"
    "kpHifUlW7T6dxHnrM6KnJFpRp0Kh1ST0FTDcZtN/qlyEjRnN3oBQZeovjJ/ckFPiL3si1o"
    "grDjDnDJkwhN3kMNu7jJFE3RYxQB/QgMSoW6mb4pDhZ0wdIi88+nSZNe9AXQkQkeI6jYMY"
    "qAQn2kLrFlWLNqpptTFJyx8GbkOkbwBDyGz91j5DwjV4MqV08O9l9mgetsTq6uOtT3xr7y"
    "XXqCg6ZhYic6Aiezcqspt5o8tIPMbjV1LKP1YxmvVlEsTD1HZSQrskvg6IZMXO2u+7fb/n"
    "ByCZKfpqh7d3czoD7I8M0U3fdv+t0xvRS9o9e+PAzZFfoafdYi/2Xqo3JjivvM7NmNWaDV"
    "8I1FSQdqSJRnWVjPMjYYXo38QWlRCVWzA1HFFIesOGQJgFUcsuKQDwXffXLIvKTog0u+KM"
    "/snvi6U0mI+rQhT1b3ESP0aBA94+5opUPK33UYaRhxgwZ58JtQoG10zGhPOhvJuD0GVOaC"
    "qOzBJwfGXdEbsEkLnlZ/Bo+Wq7HuQo6T8Y2kGWkDF9ihLKerW/SHQNI/JStDxegEdMFCdz"
    "yLEXkL0m6OkcfS0zwmlKdHcPww6f2sWE3FasqjOkvMaiqlb0faNNtqCkEtt/aTMhJa+zsJ"
    "uJ2TzZArsU8sICHCO4mx/cPXEdn2C3ira2hYc90uxjkplt0TArmTUP4AYa9A+brfG9x2b4"
    "5PP3c+nmYSaieTK6VBjk5Z8szkpIyKF681l+eYqM9cq0UkoACuBTCxsri3vaSMfDDvZNdz"
    "oeuui9vXBTotpaCuBbVhW/xUc0poC91YMLjbUY3xEmmvsECfqKzYkZBSFTvqV+wIQjVdbW"
    "7w+X/Tcsrt29jtG1J0PKtHQkTZ1VlFOeA4ufx+axEFp3KZ/5gu84j359x1k2Jq291htem2"
    "fWaDOXXnHJU6zcLvOzW8Zta66Ua32a94Sb5ygA6eLZsF+bM+AKM2XeaMCrqjDi1WlNhCLF"
    "ae9ItcnTlU3MAz5nrYoa4yOM870XZ3G+W0Em+7Uk4r5bRKHRS3XqBbMOIV6TViCemy+X86"
    "r8F5fDovpTzoVxkVG7vMy689rTzIGTacl5Wmvtye7UaaDoYT/FhEYd4Mc90wiK5QqCRXHV"
    "tISCnkmyFv+gvbMnTu9SYtp9BveDThwEhCudB34N9ZkqI89n8Zj4YlFGFCJqu8WoYH/gls"
    "y90Z/gk74sm3bM9C7gm97XtYDxSjlN4aqTbHt92/ZrWe3s3oKquQ0g6uSoZEo+ZlEz2opA"
    "P1iDR7RJ4tZLmzRoZeRlQlhxKNpRSFNutCxzJmR0WMWfhVp5Is09eNNtFk5WPbMv1Uuj4V"
    "sk8Fy1E418W1hVs5kV5OML1Bx7X4stUmRCQMMdxJjAV9qjgQDptLiO5OYrLIHb3Cw1Dl6m"
    "VCZP/a5fvsla3pke+6n/3r/wH43gHg"
)
