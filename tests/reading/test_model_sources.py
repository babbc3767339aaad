"""What the classifier learns from: every line is a sentence with acts of its side, and what judges it is not among it."""

from __future__ import annotations

from collections import Counter

from tools.acts_model.rows import BY, HELD_OUT, folders, tabled, written


def test_every_line_written_for_it_is_one() -> None:
    rows = list(written())
    assert len(rows) > 3000
    assert all(row.folded.strip() and all(BY[act] == row.side for act in row.acts) for row in rows)


def test_each_act_has_sentences_that_do_it_and_many_that_do_nothing() -> None:
    rows = list(written())
    counted = Counter(act for row in rows for act in row.acts)
    assert {act for act in BY if counted[act] < 10} == set()
    assert sum(not row.acts for row in rows) > len(rows) / 4


def test_a_sentence_of_the_tables_tells_of_its_own_act_only() -> None:
    for row in tabled():
        if row.only is not None:
            assert {act for act in BY if row.tells(act)} == row.only
            assert len(row.only) == 1


def test_what_judges_it_teaches_it_nothing() -> None:
    learned = {folder.name for folder in folders(held_out=False)}
    judging = {folder.name for folder in folders(held_out=True)}
    assert judging == HELD_OUT
    assert not learned & judging
