"""Settings: flags before environment before file before defaults."""

from pathlib import Path

import pytest

from hostagegraph.errors import SettingsError
from hostagegraph.settings import Settings, listed, read_settings


def test_flags_win_over_environment_over_file_over_defaults(tmp_path: Path) -> None:
    (tmp_path / "hostagegraph.toml").write_text('port = 1\nkeep = 2\nhost = "file"\n', "utf-8")
    environment = {"HOSTAGEGRAPH_PORT": "3", "HOSTAGEGRAPH_KEEP": "4"}
    found = read_settings({"root": str(tmp_path), "port": "5", "keep": None}, environment)
    assert (found.port, found.keep, found.host) == (5, 4, "file")
    assert found.adhoc_deadline == Settings().adhoc_deadline


def test_the_project_folder_comes_from_the_environment_too(tmp_path: Path) -> None:
    found = read_settings({}, {"HOSTAGEGRAPH_ROOT": str(tmp_path)})
    assert found.project == tmp_path
    assert found.snapshots_folder == tmp_path / "snapshots"


@pytest.mark.parametrize(
    ("flags", "environment", "message"),
    [
        ({"port": "many"}, {}, "--port: port takes int, not many"),
        ({}, {"HOSTAGEGRAPH_KEEP": "0"}, "HOSTAGEGRAPH_KEEP: keep must be more than 0, not 0"),
        ({"adhoc_deadline": "-1"}, {}, "--adhoc-deadline: adhoc_deadline must be more than 0"),
        ({"follow": "nan"}, {}, "--follow: follow must be more than 0, not nan"),
        ({"access_log": "maybe"}, {}, "--access-log: access_log takes on or off, not maybe"),
        ({"log_format": "xml"}, {}, "--log-format: log_format takes auto, json, text, not xml"),
    ],
)
def test_a_wrong_value_names_the_setting_and_where_it_is_from(
    flags: dict[str, str], environment: dict[str, str], message: str
) -> None:
    with pytest.raises(SettingsError, match=message):
        read_settings(flags, environment)


@pytest.mark.parametrize(
    ("text", "message"),
    [("prot = 1\n", "unknown setting prot; known: root"), ("port = [", "hostagegraph.toml: ")],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "hostagegraph.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        read_settings({"root": str(tmp_path)}, {})


@pytest.mark.parametrize(
    ("text", "meant"), [("on", True), ("TRUE", True), ("1", True), ("off", False), ("no", False)]
)
def test_a_switch_is_on_or_off(text: str, meant: bool) -> None:
    assert read_settings({"log_addresses": text}, {}).log_addresses is meant


def test_a_switch_in_the_file_is_a_toml_boolean(tmp_path: Path) -> None:
    (tmp_path / "hostagegraph.toml").write_text("access_log = false\n", encoding="utf-8")
    assert read_settings({"root": str(tmp_path)}, {}).access_log is False


def test_a_list_may_have_spaces_and_be_empty() -> None:
    assert listed(" a.example , b.example,") == ("a.example", "b.example")
    assert listed("") == ()


def test_the_file_of_tokens_lies_in_the_project() -> None:
    assert Settings().tokens_file is None
    assert Settings(root="here", tokens="tokens.toml").tokens_file == Path("here/tokens.toml")


def test_a_folder_of_texts_must_exist(tmp_path: Path) -> None:
    assert Settings().text_files == ()
    with pytest.raises(SettingsError, match="is no folder"):
        _ = Settings(texts=str(tmp_path / "none")).text_files
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    assert Settings(texts=str(tmp_path)).text_files == (tmp_path / "a.txt",)
