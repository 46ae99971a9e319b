"""Feeds of every kind and quality, as publishers really send them."""

import contextlib
import gc
import time
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.collectors.items import Feed, Item, NotAFeedError, identified
from briefing.collectors.parsing import LIMIT_ITEMS, read_feed
from briefing.model import Image

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
URL = "https://paper.example/feeds/world.xml"


def read(text: str | bytes, **options: str) -> Feed:
    return read_feed(text.encode() if isinstance(text, str) else text, URL, NOW, **options)


def only(
    rss_item: str, head: str = '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
) -> Item:
    (item,) = read(f"<?xml version='1.0'?>{head}<channel><item>{rss_item}</item></channel></rss>").items
    return item


def test_atom_is_read():
    """An Atom entry gives id, absolute address, content, language, dates and categories."""
    feed = read(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fa"><title>روزنامه</title><entry>
        <id>tag:paper.example,2026:1</id><title type="html">A &amp;lt;b&amp;gt; &lt;b&gt;bold&lt;/b&gt; title</title>
        <link href="../1"/><published>2026-03-03T10:00:00+03:30</published><updated>2026-03-04T01:00:00Z</updated>
        <category term="x" label="World"/><category term="World"/><summary>Short.</summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Long <a href="/a">text</a> here.</p></div>
        </content>
        </entry></feed>"""
    )
    (item,) = feed.items
    assert (feed.language, feed.title) == ("fa", "روزنامه")
    assert (item.guid, item.url, item.language) == ("tag:paper.example,2026:1", "https://paper.example/1", "fa")
    assert item.title == "A <b> bold title"
    assert item.media_type == "text/html"
    assert '<a href="https://paper.example/a">text</a>' in item.body
    assert item.published is not None
    assert item.published.iso == "2026-03-03T10:00:00+03:30"
    assert item.categories == ("World",)


def test_rdf_is_read():
    """RSS 1.0 with Dublin Core is read like the others."""
    feed = read(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title><dc:language>th</dc:language></channel>
        <item rdf:about="https://paper.example/1"><title>One</title><link>https://paper.example/1</link>
        <description>Text</description><dc:date>2026-03-03T10:00:00+07:00</dc:date></item></rdf:RDF>"""
    )
    assert feed.language == "th"
    assert feed.items[0].guid == "https://paper.example/1"
    assert feed.items[0].published is not None


def test_full_content_is_preferred_to_a_summary():
    """content:encoded is taken over description; a description over an empty content."""
    full = only("<description>Short</description><content:encoded><![CDATA[<p>The whole text.</p>]]></content:encoded>")
    assert full.body == "<p>The whole text.</p>"
    assert only("<description>Short</description><content:encoded> </content:encoded>").body == "Short"


def test_a_title_alone_is_an_item():
    """Headlines without text are kept; an item with neither is not one."""
    assert only("<title>Only this</title>").body == ""
    assert read("<rss version='2.0'><channel><item><link>https://x.example/</link></item></channel></rss>").items == ()


def test_bodies_are_safe():
    """Scripts, handlers, styles, frames, data and javascript addresses are gone; words stay."""
    body = only(
        "<description><![CDATA[<p onclick='x()' style='color:red'>One<script>alert(1)</script>"
        "<a href='javascript:x()'>two</a><img src='data:image/png;base64,x' onerror='x()'><iframe src='//x'></iframe>"
        "<a href=' java&#9;script:x'>three</a><svg><style>x</style></svg><style>p{}</style></p>]]></description>"
    ).body
    assert "One" in body
    assert "two" in body
    for evil in ("script", "onclick", "onerror", "style", "iframe", "data:", "alert"):
        assert evil not in body


def test_relative_addresses_become_absolute():
    """Links and images in a body start from the item's own address."""
    body = only(
        "<link>/2026/one.html</link><description><![CDATA[<a href='two.html'>x</a><img src='/i.png'>]]></description>"
    ).body
    assert 'href="https://paper.example/2026/two.html"' in body
    assert 'src="https://paper.example/i.png"' in body


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("AT&amp;amp;T &amp;lt;3 news", "AT&T <3 news"),
        ("<![CDATA[<b>Bold</b> &amp; plain]]>", "Bold & plain"),
        ("  two\n  lines ", "two lines"),
        ("5 &lt; 6 and 7 &gt; 2", "5 < 6 and 7 > 2"),
        ("می&#x200C;روند", "می\u200cروند"),
    ],
)
def test_titles_are_plain_text(markup: str, title: str):
    """A title is one line without tags, its references read, joiners kept."""
    assert only(f"<title>{markup}</title>").title == title


def test_a_guid_is_taken_as_it_is():
    """A guid that looks like a relative address is not resolved: it would change when the feed moves."""
    assert only("<guid isPermaLink='false'>post-17</guid><title>x</title>").guid == "post-17"
    assert only("<guid>/post/17</guid><title>x</title>").guid == "/post/17"


def test_a_missing_guid_is_made_up_and_stays():
    """Without a guid the address is the key; without both a digest of the title, whatever else changes."""
    assert only("<link>https://x.example/1</link><title>x</title>").guid == "https://x.example/1"
    first = only("<title>Flood in Hue</title><description>Two villages.</description>").guid
    assert first == only("<title>Flood in Hue</title><description>Now three villages.</description>").guid
    assert first.startswith("sha256:")
    assert first != only("<title>Flood in Hoi An</title>").guid


def test_one_guid_for_all_is_told_apart_by_address():
    """Items at different addresses are different though they share a guid; the very same item is one."""
    items = [Item("same", "a", url="https://x.example/1"), Item("same", "b", url="https://x.example/2")]
    assert [item.guid for item in identified([*items, *items])] == ["same", "https://x.example/2"]


@given(
    st.lists(
        st.builds(Item, st.sampled_from(["", "a", "b"]), st.text(max_size=3), url=st.sampled_from([None, "u", "v"]))
    )
)
def test_guids_are_unique_and_stable(items: list[Item]):
    """However guids clash, each item kept has its own, and a second reading gives the same."""
    found = identified(items)
    assert len({item.guid for item in found}) == len(found)
    assert all(item.guid for item in found)
    assert identified(items) == found


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("Tue, 03 Mar 2026 10:00:00 +0700", "2026-03-03T10:00:00+07:00"),
        ("Tue, 03 Mar 2026 10:00:00 GMT+7", "2026-03-03T10:00:00+07:00"),
        ("Tue, 03 Mar 2026 10:00:00 GMT", "2026-03-03T10:00:00+00:00"),
        ("3 Mar 2026 10:00 EST", "2026-03-03T10:00:00-05:00"),
        ("2026-03-03T10:00:00.123+07:00", "2026-03-03T10:00:00+07:00"),
        ("2026-03-03 10:00:00", "2026-03-03T10:00:00"),
        ("2026-03-03", "2026-03-03"),
        ("Tue, 03 Mar 2569 10:00:00 +0700", "2026-03-03T10:00:00+07:00"),
        ("Tue, 03 Mar 2027 10:00:00 +0700", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Mon, 99 Foo 2026", None),
        ("0001-01-01T00:00:00Z", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_keep_their_zone_and_precision(raw: str, iso: str | None):
    """Dates are as precise as given, Buddhist years are converted; the future, 1970 and nonsense are no date."""
    item = only(f"<title>x</title><pubDate>{raw}</pubDate>")
    assert (item.published.iso if item.published else None) == iso


def test_the_outlet_of_a_collected_item_is_its_source():
    """An aggregator's <source> names the publisher."""
    assert only("<title>x</title><source url='https://p.example/'>The Post</source>").outlet == "The Post"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-8", ""), ("utf-8", "iso-8859-1"), ("utf-16", "utf-16"), ("windows-1258", "windows-1258"),
     ("windows-1258", "utf-8")],
)  # fmt: skip
def test_the_encoding_is_found_whatever_is_declared(encoding: str, declared: str):
    """Right, missing and wrong declarations give the same words."""
    words = "Mưa lớn ở miền Trung khiến nhiều tuyến đường bị ngập, người dân phải sơ tán trong đêm. " * 4
    declaration = f' encoding="{declared}"' if declared else ""
    xml = f'<?xml version="1.0"{declaration}?><rss version="2.0"><channel><item><title>{words}</title></item>'
    xml += "</channel></rss>"
    # windows-1258 writes most Vietnamese letters as a base letter and a combining tone mark
    if encoding == "windows-1258":
        xml = "".join(_tone_apart(char) for char in xml)
    assert read(xml.encode(encoding)).items[0].title == unicodedata.normalize("NFC", words).strip()


def _tone_apart(char: str) -> str:
    try:
        char.encode("windows-1258")
    except UnicodeEncodeError:
        whole = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in whole if mark in "\u0300\u0301\u0303\u0309\u0323")
        return unicodedata.normalize("NFC", "".join(mark for mark in whole if mark not in tones)) + tones
    return char


def test_a_body_that_names_a_file_is_not_opened(tmp_path: Path):
    """A response that is the path of a local file is read as what it is: no feed."""
    secret = tmp_path / "secret.xml"
    secret.write_text("<rss version='2.0'><channel><item><title>secret</title></item></channel></rss>")
    with pytest.raises(NotAFeedError):
        read(str(secret))


def test_entities_are_neither_fetched_nor_multiplied(tmp_path: Path):
    """External entities are not read, and a billion laughs stay few."""
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{laughs}<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<rss version="2.0"><channel><item><title>a &x; &l9;</title></item></channel></rss>'
    )
    try:
        feed = read(xml)
    except NotAFeedError:
        return
    title = feed.items[0].title or ""
    assert "secret" not in title
    assert len(title) < 10_000


def test_very_long_feeds_are_cut_with_a_note():
    """Of 2,500 items the first 2,000 are read, and the note says so."""
    items = "".join(f"<item><guid>{n}</guid><title>{n}</title></item>" for n in range(2500))
    feed = read(f"<rss version='2.0'><channel>{items}</channel></rss>")
    assert len(feed.items) == LIMIT_ITEMS
    assert feed.notes == ("of 2500 items the first 2000 were read",)


def test_json_feed_is_read():
    """JSON Feed 1.1 gives the same items as the XML formats."""
    feed = read(
        """{"version": "https://jsonfeed.org/version/1.1", "title": "T", "language": "pt_br", "items": [
        {"id": 7, "url": "/7", "title": "Sete &amp; oito", "content_html": "<p>x<script>y</script></p>",
         "tags": ["a", "a"],
         "date_published": "2026-03-03T10:00:00-03:00", "language": "PT"},
        {"id": "8", "external_url": "https://x.example/8", "content_text": "a < b"},
        {"id": "9", "title": 5}, "no item", {"id": "10"}]}""",
        media_type="application/feed+json",
    )
    seven, eight = feed.items
    assert (feed.title, feed.language) == ("T", "pt-BR")
    assert (seven.guid, seven.url, seven.title) == ("7", "https://paper.example/7", "Sete & oito")
    assert (seven.body, seven.media_type, seven.language, seven.categories) == ("<p>x</p>", "text/html", "pt", ("a",))
    assert seven.published is not None
    assert (eight.body, eight.media_type, eight.url) == ("a < b", "text/plain", "https://x.example/8")
    assert len(feed.notes) == 2
    assert feed.notes[0].startswith("items.2.title: ")


@pytest.mark.parametrize("depth", [100_000])
def test_deep_nesting_is_an_error_not_a_crash(depth: int):
    """A hundred thousand open elements, brackets or tags in a body end in an error, or in words without tags."""
    for text in ("<a>" * depth, '{"items": ' + "[" * depth):
        with pytest.raises(NotAFeedError):
            read(text)
    item = only("<title>x</title><description>" + "&lt;div&gt;deep" * 20_000 + "</description>")
    assert item.body.startswith("deep deep")


PARTS = [
    "<rss version='2.0'>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<![CDATA[", "]]>", "<guid>",
    "</guid>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<content type='html'>",
    "<content type='xhtml'>",
    "'/>", "<link href='", "&lt;", "&#x0;", "&#xD800;", "&#xFFFFFFFF;", "&nbsp;", "<!DOCTYPE x [", "<!ENTITY a 'b'>",
    "]>", "&a;",
    "<pubDate>", "9999-99-99", "<ttl>", "<!--", "-->", "<?xml version='1.0' encoding='utf-7'?>", "http://[", "//", "\0",
    "\ufeff", "{", '"version": "https://jsonfeed.org/version/1"', '"items": [', "]", "}", "null", '"\\ud800"', "<html>",
    "<link rel=alternate", "<media:content url='x'>", "<:>", "<x: y:z='1'>", "</:x>",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=8)), max_size=30).map(
            lambda parts: "".join(parts).encode()
        ),
    ),
    st.sampled_from(["", "text/html", "application/json", "application/rss+xml"]),
    st.sampled_from([None, "utf-8", "utf-7", "idna", "rot13", "nonsense", "tis-620"]),
)
def test_any_bytes_are_a_feed_or_not_a_feed(data: bytes, media_type: str, charset: str | None):
    """Whatever a stranger sends, the answer is items that can be stored or one clear error."""
    try:
        feed = read_feed(data, URL, NOW, media_type, charset)
    except NotAFeedError as error:
        feed = Feed((), notes=(str(error),))
    assert all(note and "\n" not in note for note in feed.notes)
    for item in feed.items:
        assert item.guid
        assert item.title or item.body
        assert "<script" not in item.body


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_feed_is_read_as_far_as_it_goes(data: st.DataObject):
    """A feed with bytes cut out or changed is read or refused, never a crash."""
    whole = bytearray(
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>Báo</title>"
        "<item><guid>1</guid><title>Một</title><description><![CDATA[<p>Nội dung</p>]]></description>"
        "<pubDate>Tue, 03 Mar 2026 10:00:00 +0700</pubDate></item></channel></rss>".encode()
    )
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=4))
        if not whole:
            break
    with contextlib.suppress(NotAFeedError):
        read_feed(bytes(whole), URL, NOW)


@pytest.mark.parametrize(
    "text",
    [
        "<" * 400_000,
        "&" * 400_000,
        "<rss><channel><item><title>" + "<![CDATA[" * 40_000,
        "<rss><channel><item><description>" + "&lt;" * 100_000,
        "<!DOCTYPE " + "[<!ENTITY " * 40_000,
        "<rss version='2.0'><channel>" + "<item>" * 60_000,
        "<!--" * 100_000,
        "<html" + "<link rel=alternate type=application/rss+xml href=" * 10_000,
        "<rss " + "a='b' " * 60_000 + "><channel><item><title>x",
    ],
    ids=lambda text: text[:24],
)
def test_hostile_text_takes_bounded_time(text: str):
    """Text built to make parsers slow is done in seconds."""
    gc.collect()
    before = time.monotonic()
    with contextlib.suppress(NotAFeedError):
        read(text)
    assert time.monotonic() - before < 5


MEDIA = '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
PHOTO = "https://cdn.paper.example/harbour.jpg"


def test_the_widest_picture_of_an_item_is_read():
    """Media RSS in several sizes gives the widest, with the text that describes it; films and sounds give none."""
    item = only(
        '<title>One</title><media:content url="https://a.example/140.jpg" width="140" height="84"/>'
        f'<media:group><media:content url="{PHOTO}" width="700" height="420" medium="image">'
        '<media:description type="plain">Cranes at dusk</media:description><media:credit>Ann</media:credit>'
        '</media:content></media:group><media:thumbnail url="https://a.example/t.jpg" width="240"/>',
        MEDIA,
    )
    assert item.image == Image(PHOTO, "Cranes at dusk", 700, 420)
    film = '<media:content url="https://a.example/f" medium="video"/>'
    sound = '<media:content url="https://a.example/s" type="audio/mpeg"/>'
    assert only(f"<title>One</title>{film}{sound}", MEDIA).image is None


@pytest.mark.parametrize(
    "given_",
    [
        f'<media:thumbnail url="{PHOTO}"/>',
        f'<media:content url="{PHOTO}"/>',
        f'<enclosure url="{PHOTO}" type="image/jpeg" length="0"/>',
        f'<itunes:image xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" href="{PHOTO}"/>',
    ],
)
def test_pictures_are_read_wherever_feeds_put_them(given_: str):
    """A thumbnail, a medium of no declared kind, an enclosure and iTunes' element each give a picture."""
    assert only(f"<title>One</title>{given_}", MEDIA).image == Image(PHOTO)


@pytest.mark.parametrize(
    "lie",
    [
        '<media:content url="javascript:alert(1)" medium="image"/>',
        '<media:content url="data:image/png;base64,AAAA" type="image/png"/>',
        '<media:content url="//a.example/x.jpg"/>',
        f'<media:content url="https://a.example/{"x" * 10_000}.jpg"/>',
        '<media:content url="https://a.example/x.jpg" width="1" height="1"/>',
        '<media:content url="https://a.example/x.svg" type="image/svg+xml"/>',
        '<enclosure url="https://a.example/x.mp3" type="audio/mpeg"/>',
        '<enclosure url="https://a.example/x"/>',
        "<media:content/>",
        '<media:thumbnail url=""/>',
    ],
)
def test_lies_about_pictures_give_none(lie: str):
    """What is hostile, tiny, a drawing or a sound is no picture, and the item is read all the same."""
    item = only(f"<title>One</title><description>Text.</description>{lie}", MEDIA)
    assert (item.title, item.body, item.image) == ("One", "Text.", None)


def test_a_caption_is_not_what_the_item_says():
    """What describes a picture never takes the place of the item's own text, wherever it stands."""
    beside = "<media:description>A much longer caption of it</media:description>"
    caption = f'<media:content url="{PHOTO}">{beside}</media:content>'
    for order in ("<description>Text.</description>{}", "{}<description>Text.</description>"):
        assert only("<title>One</title>" + order.format(caption), MEDIA).body == "Text."
        assert only("<title>One</title>" + order.format(beside), MEDIA).body == "Text."
    film = "<media:group><media:description>What the film tells.</media:description></media:group>"
    assert only(f"<title>One</title>{film}", MEDIA).body == "What the film tells."


def test_a_json_feed_names_its_pictures():
    """image, or else banner_image, of an item is its picture; what is no text is an error of that item alone."""
    feed = read(
        '{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": ['
        f'{{"id": "1", "title": "A", "image": "{PHOTO}"}},'
        f'{{"id": "2", "title": "B", "image": "x.jpg", "banner_image": "{PHOTO}"}},'
        '{"id": "3", "title": "C", "image": {"url": "x"}}]}'
    )
    assert [item.image for item in feed.items] == [Image(PHOTO), Image(PHOTO)]
    assert len(feed.notes) == 1
    assert "items.2.image" in feed.notes[0]


def test_sizes_of_pictures_in_a_body_are_kept():
    """A body keeps width and height of its pictures, by which those that count readers are told."""
    body = only(f'<description><![CDATA[<p>x</p><img src="{PHOTO}" width="1" height="1">]]></description>').body
    assert 'width="1"' in body
    assert 'height="1"' in body
