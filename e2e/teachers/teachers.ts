import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { recognizeModel } from "../../src/engine/models/model-files";
import type { SavedRun } from "../../src/protocol/saved-training";
import type { TeacherModel } from "../../src/protocol/teacher-model";
import { experimentOf } from "../../src/protocol/valid-experiment.testing";
import { parseOptions } from "../experiment/options";
import { runInFolder } from "../experiment/plain-run";
import { Interruption } from "../resume/interruption";
import { trainingName, trainingsIn } from "../resume/resumable-training";
import { writeNsfwModel } from "./nsfw-files";
import { type TaughtRow, withTable } from "./page";

/**
 * `npm run teachers` lets a pretrained MobileNetV2 of the package nsfwjs teach small students on photographs, and writes
 * what they learned into docs/teachers.md. `npm run teachers -- 300` takes another number of steps than 100.
 */

const project = join(import.meta.dirname, "../..");
const page = join(project, "docs/teachers.md");
const photographs = join(project, "../shared/data/cifar10-folders.zip");

if (!existsSync(photographs)) throw new Error(`The photographs are not at ${photographs}.`);
const steps = Number(process.argv[2] ?? 100);
const batchSize = 32;
const student = { network: "R8", width: 0.25 } as const;
const arm = { student, steps };
const out = join(project, "out/teachers");
const files = join(out, "model");
rmSync(out, { recursive: true, force: true });
writeNsfwModel("mobilenet_v2", files);
const given = readdirSync(files).map((path) => ({ path, file: new Blob([readFileSync(join(files, path))]) }));
const { hash, read } = await recognizeModel(given);
/** The package takes pixels from 0 to 1; the layer before its classes has 1,280 numbers. Its cost is the published one. */
const model = {
  hash,
  name: "nsfwjs MobileNetV2",
  output: "flatten_1",
  use: "embedding" as const,
  side: 224,
  mean: [0, 0, 0],
  deviation: [1, 1, 1],
  dimension: 1_280,
  macs: 300_000_000,
  parameters: read.parameters,
} satisfies TeacherModel;
const experiment = experimentOf({
  dataset: { source: "files", name: "CIFAR-10", resolution: 32, seed: 1 },
  batchSize,
  evaluation: { everySteps: steps, images: 600, part: "validation", probe: "ridge" },
  arms: [
    {
      ...arm,
      name: "SEED",
      model,
      scheme: { method: "seed", queue: 1_024 },
      optimiser: { learningRate: 0.1 },
      warmup: 0.1,
    },
    { ...arm, model, name: "SimDis-Off", scheme: { method: "simdis-off", targets: [3, 5] } },
    { ...arm, name: "Alone (BYOL)", scheme: { method: "byol" } },
  ],
});

const file = join(out, "experiment.json");
writeFileSync(file, JSON.stringify(experiment));
const folder = join(out, "training");
const built = ["--page", join(project, "dist")];
const words = [
  file,
  "--data",
  photographs,
  "--teacher",
  files,
  "--out",
  folder,
  "--backend",
  "wasm",
  ...built,
];
const code = await runInFolder(parseOptions(words, new Date()), Interruption.watch());
if (code === 0) {
  const [whole] = await trainingsIn(join(folder, trainingName));
  if (!whole) throw new Error("The training is not in its file.");
  const { training, batches } = whole;
  const rows = training.runs.map((run): TaughtRow => {
    const name = training.experiment.arms[run.planned.arm]?.name ?? "";
    return { name, ...accuraciesOf(run) };
  });
  const ofTeacher = batches.flatMap(({ measured }) => [...(measured["teacherKnnTop1"] ?? [])]);
  const teacherKnn = ofTeacher.findLast((value) => Number.isFinite(value)) ?? Number.NaN;
  const floors = training.runs[0]?.floors;
  const about = { device: training.device, steps, batchSize, model: training.experiment.arms[0]?.model };
  writeFileSync(page, withTable(readFileSync(page, "utf8"), { ...about, rows, teacherKnn, floors }));
  rmSync(out, { recursive: true });
  console.log("Wrote docs/teachers.md.");
}
process.exitCode = code;

function accuraciesOf({ final }: SavedRun): Omit<TaughtRow, "name"> {
  return { knn: final?.knnTop1 ?? Number.NaN, linear: final?.linearTop1 ?? Number.NaN };
}
