import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright";
import { chromiumArguments, requireChromium } from "../commands/chromium";
import { writeFigures } from "../commands/write-figures";
import { DrivenPage } from "../driven-page/driven-page";
import { addressOf } from "../fixtures/tiny-experiments";
import { providePage, serveFolder } from "../resume/built-page";
import { experiments } from "./experiments";
import { exportProject } from "./export-project";
import { packageFolder, pythonWithTorch, supportedLines, torchMissing } from "./python";

/**
 * `npm run pytorch` replays the traces of every method in PyTorch, and writes the differences into docs/pytorch.md. `npm
 * run pytorch -- DIR …` takes unpacked projects instead of exporting them.
 */

interface Difference {
  readonly name: string;
  readonly steps: number;
  readonly start: number;
  readonly views: number | null;
  readonly losses: number;
  readonly parameters: number;
  readonly moved: number;
}

const page = join(import.meta.dirname, "../../docs/pytorch.md");

/** Runs `check` on as many processes as torchrun would start. */
async function differences(
  python: string,
  folder: string,
  processes: number,
): Promise<readonly Difference[]> {
  const file = join(folder, `differences-${processes}.json`);
  const started = Array.from({ length: processes }, (_, rank) =>
    spawn(python, ["-m", "retort_torch", "check", folder, "--json", file], {
      stdio: ["ignore", rank === 0 ? "inherit" : "ignore", "inherit"],
      env: {
        ...process.env,
        ...{ PYTHONPATH: packageFolder, OMP_NUM_THREADS: "1", RANK: String(rank), LOCAL_RANK: String(rank) },
        ...{ WORLD_SIZE: String(processes), MASTER_ADDR: "127.0.0.1", MASTER_PORT: "29731" },
      },
    }),
  );
  await Promise.all(started.map((one) => once(one, "exit")));
  return JSON.parse(readFileSync(file, "utf8")) as readonly Difference[];
}

const figure = (x: number) => (x === 0 ? "0" : x.toExponential(1));

function tableOf(one: readonly Difference[], two: readonly Difference[]): string[] {
  const rows = one.map(({ name, steps, start, views, losses, parameters, moved }, at) => {
    const other = two[at] as Difference;
    return [
      ...[name, String(steps), figure(start), views === null ? "–" : figure(views)],
      ...[figure(losses), figure(other.losses), figure(parameters), figure(other.parameters), figure(moved)],
    ];
  });
  const heading = [
    ...["arm", "steps", "start", "views", "losses", "losses, two processes"],
    ...["networks", "networks, two processes", "moved by"],
  ];
  return [heading, heading.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}

/** Exports the experiments with every method into folders of `folder`. */
async function exportAll(folder: string): Promise<string[]> {
  // In a folder of its own, where no other build replaces it.
  const built = join(folder, "page");
  await providePage(built);
  const served = await serveFolder(built);
  const browser = await chromium.launch({ executablePath: requireChromium(), args: [...chromiumArguments] });
  try {
    const projects: string[] = [];
    for (const experiment of Object.values(experiments)) {
      const driven = new DrivenPage(await browser.newPage());
      await driven.open(new URL(addressOf(experiment), served.address).href);
      const project = join(folder, String(projects.length));
      await exportProject(driven, project);
      await driven.page.close();
      projects.push(project);
    }
    return projects;
  } finally {
    await browser.close();
    await served.close();
  }
}

async function main(python: string, given: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "retort-pytorch-"));
  const [one, two]: [Difference[], Difference[]] = [[], []];
  try {
    for (const project of given.length > 0 ? given : await exportAll(folder)) {
      one.push(...(await differences(python, project, 1)));
      two.push(...(await differences(python, project, 2)));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  writeFigures(page, "differences", tableOf(one, two));
  writeFigures(page, "supported", supportedLines(python));
  console.log(`docs/pytorch.md has ${one.length} arms.`);
}

const python = pythonWithTorch();
if (python) await main(python, process.argv.slice(2));
else {
  console.error(torchMissing);
  process.exitCode = 1;
}
