// SPDX-License-Identifier: LGPL-3.0-or-later
import { useEffect } from "@odoo/owl";
import { areDatesEqual } from "@web/core/l10n/dates";
import { patch } from "@web/core/utils/patch";
import { DateTimeField } from "@web/views/fields/datetime/datetime_field";

// In Odoo 19 a box whose day makes the form ask the server shows again what stood in it
// before, once the answer is there: the record holds another day than the one that is
// read. (The picker is put back to the record's value while that is on its way.) A
// deadline must read as it is kept.
patch(DateTimeField.prototype, {
    setup() {
        super.setup();
        useEffect(
            () => {
                const value = this.getRecordValue();
                if (!this.picker.activeInput && !areDatesEqual(this.state.value, value)) {
                    this.state.value = value;
                }
            },
            () => [JSON.stringify(this.getRecordValue())]
        );
    },
});
