/** What is wrong with a value, and the error that says so. */

/** The rule that was broken: a keyword of JSON Schema, a limit, or JSON itself. */
export type ViolationCode =
  | "type"
  | "const"
  | "enum"
  | "minimum"
  | "maximum"
  | "exclusiveMinimum"
  | "exclusiveMaximum"
  | "multipleOf"
  | "minLength"
  | "maxLength"
  | "pattern"
  | "contains"
  | "minContains"
  | "maxContains"
  | "minItems"
  | "maxItems"
  | "uniqueItems"
  | "required"
  | "additionalProperties"
  | "propertyNames"
  | "minProperties"
  | "maxProperties"
  | "anyOf"
  | "oneOf"
  | "not"
  | "false"
  | "depth"
  | "json";

/** One way in which a value is not what its type says. */
export interface Violation {
  /** Where, such as `tools[0].name`; empty for the whole value. */
  readonly path: string;
  readonly code: ViolationCode;
  /** What is wrong, in a short sentence. */
  readonly message: string;
}

/** Thrown when a value is not of the type as which it was to be read. */
export class DecodeError extends Error {
  override readonly name: string = "DecodeError";
  /** Everything that is wrong, not just the first. */
  readonly violations: readonly Violation[];

  constructor(subject: string, violations: readonly Violation[]) {
    super(violations.map((found) => toLine(found, subject)).join("\n"));
    this.violations = violations;
  }
}

function toLine({ path, code, message }: Violation, subject: string): string {
  return `${path === "" ? subject : path}: ${message} [${code}]`;
}
