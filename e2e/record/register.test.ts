import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findingEntries, findingPlans } from "../../src/protocol/findings/records";
import { guidePlans, guideRecords } from "../../src/protocol/guides/records";
import onArrival from "../../src/protocol/records/arrival.json";
import { recordPlans } from "../../src/protocol/records/catalog";
import { recordedPlans, records } from "../../src/protocol/records/register";
import { presetById } from "../../src/store/experiment/study-presets";
import { entryOf } from "./entry";

const FILES = "public/records";
/** What one record may cost a visitor. */
const MOST_BYTES = 100_000;

const allPlans = [...recordPlans, ...findingPlans, ...guidePlans];
const allRecords = [...records, ...findingEntries, ...guideRecords];

const pathOf = (file: string) => `${FILES}/${file}`;

test.each(allRecords)("every figure of the register is computed from the file of $id", async (entry) => {
  const plan = allPlans.find(({ id }) => id === entry.id);
  if (!plan) throw new Error("It is not in the catalog.");
  const { version, commit } = entry;
  const content = new Uint8Array(readFileSync(pathOf(entry.file)));
  expect(await entryOf(plan, content, { version, commit })).toEqual(entry);
  expect(entry.bytes).toBeLessThan(MOST_BYTES);
});

test("files and register name each other", () => {
  const files = existsSync(FILES) ? readdirSync(FILES) : [];
  expect(files.toSorted()).toEqual(allRecords.map(({ file }) => file).toSorted());
});

test.each(allRecords.slice(0, 1))("a file with one other byte than $id has another hash", async (entry) => {
  const plan = allPlans.find(({ id }) => id === entry.id);
  if (!plan) throw new Error("It is not in the catalog.");
  const content = new Uint8Array(readFileSync(pathOf(entry.file)));
  // The date in the heading of gzip.
  content[4] = (content[4] ?? 0) ^ 1;
  const { version, commit } = entry;
  expect((await entryOf(plan, content, { version, commit })).integrity).not.toBe(entry.integrity);
});

test("the page asks on arrival for the file that the register names", () => {
  const entry = recordedPlans[0]?.entry;
  expect(onArrival).toEqual(entry && { file: entry.file, integrity: entry.integrity });
});

test("every planned comparison trains a preset or a study that exists", () => {
  for (const { preset } of allPlans) expect(presetById(preset), preset).toBeDefined();
});
