import { Chatter } from "@mail/chatter/web_portal/chatter";
import { Thread } from "@mail/core/common/thread_model";
import { useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";

/** How many tasks were assigned from the record; the server tells with the thread. */
patch(Thread.prototype, {
    setup() {
        super.setup(...arguments);
        this.assignedTaskCount = 0;
    },
});

patch(Chatter.prototype, {
    setup() {
        super.setup(...arguments);
        this.assignedTasksAction = useService("action");
    },

    openAssignedTasks() {
        this.assignedTasksAction.doAction("task_tracking.action_task_of_record", {
            additionalContext: {
                active_model: this.state.thread.model,
                active_id: this.state.thread.id,
                active_ids: [this.state.thread.id],
            },
        });
    },
});
