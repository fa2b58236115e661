import { expect, test } from "vitest";
import type { EngineClient } from "../client/engine-client";
import type { Estimate, FittingSize } from "../protocol/estimate";
import type { Experiment } from "../protocol/experiment";
import type { Request } from "../protocol/messages";
import { openingExperiment } from "../protocol/presets";
import { experimentOf } from "../protocol/valid-experiment.testing";
import { createAppStore } from "./app-store";
import { drawnSummary } from "./drawn-summary.testing";
import { createSizeActions } from "./size-actions";
import { currentSize } from "./size-state";

const lasting = (minutes: number): Estimate => {
  const ms = 60_000 * minutes;
  return { ms, parts: { preparing: 0, teachers: 0, students: ms, evaluating: 0 } };
};
const withSteps = (experiment: Experiment, steps: number): Experiment => ({
  ...experiment,
  arms: experiment.arms.map((arm) => ({ ...arm, steps })),
});
/** An engine on which the given experiment takes an hour, and others what their sizes say. */
function page(experiment: Experiment, { software = true } = {}) {
  const asked: Request["type"][] = [];
  const client: EngineClient = {
    request: async (request) => {
      asked.push(request.type);
      if (request.type === "estimate") return { type: "estimated", estimate: lasting(60) } as never;
      const sizes = [2, 10, 60].map((minutes): FittingSize => {
        const sized = minutes === 60 ? experiment : withSteps(experiment, 10 * minutes);
        return { minutes: minutes as 2 | 10 | 60, experiment: sized, estimate: lasting(minutes) };
      });
      return { type: "sizes", sizes } as never;
    },
    subscribe: () => () => undefined,
    restart: () => undefined,
  };
  const store = createAppStore({
    experiment,
    engine: { status: "ready", device: { backend: "wasm", name: "CPU", software } },
    dataset: { gallery: [], loaded: { settings: experiment.dataset, summary: drawnSummary } },
  });
  return { store, asked, sizes: createSizeActions(store, client) };
}

const own = () => experimentOf({ arms: [{ name: "Mine", steps: 700 }], notes: "mine" });
const stepsOf = ({ experiment }: { experiment: Experiment }) => experiment.arms[0]?.steps;

test("an estimate is of the settings that it was made for, and is asked for once", async () => {
  const { store, asked, sizes } = page(own());
  await sizes.estimate();
  await sizes.estimate();
  expect(asked).toEqual(["estimate", "fit-sizes"]);
  expect(currentSize(store.getState())?.estimate?.ms).toBe(3_600_000);
  store.setState({ experiment: withSteps(own(), 5) });
  expect(currentSize(store.getState())).toBeUndefined();
});

test("a size changes the settings, another one starts from the same, and the way back restores them", async () => {
  const { store, sizes } = page(own());
  await sizes.estimate();
  sizes.choose(2);
  expect(stepsOf(store.getState())).toBe(20);
  expect(currentSize(store.getState())).toMatchObject({ estimate: lasting(2), chosen: { minutes: 2 } });
  sizes.choose(10);
  expect(stepsOf(store.getState())).toBe(100);
  expect(store.getState().experiment.notes).toBe("mine");
  sizes.leave();
  expect(store.getState().experiment).toEqual(own());
});

test("choosing the size that the settings have already leaves nothing to go back to", async () => {
  const { store, sizes } = page(own());
  await sizes.estimate();
  sizes.choose(2);
  sizes.choose(60);
  expect(store.getState().experiment).toEqual(own());
  expect(currentSize(store.getState())?.chosen).toBeUndefined();
});

test("the opening experiment ends in minutes without a GPU; nobody's own settings are changed", async () => {
  const slow = page(openingExperiment());
  await slow.sizes.estimate();
  expect(currentSize(slow.store.getState())).toMatchObject({ chosen: { minutes: 2 } });
  const fast = page(openingExperiment(), { software: false });
  await fast.sizes.estimate();
  expect(currentSize(fast.store.getState())?.chosen).toBeUndefined();
  const edited = page(own());
  await edited.sizes.estimate();
  expect(edited.store.getState().experiment).toEqual(own());
});

test("nothing is measured while a training runs or other images are loaded", async () => {
  const { store, asked, sizes } = page(own());
  const { run, dataset } = store.getState();
  store.setState({ run: { ...run, status: "training" } });
  await sizes.estimate();
  store.setState({ run, dataset: { gallery: [] } });
  await sizes.estimate();
  expect(asked).toEqual([]);
  store.setState({ dataset });
  await sizes.estimate();
  expect(asked).toHaveLength(2);
});
