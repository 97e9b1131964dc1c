/**
 * The validator: one pass over a value and its table, side by side.
 *
 * The verdict is that of JSON Schema 2020-12 for the keywords of `Assertions`. Violations
 * come in the order of the table, depth first. Neither the depth of a value nor nested
 * alternatives make a pass run away.
 */

import { KEYWORDS } from "./keywords.js";
import type { Schema } from "./schema.js";
import {
  isContainer,
  isOfKind,
  kindOf,
  MAX_DEPTH,
  pathText,
  unexpected,
} from "./values.js";
import type { Violation, ViolationCode } from "./violations.js";

/** Where a pass is, and what it has found. */
export class Walk {
  readonly path: (string | number)[];
  /** Undefined if only the verdict counts: the first violation then ends the pass. */
  readonly found: Violation[] | undefined;
  readonly #verdicts: Memo<boolean>;
  readonly #reports: Memo<readonly Violation[]>;

  constructor(found: Violation[] | undefined, outer?: Walk) {
    this.path = outer?.path ?? [];
    this.found = found;
    this.#verdicts = outer === undefined ? new Memo() : outer.#verdicts;
    this.#reports = outer === undefined ? new Memo() : outer.#reports;
  }

  /** Check what is here against a schema. */
  visit(schema: Schema, value: unknown): boolean {
    if (typeof schema === "boolean") {
      return schema || this.fail("false", () => "no value is allowed here");
    }
    if (isContainer(value) && this.path.length >= MAX_DEPTH) {
      return this.failDepth();
    }
    const { type } = schema;
    if (type !== undefined && !isOfKind(kindOf(value), type)) {
      return this.fail("type", () => unexpected(type, value));
    }
    let ok = true;
    for (const check of KEYWORDS) {
      ok = check(schema, value, this) && ok;
      if (!ok && this.found === undefined) {
        return false;
      }
    }
    return ok;
  }

  /** Check what is at a property or index of what is here. */
  inside(key: string | number, schema: Schema, value: unknown): boolean {
    this.path.push(key);
    const ok = this.visit(schema, value);
    this.path.pop();
    return ok;
  }

  /** Note a violation here, or at a property of what is here. */
  fail(code: ViolationCode, message: () => string, property?: string): false {
    if (this.found !== undefined) {
      const inner = property === undefined ? [] : [property];
      const path = pathText([...this.path, ...inner]);
      this.found.push({ path, code, message: message() });
    }
    return false;
  }

  /** Note that what is here is nested too deep. */
  failDepth(): false {
    return this.fail(
      "depth",
      () => `is nested deeper than ${MAX_DEPTH} levels`,
    );
  }

  /** Whether a schema accepts what is here. */
  accepts(schema: Schema, value: unknown): boolean {
    return this.#verdicts.get(value, schema, () =>
      new Walk(undefined, this).visit(schema, value),
    );
  }

  /** What is wrong here by one schema alone. */
  report(schema: Schema, value: unknown): readonly Violation[] {
    return this.#reports.get(value, schema, () => {
      const found: Violation[] = [];
      new Walk(found, this).visit(schema, value);
      return found;
    });
  }
}

/** Results by value and schema, so that nested alternatives are tried only once. */
class Memo<T> {
  readonly #known = new Map<object, Map<Schema, T>>();

  get(value: unknown, schema: Schema, make: () => T): T {
    if (!isContainer(value)) {
      return make();
    }
    const results = this.#known.get(value) ?? new Map<Schema, T>();
    this.#known.set(value, results);
    const result = results.get(schema) ?? make();
    results.set(schema, result);
    return result;
  }
}
