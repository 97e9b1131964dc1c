/**
 * The keywords of JSON Schema: what each asks of a value, and what is said if it fails.
 *
 * Each check returns the verdict and notes violations in the walk. One that does not
 * concern the kind of value at hand passes.
 */

import type { Assertions, Schema } from "./schema.js";
import { checkUnion } from "./unions.js";
import {
  canonical,
  has,
  isEqual,
  isMultiple,
  isObject,
  lengthOf,
  MAX_DEPTH,
  namesOf,
  show,
  unlisted,
} from "./values.js";
import type { ViolationCode } from "./violations.js";
import type { Walk } from "./walk.js";

type Check = (schema: Assertions, value: unknown, walk: Walk) => boolean;

/** All keywords but `type`, in the order in which tables have them. */
export const KEYWORDS: readonly Check[] = [
  checkReference,
  checkValues,
  checkNumber,
  checkString,
  checkItems,
  checkItemCount,
  checkProperties,
  checkPatternProperties,
  checkRequired,
  checkAdditionalProperties,
  checkPropertyNames,
  checkPropertyCount,
  checkAllOf,
  checkAnyOf,
  checkOneOf,
  checkNot,
];

// --- any value -------------------------------------------------------------------------

function checkReference(
  { $ref }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  return $ref === undefined || walk.visit($ref(), value);
}

function checkValues(schema: Assertions, value: unknown, walk: Walk): boolean {
  if ("const" in schema && !isEqual(schema.const, value)) {
    return walk.fail(
      "const",
      () => `expected ${show(schema.const)}, got ${show(value)}`,
    );
  }
  const listed = schema.enum;
  if (listed !== undefined && !listed.some((item) => isEqual(item, value))) {
    return walk.fail("enum", () => unlisted(listed, value));
  }
  return true;
}

const UNITS = {
  Length: ["character", "characters"],
  Items: ["item", "items"],
  Properties: ["property", "properties"],
} as const;

function checkCount(
  what: keyof typeof UNITS,
  total: number,
  least: number | undefined,
  most: number | undefined,
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

// --- numbers and strings ---------------------------------------------------------------

function checkNumber(schema: Assertions, value: unknown, walk: Walk): boolean {
  if (typeof value !== "number") {
    return true;
  }
  const { minimum, maximum, multipleOf } = schema;
  const { exclusiveMinimum, exclusiveMaximum } = schema;
  let ok = true;
  const fail = (code: ViolationCode, what: string, limit: number) => {
    ok = walk.fail(code, () => `${show(value)} is ${what} ${limit}`);
  };
  if (minimum !== undefined && value < minimum) {
    fail("minimum", "below the minimum", minimum);
  }
  if (maximum !== undefined && value > maximum) {
    fail("maximum", "above the maximum", maximum);
  }
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) {
    fail("exclusiveMinimum", "not above", exclusiveMinimum);
  }
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum) {
    fail("exclusiveMaximum", "not below", exclusiveMaximum);
  }
  if (multipleOf !== undefined && !isMultiple(value, multipleOf)) {
    fail("multipleOf", "not a multiple of", multipleOf);
  }
  return ok;
}

function checkString(schema: Assertions, value: unknown, walk: Walk): boolean {
  if (typeof value !== "string") {
    return true;
  }
  const { minLength, maxLength, pattern } = schema;
  let ok = true;
  if (minLength !== undefined || maxLength !== undefined) {
    ok = checkCount("Length", lengthOf(value), minLength, maxLength, walk);
  }
  if (pattern !== undefined && !expression(pattern).test(value)) {
    ok = walk.fail("pattern", () => `${show(value)} does not match ${pattern}`);
  }
  return ok;
}

const expressions = new Map<string, RegExp>();

/**
 * A pattern as a regular expression: of Unicode characters, as JSON Schema recommends
 * (core, section 6.4), unless it is one only by the older rules of ECMAScript.
 */
function expression(pattern: string): RegExp {
  let made = expressions.get(pattern);
  if (made === undefined) {
    try {
      made = new RegExp(pattern, "u");
    } catch {
      made = new RegExp(pattern);
    }
    expressions.set(pattern, made);
  }
  return made;
}

// --- arrays ----------------------------------------------------------------------------

function checkItems(schema: Assertions, value: unknown, walk: Walk): boolean {
  const { prefixItems = [], items = true } = schema;
  if (!Array.isArray(value) || (prefixItems.length === 0 && items === true)) {
    return true;
  }
  let ok = true;
  for (const [index, item] of value.entries()) {
    ok = walk.inside(index, prefixItems[index] ?? items, item) && ok;
    if (!ok && walk.found === undefined) {
      return false;
    }
  }
  return ok;
}

function checkItemCount(
  { minItems, maxItems, uniqueItems }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  if (!Array.isArray(value)) {
    return true;
  }
  const ok = checkCount("Items", value.length, minItems, maxItems, walk);
  return uniqueItems === true ? checkUnique(value, walk) && ok : ok;
}

function checkUnique(items: readonly unknown[], walk: Walk): boolean {
  const seen = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const text = canonical(item, MAX_DEPTH - walk.path.length - 1);
    if (text === undefined) {
      return walk.failDepth();
    }
    const first = seen.get(text);
    if (first !== undefined) {
      const message = `items ${first} and ${index} are equal`;
      return walk.fail("uniqueItems", () => message);
    }
    seen.set(text, index);
  }
  return true;
}

// --- objects ---------------------------------------------------------------------------

function checkProperties(
  { properties }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  if (properties === undefined || !isObject(value)) {
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

function checkProperty(
  schema: Schema,
  value: unknown,
  name: string,
  walk: Walk,
): boolean {
  return schema === false
    ? walk.fail("additionalProperties", () => "is not allowed here", name)
    : walk.inside(name, schema, value);
}

function checkPatternProperties(
  { patternProperties }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  if (patternProperties === undefined || !isObject(value)) {
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

function checkRequired(
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

function checkAdditionalProperties(
  { properties = {}, patternProperties = {}, additionalProperties }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  if (additionalProperties === undefined || !isObject(value)) {
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

function checkPropertyNames(
  { propertyNames }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  if (propertyNames === undefined || !isObject(value)) {
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

function checkPropertyCount(
  { minProperties, maxProperties }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  if (minProperties === undefined && maxProperties === undefined) {
    return true;
  }
  if (!isObject(value)) {
    return true;
  }
  const total = namesOf(value).length;
  return checkCount("Properties", total, minProperties, maxProperties, walk);
}

// --- combined schemas ------------------------------------------------------------------

function checkAllOf(
  { allOf = [] }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  let ok = true;
  for (const schema of allOf) {
    ok = walk.visit(schema, value) && ok;
  }
  return ok;
}

function checkAnyOf(
  { anyOf }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  return anyOf === undefined || checkUnion("anyOf", anyOf, value, walk);
}

function checkOneOf(
  { oneOf }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  return oneOf === undefined || checkUnion("oneOf", oneOf, value, walk);
}

function checkNot({ not }: Assertions, value: unknown, walk: Walk): boolean {
  if (not === undefined || !walk.accepts(not, value)) {
    return true;
  }
  return walk.fail("not", () => "is excluded by the spec");
}
