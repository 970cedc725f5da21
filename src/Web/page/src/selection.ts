import { type MapApi, type Selection, sentence } from "./api";
import { type Context, openFrame } from "./context";
import { make, waiting } from "./html";
import { counted, distinct, shortTime, thousands } from "./names";
import { type Panel, settle } from "./panel";

const filmsListed = 50;
const framesListed = 200;

/** What lies in a part of the map, to look at and to take along. */
export function showSelection(context: Context, panel: Panel, polygon: number[][]): void {
  const { api } = context.world()!;
  const body = make("div", {}, waiting("Looking what lies here …"));
  const shown = panel.show("Selection", null, body);
  void settle(body, api.select(polygon, shown), shown, (selection) => {
    document.querySelector("#panel h2")!.textContent = `${counted(selection.count, "frame")} selected`;
    if (selection.count === 0) return [make("p", {}, "Nothing lies here; draw around more of the map.")];
    return [exports(api, polygon), ...films(context, selection), ...frames(context, api, selection)];
  });
}

function exports(api: MapApi, polygon: number[][]): HTMLElement {
  const save = (name: string, extension: string, ask: () => Promise<Response>) =>
    make(
      "button",
      { click: (event: Event) => void download(event.currentTarget as HTMLButtonElement, `${api.collection}.${extension}`, ask) },
      name,
    );
  const list = (format: string) => save(format.toUpperCase(), format, () => api.export(polygon, format));
  const poster = save("Poster of this region", "png", () => api.poster(polygon));
  return make("div", { class: "actions" }, make("span", {}, "Export"), list("csv"), list("json"), list("otio"), poster);
}

function films(context: Context, { films, frames }: Selection): Node[] {
  const listed = films.slice(0, filmsListed);
  const names = distinct(listed.map((film) => film.name));
  const first = (id: string) => frames.find((frame) => frame.film === id)?.number;
  return [
    make("h3", {}, counted(films.length, "film")),
    make(
      "ul",
      { class: "films" },
      ...listed.map((film) => {
        const [frame, name] = [first(film.id), names.get(film.name)!];
        return make(
          "li",
          {},
          frame === undefined
            ? make("span", { title: film.name }, name)
            : make(
                "button",
                { class: "quiet name", title: `${film.name}: open its first frame here`, click: () => openFrame(context, frame) },
                make("span", {}, name),
              ),
          make("small", {}, thousands(film.frames)),
        );
      }),
    ),
    ...more(films.length, filmsListed),
  ];
}

function frames(context: Context, api: MapApi, { count, frames }: Selection): Node[] {
  const listed = frames.slice(0, framesListed);
  const names = distinct(listed.map((frame) => frame.name));
  return [
    make("h3", {}, "Frames"),
    make(
      "ol",
      { class: "frames" },
      ...listed.map((frame) =>
        make(
          "li",
          {},
          make(
            "button",
            { title: frame.name, click: () => openFrame(context, frame.number) },
            make("img", { src: api.picture(frame.number), alt: "", loading: "lazy" }),
            make("span", {}, make("b", {}, shortTime(frame.timecode)), ` ${names.get(frame.name)}`),
          ),
        ),
      ),
    ),
    ...more(count, framesListed),
  ];
}

const more = (count: number, listed: number): Node[] =>
  count > listed ? [make("p", { class: "pale" }, `and ${thousands(count - listed)} more, which the exports have`)] : [];

async function download(button: HTMLButtonElement, name: string, ask: () => Promise<Response>): Promise<void> {
  button.disabled = true;
  try {
    const response = await ask();
    if (!response.ok) {
      alert(await sentence(response));
      return;
    }
    const link = make("a", { href: URL.createObjectURL(await response.blob()), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  } finally {
    button.disabled = false;
  }
}
