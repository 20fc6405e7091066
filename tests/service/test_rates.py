"""Whoever asks too often is told when to come back; others are not held up."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from hostagegraph.errors import SettingsError
from hostagegraph.service.app import create_app
from hostagegraph.service.edge.rates import Rates
from hostagegraph.service.layers import Edge
from hostagegraph.service.problems import RateLimited
from tests.service.conftest import Service, running
from tests.service.world import BASE, catalogue_in, snapshot_in

TOKEN = "an-invented-token"  # noqa: S105
TOKENS = f"""
[[token]]
name = "partner"
sha256 = "{hashlib.sha256(TOKEN.encode()).hexdigest()}"
rate = "5/hour"
"""


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[Service]:
    (tmp_path / "tokens.toml").write_text(TOKENS)
    edge = Edge(
        rate="3/hour",
        tokens=tmp_path / "tokens.toml",
        forwarded_from=("127.0.0.9",),
    )
    app = create_app(
        snapshot_in(tmp_path / "snapshots"), catalogue_in(tmp_path / "queries"), edge=edge
    )
    yield from running(app)


def asker(service: Service, address: str = "127.0.0.1") -> httpx.Client:
    return httpx.Client(
        base_url=service.url, transport=httpx.HTTPTransport(local_address=address), timeout=30
    )


def ask(client: httpx.Client, **headers: str) -> int:
    return client.get("/sparql", params={"query": "ASK {}"}, headers=headers).status_code


def test_one_too_many_is_429_with_a_time(limited: Service) -> None:
    with asker(limited) as client:
        assert [ask(client) for _ in range(3)] == [200, 200, 200]
        refused = client.get("/sparql", params={"query": "ASK {}"})
    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["type"] == f"{BASE}errors#rate-limit"
    assert refused.json()["detail"] == "more than 3 requests in 3600 seconds"
    again = int(refused.headers["retry-after"])
    assert 0 < again <= 2 * 3600
    assert refused.headers["ratelimit"] == f'"client";r=0;t={again}'
    assert refused.headers["ratelimit-policy"] == '"client";q=3;w=3600'


def test_what_needs_no_worker_is_not_counted(limited: Service) -> None:
    with asker(limited) as client:
        first = client.get("/queries/agents.csv")
        tag = {"If-None-Match": first.headers["etag"]}
        free = ("/queries/agents.csv", "/healthz", "/readyz", "/version", "/metrics", "/data")
        for path in free * 3:
            assert client.get(path).status_code == 200
        assert client.get("/queries/agents.csv", headers=tag).status_code == 304
        assert [ask(client) for _ in range(3)] == [200, 200, 429]
        assert client.get("/queries/agents.csv").status_code == 200
        assert client.get("/queries/any-claim.csv").status_code == 429
        assert client.get("/id/agent/example-gazette.ttl").status_code == 429


def test_a_page_that_runs_two_queries_is_one_request(limited: Service) -> None:
    with asker(limited) as client:
        for _ in range(3):
            answer = client.get("/id/agent/example-gazette", headers={"Accept": "text/html"})
            assert answer.status_code == 200


def test_others_are_not_held_up(limited: Service) -> None:
    with asker(limited) as one, asker(limited, "127.0.0.2") as other:
        assert [ask(one) for _ in range(4)][-1] == 429
        assert ask(other) == 200


def test_a_token_has_a_rate_of_its_own_wherever_it_comes_from(limited: Service) -> None:
    token = {"Authorization": f"Bearer {TOKEN}"}
    with asker(limited) as one, asker(limited, "127.0.0.2") as other:
        assert [ask(one, **token) for _ in range(3)] == [200] * 3
        assert [ask(other, **token) for _ in range(3)] == [200, 200, 429]
        assert ask(one) == 200


def test_an_unknown_token_is_refused_and_other_schemes_are_none(limited: Service) -> None:
    with asker(limited) as client:
        refused = client.get(
            "/sparql", params={"query": "ASK {}"}, headers={"Authorization": "Bearer guess"}
        )
        assert refused.status_code == 401
        assert refused.json()["type"].endswith("#unknown-token")
        assert refused.headers["www-authenticate"].startswith("Bearer")
        assert "guess" not in refused.text
        assert ask(client, Authorization="Basic eDp5") == 200


def test_only_the_named_proxy_may_forward_an_address(limited: Service) -> None:
    with asker(limited) as client, asker(limited, "127.0.0.9") as proxy:
        lies = [ask(client, **{"X-Forwarded-For": f"192.0.2.{n}"}) for n in range(4)]
        assert lies == [200, 200, 200, 429]
        true = [ask(proxy, **{"X-Forwarded-For": f"192.0.2.{n}"}) for n in range(4)]
        assert true == [200] * 4
        assert ask(proxy, **{"X-Forwarded-For": "127.0.0.1"}) == 429


def test_without_a_rate_nobody_is_counted(service: Service) -> None:
    assert {service.sparql("ASK {}").status_code for _ in range(20)} == {200}


def test_a_network_of_ipv6_is_one_client() -> None:
    rates = Rates("1/hour")
    rates.count(rates.owner("2001:db8::1", ()))
    with pytest.raises(RateLimited):
        rates.count(rates.owner("2001:db8::2", ()))
    rates.count(rates.owner("2001:db8:0:1::1", ()))
    assert rates.owner("::ffff:192.0.2.1", ()).name == "192.0.2.1"
    assert rates.owner("fe80::1%eth0", ()).name == "fe80::/64"
    assert rates.owner("", ()).name == ""


@pytest.mark.parametrize(
    ("rate", "tokens", "message"),
    [
        ("many", "", "rate: 'many' is no rate; write it as 600/minute"),
        ("", "[[token", r"tokens: tokens\.toml: "),
        ("", 'token = "x"', "write one .*token.* table for each holder"),
        ("", "[[token]]\nname = 1", "token 1: each field is a text in quotes"),
        ("", '[[token]]\nnam = "a"', "token 1: unknown field nam; known: name, sha256, rate"),
        ("", '[[token]]\nrate = "1/day"', "token 1: name says whose it is"),
        ("", '[[token]]\nname = "a"\nsha256 = "short"', "token 1: sha256 is the SHA-256"),
        ("", TOKENS.replace("5/hour", "often"), "token 1: 'often' is no rate"),
        ("", TOKENS + TOKENS, "token 2 is there twice"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, rate: str, tokens: str, message: str) -> None:
    file = tmp_path / "tokens.toml"
    file.write_text(tokens)
    with pytest.raises(SettingsError, match=message):
        Rates(rate, file if tokens else None)


def test_a_missing_file_of_tokens_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"tokens: none\.toml: "):
        Rates("", tmp_path / "none.toml")
