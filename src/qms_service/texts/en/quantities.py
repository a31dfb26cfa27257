"""English: quantities and balances."""

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "quantity-sum": "{got} cannot be read as a sum, from {rest} on. A sum has names and whole numbers with + and - between them, and at most a whole-number factor before a name, such as counted - good - 2 * pairs.",
    "quantity-relation": "{got} is no relation. It has one of <=, >=, = between two sums, such as redelivered + credited = counted.",
    "quantity-nothing": "{got} names no quantity.",
    "quantity-typed": "{got}: instead of {mark} type {typed}",
    "share-weights": "The weights {got} divide nothing: at least one has to be above zero.",
    "share-weight": "A weight is a whole number, a Decimal or a Fraction of zero or more, never a float; got {got}.",
    "share-coin": "The smallest coin is a Decimal above zero, such as 0.01; got {got}.",
    "share-total": "{got} {currency} is not made of whole coins of {coin}. Round it first, or give a smaller coin.",
    "tolerance-above": "{counted} were counted where {agreed} were agreed, with at most {more} % above: what is booked then is not said. Settle the difference first.",
    "tolerance-percent": "{field}: a tolerance is a percentage of zero or more, a whole number or a Decimal, never a float; got {got}.",
    "tolerance-quantity": "A quantity is an exact number of zero or more (int, Decimal or Quantity); got {got}.",
    "tolerance-units": "{got} and {agreed} are not compared: give both quantities in one unit.",
    "finding.unbalanced": "{rule} does not hold at {event}: {left} against {right} ({figures}).",
    "finding.units-differ": "{rule} cannot be judged at {event}: {because} are different units ({figures}). Record every quantity in one unit.",
    "finding.missing-quantity": "{rule} cannot be judged at {event}: {because} not on record ({figures}).",
    "finding.undetermined-quantity": "{rule} cannot be judged at {event}: {because} undetermined ({figures}). Put the figure on record first.",
    "problem.quantity-name": "got the name {got}; the name of a quantity has letters, digits and _ alone, and begins with a letter, for sums name it",
    "problem.quantity-how": 'a quantity is the last of some facts (last = [...]), their sum (sum = [...]), or made of others (of = "...")',
    "problem.quantity-fact": "the fact {got} is {type}; a quantity counts facts of one of these types, one value each: {allowed}",
    "problem.quantity-key-list": "the fact {got} is a list; a quantity is kept apart by a fact with one value",
    "problem.quantity-cycle": "a quantity cannot be made of itself: {way}",
    "problem.quantity-per": "quantities that are kept apart by different facts do not add up: {got}",
    "problem.undetermined-type": "the fact is {got}; only a quantity can be undetermined",
}
