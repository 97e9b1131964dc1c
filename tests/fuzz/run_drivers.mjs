/** Runs the conformance driver of each folder named, in one process. */

import { pathToFileURL } from "node:url";
import { resolve } from "node:path";

for (const name of process.argv.slice(2)) {
  const folder = resolve(name);
  process.argv = ["node", "driver.mjs", `${folder}/cases.txt`, `${folder}/verdicts.txt`];
  await import(pathToFileURL(`${folder}/driver.mjs`).href);
}
