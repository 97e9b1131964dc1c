/** Patterns of JSON Schema as regular expressions. */

const expressions = new Map<string, RegExp>();

/** Matches every text. */
const ANY_TEXT = /(?:)/;

/**
 * A pattern as a regular expression: of Unicode characters, as JSON Schema recommends
 * (core, section 6.4), unless it is one only by the older rules of ECMAScript.
 *
 * The engine is JavaScript's own, which backtracks: some patterns, such as `(a+)+$`,
 * take exponential time on some texts. Bound the length of texts that you do not trust.
 *
 * A pattern that is none by either asks nothing.
 */
export function expression(pattern: string): RegExp {
  let made = expressions.get(pattern);
  if (made === undefined) {
    made = compiled(pattern, "u") ?? compiled(pattern, "") ?? ANY_TEXT;
    expressions.set(pattern, made);
  }
  return made;
}

function compiled(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}
