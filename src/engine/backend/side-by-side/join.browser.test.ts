import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../../device/start";
import { type GpuProgram, type TrainingBackend, trainingBackend } from "../backend";
import type { Recording } from "../recording";
import { storageOf } from "../wgsl";

let backend: TrainingBackend;
beforeAll(async () => {
  await startBackend("webgpu");
  backend = trainingBackend() as TrainingBackend;
});

/** Adds one number to four, in rows and columns of workgroups. */
const increment: GpuProgram = {
  label: "increment",
  ...accessOf(["by"], ["x"]),
  workgroups: [2, 1, 2],
};

function accessOf(reads: string[], writes: string[]): Pick<GpuProgram, "wgsl" | "access"> {
  const { access, declarations } = storageOf(reads, writes);
  const wgsl = `${declarations}
@compute @workgroup_size(1)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  x[group.z * groups.x + group.x] += by[0];
}`;
  return { access, wgsl };
}

/** Both parts of a slab change, which one dispatch for all runs could not do. */
const swap: GpuProgram = {
  label: "swap",
  ...(() => {
    const { access, declarations } = storageOf([], ["a", "b"]);
    return {
      access,
      wgsl: `${declarations}
@compute @workgroup_size(1) fn main() { let kept = a[0]; a[0] = b[0]; b[0] = kept; }`,
    };
  })(),
  workgroups: [1],
};

interface Run {
  readonly state: tf.Tensor1D;
  readonly slab: tf.Tensor1D;
  readonly parts: readonly tf.Tensor[];
  readonly input: tf.Tensor1D;
  readonly step: () => void;
}

const shared = () => tf.tensor1d([1, 2, 3, 4]);

/** A step with tfjs's own programs, constants, views, a copy, and a table that all runs read. */
function runOf(seed: number, table: tf.Tensor): Run {
  const state = tf.tensor1d([seed, 2 * seed, 3, 4]);
  const slab = tf.fill([128], seed) as tf.Tensor1D;
  const parts = [0, 256].map((at) => tf.engine().makeTensorFromTensorInfo(backend.viewOf(slab, at, [1])));
  const input = tf.tensor1d([0.5]);
  for (const tensor of [state, slab, input, table]) backend.uploadToGPU(tensor.dataId);
  const step = () =>
    tf.tidy(() => {
      const change = tf.sum(tf.mul(tf.add(tf.mul(state, input), [1, 2, 3, seed]), table));
      backend.run(increment, [tf.reshape(change, [1]), state]);
      backend.run(increment, [parts[1] as tf.Tensor, state]);
      backend.run(swap, [...parts]);
      backend.copyInPlace(tf.slice(state, 1, 1), parts[0] as tf.Tensor);
    });
  return { state, slab, parts, input, step };
}

const numbersOf = async ({ state, slab }: Run) => [...(await state.data()), ...(await slab.data())];

async function joined(recordings: readonly Recording[]): Promise<Recording> {
  const made = await backend.together.join(recordings);
  if ("unlike" in made) throw new Error(made.unlike);
  return made;
}

test("a joined step gives each run what its own step would, and later steps too", async () => {
  const table = shared();
  const alone = [3, 5, 7].map((seed) => runOf(seed, table));
  const together = [3, 5, 7].map((seed) => runOf(seed, table));
  for (const { step } of alone) for (let i = 0; i < 3; i++) step();
  const recordings = together.map(({ step }) => backend.record(step));
  const dispatches = recordings.map((recording) => recording.dispatches);
  const made = await joined(recordings);
  // Only the swap is done once for each run.
  expect(made.dispatches).toBe((dispatches[0] as number) + 2);
  backend.replay(made);
  backend.replay(made);
  for (const [at, run] of together.entries())
    expect(await numbersOf(run)).toEqual(await numbersOf(alone[at] as Run));
  // Inputs are written to each run's own place.
  for (const run of [alone[1], together[1]]) backend.writeInPlace((run as Run).input, new Float32Array([-2]));
  for (const { step } of alone) step();
  backend.replay(made);
  for (const [at, run] of together.entries())
    expect(await numbersOf(run)).toEqual(await numbersOf(alone[at] as Run));
  made.dispose();
});

test("what was joined cannot be replayed alone, but be recorded anew; other steps of the tensors find them", async () => {
  const table = shared();
  const [a, b] = [runOf(3, table), runOf(4, table)] as const;
  const evaluated = backend.record(() => tf.tidy(() => backend.copyInPlace(tf.mul(a.state, 2), a.state)));
  const untouched = backend.record(() => tf.tidy(() => backend.copyInPlace(tf.mul(table, 1), table)));
  const recordings = [backend.record(a.step), backend.record(b.step)];
  const made = await joined(recordings);
  expect([...recordings, evaluated, untouched, made].map((one) => backend.together.isCurrent(one))).toEqual([
    false,
    false,
    false,
    true,
    true,
  ]);
  const rerecorded = [backend.record(a.step), backend.record(b.step)];
  // They lie side by side already, so nothing moves, and what was joined first stays good.
  const anew = await joined(rerecorded);
  expect(backend.together.isCurrent(made)).toBe(true);
  backend.replay(anew);
  const alone = [runOf(3, table), runOf(4, table)];
  // Recorded twice and replayed once; the first also had its state doubled at the start.
  tf.tidy(() => backend.copyInPlace(tf.mul((alone[0] as Run).state, 2), (alone[0] as Run).state));
  for (const { step } of alone) for (let i = 0; i < 3; i++) step();
  for (const [at, run] of [a, b].entries())
    expect(await numbersOf(run)).toEqual(await numbersOf(alone[at] as Run));
  for (const one of [made, anew, evaluated, untouched]) one.dispose();
});

test("shared buffers are given back with their last tensor", async () => {
  const table = shared();
  const runs = [runOf(1, table), runOf(2, table)];
  const before = backend.allocatedBytes;
  const made = await joined(runs.map(({ step }) => backend.record(step)));
  expect(backend.allocatedBytes).toBeGreaterThan(before);
  made.dispose();
  const during = backend.allocatedBytes;
  for (const { state, slab, parts, input } of runs) tf.dispose([...parts, state, slab, input]);
  await table.data();
  expect(backend.allocatedBytes).toBeLessThan(during);
});

test("where a program for all runs would not compile, each has its own dispatch, and nothing fails", async () => {
  const { access, declarations } = storageOf(["by"], ["x"]);
  const wgsl = `${declarations}
var<workgroup> found: f32;
@compute @workgroup_size(4) fn main(@builtin(local_invocation_index) i: u32) {
  if (by[0] > 0.0) {
    if (i == 1) { found = x[1]; }
    workgroupBarrier();
    x[i] += found;
  }
}`;
  const spread: GpuProgram = { label: "spread", access, wgsl, workgroups: [1] };
  const runs = [1, 2].map((seed) => runOf(seed, shared()));
  const recordings = runs.map(({ input, state }) =>
    backend.record(() => backend.run(spread, [input, state])),
  );
  const made = await joined(recordings);
  expect(made.dispatches).toBe(2);
  backend.replay(made);
  await backend.checked();
  expect(await Promise.all(runs.map(({ state }) => state.array()))).toEqual([
    [7, 8, 9, 10],
    [14, 16, 15, 16],
  ]);
  made.dispose();
});

test("steps that differ are told apart", async () => {
  const table = shared();
  const [a, b] = [runOf(3, table), runOf(4, table)] as const;
  const unlike = async (first: () => void, second: () => void) => {
    const made = await backend.together.join([backend.record(first), backend.record(second)]);
    return "unlike" in made ? made.unlike : "joined";
  };
  const add = (run: Run, by: tf.Tensor) => () => backend.run(increment, [by, run.state]);
  expect(await unlike(a.step, add(b, b.input))).toMatch(/lengths differ/);
  // The same program on tensors that the other run has too.
  expect(await unlike(add(a, a.input), add(a, b.input))).toMatch(/write the same tensor/);
  expect(
    await unlike(
      () => tf.tidy(() => backend.copyInPlace(tf.mul(a.state, 2), a.state)),
      () => tf.tidy(() => backend.copyInPlace(tf.add(b.state, 2), b.state)),
    ),
  ).toMatch(/runs another program/);
  // The same programs, but one hands on its first product, the other its second.
  const choose = (run: Run, which: 0 | 1) => () =>
    tf.tidy(() => {
      const made = [tf.mul(run.state, run.input), tf.mul(run.state, run.input)];
      backend.copyInPlace(made[which] as tf.Tensor, run.state);
    });
  expect(await unlike(choose(a, 0), choose(b, 1))).toMatch(/reads something else/);
});
