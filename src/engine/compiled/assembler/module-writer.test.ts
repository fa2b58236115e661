import fc from "fast-check";
import { expect, test } from "vitest";
import { Bytes } from "./bytes";
import { F32, I32, V128 } from "./function-writer";
import { ModuleWriter } from "./module-writer";

const memoryOf = () => new WebAssembly.Memory({ initial: 1, maximum: 2 });

function instantiate(module: ModuleWriter, memory: WebAssembly.Memory) {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.finish()), { env: { memory } });
  return instance.exports as Record<string, (...numbers: number[]) => void>;
}

/** Reads a number back as the format's specification says. */
function decode(bytes: Uint8Array, signed: boolean): number {
  let [value, shift] = [0n, 0n];
  for (const byte of bytes) {
    value |= BigInt(byte & 127) << shift;
    shift += 7n;
  }
  const isNegative = signed && ((bytes.at(-1) ?? 0) & 64) !== 0;
  return Number(isNegative ? value - (1n << shift) : value);
}

test("numbers of variable length are read back as they were written", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (n) => {
      expect(decode(new Bytes().unsigned(n).finish(), false)).toBe(n);
    }),
  );
  fc.assert(
    fc.property(fc.integer(), (n) => {
      expect(decode(new Bytes().signed(n).finish(), true)).toBe(n);
    }),
  );
});

test("whole numbers of any size reach memory", () => {
  fc.assert(
    fc.property(fc.integer(), (n) => {
      const module = new ModuleWriter({ relaxed: false, shared: false });
      module.export(
        "run",
        module.define(
          [I32],
          (f, [at]) =>
            void f
              .get(at as number)
              .i32(n)
              .storeI(4),
        ),
      );
      const memory = memoryOf();
      instantiate(module, memory)["run"]?.(8);
      expect(new Int32Array(memory.buffer)[3]).toBe(n);
    }),
    { numRuns: 50 },
  );
});

test("loops run as often as they say, also not at all", () => {
  const module = new ModuleWriter({ relaxed: false, shared: false });
  const count = module.define([I32, I32], (f, [from, to]) => {
    const [i, sum] = f.manyLocals(I32, 2) as [number, number];
    f.i32(0).set(sum);
    f.range(i, from as number, to as number, () => f.times(3, () => f.get(sum).get(i).add().set(sum)));
    f.i32(0).get(sum).storeI();
  });
  module.export("run", count);
  const memory = memoryOf();
  const { run } = instantiate(module, memory);
  const sums = [
    [2, 5],
    [4, 4],
    [5, 2],
  ].map(([from, to]) => {
    run?.(from as number, to as number);
    return new Int32Array(memory.buffer)[0];
  });
  expect(sums).toEqual([27, 0, 0]);
});

test("a product and a sum of vectors is what it is for each number", () => {
  const module = new ModuleWriter({ relaxed: false, shared: false });
  module.export(
    "run",
    module.define([F32], (f, [x]) => {
      const v = f.local(V128);
      f.get(x as number)
        .splatF()
        .set(v);
      f.i32(16).get(v).i32(0).loadV().get(v).multiplyAdd().storeV();
    }),
  );
  const memory = memoryOf();
  new Float32Array(memory.buffer).set([1, -2, 3, 0.5]);
  instantiate(module, memory)["run"]?.(3);
  expect([...new Float32Array(memory.buffer).subarray(4, 8)]).toEqual([6, -3, 12, 4.5]);
});

test("functions are shared by name and exported by name", () => {
  const module = new ModuleWriter({ relaxed: false, shared: false });
  const build = () => module.define([], (f) => void f.i32(0).i32(0).loadI().i32(1).add().storeI());
  const [first, second] = [module.once("increment", build), module.once("increment", build)];
  expect(second).toBe(first);
  expect(module.functionCount).toBe(1);
  module.export(
    "twice",
    module.define([], (f) => void f.call(first).call(second)),
  );
  const memory = memoryOf();
  instantiate(module, memory)["twice"]?.();
  expect(new Int32Array(memory.buffer)[0]).toBe(2);
});

test("a condition decides", () => {
  const module = new ModuleWriter({ relaxed: false, shared: false });
  module.export(
    "run",
    module.define([I32], (f, [x]) => {
      f.get(x as number)
        .i32(7)
        .less()
        .when(
          () => f.i32(0).i32(1).storeI(),
          () => f.i32(0).i32(2).storeI(),
        );
    }),
  );
  const memory = memoryOf();
  const { run } = instantiate(module, memory);
  run?.(6);
  expect(new Int32Array(memory.buffer)[0]).toBe(1);
  run?.(7);
  expect(new Int32Array(memory.buffer)[0]).toBe(2);
});
