"""Bytes become the text they were written as, whatever their labels say."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.charset import decode, utf8

TEXTS = {
    "gb18030": "<p>电力公司与区政府签署战略合作框架协议，共同打造能源创新发展的国家典范。</p>",
    "big5hkscs": "<p>電力公司與區政府簽署戰略合作框架協議，共同打造能源創新發展的國家典範。</p>",
    "shift_jis": "<p>株式会社は本日、新製品を発表しました。お問い合わせはこちらへどうぞ。</p>",
    "euc_jp": "<p>株式会社は本日、新製品を発表しました。お問い合わせはこちらへどうぞ。</p>",
    "iso2022_jp": "<p>株式会社は本日、新製品を発表しました。</p>",
    "euc_kr": "<p>주식회사는 오늘 신제품을 발표했다. 기자 여러분께 알려드립니다.</p>",
    "cp1251": "<p>Компания объявила сегодня о запуске нового продукта на рынке.</p>",
    "cp1250": "<p>Spółka ogłosiła dziś, że żąda większych zysków – źródło: rzeczniczka.</p>",
    "cp1253": "<p>Η εταιρεία ανακοίνωσε σήμερα το νέο της εργοστάσιο στην Αθήνα.</p>",
    "cp1254": "<p>Şirket bugün İstanbul'da yeni fabrikasını açtığını duyurdu: ağır iş.</p>",
    "cp1257": "<p>Bendrovė šiandien paskelbė apie naują gamyklą Vilniuje – ąžuolų gatvėje.</p>",
    "cp1252": "<p>Größe, café, déjà vu – “quoted”</p>",
    "utf-8": "<p>Größe, 株式会社, компания</p>",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_rightly_labelled_is_read(name: str) -> None:
    assert decode(TEXTS[name].encode(name), f"text/html; charset={name}") == TEXTS[name]


@pytest.mark.parametrize("label", [None, "text/html; charset=iso-8859-1", "text/html; charset=bogus"])
def test_utf_8_is_read_under_any_label(label: str | None) -> None:
    assert decode(TEXTS["utf-8"].encode(), label) == TEXTS["utf-8"]


@pytest.mark.parametrize("name", ["gb18030", "shift_jis", "euc_jp", "euc_kr", "cp1251"])
def test_a_latin_label_on_other_writing_is_not_believed(name: str) -> None:
    assert decode(TEXTS[name].encode(name), "text/html; charset=iso-8859-1") == TEXTS[name]


def test_a_meta_element_is_read_where_the_header_is_silent() -> None:
    html = f'<meta charset="gb2312">{TEXTS["gb18030"]}'
    assert decode(html.encode("gb18030"), "text/html") == html


@pytest.mark.parametrize("label", ["gb2312", "GBK", "x-gbk", "gb_2312-80"])
def test_a_chinese_label_means_its_largest_set(label: str) -> None:
    text = "<p>深圳市镕铠科技公司今日发布公告。</p>"
    assert decode(text.encode("gb18030"), f"text/html; charset={label}") == text


@pytest.mark.parametrize("name", ["gb18030", "shift_jis", "euc_jp", "euc_kr", "big5hkscs", "cp1251"])
def test_writing_without_any_label_is_recognised(name: str) -> None:
    text = TEXTS[name] * 5
    assert decode(text.encode(name)) == text


def test_the_header_is_asked_before_the_page() -> None:
    html = f'<meta charset="windows-1252">{TEXTS["cp1251"]}'
    assert decode(html.encode("cp1251"), "text/html; charset=windows-1251") == html


def test_a_header_for_which_the_bytes_are_impossible_yields_to_the_page() -> None:
    html = f'<meta charset="euc-kr">{TEXTS["euc_kr"] * 5}'
    assert decode(html.encode("euc_kr"), "text/html; charset=utf-8") == html


def test_a_mark_beats_every_label() -> None:
    html = '<meta charset="iso-8859-1"><p>Größe</p>'
    assert decode(codecs.BOM_UTF8 + html.encode(), "text/html; charset=windows-1251") == html


def test_iso_8859_1_means_windows_1252() -> None:
    assert decode(b"\x93quoted\x94 \x96 5 \x80", "text/html; charset=iso-8859-1") == "“quoted” – 5 €"


@pytest.mark.parametrize("name", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_wide_text_is_read_with_and_without_a_mark(name: str) -> None:
    assert decode(TEXTS["cp1252"].encode(name)) == TEXTS["cp1252"]


def test_utf_8_cut_in_the_middle_of_a_letter_stays_utf_8() -> None:
    assert (
        decode("Zürich — Größe".encode() + b"\xe2\x80", "text/html; charset=utf-8") == "Zürich — Größe\ufffd"
    )


def test_a_broken_place_does_not_turn_a_page_into_another_charset() -> None:
    body = ("Zürich – Größe, naïve café. " * 9).encode() + b"\x92s" + "Größe".encode()
    assert decode(body, "text/html; charset=utf-8") == body.decode("utf-8", "replace")


@pytest.mark.parametrize("name", [*TEXTS, "utf-16", "utf-8-sig"])
def test_recoding_says_what_decoding_says(name: str) -> None:
    body = TEXTS["cp1252" if name.startswith("utf-") else name].encode(name)
    assert utf8(body, name).decode() == decode(body, name)


@settings(derandomize=True, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([None, "gb2312", "utf-8", "text/html; charset=latin1"]))
def test_recoding_any_bytes_says_what_decoding_says(body: bytes, label: str | None) -> None:
    assert utf8(body, label) == decode(body, label).encode("utf-8", "replace")


@settings(derandomize=True, deadline=None)
@given(st.binary(max_size=400), st.none() | st.text(max_size=40))
def test_any_bytes_give_some_text_without_nul(body: bytes, label: str | None) -> None:
    assert "\x00" not in decode(body, label)
