import { zipSync } from "fflate";
import { trainedExperiment } from "../../protocol/links/codec";
import type { WeightsFile } from "../../protocol/messages";
import { armNames } from "../../series/arm-names";
import type { RunState } from "../../store/run-state";
import { texts } from "../../texts/texts";
import { examplePage } from "./example-page";
import { plainName } from "./plain-name";

/** "A, seed 1, student": the name of the network's file or folder. */
const networkName = (arm: string | undefined, seed: number, role: string) =>
  `${plainName(arm ?? "arm")}, seed ${seed}, ${role}`;

/**
 * The networks of this training's runs, one file or folder each; with TensorFlow.js models also an example page.
 * @throws when there is none
 */
export function weightsZip(run: RunState, files: readonly WeightsFile[]): Blob {
  const names = armNames(run);
  const trained = run.experiment && trainedExperiment(run.experiment);
  const entries = run.runs.flatMap(({ planned: { runId, arm, seed } }) =>
    files
      // Networks of another training may still be stored.
      .filter((file) => file.runId === runId && file.experiment === trained)
      .map(({ role, suffix, bytes }) => [networkName(names[arm], seed, role) + suffix, bytes] as const),
  );
  if (entries.length === 0) throw new Error(texts().exports.noWeights);
  const model = entries.map(([name]) => name).find((name) => name.endsWith("/model.json"));
  const example = model ? [["example.html", new TextEncoder().encode(examplePage(model))] as const] : [];
  // Trained weights do not compress.
  const zip = zipSync(Object.fromEntries([...entries, ...example]), { level: 0 });
  return new Blob([zip as Uint8Array<ArrayBuffer>], { type: "application/zip" });
}
