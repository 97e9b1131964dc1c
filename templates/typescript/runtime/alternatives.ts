/**
 * Which alternatives of a union can be meant by a value.
 *
 * It is read off the tables once for each union: the kinds of JSON that an alternative
 * takes, and for several that take objects, the property that tells them apart. What is
 * ruled out here would fail for sure, so the verdict does not depend on it.
 */

import type { Assertions, Kind, Schema } from "./schema.js";
import { isContainer, isOfKind, kindOf } from "./values.js";

const KINDS: readonly Kind[] = [
  "null",
  "boolean",
  "integer",
  "number",
  "string",
  "array",
  "object",
];

/** The property that tells objects apart, and who takes each of its values. */
export interface Tag {
  readonly name: string;
  readonly takers: ReadonlyMap<unknown, ReadonlySet<Schema>>;
}

/** The alternatives that take one kind of value. */
export interface Candidates {
  readonly schemas: readonly Schema[];
  readonly tag: Tag | undefined;
}

const plans = new WeakMap<readonly Schema[], ReadonlyMap<string, Candidates>>();

/** The alternatives of a union by the kind of value that they take. */
export function planOf(
  union: readonly Schema[],
): ReadonlyMap<string, Candidates> {
  let plan = plans.get(union);
  if (plan === undefined) {
    plan = new Map(
      KINDS.map((kind) => {
        const schemas = union.filter((schema) => takes(schema, kind));
        const isTold = kind === "object" && schemas.length > 1;
        return [kind, { schemas, tag: isTold ? tagOf(schemas) : undefined }];
      }),
    );
    plans.set(union, plan);
  }
  return plan;
}

/** The kinds that a union takes, for people: a number covers the integers. */
export function expectedKinds(union: readonly Schema[]): Kind[] {
  const found = KINDS.filter((kind) => planOf(union).get(kind)?.schemas.length);
  return found.filter(
    (kind) => kind !== "integer" || !found.includes("number"),
  );
}

/** Whether a schema may accept a value of a kind. */
function takes(schema: Schema, kind: Kind): boolean {
  if (typeof schema === "boolean") {
    return schema;
  }
  const takesIt = (member: Schema) => takes(member, kind);
  return (
    (schema.type === undefined || isOfKind(kind, schema.type)) &&
    (ownValues(schema)?.some((value) => kindOf(value) === kind) ?? true) &&
    sameValue(schema).every(takesIt) &&
    unionsOf(schema).every((union) => union.some(takesIt))
  );
}

/** The schemas that a value has to match too. */
function sameValue({ $ref, allOf = [] }: Assertions): readonly Schema[] {
  return $ref === undefined ? allOf : [$ref(), ...allOf];
}

function unionsOf({ anyOf, oneOf }: Assertions): (readonly Schema[])[] {
  return [anyOf, oneOf].filter((union) => union !== undefined);
}

/** The values that a schema lists itself. */
function ownValues(schema: Assertions): readonly unknown[] | undefined {
  return "const" in schema ? [schema.const] : schema.enum;
}

/** The values that a schema lists; it accepts no other. */
function listedValues(schema: Schema): readonly unknown[] | undefined {
  if (typeof schema === "boolean") {
    return undefined;
  }
  return ownValues(schema) ?? firstOf(sameValue(schema), listedValues);
}

/** The property that tells most objects apart by what it has to be in each. */
function tagOf(schemas: readonly Schema[]): Tag | undefined {
  let best: Tag | undefined;
  for (const name of new Set(schemas.slice(0, 1).flatMap(requiredNames))) {
    const takers = takersBy(name, schemas);
    if (takers.size > (best?.takers.size ?? 1)) {
      best = { name, takers };
    }
  }
  return best;
}

/** Who takes each value of a property; nobody unless all say which they take. */
function takersBy(
  name: string,
  schemas: readonly Schema[],
): Map<unknown, Set<Schema>> {
  const takers = new Map<unknown, Set<Schema>>();
  for (const schema of schemas) {
    const values = requires(schema, name) ? valuesAt(schema, name) : undefined;
    if (values === undefined || values.some(isContainer)) {
      return new Map();
    }
    for (const value of values) {
      takers.set(value, (takers.get(value) ?? new Set()).add(schema));
    }
  }
  return takers;
}

/** The properties that an object of a schema may have to have. */
function requiredNames(schema: Schema): readonly string[] {
  if (typeof schema === "boolean") {
    return [];
  }
  const parts = [...sameValue(schema), ...unionsOf(schema).flat()];
  return [...(schema.required ?? []), ...parts.flatMap(requiredNames)];
}

/** Whether every object of a schema has a property. */
function requires(schema: Schema, name: string): boolean {
  if (typeof schema === "boolean") {
    return false;
  }
  const requiresIt = (member: Schema) => requires(member, name);
  return (
    (schema.required?.includes(name) ?? false) ||
    sameValue(schema).some(requiresIt) ||
    unionsOf(schema).some((union) => objectsOf(union).every(requiresIt))
  );
}

/** The values that a property of an object of a schema may have, if it lists them. */
function valuesAt(
  schema: Schema,
  name: string,
): readonly unknown[] | undefined {
  if (typeof schema === "boolean") {
    return undefined;
  }
  const { properties = {} } = schema;
  const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
  const at = (member: Schema) => valuesAt(member, name);
  return (
    (own === undefined ? undefined : listedValues(own)) ??
    firstOf(sameValue(schema), at) ??
    firstOf(unionsOf(schema), (union) => {
      const found = objectsOf(union).map(at);
      return found.includes(undefined) ? undefined : found.flat();
    })
  );
}

function objectsOf(union: readonly Schema[]): readonly Schema[] {
  return union.filter((schema) => takes(schema, "object"));
}

function firstOf<T, R>(
  items: readonly T[],
  find: (item: T) => R | undefined,
): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
