import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { indexFrom } from "./commands";
import { shardScript } from "./slurm";
import { ranges } from "./status";

test("ranges name exactly the given indices", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(80)), (given) => {
      const indices = given.toSorted((a, b) => a - b);
      const read = ranges(indices)
        .split(",")
        .filter(Boolean)
        .flatMap((part) => {
          const [from = 0, to = from] = part.split("-").map(Number);
          return Array.from({ length: to - from + 1 }, (_, at) => from + at);
        });
      expect(read).toEqual(indices);
    }),
  );
  expect(ranges([0, 3, 4, 5])).toBe("0,3-5");
});

test("the index is the given one, or else the scheduler's", () => {
  const parallel = { PARALLEL_SEQ: "1" };
  const slurm = { ...parallel, JOB_COMPLETION_INDEX: "5", SLURM_ARRAY_TASK_ID: "7" };
  expect(indexFrom("3", slurm)).toBe(3);
  expect(indexFrom(undefined, slurm)).toBe(7);
  expect(indexFrom(undefined, { ...parallel, JOB_COMPLETION_INDEX: "5" })).toBe(5);
  expect(indexFrom(undefined, parallel)).toBe(0);
  expect(() => indexFrom(undefined, {})).toThrow("Which shard?");
  expect(() => indexFrom(undefined, { PARALLEL_SEQ: "0" })).toThrow(
    "PARALLEL_SEQ is a number from 1, not 0.",
  );
  expect(() => indexFrom("-1", {})).toThrow("The index of a shard is a number from 0, not -1.");
});

test("docs/cluster.md shows the script that is submitted", () => {
  const script = shardScript("/shared/study")
    .replaceAll(`'${process.execPath}'`, "'/usr/bin/node'")
    .replaceAll(`'${process.cwd()}'`, "'/shared/retort'");
  expect(readFileSync("docs/cluster.md", "utf8")).toContain(`\`\`\`bash\n${script}\`\`\``);
});
