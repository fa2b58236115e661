import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Report } from "./results.ts";

const figures = new URL("../../docs/performance/", import.meta.url);
const page = new URL("../../docs/performance.md", import.meta.url);

/** The recorded runs, in the order of their files' names. */
export function readReports(): Report[] {
  return readdirSync(figures)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, figures), "utf8")) as Report);
}

export const performancePage = {
  read: (): string => readFileSync(page, "utf8"),
  write: (text: string): void => writeFileSync(page, text),
};
