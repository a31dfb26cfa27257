"""English: proofs of invariants."""

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "invariants-source": "The id of a shipped rulebook ({allowed}), or the path of a TOML file, is needed; got {got}.",
    "invariants-not-found": "There are no invariants {got}. Give a shipped id ({allowed}), or the path of a TOML file.",
    "invariants-not-found.nearest": "There are no invariants {got}. Did you mean {nearest}? Shipped: {allowed}; or give the path of a TOML file.",
    "invariants-problems": "{file} has {count} problem(s):",
    "problem.no-invariants": "there is no invariant; write at least one table [invariants.<id>]",
    "word.aside": "kind of history to leave aside",
    "invariants-unfit": "The invariants do not fit {rulebook} edition {edition}, {count} problem(s):",
    "proof.proven": "{id}: proven. {sentence} All {states} states that the rules allow were seen.",
    "proof.proven.gate": "{id}: proven by its gate. {sentence} All {states} states were seen, whatever came before.",
    "proof.refuted": "{id}: refuted. {sentence} The rules allow this, in {lines} lines:",
    "proof.open": "{id}: not proven. {sentence} After {states} states there was neither a proof nor a history against it.",
    "proof.edition": "{rulebook} edition {edition}",
    "proof.summary": "{sentences} sentence(s): {proven} proven, {refuted} refuted, {open} open.",
    "proof.line": "{seq:>4}. {event} ({label}) {facts}",
    "proof.line.conceded": "{seq:>4}. {event} ({label}), by concession {facts}",
    "proof.line.struck": "{seq:>4}. line {of} struck out",
    "proof.line.changed": "{seq:>4}. line {of} changed: {facts}",
}
