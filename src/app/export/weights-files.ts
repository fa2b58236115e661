import { zipSync } from "fflate";
import { trainedExperiment } from "../../protocol/links/codec";
import type { WeightsFile, WeightsFormat } from "../../protocol/weights";
import { armNames } from "../../series/arm-names";
import { texts } from "../../texts/texts";
import { examplePage } from "./example-page";
import { modelCard } from "./model-card";
import { plainName } from "./plain-name";
import type { SummaryFacts } from "./summary";

/** "A, seed 1, student": the name of the network's file or folder. */
const networkName = (arm: string | undefined, seed: number, role: string) =>
  `${plainName(arm ?? "arm")}, seed ${seed}, ${role}`;

/**
 * The networks of this training's runs, one file or folder each, with a model card; with TensorFlow.js models also an
 * example page.
 * @throws when there is none
 */
export function weightsZip(facts: SummaryFacts, files: readonly WeightsFile[], format: WeightsFormat): Blob {
  const { run } = facts;
  const names = armNames(run);
  const trained = run.experiment && trainedExperiment(run.experiment);
  const own = run.runs.flatMap(({ planned: { runId, arm, seed } }) =>
    files
      // Networks of another training may still be stored.
      .filter((file) => file.runId === runId && file.experiment === trained)
      .map((file) => ({ ...file, name: networkName(names[arm], seed, file.role) + file.suffix })),
  );
  const images = own.find((file) => file.images)?.images;
  if (own.length === 0) {
    const { noInt8, noWeights } = texts().exports;
    throw new Error(format.endsWith("-int8") ? noInt8 : noWeights);
  }
  const network = own.map(({ name }) => name).filter((name) => !name.endsWith("/weights.bin"));
  const models = network.filter((name) => name.endsWith("/model.json"));
  const text = (content: string) => new TextEncoder().encode(content);
  const entries: Record<string, Uint8Array> = Object.fromEntries(own.map(({ name, bytes }) => [name, bytes]));
  const measured = own.filter(({ name }) => network.includes(name));
  entries["README.md"] = text(modelCard(facts, format, network, images, measured));
  if (models.length > 0) {
    const { choose } = texts().weightsReadme;
    entries["example.html"] = text(examplePage(models, images?.classes ?? [], choose));
  }
  // Trained weights do not compress.
  const zip = zipSync(entries, { level: 0 });
  return new Blob([zip as Uint8Array<ArrayBuffer>], { type: "application/zip" });
}
