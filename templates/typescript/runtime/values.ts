/** JSON values: their kinds, equality and size. */

import type { Kind } from "./schema.js";

/** A JSON object. */
export type JsonObject = { readonly [name: string]: unknown };

/** Whether a value is an array or object, so that others can be inside it. */
export function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

export function isObject(value: unknown): value is JsonObject {
  return isContainer(value) && !Array.isArray(value);
}

/**
 * Whether an object has a property of its own; `constructor` is one like any other.
 *
 * A property whose value is undefined is absent, as it is for `JSON.stringify`.
 */
export function has(value: JsonObject, name: string): boolean {
  return Object.hasOwn(value, name) && value[name] !== undefined;
}

/** The names of the properties that an object has. */
export function namesOf(value: JsonObject): string[] {
  return Object.keys(value).filter((name) => value[name] !== undefined);
}

/** The kind of a value, or for what JSON does not have, what JavaScript calls it. */
export function kindOf(value: unknown): string {
  if (value === null) {
    return "null";
  }
  if (typeof value === "number") {
    const finite = Number.isInteger(value) ? "integer" : "number";
    return Number.isFinite(value) ? finite : String(value);
  }
  if (typeof value === "bigint") {
    return "integer";
  }
  return Array.isArray(value) ? "array" : typeof value;
}

/** Whether a kind of value, as `kindOf` gives it, is one of the kinds of a schema. */
export function isOfKind(
  kind: string,
  wanted: Kind | readonly Kind[],
): boolean {
  if (typeof wanted !== "string") {
    return wanted.some((one) => isOfKind(kind, one));
  }
  return kind === wanted || (kind === "integer" && wanted === "number");
}

/** Whether a value is a number, of either type. */
export function isNumeric(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

/** The length of a text in code points, as JSON Schema counts it. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) {
    length += 1;
  }
  return length;
}

/** Equality as JSON sees it: of objects whatever their order, of numbers by value. */
export function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) {
    return true;
  }
  if (typeof left === "bigint" || typeof right === "bigint") {
    return isNumeric(left) && isNumeric(right) && left == right;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    return (
      left.length === right.length &&
      left.every((item, index) => isEqual(item, right[index]))
    );
  }
  if (!isObject(left) || !isObject(right)) {
    return false;
  }
  const names = namesOf(left);
  return (
    names.length === namesOf(right).length &&
    names.every((name) => has(right, name) && isEqual(left[name], right[name]))
  );
}

/** A text that equal values share and no others. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join()}]`;
  }
  if (isObject(value)) {
    const members = namesOf(value).map(
      (name) => `${JSON.stringify(name)}:${canonical(value[name])}`,
    );
    return `{${members.sort().join()}}`;
  }
  if (Number.isInteger(value)) {
    return String(BigInt(value as number)); // as a `bigint` of the same value
  }
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** The first place where a value is nested more than so many levels deep. */
export function placeBelow(
  value: unknown,
  levels: number,
): (string | number)[] | undefined {
  if (!isContainer(value)) {
    return undefined;
  }
  if (levels === 0) {
    return [];
  }
  const items: unknown[] = Array.isArray(value) ? value : Object.values(value);
  for (const [index, item] of items.entries()) {
    const place = placeBelow(item, levels - 1);
    if (place !== undefined) {
      const name = Array.isArray(value) ? index : Object.keys(value)[index];
      return [name ?? index, ...place];
    }
  }
  return undefined;
}

/** Whether a number is a multiple of another, exactly as both are written. */
export function isMultiple(
  value: number | bigint,
  divisor: number | bigint,
): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) {
    return Number(value) % Number(divisor) === 0;
  }
  if (typeof value === "number" && !Number.isFinite(value)) {
    return false;
  }
  const [digits, exponent] = decimalOf(String(value));
  const [divisorDigits, divisorExponent] = decimalOf(String(divisor));
  const unit = Math.min(exponent, divisorExponent);
  const scaled = digits * 10n ** BigInt(exponent - unit);
  return (
    scaled % (divisorDigits * 10n ** BigInt(divisorExponent - unit)) === 0n
  );
}

/** Digits and exponent of a decimal number as JSON or JavaScript writes it. */
export function decimalOf(text: string): [bigint, number] {
  const [mantissa = "", exponent = "0"] = text.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  return [BigInt(whole + fraction), Number(exponent) - fraction.length];
}
