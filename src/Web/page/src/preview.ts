import { make } from "./html";

const width = 480;

/** A file as the browser shows it, or the picture of it that was kept; nothing where there is neither. */
export function previewOf(from: File | string): HTMLElement {
  const source = typeof from === "string" ? sessionStorage.getItem(`found ${from}`) : URL.createObjectURL(from);
  const element =
    from instanceof File && from.type.startsWith("video/")
      ? make("video", { src: source, controls: true, loop: true, class: "large", "aria-label": from.name })
      : make("img", { src: source, alt: from instanceof File ? from.name : "The file that was dropped", class: "large" });
  element.hidden = source === null;
  if (element instanceof HTMLVideoElement) element.muted = true;
  element.addEventListener("error", () => {
    element.hidden = true;
  });
  return element;
}

/** Keeps a small picture of a file while this tab is open: after the page is loaded again the file itself is gone. */
export async function keepPreview(key: string, file: File): Promise<void> {
  const url = URL.createObjectURL(file);
  try {
    const picture = file.type.startsWith("video/") ? await earlyFrame(url) : await createImageBitmap(file);
    const [wide, high] = picture instanceof HTMLVideoElement ? [picture.videoWidth, picture.videoHeight] : [picture.width, picture.height];
    const canvas = make("canvas", { width: Math.min(width, wide), height: Math.round((Math.min(width, wide) * high) / wide) });
    canvas.getContext("2d")!.drawImage(picture, 0, 0, canvas.width, canvas.height);
    sessionStorage.setItem(`found ${key}`, canvas.toDataURL("image/jpeg", 0.8));
  } catch (error) {
    // What the browser cannot show has no preview, nor what there is no room for.
    if (!(error instanceof DOMException || error instanceof Event)) throw error;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** A video at one of its first pictures. What is only loaded may be drawn black: a picture that was sought is decoded. */
function earlyFrame(url: string): Promise<HTMLVideoElement> {
  const video = document.createElement("video");
  [video.muted, video.preload] = [true, "auto"];
  return new Promise((resolve, reject) => {
    video.addEventListener(
      "loadeddata",
      () => {
        video.currentTime = Math.min(1, video.duration / 3);
      },
      { once: true },
    );
    video.addEventListener("seeked", () => resolve(video), { once: true });
    video.addEventListener("error", reject);
    video.src = url;
  });
}
