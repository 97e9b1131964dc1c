/** Patterns of JSON Schema as regular expressions. */

const expressions = new Map<string, RegExp>();

/** Matches every text. */
const ANY_TEXT = /(?:)/;

/** What the rules for Unicode may refuse: escapes, classes, and brackets alone. */
const PARTS =
  /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|[^])|\[(?:\\[^]|[^\]\\])*\]|\{\d+(?:,\d*)?\}|[{}\]]/g;

/** The same in a class: escapes, and what is no range as a set of characters is there. */
const MEMBERS =
  /(\\(?:[dDsSwW]|[pP]\{[^}]*\}))-(?!\])|\\(?:u\{[^}]*\}|[^])|-(?=\\[dDsSwWpP])/g;

/** A character that has to be escaped, or an escape of letters and digits. */
const MEANT = /^\\[\^$\\.*+?()[\]{}|/a-zA-Z0-9]/;

/**
 * A pattern as a regular expression: of Unicode characters, as JSON Schema recommends
 * (core, section 6.4). One that the rules for these refuse is spelled as they want it,
 * as `\@` is no escape there; what then is none is one by the older rules.
 *
 * The engine is JavaScript's own, which backtracks: some patterns, such as `(a+)+$`,
 * take exponential time on some texts. Bound the length of texts that you do not trust.
 *
 * A pattern that is none by either asks nothing.
 */
export function expression(pattern: string): RegExp {
  let made = expressions.get(pattern);
  if (made === undefined) {
    made =
      compiled(pattern, "u") ??
      compiled(respelled(pattern), "u") ??
      compiled(pattern, "") ??
      ANY_TEXT;
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

/** A pattern in the spelling of the rules for Unicode, as far as they have one. */
export function respelled(pattern: string): string {
  return pattern.replace(PARTS, respelledPart);
}

function respelledPart(part: string): string {
  if (part.startsWith("\\")) {
    return escaped(part);
  }
  if (part.startsWith("[")) {
    return part.replace(MEMBERS, (member: string, set?: string) =>
      set === undefined && member.startsWith("\\")
        ? escaped(member)
        : `${set ?? ""}\\-`,
    );
  }
  return part.length === 1 ? `\\${part}` : part;
}

/** An escape; one that only the older rules have becomes the code of its character. */
function escaped(part: string): string {
  const code = part.charCodeAt(1);
  if (MEANT.test(part) || part.length > 2) {
    return part;
  }
  return code < 128
    ? `\\x${code.toString(16).padStart(2, "0")}`
    : part.slice(1);
}
