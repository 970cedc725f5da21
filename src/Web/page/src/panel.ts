import { isAbort, Refusal } from "./api";
import { alertOf, byId, make } from "./html";

/** The side panel: a heading, a way back, a way out, and what somebody puts in. */
export class Panel {
  private readonly element = byId<HTMLElement>("panel");
  private shown = new AbortController();

  constructor(
    /** Leads to what is below what is shown. */
    private readonly back: () => void,
    private readonly close: () => void,
  ) {}

  hide(): void {
    this.shown.abort();
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  /** Puts content in; `below` names what the way back leads to. The signal ends when something else is shown. */
  show(title: string, below: string | null, ...content: (Node | string | null | false)[]): AbortSignal {
    this.shown.abort();
    this.shown = new AbortController();
    const bar = make(
      "div",
      { class: "bar" },
      below !== null && make("button", { class: "quiet back", title: `${below} (Esc)`, "aria-label": below, click: this.back }, "‹"),
      make("h2", { title }, title),
      make("button", { class: "quiet", "aria-label": "Close", title: "Close", click: this.close }, "✕"),
    );
    this.element.replaceChildren(bar, ...content.filter((node): node is Node | string => node !== null && node !== false));
    this.element.hidden = false;
    this.element.scrollTop = 0;
    // Somebody who types goes on typing.
    if (!document.activeElement?.matches("input, select")) this.element.focus({ preventScroll: true });
    return this.shown.signal;
  }

  /** Room in the panel before anything is known, so that the map has its size at once. */
  reserve(): void {
    if (this.element.hidden) this.show("", null);
  }
}

/** Fills an element with what was asked for, or with the server's sentence. */
export async function settle<T>(element: HTMLElement, answer: Promise<T>, shown: AbortSignal, show: (value: T) => Node[]): Promise<void> {
  try {
    const value = await answer;
    if (!shown.aborted) element.replaceChildren(...show(value));
  } catch (error) {
    if (isAbort(error) || shown.aborted) return;
    if (!(error instanceof Refusal)) throw error;
    element.replaceChildren(alertOf(error.message));
  }
}
