/**
 * What the straight code of checks calls: tests that say yes only to what tables accept.
 *
 * A test that says no leaves the value to the table. So what is rare may be left out
 * here: an object of a class, a free value that is nested deep, a number that only a
 * `bigint` holds.
 */

import { expression } from "./patterns.js";
import type { Schema } from "./schema.js";
import { type JsonObject, isContainer, isObject, lengthOf } from "./values.js";
import { Walk } from "./walk.js";

/** How many levels of a value that the spec leaves free are looked at. */
const FREE_LEVELS = 32;

/** A check of what is in an array or object, and how many rounds it has left. */
type Check = (item: unknown, room?: number) => boolean;

export function testString(value: unknown): value is string {
  return typeof value === "string";
}

export function testNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

/** Whether a value is a number without a fraction; `3.0` is one. */
export function testInteger(value: unknown): value is number {
  return Number.isInteger(value);
}

export function testBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

/** Whether a text has so many code points. */
export function testLength(
  text: string,
  least: number,
  most: number = Infinity,
): boolean {
  // A code point takes one or two units, so most texts need not be counted.
  const units = text.length;
  if (units < least || units > 2 * most) {
    return false;
  }
  if (units >= 2 * least && units <= most) {
    return true;
  }
  const length = lengthOf(text);
  return length >= least && length <= most;
}

export function testPattern(text: string, pattern: string): boolean {
  return expression(pattern).test(text);
}

/** Whether something is there, and free values in it are nested a few levels at most. */
export function testShallow(value: unknown): boolean {
  return isContainer(value)
    ? isWithin(value, FREE_LEVELS)
    : value !== undefined;
}

function isWithin(value: object, levels: number): boolean {
  if (levels === 0) {
    return false;
  }
  if (!Array.isArray(value)) {
    return areWithin(value as JsonObject, levels - 1);
  }
  for (let index = 0; index < value.length; index += 1) {
    const item: unknown = value[index];
    if (isContainer(item) && !isWithin(item, levels - 1)) {
      return false;
    }
  }
  return true;
}

function areWithin(value: JsonObject, levels: number): boolean {
  for (const name in value) {
    const item = value[name];
    if (isContainer(item) && !isWithin(item, levels)) {
      return false;
    }
  }
  return true;
}

/** Whether every item of an array passes a check. */
export function testArrayOf(
  value: unknown,
  check: Check,
  room?: number,
): value is readonly unknown[] {
  if (!Array.isArray(value)) {
    return false;
  }
  for (let index = 0; index < value.length; index += 1) {
    if (!check(value[index], room)) {
      return false;
    }
  }
  return true;
}

/** Whether a value is an object, and the value of each property passes a check. */
export function testMapOf(value: unknown, check: Check, room?: number): boolean {
  if (!isObject(value)) {
    return false;
  }
  for (const name in value) {
    if (!check(value[name], room)) {
      return false;
    }
  }
  return true;
}

/** A property of an object itself, whose name every object inherits. */
export function own(value: JsonObject, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/**
 * Whether a plain object has the properties that were found in it, so many, and others
 * at most that are not nested deep.
 */
export function testOpen(value: JsonObject, found: number): boolean {
  return sizeOf(value) === found || areWithin(value, FREE_LEVELS);
}

/** Whether a plain object has the properties that were found in it, and no others. */
export function testClosed(value: JsonObject, found: number): boolean {
  return sizeOf(value) === found;
}

function sizeOf(value: JsonObject): number {
  let size = 0;
  for (const _ in value) {
    size += 1;
  }
  return size;
}

/** Whether a table accepts a value that is not nested deep. */
export function passes(schema: Schema, value: unknown): boolean {
  return testShallow(value) && new Walk(undefined).visit(schema, value);
}
