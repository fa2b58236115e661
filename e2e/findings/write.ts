import { readFileSync } from "node:fs";
import type { RecordEntry } from "../../src/protocol/records/register";
import { writeWhole } from "../resume/whole-file";
import { answersOf } from "./compute";
import { findingsDocument } from "./document";

export const ANSWERS = "src/protocol/findings/answers.json";
export const DOCUMENT = "docs/findings.md";
/** Read when needed: recording changes them. */
const registers = ["src/protocol/records/register.json", "src/protocol/findings/register.json"];

/** Answers every finding whose comparison has been recorded, for the page, and writes them into docs/findings.md. */
export async function writeFindings(): Promise<void> {
  const entries = registers.flatMap((path) => JSON.parse(readFileSync(path, "utf8")) as RecordEntry[]);
  const answers = (await Promise.all(entries.map(answersOf))).flat();
  writeWhole(ANSWERS, `[\n${answers.map((one) => `  ${JSON.stringify(one)}`).join(",\n")}\n]\n`);
  writeWhole(DOCUMENT, findingsDocument(entries, answers));
}
