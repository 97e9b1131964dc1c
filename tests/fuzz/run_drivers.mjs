/**
 * Runs the conformance driver of each folder named, in one process.
 *
 * Then asks each package again in other ways: what it says has to hang together. What
 * does not is written to `contradictions.txt`.
 */

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

function load(path) {
  return import(pathToFileURL(path).href);
}

/** The functions of each schema, by its name in the spec. */
async function questions(dist) {
  const { schemas } = await load(`${dist}/schemas.js`);
  const known = new Map();
  const files = readdirSync(`${dist}/models`).filter((name) => name.endsWith(".js"));
  for (const file of files) {
    const all = await load(`${dist}/models/${file}`);
    for (const [name, validate] of Object.entries(all)) {
      if (name.startsWith("validate")) {
        const type = name.slice("validate".length);
        known.set(validate, [all[`is${type}`], all[`parse${type}`], validate]);
      }
    }
  }
  return new Map([...schemas].map(([name, check]) => [name, known.get(check)]));
}

/** What does not hang together in what a package says of a value. */
function* contradictions([is, parse, validate], DecodeError, value) {
  const before = String(Object.getOwnPropertyNames(Object(value)));
  const found = JSON.stringify(validate(value));
  if (is(value) !== (found === "[]")) {
    yield `is: ${is(value)}, but validate: ${found}`;
  }
  try {
    if (!Object.is(parse(value), value) || found !== "[]") {
      yield `parsed, but validate: ${found}`;
    }
  } catch (error) {
    if (!(error instanceof DecodeError)) {
      yield `died of ${error.stack}`;
    } else if (JSON.stringify(error.violations) !== found) {
      yield `parse: ${JSON.stringify(error.violations)}, but validate: ${found}`;
    }
  }
  if (String(Object.getOwnPropertyNames(Object(value))) !== before) {
    yield "what was given is changed";
  }
}

for (const name of process.argv.slice(2)) {
  const folder = resolve(name);
  process.argv = ["node", "driver.mjs", `${folder}/cases.txt`, `${folder}/verdicts.txt`];
  await load(`${folder}/driver.mjs`);
  const asked = await questions(`${folder}/dist`);
  const { DecodeError, readBigInts } = await load(`${folder}/dist/runtime.js`);
  const cases = readFileSync(`${folder}/cases.txt`, "utf8").split("\n").slice(0, -1);
  const wrong = [];
  for (const line of cases) {
    const [schema, text] = line.split("\t", 2);
    for (const read of [JSON.parse, readBigInts]) {
      const functions = asked.get(JSON.parse(schema));
      for (const what of contradictions(functions, DecodeError, read(text))) {
        wrong.push(`${what}: ${line}\n`);
      }
    }
  }
  writeFileSync(`${folder}/contradictions.txt`, wrong.join(""));
}
