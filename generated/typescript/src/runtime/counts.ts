/** How long a text is, and how many items and properties there are. */

import type { Walk } from "./walk.js";

const UNITS = {
  Length: ["character", "characters"],
  Items: ["item", "items"],
  Properties: ["property", "properties"],
  Contains: ["matching item", "matching items"],
} as const;

/** Check the size of a text, array or object. */
export function checkCount(
  what: keyof typeof UNITS,
  total: number,
  least: number | bigint | undefined,
  most: number | bigint | undefined,
  walk: Walk,
): boolean {
  const [one, many] = UNITS[what];
  const size = `has ${total} ${total === 1 ? one : many}`;
  let ok = true;
  if (least !== undefined && total < least) {
    ok = walk.fail(`min${what}`, () => `${size}, fewer than ${least}`);
  }
  if (most !== undefined && total > most) {
    ok = walk.fail(`max${what}`, () => `${size}, more than ${most}`);
  }
  return ok;
}
