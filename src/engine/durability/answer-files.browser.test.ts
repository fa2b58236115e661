/** The law of kept answers: where a frozen teacher's answers come from changes nothing. */
import { afterEach, beforeAll, expect, test } from "vitest";
import type { Experiment } from "../../protocol/experiment";
import { startBackend } from "../device/start";
import { isLong } from "../test-size.test-support";
import type { AnswerFiles } from "../training/answers/answer-book";
import type { TrainingCheckpoint } from "../training/stages/checkpoint";
import {
  type ArmInput,
  curveOf,
  type Training,
  type TrainingOptions,
  tiny,
  tinyExperiment,
  train,
} from "../training/training.test-support";
import { backendOfTrials } from "../training/trial-backend.test-support";
import { answerBytes, openAnswerFiles } from "./answer-files";
import { openPrivateFiles } from "./private-files";

beforeAll(async () => void (await startBackend(backendOfTrials)));

const folder = "teacher-answers";
async function clear(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(folder, { recursive: true }).catch(() => undefined);
}
afterEach(clear);

/** The files, and how often one was written. */
async function countedFiles(budget?: number) {
  const files = (await openAnswerFiles(budget)) as AnswerFiles;
  const written: string[] = [];
  const counted: AnswerFiles = {
    read: files.read,
    write: (name, bytes) => {
      written.push(name);
      return files.write(name, bytes);
    },
  };
  return { answerFiles: counted, written };
}

const [few, more]: readonly [readonly ArmInput[], readonly ArmInput[]] = [
  [{ scheme: { method: "simdis-off", targets: [3, 7, 4] } }],
  [
    { scheme: { method: "seed", queue: 32, patches: 1 } },
    { scheme: { method: "kd" } },
    { scheme: { method: "compress", queue: 32 } },
    {
      scheme: { method: "s2bnn", strategy: "distillation", queue: 32 },
      student: { network: "ReAct", width: 0.25 },
    },
    { scheme: { method: "simreg", teacherBatchNorm: "train" } },
    { scheme: { method: "ssld", fineTune: 0.5 } },
    { scheme: { method: "funmatch", teachers: 2, teacherSize: 1.25, mixup: "separate" } },
    { scheme: { method: "funmatch", input: "independent", images: "noise" } },
  ],
];

/** Epochs have five steps: these runs end in the second. */
const experimentOf = (
  arms: readonly ArmInput[],
  answers: "computed" | "kept" | "cycled",
  over: ArmInput = {},
): Experiment =>
  tinyExperiment({
    arms: arms.map((arm) => ({ ...tiny, teacherSteps: 2, steps: 8, answers, ...over, ...arm })),
  });

const curves = (trainings: readonly Training[]) =>
  (trainings[0]?.trainer.runs ?? []).map(({ runId }) =>
    curveOf(trainings.flatMap(({ rows }) => rows.get(runId) ?? [])),
  );

async function whole(experiment: Experiment, options: TrainingOptions = {}): Promise<Training> {
  const training = await train(experiment, options);
  expect(training.failures).toEqual([]);
  return training;
}

const groups = { few, ...(isLong && { more }) };

test.each(Object.entries(groups))(
  "answers of all epochs kept (%s methods): curves and networks equal those with answers computed in every step",
  async (_, arms) => {
    const computed = await whole(experimentOf(arms, "computed"));
    const { answerFiles, written } = await countedFiles();
    const kept = await whole(experimentOf(arms, "kept"), { answerFiles });
    expect(curves([kept])).toEqual(curves([computed]));
    expect(kept.finals).toEqual(computed.finals);
    expect(kept.networks).toEqual(computed.networks);
    expect(kept.notKept).toEqual([]);
    // One file for each epoch; those of the same teacher and views are shared.
    expect(written.length).toBeGreaterThan(arms.length);

    const again = await countedFiles();
    const reread = await whole(experimentOf(arms, "kept"), { answerFiles: again.answerFiles });
    expect(curves([reread])).toEqual(curves([computed]));
    expect(again.written).toEqual([]);
  },
);

test.each(isLong ? (["kept", "cycled"] as const) : (["kept"] as const))(
  "%s answers: an interrupted training ends like an uninterrupted one",
  async (answers) => {
    const experiment = experimentOf([{ scheme: { method: "kd" } }], answers, { answerEpochs: 1 });
    const uninterrupted = await whole(experiment);
    let checkpoint: TrainingCheckpoint | undefined;
    let taken: Promise<void> | undefined;
    const { answerFiles } = await countedFiles();
    const first = await train(experiment, {
      answerFiles,
      during: (trainer, { stage, step }) => {
        if (taken || stage !== "student" || step < 6) return;
        taken = trainer.snapshot().then((found) => {
          checkpoint = found;
          trainer.stop();
        });
      },
    });
    await taken;
    const second = await whole(experiment, { from: checkpoint as TrainingCheckpoint, answerFiles });
    expect(curves([first, second])).toEqual(curves([uninterrupted]));
    expect(second.finals).toEqual(uninterrupted.finals);
  },
);

test("answers in turn: the first epoch's views again, at the cost of asking once, with or without room", async () => {
  const arm = { scheme: { method: "kd" } } as const;
  const cycled = experimentOf([arm], "cycled", { answerEpochs: 1, steps: 10 });
  const { answerFiles, written } = await countedFiles();
  const kept = await whole(cycled, { answerFiles });
  // Every image is seen in every epoch, so the second one asks nothing.
  expect(written).toHaveLength(1);
  expect(written[0]).toMatch(/^[0-9a-f]{64}-0$/);

  await clear();
  const full = await whole(cycled, { answerFiles: (await countedFiles(100)).answerFiles });
  expect(full.notKept).toEqual(["budget"]);
  const nowhere = await whole(cycled);
  expect(nowhere.notKept).toEqual(["none"]);
  for (const other of [full, nowhere]) expect(curves([other])).toEqual(curves([kept]));

  const plain = await whole(experimentOf([arm], "computed", { steps: 10 }));
  const losses = ({ rows }: Training) =>
    (rows.get("0-1") ?? [])
      .filter(({ stage }) => stage === "student")
      .map(({ values }) => values.studentLoss);
  const [near, exact] = [losses(kept), losses(plain)];
  // Half precision is near in the first epoch; in the second the views are others.
  for (let step = 1; step <= 5; step++) expect(near[step]).toBeCloseTo(exact[step] as number, 3);
  expect(near[10]).not.toBeCloseTo(exact[10] as number, 3);
  const costs = [kept, plain].map(({ trainer }) => trainer.runs[0]?.stages[1]?.macsPerStep ?? 0);
  expect(costs[0]).toBeLessThan(costs[1] as number);
});

test("where the browser grants no more storage, that is the reason, and nothing is left behind", async () => {
  const files = (await openAnswerFiles()) as AnswerFiles;
  const { createWritable } = FileSystemFileHandle.prototype;
  FileSystemFileHandle.prototype.createWritable = () =>
    Promise.reject(new DOMException("No room.", "QuotaExceededError"));
  try {
    expect(await files.write("a-0", new Uint8Array(10))).toBe("full");
  } finally {
    FileSystemFileHandle.prototype.createWritable = createWritable;
  }
  expect(await files.read("a-0")).toBeUndefined();
});

test("a damaged file is asked about again, and files that no training uses make room", async () => {
  const files = (await openAnswerFiles()) as AnswerFiles;
  const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
  expect(await files.write("a-0", bytes)).toBeUndefined();
  expect(await files.read("a-0")).toEqual(bytes);
  const stored = await openPrivateFiles(folder);
  const damaged = (await stored?.read("a-0"))?.map((byte, at) => (at === 7 ? byte ^ 1 : byte));
  await stored?.write("b-0", [damaged as Uint8Array<ArrayBuffer>]);
  const later = (await openAnswerFiles(400)) as AnswerFiles;
  expect(await later.read("b-0")).toBeUndefined();
  expect(await later.write("c-0", bytes)).toBeUndefined();
  expect(await stored?.names()).toEqual(["b-0", "c-0"]);
  expect(await later.write("d-0", bytes)).toBe("budget");

  // Each file ends in a sum of 64 bytes.
  expect(await answerBytes(false)).toBe(2 * (100 + 64));
  expect(await answerBytes(true)).toBe(2 * (100 + 64));
  expect(await stored?.names()).toEqual([]);
  expect(await later.read("c-0")).toBeUndefined();
  expect(await later.write("d-0", bytes)).toBeUndefined();
});
