"""The chain recomputed from its documented format with the standard library alone (docs/audit-trail.md)."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from tests.trail.cases import full, kept, redacted_here

from qms_service.trail import MARK, Entry

Json = Any


def compact(tree: Json) -> bytes:
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()


def keyed(key: str, message: bytes) -> str:
    return hmac.new(key.encode(), message, hashlib.sha256).hexdigest()


def skeleton(tree: Json, seal: Json, path: tuple[str, ...] = ()) -> Json:
    if isinstance(tree, dict):
        return {name: skeleton(value, seal, (*path, name)) for name, value in tree.items()}
    if isinstance(tree, list):
        return [skeleton(value, seal, (*path, str(place))) for place, value in enumerate(tree)]
    dotted = ".".join(path)
    if dotted in seal.get("digests", {}):
        return seal["digests"][dotted]
    key = keyed(seal["salt"], dotted.encode()) if "salt" in seal else seal["keys"][dotted]
    return keyed(key, compact(tree))


def chained(case_id: str, entries: tuple[Entry, ...]) -> list[str]:
    """The digest that each entry has to have."""
    digests, before = [], ""
    for entry in entries:
        tree = skeleton(json.loads(entry.body), json.loads(entry.seal))
        bound = ["qms-trail/1", case_id, entry.seq, before, entry.pin, tree]
        before = hashlib.sha256(compact(bound)).hexdigest()
        digests.append(before)
    return digests


def test_each_digest_is_what_the_format_says() -> None:
    one = kept(full())
    assert chained("C-1", one.entries) == [entry.hash for entry in one.entries]


def test_each_digest_is_what_the_format_says_after_redactions_too() -> None:
    one = redacted_here(redacted_here(kept(full()), 2, "by"), 2, "note", "evidence.0.uri")
    assert one.entries[2].body.count(MARK) == 3
    assert chained("C-1", one.entries) == [entry.hash for entry in one.entries]


def test_the_check_of_a_seal_is_what_the_format_says() -> None:
    entry = redacted_here(kept(full()), 2, "by").entries[2]
    seal = json.loads(entry.seal)
    check = seal.pop("check")
    assert check == hashlib.sha256(compact([entry.hash, seal])).hexdigest()


def test_the_entries_of_a_case_have_salts_of_their_own() -> None:
    salts = [json.loads(entry.seal)["salt"] for entry in kept(full()).entries]
    assert len(set(salts)) == len(salts)
    assert all(len(bytes.fromhex(salt)) == 16 for salt in salts)
