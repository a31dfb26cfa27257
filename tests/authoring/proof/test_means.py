"""Which histories a proof speaks of: repeats, cycles, concessions, corrections, waivers, counts, subjects."""

from __future__ import annotations

import pytest
from tests.authoring.proof.conftest import Written

import qms_service as qms
from qms_service.authoring.proof import Invariant, Proof, Wanted, load_invariants, prove
from qms_service.rulebooks import Procedure

CHAIN = """
[job.events.opened]
[job.events.measured]
facts = { good = "bool", by_hand = "bool?" }
[job.events.released]
needs = [{ event = "measured", where = { good = true } }]
[job.events.closed]
needs = ["released"]
"""


def job(never: str, *unless: str | Wanted, **more: object) -> Invariant:
    return Invariant(id="i", kind="job", never=never, unless=unless, **more)  # type: ignore[arg-type]  # other fields


def lines(proof: Proof) -> list[str]:
    return [line.strip() for line in proof.text().splitlines()[1:]]


GOOD = Wanted(event="measured", where={"good": True})


def test_a_gate_that_asks_for_less_than_the_sentence_is_opened_by_a_result_taken_back(
    written: Written,
) -> None:
    (proof,) = prove(written(CHAIN), [job("closed", GOOD)])
    assert lines(proof) == [
        "1. opened (opened)",
        "2. measured (measured) good = true",
        "3. released (released)",
        "4. measured (measured) good = false",
        "5. closed (closed)",
    ]


def test_a_concession_opens_the_gate_before(written: Written) -> None:
    """Without one, what is measured stays measured."""
    (proof,) = prove(written(CHAIN), [job("closed", "measured")])
    assert lines(proof)[1:] == ["2. released (released), by concession", "3. closed (closed)"]


def test_a_correction_strikes_out_what_the_gate_before_saw(written: Written) -> None:
    (proof,) = prove(written(CHAIN), [job("closed", "measured", leaves_aside=["concessions"])])
    assert lines(proof)[1:] == [
        "2. measured (measured) good = true",
        "3. released (released)",
        "4. line 2 struck out",
        "5. closed (closed)",
    ]


def test_what_neither_concessions_nor_corrections_undo_is_proven_by_the_walk(written: Written) -> None:
    (proof,) = prove(written(CHAIN), [job("closed", "measured", leaves_aside=["corrections", "concessions"])])
    assert proof.proven
    assert not proof.by_gate
    assert proof.text().startswith("i: proven. ")


ONCE = CHAIN.replace("[job.events.opened]", '[job.events.opened]\nneeds = ["closed"]').replace(
    "[job.events.measured]", '[job.events.measured]\nneeds = [{ event = "opened", after = "measured" }]'
)
RELEASED_AGAIN = ONCE.replace('needs = ["released"]', 'needs = [{ event = "released", after = "measured" }]')


def test_a_correction_changes_a_fact(written: Written) -> None:
    """It is measured once in a cycle."""
    bad = job("closed", where={"measured.good": False}, leaves_aside=["concessions"])
    (proof,) = prove(written(ONCE), [bad])
    assert lines(proof)[1:] == [
        "2. measured (measured) good = true",
        "3. released (released)",
        "4. line 2 changed: good = false",
        "5. closed (closed)",
    ]


def test_a_fact_may_be_taken_off_the_record(written: Written) -> None:
    by_hand = ONCE.replace("where = { good = true }", "where = { by_hand = true }")
    said = Wanted(event="measured", where={"by_hand": [True, False]})
    unsaid = job("closed", said, where={"measured.good": True}, leaves_aside=["concessions"])
    (proof,) = prove(written(by_hand), [unsaid])
    assert lines(proof)[1:] == [
        "2. measured (measured) good = true, by_hand = true",
        "3. released (released)",
        "4. line 2 changed: good = true, by_hand = –",
        "5. closed (closed)",
    ]


@pytest.mark.parametrize("never", [{"measured.good": False}, {"measured.by_hand": True}])
def test_what_a_correction_changed_has_to_be_released_again(
    never: dict[str, object], written: Written
) -> None:
    """A result that was released and then changed is not what was released."""
    bad = job("closed", where=never, leaves_aside=["concessions"])
    wrong = RELEASED_AGAIN.replace("where = { good = true }", "where = { good = true, by_hand = false }")
    (proof,) = prove(written(wrong), [bad])
    assert proof.outcome == "open"


LATEST = Wanted(event="released", after="measured")


def test_a_gate_that_asks_for_the_release_of_what_stands_there_now_is_proven_by_itself(
    written: Written,
) -> None:
    (proof,) = prove(written(RELEASED_AGAIN), [job("closed", LATEST)])
    assert proof.by_gate


@pytest.mark.parametrize(
    ("facts", "changed"),
    [
        ('good = "bool"', "good = false"),
        ('words = "text"', "words = text 2"),
        ('words = "text?"', "words = text 1"),
        ('words = "text*"', "words = [text 1]"),
        ('words = ["only"], good = "bool"', "good = false"),
    ],
)
def test_a_correction_of_words_that_no_rule_reads_is_found_too(
    facts: str, changed: str, written: Written
) -> None:
    open_to_all = ONCE.replace(", where = { good = true }", "").replace(
        'good = "bool", by_hand = "bool?"', facts
    )
    (proof,) = prove(written(open_to_all), [job("closed", LATEST, leaves_aside=["concessions"])])
    assert lines(proof)[-2:] == [f"4. line 2 changed: {changed}", "5. closed (closed)"]


def test_an_event_that_can_say_one_thing_only_is_changed_by_no_correction(written: Written) -> None:
    silent = ONCE.replace('facts = { good = "bool", by_hand = "bool?" }', "")
    silent = silent.replace(", where = { good = true }", "")
    (proof,) = prove(written(silent), [job("closed", LATEST, leaves_aside=["concessions"])])
    assert not any("changed" in line for line in lines(proof))
    assert "4. line 2 struck out" in lines(proof)


def test_what_was_asked_for_one_sentence_serves_the_next(written: Written) -> None:
    """The sentences look at the same steps in another order."""
    rules = written(CHAIN.replace('needs = ["released"]', 'needs = ["released", "measured"]'))
    sentences = [
        job("closed", GOOD),
        job("closed", "released", where={"measured.good": False}),
        job("closed", "measured"),
        job("released", "measured", where={"measured.by_hand": True}),
        job("released", GOOD, leaves_aside=["concessions"]),
    ]
    together = prove(rules, sentences)
    assert together == tuple(prove(rules, [one])[0] for one in sentences)
    assert together == tuple(reversed(prove(rules, sentences[::-1])))


def test_a_proof_gives_up_at_its_limit(written: Written) -> None:
    (proof,) = prove(written(CHAIN), [job("closed", "measured", leaves_aside=["concessions"])], limit=2)
    assert proof.outcome == "open"
    assert proof.states > 2
    assert proof.text().startswith("i: not proven. ")


def test_corrections_that_never_lead_there_leave_the_question_open(written: Written) -> None:
    """No step measures, so nothing is ever released; the gate alone would not tell."""
    never = CHAIN.replace("[job.events.measured]", '[job.events.measured]\nneeds = ["closed"]')
    (proof,) = prove(written(never), [job("closed", "measured", leaves_aside=["concessions"])])
    assert proof.outcome == "open"


def test_a_waiver_opens_a_gate_for_its_cycle(written: Written) -> None:
    waivable = CHAIN.replace('needs = ["released"]', 'needs = [{ event = "released", waivable = true }]')
    (proof,) = prove(written(waivable), [job("closed", "released")])
    assert [event.name for event in proof.history] == ["opened", "waived", "closed"]
    again = Wanted(event="opened")
    (proof,) = prove(written(waivable), [job("closed", "released", again, where={"measured.good": True})])
    assert "waived" in [event.name for event in proof.history]


def test_steps_that_another_person_must_have_done_are_walked_with_two_persons(written: Written) -> None:
    segregated = CHAIN.replace("[job.events.released]", '[job.events.released]\nnot_by = ["measured"]')
    never = prove(written(segregated), [job("closed")])[0]
    assert len(never.history) == 4
    assert not any(event.despite for event in never.history)
    by_li = segregated.replace("where = { good = true }", 'where = { by = "Li" }')
    assert len(prove(written(by_li), [job("closed")])[0].history) == 4


def test_links_are_left_out_for_they_only_keep_a_gate_shut(written: Written) -> None:
    linked = CHAIN.replace('needs = ["released"]', 'needs = [{ event = "released" }]\nsettled = ["return"]')
    assert prove(written(linked), [job("closed", "released")])[0].proven


def test_a_closing_that_a_later_step_needs_is_walked(written: Written) -> None:
    after = CHAIN + '[job.events.archived]\nafter_close = true\nneeds = ["closed"]\n'
    (proof,) = prove(
        written(after), [job("archived", "measured", leaves_aside=["corrections", "concessions"])]
    )
    assert proof.proven


COUNTED = """
[job.events.opened]
facts = { concerned = "department*" }
[job.events.signed]
facts = { grade = "int?" }
[job.events.reset]
[job.events.closed]
needs = [{NEED}]
"""


@pytest.mark.parametrize(
    ("need", "length"),
    [
        ('{ event = "signed", count = 2 }', 4),
        ('{ event = "signed", count = 2, after = "reset" }', 4),
        ('{ event = "signed", count = 2, where = { grade = 3 } }', 4),
        ('{ event = "signed", count = 3, distinct = "grade" }', 5),
        ('{ event = "signed", count = 3, distinct = "by" }', 5),
        ('{ event = "signed", count = 2, distinct = "department" }', 4),
        ('{ event = "signed", where = { role = "head" } }', 3),
        ('{ event = "signed", where = { by = "Li" } }', 3),
        ('{ event = "signed", where = { on_behalf_of = "head" } }', 3),
        ('{ event = "signed", where = { department = ["b", "c"] } }', 3),
    ],
)
def test_a_gate_is_met_by_as_many_lines_as_it_asks(need: str, length: int, written: Written) -> None:
    rules = written(COUNTED.replace("{NEED}", need))
    never, signed = prove(rules, [job("closed"), job("closed", "signed")])
    assert len(never.history) == length
    assert signed.proven


def test_a_list_of_departments_may_be_empty_and_then_nobody_has_to_sign(written: Written) -> None:
    each = '{ event = "signed", each = "opened.concerned", match = "department" }'
    rules = written(COUNTED.replace("{NEED}", each))
    empty, signed = prove(rules, [job("closed", "signed"), job("closed", where={"signed.grade": 3})])
    assert lines(empty) == ["1. opened (opened) concerned = []", "2. closed (closed)"]
    assert len(signed.history) == 3


def test_a_line_shows_who_acted_where_a_gate_asks_for_it(written: Written) -> None:
    need = '{ event = "signed", where = { department = "c" } }'
    (proof,) = prove(written(COUNTED.replace("{NEED}", need)), [job("closed")])
    assert lines(proof)[1] == "2. signed (signed) department = c"


def test_one_of_several_needs_is_enough(written: Written) -> None:
    either = '{ any = ["reset", { all = ["signed", "reset"] }] }'
    never, signed = prove(
        written(COUNTED.replace("{NEED}", either)), [job("closed"), job("closed", "signed")]
    )
    assert len(never.history) == len(signed.history) == 3


SUBJECT = """
[job.subject]
rush   = "bool?"
amount = "{TYPE}"
[job.events.opened]
[job.events.checked]
[job.events.closed]
needs = [{ event = "checked", when = { "subject.rush" = true } }]
"""


@pytest.mark.parametrize(
    "kind", ["text", "int", "decimal", "date", "instant", "money", "quantity", "department"]
)
def test_a_subject_opens_the_gate_where_it_is_not_asked_for(kind: str, written: Written) -> None:
    (proof,) = prove(written(SUBJECT.replace("{TYPE}", kind)), [job("closed", "checked")])
    assert [event.name for event in proof.history] == ["opened", "closed"]


def test_a_value_that_no_rule_names_stands_for_all_the_others(written: Written) -> None:
    graded = CHAIN.replace('good = "bool"', 'good = ["A", "B", "C", "D"]').replace(
        "good = true", 'good = ["A", "B"]'
    )
    gated = graded.replace(
        'needs = ["released"]', 'needs = [{ event = "measured", where = { good = ["A", "B", "C"] } }]'
    )
    best = Wanted(event="measured", where={"good": ["A", "B"]})
    (proof,) = prove(written(gated), [job("closed", best)])
    assert lines(proof)[1] == "2. measured (measured) good = C"
    (proof,) = prove(
        written(gated), [job("closed", Wanted(event="measured", where={"good": ["A", "B", "C"]}))]
    )
    assert proof.proven


def test_a_proof_is_read_in_chinese(pcb_maker: Procedure) -> None:
    proofs = prove(
        pcb_maker, [one for one in load_invariants("pcb-maker") if one.id == "approved-without-cause"]
    )
    assert proofs[0].text("zh") == (
        "approved-without-cause：由其关卡证明。未提交原因分析，不得批准。 [pcb-maker 4.2.4.8.1]"
        " 无论此前发生什么，4 个状态已全部检查。"
    )
    assert str(proofs[0]).startswith("approved-without-cause: proven by its gate. Nothing is approved")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Invariant(id="i", kind="lease", never="closed"), "lease"),
        (job("close"), "Did you mean closed"),
        (job("closed", "release"), "Did you mean released"),
        (job("closed", Wanted(event="released", after="measure")), "Did you mean measured"),
        (job("closed", where={"measure.good": True}), "Did you mean measured"),
        (job("closed", where={"measured.god": True}), "Did you mean good"),
        (job("closed", where={"measured.good": "yes"}), "'yes'"),
        (job("closed", leaves_aside=["correction"]), "Did you mean corrections"),
    ],
)
def test_an_invariant_that_the_rulebook_does_not_know_is_refused(
    wrong: Invariant, said: str, written: Written
) -> None:
    with pytest.raises(qms.QmsError, match=said):
        prove(written(CHAIN), [wrong])
