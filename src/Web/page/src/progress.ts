import { fetchSigned, type Progress } from "./api";
import { byId, make } from "./html";
import { counted, thousands } from "./names";

const busyMilliseconds = 2500;
const quietMilliseconds = 10_000;
const hearMilliseconds = 700;
const framesShown = 8;

/** Asks how far indexing is, again and again while the page is seen: a stream would take one of the six connections that a browser has for
 * all its tabs. */
export class ProgressWatch {
  private timer = 0;
  private ear = 0;
  private tag = "";
  private now: Progress | null = null;
  private ends = new AbortController();

  constructor(
    private readonly collection: string,
    private readonly told: (now: Progress | null) => void,
  ) {
    document.addEventListener("visibilitychange", () => this.look(), { signal: this.ends.signal });
    this.look();
    void this.hear();
  }

  end(): void {
    clearTimeout(this.timer);
    clearTimeout(this.ear);
    this.ends.abort();
  }

  /** Asks which map the cluster announced; a server that hears of no cluster is asked once. */
  private async hear(): Promise<void> {
    const { signal } = this.ends;
    const path = `/api/v1/collections/${encodeURIComponent(this.collection)}/announced`;
    const answer = document.hidden ? null : await fetchSigned(path, { signal }).catch(() => null);
    if (signal.aborted || answer?.status === 204) return;
    const map = answer?.ok ? ((await answer.json()) as { version: string | null }).version : null;
    // Again where a look of before the announcement said otherwise.
    if (map !== null && this.now !== null && this.now.map !== map) {
      this.now = { ...this.now, map };
      this.told(this.now);
    }
    this.ear = window.setTimeout(() => void this.hear(), hearMilliseconds);
  }

  private look(): void {
    clearTimeout(this.timer);
    if (!document.hidden && !this.ends.signal.aborted) void this.ask();
  }

  private async ask(): Promise<void> {
    const { signal } = this.ends;
    try {
      const headers: HeadersInit = this.tag === "" ? {} : { "If-None-Match": this.tag };
      const answer = await fetchSigned(`/api/v1/collections/${encodeURIComponent(this.collection)}/progress`, { headers, signal });
      const lost = this.now === null;
      if (answer.ok) [this.now, this.tag] = [(await answer.json()) as Progress, answer.headers.get("ETag") ?? ""];
      if (answer.ok || lost) this.told(this.now);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof TypeError)) throw error;
      this.now = null;
      this.tag = "";
      this.told(null);
    }
    const busy = this.now === null || this.now.map === null || this.now.frames < this.now.expected || this.now.frames > this.now.onMap;
    this.timer = window.setTimeout(() => this.look(), busy ? busyMilliseconds : quietMilliseconds);
  }
}

/** Tells how far indexing is, what failed, which frames came, and that a newer map is there. */
export function showNews(collection: string, newest: string | null, now: Progress | null, showMap: (version: string) => void): void {
  const news = byId<HTMLElement>("news");
  const content: Node[] = [];
  if (now === null) content.push(make("span", { role: "alert" }, "The server does not answer; start it again with atlas serve."));
  else {
    const { map } = now;
    if (map !== null && newest !== null && map !== newest)
      content.push(make("button", { class: "main", click: () => showMap(map) }, "A newer map is there: show it"));
    content.push(...indexing(now), ...failures(collection, now, () => showNews(collection, newest, now, showMap)));
  }
  news.replaceChildren(...content);
  news.hidden = content.length === 0;
}

function indexing(now: Progress): Node[] {
  if (now.frames < now.expected) {
    const text = `Indexed so far: ${thousands(now.frames)} of about ${counted(now.expected, "frame")}, ${counted(now.films, "film")} `;
    const came = now.newest.slice(0, framesShown).map((path) => make("img", { src: path, alt: "A frame that came just now" }));
    return [
      make("label", {}, text, make("progress", { max: now.expected, value: now.frames })),
      ...(came.length > 0 && now.map !== null ? [make("span", { class: "came" }, ...came)] : []),
    ];
  }
  const waiting = now.frames - now.onMap;
  const text = `${counted(waiting, "frame")} described and not on a map yet: that comes when the model is fitted and they are placed.`;
  return waiting > 0 ? [make("span", {}, text)] : [];
}

/** Why a film failed, with its whole name in it once: most reasons name it by the last part of its name. */
function said({ name, reason }: { name: string; reason: string }): (Node | string)[] {
  const last = name.slice(name.lastIndexOf("/") + 1);
  const called = reason.includes(name) ? name : last;
  const at = reason.indexOf(called);
  const bold = make("b", {}, name);
  return at < 0 ? [bold, `: ${reason}`] : [reason.slice(0, at), bold, reason.slice(at + called.length)];
}

/** What failed, is damaged or gone: folded, and hidden once somebody says so, until there is more. */
function failures(collection: string, now: Progress, again: () => void): Node[] {
  const key = `failures of ${collection}`;
  const counts = [
    now.failed > 0 ? `${counted(now.failed, "file")} failed` : "",
    now.damaged > 0 ? `${counted(now.damaged, "film")} damaged` : "",
    now.gone > 0 ? `${counted(now.gone, "film")} gone` : "",
  ];
  const summary = counts.filter((count) => count !== "").join(", ");
  if (summary === "" || sessionStorage.getItem(key) === summary) return [];
  const open = document.querySelector<HTMLDetailsElement>("#news details")?.open ?? false;
  const list = now.failures.map((failure) => make("li", {}, ...said(failure)));
  const hide = () => {
    sessionStorage.setItem(key, summary);
    again();
  };
  return [
    make("details", { open }, make("summary", {}, summary), make("ul", {}, ...list)),
    make("button", { class: "quiet", "aria-label": "Hide what failed", title: "Hide, until more fails", click: hide }, "✕"),
  ];
}
