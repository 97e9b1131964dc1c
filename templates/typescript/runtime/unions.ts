/** Unions: `anyOf` and `oneOf`. */

import { expectedKinds, planOf } from "./alternatives.js";
import { unexpected, unlisted } from "./messages.js";
import type { Schema } from "./schema.js";
import { has, isObject, kindOf } from "./values.js";
import type { Walk } from "./walk.js";

/**
 * Check a value against a union.
 *
 * What is reported is wrong by the alternative that was meant: that of its tag, or the
 * only one for its kind of value, or the one that it violates least.
 */
export function checkUnion(
  keyword: "anyOf" | "oneOf",
  union: readonly Schema[],
  value: unknown,
  walk: Walk,
): boolean {
  const candidates = planOf(union).get(kindOf(value));
  if (candidates === undefined || candidates.schemas.length === 0) {
    const kinds = expectedKinds(union);
    return kinds.length === 0
      ? walk.fail(keyword, () => "matches no alternative")
      : walk.fail("type", () => unexpected(kinds, value));
  }
  const { tag } = candidates;
  let meant = candidates.schemas;
  if (tag !== undefined && isObject(value) && has(value, tag.name)) {
    const takers = tag.takers.get(value[tag.name]);
    if (takers === undefined) {
      const known = [...tag.takers.keys()];
      const message = () => unlisted(known, value[tag.name]);
      return walk.fail("enum", message, tag.name);
    }
    meant = [...takers];
  }
  const [only] = meant;
  if (only !== undefined && meant.length === 1) {
    return walk.visit(only, value);
  }
  let matching = 0;
  for (const schema of meant) {
    matching += walk.accepts(schema, value) ? 1 : 0;
    if (matching > 0 && keyword === "anyOf") {
      return true;
    }
  }
  if (matching > 1) {
    return walk.fail("oneOf", () => "matches more than one alternative");
  }
  return matching === 1 || reportNearest(meant, value, walk);
}

/** Note what is wrong by the alternative that a value violates least. */
function reportNearest(
  meant: readonly Schema[],
  value: unknown,
  walk: Walk,
): false {
  if (walk.found !== undefined) {
    const reports = meant.map((schema) => walk.report(schema, value));
    const fewest = Math.min(...reports.map((report) => report.length));
    walk.add(reports.find((report) => report.length === fewest) ?? []);
  }
  return false;
}
