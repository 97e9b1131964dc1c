/** Patterns of JSON Schema as regular expressions. */

const expressions = new Map<string, RegExp>();

/**
 * A pattern as a regular expression: of Unicode characters, as JSON Schema recommends
 * (core, section 6.4), unless it is one only by the older rules of ECMAScript.
 *
 * The engine is JavaScript's own, which backtracks: some patterns, such as `(a+)+$`,
 * take exponential time on some texts. Bound the length of texts that you do not trust.
 *
 * @throws SyntaxError if it is none by either.
 */
export function expression(pattern: string): RegExp {
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
