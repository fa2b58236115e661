import { zipSync } from "fflate";
import { trainedExperiment } from "../../protocol/links/codec";
import type { WeightsFile } from "../../protocol/messages";
import { armNames } from "../../series/arm-names";
import type { RunState } from "../../store/run-state";
import { texts } from "../../texts/texts";
import { examplePage } from "./example-page";
import { plainName } from "./plain-name";
import { weightsReadme } from "./weights-readme";

/** "A, seed 1, student": the name of the network's file or folder. */
const networkName = (arm: string | undefined, seed: number, role: string) =>
  `${plainName(arm ?? "arm")}, seed ${seed}, ${role}`;

/**
 * The networks of this training's runs, one file or folder each, with a README; with TensorFlow.js models also an
 * example page.
 * @throws when there is none
 */
export function weightsZip(run: RunState, files: readonly WeightsFile[]): Blob {
  const names = armNames(run);
  const trained = run.experiment && trainedExperiment(run.experiment);
  const own = run.runs.flatMap(({ planned: { runId, arm, seed } }) =>
    files
      // Networks of another training may still be stored.
      .filter((file) => file.runId === runId && file.experiment === trained)
      .map((file) => ({ ...file, name: networkName(names[arm], seed, file.role) + file.suffix })),
  );
  const images = own.find((file) => file.images)?.images;
  if (own.length === 0) throw new Error(texts().exports.noWeights);
  const network = own.map(({ name }) => name).filter((name) => !name.endsWith("/weights.bin"));
  const models = network.filter((name) => name.endsWith("/model.json"));
  const text = (content: string) => new TextEncoder().encode(content);
  const entries: Record<string, Uint8Array> = Object.fromEntries(own.map(({ name, bytes }) => [name, bytes]));
  entries["README.md"] = text(weightsReadme(network, images));
  if (models.length > 0) {
    const { choose } = texts().weightsReadme;
    entries["example.html"] = text(examplePage(models, images?.classes ?? [], choose));
  }
  // Trained weights do not compress.
  const zip = zipSync(entries, { level: 0 });
  return new Blob([zip as Uint8Array<ArrayBuffer>], { type: "application/zip" });
}
