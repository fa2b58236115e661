import { existsSync } from "node:fs";
import { chromiumArguments, hardwareArguments } from "../commands/chromium";
import { exitCodes, Interruption } from "../resume/interruption";
import { sentenceOf } from "../resume/sentence";
import { isShardCommand, runShardCommand, shardsUsage } from "../shards/commands";
import { type Options, parseOptions, usage } from "./options";
import { runInFolder } from "./plain-run";
import { wantedExperiment } from "./wanted-experiment";

/** `npm run experiment` drives the page without a display, from a link to exported files. */

async function trace(options: Options, steps: number): Promise<number> {
  const { data, out, gpu } = options;
  if (data !== undefined && !existsSync(data)) throw new Error(`There is nothing at ${data}.`);
  // As below: what drives a browser takes a second or two to load, also where none is driven.
  const { traceExperiment } = await import("../trace/trace");
  await traceExperiment(wantedExperiment(options), steps, out, gpu ? hardwareArguments : chromiumArguments);
  console.log(`Saved a trace of ${steps} steps of each arm to ${out}.`);
  return exitCodes.done;
}

async function main(words: readonly string[]): Promise<number> {
  const [first, ...others] = words;
  if (isShardCommand(first)) return runShardCommand(first, others);
  const options = parseOptions(words, new Date());
  if (options.help) {
    console.log(`${usage}\n\n${shardsUsage}`);
    return exitCodes.done;
  }
  if (options.trace !== undefined) return trace(options, options.trace);
  if (options.pytorch) {
    const { saveProject } = await import("./save-project");
    await saveProject(options);
    return exitCodes.done;
  }
  return runInFolder(options, Interruption.watch());
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = exitCodes.failed;
}
