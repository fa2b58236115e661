/**
 * npm run soak:images -- [--images N] [--steps N] [--write]: photographs kept at 224 pixels train a teacher that sees them
 * whole and a student that sees 64, on WebAssembly and on a software GPU. Memory at the end may be little more than
 * halfway. Needs the photographs beside the checkout. --write updates docs/reliability.md.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser } from "playwright";
import { servePage } from "../build/serve";
import { writeFigures } from "../commands/write-figures";
import { DrivenPage } from "../driven-page/driven-page";
import { clearProfile, startBrowser } from "../faults/killable-browser";
import { addressOf, smallest } from "../fixtures/tiny-experiments";
import { packedImages } from "../scale/many-images";
import { residentMemory } from "./process-memory";

const { values } = parseArgs({
  options: {
    images: { type: "string", default: "2000" },
    steps: { type: "string", default: "60" },
    write: { type: "boolean", default: false },
  },
});
const [images, steps] = [Number(values.images), Number(values.steps)];
for (const count of [images, steps]) {
  if (!Number.isInteger(count) || count < 30) throw new Error("--images and --steps must be at least 30.");
}

const MIB = 1024 ** 2;
const PAGE = "docs/reliability.md";
const [DETAIL, RESOLUTION] = [224, 64];
/** Growth that is allowed, since curves grow and garbage is collected at irregular times. */
const SLACK = 96 * MIB;
const backends = { wasm: "WebAssembly", webgpu: "software GPU" } as const;

interface Sample {
  readonly share: number;
  /** Resident bytes of the page with its workers, and of the GPU's process. */
  readonly held: number;
}

interface Outcome {
  readonly backend: keyof typeof backends;
  readonly seconds: number;
  readonly empty: number;
  readonly loaded: number;
  readonly samples: readonly Sample[];
}

/** WebAssembly is so much faster that fewer steps would end before memory is measured. */
const stepsOf = (backend: keyof typeof backends) => (backend === "wasm" ? 5 : 1) * steps;

const experiment = (backend: keyof typeof backends) =>
  addressOf(
    {
      dataset: { source: "files", resolution: RESOLUTION, detail: DETAIL },
      evaluation: { everySteps: stepsOf(backend), images: 100, probe: "ridge" },
      arms: [
        {
          name: "From 224 pixels",
          scheme: { method: "funmatch", input: "consistentInception", teacherSize: DETAIL / RESOLUTION },
          student: smallest,
          teacher: smallest,
          steps: stepsOf(backend),
          teacherSteps: stepsOf(backend),
        },
      ],
    },
    backend,
  );

async function train(address: string, backend: keyof typeof backends, archive: string): Promise<Outcome> {
  const profile = mkdtempSync(join(tmpdir(), "retort-large-"));
  const browser = await startBrowser(profile);
  const held = async () => {
    const { page, gpu } = await residentMemory(browser.page.context().browser() as Browser, "now");
    return page + gpu;
  };
  try {
    const driven = new DrivenPage(browser.page);
    await driven.open(address);
    await driven.showOwnImages();
    const empty = await held();
    await driven.drop([archive]);
    await browser.page.getByRole("heading", { name: "loaded" }).waitFor({ timeout: 600_000 });
    const loaded = await held();
    await driven.button("Start").click();
    const began = performance.now();
    console.info(`Loaded on ${backend}: ${mib(loaded)}.`);
    const samples: Sample[] = [];
    for (;;) {
      const { share = 0, status } = await driven.glance();
      if (status === "failed" || status === "stopped") throw new Error(`The training is “${status}”.`);
      // All images are evaluated at the end, which takes long and keeps nothing.
      if (share >= 0.99 || status === "finished") break;
      if (share >= (samples.length + 1) / 6) samples.push({ share, held: await held() });
      await driven.page.waitForTimeout(500);
    }
    const seconds = (performance.now() - began) / 1_000;
    return { backend, seconds, empty, loaded, samples: [...samples, { share: 1, held: await held() }] };
  } finally {
    await browser.close();
    await clearProfile(profile);
  }
}

/** The first sample after a share of the training. */
const after = (samples: readonly Sample[], wanted: number): Sample =>
  samples.find(({ share }) => share >= wanted) ?? (samples.at(-1) as Sample);

const mib = (bytes: number) => `${(bytes / MIB).toFixed(0)} MiB`;

function report(outcomes: readonly Outcome[]): { lines: string[]; complaints: string[] } {
  const { model = "unknown" } = cpus()[0] ?? {};
  const pixels = (side: number) => mib(images * side * side * 3);
  const lines = [
    `${images.toLocaleString("en")} photographs; the teacher sees ${DETAIL} pixels, the student ${RESOLUTION}, in batches of 8, on ${cpus().length} cores (${model.trim()}):`,
    "",
    `| | ${outcomes.map(({ backend }) => backends[backend]).join(" | ")} |`,
    `|---|${outcomes.map(() => "---|").join("")}`,
    `| pixels at ${DETAIL}; at ${RESOLUTION} | ${outcomes.map(() => `${pixels(DETAIL)}; ${pixels(RESOLUTION)}`).join(" | ")} |`,
    `| page, workers and GPU process before | ${outcomes.map(({ empty }) => mib(empty)).join(" | ")} |`,
    `| with the images | ${outcomes.map(({ loaded }) => mib(loaded)).join(" | ")} |`,
    ...([1 / 6, 1 / 2, 1] as const).map(
      (share) =>
        `| after ${Math.round(100 * share)} % of the training | ${outcomes.map(({ samples }) => mib(after(samples, share).held)).join(" | ")} |`,
    ),
    `| steps of the teacher and the student | ${outcomes.map(({ backend }) => 2 * stepsOf(backend)).join(" | ")} |`,
    `| seconds | ${outcomes.map(({ seconds }) => seconds.toFixed(0)).join(" | ")} |`,
  ];
  const complaints = outcomes.flatMap(({ backend, samples }) => {
    const early = after(samples, 1 / 2);
    const growth = (samples.at(-1) as Sample).held - early.held;
    if (early.share === 1) return [`on ${backends[backend]} memory was not measured on the way`];
    return growth <= SLACK ? [] : [`on ${backends[backend]} memory grew by ${mib(growth)}`];
  });
  return { lines, complaints };
}

const served = await servePage(4496, "warn");
const folder = mkdtempSync(join(tmpdir(), "retort-photographs-"));
try {
  const archive = packedImages(folder, images);
  const outcomes: Outcome[] = [];
  for (const backend of ["wasm", "webgpu"] as const) {
    outcomes.push(await train(new URL(experiment(backend), served.address).href, backend, archive));
    console.info(JSON.stringify(outcomes.at(-1)));
  }
  const { lines, complaints } = report(outcomes);
  console.info(lines.join("\n"));
  for (const complaint of complaints) console.error(`Failed: ${complaint}.`);
  if (values.write) writeFigures(PAGE, "large-images", lines);
  process.exitCode = complaints.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
  await served.close();
}
