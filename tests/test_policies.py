"""Source policies: counts on the invented sample were made by hand in its text."""

import dataclasses

import pytest

from hostagegraph.errors import PolicyError
from hostagegraph.policies import POLICIES, passing, read_policies
from hostagegraph.voices import Chain, Claim, Claims, Voice
from tests.test_voices import claims

__all__ = ["claims"]

# Unnamed voices: K. (0101-07), the official (0103-02), diplomats (0103-06), members (0105-07).
# Leaks: 0103-06, 0105-03, 0105-04.
BY_HAND = {
    "": 30,
    "on-record": 26,
    "first-hand": 30,
    "no-leaks": 27,
    "min-voices:1": 30,
    "min-voices:2": 0,
    "only:example-gazette-1900": 30,
    "only:example-courier-1900": 0,
    "on-record,no-leaks": 24,
    "no-leaks,only:example-gazette-1900": 27,
}


@pytest.mark.parametrize(("words", "count"), BY_HAND.items())
def test_as_many_claims_pass_as_were_counted(claims: Claims, words: str, count: int) -> None:
    assert len(passing(claims, read_policies([words]))) == count


def test_what_went_through_two_mouths_is_not_first_hand() -> None:
    outlet, other, person = (Voice(f"https://example.org/{n}", n, "named") for n in "abc")
    near = Chain((outlet, person), "asserts", "", ())
    far = Chain((outlet, other, person), "asserts", "", ())
    claim = Claim("https://example.org/1", "", "", "", leak=False, chains=(far,), denials=())
    both = dataclasses.replace(claim, iri="https://example.org/2", chains=(far, near))
    found = {each.iri: each for each in (claim, both)}
    assert passing(found, read_policies(["first-hand"])) == (both.iri,)
    assert passing(found, read_policies(["min-voices:2"])) == ()


def test_two_origins_are_two_voices_and_one_origin_twice_is_one() -> None:
    outlet, first, second = (Voice(f"https://example.org/{n}", n, "named") for n in "abc")
    chains = tuple(Chain((outlet, each), "asserts", "", ()) for each in (first, second, second))
    claim = Claim("https://example.org/1", "", "", "", leak=False, chains=chains, denials=())
    assert passing({claim.iri: claim}, read_policies(["min-voices:2"])) == (claim.iri,)
    assert passing({claim.iri: claim}, read_policies(["min-voices:3"])) == ()


def test_who_doubts_a_claim_is_no_voice_that_puts_it_forward() -> None:
    outlet, first, second = (Voice(f"https://example.org/{n}", n, "anonymous") for n in "abc")
    chains = tuple(
        Chain((outlet, voice), stance, "", ())
        for voice, stance in ((first, "asserts"), (second, "doubts"))
    )
    claim = Claim("https://example.org/1", "", "", "", leak=False, chains=chains, denials=())
    doubted = dataclasses.replace(claim, chains=chains[1:])
    for each, least, count in ((claim, 1, 1), (claim, 2, 0), (doubted, 1, 0)):
        assert len(passing({each.iri: each}, read_policies([f"min-voices:{least}"]))) == count
    assert passing({claim.iri: doubted}, read_policies(["on-record"])) == ()


def test_policies_combine_in_any_spelling() -> None:
    once = read_policies(["on-record,no-leaks"])
    assert (
        once == read_policies(["no-leaks", " on-record "]) == read_policies(["no-leaks,on-record"])
    )
    assert read_policies(["", ","]) == ()


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("on-recrod", 'no source policy is called "on-recrod" (did you mean on-record?); known: '),
        ("no-leaks:1", "no-leaks takes no value; write no-leaks"),
        ("min-voices", 'min-voices: not understood: ""; write min-voices:2'),
        ("min-voices:0", 'min-voices: not understood: "0"; write min-voices:2'),
        ("min-voices:two", 'min-voices: not understood: "two"; write min-voices:2'),
        ("only:<x>", 'only: not understood: "<x>"; write only:example-gazette-1900'),
    ],
)
def test_a_policy_that_is_not_understood_is_named(word: str, message: str) -> None:
    with pytest.raises(PolicyError) as caught:
        read_policies([word])
    assert str(caught.value).startswith(message)


def test_each_policy_is_told_in_one_sentence() -> None:
    assert len(POLICIES) == 5
    assert all(says and "." not in says for says in POLICIES.values())
