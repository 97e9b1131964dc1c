/** Messages: how values and places are written for people. */

import type { Kind } from "./schema.js";
import { isContainer, kindOf } from "./values.js";

/** How many of the values that are allowed a message lists. */
const MAX_LISTED = 8;

/** What is said where a schema accepts nothing. */
export const NOTHING = "no value is allowed here";

/** How many characters of a value a message shows. */
const SHOWN = 40;

/** A value as compact JSON, cut to what fits in a message. */
export function show(value: unknown): string {
  const points = [...write(value, SHOWN + 1)];
  return points.length > SHOWN
    ? `${points.slice(0, SHOWN).join("")}…`
    : points.join("");
}

/** The start of a value as JSON: at least `room` characters, if there are so many. */
function write(value: unknown, room: number): string {
  if (typeof value === "string") {
    return JSON.stringify(value.slice(0, 2 * room));
  }
  if (!isContainer(value)) {
    return String(value);
  }
  const isArray = Array.isArray(value);
  let text = isArray ? "[" : "{";
  for (const [name, item] of Object.entries(value)) {
    if (text.length >= room) {
      break;
    }
    text += text.length > 1 ? "," : "";
    text += isArray ? "" : `${JSON.stringify(name)}:`;
    text += write(item, room - text.length);
  }
  return text + (isArray ? "]" : "}");
}

/** What is said of a value of the wrong kind. */
export function unexpected(
  wanted: Kind | readonly Kind[],
  value: unknown,
): string {
  const kinds = typeof wanted === "string" ? wanted : wanted.join(" or ");
  return `expected ${kinds}, got ${kindOf(value)}`;
}

/** What is said of a value that is none of those listed. */
export function unlisted(listed: readonly unknown[], value: unknown): string {
  if (listed.length === 0) {
    return NOTHING;
  }
  const shown = listed.slice(0, MAX_LISTED).map(show).join(", ");
  const more = listed.length - MAX_LISTED;
  const rest = more > 0 ? ` and ${more} more` : "";
  return `${show(value)} is not one of ${shown}${rest}`;
}

/** A path as text: `tools[0].name`, `metadata["odd name"]`. */
export function pathText(path: readonly (string | number)[]): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") {
      text += `[${key}]`;
    } else if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) {
      text += text === "" ? key : `.${key}`;
    } else {
      text += `[${JSON.stringify(key)}]`;
    }
  }
  return text;
}

/** The path to what is at a path inside what is at another. */
export function joinPaths(outer: string, inner: string): string {
  const plain = outer === "" || inner === "" || inner.startsWith("[");
  return plain ? outer + inner : `${outer}.${inner}`;
}
