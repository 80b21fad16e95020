# SPDX-License-Identifier: LGPL-3.0-or-later
from lxml import etree

from odoo.tests import tagged

from .common import START, TaskCase

FEW, MANY = 3, 30


@tagged("post_install", "-at_install")
class TestPerformance(TaskCase):
    """The number of queries does not grow with the number of records.

    Few and many are both measured, by the users who do it, with warm settings and
    cold records; the sizes stay within the 100 rows that Odoo writes in one INSERT.
    """

    def setUp(self):
        super().setUp()
        self._move_to(START)

    def _queries(self, act, *arguments):
        """How many queries the act makes, from cold records to written rows."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        act(*arguments)
        self.env.cr.flush()
        return self.env.cr.sql_log_count - before

    def _reading_queries(self, act, *arguments):
        """The same of an act that only reads, with its settings warm."""
        self._queries(act, *arguments)
        return self._queries(act, *arguments)

    def _assert_constant(self, act, few, many):
        """The act makes no more queries for `many` than for `few`: one fewer happens,
        where what was prefetched together lies otherwise.

        Both are lists of arguments; the act is done with `few[0]` once to warm what
        every process of a running server has warm.
        """
        self._queries(act, few[0])
        needed = self._queries(act, few[1])
        self.assertLessEqual(
            self._queries(act, many),
            needed,
            "the number of queries grows with the records",
        )

    def _tasks(self, number, **vals):
        """Values of tasks with two leads and a support each."""
        return [
            self._task_vals(
                lead=self.finance | self.building,
                support=self.ward,
                field_id=self.farming.id,
                name=f"Báo cáo kết quả nội dung {nth}",
                **vals,
            )
            for nth in range(number)
        ]

    def _assigned(self, number):
        """The lead assignments of the finance department, of `number` tasks."""
        document = self._document(self._tasks(number))
        document.action_release()
        return document.sudo().assignment_ids.filtered(
            lambda one: one.agency_id == self.finance
        )

    # -- what the web client asks ----------------------------------------------------
    def _specification(self, model, view_type):
        """What the web client asks for the model's view, as its user gets it."""
        view = model.get_views([(False, view_type)])["views"][view_type]
        return self._fields_of(model, etree.fromstring(view["arch"]))

    def _fields_of(self, model, arch):
        asked = {}
        for node in arch.iter("field"):
            inside = list(node.iterancestors("field"))
            if inside and arch in inside[-1].iterancestors():
                continue  # a column of a list within this form
            field = model._fields[node.get("name")]
            asked[field.name] = {}
            if field.type in ("one2many", "many2many"):
                lines = self.env[field.comodel_name].with_env(model.env)
                columns = node.find("list")
                asked[field.name] = {
                    "fields": {"display_name": {}}
                    if columns is None
                    else self._fields_of(lines, columns)
                }
            elif field.type == "many2one":
                asked[field.name] = {"fields": {"display_name": {}}}
        return asked

    # -- releasing -------------------------------------------------------------------
    def test_release_of_more_tasks(self):
        """Releasing 30 tasks takes as many queries as releasing 3."""
        documents = [self._document(self._tasks(size)) for size in (FEW, FEW, MANY)]
        self._assert_constant(
            lambda document: document.action_release(), documents[:2], documents[2]
        )

    def test_release_of_more_directives(self):
        """Releasing 10 directives together takes as many queries as releasing 2."""
        documents = [
            self.env["task.document"]
            .with_user(self.specialist)
            .concat(*(self._document(self._tasks(FEW)) for _nth in range(number)))
            for number in (2, 2, 10)
        ]
        self._assert_constant(
            lambda several: several.action_release(), documents[:2], documents[2]
        )

    def test_release_of_one_directive_of_many(self):
        """Releasing one directive is no dearer than releasing several together, but
        for telling which one it is."""
        one, other, several = (
            self.env["task.document"]
            .with_user(self.specialist)
            .concat(*(self._document(self._tasks(FEW)) for _nth in range(number)))
            for number in (1, 1, 10)
        )
        one.action_release()
        alone = self._queries(other.action_release)
        self.assertLessEqual(self._queries(several.action_release), alone + FEW)

    # -- reading ---------------------------------------------------------------------
    def test_list(self):
        """A list of 80 takes as many queries as a list of 10, for every role."""
        self._assigned(85)
        for user in (
            self.finance_officer,
            self.agriculture_head,
            self.specialist,
            self.manager,
            self.chairman,
        ):
            model = self.env["task.assignment"].with_user(user)
            asked = self._specification(model, "list")

            def read(limit, model=model, asked=asked):
                page = model.web_search_read([], asked, limit=limit)
                self.assertEqual(len(page["records"]), limit)
                self.assertGreaterEqual(page["length"], 85)

            with self.subTest(user=user.login):
                self._assert_constant(read, [10, 10], 80)

    def test_grouping(self):
        """Grouping by state, or by what depends on today, is one query, however
        many records there are."""
        model = self.env["task.assignment"].with_user(self.agriculture_officer)
        for name in ("state", "is_overdue", "ageing"):

            def group(_records, name=name):
                return model.formatted_read_group([], [name], ["__count"])

            self._assigned(1)
            few = self._reading_queries(group, None)
            self._assigned(MANY)
            self.assertEqual(few, self._reading_queries(group, None), name)

    def test_form(self):
        """A form takes as many queries for a long history and many agencies as for a
        short one and a few."""
        short = self._released(lead=self.finance | self.building)
        long = self._released(
            lead=self.finance | self.building | self.agriculture | self.branch,
            support=self.ward | self.office,
        )
        short, long = (
            several.filtered(lambda one: one.agency_id == self.finance)
            for several in (short, long)
        )
        for one, times in ((short, 1), (long, 12)):
            officer = one.with_user(self.finance_officer)
            for _nth in range(times):
                self.env["task.progress"].with_user(self.finance_officer).create(
                    {"assignment_id": one.id, "text": "Đang làm"}
                )
                result = self._hand_in(officer).with_user(self.specialist)
                result.answer = "Thiếu số liệu"
                result.action_refuse()
                extension = self._ask_extension(
                    officer, new_deadline="2026-04-20"
                ).with_user(self.chairman)
                extension.answer = "Không đồng ý"
                extension.action_refuse()
        for user in (
            self.finance_officer,
            self.finance_head,
            self.specialist,
            self.chairman,
        ):
            model = self.env["task.assignment"].with_user(user)
            asked = self._specification(model, "form")
            with self.subTest(user=user.login):
                self._assert_constant(
                    lambda one, asked=asked: one.web_read(asked),
                    [short.with_user(user), short.with_user(user)],
                    long.with_user(user),
                )

    def test_form_of_directive(self):
        """The form of a directive of 30 tasks takes as many queries as one of 3."""
        documents = [self._document(self._tasks(size)) for size in (FEW, MANY)]
        asked = self._specification(documents[0], "form")
        self._assert_constant(
            lambda document: document.web_read(asked), documents[:1] * 2, documents[1]
        )

    def test_desk(self):
        """The desk takes as many queries for much work as for little, for every
        role: it shows the first few of each kind and counts the rest."""
        users = (
            self.finance_officer,
            self.agriculture_head,
            self.specialist,
            self.manager,
            self.chairman,
        )
        self._assigned(6)
        self._move_to("2026-04-20 02:00:00")  # all of them overdue

        def read(user):
            return self.env["task.desk"].with_user(user).get_sections()

        few = {user: self._reading_queries(read, user) for user in users}
        self._move_to(START)
        self._assigned(MANY)
        self._move_to("2026-04-20 02:00:00")
        for user in users:
            with self.subTest(user=user.login):
                self.assertEqual(self._reading_queries(read, user), few[user])

    # -- acting ----------------------------------------------------------------------
    def test_receive_many(self):
        """Receiving 20 assignments together takes as many queries as receiving one."""
        ours = self._assigned(22).with_user(self.finance_officer)
        self._assert_constant(
            lambda some: some.action_receive(), [ours[0], ours[1]], ours[2:]
        )
        self.assertEqual(set(ours.mapped("state")), {"doing"})
