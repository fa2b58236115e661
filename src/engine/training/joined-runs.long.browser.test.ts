import { beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { schemeMethods } from "../../protocol/experiment";
import { trainingBackend } from "../backend/backend";
import { RunsTogether } from "../backend/side-by-side/runs-together";
import { startBackend } from "../device/start";
import { smallSchemeFor, smallSchemes, variants } from "./small-schemes.test-support";
import { type ArmInput, curveOf, tiny, tinyExperiment, train } from "./training.test-support";

beforeAll(async () => void (await startBackend("webgpu")));
beforeEach(() => {
  const together = trainingBackend()?.together as RunsTogether;
  together.isWorthwhile = true;
});

const arms: readonly (readonly [string, ArmInput])[] = [
  ...schemeMethods.map((method) => [method, { scheme: smallSchemes[method] }] as const),
  ...(
    ["S2-BNN ③, two-step training", "Shampoo", "Adam, clipped", "DML, sequential, three members"] as const
  ).map((name) => [name, variants[name]] as const),
];

const curvesOf = ({ rows }: Awaited<ReturnType<typeof train>>) =>
  Object.fromEntries([...rows].map(([runId, some]) => [runId, curveOf(some)]));

test.each(arms)(
  "%s: seeds whose steps are joined have the curves and results that each has alone",
  async (_, arm) => {
    const join = vi.spyOn(RunsTogether.prototype, "join");
    onTestFinished(() => join.mockRestore());
    const trained = async (seeds: number[]) => {
      const one = { ...tiny, ...arm, scheme: smallSchemeFor(16, arm.scheme as never) };
      const training = await train(tinyExperiment({ seeds, arms: [one] }));
      expect(training.failures).toEqual([]);
      return training;
    };
    const alone = [await trained([1]), await trained([2]), await trained([3])];
    expect(join).not.toHaveBeenCalled();
    const together = await trained([1, 2, 3]);
    expect(curvesOf(together)).toEqual(Object.assign({}, ...alone.map(curvesOf)));
    expect(Object.fromEntries(together.finals)).toEqual(
      Object.assign({}, ...alone.map(({ finals }) => Object.fromEntries(finals))),
    );
    const joined = await Promise.all(join.mock.results.map(({ value }) => value));
    expect(joined.map((made) => ("unlike" in made ? made.unlike : "joined"))).toContain("joined");
    expect(joined.filter((made) => "unlike" in made)).toEqual([]);
  },
  600_000,
);
