/** The longest side of a picture that is kept, in pixels, and the quality as JPEG. */
const LONGEST = 2000;
const QUALITY = 0.85;
/** Below this many bytes a picture is sent as it is. */
const SMALL = 600 * 1024;

/**
 * A photograph as it is sent: one that is larger than LONGEST is drawn smaller, as a
 * JPEG of the same name; anything that is no picture the browser can draw stays as it is.
 *
 * @param {File} file
 * @returns {Promise<File>}
 */
export async function reducePicture(file) {
    if (!["image/jpeg", "image/png", "image/webp"].includes(file.type) || file.size < SMALL) {
        return file;
    }
    let picture;
    try {
        // turned upright by what the camera noted: a canvas keeps no such note
        picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch {
        return file;
    }
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (!blob || blob.size >= file.size) {
        return file;
    }
    const name = file.name.replace(/\.[^.]*$/, "") + ".jpg";
    return new File([blob], name, { type: "image/jpeg", lastModified: file.lastModified });
}
