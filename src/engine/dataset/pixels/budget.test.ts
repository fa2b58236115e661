import fc from "fast-check";
import { expect, test } from "vitest";
import { createBudget } from "./budget";

test("work in progress never exceeds the total except when alone, and all work is done in order", async () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(amounts, async (jobs) => {
      const total = 10;
      const admit = createBudget(total);
      const started: number[] = [];
      const running = new Map<number, number>();
      const work = async (amount: number, job: number) => {
        const release = await admit(amount);
        started.push(job);
        running.set(job, amount);
        const used = [...running.values()].reduce((sum, value) => sum + value, 0);
        expect(used <= total || used === amount).toBe(true);
        for (let i = 0; i < job % 5; i++) await Promise.resolve();
        running.delete(job);
        release();
        release();
      };
      await Promise.all(jobs.map(work));
      expect(started).toEqual(jobs.map((_, job) => job));
    }),
  );
});

test("an amount that is no number is refused, and later ones are admitted", async () => {
  const admit = createBudget(10);
  for (const amount of [Number.NaN, Number.POSITIVE_INFINITY]) {
    await expect(admit(amount)).rejects.toThrow(RangeError);
  }
  const release = await admit(10);
  release();
  await admit(10);
});
