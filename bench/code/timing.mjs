/**
 * Time the TypeScript contenders in one process, each in turn.
 *
 *     node bench/code/timing.mjs FOLDER CHECKOUT
 *
 * Enters: a folder with `suite.json` and the contenders' modules. Leaves: JSON on
 * standard output: what each contender does right, seconds by payload and contender,
 * and bytes of bundles, minified and gzipped. Nothing is timed that was not verified.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { gzipSync } from "node:zlib";

const ROUNDS = 11;
let last; // what was parsed last is kept, so that no work can be left out
const A_ROUND = 0.02; // seconds of one contender's turn
const [, , folder, checkout] = process.argv;
const require = createRequire(join(folder, "suite.json"));
const esbuild = require("esbuild");
const suite = readJson("suite.json");

function readJson(name) {
  return JSON.parse(readFileSync(join(folder, name), "utf8"));
}

/** Import a contender's module from the folder, TypeScript and packages included. */
async function load(name) {
  const outfile = join(folder, "built", `${name.replaceAll("/", "_")}.mjs`);
  await esbuild.build({
    entryPoints: [join(folder, name)],
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "error",
    outfile,
  });
  return import(pathToFileURL(outfile));
}

/** A check that answers false becomes one that throws, as a parser does. */
function throwing(accepts) {
  return (value) => {
    if (!accepts(value)) throw new Error("refused");
    return value;
  };
}

/** From a schema's name to a parser, for each contender. */
async function contenders() {
  const ours = await load("typescript/src/index.ts");
  const zod = await load("peer_zod.mjs");
  const valibot = await load("peer_valibot.mjs");
  const { parse } = await load("node_modules/valibot/dist/index.mjs");
  const { Convert } = await load("peer_quicktype.ts");
  const { Compile } = await load("node_modules/typebox/build/schema/index.mjs");
  const Ajv = require("ajv/dist/2020").default;
  const ajv = (file) => {
    const one = new Ajv({ strict: false, validateFormats: false, discriminator: true });
    one.addSchema(readJson(file), "spec");
    return (name) =>
      throwing(one.compile({ $ref: `spec#/components/schemas/${name}` }));
  };
  const document = readJson("schema.json");
  return {
    Specloom: (name) => ours[`parse${name}`],
    "zod 4": (name) => (value) => zod.ROOTS[name].parse(value),
    "ajv (compiled)": ajv("schema.json"),
    "ajv (compiled, discriminator)": ajv("schema_tagged.json"),
    "quicktype (converters)": (name) => Convert[`to${name}`],
    "typebox (compiled)": (name) => {
      const $ref = `#/components/schemas/${name}`;
      const one = Compile({ $ref, components: document.components });
      return throwing((value) => one.Check(value));
    },
    valibot: (name) => (value) => parse(valibot.ROOTS[name], value),
  };
}

/** What a parser does with values that are valid and with values that are not. */
function verify(pairs) {
  const found = { decodes: false, keeps: true, refuses: true, problem: "" };
  try {
    for (const [parse, value] of pairs) {
      found.keeps &&= isDeepStrictEqual(plain(parse(structuredClone(value))), value);
    }
    found.decodes = true;
  } catch (error) {
    found.problem = String(error).split("\n")[0].slice(0, 200);
  }
  for (const [parse, value] of pairs) {
    for (const bad of [{ ...value, type: "no such type" }, { ...value, type: 1 }, []]) {
      try {
        parse(bad);
        found.refuses = false;
      } catch {
        // As it should be.
      }
    }
  }
  return found;
}

/** Without the prototypes and the properties set to undefined that converters leave. */
function plain(value) {
  return JSON.parse(JSON.stringify(value));
}

/**
 * Seconds of one turn of a job, as the mean of many runs. They are the processor's, so
 * that what else a machine does is not counted.
 */
function turn({ job, number }) {
  const start = process.cpuUsage();
  for (let index = 0; index < number; index++) job();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6 / number;
}

function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)];
}

function timed(parsers) {
  const jobs = parsers.map(([name, pairs]) => {
    // The values are made anew by JSON.parse once, so that no contender's are special.
    const own = pairs.map(([parse, value]) => [parse, JSON.parse(JSON.stringify(value))]);
    const job = () => {
      for (const [parse, value] of own) last = parse(value);
    };
    const warm = performance.now();
    let runs = 0;
    for (; performance.now() - warm < 150; runs++) job();
    return { name, job, number: Math.max(1, Math.round((runs / 0.15) * A_ROUND)) };
  });
  const seconds = new Map(jobs.map(({ name }) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const one of jobs) seconds.get(one.name).push(turn(one));
  }
  return Object.fromEntries([...seconds].map(([name, found]) => [name, median(found)]));
}

/** Bytes of a bundle for browsers, minified and gzipped. */
async function size(contents) {
  const built = await esbuild.build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    logLevel: "error",
    write: false,
  });
  return gzipSync(built.outputFiles[0].contents, { level: 9 }).length;
}

function exporting(name, from) {
  return `export { ${name} } from ${JSON.stringify(from)};`;
}

async function sizes() {
  const flagship = join(checkout, "generated/typescript/src/index.ts");
  const found = {
    "Specloom: parseRealtimeSession": await size(
      exporting("parseRealtimeSession", flagship),
    ),
  };
  for (const payload of Object.values(suite)) {
    const parser = `parse${payload[0][0]}`;
    if (payload.length === 1) {
      const own = exporting(parser, join(folder, "typescript/src/index.ts"));
      found[`Specloom: ${parser}`] = await size(own);
    }
  }
  return {
    ...found,
    "zod: the session": await size(exporting("ROOTS", "./peer_zod_session.mjs")),
    "zod mini: the session": await size(
      exporting("ROOTS", "./peer_zod_mini_session.mjs"),
    ),
    "zod: all of its core": await size('export * from "zod/v4/core";'),
    "zod: one string": await size('export { string } from "zod";'),
    "zod mini: one string": await size('export { string } from "zod/mini";'),
  };
}

const verified = {};
const seconds = {};
const made = await contenders();
for (const [what, payload] of Object.entries(suite)) {
  process.stderr.write(`TypeScript: parse, ${what}\n`);
  const parsers = [];
  for (const [name, parserOf] of Object.entries(made)) {
    const known = new Map();
    const pairs = payload.map(([schema, value]) => {
      if (!known.has(schema)) known.set(schema, parserOf(schema));
      return [known.get(schema), value];
    });
    verified[name] ??= {};
    verified[name][what] = verify(pairs);
    if (verified[name][what].decodes) parsers.push([name, pairs]);
  }
  seconds[what] = timed(parsers);
}
process.stdout.write(JSON.stringify({ verified, seconds, sizes: await sizes() }));
