"""Requests made up from the description of the interface: none of them breaks the service."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from tests.service.conftest import Service

pytestmark = pytest.mark.slow

# An answer has a status and a media type that the description names.
TRUE_TO_DESCRIPTION = [status_code_conformance, content_type_conformance]
FULL = (503, 504)


MADE_UP = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)


def test_no_request_breaks_the_service(service: Service) -> None:
    interface = schemathesis.openapi.from_url(f"{service.url}/openapi.json")
    found = list(interface.get_all_operations())
    operations = [each.ok() for each in found if isinstance(each, Ok)]
    assert len(operations) == len(found)
    assert len(operations) > 10

    def answered(case: schemathesis.Case[Any]) -> None:
        response = case.call(timeout=30)
        assert response.status_code < 500 or response.status_code in FULL, response.text
        case.validate_response(response, checks=TRUE_TO_DESCRIPTION)

    for operation in operations:
        MADE_UP(given(operation.as_strategy())(answered))()


def test_being_full_and_too_slow_are_documented(service: Service) -> None:
    paths = service.client.get("/openapi.json").json()["paths"]
    asking = [(path, method) for path, methods in paths.items() for method in methods]
    assert ("/sparql", "get") in asking
    for path, method in asking:
        answers = paths[path][method]["responses"]
        assert {"4XX", "503", "504"} <= answers.keys(), path
        assert "application/problem+json" in answers["503"]["content"], path
