/** The keywords of JSON Schema that concern objects; other values pass. */

import { checkCount } from "./counts.js";
import { show } from "./messages.js";
import { expression } from "./patterns.js";
import type { Assertions, Schema } from "./schema.js";
import { has, isObject, namesOf } from "./values.js";
import type { Walk } from "./walk.js";

export function checkProperties(
  { properties = {} }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  if (!isObject(value)) {
    return true;
  }
  let ok = true;
  for (const [name, schema] of Object.entries(properties)) {
    if (has(value, name)) {
      ok = checkProperty(schema, value[name], name, walk) && ok;
      if (!ok && walk.found === undefined) {
        return false;
      }
    }
  }
  return ok;
}

/** Check a property; one that has none to be is one too many. */
export function checkProperty(
  schema: Schema,
  value: unknown,
  name: string,
  walk: Walk,
): boolean {
  return schema === false
    ? walk.fail("additionalProperties", () => "is not allowed here", name)
    : walk.inside(name, schema, value);
}

export function checkPatternProperties(
  { patternProperties = {} }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  if (!isObject(value)) {
    return true;
  }
  let ok = true;
  for (const [pattern, schema] of Object.entries(patternProperties)) {
    for (const name of namesOf(value)) {
      if (expression(pattern).test(name)) {
        ok = checkProperty(schema, value[name], name, walk) && ok;
      }
    }
  }
  return ok;
}

export function checkRequired(
  { required = [] }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  let ok = true;
  if (isObject(value)) {
    for (const name of required) {
      if (!has(value, name)) {
        ok = walk.fail("required", () => "is missing", name);
      }
    }
  }
  return ok;
}

export function checkAdditionalProperties(
  {
    properties = {},
    patternProperties = {},
    additionalProperties = true,
  }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  if (additionalProperties === true || !isObject(value)) {
    return true;
  }
  const patterns = Object.keys(patternProperties).map(expression);
  let ok = true;
  for (const name of namesOf(value)) {
    if (
      !Object.hasOwn(properties, name) &&
      !patterns.some((pattern) => pattern.test(name))
    ) {
      ok = checkProperty(additionalProperties, value[name], name, walk) && ok;
      if (!ok && walk.found === undefined) {
        return false;
      }
    }
  }
  return ok;
}

export function checkPropertyNames(
  { propertyNames = true }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  if (!isObject(value)) {
    return true;
  }
  let ok = true;
  for (const name of namesOf(value)) {
    const [first] = walk.report(propertyNames, name);
    if (first !== undefined) {
      const message = `the name ${show(name)} is not allowed: ${first.message}`;
      ok = walk.fail("propertyNames", () => message, name);
    }
  }
  return ok;
}

export function checkPropertyCount(
  { minProperties, maxProperties }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  if (!isObject(value)) {
    return true;
  }
  const total = namesOf(value).length;
  return checkCount("Properties", total, minProperties, maxProperties, walk);
}
