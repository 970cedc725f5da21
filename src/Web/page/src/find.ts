import type { Film, Found, MapApi } from "./api";
import { Refusal } from "./api";
import { byId, make, shortName, thousands } from "./html";
import type { Panel } from "./panel";
import { matchList } from "./similar";

/** Finding films by name. */
export function findFilms(api: () => MapApi, panel: Panel, open: (film: Film) => void): void {
  const [form, input] = [byId<HTMLFormElement>("find"), byId<HTMLInputElement>("search")];
  let timer = 0;
  const search = async () => {
    const words = input.value.trim();
    if (words === "") return;
    const { total, films } = await api().films(words);
    if (words !== input.value.trim()) return;
    panel.show(total === 0 ? `No film is called '${words}'` : `${thousands(total)} ${total === 1 ? "film" : "films"} with '${words}'`,
      make("ul", { class: "films" }, ...films.map(film => make("li", {}, make("button", { class: "name", title: film.name, click: () => open(film) },
        make("i", { style: `background:${film.colour}` }), make("span", {}, shortName(film.name)), make("small", {}, film.kind === "photo" ? "photo" : `${film.seconds.toFixed(0)} s`)),
        make("button", { "aria-label": `Only ${shortName(film.name)}`, title: "Show only this film, or this one too where a filter is on", click: () => panel.actions.onlyFilm(film.id, true) }, "Only")))),
      total > films.length ? make("p", { class: "pale" }, `The first ${films.length}; more of the name leaves fewer.`) : null);
    input.focus();
  };
  input.addEventListener("input", () => { clearTimeout(timer); timer = window.setTimeout(() => void search(), 200); });
  form.addEventListener("submit", event => { event.preventDefault(); void search(); });
}

/** Finding a picture or clip that is dropped on the page or chosen from the disk. */
export function findFile(api: () => MapApi | undefined, panel: Panel, mark: (places: { x: number; y: number }[]) => void): void {
  const [hint, input] = [byId("drop"), byId<HTMLInputElement>("file")];
  const isFile = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  document.addEventListener("dragover", event => { if (isFile(event)) { event.preventDefault(); hint.hidden = false; } });
  document.addEventListener("dragleave", event => { if (event.relatedTarget === null) hint.hidden = true; });
  document.addEventListener("drop", event => {
    hint.hidden = true;
    if (!isFile(event)) return;
    event.preventDefault();
    const file = event.dataTransfer!.files[0];
    if (file) void find(file);
  });
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    input.value = "";
    if (file) void find(file);
  });

  async function find(file: File): Promise<void> {
    const atlas = api();
    if (!atlas) return;
    const preview = own(file);
    const shown = panel.show(`Looking for ${file.name}`, preview, make("p", { class: "waiting", role: "status" }, file.type.startsWith("video/") ? "Describing its frames …" : "Describing it …"));
    try {
      const found = await atlas.find(file, shown);
      panel.show(`Most like ${file.name}`, preview, ...results(atlas, found));
      mark(found.places);
    } catch (error) {
      if ((error as Error).name === "AbortError") return;
      if (!(error instanceof Refusal)) throw error;
      panel.show(`${file.name} was not found`, preview, make("p", { role: "alert" }, error.message));
    }
  }

  function results(atlas: MapApi, found: Found): Node[] {
    return found.kind === "picture"
      ? [make("p", { class: "pale" }, "The ring on the map is where it would be."), make("h3", {}, "Frames most like it"), panel.grid(atlas, found.nearest)]
      : [make("p", { class: "pale" }, `The line on the map is its way over ${found.seconds.toFixed(1)} s. Compared by what is seen and in which order; 1 is the same.`),
        make("h3", {}, "Clips most like it"), matchList(atlas, found.clips, number => panel.actions.openFrame(number))];
  }
}

/** The file as the browser shows it; nothing where it cannot. */
function own(file: File): HTMLElement {
  const source = URL.createObjectURL(file);
  const element = file.type.startsWith("video/")
    ? make("video", { src: source, controls: true, loop: true, class: "large" })
    : make("img", { src: source, alt: file.name, class: "large" });
  if (element instanceof HTMLVideoElement) element.muted = true;
  element.addEventListener("error", () => { element.hidden = true; });
  return element;
}
