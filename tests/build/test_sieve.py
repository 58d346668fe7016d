"""A quick look must never miss what a close one finds."""

from __future__ import annotations

from govpack.build.sieve import Sieve

PROSE = "We would leave Nimbus rather than accept a price above the market's"


def test_a_text_that_shares_a_row_of_words_with_prose_is_held_with_that_prose() -> None:
    sieve = Sieve([], [PROSE, "Nothing that anybody would say twice in a contract"], 6)
    assert sieve.look("… LEAVE nimbus, rather\nthan accept a price …").prose == {PROSE}
    assert not sieve.look("we would leave Nimbus rather").prose


def test_a_text_is_held_for_a_name_only_where_all_of_its_pieces_stand() -> None:
    sieve = Sieve(["Steering-committee of Halden", "O'Neill"], [PROSE], 6)
    assert sieve.look("the (Steering-committee of Halden)").name
    assert sieve.look("signed: O'Neill.").name
    assert not sieve.look("a steering-committee of others").name


def test_a_name_of_signs_only_is_looked_for_in_every_text() -> None:
    assert Sieve(["***"], [], 6).look("anything").name
