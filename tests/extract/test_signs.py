"""What readers of words need not see is taken out of a text, and nothing else moves."""

from crawler.extract.signs import unprinted


def test_signs_of_print_become_spaces_and_all_else_stays_in_its_place() -> None:
    assert unprinted("“Acme’s café” – 3…") == " Acme s café    3 "
    assert unprinted("'Acme' opens") == "'Acme' opens"
