"""Laws of what the words around a date say it is."""

import pytest

from crawler.extract.date.said import Label, label


@pytest.mark.parametrize(
    ("before", "behind", "said"),
    [
        ("Published: ", "", "published"),
        ("Posted by Jo Roe on ", "", "published"),
        ("FOR IMMEDIATE RELEASE ", "", "published"),
        ("Veröffentlicht am ", "", "published"),
        ("Publié le ", "", "published"),
        ("Publicado em ", "", "published"),
        ("Fecha: ", "", "published"),
        ("Pubblicato il ", "", "published"),
        ("Gepubliceerd op ", "", "published"),
        ("Publicerad ", "", "published"),
        ("Opublikowano ", "", "published"),
        ("发布时间：", "", "published"),
        ("発行日：", "", "published"),
        ("掲載日 ", "", "published"),
        ("등록일 ", "", "published"),
        ("wurde am ", " Uhr veröffentlicht", "published"),
        ("wurde am ", " veröffentlicht", "published"),
        ("", " 発表", "published"),
        ("", "에 등록", ""),
        ("", " 등록", "published"),
        ("EMBARGOED UNTIL 08:00 GMT, ", "", "published"),
        ("Sperrfrist bis ", "", "published"),
        ("Last updated on ", "", "updated"),
        ("Zuletzt aktualisiert: ", "", "updated"),
        ("Mis à jour le ", "", "updated"),
        ("更新日：", "", "updated"),
        ("", " (updated)", "updated"),
        ("", ", updated 9 November 2026", "published"),
        ("Published 3 May 2026, updated ", "", "updated"),
        ("Updated 9 May 2026, first published ", "", "published"),
        ("in effect until ", "", "other"),
        ("gültig bis ", "", "other"),
        ("Stichtag ", "", "other"),
        ("jusqu'au ", "", "other"),
        ("截至", "", "other"),
        ("born ", "", "other"),
        ("© Acme ", "", "never"),
        ("Deadline: ", "", "never"),
        ("— Jo Roe (@joroe) ", "", "never"),
        ("Registriert: ", "", "never"),
        ("Joined ", "", "never"),
        ("COLUMBUS, Ohio, ", " -- Acme today", ""),
    ],
)
def test_the_nearest_words_say_what_a_date_is(before: str, behind: str, said: Label) -> None:
    assert label(before, behind) == said


def test_a_photographers_sign_before_an_hour_is_no_copyright() -> None:
    assert (label("Photo: © Jo Roe "), label("Photo: © Jo Roe ", timed=True)) == ("never", "")
