"""Queries held against texts: what is found, how good it is, and what is shown of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.seeking import Piece, excerpt, marked, query_of, seek
from briefing.text.terms import tokens


def shown(query: str, text: str) -> str:
    """Give a text with what a query finds in it in brackets, or nothing."""
    found = seek(query_of(query), "", text)
    if found is None:
        return ""
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in marked(text, found.text))


CASES = [
    ("treaty", "The Treaty was ratified.", "The [Treaty] was ratified."),
    ("treat", "Treaties and treatment", "[Treaties] and [treatment]"),
    ("war", "a warning of war", "a warning of [war]"),
    ("2024", "20245 and 2024", "20245 and [2024]"),
    ("договор", "Условия Договора", "Условия [Договора]"),
    ("quoc hoi", "Quốc hội Việt Nam", "[Quốc] [hội] Việt Nam"),
    ("quốc hội", "Quoc hoi, quộc hội", "[Quoc] [hoi], quộc [hội]"),
    ("รัสเซีย", "ประธานาธิบดีรัสเซียเดินทาง", "ประธานาธิบดี[รัสเซีย]เดินทาง"),
    ("ผู้นำ", "พบผู้นําเกาหลี", "พบ[ผู้นํา]เกาหลี"),
    ("条約", "包括的条約を批准", "包括的[条約]を批准"),
    ("カガク", "ｶｶﾞｸ誌", "[ｶｶﾞｸ誌]"),
    ("كتاب", "این کتاب است", "این [کتاب] است"),
    ("خواهد", "او می‌خواهد", "او [می‌خواهد]"),
    ('"north korea"', "Korea North; North Korea", "Korea North; [North Korea]"),
    ("“lower house”", "the lower houses, the lower house", "the lower houses, the [lower house]"),
    ('"条約 批准"', "条約、批准した", "[条約、批准した]"),
    ("L'Iran", "l’Iran et Iranian", "[l]’[Iran] et [Iranian]"),
    ("treaty -putin", "Treaty of Putin", ""),
    ("treaty - putin", "Treaty of Putin", "[Treaty] of [Putin]"),
    ("treaty moon", "Treaty", ""),
]


@pytest.mark.parametrize(("query", "text", "result"), CASES)
def test_what_is_found(query: str, text: str, result: str) -> None:
    """Words whole or from four letters on by their beginning, quotations side by side, no word after a minus."""
    assert shown(query, text) == result


@pytest.mark.parametrize("query", ["", " ", '"', '""', "-", "- -", "*", "()", "AND OR", "\x00", "NEAR(", "a:b", "%_'"])
def test_no_query_is_wrong(query: str) -> None:
    """Operators of any search language are words or nothing."""
    assert query_of(query).wanted == tuple(query_of(term.bare).wanted[0] for term in _terms(query))


def _terms(text: str) -> list[object]:
    return [token.term for token in tokens(text)]


def test_a_query_is_bounded() -> None:
    """Of ten thousand characters a dozen words are looked for."""
    assert len(query_of(" ".join(f"word{number}" for number in range(2000))).wanted) == 12


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (("Treaty", "…"), ("…", "Treaty treaty treaty treaty")),
        (("Treaty", ""), ("Treatymaking", "")),
        (("", "treaty here and treaty there"), ("", "treaty")),
        (("", "the treaty"), ("", "the treatymaker")),
    ],
)
def test_title_over_text_and_whole_over_part(better: tuple[str, str], worse: tuple[str, str]) -> None:
    """A hit in the title outweighs any in the text; a whole word outweighs a beginning; more outweigh one."""
    query = query_of("treaty")
    one, other = seek(query, *better), seek(query, *worse)
    assert one is not None
    assert other is not None
    assert one.score > other.score


def test_words_side_by_side_are_better() -> None:
    """The asked words next to each other outweigh the same words apart."""
    query = query_of("north korea")
    one, other = seek(query, "", "in North Korea now"), seek(query, "", "Korea now in North")
    assert one is not None
    assert other is not None
    assert one.score > other.score


def test_loosened_is_content_with_one() -> None:
    """A loosened query finds what has one of its words, and more of them are better."""
    loose = query_of("treaty moon cheese").loosened()
    assert loose is not None
    one, two = seek(loose, "", "treaty"), seek(loose, "", "treaty moon")
    assert one is not None
    assert two is not None
    assert two.score > one.score
    assert query_of("treaty").loosened() is None


def test_an_excerpt_shows_where_the_words_are() -> None:
    """It is cut around the place that has most of the words, at spaces, on one line, with … at the cuts."""
    text = "Begin.\n\n" + "filler words " * 60 + "the treaty with\nKorea is here. " + "more words " * 60
    found = seek(query_of("treaty korea"), "", text)
    assert found is not None
    pieces = excerpt(text, found.text)
    assert [piece.text for piece in pieces if piece.hit] == ["treaty", "Korea"]
    whole = "".join(piece.text for piece in pieces)
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert "\n" not in whole
    assert len(whole) < 260


def test_an_excerpt_of_thai_is_never_cut_before_a_mark() -> None:
    """A vowel or tone mark stays with its letter at both ends."""
    text = "ที่ผู้นำน้ำสี่ขั้น" * 60
    found = seek(query_of("ขั้น"), "", text)
    assert found is not None
    whole = "".join(piece.text for piece in excerpt(text, found.text[-1:])).strip("… ")
    assert whole[0] in "ที่ผู้นำน้ำสี่ขั้น"[0::1]
    assert not "\u0e31" <= whole[0] <= "\u0e4e"


queries = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(['"', "-", "a", "ab", "条約", "รัส", " "])).map("".join)
)


@given(query=queries, text=st.text(max_size=300))
def test_seeking_never_fails_and_points_into_the_text(query: str, text: str) -> None:
    """Any query against any text gives spans inside it, in order; pieces put together are the text again."""
    found = seek(query_of(query), text[:40], text)
    if found is None:
        return
    assert found.score > 0
    for spans, of in ((found.title, text[:40]), (found.text, text)):
        assert all(0 <= span.start < span.end <= len(of) for span in spans)
        assert "".join(piece.text for piece in marked(of, spans)) == of
        assert all(isinstance(piece, Piece) and piece.text for piece in excerpt(of, spans))


@given(st.text(min_size=1, max_size=80))
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    """Each word or stretch of a text, asked for as it stands, is found in it."""
    for token in list(tokens(text))[:20]:
        asked = query_of(text[token.start : token.end])
        assert seek(asked, "", text) is not None
