/** Unions: `anyOf` and `oneOf`, and which of their alternatives a report is about. */

import { expectedKinds, planOf } from "./alternatives.js";
import type { Schema } from "./schema.js";
import { has, isObject, kindOf, unexpected, unlisted } from "./values.js";
import type { Walk } from "./walk.js";

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
  return keyword === "anyOf"
    ? meant.some((schema) => walk.accepts(schema, value)) ||
        reportNearest(meant, value, walk)
    : checkExclusive(meant, value, walk);
}

function checkExclusive(
  meant: readonly Schema[],
  value: unknown,
  walk: Walk,
): boolean {
  const matching = meant.filter((schema) => walk.accepts(schema, value));
  if (matching.length > 1) {
    return walk.fail("oneOf", () => "matches more than one alternative");
  }
  return matching.length === 1 || reportNearest(meant, value, walk);
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
    walk.found.push(
      ...(reports.find((report) => report.length === fewest) ?? []),
    );
  }
  return false;
}
