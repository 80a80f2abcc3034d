"""Billing periods: months on the workspace's own calendar, reckoned from the anchor (R1)."""

import calendar
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.periods import Period, boundary, period_of
from tests.given import instant

NEW_YORK, BERLIN = "America/New_York", "Europe/Berlin"
ZONES = (
    "UTC",
    NEW_YORK,
    BERLIN,
    "Africa/Cairo",  # its clocks change at midnight
    "Asia/Kathmandu",  # +05:45
    "Asia/Kolkata",  # +05:30
    "Australia/Lord_Howe",  # +10:30, and its clocks move by half an hour
    "America/St_Johns",  # -03:30
    "Pacific/Kiritimati",  # +14:00
    "Pacific/Marquesas",  # -09:30
)
anchors = st.datetimes(datetime(2024, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
zones = st.sampled_from(ZONES)
indexes = st.integers(0, 60)


def days(anchor: str, count: int, time_zone: str = "UTC") -> list[str]:
    """The local days on which the first periods start."""
    found = [boundary(instant(anchor), index, time_zone) for index in range(count)]
    return [f"{start.astimezone(ZoneInfo(time_zone)):%Y-%m-%d}" for start in found]


def test_the_31st_comes_back_after_shorter_months() -> None:
    assert days("2026-01-31T12:00:00Z", 6) == [
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
        "2026-05-31",
        "2026-06-30",
    ]


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        ("2027-12-29T00:00:00Z", ["2027-12-29", "2028-01-29", "2028-02-29", "2028-03-29"]),
        ("2027-12-30T00:00:00Z", ["2027-12-30", "2028-01-30", "2028-02-29", "2028-03-30"]),
        ("2026-12-29T00:00:00Z", ["2026-12-29", "2027-01-29", "2027-02-28", "2027-03-29"]),
        ("2028-02-29T00:00:00Z", ["2028-02-29", "2028-03-29", "2028-04-29", "2028-05-29"]),
    ],
)
def test_february_ends_on_its_own_last_day(anchor: str, expected: list[str]) -> None:
    assert days(anchor, 4) == expected


def test_who_began_on_a_leap_day_is_billed_on_the_28th_until_the_next_one() -> None:
    anchor = instant("2028-02-29T09:00:00Z")
    years = [boundary(anchor, 12 * year, "UTC") for year in range(5)]
    assert [f"{start:%Y-%m-%d}" for start in years] == [
        "2028-02-29",
        "2029-02-28",
        "2030-02-28",
        "2031-02-28",
        "2032-02-29",
    ]


def test_the_last_of_january_is_another_day_elsewhere() -> None:
    anchor = "2026-01-31T20:00:00Z"  # 1 February in Kiritimati, 31 January in New York
    assert days(anchor, 2, "Pacific/Kiritimati") == ["2026-02-01", "2026-03-01"]
    assert days(anchor, 2, NEW_YORK) == ["2026-01-31", "2026-02-28"]


@pytest.mark.parametrize(
    ("story", "time_zone", "anchor", "index", "expected"),
    [
        ("noon stays noon in summer", NEW_YORK, "2026-02-15T17:00:00Z", 1, "2026-03-15T16:00:00Z"),
        ("and in winter", NEW_YORK, "2026-10-15T16:00:00Z", 1, "2026-11-15T17:00:00Z"),
        ("noon in Berlin", BERLIN, "2026-03-15T11:00:00Z", 1, "2026-04-15T10:00:00Z"),
        ("02:30 is skipped: 03:30", NEW_YORK, "2026-02-08T07:30:00Z", 1, "2026-03-08T07:30:00Z"),
        ("and is 02:30 after", NEW_YORK, "2026-02-08T07:30:00Z", 2, "2026-04-08T06:30:00Z"),
        ("02:30 is skipped: 03:30", BERLIN, "2026-02-28T01:30:00Z", 13, "2027-03-28T01:30:00Z"),
        ("01:30 comes twice: first", NEW_YORK, "2026-10-01T05:30:00Z", 1, "2026-11-01T05:30:00Z"),
        ("02:30 comes twice: first", BERLIN, "2026-09-25T00:30:00Z", 1, "2026-10-25T00:30:00Z"),
        ("half an hour", "Australia/Lord_Howe", "2026-03-05T00:00:00Z", 1, "2026-04-05T00:30:00Z"),
        ("a quarter", "Asia/Kathmandu", "2026-01-30T18:30:00Z", 1, "2026-02-27T18:30:00Z"),
        ("a day that never was", "Pacific/Apia", "2011-11-30T20:00:00Z", 1, "2011-12-30T20:00:00Z"),
    ],
)
def test_the_local_time_of_day_stays(
    story: str, time_zone: str, anchor: str, index: int, expected: str
) -> None:
    assert boundary(instant(anchor), index, time_zone) == instant(expected)


def test_a_cycle_that_begins_in_the_second_of_two_equal_hours_begins_then() -> None:
    second = instant("2026-11-01T06:30:00Z")  # 01:30 in New York for the second time that day
    assert boundary(second, 0, NEW_YORK) == second
    assert boundary(second, 1, NEW_YORK) == instant("2026-12-01T06:30:00Z")


def test_a_period_holds_its_start_and_not_its_end() -> None:
    april = period_of(instant("2026-04-01T00:00:00Z"), 0, "UTC")
    assert april == Period(instant("2026-04-01T00:00:00Z"), instant("2026-05-01T00:00:00Z"))
    assert april.start in april
    assert april.end - timedelta(microseconds=1) in april
    assert april.end not in april


def test_a_period_of_no_time_is_a_bug() -> None:
    now = instant("2026-04-01T00:00:00Z")
    with pytest.raises(AssertionError, match="a period from"):
        Period(now, now)


@given(anchors, zones, indexes)
def test_periods_follow_each_other_without_a_gap(
    anchor: datetime, time_zone: str, index: int
) -> None:
    one, next_one = (period_of(anchor, each, time_zone) for each in (index, index + 1))
    assert one.start < one.end == next_one.start < next_one.end
    assert timedelta(days=27, hours=22) < one.end - one.start < timedelta(days=31, hours=2)


@given(anchors, zones, indexes)
def test_a_period_starts_on_the_anchors_day_or_the_months_last(
    anchor: datetime, time_zone: str, index: int
) -> None:
    local = anchor.astimezone(ZoneInfo(time_zone))
    start = boundary(anchor, index, time_zone).astimezone(ZoneInfo(time_zone))
    assert (start.year - local.year) * 12 + start.month - local.month == index
    assert start.day == min(local.day, calendar.monthrange(start.year, start.month)[1])


@given(anchors, zones, indexes)
def test_a_period_starts_at_the_anchors_time_of_day_unless_that_is_skipped(
    anchor: datetime, time_zone: str, index: int
) -> None:
    local = anchor.astimezone(ZoneInfo(time_zone))
    start = boundary(anchor, index, time_zone).astimezone(ZoneInfo(time_zone))
    wanted = start.replace(hour=local.hour, minute=local.minute, fold=0)
    exists = wanted.astimezone(UTC).astimezone(ZoneInfo(time_zone)).time() == wanted.time()
    assert not exists or start.time() == local.time()


@given(anchors, zones, indexes)
def test_a_boundary_does_not_depend_on_those_before_it(
    anchor: datetime, time_zone: str, index: int
) -> None:
    step_by_step = anchor
    for _ in range(index):
        step_by_step = boundary(step_by_step, 1, time_zone)
    day = anchor.astimezone(ZoneInfo(time_zone)).day
    direct = boundary(anchor, index, time_zone).astimezone(ZoneInfo(time_zone))
    # what is reckoned from a clamped date sticks to the smaller day; what we answer never does
    assert direct.day >= step_by_step.astimezone(ZoneInfo(time_zone)).day
    if day <= 28:
        assert direct.date() == step_by_step.astimezone(ZoneInfo(time_zone)).date()
