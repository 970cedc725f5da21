import type { Film, MapApi } from "./api";
import { Refusal } from "./api";
import { byId, make, shortName, thousands } from "./html";
import type { Panel } from "./panel";

/** Finding films by name, and pictures or clips by dropping them on the page. */
export function findFilms(api: () => MapApi, panel: Panel, open: (film: Film) => void): void {
  const [form, input] = [byId<HTMLFormElement>("find"), byId<HTMLInputElement>("search")];
  let timer = 0;
  const search = async () => {
    const words = input.value.trim();
    if (words === "") return;
    const { total, films } = await api().films(words);
    if (words !== input.value.trim()) return;
    panel.show(total === 0 ? `No film is called '${words}'` : `${thousands(total)} films with '${words}'`,
      make("ul", { class: "films" }, ...films.map(film => make("li", {}, make("button", { title: film.name, click: () => open(film) },
        make("i", { style: `background:${film.colour}` }), make("span", {}, shortName(film.name)), make("small", {}, `${film.seconds.toFixed(0)} s`))))));
    input.focus();
  };
  input.addEventListener("input", () => { clearTimeout(timer); timer = window.setTimeout(() => void search(), 200); });
  form.addEventListener("submit", event => { event.preventDefault(); void search(); });
}

export function findDropped(api: () => MapApi, panel: Panel, mark: (place: { x: number; y: number }) => void): void {
  document.addEventListener("dragover", event => event.preventDefault());
  document.addEventListener("drop", event => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) void find(file);
  });

  async function find(file: File): Promise<void> {
    try {
      const picture = file.type.startsWith("video/") ? await middleOf(file) : file;
      const found = await api().find(picture);
      panel.show(`Most like '${file.name}'`, panel.grid(api(), found.nearest));
      mark(found);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      panel.show(`'${file.name}' was not found`, make("p", { role: "alert" }, error.message));
    }
  }
}

/** The picture in the middle of a clip, drawn by the browser. */
async function middleOf(file: File): Promise<Blob> {
  const video = make("video", { src: URL.createObjectURL(file), preload: "auto" });
  video.muted = true;
  const once = (name: string) => new Promise<void>((done, fail) => {
    video.addEventListener(name, () => done(), { once: true });
    video.addEventListener("error", () => fail(new Refusal(`'${file.name}' is no film that this browser plays; drop a picture of it.`)), { once: true });
  });
  await once("loadeddata");
  const seeked = once("seeked");
  video.currentTime = video.duration / 2;
  await seeked;
  const canvas = make("canvas", { width: video.videoWidth, height: video.videoHeight });
  canvas.getContext("2d")!.drawImage(video, 0, 0);
  URL.revokeObjectURL(video.src);
  return await new Promise(done => canvas.toBlob(blob => done(blob!), "image/jpeg", 0.92));
}
