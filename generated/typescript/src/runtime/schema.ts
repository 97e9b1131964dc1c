/** Tables: assertions in the keywords of JSON Schema 2020-12, as data. */

/** The name of a kind of JSON value; `integer` is a number without a fraction. */
export type Kind =
  "null" | "boolean" | "integer" | "number" | "string" | "array" | "object";

/** The assertions of one schema; `true` accepts every value, `false` none. */
export type Schema = boolean | Assertions;

/**
 * Assertions by keyword.
 *
 * `$ref` is a function, because modules that refer to each other load in any order.
 */
export interface Assertions {
  readonly $ref?: () => Schema;
  readonly type?: Kind | readonly Kind[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly exclusiveMinimum?: number | bigint;
  readonly exclusiveMaximum?: number | bigint;
  readonly multipleOf?: number | bigint;
  readonly minLength?: number | bigint;
  readonly maxLength?: number | bigint;
  readonly pattern?: string;
  readonly prefixItems?: readonly Schema[];
  readonly items?: Schema;
  readonly contains?: Schema;
  readonly minContains?: number | bigint;
  readonly maxContains?: number | bigint;
  readonly minItems?: number | bigint;
  readonly maxItems?: number | bigint;
  readonly uniqueItems?: boolean;
  readonly properties?: { readonly [name: string]: Schema };
  readonly patternProperties?: { readonly [pattern: string]: Schema };
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema;
  readonly propertyNames?: Schema;
  readonly minProperties?: number | bigint;
  readonly maxProperties?: number | bigint;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly not?: Schema;
  readonly if?: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
  readonly unevaluatedItems?: Schema;
  readonly unevaluatedProperties?: Schema;
}
