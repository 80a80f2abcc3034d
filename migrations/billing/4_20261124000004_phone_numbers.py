"""Phone numbers, and the sandbox carrier's memory.

Tables as aerich drafted them from the models, then what it cannot say: checks, unique facts and the
indexes. Why here: see file 1. Safe: only new tables. Undo: none, the numbers would be lost to us
while the carrier goes on billing them.
"""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
        CREATE TABLE IF NOT EXISTS "sandbox_number" (
    "operation_id" UUID NOT NULL PRIMARY KEY,
    "number" VARCHAR(16) NOT NULL,
    "rests_until" TIMESTAMPTZ
);
COMMENT ON TABLE "sandbox_number" IS 'A number that the sandbox carrier has sold, in its own memory; returned: `rests_until`.';
        CREATE TABLE IF NOT EXISTS "phone_number" (
    "id" UUID NOT NULL PRIMARY KEY,
    "created_at" TIMESTAMPTZ NOT NULL,
    "number" VARCHAR(16) NOT NULL,
    "country" VARCHAR(2) NOT NULL,
    "origin" VARCHAR(16) NOT NULL,
    "label" VARCHAR(200),
    "purchased_at" TIMESTAMPTZ,
    "released_at" TIMESTAMPTZ,
    "is_to_be_returned" BOOL NOT NULL,
    "agent_id" UUID REFERENCES "agent" ("id") ON DELETE RESTRICT,
    "client_id" UUID REFERENCES "client" ("id") ON DELETE RESTRICT,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);
COMMENT ON TABLE "phone_number" IS 'A number of a workspace. Its id is the carrier''s name for our order. Released, never deleted.';

    -- a number answers in one workspace ----------------------------------------------------------
    CREATE UNIQUE INDEX phone_number_had_once ON phone_number (number) WHERE released_at IS NULL;
    ALTER TABLE phone_number
        ADD CONSTRAINT phone_number_is_e164 CHECK (number ~ '^[+][1-9][0-9]{6,14}$'),
        ADD CONSTRAINT phone_number_import_not_pending
            CHECK (origin = 'PLATFORM' OR purchased_at IS NOT NULL),
        ADD CONSTRAINT phone_number_released_answers_not
            CHECK (released_at IS NULL OR agent_id IS NULL),
        ADD CONSTRAINT phone_number_returned_when_released CHECK (
            NOT is_to_be_returned OR (origin = 'PLATFORM' AND released_at IS NOT NULL));
    CREATE INDEX phone_number_live ON phone_number (workspace_id, id) WHERE released_at IS NULL;
    CREATE INDEX phone_number_page ON phone_number (workspace_id, id);
    CREATE INDEX phone_number_of_agent ON phone_number (agent_id) WHERE agent_id IS NOT NULL;
    CREATE INDEX phone_number_of_client ON phone_number (client_id) WHERE client_id IS NOT NULL;
    CREATE INDEX phone_number_pending ON phone_number (id)
        WHERE purchased_at IS NULL AND released_at IS NULL;
    CREATE INDEX phone_number_to_be_returned ON phone_number (workspace_id, id)
        WHERE is_to_be_returned;

    -- the sandbox carrier ------------------------------------------------------------------------
    CREATE UNIQUE INDEX sandbox_number_sold_once ON sandbox_number (number)
        WHERE rests_until IS NULL;
    CREATE INDEX sandbox_number_of_number ON sandbox_number (number);
    """


async def downgrade(db: BaseDBAsyncClient) -> str:
    raise RuntimeError("Numbers that the carrier bills would be lost; restore a backup.")


MODELS_STATE = (
    "eJztXf1T4zia/ldU/DJMVY7qDtD0sndbFUK6JzuQcEmY2d3LlRG2IC4cKeMPILe7//tJ/v"
    "6O5ThBcatqpuPYfuXwSJZePe/XP48edcPQ8fNJT9PG+OgS/PMIwyWiB6krHXAEV6vYeXbG"
    "ho+Gey/UNIV4Nz1atglVm559goaF6CkNWaqpr2ydsAcc/b6ANoDgjZgv1gqqCCzhGtAGgE"
    "2AbltgZUDcAY9rYC8QcLBun4ARekUmcFYatJF2wh6jEZU+h/2Mplqk5/9wkGKTZ0RvM2m7"
    "//O/9LSONfSOrODr6kV50pGhJZDSNdaAe16x1yv33P398Pqbeyf7tY+KSgxniaO7V2t7QX"
    "B4u+Po2gmTYdeeEUYm+2ExELFjGD7awSnvF9MTtumg8Kdq0QkNPUHHYF1x9J9PDlZZDwD2"
    "JMWxdcM6UclyBe0TdubiL/7vjMkoymg8U6aDmaIcZbqR/Z5UP/inVILZENCxzVD757+9di"
    "N03LNH7AH9X3qT49MvP7t4EMt+Nt2LLnZH/3YFoQ09UbcHIshVEzGAFGhnob+mV2x9ifLh"
    "T0qmukHzRU+CgzrdEZyI+iN6EwJwA/h2APgR/QPpG2us/YFQ0gGz4e1gOuvd3rHHLS3rD8"
    "PFrzcbsCtd9+w6dfbY6y9CX3Lv3Q8bAb8PZ78A9hX8YzwapHs1vG/2jyP2m6BjEwWTN4W+"
    "qdGYDc4GqNE7o16nzekuHJk+ny6hYQyxnd/ncblUj1PUDrGPn9mP+I/T7sWXr/Sq+xvZl4"
    "uSzp7e9m5uhqOZ+2ZFmL6gdRbO/gKa+VD6t6dQpL/tEFFcwnfFQPjZXtCvnz99KkHvt97E"
    "na7oXanxP/Ivdb1rSXTdTw54g/tbiG+3Er7dEny7WXzjv4wD5pRYC9GmY7HicC4dzxnAV6"
    "auIkVF7KEZwK/05+I5OCnYpmn4T93u6elF99Ppl6/nZxcX518/hZNy9lLZFH01/M4m6ER3"
    "ZGds1TFNhFWuaTsu08LRflphqJ8WjvPT9CBnbf/hQGzrdg7KhUM8LVZrjPt6kDA4e0O8+/"
    "ns4uzr6ZezcGSHZ8oGdHbwUjWNvEGsopzp46/T8Sgf2aRUWmnXVRv8Cxi6dYhzSAl6DI+E"
    "Zh4M2ePb3t/So7l/M75Kq9ysgatUBzzR7Y9j8sEfl5HgbwG+SvezBnlWXpFp0Z+q8DEH+d"
    "JNMgnidscGroBxM08v+VRBErUs4N+IifRn/Ctau7AP6U9iU00OtgEl1vea/C1q8TCBjs5G"
    "C48J30KKq2DE0QMNGch2MZnQTf1k2KfzPOuDR6i+vEFTUwo6Q7fRMk9x9MW+/TpBBixQyw"
    "P0p85j+EcPaXstwt/FkHRJDLsEqtlLy+4yfQZi+Oz+SezZ7EkFwzaP7M2O7BLWN+fN2kz/"
    "jjECK+eRLhgLpAGKgE23BIA8AQjcLYK7lKQIWvDo2OCJmEC3FE+TtbMscJMNSzJYtAm+I8"
    "lgSQZLam2P1KU/gyoLaC24qIaUXDN4b57W9ob2l7MKYH85K8SaXZKMzn4ZHZu2zbDg2vYm"
    "hOS+d4t9b6Re5ej+hBgI4gL9KCGY3hBQyV2BH57ZL/pX4/FNAv2rYYoPHt3fXg3oZO52Bb"
    "1Jt2M0cWYbXGVP5jlvbLsrC91EDvNVyG7FElYPA24N0B1to634FEytXPhMaBttxSd0TdoW"
    "pN+DhtqE1E5JD/e1y6M6gvexhOBYBbfwO7VZHkn1iCxgE34Pto3ikqGQDIVkKI6EZiiku5"
    "p0VzsszkdyatJd7aNGs3RXk+5qktysQ256Y1W3FMuGpk1/Rq6eWcqzFTWxR8btY+jOLQm3"
    "eDdYyHhSLGS+5iyhpeAnBSXk1SGnAzb45XyQJwUl5NUhX8K1soCvSCmmjcuAzxOX8PPB/+"
    "isFdVEmp6r1GxCPyUtweeY4fVn7KwC9JSlyqdT5opLzbK2Zqlj1XA0pNXukIIGZJfUV/Z9"
    "IE1iGAp5RSbnBJUrL6eo6lPUyiSvuoZMZQnNFzrZrJCp5prdr5GqL6FRtB0obCVNQXvNnP"
    "jNtatfrgf94W3v5viic5YCPtilnWUYBxngIgNcflzwZYCLDHARCOj9B7isENYYfaYuIH7e"
    "2t3jzmut7zbWom5I7qpi8TxNxga1FS9PR1YMkrv950Gr77Z0Qw4wLvljnIlcH7U8Z6LAea"
    "3EmcgMbtnoTDRbID9kiTwBgr2cVV4k05JOSmYHPKInOqcDTzvf6F3UQHvS3Ug0hYAJSncj"
    "6W5Uxd3oh/M0aixdhTs/ZgEttlyHAi00W+/E5YitRTwAB/e3EN/zKvCeF6N7nuP+4vF4PA"
    "DHZWqBLJimuIcxvCR0u8g1SwQCEuBqsai+WWCFTCV/wiils/PEf0Qeu/up86fKRDbbDFBN"
    "0FlxmnASctJ0U910g56eEN2FvCLlySRLXs09K92A9i7YTHMgynqASam2LplyyZQLBPS+mP"
    "Kd0nO9lU677ig3i713qVOexn6lK37EyGaWrgforQGjFkbuXdKvxtpNO08vIw2wNBgAYs09"
    "9apbOn0WWJnoSX8H0ET0rlVOMqOmG5f8nWjTVEfyd5K/S2gEFHK+XWQo0EIuZCfhV97MyE"
    "eGBBKtxLgSxCUIpwG2EJ2A+FNGpcRkxqgU0NmMUZZKVnwuTpGEdHDawsHJgJatOFatxTkt"
    "KzfoIm/Q0ftKp83V6OekpOxlkXvZRK/kpdbbnJSUvSxyL4c7aE6aLS0nCbZygu0tnp5qW2"
    "qtjbmuOilWLT3AxOLTrrzPnqbREeCNjzSvlrqlU8qv+efYmxveXS21FqvciNG7DXT8Spgn"
    "mwXXFuPHGPH16KyZExvjwd4WxEJAJQ62zfVPFrDhO70FPCJoWuB4ctb9uSD5VsMPkHybaL"
    "NWR/Jtkm/7uGRHgil3eyDb3PkA86V9iUQkyJVApssp+szFGQcCEuDKAHd5Ae5KgKtPE7k1"
    "9krmiPziehLefHhN9MyZbC6SkBBXsypRtQQaFEGNS51IibUR7KbNS/62i0+lCEXaaMGrgn"
    "AxwHlVMvK2n8XwRhLtG7/Nu+OjJdS5LPyhQPvQ7Z5XMYrSu4qH73nGLCoiz/uhdugGWV4e"
    "DrISIzzGaEboP3vhg0XohZ2wwdsxvEMNLVfEZrlWJ0glZpKKLL6rU8rz6tH9ihkJVHCpVM"
    "lyyWjWZ/0VYeDQ3jIBZM6OndDNEWLrDZkn4MH1aHi4dKnbELkOIKZ7hl6j44OYeb6VO3qK"
    "JH1Fm8Q6kvSVpG/WcYrnXQsFpO03HSDm2GGCkcqBjzGZFu7Hmt8yyHoX4X7hvNJ+4bxkv3"
    "CeZcfoX2rxO6ym5VqId/M+q55KlYW5JCtiKLGVz6pg++B9uKxutXtrcn/BtnWGn4gqd2sR"
    "v2HDriJ9a6Va8yZ5uwRvur0AbwtdXQDP19xV3ulk6bp42AvdAkxPfIQWcuOm2Hudl0mpiQ"
    "Yb3iWUl5LK3SnUTO3ysQ7125aQKt4IhDgoXlfyLAR5su3j6nYQv+BFfDzR34DMlannZSje"
    "GC+SkpaLcAHwoiwGEYGXtxIk6L2SZSDBKFbhlGyEIbZPwINqEPWF7tofAJ2eLcR8/dxp24"
    "JYeyTvbnCtR/S4Sw22AbT9SZ5RQq44YBc0K49V2tlzJK8k3jZY8kqSV5KVE/fnZLFn06ng"
    "CO/CdsrmFOX/COYaxgmhFiLdvOYbKAfci0NMTgabiRxs5keQKPzZBrKSrQuF/1zFZelzsc"
    "/S54zTUgCa6+mVRbuk+FNKbn8JcD/tCuqGs9/KHGUyR5lAQO+/moefEGzbOgtR8rGWAJ/S"
    "aPSC+tpctSjcVtqKEXxuAKLec4sRshDcGqApgq3FZ0X/YKRgZ/lIJ7ctcbpjbY3cptoKl6"
    "/dbYvU0GumrShpDsY+v74FSNdRK20EaQXXywZm7zuvmZajpCwR/eu1hsC6dRtrE2RcBraM"
    "kSyeOSMf3cCpvgLG2dQdB8kZVS8u1whqnBXmDhEzv8AcVAsolRqoeZXmelGLLYGN1wSeLO"
    "iYZwbPlHwsMYUni01WtYd7dwObpb15g8zi/ERM1/K8pGrhGhw/+MrTw88szOHJD3VYIVMn"
    "2k8WoA8Fx5jempNLp9HW53iOezaVs2w3DzZ5AgiqC/BCRwETAPGX+8/A2+SzFD0IA1bPQ5"
    "PF66T9XNrPP9xqUsV+Tu9Ucsu/lngHRyIype0WKW3dfoktL6nFvqzWT1pUlvupXu6HLkU5"
    "GmnxcA/ul67w9Yd6VCSpRlbflGwL15cDWU8qWeFXBuQ1WMZEpJUy7bAdU7U5Yc0RlfAWOD"
    "Fw7jcSUluAml4WRMiW0KxZvZwH4repc9JAgo7ajRb1nHe3wJyennubAPnOb6el4MbWmwby"
    "Pmcmk2wP8GZcqW79EnEC2Yh/cvrcfbKVxJyRx/2lJ5US6i89n1ULhmSkWSyJCasU6lJzT7"
    "ppMaKN2VxOwGzhRjl6HB56ReYa+D8hzJzCnFF9sfwoyZ09SZJ5oq26HUnmSTIvuVmwoe3k"
    "cHnM83mAnWVm/UnuF0JpkQMKjuj60LsZjr5fguBojnv92fC3wSXwPuf4rjedKdf39ExwNM"
    "f3o7ve8PoSeJ9z3O+N+oObmwE9FR6mp9RKntVfqnhWp0dFzLP6SyZhw0ESg+GZg2UG6Vux"
    "IDmJMsonzEhKhocITUy5lk7FRTLbx4XhCmkxGa2Qfm18hOjyYXJrG2lZ+QodwCuEcI5CX6"
    "mffUnZyyL3ssq0Q4NuAJSy/i5VQ4qakOoIhzrig0i3KxZfsr+MYPsy45xXinU/L4l1P8/G"
    "umtOHftkJCWnNZGnNWmYbNRyJlO+78N8Ji06O7foxNXbuFvv1qEUaYfilmCftJ/baLl19G"
    "DMpDKk7bUVK9+93yDbx+y6Ld2Qw/U8EyyI8FBAKrM+y4ofQlf8yMxymwzRwVRY0Rit6MH9"
    "m0NRMKB6838Q7Nl/YSKeg6XM9cpxLMgboH/PGtCutf2azDmRJ1s2Ju3KoqmjHWlXlnblxH"
    "r8hwOxnVsvtNBsEhfZn8lkl93bsNXEi6Lh3DwnhCQlIX2lpWevYBjvyLPXe/GbgLmn0UWq"
    "xfgmpsgG3Hsb3AL4qbbyFP8oC1eJuq9GN1UJN3fvBq6ySfVuqnHDyDP0BPRMdaG/Iq0DMH"
    "MADaK4c0PL67cktXvRZnSp3UvtXqZQlynUPwrhXaRQh/4KVGPiSolKE77IJnwRbc7idm/9"
    "rV2JKYF/w7GVMUEMdHdiTihKfbzPjLVizlWiJmQ9FLS4NrHJTMDFePKk6quWDviQ4OTZ5n"
    "svX94uP3wtSzb58Ln6Hh8D926v9CUCK9ozT8RcdgC0qIzJPnQb2PAFWQAGN1sGsXm2/zt4"
    "CEsw97CCjuXqXWG5treFbiDWGP1O2P3seYa+1O0OS1nnXXYLusVNjPRmB6+gLgkHSThIwu"
    "Gj9fgqhAN6t5GJoZGrxZdsi5Nirdwc76DWuqR3dkvvmOhZt+jIrDWNZYRbOJMdyMxViYGQ"
    "TNOP0c+hcsrbywlB2cci97Fn1uQtrhYXajDzm7j9euAxQQcLrORn987PZmeHJgCuXGFNzD"
    "lhc/W/+JS4TfiVJHabJHa5AxQYa5sblODTuWWBCMEtFfyS2L1erIBuubQhBo9rAFnmOotg"
    "cPz7ePLr9K7XH7h1KmDa++i4fzMcjGa5NTCabFoSiaItiB1JJEoiMbFGs4I0+dTW5mx3ga"
    "zINNdROGFdgvBwjr1p6hJ4n+l5sAoR1nzOuh8i9eBw9NtwxhIG+gfZxIOTwc2gN2W3BEdi"
    "dI9uKeQNo5zkdqV5fOJiMncPR+4e6fO3a5+/vZo1BNsg7MGqAS2L7nLrEd1J0RaqVAeiQl"
    "ViQU26W4f1uO6UqGS7Re5nyc3uiPQWyowgQvINyXUfAtfNEwO5mRXnzTBTmxMXYYA3z4hv"
    "x9zGye48AjdFhpcVNo5R8FX5XO/uTFTo0LaArrlE7AIBFZqmjsyfLMB+nFt9mDj0f1ND5g"
    "mY+IpEhVjUHT6NeaXeY1s3wMPKMdUFTLmnxlpmeW0AJjawIH3qGlmXnl+qQSLqmTZPHom2"
    "prLI/Vlz7P346BeAN52+HQ6VsS8TzXs/zCKG5vrWEuBYkpSWpHR7dlAtJqWj2bMyNRFKtJ"
    "D8aZ7LVImDbTMnGVFJRuxIpIUQd6vQP8XkTxpfYurPekHC8c1UfiQtMtJHdze92bfx5PYS"
    "BEdzPLy9G088ft8/EoO8p9ggLjI5FJBkZyWyM67u8S7VaVnJgonMgkm288foZ91SWCE0pJ"
    "jIdkyMeAuY5MpLCyhPMbVnflY0LiN9qwWmmVuBqLSISAb/kBn8zGzbBL4tyxyShja+wsgg"
    "AGGCAHbr2A6x9kjeSwwkyTs65a7u3r31jCSub7prKfBaSdgTGN3fATp267WTNwyWaEnM9Z"
    "9dKwF4oPOtbSkOM1A8gEAtLTGR7OZZW1ggyIqNe/7czGm5D7VKuIaIswMzREhKescMXex9"
    "4acVEqKSVhCNVshoth+0jHlFn3qqa8vIXcaSd5QvY34xKhi7eeMyNsZ0MdE15Fnf6c3Yek"
    "LmJT1e0OXEs8p77VpuwiaCUZA1akEcC/1kgSdmh/cfamUXr508QRrND2mtkkbz4lWsvUbz"
    "HzSSazid3rv2Rvdzjvvj0fT+lp0JjuZ48Le74YSd8g/muHf91/upa6cMjsSwUwpAqInoLt"
    "gEm1Ylfn7PhSVFmx0Lo+bjQzRQKZoBaua31la0rFzySwKVAcpEKmK5vSRYBWCV+ZR/UOFS"
    "EZeKPdQtjW0boRHAmT9mOVI+eyP3KmrxIDmK7XM/J3Eo3qTHkNq8SY91VBWu2dsq062wL9"
    "cBL2hle8wu8ytfhxvrEzBjGZaJ+gIczLbXbwtdXbicMFMmgFcIPY9j3skzttio+xt+Xn+D"
    "hNR+N+5C6p2dko25TWxoKEs1Z77QnwvrgMal9lcH9NOOkPWLgP6p2z09veh+Ov3y9fzs4u"
    "L866ewGmj2UllZ0Kvh9+Eo5WGTdaVZMEFe4GNCEvd6uCPmM66EBGl17FOCEv/q+G/FtmfW"
    "g+01ygynfogrwWa3iMRCuPuIxYhnKFaRfBZis3pkkIr2C69dy7OMqywyUMcg0DbAMbMi9O"
    "6GVKnxbvxONRj75xNwjaAGqMQDJm/gL/8F0PtKp8smCw3MqkY7eoa0YRySqiRtGMUrSXtt"
    "GBZxzLztdMUUaKG00HaM6fD76P7uEnifc3x30xu5MVQjenzPTAPTAf3uH81x7342ViYD9j"
    "J9Z3nS4l/neDbpjabfBpNLEBwF2e2UqLHUicD+cevmwIuOxbCBrEydmLqdE504XULDKFQZ"
    "43L70xd3+aJ7KuNp9+JLqCSyL2Vq4fS2d3OT1cOf2SKJ+LdASbk2obrnjZDJstNh+ru4uy"
    "AtKTuhdicEo5lfqUhKtlCpOBAlolLkWqT583ZzUlI6Eorcy5jYfNkr/fvbF9B9Ximg+7wk"
    "oPs8J6AbUXVKU6iqbfIHdKdk5Ysk8oskmuFH3K7liIzU8SvRud24klIy2jQ1JRmQN/AlJi"
    "LRTKWbj1UA5kQ1R1SiWxrAW2hMqREGua05RQx8mzGo5Ey5TWA8jJo6yMG7EdzkQlMB3Pgr"
    "3wTC01R77YQ5Z6KsgDVbtJrA+M5vp53Yxpb2LSqmSW/mD62YloKt2JQdR3azPduO313ZqE"
    "2e3Gg4loF2SV6RRr8xt7wnkyyBZ1tieWTppvYZ2Sdg5CaYdVZsE7s57e4OnsGS7T54XoQP"
    "QdpeN/IvKN8GgepYNlki88/gwUJ0mNFnPQAvrs91HwxHf5hGF4JnuAIQa7Rt3zFRgU82Mp"
    "Wl6j6FifkXgHuBPo6epn+UtLJLK3t7CPE2W9n9qYDPDhWXkjao2jYouHR3NbxWwISYhL82"
    "/Ok1ja8X8qRlZ9TujNaHLH+f9JiHjfsxx/fTHnPgcT/8oOS/+zHJf48ceZThKPLloV9iV8"
    "b3s9gl+q3IkYdVUfx2P3JrKLJP9v23wWTau2FnvKO0ivoxzj5xwHJHQv6LmBITeRCIZNQj"
    "quqYZi2FLyXaQo3vQDS8SjY9ldC+Um2LN9lpUkyS+qkoInezzYlpQkjaSdOJ+Qmv4TmSkG"
    "CmTXougcRrzIsLSUhTkHpMHCekCSEJablptMjnX1pGC61K8Te2gj3JG44S4eoIJ17gCgh7"
    "a7xEuDrCCa2oAsJ+hGIz8LYrO1Ma2khBqpKe29f4mwOXwwYq5iZhc6Lu5C5pC+uz3xL9nX"
    "u3Px8I9rs1Pwd+Pnl255gPUInBOeZ0VCGxDAa6ZTlIA76Yl+3FTeSiY2SdAGZwcr/Tl812"
    "LGaIBW/MnPsGLbBilVKXcF2cVKb59qU9VzRVuiPtudKeW9Ge+8MZc7ufzy7Ovp5+OQvtVu"
    "GZMnNV1jT18fn+PzTrSdIWcVbFFHFWbIk4yxgivOWnru0vkhbZ8HN0Pel9m10C92OOx3eD"
    "0SVg/87xXW94fQnYv3P825gds3/n+H7UH9/cDPqz4dUNsxTGv4phr6OzqFVkqtvccZG00B"
    "03vb+a9ifDK9oF4SEzoY4Gv3sWVPdgjilII2bR9T7p98ngepjIu5A8sSmXw21vdM8e4H2K"
    "0eEyDvBHsRn6vYXyfDIq9TPK9ciQvSxUL7tWfKzy1X6PyYg8cddUb04rzJmnhVPmaabWON"
    "tqZ+H963Q8KrBoBgLpN0dXbfAvunW3DlEjLwGVQZF4XwI0j297f0sD3b8ZX6VfBNbAVdqz"
    "z1nnKezFsIcCEvYtYLfpm+Qec8wncZk2pmOo5LhV4reVnlEYXnSNVXNrCVwjVV9CoxjpmG"
    "R6pHuiJ34Tuxrtu0qpWgLz9aA/vO3dHF90zlJltuPb1UxAtJdqmaGVx8eXOcdnZNvEquzZ"
    "LZgN2hp9kBCT8NeHv+5LIN+AhoNEmEGmTkfkissU2vX6wrOo1TCpJARbaFFp065Yc1CNHo"
    "6kZPcK3b3uTMjfvzExSWqJ3L+vRNdqzdEJQdnHIvexzFe1Sz93AQqPHtACWN/bvaRSH7/D"
    "JU+tPkHRbapcn8xVtXVUQeVcVZU8W8PCMvssqHsg0Kd00/WyYIvPA9Od10yLZgI+19+4HR"
    "trLF2+58VaDCtHbc47r8l+2GILx6HmYOx7N2+N13XUVkuQ4vUsDxDI8yyPoVPiWR7rj82e"
    "5b+QN3rJdHOAUeXM8IIKWLYxiIGDXc/uwCd8AS16D93XgGsvkxh4WyAMdDdnGDMJaXkJzH"
    "byBOldLprq2gHSu1x6lyddddEq29/lpZgCmdbYHJqowYTRu13j3YmJtfDFOZAXpRJDpVsK"
    "u76k2lFeXjFCDARxka0oKZrWq6hsuzr3ajy+SfTr1TBliRvd314NJsefU/4b2fdKo1Ovsq"
    "QKBNE4yauspKQFJS24F2A/uD5IDXVWSEgl0/qhTGtsAm0CZZ/Dug0bPMgpdyPQ2WWHm2jN"
    "UmMV6mDwFm6vXgVDyOmkmSIYDWYbCCjaPE4oRt+WcEKr2F0bOSHa0/TPXrN88j5hw6ga/4"
    "8+AUOWA14LEsfrGlquiM2iPMALWrNC6uz0yiSv9JKZ5YMab11yQaItrh3JBUku6McL274b"
    "jK6Ho++XwD9gkb//fT+kS4LS68+G4xGLAE6cmOO7ybg/mE49sfB4jqf3/f5gcD24ZpHE/u"
    "Ecf+sNb9gp7zNI1jwI0zWzc3e9yWzYu7n5uxJdzZ6b4+vh9O5+xq4GR+mpukrMSrdKzEq3"
    "OGalm4mm8H2Q63svSz/yJqqO02WHObjV6IasbGvY3D33ggy53XXI7TPF4Q2uFTpmkZmfCq"
    "cY6lzh9oUlds/Pq8zx5+fFkzy7luZeVRa9TNHUuDBPy7UP7s+V8vd/Lsnf/zmbvx+6WwiF"
    "YkfnZMVCVJfO0b+LYS+Sbx/8OxntPnzMIY2lbVQc06iBflq8feDTkVtx8JeO/mz5ihUFpV"
    "bxirhgC7ecB7LFrGRFRe8r+nLU6uaUqIznELmffT+wOmF3CUnZyyL3smh2TnG7lsN4XMvZ"
    "oSk/h3ZCKh0dpFVeSGNxDat8oQGYH+EtTMAHgm8lI3B28m0CXF53h0OFuGlXh+ZN8n4XlB"
    "jmo07abJ6PecRsttJPCbubtuRa0hes8EwHPGQ4yYeMzRxcIxuqiwq153fzCGmvF23Z7Uh7"
    "vbTXi2gXEcs9bA9EcesLW/d7k+tLwP6d435v+kvv7o59dQ9YoWvlqjf6Ven1++N7Vpk6dW"
    "KOx7NfBpNL4H6k16tKDHPjec4pgoiLzQ8FRO4okYxXjyYseivyEQ4F2mchaT5HrAEt+4xv"
    "/PoC7UP3rAK4Z8XVStLQoveVTtdkZUkwbT4DcXkoZEa4lheNaHA3FxUZ4LNGMCd7dzVsA1"
    "kJbToeMfh5GWA3RSPGBPcYixieOeBgRG/HXMuslRCVdi2R7VrSXiDtBUKSrRXtBVVyeG3M"
    "CFQpMVX7cgHJ7F0fXrh3SneGj+S975LZR3m8ffKOTilvb3n3Kmp080befrZAwJcLCfOfLE"
    "DeMFiiJTHXHWARYLPauroNLMd81V+RBejEx6qhWQDS/+g3aITSQCPIyrL3u3zQFhw+WbFR"
    "yp+LNS33oby+S+WfHRiV75vTanG6ebIt5K924/0rI5pkLI0Y0O8ylqYsxjMf38OI66w7lT"
    "QeGSljZvZqdqgdLNNMlIzgo3sXC6WFbNtAVg0KLCkpGTDRGLAMUfNBbls9ZOrq4ihv3+df"
    "6pRu+GB006aNXnHfNuwAVag95u6TcnRGf6yL63fhKYzdz2cXZ19Pv5yFemJ4pkw9DFTB4n"
    "3RKzKt3Iz/xVN8TERO7hV3QaucbLAlMY+rvESwbUB3N8oKwXZuldfiMsYxEVnImLOQ8Yeu"
    "Z//+f9Bfb3k="
)
