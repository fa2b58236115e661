import { expect, test } from "vitest";
import { I32, type Local } from "../assembler/function-writer";
import { barrierBytes } from "./barrier";
import { planMemory } from "./memory";
import { phasesOf } from "./phases";
import { stepModule } from "./step-module";
import { Buffer, own, type Split, type Task, whole } from "./task";

const table = 64;
const places = { barrier: 1_024, table, arena: 1_024 + barrierBytes };

/** `to[i]` becomes `from[i]` plus a number, for each i of its part. */
function adding(split: Split, from: Buffer, to: Buffer, number: number, isOwn = true): Task {
  const use = isOwn ? own : whole;
  return {
    label: "adding",
    split,
    reads: [use(from)],
    writes: [use(to)],
    emit: ({ module, f, from: first, to: last, address }) => {
      const kernel = module.once(`adding ${number}`, () =>
        module.define([I32, I32, I32, I32], (k, [source = 0, target = 0, begin = 0, end = 0]) => {
          const i = k.local(I32);
          const at = (base: Local) => k.get(i).i32(4).mul().get(base).add();
          k.range(i, begin, end, () => {
            at(target);
            at(source).loadI().i32(number).add().storeI();
          });
        }),
      );
      address(from);
      address(to);
      if (split.kind === "each" || split.kind === "one") f.i32(0).i32(10);
      else f.get(first).get(last);
      f.call(kernel);
    },
  };
}

const rows: Split = { kind: "rows", rows: 10, chunks: 16 };

/** Ten numbers through tasks that are shared in every way there is. */
function chain() {
  const given = new Buffer("given", 40, 0);
  const result = new Buffer("result", 40, 1);
  const [a, b, c, d] = ["a", "b", "c", "d"].map((label) => new Buffer(label, 40)) as [
    Buffer,
    Buffer,
    Buffer,
    Buffer,
  ];
  return [
    adding(rows, given, a, 1),
    adding(rows, a, b, 10),
    adding({ kind: "items", count: 10 }, b, c, 100, false),
    adding({ kind: "each" }, c, d, 1_000, false),
    adding({ kind: "one" }, d, result, 10_000, false),
    // In place, after everything has read it.
    adding({ kind: "items", count: 10 }, given, given, 7),
  ];
}

function run(tasks: readonly Task[], call: (exports: WebAssembly.Exports) => void, timed = false) {
  const phases = phasesOf(tasks);
  const { offsets } = planMemory(phases);
  const options = { relaxed: false, shared: false, sleeps: false, timed };
  const { bytes, labels } = stepModule(phases, { ...places, offsets }, options);
  const memory = new WebAssembly.Memory({ initial: 1 });
  const words = new Int32Array(memory.buffer);
  const [givenAt, resultAt] = [40_000, 50_000];
  words.set([givenAt, resultAt], table / 4);
  words.set(
    Array.from({ length: 10 }, (_, i) => i),
    givenAt / 4,
  );
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  call(exports);
  return {
    labels,
    given: [...words.subarray(givenAt / 4, givenAt / 4 + 10)],
    result: [...words.subarray(resultAt / 4, resultAt / 4 + 10)],
  };
}

type Step = (thread: number, threads: number) => void;

test("a step without shared memory runs all tasks, in any way they are shared", () => {
  const { given, result } = run(chain(), ({ step }) => (step as Step)(0, 1));
  expect(result).toEqual(Array.from({ length: 10 }, (_, i) => i + 11_111));
  expect(given).toEqual(Array.from({ length: 10 }, (_, i) => i + 7));
});

test("tasks one by one do what the step does", () => {
  const { labels, result } = run(
    chain(),
    (exports) => {
      for (let i = 0; i < 6; i++) (exports[`task${i}`] as Step)(0, 1);
    },
    true,
  );
  expect(labels).toHaveLength(6);
  expect(result).toEqual(Array.from({ length: 10 }, (_, i) => i + 11_111));
});
