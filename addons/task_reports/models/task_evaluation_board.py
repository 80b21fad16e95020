# SPDX-License-Identifier: LGPL-3.0-or-later
from odoo import api, models

from odoo.addons.task_tracking.models.res_partner import AGENCY_KINDS

from ..logic import evaluation as logic
from ..logic.figures import percent_text


class TaskEvaluationBoard(models.AbstractModel):
    """From what was counted to what the screen, the PDF and the XLSX show.

    `_count` gives plain data (what is frozen on publication), `_values` the lines made
    of it by `logic.evaluation`: the same data always gives the same lines.
    """

    _name = "task.evaluation.board"
    _description = "Evaluation of agencies, ready to show"

    # -- counting --------------------------------------------------------------------
    @api.model
    def _count(self, evaluation, agency=None):
        """Return {period, date_from, date_to, criteria, agencies, heads, before}.

        criteria: [[measure, weight as text, direction, required], …]; agencies: [{id,
        name, kind, counts}] in the order of the lists; heads: [{id, name, agency_ids}]
        where the text evaluates heads; before: [{period, counts: [[agency id, {part:
        n}], …]}], the latest first. A few queries, however many agencies there are.
        """
        engine = self.env["task.evaluation.engine"]
        criteria = evaluation.regulation_id.sudo().evaluation_criterion_ids.filtered(
            "active"
        )
        last = evaluation.counted_to
        counts = engine._counts(evaluation.date_from, last, agency)
        agencies = self.env["res.partner"].browse(counts)
        if agency and not counts:
            agencies, counts = agency, {agency.id: {}}
        rank = self.env["task.report.list"]._agency_rank(agencies)
        agencies = self.env["res.partner"].browse(sorted(counts, key=rank.get))
        return {
            "period": evaluation._period_name(),
            "date_from": evaluation.date_from.isoformat(),
            "date_to": last.isoformat(),
            "criteria": [
                [one.measure, f"{one.weight:.1f}", one.direction, one.is_required]
                for one in criteria
            ],
            "agencies": [
                {
                    "id": one.id,
                    "name": one.name,
                    "kind": one.agency_kind or "",
                    "counts": counts[one.id],
                }
                for one in agencies
            ],
            "heads": self._heads(evaluation, agencies),
            "before": [
                {
                    "period": words,
                    "counts": [
                        [one, its]
                        for one, its in engine._counts(first, end, agency).items()
                        if one in counts
                    ],
                }
                for words, first, end in evaluation._periods_before()
            ],
        }

    def _heads(self, evaluation, agencies):
        """Who headed the agencies on the window's last day, each person once."""
        if not evaluation.regulation_id.sudo()._policy("heads_evaluated"):
            return []
        heads = self.env["task.agency.head"]._heads_on(evaluation.counted_to, agencies)
        people = {}
        for agency in agencies:
            if agency in heads:
                people.setdefault(heads[agency], []).append(agency.id)
        return [
            {"id": user.id, "name": user.name, "agency_ids": ids}
            for user, ids in people.items()
        ]

    # -- showing ---------------------------------------------------------------------
    @api.model
    def _values(self, data, own=None, shows_all=True):
        """Return the lines as the screen draws them, a dict for JSON.

        :param data: what `_count` gave, of now or as it was frozen.
        :param own: the reader's agency (res.partner), empty for the Office and leaders.
        :param shows_all: whether the reader sees every line and the ranking.
        """
        criteria = [
            logic.Criterion.of(measure, weight, direction == "up", is_required)
            for measure, weight, direction, is_required in data["criteria"]
        ]
        agencies = self._agency_lines(data, criteria, own, shows_all)
        return {
            "period": data["period"],
            "criteria": self._criterion_values(criteria),
            "agencies": agencies,
            "groups": self._group_lines(data, criteria, own) if shows_all else [],
            "heads": self._head_lines(data, criteria, own) if shows_all else [],
            "periods": [
                *[one["period"] for one in reversed(data["before"])],
                data["period"],
            ],
            "parts": self._part_labels(),
            "shows_all": shows_all,
        }

    def _criterion_values(self, criteria):
        model = self.env["task.evaluation.criterion"]
        labels, formulas = model._measure_labels(), model._formulas()
        return [
            {
                "measure": one.measure,
                "label": labels[one.measure],
                "formula": formulas[one.measure],
                "weight": logic.weight_text(one.weight),
                "higher_is_better": one.higher_is_better,
            }
            for one in criteria
        ]

    def _agency_lines(self, data, criteria, own, shows_all):
        """The lines of the agencies, by place where the ranking is shown."""
        rows = [row for row in data["agencies"] if shows_all or row["id"] in own.ids]
        lines = {row["id"]: logic.evaluate(row["counts"], criteria) for row in rows}
        scores = {key: line.placed_score for key, line in lines.items()}
        places = logic.ranks(scores)
        kinds = {row["id"]: row["kind"] for row in rows}
        places_of_kind = {}
        for kind in set(kinds.values()):
            places_of_kind |= logic.ranks(
                {key: score for key, score in scores.items() if kinds[key] == kind}
            )
        trends = self._trends(data, criteria)
        labels = self._kind_labels()
        values = []
        for row in rows:
            trend = [*trends.get(row["id"], []), lines[row["id"]].score]
            values.append(
                {
                    **self._line_values(lines[row["id"]]),
                    "id": row["id"],
                    "name": row["name"],
                    "kind": labels.get(row["kind"], ""),
                    "agency_ids": [row["id"]],
                    "place": places[row["id"]] if shows_all else None,
                    "place_of_kind": places_of_kind[row["id"]] if shows_all else None,
                    "is_own": bool(own) and row["id"] in own.ids,
                    "opens": not own or row["id"] in own.ids,
                    "change": logic.change(
                        trend[-1], trend[-2] if len(trend) > 1 else None
                    ),
                    "trend": [None if one is None else float(one) for one in trend],
                    "trend_texts": [logic.score_text(one) for one in trend],
                }
            )
        if shows_all:
            values.sort(key=lambda one: one["place"] or len(values) + 1)
        return values

    def _trends(self, data, criteria):
        """{agency id: [score, …]} of the periods before, the oldest first; None where
        there was nothing to measure."""
        periods = [dict(one["counts"]) for one in reversed(data["before"])]
        return {
            row["id"]: [
                logic.evaluate(counts.get(row["id"], {}), criteria).score
                for counts in periods
            ]
            for row in data["agencies"]
        }

    def _group_lines(self, data, criteria, own):
        """The agencies of a kind together, and all of them: summed, not averaged."""
        by_kind = {}
        for row in data["agencies"]:
            by_kind.setdefault(row["kind"], []).append(row)
        labels = self._kind_labels()
        groups = [(labels[kind], by_kind[kind]) for kind in labels if kind in by_kind]
        groups.append((self.env._("All agencies"), data["agencies"]))
        return [
            {
                **self._line_values(
                    logic.evaluate(
                        logic.summed(row["counts"] for row in rows), criteria
                    )
                ),
                "name": name,
                "number": len(rows),
                "agency_ids": [row["id"] for row in rows],
                "opens": not own,
            }
            for name, rows in groups
        ]

    def _head_lines(self, data, criteria, own):
        """Each head with the sum of the agencies headed, by place."""
        rows = {row["id"]: row for row in data["agencies"]}
        lines = [
            (
                head,
                logic.evaluate(
                    logic.summed(rows[one]["counts"] for one in head["agency_ids"]),
                    criteria,
                ),
            )
            for head in data["heads"]
        ]
        places = logic.ranks({head["id"]: line.placed_score for head, line in lines})
        values = [
            {
                **self._line_values(line),
                "name": head["name"],
                "agencies": "; ".join(rows[one]["name"] for one in head["agency_ids"]),
                "agency_ids": head["agency_ids"],
                "place": places[head["id"]],
                "opens": not own or head["agency_ids"] == own.ids,
            }
            for head, line in lines
        ]
        return sorted(values, key=lambda one: one["place"] or len(values) + 1)

    def _line_values(self, line):
        return {
            "score": None if line.score is None else float(line.score),
            "score_text": logic.score_text(line.score),
            "score_formula": line.score_formula,
            "values": [
                {
                    "measure": one.criterion.measure,
                    "share": None if one.share is None else float(one.share),
                    "text": percent_text(one.share),
                    "points": percent_text(one.points),
                    "formula": [
                        {"text": token}
                        if isinstance(token, str)
                        else {"part": token[0], "count": token[1]}
                        for token in one.formula
                    ],
                }
                for one in line.values
            ],
        }

    # -- words -------------------------------------------------------------------------
    def _kind_labels(self):
        """{kind of agency: its words}, in the order of the lists, with "" last."""
        field = self.env["res.partner"]._fields["agency_kind"]
        labels = dict(field._description_selection(self.env))
        return {kind: labels[kind] for kind, _label in AGENCY_KINDS} | {
            "": self.env._("Others")
        }

    @api.model
    def _part_labels(self):
        """{part: what its records are}, the title of the list that opens."""
        late = {
            f"late_{times}": self.env._("Fell overdue %(times)s times", times=times)
            for times in range(2, logic.MOST_FAULTS)
        }
        failed = {
            f"failed_{times}": self.env._("Result refused %(times)s times", times=times)
            for times in range(1, logic.MOST_FAULTS)
        }
        most = logic.MOST_FAULTS
        return {
            "completed": self.env._("Completed in the period"),
            "completed_on_time": self.env._("Completed on time"),
            "open": self.env._("Not completed"),
            "open_overdue": self.env._("Not completed and overdue"),
            "fresh": self.env._("Not completed, with an entry lately"),
            "dated": self.env._("With a deadline"),
            "extension_asked": self.env._("More time asked in the period"),
            "extension_granted": self.env._("Given more time in the period"),
            "late_0": self.env._(
                "Products without delay, or with a confirmed objective cause"
            ),
            "late_1": self.env._("Fell overdue once"),
            **late,
            f"late_{most}": self.env._(
                "Fell overdue %(times)s times or more", times=most
            ),
            "failed_0": self.env._(
                "Products never refused, or with a confirmed objective cause"
            ),
            **failed,
            f"failed_{most}": self.env._(
                "Result refused %(times)s times or more", times=most
            ),
            "rated": self.env._("Rated results"),
            "rated_well": self.env._("Rated at least satisfactory"),
            "result_accepted": self.env._("Results confirmed"),
            "result_refused": self.env._("Results refused"),
            "return_accepted": self.env._("Hand-backs accepted"),
            "return_refused": self.env._("Hand-backs refused"),
            "report_in_time": self.env._("Reports sent on time"),
            "report_late": self.env._("Reports late or not sent"),
        }
