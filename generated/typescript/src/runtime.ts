/** What the modules of this package share: the checks of a value against its table. */

import { pathText } from "./runtime/messages.js";
import type { Schema } from "./runtime/schema.js";
import { placeBelow } from "./runtime/values.js";
import { DecodeError, type Violation } from "./runtime/violations.js";
import { Walk } from "./runtime/walk.js";

export { readBigInts, toJson } from "./runtime/exact.js";
export {
  own,
  passes,
  testArrayOf,
  testBoolean,
  testClosed,
  testInteger,
  testLength,
  testMapOf,
  testNumber,
  testOpen,
  testPattern,
  testShallow,
  testString,
} from "./runtime/quick.js";
export type { Schema } from "./runtime/schema.js";
export {
  isMultiple as testMultiple,
  isObject as testObject,
} from "./runtime/values.js";
export {
  DecodeError,
  type Violation,
  type ViolationCode,
} from "./runtime/violations.js";

/** How many levels deep arrays and objects may be nested. */
export const MAX_DEPTH = 256;

/** Whether a table accepts a value. */
export function accepts(schema: Schema, value: unknown): boolean {
  return (
    placeBelow(value, MAX_DEPTH) === undefined &&
    new Walk(undefined).visit(schema, value)
  );
}

/** All that is wrong with a value by its table. */
export function validate(schema: Schema, value: unknown): Violation[] {
  const place = placeBelow(value, MAX_DEPTH);
  if (place !== undefined) {
    const message = `is nested deeper than ${MAX_DEPTH} levels`;
    return [{ path: pathText(place), code: "depth", message }];
  }
  const found: Violation[] = [];
  new Walk(found).visit(schema, value);
  return found;
}

/**
 * Return a value that its table accepts.
 *
 * @throws {@link DecodeError} if the table does not accept it.
 */
export function parse<T>(name: string, schema: Schema, value: unknown): T {
  if (!accepts(schema, value)) {
    throw new DecodeError(name, validate(schema, value));
  }
  return value as T;
}

/**
 * Read JSON text, as in `fromJson(text, parseSession)`.
 *
 * Numbers become doubles: whole ones beyond 2^53 lose their last digits. To keep them,
 * say `fromJson(text, parseSession, readBigInts)`: those that a double would change are
 * then a `bigint`, though their type says `number`, and `toJson` writes them back.
 *
 * @throws {@link DecodeError} if the text is not JSON, or not of the type.
 */
export function fromJson<T>(
  text: string,
  parse: (value: unknown) => T,
  read: (text: string) => unknown = JSON.parse,
): T {
  let value: unknown;
  try {
    value = read(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new DecodeError("value", [{ path: "", code: "json", message }]);
  }
  return parse(value);
}
