import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const project = join(import.meta.dirname, "../..");

const cellsOf = (line: string) =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());

/** Rows of the first table after a line with this beginning. */
function tableAfter(text: string, heading: string): string[][] {
  const lines = text.slice(text.indexOf(heading)).split("\n");
  const first = lines.findIndex((line) => line.startsWith("|"));
  const rows = lines.slice(first);
  const end = rows.findIndex((line) => !line.startsWith("|"));
  return rows.slice(2, end < 0 ? undefined : end).map(cellsOf);
}

const page = tableAfter(readFileSync(join(project, "docs/systems.md"), "utf8"), "# Systems");

test("every test and study that docs/systems.md names exists", () => {
  expect(page.length).toBeGreaterThan(40);
  for (const [system, file = "", title = ""] of page) {
    if (file === "–") expect(title, system).toBe("not built");
    else expect(readFileSync(join(project, file), "utf8"), `${system}: ${title}`).toContain(title);
  }
});

/** Every system that the papers and articles describe. */
const systems = [
  "Supervised",
  "BYOL; MoCo-v2",
  "SEED; CompRess 2q/1q",
  "SimDis-Off",
  "SimDis-On",
  "SimDis-On-7v",
  "Table 2 subsets",
  "Table 1 / more epochs",
  "No LARS/SyncBN",
  "2 vs per-target heads; T vs T̂ target",
  "S2-BNN ①②③",
  "baseline→baseline+",
  "S2-BNN online/offline teacher",
  "DINO",
  "KD (R18, R50 teachers)",
  "DML m≥2",
  "DML crash (Adam .01)",
  "One-cycle AdamW fix",
  "5-run mean±std",
  "Fixed teacher ×3",
  "Independent noise",
  "Independent views, CNN vs transformer",
  "Consistent ×2",
  "Function matching",
  "Patience/long schedule",
  "Cached teacher",
  "Teacher 48 / student 32 px",
  "Shampoo vs Adam",
  "Pretrained init",
  "Teacher ensemble",
  "Out-of-domain data",
  "Inplace-KD/EMA self-distill note",
  "SSLD JS/KL/CE",
  "Teacher accuracy; size gap",
  "Iterations 120→360",
  "Unlabeled expansion, dedupe, top-k",
  "1k fine-tune",
  "AutoAugment + wd halved",
  "Fix strategy",
  "BN train/test teacher",
  "lr list transfer",
  "wd per model; scratch vs loaded lr",
  "MobileNetV3 L→S pair",
  "Teacher choice: frozen hash",
  "10-dataset transfer",
  "Detection transfer",
];

test("docs/systems.md has a row for every system of the papers", () => {
  const named = new Set(page.map(([system]) => system));
  expect(systems.filter((system) => !named.has(system))).toEqual([]);
});
