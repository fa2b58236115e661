/** npm run fuzz -- [--count N] [--seed S]: gives the page's parsers of links and files invalid input. */
import { parseArgs } from "node:util";
import { runFuzz } from "./run-fuzz";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "10000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
  },
});
const [count, seed] = [Number(values.count), Number(values.seed)];
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
  throw new Error("--count must be a whole number of at least 1, --seed a whole number.");
}
const { rows, failures } = runFuzz(count, seed);
console.table(Object.fromEntries([...rows].sort(([a], [b]) => (a < b ? -1 : 1))));
console.info(`${count} inputs with seed ${seed}: ${failures.length} failures`);
for (const { input, why } of failures.slice(0, 10)) {
  console.error(`A ${input.kind} (${input.what}) ${why}: ${JSON.stringify(input.text.slice(0, 300))}`);
}
process.exitCode = failures.length === 0 ? 0 : 1;
