"""Status bytes: what a printer encodes, the kiosk decodes; and noise never breaks it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.printer_status import (
    AnswerSieve,
    Ask,
    PrinterFacts,
    ask,
    decode_ordered,
    decode_realtime,
    encode_ordered,
    encode_realtime,
    is_ordered,
    is_realtime,
    state_of,
)
from smartqueue.terms import PrinterState

any_facts = st.builds(PrinterFacts, **{name: st.booleans() for name in PrinterFacts.__slots__})
HEALTHY = PrinterFacts()


def heard(facts: PrinterFacts) -> PrinterFacts:
    known = HEALTHY
    for which in Ask:
        known = decode_realtime(which, encode_realtime(which, facts), known)
    return known


def test_the_request_is_dle_eot_n():
    assert ask(Ask.PAPER) == b"\x10\x04\x04"


@pytest.mark.parametrize(
    ("which", "facts", "byte"),
    [
        (Ask.PRINTER, HEALTHY, 0x12),
        (Ask.PRINTER, PrinterFacts(offline=True), 0x1A),
        (Ask.OFFLINE_CAUSE, PrinterFacts(cover_open=True), 0x16),
        (Ask.OFFLINE_CAUSE, PrinterFacts(paper_out=True), 0x32),
        (Ask.ERROR_CAUSE, PrinterFacts(cutter_jam=True), 0x1A),
        (Ask.PAPER, PrinterFacts(paper_low=True), 0x1E),
        (Ask.PAPER, PrinterFacts(paper_out=True), 0x7E),
    ],
)
def test_the_bytes_are_those_of_the_reference(which, facts, byte):
    assert encode_realtime(which, facts) == byte


@given(any_facts)
def test_what_a_printer_says_is_what_the_kiosk_hears(facts):
    said = replace(facts, error=facts.any_error, paper_low=facts.paper_low or facts.paper_out)
    assert heard(facts) == said
    assert state_of(heard(facts)) == state_of(facts)


@given(any_facts)
def test_the_ordered_answer_tells_the_paper(facts):
    known = decode_ordered(encode_ordered(facts), HEALTHY)
    assert known.paper_out == facts.paper_out
    assert known.paper_low == (facts.paper_low or facts.paper_out)


@given(any_facts, st.sampled_from(Ask))
def test_the_two_kinds_of_answers_cannot_be_confused(facts, which):
    assert is_realtime(encode_realtime(which, facts))
    assert not is_ordered(encode_realtime(which, facts))
    assert is_ordered(encode_ordered(facts))
    assert not is_realtime(encode_ordered(facts))


def test_an_open_cover_is_told_before_the_missing_paper():
    assert state_of(PrinterFacts(cover_open=True, paper_out=True, offline=True)) is PrinterState.COVER_OPEN


def test_low_paper_is_a_warning_and_no_trouble():
    assert state_of(PrinterFacts(paper_low=True)) is PrinterState.LOW_PAPER
    assert state_of(HEALTHY) is PrinterState.OK


def test_an_unasked_status_block_is_not_taken_for_an_answer():
    block = b"\x14\x00\x00\x0f"
    assert list(AnswerSieve().sift(block + b"\x12" + b"\x00")) == [0x12, 0x00]


def test_a_realtime_answer_inside_a_block_is_still_heard():
    assert list(AnswerSieve().sift(b"\x14\x00\x12\x00\x0f\x00")) == [0x12, 0x00]


@given(st.lists(st.binary(max_size=20), max_size=8))
def test_no_noise_breaks_the_sieve_and_where_it_is_cut_does_not_matter(pieces):
    in_pieces, whole = AnswerSieve(), AnswerSieve()
    sifted = [byte for piece in pieces for byte in in_pieces.sift(piece)]
    assert sifted == list(whole.sift(b"".join(pieces)))
    assert all(is_realtime(byte) or is_ordered(byte) for byte in sifted)
