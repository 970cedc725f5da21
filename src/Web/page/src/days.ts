/** Days of the calendar as they are here, written 2024-05-31. */
export const dayOf = (time: Date) =>
  [String(time.getFullYear()).padStart(4, "0"), time.getMonth() + 1, time.getDate()].map((part) => String(part).padStart(2, "0")).join("-");

/** The Monday that a day's week began with, or the day itself. */
export function monday(time: Date): string {
  const sinceMonday = (time.getDay() + 6) % 7;
  return dayOf(new Date(time.getFullYear(), time.getMonth(), time.getDate() - sinceMonday));
}

/** The moment a day began here, as the server reads it. */
export const beginning = (day: string) => new Date(`${day}T00:00`).toISOString();

/** A day as people write it here. */
export const readable = (day: string) => new Date(`${day}T00:00`).toLocaleDateString(undefined, { dateStyle: "medium" });
