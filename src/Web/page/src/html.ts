type Child = Node | string | null | undefined | false;

/** Makes an element: attributes that are functions become listeners. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Record<string, unknown> = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value as EventListener);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== undefined && child !== false));
  return element;
}

export function byId<T extends HTMLElement>(id: string): T {
  return document.getElementById(id) as T;
}

export const thousands = (number: number) => number.toLocaleString("en");

/** "1 film", "1,000 films". */
export const counted = (number: number, one: string) => `${thousands(number)} ${one}${number === 1 ? "" : "s"}`;
export const shortName = (name: string) => name.slice(name.lastIndexOf("/") + 1);
export const shortTime = (timecode: string) => timecode.replace(/^00:/, "");
