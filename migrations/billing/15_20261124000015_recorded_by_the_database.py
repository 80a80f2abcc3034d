"""What a batch of usage events costs: less is sent with each, and nothing is planned anew.

Why: events and transfers are written by the thousand, and to send the same instant with each took a
tenth of the time. `known_usage_events` planned a query per month each time, a third of what the
database did for a small batch; services/usage_holders.py has one that stays planned. Its plan must
be right for a month that was empty when it was made and has a million events a minute later. So the
index by which ids are found is one that only this query can use: nothing is left to choose.
Additions that wait to be folded lie among those of all workspaces, each on a page of its own: a
report on a month must not look at those of a year to find its own.
The instant is the clock's, not the transaction's: exports rely on it being after the lock was had.
Safe: with servers of the version before stopped, for they ask the function. Each month's index of
ids is made anew in this transaction, some seconds for a million events; till then neither usage nor
the ledger is read or written. Undo: see below.
"""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        SET LOCAL statement_timeout = 0;
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

        DROP INDEX usage_addition_of_workspace;
        CREATE INDEX usage_addition_of_workspace ON usage_addition (workspace_id, slot);

        DROP FUNCTION known_usage_events;
        ALTER TABLE credit_transfer ALTER created_at SET DEFAULT clock_timestamp();
        ALTER TABLE usage_event ALTER created_at SET DEFAULT clock_timestamp();"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
        ALTER TABLE usage_event ALTER created_at DROP DEFAULT;
        ALTER TABLE credit_transfer ALTER created_at DROP DEFAULT;
        DROP INDEX usage_addition_of_workspace;
        CREATE INDEX usage_addition_of_workspace ON usage_addition (workspace_id);

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


MODELS_STATE = (
    "eJztfftz2ziy7r+C8i+TqdK6Ej+SWc+9p0qWlYx2HNnHsie75+gUTZGwxWMK0PBhRXd3//"
    "cLgA/xLYIiZYrpqplYotCg9AEEur9udP/zaGaYpkGej/u6fkOOLtA/j4i6wOxF4pMeOlKX"
    "y8h1fsVRZ6Zoq+q6Qr1GM9uxVM1hV59U08bsko5tzTKWjkH5DY6+zVUHqWhFrRd7qWoYLd"
    "Q1Yh0ghyLDsdHSVEkPzdbImWPkEsM5RmP8ii3kLnXVwfoxv41ONXYf/jXq6pFd/9PFikOf"
    "MWtmsX7/+3/YZYPo+Du2g7fLF+XJwKYeQ8rQeQfiuuKsl+Law8Po6rNoyb/tTNGo6S7Ipv"
    "Vy7cwpCZu7rqEfcxn+2TMm2OJfLAIicU3TRzu45H1jdsGxXBx+VX1zQcdPqmvyoTj6P08u"
    "0fgIIH4nxXUM0z7W6GKpOsf8yqf/8L9nREZRxjf3ymR4ryhHqWHk3ycxDv4ljRI+BQzicN"
    "T++W+v3w064uoRv8Hgt/7du9OPPws8qO08W+JDgd3Rv4Wg6qieqBiBDeSahTlAiuqkob9i"
    "nzjGAmfDH5dMDIPuix4HL6oMR3BhMx6bJyEAN4CvAcCP2A9kT6y59idCwQDcj74OJ/f9r7"
    "f8dgvb/tMU+PXvh/yTE3F1nbj6zhsvyh5y79kPO0HfRve/If4W/dfNeJgc1bDd/X8d8e+k"
    "ug5VCF0p7EndzNngaoAaa7kZddadIeBIjflkoZrmiDjZYx6VS4w4Q+0Qx/iZf4m/nJ58+v"
    "gL+1R8R/7mU8FgT772r69H43vxZG0wfcHrNJyDuWplQ+k3T6DIvtshorhQvysmJs/OnL39"
    "8P59AXp/9O/EcsVaJeb/2P/oxPssjq74KwFv0L6D+J6UwvekAN+TNL7RbyYBc0Ksg2izuV"
    "hyOhfO5xTgS8vQsKJhftMU4JfGc/4aHBfs0jL815OT09NPJ+9PP/5yfvbp0/kv78NFOf1R"
    "0RJ9OfrCF+jYcKRXbM21LEw0qWU7KtPB2X5aYqqf5s7z0+Qk533/6arEMZwMlHOneFKs0h"
    "z39aDW4OxN8ZMPZ5/Ofjn9eBbO7PBK0YROT16mptGVSjScsXz8bXIzzkY2LpVU2g3NQf9C"
    "pmEf4hpSgB7HI6aZB1P23df+35OzeXB9c5lUuXkHl4kBeGLmj2vJwR+VAfB3AF9j9qxJn5"
    "VXbNnsqypyzEG2dJ1MQnuHYwtXwLmZp5dsqiCOWhrwz9TCxjP5Ha8F7CP2lfhSk4FtQIkN"
    "vC7/2PR4mEBvrm42HktdhRRXzoxjL3RsYkdgcseM+rvRgK3zfAxmqvayUi1dyRkMw8GLLM"
    "XRF/v8+x021Ry1PEB/4s7CHz1i/XUIf4EhPaER7GKopj9anCySV1SiPoufxO/N75QzbbPI"
    "3vTMLmB9M56s7fTvDcFo6c7YhjHHOmIIOMwkQPQJqUiYCGIrSRC0aOY66IlayLAVT5N10i"
    "xwnR0DGdy2Bb4HZDCQwUCt7ZG69FdQZa7acymqISFXD97bl7W9of3xrATYH89yseYfAaOz"
    "X0bHYX1zLKTM3pgQ2L072L0b9SpD96fUxCrJ0Y9igkmDgEk2BX54Zb/oX97cXMfQvxwl+O"
    "Dxw9fLIVvMxVCwRoYToYlTZnAZm8wL3tjVKgvDRA7zUUibYjGvh6nuDNAt66Or+OQsrVL4"
    "3LE+uopPGJq0K0jfgo66hFSjpId47LKojuB5LCA4lkET+aA22yOpZthGDpWPYNsqDgwFMB"
    "TAUBy1mqGAcDUIVzsszgc4NQhXe6vZDOFqEK4G5GYVctObq4at2I5qOexrZOqZhTxbXhd7"
    "ZNzehu7ckXCLDoONzSfFxtZrxhZaCH5cECAvDzmbsME3l4M8LgiQl4d8oa6VufqKlXzauA"
    "j4LHGAXw7+mbtWNAvrRqZSsw39hDSAL7HCG8/EXQboKQtNTqfMFAfNsrJmaRDNdHWsVx6Q"
    "nA5gSKor+z6QFjVNhb5iS3KBypSHJar8ErW06KuhY0tZqNYLW2yW2NIy3e5XWDMWqplnDu"
    "T2kqSgvW6O/e66NS5Xw8Hoa//63afeWQL4wEo7SzEOcMAFDrj8uODDARc44NIioPd/wIVH"
    "v/JQgV0DPQZ+Px3CPq6nYKJzmlGbq+R557CYW6+3geisq5A5mGTva9JhaPeip67iZEfOh9"
    "V51qyreHk2l2LS3Rct0dM1PcBz7uWQYmr6zhixPro0kxoN3hMxoVnBe0GwaEHwnhU02Rq8"
    "dz/H/hFB+oQo8XLEeScHF0wJsHpohp+YDoU8a3hrNF8N/UF4X9sUcC4I4X0Q3lcmvO+Hi+"
    "yrLT2MWB/TgOZHioQCHQwTaSTEj+9FMgAH7TuI73kZeM/z0T3PCDfzeHMZgKMylUBumSa9"
    "hzm8oDo2pVaJQAAALnf223fDLbGlZC8Yhe6jLPEf0W908r7319KOI24MME3QXUq6TGNy4C"
    "ot7yrFT0+YWSGvWHmy6EJWc09L16C9t2ylORBlPcCkUFsHzxR4ploE9L48U43Sc/2lwYbu"
    "KLNqhPdRr7hsxNJQ/BNa21m6PmJNA0YtPCl7wd6aa1HmgX2MdcTTziCV6OLSq2Eb7F5oae"
    "En4ztSLcxaLTOSh9XdOfB3bVumesDfAX8X0wgY5HJWZCjQQS6kkeOO3sooR4YEEp3EuBTE"
    "BQgnAbYxW4DkU7QlxCBDWwLodIY2W6NLuZDCjQQEFO4QUGiqtqO4dqXNOSkLBnqbDXT8fW"
    "mw7iqMc1wSRrnNo2zhV/pS6WmOS8Iot3mUQwtakmZLygHBVkywraLp4Hal1rqYW66XYNWS"
    "E6xdfNql97ev62wGePMjyaslmvQK+TX/Gn9yw9blUtnxSqkEf3eQQV4pj2Sz1bXN+TFOfM"
    "3cNQ9i4zzYak5tjDTqEsda/2QjR/3OmqAZVi0bvbs7O/k5J9ldzTcAvq1tq1YP+Dbg294u"
    "uVjLlLs9kG1iPSByaZY2IgByKZDZdoo/SHHGgQAAXBrgE1mATwDg8stEZk3LgjUiu5glwJ"
    "sNr4WfJZM7biQA4nJeJaaWqCZDUJdSJxJiXQS7bveSb3bJqRShSBc9eGUQzgc4qypNlvmZ"
    "D+9Gonvzt/5wfLxQDSkPfyjQPXRPzss4RVmr/Ol7nnKLtpHnfVM/dI0srwwHWYoRviH4nr"
    "J/9sIHt2EUGmGDd2N4RzpeLKnDcxvfYY1acSoyv1WvkOc1Nu0VayNQIqRSo4sFp1mfjVdM"
    "kMtGy0IqD3bshWGOKrFX2DpGjyKi4fFCULchcj1ELXGFfcbmB7WyYisbuguQvm1bxHpA+g"
    "Lpmw6cknnWQgHw/SYPiLlOmFyk9MHHiEwH7bH6TQaoLxPaC+el7IXzAnvhPM2OsV9qywes"
    "JuU6iHf9MaueSpWGuSALaSixU8xqy+zgfYSs7mS91WlfcLPO9JNQZZoW0QZbrIpk0632BD"
    "MukUVXF2hlOHO0mhvaHHmx5kJ5Z4ulCPFw5oaNuJ44U20szk3x5xrrYcQHEzJNGzGdHqfN"
    "iaZuUrM1UVziLdOiqJgC5m0D73ct7ZZvMIQ4KN7wymwYWbLd4/QaOOfgnQx5Yt8BW0vLyM"
    "ocvvVcSUIaNutSwJum3Ga9kYDN+jA36w3BmrVTx+jXgm06xviW4fwcTFTiHKNHzaTai6I6"
    "j4htlTbmsZhiC7XZDjmj38XhZ4+IE6oAcZDq+Bsup+yEOOIf6HYW69fYfYD3ax9NAbwf8H"
    "5QSXZ/QTB7dm23HOEmfNt8TVH+HyVS0zgm1EGk61d8A+VAenOIyMFhwDYfBvRP+Cjy2SDS"
    "kp1LVfChTEjZh/yYsg+poLIANBGJl0a7oBheQm5/CYrfNwV1zdmJ/UoJhDry8GbKAsRJiG"
    "eqycOSqpRsT4l2Bt09F3EMgMQ8kld6oudId2Yw6ltNICMlZKRsD9D7r5Xmp3/ctaLOJtVk"
    "R4BPnMGAgnKlcDKNHJVBCiXRS1cxUp9rgKj/3GGEbKzuDNAEq53FZ8l+MFaIu5ixTWBHnG"
    "55X2PRVVfh8m3qXZEaed10FSXdJcT3au4A0tWmly6CtFTXixpW71uvm46jpCww+/V6TWB9"
    "FZ11FbIIMVVP/c8xdTq7VFn4ySU7z6s70UtXMdINe+nuPpmuvG66ilKUJjN2BuvS620YnL"
    "3vImJQfXfH6rupGLNoYsBsUIMzw2WmYCoz4UG6XMvXFq8FNckC44eIma9gqFqOJ6ECap6i"
    "0d/02EHYeB9LrGiu7dBFVmhwldkm+hxEuuwgcCIYwcLaXLWeM4J3KsDWZz3eRTrsCGiy8c"
    "ohhZwVrhzllwuilbVos63Byre8inoP+fUkxckd01iIl88Wxrp3BkjdJApI1FK/YJ8RvBJV"
    "nZ6oadKVjYyM8k8N3geCldvmHuSCEKwMwcrROkVGtZCThGCXSrrvOeZEcy2L569J41+Qay"
    "4i08FY29MSkYGnuYGBp+m4QM10dbZCBdWZF5rcZM/pACZ95Umvck2B8zZSlaXiUlBdaofq"
    "UkHMq840NF3NikTZcow7Q75Lz0P1Y93RoAOuQVfQqGKCHVSoDkSBCjAp1qBMVTaAMSICUY"
    "sHkFfzYIEtCAeF+knNZMxMLg11wHvr99NRZCPL4Q4htUtMdO7Y0eYqed7Zq3jr9TYQnXWI"
    "+Mzz6Owc+dd9Z87eI9oOBaRGM4XEH8Qs+j31qBZw8PFFohwT30dea+Tw6m0rlXPjT9QSCT"
    "oWlOA1evfoz43Hn3m23ic/Y+8SWwbVf7IRuyl6R1jTjJJwtfY+JVPSd5ic7QhCnj4hrGpz"
    "9MKmDBdA0Uf+V+QttTwlGCbsjWboWAfmHpj77hiaHWbuWUslc98uoM82IsCd7cCdiXGJbC"
    "8JbYBSE6skZwgSokklgcl2awAub26uYwNwOUqQw+OHr5fDu3cfxGiwRoaTwxmzrSjDnMqf"
    "7kF7SBJXfarjpyfM9spXXKU4fUK2g/vLgewnpYjMID5F9jR2XGwHXe5wHjUJPhPo4VrhjB"
    "owkrBmiAK8OV5BSSsuJlXjCtCGUkr10u7FUdTy1LAk79bSWbuVIs54doF/3x//nqUm1AGs"
    "RGaGdioH2zOHxLUjaf9GmltNLdbpgZAtd1edkm7DAr11DOLbU/OV7vhycY+Ja+Xw1ZuPe8"
    "VkNX8unU3LrUz1Z4su0KNtsNF+RJQgNcb38ioQXm0I3vEFWnHCmdPMrs1+CE9QLQYezdaJ"
    "EO80ad3kjYB7bps60wPuGbjnuBVmkKx9p3jAQ6EOjvWBjC0EtO1rxQTGAuzr9mAM9nW77W"
    "sZ+69GQyU2ubNMleTsLzBWkg9euZJ5PCYlUur6idsVIgLGsGwex8JzEB2j+7moe+eFyHCD"
    "YY38rxDW1+Yp8X2x7Lp5jd0J7JW2bQ9gr4C9kkwooTpuRqgMP2A5JO4itVHF1bBQus1HLY"
    "/YXtK/Ho2/XKDg1ZT0B/ejP4YXyPs7Jbf9yb1y9cCuBK+m5GF82x9dXSDv75QM+uPB8Pp6"
    "yC6FL5NLas4Mitd3+FjiFOeH5KyI1Hf4mCrre5BxN+GVgw28YU/FnGakYdlyiC2UgiI1rb"
    "b3RSCxIpBMj3F+AoCEGFQ5SD42PkJs+7CktY2kLDxCB/AIYZKh0JcaZ18SRrnNo6xx7dBk"
    "BoBSNN6FakheF6COSKgjPojMXLGzSL6CrClJwe7VRT8vVXHzvKDi5nm64ibP8SBvMG+kYF"
    "lr9bIGcb8Q99t2ONuYFqINwU/1es/AoQMBk2+M7a4Bk21JCHEoczt+wk4EG+4MVSzAsYs4"
    "MdNkUWfGjBHrr6tY+TnQTbp7hTrR0zXt0OoHCUaqJRgplcdKNgx+pyxWbVAG68ph1VCIiV"
    "jltoWZBEthyVATxQjab8/jQhCziv9CiRfdkY5Z74ns53O6Quz3rBEbWsfmKVSy0qbv2hlE"
    "jbTNLOohiBqBqJHofvynqxLHcDISc+c6RaMiXcqGW5tP1EtBI0nixISAGoMAcwgwbxnGDQ"
    "WYew9+HTD3dbZJdRjf2BLZrihzv7B8ZuWksOZ8Ud2kTaMyuRpFaySUTaZ3M407Vruob2lz"
    "4xXrPUTEyVM/BWJmXsbqPYF237YVHbR70O7j2r34mxrv/OCRoH2bY8ArBo2clAoaOSkIGj"
    "lJB43ghWqYMgCHAl1E+PysDMLnZ/kI888StpS/A1UpMBIXhQCdNgfotDH2ob3DCyUxWu1O"
    "yMGe2Q7ZJQhlPF/9Z9zZmshL9oOxQtzFDFs7O+h5X2PRVUfR0lTT3NndzProEDxSNn6E78"
    "JZ2kWVAtx+Rx2CU4YF8damLBIkXLUKOBD1uTwFQpBozQkLUSeCjcwTtRY9pNpMxuJ/DAc5"
    "6gvm5Z79xrZJHRl2pIGb8OIVj0vVtYVa+sjzhNnYQau5YWLeGXtPeXt+P1GiusfLYXgf82"
    "sxDyxr7JKlagAfA3wM8DFvbeaU4WPwdwdbRDUzjZwC1iAu1knu4LwUd3BewB2cJ7kDYL+a"
    "Zb8s/GzYbGZWWsZSwh1cyQ5k5SpF0AAR92OMc6icyo5yTBDGuM1j7Hl9Zc9CRoXgJGT7j+"
    "4dLLBAX79pRedNLMrOJ/nCng5yTdh+ji+6JO5yig9477csvytY28wzGz6dW3ROI2hSImyL"
    "t/WOUhi2oA0Jmq2RytN22pSgd99u7n6f3PYHQ1EDV00GZ70bXI+G4/vM+rp1dg1EYts2xB"
    "4QiUAkxvZoXuw6m9ranuozkG0zzXUULlgXKHw5Jd4ydYG8v8l1sAwRVn/Czh8i7+po/Mfo"
    "nmdL9V+ks67eDa+H/QlvErxqx/AYtkJXBGdk9ixMYhYVg8RlEonLICSy6ZDIvbo1WmYg7M"
    "Grodo2s3KrEd1x0Q6qVAeiQpViQS1mravVuO6EKLDdbR5n4GYbIr1b5UZoQ24S4LoPgeuW"
    "OSK6nRWXTcBTmRNvwwSvnxHfsQpthOzOInATZHhRHdoIBV+Wz/Vapw7NjhwbGbogYucYaa"
    "plGdj6yUb8y6EnygRc9r+lY+sY3fmKRImjug3ejUelPhDHMNHj0rW0uZoIT430LOreEuog"
    "W2V3XWP7wotLNemGembd0xnV10wWi681Jd6X33wDtDLY0+HykrkXse69L2ZTUxextRS5Np"
    "DSQEp3x4LqMCm9WT1LUxOhRAfJn/q5TI26xLEycjUVlAPYiHQQ4pMy9E8++ZPEl1rGs5FT"
    "bWE7lb+RbjPSR7fX/fvPN3dfL1DwakpGX29v7jx+33/VDvKeYYOlyORQAMjOUmRnVN2T3a"
    "qTssCCtZkFA7bzxxhnw1Z4FUisWNhxLYJlqzdlyoMHVKaS5LM8KxqVgdjqFtPMnUAUPCLA"
    "4B8yg59abevAt2OJVZLQRncYOATQmkMAzQa2q0Sf0e8FDpJ4i15xqLvXtpqTRMSmC0+B10"
    "vMn8Dp/h4yCBL1A1YELfCCWutfUaCDXqBHtug6tuJyL8VjgXuk/vvs4HmgSz7f5VNWJ+Xe"
    "1BshHBBnB+aAACq6YWYu8pjI0wkxUaAT2kYnpDTaN9q+vFpYfU34MDK3r3iL4u3Lr9GlRh"
    "pv3b5uCNtIDB17XnfWmNhP2Lpgr+dsK/G88V6/tkjURAkOskXNqWvjn2z0xP3v/k3t9MbV"
    "yB3AWX5IexU4y/N3se46y3/QE1yjyeRB+BnF3ykZ3IwnD1/5leDVlAz/fju645f8F1PSv/"
    "rbw0T4J4NX7fBPtoBIa2OYYB0sWplz83uut9m21TH3tHys3K2vUtQD1L3fW5fQKor6faPK"
    "m218qPdQeDOi4KtmAGf2nJVIyuvN3MtNjwdpTe6enTeOQ745FUFquzkVGagybKBn1DCjxZ"
    "froRe8dEQ0MOKRv+vQBDpG9zwHLtVekEu4IbSaG9pcMHd82UdexfMsJrCRe+xgUvmmmaxH"
    "OCa1XxOrlRpCkQnlUEc1lYWWsV4Yz7mFLKNS+ytk+b4pW8mrYvnXk5PT008n708//nJ+9u"
    "nT+S/vw3KW6Y+K6lpejr6MxokYiHSww5wLygIfEQLcq+GOeVSvElJZ5bFPCAL+1fC3MNsc"
    "rGeszLDJ7H7ZJyBTvNJYtExbeePReLLoQt4fkRAGj0SnPBIpTWx3Wy7ldzhEHWx7yEhMBW"
    "3+NOeGi8k3TnymZrthYtKSPh6vX9uLHND4qUmDoEDPR++4p6V/O2LmhNfwC7MdnJ+P0RVW"
    "dcQkHtk8Rf/xfxH+vjTYLOfHJtNGSUP3AD/PIRkp4OfJ1xq66+exqWtlEVkl08OF0q329U"
    "xGX8YPtxfI+zslt9f9sThfNmavH7j7ZDJk7/1XU9J/uL9R7ob8YfrCc8hF307J/V1/PPk8"
    "vLtAwasg85+y6SxxIfARfRX5ATevp+RqNLl9uB8q327YV4q8aYcHaWkZ1DKcjDOdk4Vqmr"
    "kGRFRufzZc84bD6cmnj6GpwN8UGQeTr/3r67Q18My3TyxPS8TluoTq3s2xBfsG7HtVsIvj"
    "kjAIOwwCLw1XYQQiYm/IDr0/NLwPmAk9OKyDlVpelY5LdlCVPhDVudRZ1o29KzvMcUkg9N"
    "o8yoQ6cvls/fbdS/FwXirFw3lBiofzjBQPmJkKusIMTEs+xUNCFh6kNj9IbQs0aO/QSpyV"
    "NsgrNaQDPONScP48sSSZquyRuIgIoJkoQBGpCS6JaoYooFt4pD/XhVjhYPSuTsR24FuPGz"
    "Fjya0D49Gmq4OcvFvBjW80JcCNPvJ1IDxJ9NdNmDMWyhJY802rDoxv/X66iW1ka9+hhuKb"
    "nXM4ENTjXCXl+NUB1G/UUys6snc1W2gyMbfyo1yi0297qIsTbV063oU+icPEPHH3gr5inb"
    "3jsfI8CA55bmeeftvhkXHOMRqLvNzuklv627OVN3APnqP80QvtfwyynYuD00HVSxVpru3Q"
    "BbZ+RY82ZtOM3esReceiRUx/uESE2cdV9KwukUp01rd/WkBRnxxsKQtN3IWL+R8g8QG7Hb"
    "vMftQx+hZ2wn5fD6349/B+JW+x4tlExEfiG06Jxr6azeN+2JPF+uF+ljW/AUTyQCRPd9wP"
    "nY/kkbWwo0JAriWoC2/ll4Q0JgSQJtkgf+eT80NHpSDmorJf2rWZ5qcwvUWahU9LAhGXSK"
    "u7ECySbIRFTAymduWpnVSP5UYhSxoGo/JgdD55zJe7Po/jFX+m5GHS52HC4o+fHuYffnaY"
    "f2zChZXReBMxzN5EPrl5uI98xN7lhwvfDT8/jEUVa/6Xv/9jeDfpX/Mr3quktfs2gcNRwD"
    "JnQvaDmBBr8yRoUxAF1TTXsiqZfAnRDtp8B2LjlYqh0CgbK82xZdPNx8VAd0vExgreThLT"
    "mBDYecnSSFTWxNhIwPQs9PF7Ew9c/OVdeLFHtYRj1D+cWw+85ZK3tXPibkV289CWSdrv70"
    "L1Yds9P2gS4MTOvYMH2u+JfU/wQdfhXY3YOoa9dB0cc3RmwyuRFu7K67SjKMu4pYMgqSx/"
    "dCSAqsARHYnYKpEFjiDDtl3uJ/XEvNRsIuuaQbB9jLj/SLxnq5Tj2txB67lXV6qN+PE0tF"
    "DX+Rng6u8f3LNtU9964J4F92xC+SFi4VH8dPnSHHVOB5CVqypLne+K/OH8kCcfzj6d/XL6"
    "8SwEPLxShHMa07cvbPOmqaviVO9ZGab3LJ/oPUvxvJ5CUNW1spFuM69+dHXX/3x/gcSfKb"
    "m5HY4vEP93Sm77o6sLxP+dkj9u+Gv+75Q8jAc319fDwf3o8po7YqJv2+EOYfuanecJ2T5w"
    "G+lWD9zk4XIyuBtdsiEIX3IP1Xj4zXNQiRdTwkAac4eZ95e9vxtejWLJc+IXtiXk+dofP/"
    "AbeH/bMeBwrPVHccn4o4WzXN6lxhlnOrxhlFs1ysJJSrSMRFj5qk1Ups0Ld0X15rTEmnma"
    "u2SeJldMQX6k4f3b5Gac4zAKBJJPjqE56F/INOxD1MgLQOVQxJ6XAM13X/t/TwI9uL65TD"
    "4IvIPLZOCUu85S2PNhDwUA9h1gt7FpyuG+kdgJ+MPZIxrB3WErmHgtsY5HZbqY1aVUPFJB"
    "OFJyJed4Md1Gy6zQfYU1Y6Ga+UhHJJMT3RM99rtoapVpqhJAAcxXw8Hoa//63afemcCZTX"
    "jD8/FFaYJUXgWvQghHK8ulVxRPn5LtEpu1Zx6RT9oKYxATA/irw1/1IYAnoK4h8A8xiMyc"
    "FQYiUxwqv1QbC887hCsNRFoWRqHaKHge/gou3phgBz28XeKEdBdXGOGNFAxvq4dX7Efy4x"
    "sRA0q3zeP7Sg290hodE4QxbvsYK0XO1/wRVnb0urZsVPdwCi2MUJI9nBQTg9MfkD9zf+gm"
    "q4KXhTYpBwfAig8tFVSqlz/8IVOrvqXo1lWuHnJn7gp0tdyZwaZVB86DSF/dxDixxe9yii"
    "ksn1nPKaZOnc5LmK/rRQ4FKAPTrddNh1baDLpU4UU76plQY7/8R1fAqngmbomJzuukeaeU"
    "8pGVOBF363U5CHvs4EOru4T4p9d2P0G46asjSMmeHAwQyDo5GEGn4ORgZDy2nxz8ja7YR5"
    "bI/cosBdM7bcuzzKoEuUSc3AvO/M1VG/GUq7yKssggi1ZzTJAhcsXyQAc9K3FtI3eA04Nt"
    "s6N6CE4PwunB+MEfvEyPd3EN3kCmMz7cOorvEvzdqfDsRMQ6+OAcyINSivE3bIV/vmDaUd"
    "YBW0pNrJI833tcNKlXMdluDe7lzc11bFwvR4nIhvHD18vh3bsPiajE9HOls6VXWTAFguqS"
    "TGpaEjhq4Kj3AuwbF8+roM62ElKg/d+U9o8soHWg7BN+X8MOD3LJ3Qp0etuRZqXT1FiJIn"
    "EBgVN2OMqXiGvlclJPhbgCylGWEwr47CxOKMJ1F3BCy0irrZwQG2n2s9e8jpBP2HCqxv/R"
    "x2jEa//oQcEgQ8eLJXX4mVH0gtdIdcTlpUVf2UdWmg+qtXdRwsh7Ih7RmBJ84SWbEuWQeM"
    "twbfrJRi5hCJkG1oP6Q72walG0018FN4UIfmZK9SueEi/W26OixJfy2Sr/69teoqugaJI9"
    "p5bDugCeCniq7pjbneapfoAENbfD8dVo/OUC+S94jpP/fBix7UrpD+5HN2Oe6yR2YUpu72"
    "4Gw8nEEwtfT8nkYTAYDq+GVzxniv9ySj73R9f8kvc3yPo/DPP+82u3/bv7Uf/6+h/K5tP0"
    "tSm5Gk1uH+75p8Gr5DZSJmDwpEy84El+uOBJKlrQP/VT/bwQnNza/ZyKhdm2o1c7LZSW7Q"
    "zTvO8zW5BcpOHkIkz9xCt1rbA5i63spH/5UGcKdy8m/OT8vMwaf36ev8jzz5K8sMbztDA0"
    "dSnMk3Ldg/tDqRD8DwUh+B/SIfiqMCEUhh2v1GZjpktn6N/5sOfJdw/+Rma7Dx8PBOO51h"
    "XXMiugnxTvHvhs5pac/IWzPzX9l+oaW8qS2TOZuUcKvX8p2T26/8IrB+v/o0sGS6X6U1HB"
    "Dhr7B2Lcl/Kt4+9LtixVGuaEKJyabPM4+9GBVQ63xyRhlNs8ym3zfrd3aCVCCiqFwED0C0"
    "S/7AdYCNV401CN3KgAeYR3iAs4EHxLRQak1946wP1BYmB2C39JehF2PT93J3rp0ISO69Re"
    "PbddQfLLwnUVJT+YRGEPn2XsDNal19uQdbbuLGIm1V4wz1ajzVXreWfM+sxkuPP76s7KJ3"
    "eMtWJMmb9dFESWbTaU7fFlkZDO7WFmE8pbs55EKJgYvB56TDmuHlNBX+gKO6o2x3oPEfyK"
    "LeTtARlnD5u5BQR1tc1E6CEI6oKgrhY6z9sV37wHb+KLkVVTqFwoXSDb5tCQo0H/7uoC8X"
    "+nZNCf/Na/veVvxYspeZgol/3x70p/MLh5GN9foMSFKbm5/214d4HEn+R+VcoNWXvZL4Yg"
    "lnL5hgJtHqg2RTjMLDXvqchGOBTonhu9/tIdpmo7Z3Lz1xfoHrpnJcA9yy/emYQWf18abE"
    "9WFpSw7lMQF5/lTwl3qOxvHcf6A3zWWM0oqlQO20AWoE0eqA++XgrYbcfpI4IQTSN1mt6z"
    "mCt54GOi4IJvswsefJvg22wFP9qr5tss4xzamtKunN+jc8ns3jRX56GA1ChtP2GG4Yx+H3"
    "i+jizaPt6iV0jb215bZeM62U7b388x8uVCvvwnG9EVQQu8oNa6h2zqn4Z2kO1ar8YrthFb"
    "93htcBup7D/2TjVDaaRTbKfJ+yZvtAOFT5d8ksontk/KvSmtL5j8swNj8n3XfyVKN0u2g/"
    "RVMydE4NQrnLdsB/RNnrcsygOQje9hnP2vupTUfnoezlXu1etQ+UBlPScpWz67m9gobew4"
    "JrYrMGBxSSDA2kaApXgamQxr9Zt/fthpgfm3CUwtYf5Zm8Zbzb9vcz9WKmmaoRU3uOwXrP"
    "Ngq2dmiyH+o71kWp6Bmbbxdu4NDLkDNOS88ZMtuRcVapY8PowUpmCi5e/1YKK1Q80CEw1M"
    "NDDRck00MBjAYGjYYGAwL/HAtR26EOpxhsUQb7LFZBCNFS3aeqvN0N+k4eVeGe+G6IXhZS"
    "PD6aGFqmNEiZZhIMiJ7mANtDGsoQ3JsGtW/Ss5byAOX5qKMmzFZEZzhi2wJfwtkIJCMsWh"
    "bzst8KWifGSz7u8U49OGpaaRCJ/dts9veDan9GX4mpd+P9ageOtceU0V/Fo6E/89p8fs8B"
    "AjL484Z3fg2cf4kUU1cmDxnprsGlmzn7CYYYsTZVzzs3voBS+dnN21gf4ztuD/ji/gNnUt"
    "9up/4Mxka3dpODOZv3d398yk/2BKKGYbCWBXSrArbVF+2wVzE+qvAEgC5KB9B/FthLiis/"
    "/lyX5lYU6IAdpSaFdaPrJkO4g7GNGHaETHlmxmYFRQOCNiHdQ2D0S7LHVw7PDqLB1964/u"
    "R+MvksZbIHaB/BdTcsUwvUD83ykZfRnf3PHaRv4LURbpd78U0u/VSh19KLfrFGw6qaBvx8"
    "GLZVY0QfHJ5KhcZ2rr1FbF3bHWVSu5b0RhnWv1Ore0KAN5IaOkRUS65zk/L6USnxeoxOdp"
    "lRjSvXf1UWqL53zAS9o4Yyr01TTxH/m4V0j7a6Ih+4lOyQOWE4oWrjYXoa4EGbbtYj2sOW"
    "vYiPWE6Ioz9E8OthDbjI/RWCQpdJd82pZJi9jAHSArIjD8ndBFuszwY4ZwJoGUq89HRboU"
    "G3zy4ezT2S+nH89CvT68UqTcZ+j1wh8qo+1tJDoXy3JWRtU7y9f0zqDkLkS2txX6JiPb2Z"
    "5je3lSyvsFA4kOotuIzegpuhVUnphgBzWeA9FwSrEvUCEM6lkdDrDeyVtJVGNCEG8OSfSg"
    "QNjB4FuqQFi1UPLNKf7d4sir17Rqw/qxdQRiq2fzEeQFqRpK5WiQyc3wxXjlYdwiUQKP6k"
    "ZUkLde0gQ/X+MxGjk2MnTO8/LEC4aOF0vqcEsNveB1qhJOijxu4iZTMiVshnrJ/Hjmh0d+"
    "rkvB7Feu5tjCjz1++MsgMamfbKSr9nxG2SD1+J34qTCCZmtksJtzsHlza+eTYcBOAzvdno"
    "2my+z0wQUIyY/z0e1wfCVig/wXU3J7dzMYTibexfD1lEweBoPh8IoHBoUvp+Rzf3TNL3l/"
    "k6tzqVih2ivIAEcLHG1LoAeO9rA52pbUbWtZTM8eYt3jCnfGKl4U8p4WhtIpUqVTIOvOPo"
    "/TiAPOFYyLmGAHbYsDsSVK+YHw9yXWqtmQCVEIEW3zOEMg8I8wykF9cTkuLi4Fzkfw6oIT"
    "sgXoNuGEXG7KSO2KcPmKVIeKb3xdrMEJWeAvi5H60YMQCfPSlw6clSUqh8VPYBzk3pxdPE"
    "zGvXhl2Es354hK8Fmv0MGoR1qVyOTI5g62RKYofvKae9gMC81U8uI570IXoHDj8YMklvE8"
    "d45R34457xAvwux1YThZaR8buQ/3Mz5a+NWw2e95RBonn7322lwlz9i+QKs5FXf1c89Hu5"
    "rhJ7aYIJXdbe5/t5VlOA4mvDUTeWYjye7x6KgvmCgL7ZF7JVd+gTLxU/gHInUWv6WYv7b3"
    "e8SN/F80oy77Kew+uvhhPPk9Ef5W8GSCJ7M7bEOHPZktYbHbFaCzjwI8P4IHeTT+z4fR3T"
    "8ukP9iSsbD4dVEYarb7c14MrxA8fdT8jC+Gt6x93+Mht8uUPTdlHy7GV8g9s+UXN9M7i8Q"
    "/3dKBuwP9zJ7f8HL3MblE7zM7fBRgJf54DxAOlOgZxlzeAthHEoBWdxmsjgwv+Q2iahUZx"
    "IX7Xl3CEzrNPK5sEdF9gf7h2Zhr+1wObiqf4D1ClyYP8IogwsTXJjtBhZcmODCPBR8d3Rh"
    "RowFSyX2E7ayKCVf9PPvJbyRvrPt3u+uQ9D/u9E0e0ncChyZUWy3OzQVJ9p8q2dzEPXGqc"
    "jvRHjtFvQV6xe+8+7JogvfGzmnpo6tHj8AufHR8XLV7ONF2qfZyB128AYG+EhunQkxyD9Q"
    "6P8LJqMcxnEpUE6KlZNIBMOuG2ckZOIwkd26ccanVq0JCKILbnwgZFMQeEvlLntpG5aSrW"
    "ORWEqbT0YwUYk+o9+LgoYSTYq3WttrrEjFEH3j+98Ma/yAvkgaoM1V6xkHYTF+n5uwG8cL"
    "oLEjIUH+/TJS29bd+Q77q3dnyZU/JvSmsTci3ObswMJtwEfcAi8A+Iib9hFDnEvH4lxS2m"
    "1N0dfy2YrYj9UM01D9UcjKWhRrUqwgWOnG5YreUtdCM0pfbLTCFkYiApQphWhlOPNkFiDT"
    "sB27J+Jl53TFtnoekcvarNlW/sRj6DL0hKZuAtG5h6QuQHRu/irX3ehc28iMyC0e8FCog2"
    "N9IGNbys3KlHjDlB3cUAgGt9WD62+17ElUxNmd9Djn2ndZol2y8XYKOWqL+nmpmtxiGRLH"
    "Wmcqn7EGxarnzGuq4LDtVs2Tp6D0DoJ53FHoxGX6n0vYvUyDaYd+xz1kG8+EqX2SxZeauI"
    "k41xZUagnPtcX75jgY2BbKLXW5B+pZXQp99jGASpR78iiQxNE1fUq8WlDOnF2nBB+jR98F"
    "+xgk+aRBAs+Z5R1g4xcX7OpaOLDER67NK00xzZuIylNeMlxQnEFx7s5+22XFGcpH1R7h+2"
    "Jk5ewuR+QFsq2m8a7ZxFVu+//4Ohxz2i3ybkr6t7fXI86/+S+m5G54PewLSi54xa99fhiL"
    "K/xv8F4JMqHG3k7J1Why+3DPqy17L8IriqAAI2/eju6DY23bnq89uywyNCC5scjpAIYEvE"
    "it9SJRTeBV6XhJXLSDatyBqG1w9ACOHnQAWDh6AEcPDgXffWZPkyVQH2z2wfAViy+fpk8j"
    "H/cKyVOXN1Rw2LIUderMeWGgsIYP5/o8h3nAI2rswa9Cl9bRsZf6SxWRr48e7blkKrv3zs"
    "JhV/wGYtKi2fpX9GjYiujO50MFNyniBS28pBZnRG3V4F8Es/45sekrRseIpzCzHEOQfkvW"
    "bkGJM+eU72NEeXpE7x7uBz8DAwoMaHdU5w4zoKD0NaRNi60mE9R8az8q00Frv5kyH2wzzD"
    "igkQ9yKNBBhBvJLfSnqxK27WdlF8KasVDNbJyjYsk9wZM79uUPEPYClK+Gg9HX/vW7k0+9"
    "DyeJSinBCJylQA4CM2VmclQGKqWUmssLytRnqdUiEACASwHMrCzpbS8q0z2Ym8kLim2eY0"
    "oS6LgUQF0Kas005KnmmNAOunHL4K5HNaYrorzgDH2isCRbRGqPtdjeBswaS7H5SdmlswfG"
    "5cDtW9nt61N0MqtHRATs6qSi7HGcUn6/jQjACS7zH9NlHvD+krtuVAy23eJtty2HDoRTbL"
    "Tg7pyjXKeZ/3mvhNfM2DTd6jb7ja7YRxZS0ZNhigMBog8kqE1bOKO87rhD6wUvHWSIU6dI"
    "pA5RhUPFzyhlO7w4TXbqqeZuA06r9m1X4LQCp1X81NwztjNGvKCwdCjRubozH89KcB4fz3"
    "IpD/5RQsWmtvDyK7O1gyXDhtOykHq+mt3IC6FLgh+KAObVMFc1jekKmUpy0bGFiBQgXw15"
    "3V2ahqZKrzdxOUC/4tGEAyMJu4W+hf8Xa5mrzt8mN+McijAik1ReDc1B/xL5fZrCP2JHzF"
    "zDdAxiH/PbvoX1wDGK6a2BavPua//vSa1ncH1zmVRIeQeXOUOicPOyih6U0wE8ItUekSeD"
    "GPa8kqGXEIWaIm1jKdtCmw1U0zzK4svEB71CokwLmpQoOM3bXvDIbJ4dnSe14Gq7n4eNfd"
    "GwjPJqzqkt1s40XrGfqc3geV398Gz+ESa6nVVsuvZ78Gjzkd8MiexCQQlo9jHWeT4MTrp5"
    "Sd3dJevJRo8Ef3dETLitrkUlatGhLb4Dv41JKa9JLY6YTglvfewFsT+KiHWbNWYdeXk3vA"
    "v0SXRgO6rFS2MT/+785/rh8X7da+DygMsDLu8AuDz20GOLqKZsqHRcrIOxvI0EM0F43n7C"
    "8xwpdtpv3j1wGwkxdbJSWeSD62QmrgBws8G15cC1AVwJcCH6vOmlAZt4yYCSjS2NyUGYS/"
    "noUj8oN2PNyKcuozL7py7fBvJGSEphBVcymOKSHTSYDsRAKhW5x9kSZWEQN5OEzmWgk2Jd"
    "CuGuLVnhHFfDFgO2JbGV9ChGhLoE6p7dJT7xKrstRMTATdLmLcElGn3lJVqUSqUfMsRhvN"
    "s83upMJTollXS9pCyMdJtHWvizKoxyVA5GuM0jbPMKYrqMthmRqKQTtWww69YzDbJ0HcWh"
    "L5jIoJoUA2gz6B3XqYRtSg7ATYO7NFXniVoLaRspIdghbPdsJtmOIw3+RgZwr4q7UyHU2N"
    "ktzBhwF3NXHncbcN/9KI8pv8hvZAD3yutM4NaTX20SkjAGlceAOqopj39ECrCvin0k6bVi"
    "ZJmc+U7aDNGdfLUtG499u2ohiRjkAWo1nJAHGop/vAW6TRT/8NbNOgAehD0d5BK7FdzYDl"
    "OmrApbQevA9dbvp6NzNrLRSFdTicf9ZJ069cU+/36HTVX8hIIJLM55/Ua9lbsjcP+72WOA"
    "G8gyDwPGEC06EigaKvOg5daTgQP/TB59EpWnTep4Cap4MRcbs7+2oWP0RC3xMT/y1vNP4j"
    "1qJrW98ivpw4D1dMvP/93P8ZofvVsHybRYXz3EfgwNzwrqvCD3AqtEHCz0zhMS6pW7wexX"
    "s/4JspeYXYaMW3BKr1tBpx0+pedX5pWlcWJiEM9XmcgJF2LpZy4qCHEhbY4L4TuvLEG0EQ"
    "G7O+lzobJ020YCwCwmMYJsFzub134/h4npdut683iWsK3Z9KsFU6HuX9ND3FzLArt5UttV"
    "rLTP1vc7rM1VS2gJaeMx1qBXaD6KvcKKtt1qQH4TZh0KGTO0Uoln+PHO/hJ0ht7dnbz/+R"
    "h9M9gEcrmERVfceDN42yfPZhO5VHhGF0rSJmVTN+JG5sDL38JMUJ19wK1M252FP/MnnjRG"
    "e2F9hpVLRRYZJu6KfleW4TjMFqWehTpTTf68+DdlRi5YnGBxgsV5ABYnJhxz2XIFESk4xl"
    "3+GLczZwPnHRiVDdRISIKRX9nI98kSjVcwqESzhJIwCNWZFl7ShmgZCSTys3REZTqYiOq0"
    "RJ6O09wsHafpJCjEmZtrRVOXVeZ6pjiEiFWd71xzr6RbxQSBWWwzs6hjjaf/1JWlul7Ih6"
    "HliENAWvsjqN60TEkj1GNyMtZBmd1uujrIibuVL8t5gmsgz0oFtt0QfE/ZP3sJa2vDlK8r"
    "qK1OahJbhjY/yiQlvY96xXTkptE2HjIfrZp5t/yjvSVLsfhD09rpVM+J03xm7RVbth8/Vt"
    "bWiYh00NRpJucue6okEPabdxDdRlI+sjs6mXpA/tmWiAjkH5Q81JJSzfbpavv3/wc5F56m"
)
