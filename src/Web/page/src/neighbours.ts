import { type Frame, isAbort, type MapApi, type Neighbour, Refusal } from "./api";
import { type Context, openFrame } from "./context";
import { alertOf, make, waiting } from "./html";
import { distinct, rated, shortTime } from "./names";

type Among = "others" | "film";

/** The frames most like one, and how well the map tells it. */
export class Likeness {
  readonly element = make("section", { class: "neighbours" });
  private among: Among = "others";
  private asked = new AbortController();
  private frame: Frame | null = null;
  private readonly list = make("div", { "aria-live": "polite" }, waiting("Looking for frames like it …"));
  private readonly fit = make("details", { class: "fit", toggle: () => void this.showFit() });

  constructor(private readonly context: Context) {
    const pick = (among: Among, name: string, title: string) =>
      make("button", { title, "aria-pressed": String(among === this.among), click: (event: Event) => this.choose(among, event) }, name);
    this.element.append(
      make("h3", {}, "Looks like this"),
      make(
        "div",
        { class: "group small" },
        pick("others", "Other films and shots", "The best frame of each other film and each other shot"),
        pick("film", "This film", "Frames of the same film"),
      ),
      this.list,
      this.fit,
    );
  }

  /** Shows what is like a frame; done once it is shown. */
  async show(frame: Frame): Promise<void> {
    this.frame = frame;
    this.asked.abort();
    const own = new AbortController();
    this.asked = own;
    this.showSummary(frame);
    const { api } = this.context.world()!;
    await this.fill(this.list, own.signal, async () => {
      const { true: found } = await api.neighbours(frame.number, this.among, own.signal);
      return [found.length > 0 ? grid(this.context, api, found) : make("p", { class: "pale" }, "Nothing else is here to compare with.")];
    });
    if (this.fit.open) await this.showFit();
  }

  end(): void {
    this.asked.abort();
  }

  private choose(among: Among, event: Event): void {
    this.among = among;
    for (const button of this.element.querySelectorAll(".group button"))
      button.setAttribute("aria-pressed", String(button === event.currentTarget));
    if (this.frame) void this.show(this.frame);
  }

  private showSummary({ trust }: Frame): void {
    const word = trust === null ? "not measured" : rated(trust);
    const figure = trust === null ? "" : `Share of the ten frames most like it that are beside it on the map: ${trust.toFixed(2)}`;
    this.fit.replaceChildren(make("summary", { title: figure }, "Its place on the map: ", make("b", {}, word)));
  }

  private async showFit(): Promise<void> {
    if (!this.fit.open || this.frame === null || this.fit.childElementCount > 1) return;
    const body = make("div", {}, waiting("Comparing …"));
    this.fit.append(body);
    const { api } = this.context.world()!;
    const { number, trust } = this.frame;
    await this.fill(body, this.asked.signal, async () => {
      const found = await api.neighbours(number, "all", this.asked.signal);
      const figure = trust === null ? "" : ` Figure: ${trust.toFixed(2)} of 1.`;
      return [
        make(
          "p",
          { class: "pale" },
          `${found.shared} of the ${found.true.length} frames most like it are also nearest to it on the map.${figure}`,
        ),
        make("h4", {}, "Beside it on the map"),
        grid(this.context, api, found.map),
        make("h4", {}, "Most like it, whatever the shot"),
        grid(this.context, api, found.true),
      ];
    });
  }

  private async fill(element: HTMLElement, signal: AbortSignal, content: () => Promise<Node[]>): Promise<void> {
    try {
      const nodes = await content();
      if (!signal.aborted) element.replaceChildren(...nodes);
    } catch (error) {
      if (isAbort(error)) return;
      if (!(error instanceof Refusal)) throw error;
      element.replaceChildren(alertOf(error.message));
    }
  }
}

/** Frames as small pictures that open, each with its film and time. */
export function grid(context: Context, api: MapApi, found: Neighbour[]): HTMLElement {
  const names = distinct(found.map(({ frame }) => frame.name));
  return make(
    "div",
    { class: "grid" },
    ...found.map(({ frame, distance }) =>
      make(
        "button",
        { title: `${frame.name} at ${frame.timecode}, distance ${distance.toPrecision(3)}`, click: () => openFrame(context, frame.number) },
        make("img", { src: api.picture(frame.number), alt: "", loading: "lazy" }),
        make("span", { class: "cut" }, names.get(frame.name)!),
        make("small", {}, frame.length > 0 ? shortTime(frame.timecode) : "photo"),
      ),
    ),
  );
}
