"""The price list: what we sell, what other lists could sell, and how a wrong file is refused."""

import json
import tomllib
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from models.catalog import CatalogVersion, Resource
from services import catalog
from services.price_list import PriceList, RatedBy, Rollover
from services.price_list_file import PriceListError, load, read

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "catalog" / "2026-07.toml"
DATA = ROOT / "tests" / "data"
LADDER = DATA / "ladder-2026-08.toml"

EDITS = tomllib.loads((DATA / "price-list-edits.toml").read_text(encoding="utf-8"))
TTS_COSTS = (
    "azure 19, cartesia 22, elevenlabs 40, google-cloud 10, "
    "minimax 15, openai 16, playht 70, rime-ai 15"
)
UNLIMITED = None


@pytest.fixture(scope="module")
def shipped() -> PriceList:
    return load(SHIPPED)


@pytest.fixture(scope="module")
def ladder() -> PriceList:
    return load(LADDER)


def rate(
    price_list: PriceList, meter: str, provider: str | None = None, model: str | None = None
) -> Decimal:
    """The only rate for this; fails when there is none or more than one."""
    (found,) = (
        each.credits_per_unit
        for each in price_list.rates
        if (each.meter, each.provider, each.model) == (meter, provider, model)
    )
    return found


def edited(tmp_path: Path, old: str, new: str) -> Path:
    """The shipped file with one change, as a file of its own."""
    text = SHIPPED.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {SHIPPED}"
    path = tmp_path / "edited.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    """What `load` says about the file, without the file's name on each line."""
    with pytest.raises(PriceListError) as refused:
        load(path)
    lines = str(refused.value).splitlines()
    assert all(line.startswith(f"{path}: ") for line in lines), lines
    return "\n".join(line.removeprefix(f"{path}: ") for line in lines)


# ------------------------------------------------------------------------------ what we sell


def test_three_plans_at_0_20_and_from_1000_dollars_a_month(shipped: PriceList) -> None:
    assert (shipped.version, shipped.currency) == ("2026-07", "USD")
    assert [
        (plan.key, plan.price_cents, plan.price_is_starting_at, plan.self_serve)
        for plan in shipped.plans
    ] == [
        ("free", 0, False, True),
        ("pay-as-you-go", 20_00, False, True),
        ("enterprise", 1_000_00, True, False),
    ]


def test_every_plan_says_what_it_allows_of_every_resource(shipped: PriceList) -> None:
    # agent slots, workspace seats, client seats, call lines, phone numbers
    allowed = {plan.key: list(plan.allowances.values()) for plan in shipped.plans}
    assert allowed == {
        "free": [5, 1, 2, 1, 0],
        "pay-as-you-go": [100, 2, 2, 10, 0],
        "enterprise": [UNLIMITED] * 5,
    }
    assert [list(plan.allowances) for plan in shipped.plans] == [list(Resource)] * 3


def test_a_new_workspace_starts_free_with_750_credits_and_can_buy_nothing_more(
    shipped: PriceList,
) -> None:
    free = shipped.free_plan
    assert free.key == "free"
    assert (free.signup_credits_mc, free.included_credits_mc) == (750_000, 0)
    assert (free.may_buy_credits, free.may_have_add_ons) == (False, False)


def test_20_dollars_include_5000_credits_that_expire_with_the_period(shipped: PriceList) -> None:
    plan = shipped.plan("pay-as-you-go")
    assert (plan.included_credits_mc, plan.signup_credits_mc) == (5_000_000, 0)
    assert plan.rollover is Rollover.EXPIRE
    assert (plan.may_buy_credits, plan.may_have_add_ons) == (True, True)


def test_only_enterprise_pays_what_the_provider_costs(shipped: PriceList) -> None:
    markups = {plan.key: plan.provider_markup_percent for plan in shipped.plans}
    assert markups == {
        "free": Decimal(10),
        "pay-as-you-go": Decimal(10),
        "enterprise": Decimal(0),
    }


def test_five_add_ons_with_what_one_unit_gives(shipped: PriceList) -> None:
    assert [
        (each.key, each.price_cents, dict(each.allowances), each.features, each.max_quantity)
        for each in shipped.add_ons
    ] == [
        (
            "whitelabel",
            200_00,
            {Resource.CLIENT_SEAT: 5, Resource.WORKSPACE_SEAT: 2, Resource.PHONE_NUMBER: 1},
            ("custom-branding",),
            1,
        ),
        ("workspace-seat", 10_00, {Resource.WORKSPACE_SEAT: 1}, (), None),
        ("client-seat", 15_00, {Resource.CLIENT_SEAT: 1}, (), None),
        ("concurrent-call-line", 5_00, {Resource.CALL_LINE: 1}, (), None),
        ("phone-number", 3_00, {Resource.PHONE_NUMBER: 1}, (), None),
    ]


def test_a_plan_shows_its_own_features_first_then_those_below_it(shipped: PriceList) -> None:
    free = [key for key, _ in shipped.features_of("free")]
    paid = [key for key, _ in shipped.features_of("pay-as-you-go")]
    enterprise = [key for key, _ in shipped.features_of("enterprise")]
    assert free == [
        *("custom-theme", "text-agents", "voice-agents", "knowledge", "analytics"),
        *("text-channels", "api-access", "live-handoff", "community-support"),
    ]
    assert paid == [
        *("no-branding", "client-billing", "priority-community-support", "own-keys"),
        *("advanced-security", *free),
    ]
    assert enterprise == [
        *("highest-support", "agents-built-for-you", "custom-dashboard", "on-premises"),
        *("security-monitoring", "custom-projects", *paid),
    ]
    assert dict(shipped.features_of("enterprise"))["own-keys"] == "Your own provider keys"


def test_a_minute_with_deepgram_elevenlabs_and_a_phone_is_95_credits(shipped: PriceList) -> None:
    stt = rate(shipped, "voice.stt", provider="deepgram")
    tts = rate(shipped, "voice.tts", provider="elevenlabs")
    phone = rate(shipped, "voice.telephony", provider="twilio")
    platform = rate(shipped, "voice.platform")
    assert stt + tts + phone + platform == 10 + 40 + 15 + 30 == 95
    # and 101.5 with the markup of 10 % on all but the platform
    markup = 1 + shipped.plan("pay-as-you-go").provider_markup_percent / 100
    assert (stt + tts + phone) * markup + platform == Decimal("101.5")


def test_the_markup_is_on_what_voice_providers_do_and_on_nothing_else(shipped: PriceList) -> None:
    marked_up = {meter.name for meter in shipped.meters if meter.marked_up}
    assert marked_up == {"voice.stt", "voice.tts", "voice.sts", "voice.telephony"}


def test_tokens_are_rated_by_model_and_voices_by_provider(shipped: PriceList) -> None:
    by = {meter.name: meter.rated_by for meter in shipped.meters if meter.rated_by}
    assert by == {
        "llm.input_tokens": RatedBy.MODEL,
        "llm.output_tokens": RatedBy.MODEL,
        "voice.stt": RatedBy.PROVIDER,
        "voice.tts": RatedBy.PROVIDER,
        "voice.sts": RatedBy.PROVIDER,
        "voice.telephony": RatedBy.PROVIDER,
    }


def test_what_one_action_costs(shipped: PriceList) -> None:
    flat = [meter for meter in shipped.meters if not meter.rated_by]
    assert [f"{rate(shipped, each.name)} for a {each.unit}: {each.name}" for each in flat] == [
        "1 for a message: channel.custom",
        "1 for a page: crawl.page",
        "10 for a page: crawl.page_deep",
        "60 for a page: crawl.page_proxy",
        "1 for a MB: file.megabyte",
        "0 for a request: geo.request",
        "1 for a reply: interaction",
        "1 for a document: kb.document",
        "1 for a document: kb.sync",
        "1 for a request: stt.request",
        "0.5 for a use: tool.use",
        "0.5 for a reply: ui.engine",
        "30 for a minute: voice.platform",
        "0.2 for a visit: widget.visit",
    ]


@pytest.mark.parametrize(
    ("meter", "costs"),
    [
        ("stt", "assemblyai 8, deepgram 10, gladia 13, google-cloud-speech 6, speechmatics 4"),
        ("tts", TTS_COSTS),
        ("sts", "google-live 10, grok-live 70, ultravox 70"),
        ("telephony", "twilio 15"),
    ],
)
def test_what_a_minute_of_each_voice_provider_costs(
    shipped: PriceList, meter: str, costs: str
) -> None:
    found = [each for each in shipped.rates if each.meter == f"voice.{meter}"]
    assert ", ".join(f"{each.provider} {each.credits_per_unit}" for each in found) == costs


@pytest.mark.parametrize(
    ("model", "tokens_in", "tokens_out", "expected"),
    [
        ("gpt-5", 1_000, 1_000, "16.875"),  # 1.875 + 15
        ("gpt-5-chat", 1_000, 0, "1.875"),
        ("gpt-5-mini", 1_000, 1_000, "3.375"),  # 0.375 + 3
        ("gpt-5-nano", 1_000, 1_000, "1.5"),  # 0.5 + 1
        ("gpt-5.2", 1_000, 1_000, "20.625"),  # 2.625 + 18
        ("gpt-4o", 2_500, 300, "11.1"),  # 2.5 x 3 + 0.3 x 12
        ("gpt-4o-mini", 2_500, 300, "2.8"),  # 2.5 x 1 + 0.3 x 1
        ("claude-opus-4.5", 1_000, 1_000, "114"),  # 19 + 95
        ("claude-sonnet-4.5", 1_000, 1_000, "22"),  # 4 + 18
        ("claude-haiku-4.5", 1_000, 1_000, "7.5"),  # 1.25 + 6.25
        ("gemini-2.5-pro", 1_000, 1_000, "15.75"),  # 2.25 + 13.5
        ("gemini-2.5-flash", 1_000, 1_000, "2.25"),  # 0.75 + 1.5
        ("qwen-turbo", 1_000, 1_000, "1.6"),  # 0.6 + 1
        ("kimi-k2", 1_000, 1_000, "2.9"),  # 0.50 + 2.40
        ("gpt-5-nano", 1, 0, "0.0005"),  # one token, exactly
    ],
)
def test_what_tokens_cost(
    shipped: PriceList, model: str, tokens_in: int, tokens_out: int, expected: str
) -> None:
    cost_in = tokens_in * rate(shipped, "llm.input_tokens", model=model)
    cost_out = tokens_out * rate(shipped, "llm.output_tokens", model=model)
    assert cost_in + cost_out == Decimal(expected)


def test_every_model_is_rated_both_ways_and_an_own_model_is_none_of_them(
    shipped: PriceList,
) -> None:
    models_in = [each.model for each in shipped.rates if each.meter == "llm.input_tokens"]
    models_out = [each.model for each in shipped.rates if each.meter == "llm.output_tokens"]
    assert models_in == models_out
    assert len(models_in) == 43
    assert "custom" not in models_in


def test_nobody_is_taxed_yet(shipped: PriceList) -> None:
    assert shipped.tax_rates == ()


# ------------------------------------------------------------------------------ what others could


def test_a_ladder_of_six_plans_is_only_another_file(ladder: PriceList) -> None:
    agents, seats = Resource.AGENT_SLOT, Resource.WORKSPACE_SEAT
    assert [
        (
            plan.key,
            plan.price_cents,
            plan.included_credits_mc,
            plan.allowances[agents],
            plan.allowances[seats],
        )
        for plan in ladder.plans
    ] == [
        ("free", 0, 0, 2, 1),
        ("starter", 29_00, 5_000_000, 3, 1),
        ("pro", 59_00, 15_000_000, 10, 2),
        ("business", 99_00, 25_000_000, 20, 5),
        ("white-label", 199_00, 60_000_000, UNLIMITED, 10),
        ("elite", 349_00, 120_000_000, UNLIMITED, UNLIMITED),
    ]
    assert ladder.free_plan.signup_credits_mc == 500_000
    assert ladder.plan("elite").rollover is Rollover.ROLL_OVER
    assert ladder.plan("business").allowances[Resource.CALL_LINE] == 3
    assert ladder.plan("white-label").allowances[Resource.CLIENT_SEAT] == 20


def test_a_rate_may_change_on_a_day(ladder: PriceList) -> None:
    platform = [each for each in ladder.rates if each.meter == "voice.platform"]
    assert [(each.credits_per_unit, each.effective_from) for each in platform] == [
        (Decimal(30), None),
        (Decimal(20), datetime(2026, 8, 1, tzinfo=UTC)),
    ]


def test_a_country_may_have_a_tax(tmp_path: Path) -> None:
    path = edited(tmp_path, "[taxes]\n", '[taxes]\nDE = { name = "VAT", percent = "19" }\n')
    (tax,) = load(path).tax_rates
    assert (tax.country, tax.name, tax.percent) == ("DE", "VAT", Decimal(19))


# ------------------------------------------------------------------------------ versions


@pytest.mark.parametrize("edit", EDITS["same"])
def test_writing_the_same_in_another_way_makes_no_new_version(
    shipped: PriceList, tmp_path: Path, edit: dict[str, str]
) -> None:
    assert load(edited(tmp_path, edit["old"], edit["new"])).content_hash == shipped.content_hash


@pytest.mark.parametrize("edit", EDITS["changed"])
def test_every_change_of_the_content_makes_a_new_version(
    shipped: PriceList, tmp_path: Path, edit: dict[str, str]
) -> None:
    assert load(edited(tmp_path, edit["old"], edit["new"])).content_hash != shipped.content_hash


@pytest.mark.parametrize("path", [SHIPPED, LADDER], ids=lambda path: path.stem)
def test_a_stored_version_reads_back_as_the_same_list(path: Path) -> None:
    published = load(path)
    stored = json.loads(json.dumps(published.to_document()))
    assert read(stored, source="stored") == published


def test_a_resource_that_a_plan_does_not_allow_is_not_stored(shipped: PriceList) -> None:
    # so that a resource added to the product later leaves older versions what they are
    assert "PHONE_NUMBER" not in json.dumps(shipped.free_plan.to_document())


# ------------------------------------------------------------------------------ refusals


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    path = edited(
        tmp_path,
        'price = "20.00"\nself_serve = true',
        'price = "20.123"\nself_serve = "yes"\ncolour = "red"',
    )
    price, self_serve, colour = refusal(path).splitlines()
    assert price == (
        'plans[1].price: expected an amount with at most two decimals such as "20.00", got "20.123"'
    )
    assert self_serve == 'plans[1].self_serve: expected true or false, got "yes"'
    assert colour == (
        "plans[1].colour: unknown key; known are: allowances, builds_on, description, features, "
        "included_credits, key, may_buy_credits, may_have_add_ons, name, price, "
        "price_is_starting_at, provider_markup_percent, rollover, self_serve, signup_credits"
    )


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere.toml") == "cannot be read: No such file or directory"
    assert refusal(tmp_path) == "cannot be read: Is a directory"


def test_broken_toml_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.toml"
    path.write_text('version = "1"\ncurrency =\n', encoding="utf-8")
    assert refusal(path) == "is not valid TOML: Invalid value (at line 2, column 11)"


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes('name = "für"'.encode("latin-1"))
    assert refusal(path) == "is not UTF-8 text: invalid start byte"


def test_an_empty_file_lacks_what_every_list_has(tmp_path: Path) -> None:
    path = tmp_path / "empty.toml"
    path.write_bytes(b"")
    assert refusal(path).splitlines() == [
        "version: missing",
        "currency: missing",
        'plans: exactly one must have the price "0.00", for new workspaces; found: none',
    ]


@pytest.mark.parametrize("mistake", EDITS["mistakes"], ids=lambda mistake: mistake["says"][:60])
def test_a_mistake_is_told_with_its_key_and_what_was_expected(
    tmp_path: Path, mistake: dict[str, str]
) -> None:
    path = edited(tmp_path, mistake["old"], mistake["new"])
    assert refusal(path) == mistake["says"].rstrip()


def test_the_same_rate_from_two_days_is_no_mistake(tmp_path: Path) -> None:
    old = '{ provider = "twilio", credits = "15" }'
    later = '{ provider = "twilio", credits = "16", from = 2026-09-01 }'
    rates = load(edited(tmp_path, old, f"{old}, {later}")).rates
    assert [each.credits_per_unit for each in rates if each.provider == "twilio"] == [15, 16]


async def test_of_two_rates_the_one_in_force_is_shown(tmp_path: Path, client: object) -> None:
    old = '{ provider = "twilio", credits = "15" }'
    later = '{ provider = "twilio", credits = "16", from = 2026-09-01 }'
    before = await catalog.current_version()
    version = await catalog.publish(load(edited(tmp_path, old, f"{old}, {later}")))
    await CatalogVersion.filter(id=version.id).update(is_current=False)
    await CatalogVersion.filter(id=before.id).update(is_current=True)
    wanted = {"meter": "voice.telephony", "provider": "twilio"}
    for now, credits in (
        (datetime(2026, 8, 31, 23, 59, 59, tzinfo=UTC), 15),
        (datetime(2026, 9, 1, tzinfo=UTC), 16),
    ):
        (rate,) = await catalog.rates_in_force(version.id, wanted, now=now)
        assert rate.credits_per_unit == credits


def test_a_name_fits_an_invoice(tmp_path: Path) -> None:
    path = edited(tmp_path, 'name = "Free"', f'name = "{"x" * 501}"')
    assert refusal(path) == "plans[0].name: must have at most 500 characters, has 501"
