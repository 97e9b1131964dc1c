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
  namesOf,
  show,
  unlisted,
} from "./values.js";
import type { ViolationCode } from "./violations.js";
import type { Walk } from "./walk.js";

type Check = (schema: Assertions, value: unknown, walk: Walk) => boolean;

type Keyword = Exclude<keyof Assertions, "type">;

/** The check of each keyword but `type`; some are checked together. */
const CHECKS: { readonly [Name in Keyword]-?: Check } = {
  $ref: checkReference,
  const: checkConst,
  enum: checkEnum,
  minimum: checkNumber,
  maximum: checkNumber,
  exclusiveMinimum: checkNumber,
  exclusiveMaximum: checkNumber,
  multipleOf: checkNumber,
  minLength: checkLength,
  maxLength: checkLength,
  pattern: checkPattern,
  prefixItems: checkItems,
  items: checkItems,
  minItems: checkItemCount,
  maxItems: checkItemCount,
  uniqueItems: checkUniqueItems,
  properties: checkProperties,
  patternProperties: checkPatternProperties,
  required: checkRequired,
  additionalProperties: checkAdditionalProperties,
  propertyNames: checkPropertyNames,
  minProperties: checkPropertyCount,
  maxProperties: checkPropertyCount,
  allOf: checkAllOf,
  anyOf: checkAnyOf,
  oneOf: checkOneOf,
  not: checkNot,
};

const checks = new WeakMap<Assertions, readonly Check[]>();

/** The checks that a table asks for beside `type`, in its order. */
export function checksOf(schema: Assertions): readonly Check[] {
  let found = checks.get(schema);
  if (found === undefined) {
    const { type: _, ...rest } = schema;
    const keywords = Object.keys(rest) as Keyword[];
    found = [...new Set(keywords.map((keyword) => CHECKS[keyword]))];
    checks.set(schema, found);
  }
  return found;
}

// --- any value -------------------------------------------------------------------------

function checkReference(
  { $ref }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  return $ref === undefined || walk.visit($ref(), value);
}

function checkConst(schema: Assertions, value: unknown, walk: Walk): boolean {
  return (
    isEqual(schema.const, value) ||
    walk.fail(
      "const",
      () => `expected ${show(schema.const)}, got ${show(value)}`,
    )
  );
}

function checkEnum(
  { enum: listed = [] }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  return (
    listed.some((item) => isEqual(item, value)) ||
    walk.fail("enum", () => unlisted(listed, value))
  );
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

function checkLength(
  { minLength, maxLength }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  return (
    typeof value !== "string" ||
    checkCount("Length", lengthOf(value), minLength, maxLength, walk)
  );
}

function checkPattern(
  { pattern = "" }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  return (
    typeof value !== "string" ||
    expression(pattern).test(value) ||
    walk.fail("pattern", () => `${show(value)} does not match ${pattern}`)
  );
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

function checkItems(
  { prefixItems = [], items = true }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  let ok = true;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      ok = walk.inside(index, prefixItems[index] ?? items, item) && ok;
      if (!ok && walk.found === undefined) {
        return false;
      }
    }
  }
  return ok;
}

function checkItemCount(
  { minItems, maxItems }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  return (
    !Array.isArray(value) ||
    checkCount("Items", value.length, minItems, maxItems, walk)
  );
}

function checkUniqueItems(
  { uniqueItems }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  if (!Array.isArray(value) || uniqueItems !== true) {
    return true;
  }
  const seen = new Map<string, number>();
  for (const [index, item] of value.entries()) {
    const text = canonical(item);
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
  {
    properties = {},
    patternProperties = {},
    additionalProperties = true,
  }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  if (!isObject(value)) {
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

function checkPropertyCount(
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
  { anyOf = [] }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  return checkUnion("anyOf", anyOf, value, walk);
}

function checkOneOf(
  { oneOf = [] }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  return checkUnion("oneOf", oneOf, value, walk);
}

function checkNot(
  { not = false }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  return (
    !walk.accepts(not, value) ||
    walk.fail("not", () => "is excluded by the spec")
  );
}
