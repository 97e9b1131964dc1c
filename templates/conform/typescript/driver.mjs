/**
 * Feeds cases to the generated package: `"schema"<tab>instance` in, a verdict out, a
 * line each. A line `ready` comes first. Whole numbers of any size are kept.
 */

import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

import { DecodeError, fromJson, readBigInts, toJson } from "./dist/runtime.js";
import { schemas } from "./dist/schemas.js";

const [, , casesPath, verdictsPath] = process.argv;
const output = openSync(verdictsPath, "a");

function put(line) {
  writeSync(output, `${line}\n`);
}

function refusal([error, ...more]) {
  return JSON.stringify({ ok: false, out: null, error, more });
}

function verdict(name, text) {
  const validate = schemas.get(name);
  if (validate === undefined) {
    return refusal([{ path: "", code: "unmapped", message: "has no type" }]);
  }
  let violations = [];
  let value;
  try {
    value = fromJson(text, (read) => {
      violations = validate(read);
      return read;
    }, readBigInts);
  } catch (error) {
    if (!(error instanceof DecodeError)) {
      throw error;
    }
    violations = error.violations;
  }
  if (violations.length > 0) {
    return refusal(violations);
  }
  try {
    return `{"ok":true,"out":${toJson(value)},"error":null}`;
  } catch (error) {
    const found = { path: "", code: "encode", message: String(error) };
    return `{"ok":true,"out":null,"error":${JSON.stringify(found)}}`;
  }
}

/** The verdict, also of a package that fails where it should not. */
function survived(name, text) {
  try {
    return verdict(name, text);
  } catch (error) {
    return refusal([{ path: "", code: "crash", message: String(error) }]);
  }
}

put("ready");
for (const line of readFileSync(casesPath, "utf8").split("\n")) {
  if (line !== "") {
    const tab = line.indexOf("\t");
    put(survived(JSON.parse(line.slice(0, tab)), line.slice(tab + 1)));
  }
}
closeSync(output);
