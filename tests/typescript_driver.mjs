// Lines of JSON enter on standard input: [schema, instance]. For each a line leaves: the
// violations that the compiled package in the current folder finds.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const registry = pathToFileURL(`${process.cwd()}/dist/schemas.js`);
const { schemas } = await import(registry.href);

for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const [name, instance] = JSON.parse(line);
  console.log(JSON.stringify(schemas.get(name)(instance)));
}
