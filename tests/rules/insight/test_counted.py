"""Numbers of a report by their word: which flags of a case each asks for."""

from itertools import combinations

import pytest

from amends.rules.insight.case_facts import Event, Flag
from amends.rules.insight.counted import BITS, LACKS, WORDS, Lack, bits

SETS = [set(some) for size in range(len(Flag) + 1) for some in combinations(Flag, size)]


def fits(counted: Flag | Lack, flags: set[Flag]) -> bool:
    mask, wanted = bits(counted)
    return sum(BITS[flag] for flag in flags) & mask == wanted


@pytest.mark.parametrize("flag", Flag)
def test_a_flag_asks_for_itself_alone(flag: Flag):
    assert all(fits(flag, some) == (flag in some) for some in SETS)


@pytest.mark.parametrize("lack", Lack)
def test_a_lack_asks_for_what_is_there_and_what_is_not(lack: Lack):
    present, absent = LACKS[lack]
    for some in SETS:
        assert fits(lack, some) == (set(present) <= some and not set(absent) & some)


def test_every_word_of_an_address_means_one_number():
    assert len(WORDS) == len(Flag) + len(Lack) + len(Event)


def test_kept_bits_always_mean_the_same():
    assert BITS == {
        Flag.CAPTURED: 1,
        Flag.ANSWERED: 2,
        Flag.SILENT: 4,
        Flag.IN_TERM: 8,
        Flag.RESOLVED: 16,
        Flag.HOSTILE: 32,
    }
