import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test, vi } from "vitest";
import { type TrainingBackend, trainingBackend } from "../../backend/backend";
import type { Recording } from "../../backend/recording";
import { startBackend } from "../../device/start";
import { type Joinable, JoinedSteps } from "./joined-steps";

let backend: TrainingBackend;
beforeAll(async () => {
  await startBackend("webgpu");
  backend = trainingBackend() as TrainingBackend;
});

/** A stage as small as it can be, with another kind of step every third time, as Shampoo has. */
class SmallStage implements Joinable {
  readonly state: tf.Tensor1D;
  private readonly input = tf.tensor1d([0]);
  private readonly recordings = new Map<boolean, Recording>();
  taken = 0;

  constructor(
    private readonly seed: number,
    private readonly isDeaf = false,
  ) {
    this.state = tf.tensor1d([seed, 1, 2, 3]);
    for (const { dataId } of [this.state, this.input]) backend.uploadToGPU(dataId);
  }

  private get isThird(): boolean {
    return this.taken % 3 === 2;
  }

  private readonly body = () =>
    tf.tidy(() => {
      const moved = tf.add(tf.mul(this.state, 0.5), this.input);
      backend.copyInPlace(this.isThird ? tf.neg(moved) : moved, this.state);
    });

  private provide(): void {
    backend.writeInPlace(this.input, new Float32Array([this.seed + this.taken]));
  }

  get apart() {
    if (this.isDeaf) return undefined;
    const recording = this.recordings.get(this.isThird);
    return { recording, provide: () => this.provide(), taken: () => void this.taken++ };
  }

  advance(): void {
    this.provide();
    const known = this.recordings.get(this.isThird);
    if (known && backend.together.isCurrent(known)) backend.replay(known);
    else this.recordings.set(this.isThird, backend.record(this.body));
    this.taken++;
  }
}

/** What it is after so many steps alone. */
async function alone(seed: number, steps: number): Promise<number[]> {
  const stage = new SmallStage(seed);
  for (let step = 0; step < steps; step++) stage.advance();
  return stage.state.array();
}

const statesOf = (stages: readonly SmallStage[]) => Promise.all(stages.map(({ state }) => state.array()));

test("stages end where each ends alone, also after one of them took steps by itself and another has left", async () => {
  const joined = new JoinedSteps();
  const join = vi.spyOn(backend.together, "join");
  const stages = [new SmallStage(1), new SmallStage(2), new SmallStage(3)];
  await joined.take(stages, 7);
  expect(await statesOf(stages)).toEqual([await alone(1, 7), await alone(2, 7), await alone(3, 7)]);
  // Once for each kind of step.
  expect(join).toHaveBeenCalledTimes(2);
  await joined.take(stages, 6);
  expect(join).toHaveBeenCalledTimes(2);
  const [first, second, third] = stages as [SmallStage, SmallStage, SmallStage];
  for (let step = 0; step < 2; step++) second.advance();
  await joined.take([first, third], 5);
  await joined.take(stages, 4);
  expect(await statesOf(stages)).toEqual([await alone(1, 22), await alone(2, 19), await alone(3, 22)]);
  join.mockRestore();
  joined.dispose();
});

test("stages that cannot be joined take their steps one after another", async () => {
  const joined = new JoinedSteps();
  const join = vi.spyOn(backend.together, "join");
  const deaf = [new SmallStage(1), new SmallStage(2, true)];
  await joined.take(deaf, 4);
  expect(join).not.toHaveBeenCalled();
  const one = new SmallStage(3);
  await joined.take([one, one], 4);
  const unlike = await Promise.all(join.mock.results.map(({ value }) => value));
  expect(unlike).toEqual([{ unlike: expect.stringMatching(/same tensor/) }]);
  expect(await statesOf([...deaf, one])).toEqual([await alone(1, 4), await alone(2, 4), await alone(3, 8)]);
  join.mockRestore();
  joined.dispose();
});
