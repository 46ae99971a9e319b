"""A feed polled again and again: what is remembered, and what each answer means."""

import asyncio
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from briefing.collectors import network
from briefing.collectors.feed import FeedCollector
from briefing.collectors.fetch import Client
from briefing.errors import CollectError
from briefing.ports import Harvest, SourceState

ITEM = "<title>One</title><guid>1</guid><description>Text of one.</description>"


def poll(collector: FeedCollector, state: SourceState, now) -> Harvest:
    return asyncio.run(collector.collect(state, now))


def test_entries_carry_what_the_feed_says(site, collector, rss, now):
    """Key, title, body, address, outlet, language and date reach the entry."""
    item = ITEM + "<link>/one</link><pubDate>Tue, 03 Mar 2026 10:00:00 +0700</pubDate>"
    url = site.serve("/feed", rss(item, channel="<language>vi-vn</language>"))
    entry = poll(collector(url), SourceState(), now).entries[0]
    assert (entry.source, entry.guid, entry.title, entry.body) == ("test", "1", "One", "Text of one.")
    assert (entry.url, entry.outlet, entry.language) == (site.url("/one"), "A paper", "vi-VN")
    assert entry.published is not None
    assert entry.published.iso == "2026-03-03T10:00:00+07:00"
    assert entry.published.basis == "feed"
    assert entry.collected_at == now


def test_the_operator_is_believed_before_the_feed(site, collector, rss, now):
    """Configured name and language win over the channel's."""
    url = site.serve("/feed", rss(ITEM, channel="<language>en</language>"))
    entry = poll(collector(url, name="Tuổi Trẻ", language="vi"), SourceState(), now).entries[0]
    assert (entry.outlet, entry.language) == ("Tuổi Trẻ", "vi")


def test_validators_make_the_round_trip(site, collector, rss, now):
    """What a 200 sends is stored and sent back; a 304 means unchanged and keeps it."""
    url = site.serve("/feed", rss(ITEM), ETag='W/"x"', Last_Modified="Mon, 02 Mar 2026 00:00:00 GMT")
    first = poll(collector(url), SourceState(), now)
    assert (first.state.etag, first.state.last_modified) == ('W/"x"', "Mon, 02 Mar 2026 00:00:00 GMT")
    site.serve("/feed", status=304)
    second = poll(collector(url), first.state, now + timedelta(hours=2))
    assert (second.unchanged, second.entries) == (True, ())
    assert site.asked[1][1]["if-none-match"] == 'W/"x"'
    assert site.asked[1][1]["if-modified-since"] == "Mon, 02 Mar 2026 00:00:00 GMT"
    assert (second.state.etag, second.state.last_modified) == (first.state.etag, first.state.last_modified)
    assert second.state.checked_at == now + timedelta(hours=2)


def test_validators_that_are_gone_are_forgotten(site, collector, rss, now):
    """After a 200 without validators none are sent: they are never invented."""
    url = site.serve("/feed", rss(ITEM), ETag='"x"')
    first = poll(collector(url), SourceState(), now)
    site.serve("/feed", rss(ITEM, "<title>Two</title>"))
    second = poll(collector(url), first.state, now + timedelta(days=2))
    assert len(second.entries) == 2
    poll(collector(url), second.state, now + timedelta(days=4))
    assert "if-none-match" not in site.asked[2][1]


def test_the_same_bytes_are_not_read_twice(site, collector, rss, now):
    """A server without validators that sends the same feed gives an unchanged harvest."""
    url = site.serve("/feed", rss(ITEM))
    first = poll(collector(url), SourceState(), now)
    second = poll(collector(url), first.state, now + timedelta(days=2))
    assert (second.unchanged, second.entries) == (True, ())


def test_a_304_that_nobody_asked_for_is_an_error(site, collector, now):
    """A server that says "unchanged" to a first request gave nothing."""
    with pytest.raises(CollectError, match="304"):
        poll(collector(site.serve("/feed", status=304)), SourceState(), now)


@pytest.mark.parametrize(
    ("every", "headers", "channel", "minutes"),
    [
        (None, {"ETag": '"x"'}, "", 60),
        (None, {"Last_Modified": "x"}, "", 60),
        (None, {}, "", 24 * 60),
        (15, {}, "", 15),
        (15, {"ETag": '"x"', "Cache_Control": "max-age=7200"}, "", 120),
        (15, {}, "<ttl>180</ttl>", 180),
        (300, {}, "<ttl>180</ttl>", 300),
        (15, {"Cache_Control": "max-age=31536000"}, "<ttl>9999999</ttl>", 24 * 60),
        (15, {}, "<ttl>soon</ttl>", 15),
    ],
)
def test_a_feed_is_left_alone_as_long_as_it_asks(site, collector, rss, now, every, headers, channel, minutes):
    """Next comes the configured interval (1 h conditional, 24 h not), or max-age or ttl if longer, a day at most."""
    url = site.serve("/feed", rss(ITEM, channel=channel), **headers)
    source = collector(url, every=None if every is None else timedelta(minutes=every))
    state = poll(source, SourceState(), now).state
    assert state.not_before is not None
    assert timedelta(0) <= now + timedelta(minutes=minutes) - state.not_before <= timedelta(minutes=1)


def test_the_ttl_still_holds_after_a_304(site, collector, rss, now):
    """A ttl stands in the feed, not in the 304; it is remembered."""
    url = site.serve("/feed", rss(ITEM, channel="<ttl>180</ttl>"), ETag='"x"')
    first = poll(collector(url), SourceState(), now)
    site.serve("/feed", status=304)
    later = now + timedelta(hours=4)
    state = poll(collector(url), first.state, later).state
    assert state.not_before is not None
    assert state.not_before >= later + timedelta(minutes=179)


def test_coming_too_early_sends_nothing(site, collector, rss, now):
    """A second run within the interval, or by hand, is no request at all."""
    url = site.serve("/feed", rss(ITEM), ETag='"x"')
    first = poll(collector(url), SourceState(), now)
    second = poll(collector(url), first.state, now + timedelta(minutes=30))
    assert (second.unchanged, second.state, second.rejected) == (True, first.state, ())
    assert len(site.asked) == 1


def test_a_schedule_that_runs_a_little_early_is_served(site, collector, rss, now):
    """An hourly schedule that fires seconds early does not lose an hour."""
    url = site.serve("/feed", rss(ITEM), ETag='"x"')
    first = poll(collector(url), SourceState(), now)
    poll(collector(url), first.state, now + timedelta(minutes=59, seconds=30))
    assert len(site.asked) == 2


def test_a_feed_that_is_gone_is_never_asked_again(site, collector, now):
    """410 is remembered and said at every run, without another request."""
    url = site.serve("/feed", status=410)
    first = poll(collector(url), SourceState(), now)
    second = poll(collector(url), first.state, now + timedelta(days=300))
    assert first.state.gone
    assert "gone for good" in first.rejected[0][1]
    assert second.rejected == first.rejected
    assert len(site.asked) == 1


def test_gone_behind_a_temporary_redirect_is_not_gone(site, collector, now):
    """What a temporary address says is not said of the feed."""
    url = site.serve("/feed", status=302, Location="/elsewhere")
    site.serve("/elsewhere", status=410)
    with pytest.raises(CollectError, match="410"):
        poll(collector(url), SourceState(), now)


def test_a_new_address_in_the_configuration_starts_afresh(site, collector, rss, now):
    """Validators, moves and 410 belong to the address they came from."""
    site.serve("/old", status=410)
    gone = poll(collector(site.url("/old")), SourceState(), now).state
    fresh = poll(collector(site.serve("/new", rss(ITEM))), gone, now)
    assert len(fresh.entries) == 1
    assert not fresh.state.gone


def test_a_moved_feed_is_asked_at_its_new_address(site, collector, rss, now):
    """After 301 the old address is not asked any more."""
    url = site.serve("/old", status=301, Location="/new")
    site.serve("/new", rss(ITEM), ETag='"x"')
    first = poll(collector(url), SourceState(), now)
    assert first.state.moved_to == site.url("/new")
    poll(collector(url), first.state, now + timedelta(hours=2))
    assert [path for path, _ in site.asked] == ["/old", "/new", "/new"]


def test_a_temporarily_moved_feed_keeps_its_address(site, collector, rss, now):
    """After 302 the configured address is asked again."""
    url = site.serve("/old", status=302, Location="/new")
    site.serve("/new", rss(ITEM), ETag='"x"')
    first = poll(collector(url), SourceState(), now)
    assert first.state.moved_to is None
    poll(collector(url), first.state, now + timedelta(hours=2))
    assert [path for path, _ in site.asked] == ["/old", "/new", "/old", "/new"]


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_obeyed(site, collector, now, status):
    """A publisher who says when to come back is left alone till then, and the run says so."""
    url = site.serve("/feed", status=status, Retry_After="7200")
    first = poll(collector(url), SourceState(), now)
    assert first.state.not_before == now + timedelta(hours=2)
    assert "not asked again before 2026-03-04 07:06 UTC" in first.rejected[0][1]
    assert poll(collector(url), first.state, now + timedelta(hours=1)).unchanged
    assert len(site.asked) == 1


def test_too_many_requests_without_a_time_means_an_hour(site, collector, now):
    """429 alone is a wish to be left alone, too."""
    state = poll(collector(site.serve("/feed", status=429)), SourceState(), now).state
    assert state.not_before == now + timedelta(hours=1)


@pytest.mark.parametrize(("status", "transient"), [(404, False), (403, False), (500, True), (502, True), (503, True)])
def test_other_answers_are_failures(site, collector, now, status, transient):
    """Each says the address and the status; the server's own faults may pass."""
    with pytest.raises(CollectError, match=str(status)) as caught:
        poll(collector(site.serve("/feed", status=status)), SourceState(), now)
    assert caught.value.transient is transient


def test_a_web_page_is_refused_with_the_feed_it_offers(site, collector, now):
    """HTML in place of a feed names the feed that the page links to."""
    page = '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head></html>'
    with pytest.raises(CollectError, match=f"web page instead of a feed; it offers {site.url('/rss.xml')}"):
        poll(collector(site.serve("/", page, Content_Type="text/html")), SourceState(), now)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "empty document"),
        ("  \n ", "empty document"),
        ("<html><body>Sorry</body></html>", "it offers no feed"),
        ("Not found", "not RSS, Atom or JSON Feed; it begins with 'Not found'"),
        ("{", "broken or cut off"),
        ('{"version": 1}', "not a JSON Feed"),
        (b"\x00\x01\x02\xff" * 200, "not text"),
        ("<rss><channel><title>x", "cut off before its first item"),
    ],
)  # fmt: skip
def test_what_is_not_a_feed_says_what_it_is(site, collector, now, body, message):
    """One line names the address and what came from it."""
    with pytest.raises(CollectError, match=message) as caught:
        poll(collector(site.serve("/feed", body)), SourceState(), now)
    assert "\n" not in str(caught.value)


def test_a_cut_feed_gives_what_it_holds_and_says_so_until_it_is_mended(site, collector, rss, now):
    """Whole items of a cut feed are kept; the note comes back at each poll while nothing changes."""
    url = site.serve("/feed", rss(ITEM, "<title>Two</title><description>Half", end=""), ETag='"x"')
    first = poll(collector(url), SourceState(), now)
    assert first.entries[0].guid == "1"
    assert "cut off" in first.rejected[0][1]
    site.serve("/feed", status=304)
    second = poll(collector(url), first.state, now + timedelta(hours=2))
    assert second.unchanged
    assert "still" in second.rejected[0][1]


def test_a_feed_without_items_is_a_quiet_one(site, collector, rss, now):
    """No items is no failure."""
    harvest = poll(collector(site.serve("/feed", rss())), SourceState(), now)
    assert (harvest.entries, harvest.rejected) == ((), ())


def test_state_survives_any_fingerprint(site, collector, rss, now):
    """A fingerprint of another version, or garbage, only makes the feed be read anew."""
    url = site.serve("/feed", rss(ITEM))
    for fingerprint in ("", "0:abc", "1", "1:x:y:z:w:v", "\N{SNOWMAN}"):
        assert len(poll(collector(url), SourceState(fingerprint=fingerprint), now).entries) == 1


def test_forty_feeds_behind_a_silent_name_server_fail_within_ten_seconds(now, monkeypatch):
    """With no network, all feeds fail in one line each, together within ten seconds, at the real time limits."""
    release = threading.Event()

    def block(*_: object, **__: object) -> list[object]:
        release.wait(30)
        return []

    monkeypatch.setattr(network.socket, "getaddrinfo", block)
    client = Client()
    sources = [FeedCollector(f"s{n}", f"https://host-{n % 10}.example/feed", lambda: client) for n in range(40)]

    async def all_of_them() -> list[object]:
        return await asyncio.gather(*(s.collect(SourceState(), now) for s in sources), return_exceptions=True)

    before = time.monotonic()
    failures = asyncio.run(all_of_them())
    assert time.monotonic() - before < 10
    release.set()
    assert len(failures) == 40
    assert all(isinstance(error, CollectError) and "\n" not in str(error) for error in failures)


def test_a_state_is_a_noun(site, collector, rss, now):
    """Nothing is remembered outside the state: another collector with it goes on where the first stopped."""
    url = site.serve("/feed", rss(ITEM), ETag='"x"')
    first = poll(collector(url), SourceState(), now)
    again = poll(collector(url), replace(first.state), now + timedelta(days=1))
    assert again.unchanged


def test_reading_a_large_feed_does_not_block_others(site, rss, now):
    """While one feed is being parsed, another is fetched and read."""
    body = rss(
        *(f"<guid>{n}</guid><title>Item {n}</title><description>{'word ' * 100}</description>" for n in range(1500))
    )
    big, small = site.serve("/big", body), site.serve("/small", rss(ITEM))
    client = Client(max_size=10_000_000, spacing=timedelta(0))
    order: list[str] = []

    async def one(name: str, url: str) -> None:
        await FeedCollector(name, url, lambda: client, private=True).collect(SourceState(), now)
        order.append(name)

    async def both() -> None:
        await asyncio.gather(one("big", big), one("small", small))

    asyncio.run(both())
    assert order == ["small", "big"]
