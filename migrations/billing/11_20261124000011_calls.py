"""Calls, and the credits that are set aside for them while they run.

What a call holds stays in its lots: `credit_lot.held_mc` of what remains cannot be spent by anything
else, and outlives the lot's expiry. `credit_hold` says which call holds how much of which lot;
`credit_balance.held_mc` and `call.held_mc` are sums of it, which `billwright check` compares.

A call is live while `next_at` says when its hold is looked after next; live calls take the lines. It
is known by the caller's own id for good, so that neither of its commands is ever done twice.

Safe: new tables; a column with a constant default is no rewrite; the check on lots reads them once.
Undo: none that keeps the facts.
"""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
    CREATE TABLE call (
        id UUID NOT NULL PRIMARY KEY,
        created_at TIMESTAMPTZ NOT NULL,
        external_id VARCHAR(255) NOT NULL,
        agent_id VARCHAR(255),
        stt VARCHAR(100),
        tts VARCHAR(100),
        sts VARCHAR(100),
        model VARCHAR(100),
        telephony BOOL NOT NULL,
        own_keys JSONB NOT NULL,
        started_at TIMESTAMPTZ NOT NULL,
        hold_minutes INT NOT NULL,
        held_minutes INT NOT NULL,
        held_mc BIGINT NOT NULL,
        next_at TIMESTAMPTZ,
        uncovered_since TIMESTAMPTZ,
        abandoned_at TIMESTAMPTZ,
        ended_at TIMESTAMPTZ,
        seconds INT,
        input_tokens INT,
        output_tokens INT,
        platform_mc BIGINT,
        stt_mc BIGINT,
        tts_mc BIGINT,
        sts_mc BIGINT,
        llm_mc BIGINT,
        telephony_mc BIGINT,
        total_mc BIGINT,
        usage_event_ids JSONB,
        client_id UUID REFERENCES client (id) ON DELETE RESTRICT,
        plan_id UUID NOT NULL REFERENCES plan (id) ON DELETE RESTRICT,
        workspace_id UUID NOT NULL REFERENCES workspace (id) ON DELETE RESTRICT,
        CONSTRAINT call_once UNIQUE (workspace_id, external_id),
        CONSTRAINT call_holds_minutes CHECK (
            hold_minutes BETWEEN 1 AND 240 AND held_minutes >= hold_minutes),
        CONSTRAINT call_live_is_looked_after CHECK (
            (next_at IS NOT NULL) = (ended_at IS NULL AND abandoned_at IS NULL)),
        CONSTRAINT call_holds_while_live CHECK (
            held_mc >= 0 AND (next_at IS NOT NULL OR (held_mc = 0 AND uncovered_since IS NULL))),
        CONSTRAINT call_ended_is_paid CHECK (
            num_nonnulls(seconds, input_tokens, output_tokens, platform_mc, stt_mc, tts_mc, sts_mc,
                         llm_mc, telephony_mc, total_mc, usage_event_ids)
            = CASE WHEN ended_at IS NULL THEN 0 ELSE 11 END),
        CONSTRAINT call_used_not_negative CHECK (
            least(seconds, input_tokens, output_tokens, platform_mc, stt_mc, tts_mc, sts_mc, llm_mc,
                  telephony_mc) >= 0),
        CONSTRAINT call_parts_sum_to_total CHECK (
            platform_mc + stt_mc + tts_mc + sts_mc + llm_mc + telephony_mc = total_mc)
    ) WITH (fillfactor = 80);
    COMMENT ON TABLE call IS 'A call: it takes a line and holds credits while it lives, and is paid when it ends.';
    CREATE INDEX call_page ON call (workspace_id, id);
    CREATE INDEX call_live ON call (workspace_id, id) WHERE next_at IS NOT NULL;
    CREATE TRIGGER call_ended_once BEFORE UPDATE ON call
        FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL) EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER call_never_deleted BEFORE DELETE ON call
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER call_never_truncated BEFORE TRUNCATE ON call EXECUTE FUNCTION refuse_change();

    CREATE TABLE credit_hold (
        id UUID NOT NULL PRIMARY KEY,
        created_at TIMESTAMPTZ NOT NULL,
        amount_mc BIGINT NOT NULL,
        closed_at TIMESTAMPTZ,
        call_id UUID NOT NULL REFERENCES call (id) ON DELETE RESTRICT,
        lot_id UUID NOT NULL REFERENCES credit_lot (id) ON DELETE RESTRICT,
        CONSTRAINT credit_hold_once UNIQUE (call_id, lot_id),
        CONSTRAINT credit_hold_positive CHECK (amount_mc > 0)
    );
    COMMENT ON TABLE credit_hold IS 'Credits of one lot that are set aside for one call, until `closed_at`.';
    CREATE TRIGGER credit_hold_closed_once BEFORE UPDATE ON credit_hold
        FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL) EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER credit_hold_never_deleted BEFORE DELETE ON credit_hold
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER credit_hold_never_truncated BEFORE TRUNCATE ON credit_hold
        EXECUTE FUNCTION refuse_change();

    ALTER TABLE credit_lot
        ADD held_mc BIGINT NOT NULL DEFAULT 0,
        ADD CONSTRAINT credit_lot_held_within CHECK (
            held_mc BETWEEN 0 AND greatest(remaining_mc, 0));
    """


async def downgrade(db: BaseDBAsyncClient) -> str:
    raise RuntimeError("What calls have cost would be forgotten; restore a backup.")


MODELS_STATE = (
    "eJztfWtz4ziW5V9B+EtlRWgcmX5kVrt3J0KWlVnqsmWvZVd1z2iCpknY4poCVHzYqe3u/7"
    "4A+BDfIihKppA3oiotUbigdAACuOe+/nnwaNm2RZ4P+6Z5TQ7O0D8PiD7H7EXmkx460BeL"
    "xHV+xdMfbdFWN02NBo0eXc/RDY9dfdJtF7NLJnYNx1p4FuU3OPhjpntIR2/UeXEXuoHRXF"
    "8i1gHyKLI8Fy1snfTQ4xJ5M4x8YnmHaIxfsYP8hal72DzktzGpwe7Dv0ZbPbLrf/pY8+gz"
    "Zs0c1u9//w+7bBETf8du9Hbxoj1Z2DZTSFkm70Bc17zlQly7vx9dfBUt+bd91Axq+3Oyar"
    "1YejNK4ua+b5mHXIZ/9owJdvgXS4BIfNsO0Y4uBd+YXfAcH8df1VxdMPGT7tt8KA7+15NP"
    "DD4CiN9J8z3Ldg8NOl/o3iG/8uU/w++ZkNG08fWdNhneadpBbhj598mMQ3jJoIRPAYt4HL"
    "V//jvod4WOuHrAbzD4tX/74fjzzwIP6nrPjvhQYHfwbyGoe3ogKkZgBbnhYA6Qpnt56C/Y"
    "J541x8XwpyUzw2CGoofRiybDEV1YjcfqSYjAjeDbAuAH7AeyJ9ZehhOhYgDuRlfDyV3/6o"
    "bfbu66f9oCv/7dkH9yJK4uM1c/BONF2UMePPtxJ+iP0d2viL9F/3U9HmZHNW53918H/Dvp"
    "vkc1Qt809qSu5mx0NUKNtVyNOuvOEnDkxnwy1217RLziMU/KZUacobaPY/zMv8R/HB99+f"
    "wL+1R8R/7mS8VgT676l5ej8Z14slaYvuBlHs7BTHeKoQybZ1Bk320fUZzr3zUbk2dvxt5+"
    "+vixAr3f+7diuWKtMvN/HH50FHyWRlf8lYA3aq8gvke18D2qwPcoj2/ym0nAnBFTEG02F2"
    "tO58r5nAN84VgG1gzMb5oD/Nx6Ll+D04IqLcN/OTo6Pv5y9PH48y+nJ1++nP7yMV6U8x9V"
    "LdHno298gU4NR37FNnzHwcSQWraTMgrO9uMaU/24dJ4fZyc57/tPXyee5RWgXDrFs2KN5n"
    "h4DuoMzsEUP/p08uXkl+PPJ/HMjq9UTej85GXHNPqmEwMXLB9/m1yPi5FNS2UP7ZbhoX8h"
    "23L3cQ2pQI/jkTqZR1P2w1X/79nZPLi8Ps8euXkH55kBeGLqj+/IwZ+UAfA3AN9g+qxNn7"
    "VX7Ljsq2pyzEGxdJtMQneHYw1XwLmZp5diqiCNWh7wr9TB1jP5DS8F7CP2lfhSU4BtRIkN"
    "gi5/X/W4n0Cvrq42Hkd/iymukhnHXpjYxp7A5JYp9bejAVvn+Rg86sbLm+6YWslgWB6eFx"
    "0cQ7Gvv91iWy85lkfoT/zH+EePWH8K4S8wpEc0gV0K1fxH86N59opO9Gfxk/i9+Z1Kpm0R"
    "2Zuf2RWsb8GTtZ7+vSYYLfxHtmHMsIkYAh5TCRB9QjoSKoLYSjIELXr0PfREHWS5WnCS9f"
    "IscJsdAxnctQW+B2QwkMFAre2QugxXUG2muzMpqiEj1w7e65e1naH9+aQG2J9PSrHmHwGj"
    "s1tGx2N9cyyk1N6UEOi9G+i9q+NVwdmfUhvrpOR8lBLMKgRMclvgx1d2i/759fVlCv3zUY"
    "YPHt9fnQ/ZYi6GgjWyvARNnFOD6+hkgfPGplpZ7Cayn49CXhVLWT1sfWOAblgfquJTsrRK"
    "4XPL+lAVn9g1aVOQ/og6UgmprZIe4rErojqi57GC4FhETeSd2tyApHrELvKovAfbWnFgKI"
    "ChAIbioNMMBbirgbvafnE+wKmBu9p7zWZwVwN3NSA3m5CbwVy1XM31dMdjX6PwnFnJs5V1"
    "sUPG7X3ozg0Jt+QwuNh+0lzsvBZsoZXgpwUB8vqQswkbfXM5yNOCAHl9yOf6Upvpr1grp4"
    "2rgC8SB/jl4H/0l5rhYNMqPNSsQz8jDeBLrPDWM/EXEXra3JA7UxaKw8my8cnSIobtm9hs"
    "PCAlHcCQND/sh0A61LY1+oodyQWqUB6WqPpL1MKhr5aJHW2uOy9ssVlgxyg0u19gw5rrdp"
    "k6UNpLloIOujkMu1NrXC6Gg9FV//LDl95JBvhISzvJMQ4Q4AIBLj8u+BDgAgEuHQJ69wEu"
    "3PuVuwps6ugxCPtRCPv0OQUTk9OMxkwnzxu7xdwEvQ1EZ6pC5mFSvK9Ju6HdiZ5UxclNxI"
    "e1GWumKl6BzqXZdPNFS/R0Sfcwzr0eUuyYvjFGrA+VZtJWnfeET2iR817kLFrhvOdETdY6"
    "793NcBgiSJ8QJUGOuCBycM4OAU4PPeIndoZCgTa81puvhf7Ava9rB3AuCO594N5Xx73vh/"
    "Psay09jFgf84CWe4rEAgq6iWzFxY/vRTIAR+0VxPe0Dryn5eieFribBby5DMBJmUYgd+wk"
    "vYM5PKcmtqVWiUgAAK4X+x2a4RbY0YoXjErzUZH4j2g3OvrY+0ttwxFXBthJ0F9ImkxTcm"
    "AqrW8qxU9PmGkhr1h7cuhc9uSel27h9N6xlWZPDusRJpWndbBMgWWqQ0DvyjK1VXquv7DY"
    "0B0UVo0IPupVl41YWFoYobWepesj1jRi1OJI2TP21l6KMg/sY2winnYG6cQUl14t12L3Qg"
    "sHP1nfke5g1mpRkDys7c6Bv+vaMtUD/g74u9SJgEEup0XGAgpyIVsJdwxWRjkyJJJQEuNa"
    "EFcgnAXYxWwBkk/RlhGDDG0ZoPMZ2lyDLuRcClcS4FC4gUOhrbue5ruNNuesLCjoXVbQ8f"
    "eFxbprMM5pSRjlLo+yg1/pS6OnOS0Jo9zlUY41aEmaLSsHBFs1wfaWTAe3KbWmYm65XoZV"
    "y06wbvFp58HfvmmyGRDMjyyvlmnSq+TXwmv8yY1b10tlxyulEvzdQxZ5pdyTzdWXLufHOP"
    "H16C+5Exvnwd5m1MXIoD7xnOVPLvL076wJesS646IPtydHP5cku2v5BsC3dW3V6gHfBnzb"
    "+yUX69jhbgdkm1gPiFyapZUIgFwLZLad4k9SnHEkAADXBvhIFuAjALj+MlFY07JijSguZg"
    "nwFsPr4GfJ5I4rCYC4nlWJHUt0myFoSh0nMmIqgt22eSlUu+SOFLGIiha8OgiXA1xUlaZI"
    "/SyHdyWh3vxt3x0fz3VLysIfC6iH7tFpHaMoa1U+fU9zZtEu8rzvaodukeWV4SBrMcLXBN"
    "9R9s9O+OAujMJW2ODNGN6RiecL6vHcxrfYoE6aiixv1avkea1Ve81ZCdRwqTTofM5p1mfr"
    "FRPks9FykM6dHXuxm6NO3DfsHKIH4dHwcCao2xi5HqKOuMI+Y/ODOkW+lVu6C5C+XVvEek"
    "D6Aumbd5ySedZiAbD9ZgPEfC9OLlI78DEho6A+1r7KAPVlYn3htJa+cFqhL5zm2TH2S115"
    "h9WsnIJ4t++zGhyp8jBXZCGNJTbyWe2YHrwLl9WNtLc29Quu1tlhEqpC1SLZYI1WkW26Vp"
    "9gyiVy6NsZerO8GXqbWcYMBb7m4vDOFkvh4uHNLBfxc+Kj7mIRN8Wfa2zGHh9MyLZdxM70"
    "OK9ObOsmLWsT1SXeCjWKhilg3tfxftPSbuUKQ4yDFgyvzIZRJKsep7eFOIcgMuSJfQfsLB"
    "yrKHP42riSjDRs1rWAt225zXolAZv1fm7WK4K1aKdO0a8V23SK8a3D+XmY6MQ7RA+GTY0X"
    "TfceENsqXcx9McUW6rId8pF+F8HPAREnjgLEQ7oXbricshPiiH9gukWs39buA7xf92gK4P"
    "2A94NKsrtzgtmxabvjCG/Dts3XFO3/USI1jVNCCiLd/sE3OhxIbw4JOQgG7HIwYBjho8ln"
    "g8hLKpeq4FMdl7JP5T5ln3JOZRFowhMvj3ZFMbyM3O4SFH/cFtQtZycOKyUQ6snDWygLEG"
    "chftRt7pbUpGR7TlQZdHdcxDECEnNPXumJXiKtzGC0t5pARkrISNkdoHdfKy1M/7hpRZ1V"
    "qklFgM/EYEBBuVo42VbJkUEKJdGLqhjpzy1A1H9WGCEX6xsDNMG6svgs2A/GGvHnj2wT2B"
    "CnG97XWHSlKlyhTr0pUqOgG1VRMn1CQqvmBiBdrHpREaSFvpy3sHrfBN0ojpI2x+zXmy2B"
    "dSU6UxWyBDHVTv3PMfWUXaoc/OSTjefVrehFVYySBJC18Zw6D3obRlHlKiIGdWU3rCub85"
    "5KprwrBjWKhq0zBXM59/bSmFi/anYrqEmWzt5HzMKtUzdKOPIGqAVbaH/Vo4Kw8T4WWDN8"
    "16PzIqfXJrNN9DlIdKkIcLJOpTHPV+RTmiQBK1xKjWSztR6lN7zUdQ+FRf9EeIVtzcXLZw"
    "djMwjU0FfR3JmC12fsM4LfROmdJ2rb9M1FVkGNni3eBzxKu2bD4YLgUQoepcliMlYzv4CM"
    "oEp1t3fsGGD4jsOTjOTxr0gIlpBR0CHyuIb71nGp99Zx3nnLsH2TrVBRCd25ITfZSzqASd"
    "940uv8pMApCKnyP2kpKAG0QQmgyDHRZCc0Uy9yF1gTa1sgr9Lz0Dz2NmkZ5ifoBieqlKCC"
    "B6o9OUDVcsRe2Lqsl1lCBFzL9iD54d4CW+GzB0VutpPWMLs0tAHvTdiPosgmlsMN/B4XmJ"
    "jcRmHMdPK8sYHsJuhtIDpTiPgsM05s7J6lvl1i525H+wLSVtM5pB/EIvo996hWcPDpRaIe"
    "E99HQWvk8RJbbzrnxp+oI7IozCnBS/ThIZwbDz/zlKpPYVrVBXYsav7kInZT9IGwpgV1u1"
    "rtfUqmpO8xOdcThDx9Qlg3ZuiFTRkugJKP/F9RsNTyvE2YsDeGZWITmHtg7tVRNBVm7llL"
    "rXDfrqDPViLAnW3AnYlxSWwvmdMApTbWSckQZESzhwQmq9YAnF9fX6YG4HyUIYfH91fnw9"
    "sPn8RosEaWV8IZs62oQJ0qn+5Re8jk1Xyq46cnzPbKV9ykgnhGVsH9ZU/2k1pEZuSfIhsy"
    "mxbb4Cy3P4+aBJ8J9HCrcCYVGElYC0QB3hKroKQWl5JqcQXoQr2bdmn3aodgeWpYknfr6K"
    "xdSxEXPLvAv++Ofy86JrQBrET4fDcPB+vTO6RPR9L2jTy3mlus8wMhW5OsOSXdhQV67Rik"
    "t6ftlyPjy8UdJr5TwlevPu5Vk9X8ufRWLdcy1V8dOkcPrsVG+wFRgvQU38tT9QcJ/HnHZ+"
    "iNE86cZvZd9kN4FmEx8OhxmXHxzpPW27wRcM9dO870gHsG7jmthVmkaN+pHvBYSMGx3pOx"
    "BYe2Xa2YwFiAft0djEG/7rZ+LaP/taiopCZ3kaqSnf0Vykr2watX14z7pCTqET9xvUJ4wF"
    "iOy/1YeKKYQ3Q3E8XJAhcZrjAsUfgV4iLIPG95KFZc3GxrdwJ9pWvbA+groK9kcyPonl/g"
    "KsMDLIfEn+c2qvQxLJbucqjlAdtL+pej8bczFL2akv7gbvT78AwFf6fkpj+50y7u2ZXo1Z"
    "Tcj2/6o4szFPydkkF/PBheXg7ZpfhldkktmUHpJPyfa0RxfsrOikQS/s+52qt76XcTX9lb"
    "xxv2VMxoQUaRNUFssRRUEum0vi8ciTWBZH6MyxMAZMQgFX32sQkRYtuHI33ayMrCI7QHjx"
    "AmBQf6WuMcSsIod3mUDX46tJkCoFWNd+UxpKwLOI5IHEdCEJm64haRfBVZU7KC6hWvPq1V"
    "FvG0oiziab4sIs/xIK8wr6RgWev0sgZ+v+D323U4u5gWogvOT+1az8CgAw6T74ztpg6TXU"
    "kIsS9zOx1hJ5wNN4Yq5eCoIk5MNZm3mTFjxPpTFaswnbdNNy8jJnq6pAqtfpBgpFmCkVp5"
    "rGTd4DfKYtWFw2BbOay25GIiVrl1bibRUljT1USzovbr87gQxLTi/6Ak8O7I+6z3RPbzGX"
    "1D7PcsERtaz+UpVIrSpm/aGXiNdE0t6iHwGgGvkeR+/KevE8/yChJzlxpFkyIqZcNtzSYa"
    "pKCRJHFSQkCNgYM5OJh3DOMtOZgHD34bMPdNtkkpjG9qieyWl3lY/buwclJcGLyqbtKqUZ"
    "1cjaI1EodNdu5mJ+5U7aK+Y8ysV2z2EBGRp2EKxMK8jM17gtN911Z0ON3D6T59uhd/c+Nd"
    "7jwSte+yD3hDp5GjWk4jRxVOI0d5pxE81y1bBuBYQEWET0/qIHx6Uo4w/yyjS4U7UJMCI2"
    "lRcNDpsoNOF30fuju8UBKj0+aEEuyZ7lBcglDG8tV/xsqW912wH4w14s8fsbOxgZ73NRZd"
    "KYrWDmu/7ws8Ujp+gu/CRaeLJrWkw44UglOGBQnWpiISJF61KjgQ/bk+BUKQaM0JC1Engo"
    "3ME3XmPaS7TMbhfywPefoL5uWew8auTT0ZdmQLN+HFKx4Wuu+KY+kDzxPmYg+9zSwb887Y"
    "e8rb8/uJEtU9Xg4j+JhfS1lgWWOfLHQL+BjgY4CPeW81pw4fg7972CG6XajkVLAGaTEluY"
    "PTWtzBaQV3cJrlDoD92i775eBny2Uzs9EylhNWcCXbk5WrFkEDRNyPMc7x4VR2lFOCMMZd"
    "HuPA6isbC5kUgkjI7ofu7S2wQF+/a0XnlS/KxpF8cU97uSasj+NLLombRPEB7/2e5XcFa1"
    "sYsxHSuVVxGlGTGm5bvG0QSmG5gjYk6HGJdJ6206UEffjj+va3yU1/MBQ1cPWsc9aHweVo"
    "OL4rrK/bZtdAJHZtQ+wBkQhEYmqP5sWui6mt9ak+I9ku01wH8YJ1huKXUxIsU2co+JtdB+"
    "sQYe0n7Pwh8q6Oxr+P7ni21PBFPuvq7fBy2J/wJtGrbgyP5Wr0jeCCzJ6VScySYpC4TCJx"
    "GbhEbtslcqdmjY4pCDuwauiuy7TcZkR3WlTBI9WeHKFqsaAO09b1Zlx3RhTY7i6PM3CzWy"
    "K9O2VG6EJuEuC694HrlgkRXc+KyybgacyJd2GCt8+Ib1iFNkF2FxG4GTK8qg5tgoKvy+cG"
    "rXNBsyPPRZYpiNgZRobuOBZ2fnIR/3LoiTIBn/3vmNg5RLfhQaJGqO4W78a9Uu+JZ9noYe"
    "E7xkzPuKcmehZ1bwn1kKuzuy6xexb4pdp0RT2z7ukjNZdMFouvNSXBl199A/RmsafD5yVz"
    "z1LdB1/MpbYpfGsp8l0gpYGUVkeDUpiUXq2etamJWEJB8qd9LtOgPvGcglxNFeUAViIKQn"
    "xUh/4pJ3+y+FLHerZKqi2sp/JX0l1G+uDmsn/39fr26gxFr6ZkdHVzfRvw++GrbpD3DBss"
    "RSbHAkB21iI7k8c92a06KwssWJdZMGA7f4xxtlyNV4HEmoM93yFYtnpToTxYQGUqST7Ls6"
    "JJGfCt7jDNrASiYBEBBn+fGfzcatsGvoolVslCm9xhIAigM0EA23Vs14n5SL9XGEjSLXrV"
    "ru5B22ZGEuGbLiwFQS8pewKn+3vIIkjUD3gjaI7n1Fn+FUVn0DP0wBZdz9V8bqV4qDCPtH"
    "+fDSwPdMHnu3zK6qzcu1ojhAHiZM8MEEBFb5mZSzwm8nRCShTohK7RCbkT7TttX0EtrL4h"
    "bBiF21e6RfX2Fdbo0hON125f14RtJJaJA6s7a0zcJ+ycsdcztpUE1vigX1ckaqIER9miZt"
    "R38U8ueuL29/Cmbn7j2sodwFi+T3sVGMvLdzF1jeU/aATXaDK5F3ZG8XdKBtfjyf0VvxK9"
    "mpLh329Gt/xS+GJK+hd/u58I+2T0qhv2yQ4QaV10E2yDRasTN7/jeptdWx1Lo+VT5W7DI0"
    "U7QN2FvamEVpXX7ztV3uziQ72DwpuJA75uR3AWz1mJpLzBzD1f9biX2uTm2XnTOJSrUwmk"
    "1qtTiYGqwwYGSg1TWkK5HnrBC094AyPu+buMVaBDdMdz4FLjBfmEK0JvM8uYCeaOL/soqH"
    "hexARu5R4bqFShaiZrEU5J7VbF6uQJoUqF8qin29rcKFgvrOfSQpZJqd0Vsvy4LV0pqGL5"
    "l6Oj4+MvRx+PP/9yevLly+kvH+NylvmPqupano++jcYZH4i8s8OMC8oCnxAC3JvhjrlXrx"
    "ZTWfWxzwgC/vXx34gXze0Hm58oc+znPu4E6w3XqY1w+zFlK42w/IgU6ovrj0c2rck0B/26"
    "gf3S4LFbFkHRaQN94Hxv/2bEDjVBw2/sBOP9fIgusG4iJvFA6Bv6z/+N8PeFxbZNHryVPx"
    "pt6R7ANu/TUQnY5vKdRF222aW+U6RO10xSFUt3mnGejL6N72/OUPB3Sm4u+2MR5TJmr+85"
    "iTsZsvfhqynp399da7dD/jB945mskm+n5O62P558Hd6eoehVlH9MW3WWuRAx1VciS9nqdT"
    "fY6oVjUcfyCuLHJnPdtkuPjEm53Z0Xt/mgB0fG46Mvn+NDIn9TdSycXPUvL/Pn8Ge+SWJ5"
    "FSgtpxKqO1aEHJ4/jLDvJT0EWUkYhA0GgZehajACCbF31EQ/7hvee8y67B3W0Uotf2BOSy"
    "p4YN6TA3KtuLmVVis7zGlJcGfs8igT6snlzgzbqxdOflornPy0Ipz8tCCcHDNVwdSYGunI"
    "h5NnZOFB6vKD1DWjZneHViIu0yKv1JJ2JktLQaxrZkmyddnwm4QIoJlJdp+oPyyJaoEooF"
    "sZPlxqKGwQhLmpqbAb+LZjLCxYctvAeLTqai8n71pw0xtNDXCTj3wbCE8y/akJc8FCWQNr"
    "vmm1gfFN2I+a2Ca29g3qtb2bT/WeoJ7mKinHrw2gfqXBsUKRvWu7Re0yc6vclyU5/dY7tH"
    "jJ1rW9WuiTCFzkSYLn9BWb7B33y31y6BwFxmWe6pdp/s/YO0RjkQPYX3BNf31m5C3cg+dD"
    "fgjciB+izMoiSDOqsKcjw3c9OsfOX9GDi9k0Y/d6QEEIpvAfjpeIONOxjp71BdKJyfoOPZ"
    "M1/cnDjjY3xF24WPgBEh+w27HL7Ecdoj/iTtjv66E3/j2CX8lbvPHMBeIj8Q2nxGBfzeXe"
    "PezJYv1wO8uS3wD8dcBfRx3zg/L+OrIadlIIyLUMdRGs/JKQpoQA0iwbFO58cnbopBT4XD"
    "S2S/suO/lp7NwizcLnJYGIy6TwnAsWSdbDIiUGU7vx1M4ej+VGoUgaBqPxYCifqOLbbZ97"
    "64o/U3I/6XNnYPEnTEXxjzATxT9WTsHaaLzyC2ZvEp9c398lPmLvypyCec3cr/djUTGX/+"
    "Xvfx/eTvqX/ErwKqvtvo/jcBKwwplQ/CBmxLo8CbrkREENw3ecRipfRlRBnW9PdLxaPhQG"
    "ZWNleK5sauu0GJzdMr6xgreTxDQlBHpetgwLlVUxVhIwPStt/MHEAxN/fRNe6lGtYRgNQ3"
    "DbgbdeoqhuTty1yK4e2joJwsNdqD1s1bODZgHO7NwbWKDDntj3BBv0e1hXI1+fIrNqwg+o"
    "wp6acDyqkTiJIMt1fW7uC8SCbEYiUZFFsHuIuBlEvGcPm+e73M4YWAnfdBfxKCs015flSZ"
    "Pa7x+sjF07hfTAyghWxsweTsTCo4UZpqWp1pIOGrGtHdtX3odsLbeo/XDmtKNPJ19Ofjn+"
    "fBIDHl+pwjmP6fvXgnjXPEtpxvKkDmF5Us5XnuToyuBA0NRCsJLuMj18cHHb/3p3hsSfKb"
    "m+GY7PEP93Sm76o4szxP+dkt+v+Wv+75TcjwfXl5fDwd3o/JLbE5Jvu8Hqs33NLSP01w/c"
    "SrrTAze5P58MbkfnbAjil9zQMh7+EdhZxIspYSCNud0n+Mve3w4vRqlML+kL67LHXPXH9/"
    "wGwd9uDDhEZ/4oloVwtHCR5bbWOONCuy2McqdGWdj6iFGQz6n8aJOU6fLC3fB4c1xjzTwu"
    "XTKPc/XnOfmRh/dvk+txid0jEsg+OZbhoX8h23L38UReASqHIvW8RGh+uOr/PQv04PL6PP"
    "sg8A7Os/4//rLowF4OeywAsG8Au4ttWw73lcRGwO/PHrEV3D22gonXEut4UkbF5CS13Goq"
    "vGqyKznHi51tjMKithfYsOa6XY50QjI70QPRw7CLba0y20qeXQHzxXAwuupffvjSO8mUvE"
    "/SBLn0AEFSfY5WkWWqyi08J6sSm7VjHpFP2gZjkBID+JvD3/QhgCegrSEIffFFgskGA1Eo"
    "DsUSmo1FYB3CjQYiLwuj0GwUAgt/AxNvSlBBC69KnJDp4wYjvJKC4e308Ir9SH58E2JA6X"
    "Z5fF+pZTZao1OCMMZdH2OtyvhaPsLahlbXjo3qDoKpYg8l2RiblBgEMUAayN2h24Gq4nt0"
    "hmsee1NR3Fk+hkGmvHNH0W2rwjOkgNwU6GYpIKNNqw2cB4m+1MQ4s8VvEowT13psJxhHqS"
    "CzjPq6nJdQgDIw3QTdKLTSFtClGq890c6EGodVLFQBSyq0K+kVR0xe7iuIUipHNqrDW2cm"
    "Bl0O4h4VfGhNn5Awem1jvC5WfSmClGzkYIRAUeRgAp2KyMHEeKyPHPyVvrGPHJHClGkKdh"
    "A0ypOl6gT5RETuRTF/M91FPHMoL/krEqGitxkmyBIpT7mjg1mUf3Urd4Dowa7pUT0E0YMQ"
    "PZgO/MGL/HhXl5KNZJSx4bZRQ5bg716DZychpuCDsycPSi3G33I1/vmcnY6KAmwptbFOym"
    "zvadHsuYrJqjW459fXl6lxPR9lPBvG91fnw9sPnzJeifnnymRLrzZnBwhqSjKpeUngqIGj"
    "3gmw71wDrsFxtpOQAu3/rrR/YgFtA+WQ8LuKO9zLJXct0PltR5qVzlNjNWqdRQRO3eGoX+"
    "msk8tJO4XOWswmFfHZRZxQguuu4IQWiVZrOSE20uxnL3k5nJCw4VRN+KMP0YiXsDGjujeW"
    "iecL6vGYUfSCl0j3xOWFQ1/ZR06eD2q1d1GJJ3giHtCYEnwWJJsSVX14y3ht+slFPmEI2R"
    "Y2ozI6vbj4Tu4rA8HUtR27BwQTEEw/XmaZm+H4YjT+dobCFzw5yf+5H7F9RusP7kbXY56k"
    "JHVhSm5urwfDySQQi19PyeR+MBgOL4YXPNlJ+HJKvvZHl/xS8DfKOj+M887zazf927tR//"
    "LyH9rq0/y1KbkYTW7u7/in0avs+l/H0++ojqPfUbmf31HOzS8M12ke6AMhV5sHmDiYbTtm"
    "szCfvKwyFPGug60gK8iWs4I8Mxze9KXG5ix2irP1lUNdKKyeM/fR6WmdNf70tHyR559lCV"
    "2DJ1hhaJpSmGfl1IP7Uy3f+U8VvvOf8r7zulAhNIYdrxTmYnaWLjh/l8NeJq8e/FuZ7SF8"
    "3IOL5/rWfMdugH5WXD3w2cytOfkrZ39u+i/0JXa0BdNnCpOGVJrtcrI7tNvFV/bWcEcXDJ"
    "ZG9Y+Sggoq+3ui3NcyiuPvC7YsNRrmjCiEO3Z5nEO3viZR6SlJGOUuj3LXzNbdHVoJX4BG"
    "vivgtgJuK7sBFnws3tXHotScL4/wBgb9PcG3lkk/v/a2Ae4P4ryymd9K1oqwaeDbrehFoQ"
    "mdmpxRiXM2rRxr4yDB86C3IetsqRJiUmGCDX12wqe6wnNn9dyv999JuMytd+OZUN6a9SRc"
    "bWa688waPeTsCw85pxp0gT3dmGGzhwh+xQ4KHtWC2K7t3AJ8b7p2kush8L0B35sO2ji75T"
    "+6A6PPi1VUs6Wex1Mk22UL/sGgf3txhvi/UzLoT37t39zwt+LFlNxPtPP++DetPxhc34/v"
    "zlDmwpRc3/06vD1D4k92v6plLWq9rBJDEEtZ5mKBLg9UlwzRj45e9lQUIxwLqGftbL80gq"
    "273onc/A0F1EP3pAa4J+XFEbPQ4u8Li+3J2pwS1n0O4upY6ZywQmVV2wibjvBZYr2gaE09"
    "bCNZgDYbsBx9vRyw68KVE4Lg9CAVrRxozI0MpSlRsJR22VIKJigwQXWCH+01M0HV4fDXpg"
    "yrxUurlyzsXXMh7gtIW6XtJ0wxfKTfB4LLPiii7dMtepW0vRu01YxV47W0/d0Mo1Au5st/"
    "chF9I2iO59RZ9pBLkTfTPZ4XzfWdV+sVu4ite7z2sot09h97p9uxNDIpdvPk/TZvtAGFTx"
    "d8ksonDs/KvSutL5j8kz1j8kMLbSNKt0hWQfpqO478EJwIYXHdgH6bYXFV4drF+O5HiHbT"
    "paT1IGcIf9up1aFx3Fs7AW8dn93b2Chd7Hk2dhswYGlJIMC6RoDleBqZDFbtq3+hd2CF+r"
    "fyH6yh/jmrxmvVvz9moa9UVjVDb1zhcl+wyZ2tnpkuhviPFom0Q9+rvI63cW+gyO2hIheM"
    "n2xJs6TQdsnj/UgRCSpa+V4PKlo3jlmgooGKBipaqYoGCgMoDFtWGBjMCzzwXY/OxfG4QG"
    "NIN1mjMojGmpFsvVZn6K/SnHKrTHBD9MLwcpHl9dBcNzGixChQEOREN9AGuujW0IVkwy0f"
    "/RsZb8APX5qKslzNZkpzgS6wxv0tkoJCHdWubxst8LW8fGSzmm/k49OFpWYrHj6bbZ9/4M"
    "cZpS/D17L05qkG1VvnW9BUw6+1M53fcXrMjYMYefm5GbsDTxLFQxb1RMDiHbXZNbJkP2H+"
    "iB1OlPGTn9tDL3jhleyuW+i/YAv+7/QC7lLfYa/+B2ImO7tLQ8xk+d6tbsxk+GBKHMxWEs"
    "Cu1GBXunL47RbM2zj+CoAkQI7aK4jvVogr+vh/eU5WWZgzYoC2FNqNlo8iWQVxByV6H5Xo"
    "1JLNFIwGB86EmIKnzT05XdYKHNu/cjgHf/RHd6PxN0nlLRI7Q+GLKblgmJ4h/u+UjL6Nr2"
    "95CZrwhahe81tYsea3ZhVpPtXbdSo2nZzTt+fh+aLIm6A6Mjkpp0wJlNaqZHvOsmml7JUo"
    "rHOdXucWDmUgz2UOaQkR9Sznp7WOxKcVR+LT/JEYsnKr+ih1xXI+4JVHvDEV59U88Z/4uF"
    "dJ+xuiIfuJXs0AywlFc9+YCVdXgizX9bEZ1R/ldUdZT4i+cYb+ycMOYpvxIRqLJIX+gk/b"
    "OmkRt3AHyIoIDL8SZxGVGX7MEC4kkErP80kRlXyDjz6dfDn55fjzSXyuj69UHe4LzvXCHi"
    "pz2ltJKOfLclLnqHdSftI7gcqo4NneVei36dnO9hw3yJNS3y4YSSiI7lZ0xuCg2+DIkxJU"
    "8MSzJyecWuwLFHKCskP7A2wQeSuJakoI/M0hiR7UcdobfGvVcWrmSr6K4t/Mj7x56aEurB"
    "9rRyC1em7fg7wiVUOtHA0yuRm+Wa/cjVskSuBe3YgK8jZImhDmazxEI89Flsl5Xp54wTLx"
    "fEE9rqmhF7zMVcLJkcfbugnwx13bV3vAHwN/vOcuPPLjfHAzHF8I753wxZTc3F4PhpNJcD"
    "F+PSWT+8FgOLzgrjvxyyn52h9d8kvB3+z6Wcubp/UaL8CiAovaEeiBRd1vFrUjldU65nWz"
    "A290yM2y26ALEQbb4ICbElTwfLsn59la1gL8fYGNZnpMRhQcCbs8zuAu+iOMclSFWo4PSk"
    "uBiQpsf2Cq6gC62zBVLVbFhjZFuH7don3FN70utmCqqrCqpIjlpLt8hqgKpSOTVo36Umk/"
    "/b3cm4tLTMkYoc51m0/nIfGc5UGRKSrVoFdpkHoMmmo4brvWLsVGiufsJs84sBLFT+5PLv"
    "IJu5dtYROFHfeQy55EbMoGNWzjJlMyJQ+RB/QDMjgV6mb65jhY2EVvFpt/Pk+a9KwvkE5M"
    "9BBBJcIoAgr1gZvE3sKaVTPdnJIgxsKbseuU4EP0ED53D5HxjF0Nqlw9OtR/ngWmszm7uu"
    "xx25v4yHd5BAdPwyQiOgIjM5jVwKymDu2gslkNwjJaD8t4sYp8YeoZKiPZLpsEDi7ZxNVu"
    "+v+4Go7vzlDy3ZT0b24uR9wGGb6Yktvh5bA/4ZeiV/za1/uxuML/Ru+1yH6ZegtmzO4+Mz"
    "s2YxacauTGoqQDGBKwLHfWskwNgVcje1BaVMGj2Z4cxYBDBg5ZAWCBQwYOeV/w3SWHLEuK"
    "3rvsg/LM7omPe5WEqM8bymR1vxaEHneiF9wdr3TI+bueIA0jbtBgD34TCrSNjgXtyWcjG7"
    "eHgMpcsCN78M7BcVf8BmLSosflX9GD5Wqiu5DjFHwja8ba4AV1OMvp6hb/Ipj1z8nK8GB0"
    "iPpooTueJYi8BWs3p8QT6WkeEoenB/Th/m7wM7CawGqqc3RWmNWEQ9+WTtNiqykEtVzbT8"
    "ooqO1vxeF2zjZDqcQ+sYCCCG/Fx/ZPXyds2y/grS6wYc11uxjnpFh2TwjkDkP5PYS9AuWL"
    "4WB01b/8cPSl9+kok1A7mVwpDXIUZSkzk5My4C9eay7PKTs+S60WkQAAXAtgpmVJb3tJGf"
    "Vg3squ52LXXRW3rwt0WgqgrgW1YVvyVHNKaIOzccfgbudoTN+I9oILzhOVFTsSUlCxo37F"
    "jsBV09Xmhpz9Ny0HZt/GZt+QopNZPRIioFdnD8oBxyll91uJAJxgMv8xTeYR7y+56ybFYN"
    "vdYrXpFm1mA922DwrLIfAPetWFEKImaw1kfcTbnnETk6e/YO5xzyPYhSVqRtkXReERAr3N"
    "LBvzdrzimhsYuiwXLSI7E/8IE9PN28q2cA9uNhuFzZBPPMsOnPx5jICJTe6szy1mz+xzgv"
    "wF68lFD6K2DzduufrSPYs6dMV34LexKX2JKjFMCW99GFjjHoTpzWWNe1E+reACfRIduJ7u"
    "sLZ9Et6d/9zQzheESbhgSQNLmjo7qsKWNPbQY4fotqzNJy2moFFiK6wM8Iy74Rm9gjWsgm"
    "D0ihYuBcDdClfuFfnkV5S/LvTAB3CLwXXlwHUBXDCjdQdgD9t4wYCSJclTcqCv16fJQ+tC"
    "wZrxt8n1uNIiUbRwmJbhoX8xLdPdR6K8AnKORgryaBp/uOr/PTvDB5fX59mTNu/gPLdWMy"
    "24kcKUllRQYdoTBakWBcnZEm1uEd/DBc9ZqSUqK6aSLaq1SOoZboYtBmxrYitpP00IqQTq"
    "jo2nIfEquy0kxCAZYJe3BJ8Y9BVzI6JrFebWqB7nAnEY7y6Pt/6oE5M2S9mblYWR7vJIC3"
    "tWk4y9BBK57scIu5j9OFPmtJmQaHQm6thgtn3OtMjC9zSPvmAig2pWDKAtoHd8rxG2OTkA"
    "Nw/uwta9J+rMpXWkjKBC2O5YTXI9Txr8lQzg3hR3r4FjtbeZUzXgLuauPO4u4L4x7rYtv8"
    "ivZAD3xutMZNaTX20ykjAGjceAerotj39CCrBvin0ie49mFamc5UbaAtGNbLUdG49dm2oh"
    "GhICmjoNJyS0gSyG74HuNrIYButmGwAP4p72coldC25qh6mTH5KtoG3gehP2o+icTWw00m"
    "kh034/RdnHQ7Gvv9WuEPQrDVZuReD+93bDAFeQFQYDphCtCgkMij3NopZrIwMHYUwefRJl"
    "cWzqBakueVZKF7O/rmVi9EQd8TEPeeuFkXgPhk3dII9kPhiwnW55/N/dDC956N0SWUTE5L"
    "G+eoj9GBrHCpq8WtAc60QEFgbxhIQGeTsx+9Wsf4LcBWaXWQdziNKDKD11nE4VjtILS4zI"
    "0jgpMfDna0zkxAux9DOXFAS/kC77hfCdV5YgWomA3p21uVBZum0lAWBWkxhRtouN1euwn/"
    "3EdL12vXo8a+jWbPq1gqk47l/Sfdxc6wK7elK7VXWhjx3LmB0UqY3hR71KlVFfNVqnLZZj"
    "2rI6Ve4/V7RUFhzqwgHcTI3qvFtXucL0ih03JGnqhv0mRCCxRc3EFuypkkA4bK4guluJq2"
    "Z39Aop9XIDckIEgnwlLcfvmhHt3/8ftltM2A=="
)
