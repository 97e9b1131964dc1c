/**
 * JSON text without loss: whole numbers that a double does not hold, as `bigint`.
 *
 * All other numbers are doubles, as `JSON.parse` reads them: a fraction with more digits
 * than a double holds is rounded.
 */

import { pathText } from "./messages.js";
import { decimalOf, kindOf } from "./values.js";

/** How many digits a whole number may have; a longer one is read as `Infinity`. */
const MAX_DIGITS = 4300;

/** What text has to contain if a number in it is to become a `bigint`. */
const SUSPECT = /[0-9]{16}|[0-9][eE]/;

const NUMBER = /-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y;

type Container = unknown[] | { [name: string]: unknown };

/**
 * Read JSON text as `JSON.parse` does, but a whole number that a double would change
 * becomes a `bigint`, as in `fromJson(text, parseSession, readBigInts)`.
 *
 * @throws SyntaxError if the text is not JSON.
 */
export function readBigInts(text: string): unknown {
  const read: unknown = JSON.parse(text);
  return SUSPECT.test(text) ? new Reader(text).value() : read;
}

/** Reads text that is JSON for sure, without recursion. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(): unknown {
    const whole: unknown[] = [];
    const open: Container[] = [whole];
    const names: (string | undefined)[] = [undefined];
    while (this.#at < this.#text.length) {
      const char = this.#text.charAt(this.#at);
      const inner = open.at(-1) ?? whole;
      if (char === "}" || char === "]") {
        this.#at += 1;
        open.pop();
        names.pop();
      } else if (/[\s,:]/.test(char)) {
        this.#at += 1;
      } else if (!Array.isArray(inner) && names.at(-1) === undefined) {
        names[names.length - 1] = this.#string();
      } else {
        const value = this.#item(char);
        put(inner, names.at(-1), value);
        names[names.length - 1] = undefined;
        if (char === "{" || char === "[") {
          open.push(value as Container);
          names.push(undefined);
        }
      }
    }
    return whole[0];
  }

  /** A scalar, or a container that is still empty. */
  #item(char: string): unknown {
    switch (char) {
      case '"':
        return this.#string();
      case "{":
        this.#at += 1;
        return {};
      case "[":
        this.#at += 1;
        return [];
      case "t":
        this.#at += "true".length;
        return true;
      case "f":
        this.#at += "false".length;
        return false;
      case "n":
        this.#at += "null".length;
        return null;
      default:
        return this.#number();
    }
  }

  #string(): string {
    const start = this.#at;
    let end = start + 1;
    let char = this.#text.charAt(end);
    while (char !== '"') {
      end += char === "\\" ? 2 : 1;
      char = this.#text.charAt(end);
    }
    this.#at = end + 1;
    return JSON.parse(this.#text.slice(start, this.#at)) as string;
  }

  #number(): number | bigint {
    NUMBER.lastIndex = this.#at;
    const [text = ""] = NUMBER.exec(this.#text) ?? [];
    this.#at += text.length;
    return toNumber(text);
  }
}

/** Add to a container; `__proto__` is a name like any other. */
function put(inner: Container, name: string | undefined, value: unknown): void {
  if (Array.isArray(inner)) {
    inner.push(value);
  } else if (name === "__proto__") {
    const rest = { enumerable: true, configurable: true, writable: true };
    Object.defineProperty(inner, name, { value, ...rest });
  } else if (name !== undefined) {
    inner[name] = value;
  }
}

/** The value of a number as it is written. */
function toNumber(text: string): number | bigint {
  const double = Number(text);
  const isPlain = text.length < 16 && Number.isSafeInteger(double);
  if (double === 0 || isPlain || text.length > MAX_DIGITS) {
    return double; // also an exponent far below zero
  }
  const exact = wholeOf(text);
  if (exact === undefined) {
    return double;
  }
  if (!Number.isFinite(double)) {
    return exact;
  }
  // A double is written as its number, and yet 1e23 is 8,388,608 more than its double.
  const isMeant = /[.eE]/.test(text) || BigInt(double) === exact;
  return isMeant && wholeOf(String(double)) === exact ? double : exact;
}

/** The whole number that a text says, if it is one that is not too long. */
function wholeOf(text: string): bigint | undefined {
  const [digits, exponent] = decimalOf(text);
  if (exponent < 0) {
    const unit = 10n ** BigInt(-exponent);
    return digits % unit === 0n ? digits / unit : undefined;
  }
  const isShort = String(digits).length + exponent <= MAX_DIGITS;
  return isShort ? digits * 10n ** BigInt(exponent) : undefined;
}

/**
 * Write a value as JSON text, as `JSON.stringify` does, and each `bigint` in it as the
 * number that it is.
 *
 * @throws TypeError if there is something in it that JSON cannot say.
 */
export function toJson(value: unknown): string {
  const text = write(value, 0, []);
  if (text === undefined) {
    throw new TypeError(noJson(value, []));
  }
  return text;
}

/** How deep a value may be nested that is written; more would exhaust the stack. */
const MAX_WRITTEN = 1000;

/** What is said of something, at a path, that JSON cannot say. */
function noJson(value: unknown, path: readonly (string | number)[]): string {
  return `${pathText(path) || "value"}: ${kindOf(value)} is no JSON`;
}

/** The text of a value; `path` is where it stands, kept up to date on the way. */
function write(
  value: unknown,
  level: number,
  path: (string | number)[],
): string | undefined {
  if (level > MAX_WRITTEN) {
    throw new TypeError(`is nested deeper than ${MAX_WRITTEN} levels`);
  }
  if (typeof value === "bigint") {
    return String(value);
  }
  if (typeof value === "number") {
    if (!Number.isFinite(value)) {
      throw new TypeError(noJson(value, path));
    }
    return Object.is(value, -0) ? "-0" : String(value);
  }
  if (typeof value !== "object" || value === null) {
    return JSON.stringify(value);
  }
  if ("toJSON" in value && typeof value.toJSON === "function") {
    return write(value.toJSON(), level + 1, path);
  }
  const inner = (key: string | number, item: unknown): string | undefined => {
    path.push(key);
    const text = write(item, level + 1, path);
    path.pop();
    return text;
  };
  if (Array.isArray(value)) {
    // Not `map`, which leaves out what was never set.
    const items = Array.from(value, (item, at) => inner(at, item) ?? "null");
    return `[${items.join()}]`;
  }
  const members: string[] = [];
  for (const [name, item] of Object.entries(value)) {
    const text = inner(name, item);
    if (text !== undefined) {
      members.push(`${JSON.stringify(name)}:${text}`);
    }
  }
  return `{${members.join()}}`;
}
