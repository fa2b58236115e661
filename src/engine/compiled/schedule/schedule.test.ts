import fc from "fast-check";
import { expect, test } from "vitest";
import { planMemory } from "./memory";
import { phasesOf } from "./phases";
import { Buffer, own, type Split, type Task, whole } from "./task";

const rows: Split = { kind: "rows", rows: 8, chunks: 4 };
const task = (split: Split, reads: Task["reads"], writes: Task["writes"]): Task => ({
  label: "",
  split,
  reads,
  writes,
  emit: () => undefined,
});
const [a, b, c] = ["a", "b", "c"].map((label) => new Buffer(label, 100)) as [Buffer, Buffer, Buffer];

const phaseOf = (tasks: readonly Task[]) => {
  const phases = phasesOf(tasks);
  return tasks.map((one) => phases.findIndex((phase) => phase.includes(one)));
};

test("threads that keep to their own rows do not wait for each other", () => {
  const chain = [task(rows, [], [own(a)]), task(rows, [own(a)], [own(b)]), task(rows, [own(b)], [own(c)])];
  expect(phaseOf(chain)).toEqual([0, 0, 0]);
});

test("a task that reads what others have written waits for them", () => {
  const items: Split = { kind: "items", count: 3 };
  expect(phaseOf([task(rows, [], [own(a)]), task(items, [whole(a)], [own(b)])])).toEqual([0, 1]);
  expect(phaseOf([task(rows, [], [own(a)]), task(rows, [whole(a)], [own(b)])])).toEqual([0, 1]);
});

test("what every thread computes by itself is read at once and overwritten after a barrier", () => {
  const each = task({ kind: "each" }, [], [own(a)]);
  expect(phaseOf([each, task(rows, [whole(a)], [own(b)])])).toEqual([0, 0]);
  expect(phaseOf([task(rows, [whole(a)], []), task({ kind: "each" }, [], [own(a)])])).toEqual([0, 1]);
});

test("nothing is overwritten before it has been read", () => {
  const one: Split = { kind: "one" };
  const tasks = [task(rows, [], [own(a)]), task(rows, [own(a)], [own(b)]), task(one, [], [whole(a)])];
  expect(phaseOf(tasks)).toEqual([0, 0, 1]);
});

/** Random tasks over a few buffers. */
const programs = fc
  .array(
    fc.record({
      split: fc.constantFrom<Split>(rows, { kind: "items", count: 5 }, { kind: "one" }, { kind: "each" }),
      reads: fc.array(fc.nat(9), { maxLength: 3 }),
      write: fc.nat(9),
      isOwn: fc.boolean(),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((shapes) => {
    const buffers = Array.from({ length: 10 }, (_, i) => new Buffer(`${i}`, 1 + 97 * i));
    return shapes.map(({ split, reads, write, isOwn }) =>
      task(
        split,
        reads.map((i) => ({ buffer: buffers[i] as Buffer, own: isOwn })),
        [{ buffer: buffers[write] as Buffer, own: isOwn }],
      ),
    );
  });

test("no dependency runs backwards, whatever the tasks", () => {
  fc.assert(
    fc.property(programs, (tasks) => {
      const order = phasesOf(tasks).flat();
      expect(order).toHaveLength(tasks.length);
      tasks.forEach((later, i) => {
        for (const earlier of tasks.slice(0, i)) {
          const touches = (one: Task, other: Task) =>
            one.writes.some(({ buffer }) =>
              [...other.reads, ...other.writes].some((use) => use.buffer === buffer),
            );
          if (touches(earlier, later) || touches(later, earlier)) {
            expect(order.indexOf(earlier)).toBeLessThan(order.indexOf(later));
          }
        }
      });
    }),
  );
});

test("buffers alive at once never overlap, and the plan takes at most twice the least", () => {
  fc.assert(
    fc.property(programs, (tasks) => {
      const phases = phasesOf(tasks);
      const { offsets, bytes, leastBytes } = planMemory(phases);
      const lives = [...offsets].map(([buffer, at]) => {
        const used = phases.flatMap((phase, p) =>
          phase.some(({ reads, writes }) => [...reads, ...writes].some((use) => use.buffer === buffer))
            ? [p]
            : [],
        );
        return { buffer, at, first: Math.min(...used), last: Math.max(...used) };
      });
      for (const x of lives) {
        expect(x.at % 64).toBe(0);
        for (const y of lives) {
          if (x === y || x.first > y.last || y.first > x.last) continue;
          expect(x.at + x.buffer.bytes <= y.at || y.at + y.buffer.bytes <= x.at).toBe(true);
        }
      }
      expect(bytes).toBeGreaterThanOrEqual(leastBytes);
      expect(bytes).toBeLessThanOrEqual(2 * leastBytes);
    }),
  );
});
