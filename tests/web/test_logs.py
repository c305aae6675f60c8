"""What the log says of an error: where, never what somebody typed."""

import json

from awards.web.logs import places_of_errors, route_of


def test_an_error_is_its_type_and_its_places_and_those_of_its_cause() -> None:
    try:
        try:
            raise KeyError("0101014444 in what somebody typed")
        except KeyError as cause:
            raise ValueError("Åse wrote this") from cause
    except ValueError as error:
        event = places_of_errors(None, "error", {"event": "failed", "exc_info": error})
    text = json.dumps(event)
    assert [entry["type"] for entry in event["error"]] == ["builtins.ValueError", "builtins.KeyError"]
    assert "test_logs.py" in text
    assert "somebody typed" not in text
    assert "wrote this" not in text


def test_a_request_that_fits_no_route_has_no_path_in_the_log() -> None:
    assert route_of({"path": "/hemmeligt", "path_template": ""}) == "unknown"  # type: ignore[typeddict-item]
    assert route_of({"path": "/bekraeft/x", "path_template": "/bekraeft/{token}"}) == "/bekraeft/{token}"  # type: ignore[typeddict-item]
