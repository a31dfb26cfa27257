"""The contract suite as a team meets it: loaded when asked for, readable when it fails, clear when it cannot run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import qms_service as qms
from qms_service import testing
from qms_service.adapters import memory
from qms_service.testing import FixedNow, StoreContract
from qms_service.testing.store_contract.fixtures import StoreFixtures

FORGETFUL = """
from contextlib import contextmanager

import pytest

import qms_service as qms
from qms_service.testing import StoreContract


class Forgetful:
    def __init__(self, cases):
        self.load, self.save, self.answered = cases.load, cases.save, lambda key: None


class Unit:
    def __init__(self, cases):
        self.cases = Forgetful(cases)


class Store:
    def __init__(self):
        self.inner = qms.adapters.memory.open()

    @contextmanager
    def transaction(self, *, read_only=False):
        with self.inner.transaction() as t:
            yield Unit(t.cases)


class TestForgetful(StoreContract):
    @pytest.fixture
    def store(self):
        return Store()
"""
SENTENCE = "test_a_key_knows_the_case_and_the_version_of_its_step"


def python(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(qms.__file__).parents[1]), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_test_that_fails_shows_what_it_compared(tmp_path: Path) -> None:
    (tmp_path / "test_ours.py").write_text(FORGETFUL, encoding="utf-8")
    done = python("-m", "pytest", "-p", "no:cacheprovider", "-W", "error", "-k", SENTENCE, folder=tmp_path)
    assert done.returncode == 1
    assert "assert None == ('C-1', 1)" in done.stdout


def test_a_moment_to_move_needs_no_pytest(tmp_path: Path) -> None:
    code = "import sys; from qms_service.testing import FixedNow; print('pytest' in sys.modules)"
    assert python("-c", code, folder=tmp_path).stdout == "False\n"


def test_without_pytest_the_contract_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pytest", None)
    with pytest.raises(qms.QmsError, match=r'pip install "qms-service\[test\]"') as refused:
        testing.__getattr__("StoreContract")
    assert isinstance(refused.value, ImportError)
    assert refused.value.operands["extra"] == "test"
    assert "pytest" in refused.value.text("zh")


def test_the_contract_is_one_class_however_it_is_asked_for() -> None:
    assert testing.__getattr__("StoreContract") is StoreContract
    assert testing.FixedNow is FixedNow


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="FixedNow, StoreContract"):
        testing.StoreContrast  # noqa: B018  # the access is the test


class TestWithoutAStore(StoreFixtures):
    def test_a_store_that_is_not_given_is_asked_for(self, request: pytest.FixtureRequest) -> None:
        with pytest.raises(NotImplementedError, match="override the fixture `store`"):
            request.getfixturevalue("store")

    def test_a_store_that_forgets_is_not_opened_anew(self, request: pytest.FixtureRequest) -> None:
        with pytest.raises(pytest.skip.Exception, match="override the fixture `reopened`"):
            request.getfixturevalue("reopened")


def test_no_sentence_is_said_twice() -> None:
    said = [name for part in StoreContract.__bases__ for name in vars(part) if name.startswith("test_")]
    assert sorted(said) == sorted(set(said))


def test_each_part_of_the_contract_can_be_kept_alone() -> None:
    for part in StoreContract.__bases__:
        assert hasattr(part, "store")
    part = StoreContract.__bases__[0]
    part().test_a_case_comes_back_as_it_was_saved(memory.open())
