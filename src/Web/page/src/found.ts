import { type Found, isAbort, type MapApi, Refusal } from "./api";
import { type Context, openFrame } from "./context";
import { alertOf, byId, make, waiting } from "./html";
import { grid } from "./neighbours";
import { type Panel, settle } from "./panel";
import { keepPreview, previewOf } from "./preview";
import { matchList } from "./similar";

/** Takes a picture or clip that is dropped on the page or chosen from the disk. */
export function bindFiles({ store, world }: Context): void {
  const [hint, input] = [byId("drop"), byId<HTMLInputElement>("file")];
  const isFile = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const ask = (file: File | undefined) => {
    if (file && world()) store.change({ asking: { file, at: performance.now() }, playing: false });
  };
  document.addEventListener("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    hint.hidden = false;
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) hint.hidden = true;
  });
  document.addEventListener("drop", (event) => {
    hint.hidden = true;
    if (!isFile(event)) return;
    event.preventDefault();
    ask(event.dataTransfer!.files[0]);
  });
  input.addEventListener("change", () => {
    ask(input.files?.[0]);
    input.value = "";
  });
}

/** What is most like a file: asked once, then an answer with a key, which the address keeps. */
export class FilePanel {
  /** Answers of this page, so that they need not be asked for. */
  private readonly answers = new Map<string, Found>();
  private readonly files = new Map<string, File>();

  constructor(
    private readonly context: Context,
    private readonly panel: Panel,
  ) {}

  /** Looks for a file; the address stays what it was until it is found. `below` names what the way back leads to. */
  async ask(file: File, below: string | null): Promise<void> {
    const { api } = this.context.world()!;
    const said = waiting(file.type.startsWith("video/") ? "Describing its frames …" : "Describing it …");
    const shown = this.panel.show(`Looking for ${file.name}`, below, previewOf(file), said);
    try {
      const found = await api.find(file, shown);
      this.answers.set(api.path + found.key, found);
      this.files.set(found.key, file);
      void keepPreview(found.key, file);
      this.context.store.change({ query: { kind: "file", key: found.key }, open: null, path: false, selection: null, playing: false });
    } catch (error) {
      if (isAbort(error)) return;
      if (!(error instanceof Refusal)) throw error;
      this.panel.show(`${file.name} was not found`, below, previewOf(file), alertOf(error.message));
    }
  }

  /** Shows what was found. */
  answer(key: string): void {
    const { api } = this.context.world()!;
    const body = make("div", {}, waiting("Looking up what was found …"));
    const shown = this.panel.show("What was found", null, previewOf(this.files.get(key) ?? key), body);
    void settle(body, this.found(api, key, shown), shown, (found) => {
      document.querySelector("#panel h2")!.textContent = `Most like ${found.name}`;
      return this.results(api, found);
    });
  }

  /** What was found for a file. */
  async found(api: MapApi, key: string, signal: AbortSignal): Promise<Found> {
    const found = this.answers.get(api.path + key) ?? (await api.found(key, signal));
    this.answers.set(api.path + key, found);
    return found;
  }

  private results(api: MapApi, found: Found): Node[] {
    if (found.kind === "picture")
      return [
        make("p", { class: "pale" }, "The ring on the map is where it would be."),
        ...(found.clips.length > 0
          ? [make("h3", {}, "Copies of it"), matchList(api, found.clips, (number) => openFrame(this.context, number))]
          : []),
        make("h3", {}, "Frames most like it"),
        grid(this.context, api, found.nearest),
      ];
    const way = `The line on the map is its way over ${found.seconds.toFixed(1)} s.`;
    return [
      make("p", { class: "pale" }, `${way} Compared by what is seen and in which order; 1 is the same.`),
      make("h3", {}, "Clips most like it"),
      matchList(api, found.clips, (number) => openFrame(this.context, number)),
    ];
  }
}
