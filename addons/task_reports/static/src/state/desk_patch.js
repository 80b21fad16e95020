import { onWillStart } from "@odoo/owl";
import { user } from "@web/core/user";
import { patch } from "@web/core/utils/patch";
import { TaskDesk } from "@task_tracking/desk/desk";

/** Who leads goes on from the desk to the state of all tasks. */
const READERS = [
    "task_tracking.group_leader",
    "task_tracking.group_office_specialist",
    "task_tracking.group_agency_head",
];

patch(TaskDesk.prototype, {
    setup() {
        super.setup();
        onWillStart(async () => {
            const answers = await Promise.all(READERS.map((group) => user.hasGroup(group)));
            this.mayReadState = answers.includes(true);
        });
    },

    openState() {
        return this.action.doAction("task_reports.action_task_state");
    },
});
