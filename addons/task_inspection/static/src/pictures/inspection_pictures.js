import { _t } from "@web/core/l10n/translation";
import { FileInput } from "@web/core/file_input/file_input";
import { registry } from "@web/core/registry";
import {
    Many2ManyBinaryField,
    many2ManyBinaryField,
} from "@web/views/fields/many2many_binary/many2many_binary_field";
import { reducePicture } from "./reduce_picture";

/** A file input that opens the camera of a phone at once. */
export class CameraInput extends FileInput {
    static template = "task_inspection.CameraInput";
}

/**
 * Pictures and files of a finding: pictures are taken with the phone's camera or chosen,
 * made smaller before they are sent, and shown as pictures.
 */
export class InspectionPictures extends Many2ManyBinaryField {
    static template = "task_inspection.Pictures";
    static components = { ...Many2ManyBinaryField.components, CameraInput };

    get pictures() {
        return this.files.filter((file) => this.isImage(file));
    }

    get others() {
        return this.files.filter((file) => !this.isImage(file));
    }

    reduce(files) {
        return Promise.all(files.map(reducePicture));
    }
}

registry.category("fields").add("inspection_pictures", {
    ...many2ManyBinaryField,
    component: InspectionPictures,
    displayName: _t("Pictures and files"),
});
