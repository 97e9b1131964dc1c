/**
 * What is left over: properties and items that no other keyword has looked at.
 *
 * What stands behind such a rule in its table asserts nothing that is not asserted beside
 * it as well.
 */

import { planOf } from "./alternatives.js";
import { checkProperty } from "./objects.js";
import { expression } from "./patterns.js";
import type { Assertions, Schema } from "./schema.js";
import { isObject, kindOf, namesOf } from "./values.js";
import type { Walk } from "./walk.js";

export function checkLeftOver(
  { unevaluatedProperties, unevaluatedItems, ...rest }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  if (walk.found !== undefined && !walk.accepts(rest, value)) {
    return true; // what is wrong is told beside this
  }
  const seen = new Set<string | number>();
  let ok = true;
  if (unevaluatedProperties !== undefined && isObject(value)) {
    look(rest, value, walk, seen);
    for (const name of namesOf(value).filter((name) => !seen.has(name))) {
      ok = checkProperty(unevaluatedProperties, value[name], name, walk) && ok;
    }
  }
  if (unevaluatedItems !== undefined && Array.isArray(value)) {
    look(rest, value, walk, seen);
    for (const [index, item] of value.entries()) {
      if (!seen.has(index)) {
        ok = walk.inside(index, unevaluatedItems, item) && ok;
      }
    }
  }
  return ok;
}

/** Gather what assertions look at in a value that they accept. */
function look(
  schema: Schema,
  value: unknown,
  walk: Walk,
  seen: Set<string | number>,
): void {
  if (typeof schema === "boolean") {
    return;
  }
  for (const part of applied(schema, value, walk)) {
    look(part, value, walk, seen);
  }
  if (isObject(value)) {
    const isSeen = propertyTest(schema);
    for (const name of namesOf(value).filter(isSeen)) {
      seen.add(name);
    }
  }
  if (Array.isArray(value)) {
    const { prefixItems = [], contains = false } = schema;
    const all = schema.items ?? schema.unevaluatedItems;
    for (const [index, item] of value.entries()) {
      if (
        all !== undefined ||
        index < prefixItems.length ||
        walk.accepts(contains, item)
      ) {
        seen.add(index);
      }
    }
  }
}

/** The schemas inside a schema that apply to a value, and accept it. */
function applied(
  schema: Assertions,
  value: unknown,
  walk: Walk,
): readonly Schema[] {
  const found = [...(schema.allOf ?? [])];
  if (schema.$ref !== undefined) {
    found.push(schema.$ref());
  }
  for (const union of [schema.anyOf ?? [], schema.oneOf ?? []]) {
    const meant = planOf(union).get(kindOf(value))?.schemas ?? [];
    found.push(...meant.filter((member) => walk.accepts(member, value)));
  }
  if (schema.if !== undefined) {
    const { then = true, else: otherwise = true } = schema;
    const isMet = walk.accepts(schema.if, value);
    found.push(...(isMet ? [schema.if, then] : [otherwise]));
  }
  return found;
}

/** A test whether a schema looks at the property of a name itself. */
function propertyTest(schema: Assertions): (name: string) => boolean {
  const { properties = {}, patternProperties = {} } = schema;
  const all = schema.additionalProperties ?? schema.unevaluatedProperties;
  if (all !== undefined) {
    return () => true;
  }
  const patterns = Object.keys(patternProperties).map(expression);
  return (name) =>
    Object.hasOwn(properties, name) ||
    patterns.some((pattern) => pattern.test(name));
}
