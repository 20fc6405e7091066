"""Who says each claim of the sample, read back from its graph."""

from pathlib import Path

import pytest

from hostagegraph.errors import SnapshotError
from hostagegraph.store import store_of
from hostagegraph.vocabulary import DEFAULT_BASE as BASE
from hostagegraph.voices import Claim, Claims, claims_in, origins, read_claims, written
from tests.projects import SAMPLE, data_quads

HERE = f"{BASE}id/example-gazette-1900/"


@pytest.fixture(scope="module")
def claims() -> Claims:
    return claims_in(store_of(data_quads(SAMPLE)), BASE)


def claim(claims: Claims, number: str) -> Claim:
    return claims[f"{HERE}c{number}"]


def test_every_claim_of_the_sample_is_there_with_a_chain_in_favour(claims: Claims) -> None:
    assert len(claims) == 30
    assert all(each.chains for each in claims.values())


def test_an_outlet_in_its_own_voice_has_passed_nothing_on(claims: Claims) -> None:
    (chain,) = claim(claims, "0101-01").chains
    assert [voice.label for voice in chain.voices] == ["Example Gazette"]
    assert (chain.depth, chain.origin.attribution) == (0, "institutional")
    assert chain.passages == (f"{HERE}p-56-196 (56-196)",)


def test_the_words_of_others_have_their_voice_and_its_kind(claims: Claims) -> None:
    kinds = {
        number: [
            (voice.label, voice.attribution) for voice in origins(claim(claims, number).chains)
        ]
        for number in ("0101-05", "0101-07", "0103-02", "0105-09")
    }
    assert kinds == {
        "0101-05": [("Example Courier", "institutional")],
        "0101-07": [("senior member of the Freedonian team", "pseudonymous")],
        "0103-02": [("senior harbour official", "anonymous")],
        "0105-09": [("Ottilie Quill", "named")],
    }
    assert {claim(claims, number).chains[0].depth for number in kinds} == {1}


def test_a_denial_stands_beside_the_claim_and_is_no_voice_for_it(claims: Claims) -> None:
    denied = claim(claims, "0103-06")
    assert [voice.label for voice in origins(denied.chains)] == ["Two Freedonian diplomats"]
    assert [voice.label for voice in origins(denied.denials)] == ["Basil Thrumm"]
    assert denied.denials[0].passages == (f"{HERE}p-1081-1098 (1081-1098)",)
    assert [each.iri for each in claims.values() if each.denials] == [denied.iri]


def test_leaks_are_marked(claims: Claims) -> None:
    leaks = [each.iri.rpartition("/")[2] for each in claims.values() if each.leak]
    assert leaks == ["c0103-06", "c0105-03", "c0105-04"]


def test_what_is_written_is_read_again(claims: Claims, tmp_path: Path) -> None:
    path = tmp_path / "claims.json"
    path.write_text(written(claims), encoding="utf-8")
    assert read_claims(path) == claims


@pytest.mark.parametrize("text", ["", "{", "[{}]", '[{"iri": 1}]', "[1]"])
def test_another_document_is_no_list_of_claims(tmp_path: Path, text: str) -> None:
    path = tmp_path / "claims.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SnapshotError, match=r"claims\.json cannot be read"):
        read_claims(path)
