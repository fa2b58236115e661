import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { schemeMethods } from "../../protocol/experiment";
import { trainingBackend } from "../backend/backend";
import { RunsTogether } from "../backend/side-by-side/runs-together";
import { startBackend } from "../device/start";
import { smallSchemeFor, smallSchemes, variants } from "./small-schemes.test-support";
import { type ArmInput, curveOf, tiny, tinyExperiment, train } from "./training.test-support";

beforeAll(async () => void (await startBackend("webgpu")));

type Case = readonly [name: string, seeds: readonly number[], arms: readonly ArmInput[]];

const rates: Case = [
  "two rates",
  [1, 2],
  [0.1, 0.3].map((learningRate) => ({
    scheme: smallSchemes.supervised,
    steps: 3,
    optimiser: { learningRate },
  })),
];
const methods: readonly Case[] = [
  ...schemeMethods.map((method) => [method, { scheme: smallSchemes[method] }] as const),
  ...(
    ["S2-BNN ③, two-step training", "Shampoo", "Adam, clipped", "DML, sequential, three members"] as const
  ).map((name) => [name, variants[name]] as const),
].map(([name, arm]) => [name, [1, 2, 3], [{ ...arm, scheme: smallSchemeFor(16, arm.scheme) }]]);

test.each([rates, ...methods])(
  "%s: runs whose steps are joined have the curves and results that each has alone",
  async (_, seeds, arms) => {
    const together = trainingBackend()?.together as RunsTogether;
    const join = vi.spyOn(RunsTogether.prototype, "join");
    onTestFinished(() => join.mockRestore());
    const trained = async (isWorthwhile: boolean) => {
      together.isWorthwhile = isWorthwhile;
      const training = await train(
        tinyExperiment({ seeds: [...seeds], arms: arms.map((arm) => ({ ...tiny, ...arm })) }),
      );
      expect(training.failures).toEqual([]);
      const curves = [...training.rows].map(([runId, rows]) => [runId, curveOf(rows)] as const);
      return { curves: new Map(curves), finals: new Map(training.finals) };
    };
    const alone = await trained(false);
    expect(join).not.toHaveBeenCalled();
    expect(await trained(true)).toEqual(alone);
    const made = await Promise.all(
      join.mock.results.map(({ value }) => value as ReturnType<RunsTogether["join"]>),
    );
    expect(made.filter((one) => "unlike" in one)).toEqual([]);
    expect(join.mock.calls.map(([recordings]) => recordings.length)).toContain(seeds.length * arms.length);
  },
  // MOKD's transformer heads take many minutes on a software GPU.
  1_800_000,
);
