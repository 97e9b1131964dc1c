/**
 * The validator: one pass over a value and its table, side by side.
 *
 * The verdict is that of JSON Schema 2020-12 for the keywords of `Assertions`. Violations
 * come in the order of the table, depth first. Alternatives in alternatives are tried
 * once for each value, so that their number does not explode.
 */

import { checksOf } from "./keywords.js";
import { NOTHING, joinPaths, pathText, unexpected } from "./messages.js";
import type { Schema } from "./schema.js";
import { isContainer, isOfKind, kindOf } from "./values.js";
import type { Violation, ViolationCode } from "./violations.js";

/** Where a pass is, and what it has found. */
export class Walk {
  readonly path: (string | number)[] = [];
  /** Undefined if only the verdict counts: the first violation then ends the pass. */
  readonly found: Violation[] | undefined;
  readonly #verdicts: Memo<boolean>;
  readonly #reports: Memo<readonly Violation[]>;
  /** By schema, the places of which it was asked; and what was found, as text. */
  readonly #asked = new Map<Schema, Set<string>>();
  readonly #told = new Set<string>();

  constructor(found: Violation[] | undefined, outer?: Walk) {
    this.found = found;
    this.#verdicts = outer === undefined ? new Memo() : outer.#verdicts;
    this.#reports = outer === undefined ? new Memo() : outer.#reports;
  }

  /** Check what is here against a schema. */
  visit(schema: Schema, value: unknown): boolean {
    if (typeof schema === "boolean") {
      return schema || this.fail("false", () => NOTHING);
    }
    const { type } = schema;
    if (type !== undefined && !isOfKind(kindOf(value), type)) {
      return this.fail("type", () => unexpected(type, value));
    }
    let ok = true;
    for (const check of checksOf(schema)) {
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

  /**
   * Check what is here against a schema with a name, which other rules may ask as well:
   * each time would go through all that is in the value again, and what is in that.
   */
  refer(schema: Schema, value: unknown): boolean {
    if (this.found === undefined) {
      return this.accepts(schema, value);
    }
    const asked = this.#asked.get(schema) ?? new Set();
    const place = pathText(this.path);
    if (isContainer(value) && asked.has(place)) {
      return this.accepts(schema, value);
    }
    this.#asked.set(schema, asked.add(place));
    return this.visit(schema, value);
  }

  /** Note a violation here, or at a property of what is here. */
  fail(code: ViolationCode, message: () => string, property?: string): false {
    if (this.found !== undefined) {
      const inner = property === undefined ? [] : [property];
      const path = pathText([...this.path, ...inner]);
      this.#note({ path, code, message: message() });
    }
    return false;
  }

  /** Whether a schema accepts a value. */
  accepts(schema: Schema, value: unknown): boolean {
    const quiet = this.found === undefined ? this : new Walk(undefined, this);
    return this.#verdicts.get(value, schema, () => quiet.visit(schema, value));
  }

  /** What is wrong with a value by one schema alone, with paths inside the value. */
  report(schema: Schema, value: unknown): readonly Violation[] {
    return this.#reports.get(value, schema, () => {
      const found: Violation[] = [];
      new Walk(found, this).visit(schema, value);
      return found;
    });
  }

  /** Take over what was reported of what is here. */
  add(report: readonly Violation[]): void {
    const here = pathText(this.path);
    for (const { path, code, message } of report) {
      this.#note({ path: joinPaths(here, path), code, message });
    }
  }

  #note(violation: Violation): void {
    const { path, code, message } = violation;
    const text = JSON.stringify([path, code, message]);
    if (!this.#told.has(text)) {
      this.#told.add(text);
      this.found?.push(violation);
    }
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
