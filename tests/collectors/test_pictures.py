"""Pictures fetched and scaled: good ones, and those that publishers and enemies really send."""

import asyncio
import io
import struct
import time
import zlib
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from briefing.collectors.fetch import Client
from briefing.collectors.pictures import PictureCopier
from briefing.collectors.scaling import LARGE, LIMIT_PIXELS, SMALL, NotAPictureError, scaled
from briefing.errors import CollectError
from briefing.ports import Copy

from .conftest import Site


def photo(width: int, height: int, kind: str = "JPEG", mode: str = "RGB", **options: object) -> bytes:
    """Make a picture whose colours run from corner to corner."""
    across, down = (
        Image.linear_gradient("L").resize((width, height)),
        Image.radial_gradient("L").resize((width, height)),
    )
    made = Image.merge("RGB", (across, down, across.transpose(Image.Transpose.ROTATE_180)))
    out = io.BytesIO()
    made.convert(mode).save(out, kind, **options)
    return out.getvalue()


def opened(copy: Copy) -> Image.Image:
    made = Image.open(io.BytesIO(copy.body))
    made.load()
    return made


def png(width: int, height: int) -> bytes:
    """Write the head of a PNG that says it is so large, with pixels of next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(100_000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_photograph_becomes_a_small_jpeg(kind: str):
    """Across the text a picture is 1168 pixels wide in its own shape; beside it 264 by 176; always a JPEG."""
    data = photo(2400, 1350, kind)
    large, small = scaled(data, large=True), scaled(data, large=False)
    assert (large.width, large.height) == (LARGE[0], 657)
    assert (small.width, small.height) == SMALL
    for copy in (large, small):
        made = opened(copy)
        assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (copy.width, copy.height))
        assert made.info.get("progressive") == 1
    assert len(large.body) < 150_000
    assert len(small.body) < 15_000


def test_no_picture_is_enlarged():
    """A small picture keeps its size across the text, and is cut to shape beside it; too narrow ones go beside it."""
    assert scaled(photo(800, 450), large=True).width == 800
    beside = scaled(photo(200, 120), large=False)
    assert (beside.width, beside.height) == (180, 120)
    for shape in ((400, 300), (900, 1600)):
        narrow = scaled(photo(*shape), large=True)
        assert (narrow.width, narrow.height) == SMALL


def test_nothing_but_what_is_seen_is_left():
    """Notes of place and author, profiles and what hides behind the picture's end are gone; its turn is done."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x013B] = "Jane Secret"
    data = photo(600, 1000, exif=exif.tobytes()) + b"<script>alert(1)</script>PK\x03\x04"
    copy = scaled(data, large=True)
    assert (copy.width, copy.height) == (1000, 600)
    for hidden in (b"Secret", b"script", b"PK\x03\x04", b"Exif", b"ICC_PROFILE"):
        assert hidden not in copy.body


def test_transparency_becomes_white():
    """What is transparent is white in every theme, as its makers saw it."""
    clear = Image.new("RGBA", (600, 400), (0, 0, 0, 0))
    clear.paste((200, 0, 0, 255), (0, 0, 300, 400))
    for kind in ("PNG", "WEBP", "GIF"):
        out = io.BytesIO()
        clear.save(out, kind)
        made = opened(scaled(out.getvalue(), large=True))
        assert min(made.getpixel((580, 200))) > 245
        assert made.getpixel((20, 200))[0] > 180


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1"])
def test_every_way_to_write_colours(mode: str):
    """Grey, palettes, print colours and bitmaps come out in RGB."""
    kind = {"L": "JPEG", "CMYK": "JPEG", "P": "PNG", "1": "PNG"}[mode]
    assert opened(scaled(photo(640, 400, kind, mode), large=True)).mode == "RGB"


def bomb_webp(kind: bytes) -> bytes:
    """Write the head of a WebP of 16,383 by 16,383 pixels."""
    if kind == b"VP8X":
        body = b"\x10\0\0\0" + (16_382).to_bytes(3, "little") * 2
    elif kind == b"VP8 ":
        body = b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 16_383, 16_383) + bytes(40)
    else:
        body = b"\x2f" + (16_382 | 16_382 << 14).to_bytes(4, "little") + bytes(40)
    chunk = kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


BAD = {
    "nothing": (b"", "no JPEG"),
    "text": (b"<!doctype html><p>Please log in", "no JPEG"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "no JPEG"),
    "tiff": (photo(600, 400, "TIFF"), "no JPEG"),
    "bmp": (photo(600, 400, "BMP"), "no JPEG"),
    "icon": (photo(64, 64, "PNG"), "too small"),
    "pixel": (photo(1, 1, "GIF"), "too small"),
    "strip": (photo(2000, 40), "too small"),
    "png bomb": (png(60_000, 60_000), "more than 12 million"),
    "webp bomb": (bomb_webp(b"VP8X"), "more than 12 million"),
    "lossy webp bomb": (bomb_webp(b"VP8 "), "more than 12 million"),
    "lossless webp bomb": (bomb_webp(b"VP8L"), "more than 12 million"),
    "gif bomb": (photo(300, 200, "GIF").replace(struct.pack("<HH", 300, 200), b"\xff" * 4, 1), "more than 12 million"),
    "scans": (photo(600, 400) + b"\xff\xda" * 70, "more than 64 scans"),
    "cut off": (photo(1200, 800)[:20_000], "damaged"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_picture_is_refused(case: str):
    """Other kinds, icons, bombs, cut off ones: each is refused at once, in little memory, with the reason."""
    data, reason = BAD[case]
    began = time.monotonic()
    with pytest.raises(NotAPictureError, match=reason):
        scaled(data, large=True)
    assert time.monotonic() - began < 5


def test_a_blank_picture_shows_nothing():
    """A picture of one colour, as placeholders are, is refused."""
    out = io.BytesIO()
    Image.new("RGB", (600, 400), "#eeeeee").save(out, "PNG")
    with pytest.raises(NotAPictureError, match="one colour"):
        scaled(out.getvalue(), large=True)


def test_the_bound_of_pixels_is_a_cameras():
    """A JPEG of six thousand by four thousand is read, a PNG of that size is not."""
    assert LIMIT_PIXELS >= 6_000 * 4_000
    assert scaled(photo(6_000, 4_000), large=True).width == LARGE[0]
    with pytest.raises(NotAPictureError, match="more than 12 million"):
        scaled(png(6_000, 4_000), large=True)


def test_what_will_not_become_small_is_written_more_coarsely():
    """Noise, the worst of pictures, takes a quarter fewer bytes than at the usual quality."""
    noise = Image.effect_noise((1168, 700), 120)
    out, usual = io.BytesIO(), io.BytesIO()
    noise.convert("RGB").save(out, "PNG")
    noise.convert("RGB").save(usual, "JPEG", quality=78)
    coarse, fine = len(scaled(out.getvalue(), large=True).body), len(usual.getvalue())
    assert coarse < 0.75 * fine


SAMPLES = [photo(300, 200, kind) for kind in ("JPEG", "PNG", "WEBP", "GIF")]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.integers(0, 4_000), st.integers(0, 255)), max_size=12))
def test_damaged_pictures_are_scaled_or_refused(data: bytes, changes: list[tuple[int, int]]):
    """Whatever bytes of a picture change, it is shown or refused, and nothing else is raised."""
    damaged = bytearray(data)
    for place, value in changes:
        damaged[place % len(damaged)] = value
    try:
        copy = scaled(bytes(damaged), large=False)
    except NotAPictureError:
        return
    assert opened(copy).format == "JPEG"


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8X"]),
)
def test_any_bytes_are_refused_without_an_error(data: bytes, head: bytes):
    """Bytes that are no picture are refused as such."""
    with pytest.raises(NotAPictureError):
        scaled(head + data, large=True)


# ---------------------------------------------------------------- over the wire


@pytest.fixture
def copier(client: Client) -> PictureCopier:
    return PictureCopier(lambda: client, {"home"})


def fetched(copier: PictureCopier, url: str, now: datetime, source: str = "home") -> Copy:
    return asyncio.run(copier.copy(source, url, now, large=True))


def test_a_picture_is_asked_for_politely_and_once(site: Site, copier: PictureCopier, now: datetime):
    """One GET that names us, sends no Referer and no cookie, and says which kinds are read."""
    url = site.serve("/a.jpg", photo(1600, 900), Content_Type="image/jpeg")
    assert fetched(copier, url, now).width == 1168
    ((path, headers),) = site.asked
    assert path == "/a.jpg"
    assert "briefing/" in headers["user-agent"]
    assert headers["accept"].startswith("image/jpeg")
    assert not {"referer", "cookie"} & set(headers)


def test_a_picture_in_ones_own_network_is_refused(site: Site, copier: PictureCopier, now: datetime):
    """A source of the public internet cannot make us ask inside, by name, number or redirect; a private one may."""
    inside = site.serve("/a.jpg", photo(600, 400))
    for url in (inside, inside.replace("127.0.0.1", "localhost"), inside.replace("127.0.0.1", "2130706433")):
        with pytest.raises(CollectError, match=r"not on the public internet|not a web address|could not resolve"):
            fetched(copier, url, now, "feed")
    assert site.asked == []
    assert fetched(copier, inside, now).width == 600


@pytest.mark.parametrize(
    ("status", "transient"), [(404, False), (403, False), (410, False), (500, True), (503, True), (429, True)]
)
def test_what_a_server_refuses(site: Site, copier: PictureCopier, now: datetime, status: int, transient: bool):
    """An answer other than 200 is an error that names the picture; it may pass where the server says so."""
    url = site.serve("/a.jpg?key=secret", b"", status)
    with pytest.raises(CollectError, match=rf"picture http.*/a\.jpg answered {status}") as caught:
        fetched(copier, url, now)
    assert caught.value.transient is transient
    assert "secret" not in str(caught.value)


def test_what_a_server_sends_instead(site: Site, copier: PictureCopier, now: datetime):
    """A page, a bomb, too many bytes: each says what it is, whatever its Content-Type claims."""
    for body, reason in (
        (b"<p>Log in</p>", "is no JPEG, PNG, WebP or GIF"),
        (png(60_000, 60_000), "more than 12 million"),
        (photo(2000, 2000, "PNG") + bytes(300_000), "more than 0.2 MB"),
    ):
        url = site.serve("/a.jpg", body, Content_Type="image/jpeg")
        with pytest.raises(CollectError, match=reason):
            fetched(copier, url, now)


def test_a_server_that_does_not_answer_is_not_waited_for(site: Site, now: datetime):
    """The whole answer has the client's time, and no more."""
    site.routes["/slow.jpg"] = lambda request: time.sleep(3)
    copier = PictureCopier(lambda: Client(timeout=timedelta(seconds=0.3), spacing=timedelta(0)), {"home"})
    with pytest.raises(CollectError, match=r"within 0\.3 s") as caught:
        fetched(copier, site.url("/slow.jpg"), now)
    assert caught.value.transient
