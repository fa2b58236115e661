import { readFileSync } from "node:fs";
import { type TestInfo, test } from "@playwright/test";
import type { Experiment } from "../../src/protocol/experiment";
import type { DrivenPage } from "./driven-page";

let saved = 0;

/** Returns the page's experiment, using the page's export. */
export async function savedExperiment(driven: DrivenPage, info: TestInfo = test.info()): Promise<Experiment> {
  const path = info.outputPath(`experiment-${saved++}.json`);
  await driven.save("experiment.json", path);
  return JSON.parse(readFileSync(path, "utf8")) as Experiment;
}
