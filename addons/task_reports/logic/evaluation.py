# SPDX-License-Identifier: LGPL-3.0-or-later
"""The evaluation of agencies: from counts to shares, points, a score and a rank.

Plain Python, no Odoo. A *part* is a kind of record that is counted (an assignment
completed on time, a hand-back that was refused); a *measure* divides parts by parts;
a *criterion* is a measure with the weight the regulation's evaluation gives it. What
0 ÷ 0 leaves open has no share, and its weight falls away. All arithmetic is exact.
"""

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from .figures import percent_text

#: Nghị định 335/2025/NĐ-CP: what each delay costs of the product's progress score.
DEDUCTION = Fraction(25, 100)
#: After so many delays nothing is left of the score: more are counted alike.
MOST_FAULTS = 4

#: Parts counted of lead assignments, in the order of their bits. The first five are
#: Phụ lục I's own lines. `late_N`: judged products that fell overdue N times (4: four
#: times or more) without an objective cause confirmed; `failed_N`: refused N times.
ASSIGNMENT_PARTS = (
    "completed",
    "completed_on_time",
    "open",
    "open_overdue",
    "fresh",
    "dated",
    "extension_asked",
    "extension_granted",
    *(f"late_{times}" for times in range(MOST_FAULTS + 1)),
    *(f"failed_{times}" for times in range(MOST_FAULTS + 1)),
)
RESULT_PARTS = ("rated", "rated_well", "result_accepted", "result_refused")
RETURN_PARTS = ("return_accepted", "return_refused")
REPORT_PARTS = ("report_in_time", "report_late")
#: The model whose records a part counts.
SOURCES = {
    "task.assignment": ASSIGNMENT_PARTS,
    "task.result": RESULT_PARTS,
    "task.return": RETURN_PARTS,
    "task.report": REPORT_PARTS,
}
PARTS = {part: model for model, parts in SOURCES.items() for part in parts}
#: One bit for each part, among the parts of the same model.
PART_BITS = {
    part: 1 << place for parts in SOURCES.values() for place, part in enumerate(parts)
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A share: the parts `above`, each with what one of them is worth (0 to 1),
    divided by the number of the parts `below`.

    `higher_is_better`: whether a high share is good where the criterion does not say.
    """

    code: str
    above: tuple
    below: tuple
    higher_is_better: bool = True

    @property
    def parts(self):
        """Every part that the formula names, once."""
        return tuple(dict.fromkeys([part for part, _ in self.above] + [*self.below]))


def _deducted(name):
    """The measure's parts above the line: each fault takes its share, floor 0."""
    return tuple(
        (f"{name}_{times}", max(Fraction(0), 1 - times * DEDUCTION))
        for times in range(MOST_FAULTS + 1)
    )


def _measures(*measures):
    return {measure.code: measure for measure in measures}


def _plain(*parts):
    return tuple((part, Fraction(1)) for part in parts)


MEASURES = _measures(
    Measure("completion", _plain("completed"), ("completed", "open_overdue")),
    Measure("on_time", _plain("completed_on_time"), ("completed",)),
    Measure("freshness", _plain("fresh"), ("open",)),
    Measure("quality", _plain("rated_well"), ("rated",)),
    Measure(
        "not_refused", _plain("result_accepted"), ("result_accepted", "result_refused")
    ),
    Measure(
        "reports_on_time", _plain("report_in_time"), ("report_in_time", "report_late")
    ),
    Measure("extensions_asked", _plain("extension_asked"), ("dated",), False),
    Measure("extensions_granted", _plain("extension_granted"), ("dated",), False),
    Measure(
        "returns_refused",
        _plain("return_refused"),
        ("return_refused", "return_accepted"),
        False,
    ),
    Measure("progress_335", _deducted("late"), tuple(p for p, _ in _deducted("late"))),
    Measure(
        "quality_335", _deducted("failed"), tuple(p for p, _ in _deducted("failed"))
    ),
)


@dataclass(frozen=True, slots=True)
class Criterion:
    """A measure with its weight (0: shown, in no score) and its direction.

    `is_required`: who has nothing to measure here has a score, but no place.
    """

    measure: str
    weight: Fraction
    higher_is_better: bool
    is_required: bool = False

    @classmethod
    def of(cls, measure, weight, higher_is_better=None, is_required=False):
        """A criterion from a weight given as a number or as text."""
        if higher_is_better is None:
            higher_is_better = MEASURES[measure].higher_is_better
        return cls(measure, Fraction(str(weight)), higher_is_better, is_required)


@dataclass(frozen=True, slots=True)
class Value:
    """What one criterion gives for one agency: `share` and `points` lie between 0 and
    1, both None for 0 ÷ 0; `points` is the share seen so that more is better."""

    criterion: Criterion
    share: Fraction | None
    points: Fraction | None
    formula: tuple

    @property
    def weight(self):
        """The weight that counts: none where there is no share."""
        return Fraction(0) if self.share is None else self.criterion.weight

    @property
    def text(self):
        """The formula with its numbers: "18 ÷ (18 + 2) = 90,0 %"."""
        return f"{formula_text(self.formula)} = {percent_text(self.share)}"


@dataclass(frozen=True, slots=True)
class Line:
    """The evaluation of one agency, head or group; `score` from 0 to 1, None where no
    criterion with a weight has a share."""

    values: tuple
    score: Fraction | None

    @property
    def placed_score(self):
        """The score that is compared with others': None where a required measure has
        nothing to measure."""
        if any(v.criterion.is_required and v.share is None for v in self.values):
            return None
        return self.score

    @property
    def score_formula(self):
        """How the score is made: "(30 × 90,0 % + 20 × 75,0 %) ÷ (30 + 20) = 84,00"."""
        counted = [value for value in self.values if value.weight]
        if not counted:
            return score_text(None)
        above = " + ".join(
            f"{weight_text(value.weight)} × {percent_text(value.points)}"
            for value in counted
        )
        below = " + ".join(weight_text(value.weight) for value in counted)
        if len(counted) > 1:
            above, below = f"({above})", f"({below})"
        return f"{above} ÷ {below} = {score_text(self.score)}"


def share_of(measure, counts):
    """The share of a measure in {part: number}, exact; None for 0 ÷ 0."""
    whole = sum(counts.get(part, 0) for part in measure.below)
    if not whole:
        return None
    return sum(worth * counts.get(part, 0) for part, worth in measure.above) / whole


def evaluate(counts, criteria):
    """The :class:`Line` of {part: number} by the criteria, in their order."""
    values = []
    for criterion in criteria:
        measure = MEASURES[criterion.measure]
        share = share_of(measure, counts)
        points = share
        if share is not None and not criterion.higher_is_better:
            points = 1 - share
        values.append(Value(criterion, share, points, formula(measure, counts)))
    weights = sum(value.weight for value in values)
    score = None
    if weights:
        score = sum(value.weight * value.points for value in values if value.weight)
        score /= weights
    return Line(tuple(values), score)


def ranks(scores):
    """{key: place from 1} of {key: score}: equal as printed is equal, and the places
    after a tie are left out; None for no score."""
    printed = {key: _printed(score) for key, score in scores.items()}
    ordered = sorted((one for one in printed.values() if one is not None), reverse=True)
    places = {}
    for place, score in enumerate(ordered, 1):
        places.setdefault(score, place)
    return {key: places.get(score) for key, score in printed.items()}


def change(score, before):
    """1 better, -1 worse, 0 the same as printed; None where either is missing."""
    if score is None or before is None:
        return None
    one, other = _printed(score), _printed(before)
    return (one > other) - (one < other)


def summed(counts):
    """The counts of several agencies together, as a dict."""
    total = Counter()
    for one in counts:
        total.update(one)
    return dict(total)


# -- in words ------------------------------------------------------------------------
def formula(measure, counts):
    """The formula as a tuple of words and (part, number) pairs, to be clicked on."""
    above = [
        _times(part, worth, counts)
        for part, worth in measure.above
        # a fault that nobody made is not worth a term
        if len(measure.above) == 1 or counts.get(part)
    ]
    below = [
        ((part, counts.get(part, 0)),)
        for part in measure.below
        if len(measure.above) == 1 or counts.get(part)
    ]
    return (*_sum(above), " ÷ ", *_sum(below))


def _times(part, worth, counts):
    count = (part, counts.get(part, 0))
    return (count,) if worth == 1 else (count, f" × {int(worth * 100)} %")


def _sum(terms):
    """The terms with plus signs, in brackets where there are several."""
    if not terms:
        return ("0",)
    tokens = [*terms[0]]
    for term in terms[1:]:
        tokens += [" + ", *term]
    return ("(", *tokens, ")") if len(terms) > 1 else tuple(tokens)


def formula_text(tokens):
    """The formula as one text."""
    return "".join(one if isinstance(one, str) else str(one[1]) for one in tokens)


def score_text(score):
    """A score as printed, of 100: "84,00", or "–" where there is none."""
    printed = _printed(score)
    if printed is None:
        return "–"
    return f"{printed // 100},{printed % 100:02d}"


def weight_text(weight):
    """A weight without needless zeros: "30", "7,5"."""
    return f"{float(weight):g}".replace(".", ",")


def _printed(score):
    """The score of 100 in hundredths, a half rounded up; None for none."""
    return None if score is None else int(Fraction(score) * 10000 + Fraction(1, 2))
