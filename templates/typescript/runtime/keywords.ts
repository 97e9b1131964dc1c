/**
 * The keywords of JSON Schema: what each asks of a value, and what is said if it fails.
 *
 * Each check returns the verdict and notes violations in the walk. One that does not
 * concern the kind of value at hand passes.
 */

import { checkCount } from "./counts.js";
import { checkLeftOver } from "./evaluated.js";
import {
  checkAdditionalProperties,
  checkPatternProperties,
  checkProperties,
  checkPropertyCount,
  checkPropertyNames,
  checkRequired,
} from "./objects.js";
import { show, unlisted } from "./messages.js";
import { expression } from "./patterns.js";
import type { Assertions } from "./schema.js";
import { checkUnion } from "./unions.js";
import {
  canonical,
  isEqual,
  isMultiple,
  isNumeric,
  lengthOf,
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
  contains: checkContains,
  minContains: checkContains,
  maxContains: checkContains,
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
  if: checkCondition,
  then: checkCondition,
  else: checkCondition,
  unevaluatedItems: checkLeftOver,
  unevaluatedProperties: checkLeftOver,
};

const checks = new WeakMap<Assertions, readonly Check[]>();

/**
 * The checks that a table asks for beside `type`, in its order. What stands behind a
 * rule for all that is left over only says what is looked at.
 */
export function checksOf(schema: Assertions): readonly Check[] {
  let found = checks.get(schema);
  if (found === undefined) {
    const { type: _, ...rest } = schema;
    const keywords = Object.keys(rest) as Keyword[];
    const all = [...new Set(keywords.map((keyword) => CHECKS[keyword]))];
    const last = all.indexOf(checkLeftOver);
    found = last < 0 ? all : all.slice(0, last + 1);
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
  return $ref === undefined || walk.refer($ref(), value);
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

// --- numbers and strings ---------------------------------------------------------------

function checkNumber(schema: Assertions, value: unknown, walk: Walk): boolean {
  if (!isNumeric(value)) {
    return true;
  }
  const { minimum, maximum, multipleOf } = schema;
  const { exclusiveMinimum, exclusiveMaximum } = schema;
  let ok = true;
  const fail = (code: ViolationCode, what: string, limit: number | bigint) => {
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

function checkContains(
  { contains, minContains, maxContains }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  if (contains === undefined || !Array.isArray(value)) {
    return true;
  }
  const found = value.filter((item) => walk.accepts(contains, item)).length;
  if (found === 0 && minContains === undefined) {
    return walk.fail("contains", () => "has no matching item");
  }
  return checkCount("Contains", found, minContains, maxContains, walk);
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

function checkCondition(
  { if: condition, then = true, else: otherwise = true }: Assertions,
  value: unknown,
  walk: Walk,
): boolean {
  return (
    condition === undefined ||
    walk.visit(walk.accepts(condition, value) ? then : otherwise, value)
  );
}
