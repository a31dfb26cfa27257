"""English: scales, scores and what they rest on."""

from typing import Final

TEXTS: Final[dict[str, str]] = {
    "score-customer": "{customer}: {said}",
    "score-number": "{field}: got {got}; allowed is a finite number (int, Decimal, Fraction or float), or None where nothing was answered.",
    "score-count": "{field}: got {got}; allowed is a whole number of at least {least}.",
    "score-share": "{field}: got {got}; allowed is a share between 0 and 1, such as {meant}.",
    "score-word": "{field}: got {got}; allowed: {allowed}.",
    "score-word.nearest": "{field}: got {got}; did you mean {nearest}? Allowed: {allowed}.",
    "score-scale-order": 'A scale goes from its lowest answer up to its highest; got {got}. Where low is good, say polarity="negative".',
    "score-scale-of-max": 'A part of the highest answer has no sense on a scale that reaches below zero; got {got}. Use transform="range".',
    "score-off-scale": "{got} is not on the scale {scale}. A code for a missing answer is no answer: give None for it.",
    "estimate.base": "n = {n}",
    "estimate.base.asked": "{n} of {asked}",
    "estimate.none": "no answers ({base})",
    "estimate.bare": "{value} ({base})",
    "estimate.sure": "{value} ({base}; {percent} %: {low} to {high})",
}
