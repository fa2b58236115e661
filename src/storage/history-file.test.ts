import { gunzipSync, gzipSync, strFromU8, strToU8 } from "fflate";
import { describe, expect, test } from "vitest";
import { rowsOf } from "../protocol/metrics/metric-rows.testing";
import type { WholeTraining } from "../protocol/saved-training";
import { decodeHistoryFile, encodeHistoryFile, fileLimits, HistoryFileUnreadable } from "./history-file";
import { RUN, rowsFrom, savedTraining } from "./saved-training.testing";

const wholes: readonly WholeTraining[] = [
  { training: savedTraining({ name: "Ünïcode ✓", note: "two\nlines" }), batches: [rowsFrom(0, 20)] },
  { training: savedTraining({ tags: ["a", "b"], status: "stopped" }), batches: [] },
];

async function* each(trainings: readonly WholeTraining[]) {
  yield* trainings;
}

async function readAll(file: Blob): Promise<WholeTraining[]> {
  const found: WholeTraining[] = [];
  for await (const whole of decodeHistoryFile(file)) found.push(whole);
  return found;
}

const linesOf = async (file: Blob) =>
  strFromU8(gunzipSync(new Uint8Array(await file.arrayBuffer()))).split("\n");
const fileOf = (text: string) => new Blob([gzipSync(strToU8(text)) as Uint8Array<ArrayBuffer>]);
/** The file with its first training changed. */
async function changed(change: (line: Record<string, never>) => unknown): Promise<Blob> {
  const [heading, first] = await linesOf(await encodeHistoryFile(each(wholes)));
  return fileOf(`${heading}\n${JSON.stringify(change(JSON.parse(first ?? "")))}\n`);
}

test("an exported history is imported unchanged", async () => {
  const found = await readAll(await encodeHistoryFile(each(wholes)));
  expect(found.map(({ training }) => training)).toEqual(wholes.map(({ training }) => training));
  expect(found.map(({ batches }) => batches.map(rowsOf))).toEqual(
    wholes.map(({ batches }) => batches.map(rowsOf)),
  );
});

test("a file of the first version, in which rows lie one after the other, is read as the same", async () => {
  const training = savedTraining();
  const names = ["studentLoss", "knnTop1"];
  const cells = [2, 0, 0, 0, 0, 1, 0, 2, 1, 0.1, 1.5, 100, 0.5, null];
  const lines = [
    { format: "retort-history", version: 1 },
    { training, batches: [{ runId: RUN, rows: 2, names, cells }] },
  ];
  const file = fileOf(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  expect(await readAll(file)).toEqual([{ training, batches: [rowsFrom(0, 2)] }]);
});

describe("refused with the reason:", () => {
  const training = (field: string, value: unknown) => (line: Record<string, never>) => ({
    ...line,
    training: { ...(line["training"] as unknown as object), [field]: value },
  });
  test.each([
    ["another kind of id", training("id", "../../etc"), /^Line 2, id: a UUID/],
    ["an endless name", training("name", "x".repeat(10_000)), /name: a text of at most 120/],
    ["an experiment with a foreign field", training("experiment", { gain: 1 }), /experiment\.gain/],
    ["runs of no arm", training("experiment", { arms: [], seeds: [1] }), /experiment\.arms/],
    ["a field that there is not", training("script", "alert(1)"), /script/],
    ["rows of another run", (line: object) => ({ ...line, batches: [{ runId: "7-7" }] }), /batches\.0/],
    [
      "a column that is too short",
      (line: { batches: [{ step: number[] }] }) => {
        line.batches[0].step.pop();
        return line;
      },
      /batches\.0/,
    ],
  ])("%s", async (_, change, reason) => {
    const file = await changed(change as never);
    await expect(readAll(file)).rejects.toThrow(HistoryFileUnreadable);
    await expect(readAll(file)).rejects.toThrow(reason);
  });

  test("another kind of file, an empty, truncated or endless one, or an unknown version", async () => {
    const whole = await encodeHistoryFile(each(wholes));
    const refused = [
      [new Blob(["hello"]), /not a gzip/],
      [new Blob([]), /gzip|empty/],
      [fileOf(""), /empty/],
      [fileOf('{"format":"retort-history","version":9}'), /version 9/],
      [fileOf('{"a":1}'), /not a file of saved trainings/],
      [whole.slice(0, whole.size - 20), /truncated/],
    ] as const;
    for (const [file, reason] of refused) await expect(readAll(file)).rejects.toThrow(reason);
  });

  test("an attempt to change a prototype", async () => {
    const file = fileOf(
      '{"format":"retort-history","version":1}\n{"training":{"__proto__":{"polluted":true}},"batches":[]}\n',
    );
    await expect(readAll(file)).rejects.toThrow(HistoryFileUnreadable);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

test("200 damaged files give a typed error or their content", async () => {
  const bytes = new Uint8Array(await (await encodeHistoryFile(each(wholes))).arrayBuffer());
  for (let number = 0; number < 200; number++) {
    const damaged = bytes.slice(0, number % 4 === 0 ? 1 + ((number * 7919) % bytes.length) : bytes.length);
    const at = (number * 104_729) % damaged.length;
    damaged[at] = (damaged[at] ?? 0) ^ (1 << (number % 8));
    try {
      for (const { training } of await readAll(new Blob([damaged]))) {
        expect(wholes.map((one) => one.training)).toContainEqual(training);
      }
    } catch (error) {
      expect(error).toBeInstanceOf(HistoryFileUnreadable);
    }
  }
});

test("limits leave room for files that the page writes", () => {
  // Eight arms with ten seeds of 20,000 rows of 20 numbers of 18 characters, slightly compressed.
  expect(fileLimits.bytes).toBeGreaterThan(80 * 20_000 * 20 * 18);
});
