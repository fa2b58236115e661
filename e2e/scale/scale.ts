/**
 * npm run scale -- [--images N] [--files N] [--write]: loads many images into the built page, as an archive and as
 * dropped files. Measures the time to load them, the memory used afterwards, and the longest freeze of the page. Zero
 * skips one of them. --write updates docs/reliability.md.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright";
import { servePage } from "../build/serve";
import { writeFigures } from "../commands/write-figures";
import { DrivenPage } from "../driven-page/driven-page";
import { clearProfile, startBrowser } from "../faults/killable-browser";
import { addressOf } from "../fixtures/tiny-experiments";
import { packedImages, unpackedImages } from "./many-images";

const { values } = parseArgs({
  options: {
    images: { type: "string", default: "60000" },
    files: { type: "string", default: "100000" },
    write: { type: "boolean", default: false },
  },
});
const [images, files] = [Number(values.images), Number(values.files)];
for (const count of [images, files]) {
  if (!Number.isInteger(count) || (count !== 0 && count < 600)) {
    throw new Error("--images and --files must be 0 or whole numbers of at least 600.");
  }
}

const MIB = 1024 ** 2;
const PAGE = "docs/reliability.md";
const SIDE = 32;
/** The largest memory of the page and its workers, as a multiple of the pixels' bytes. */
const MOST_HELD = 1.3;

interface Outcome {
  readonly what: string;
  readonly count: number;
  readonly seconds: number;
  /** Bytes of the pixels as uint8. */
  readonly pixels: number;
  /** Bytes of memory added to the page and its workers. */
  readonly held: number;
  /** The longest time without a frame, in milliseconds. */
  readonly longestPause: number;
}

const bytesHeld = (page: Page): Promise<number> =>
  page.evaluate("performance.measureUserAgentSpecificMemory().then(({ bytes }) => bytes)");

/** Starts measuring the longest time between two frames. */
const watchFrames = (page: Page): Promise<unknown> =>
  page.evaluate(`(() => {
    let last = performance.now();
    window.longestPause = 0;
    const frame = (now) => {
      window.longestPause = Math.max(window.longestPause, now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  })()`);

async function measure(
  address: string,
  what: string,
  count: number,
  give: (driven: DrivenPage) => Promise<void>,
): Promise<Outcome> {
  const profile = mkdtempSync(join(tmpdir(), "retort-scale-"));
  const browser = await startBrowser(profile);
  try {
    const { page } = browser;
    const driven = new DrivenPage(page);
    await driven.open(address);
    await driven.showOwnImages();
    const before = await bytesHeld(page);
    await watchFrames(page);
    const began = performance.now();
    await give(driven);
    await page.getByRole("heading", { name: "loaded" }).waitFor({ timeout: 600_000 });
    const seconds = (performance.now() - began) / 1000;
    const longestPause = (await page.evaluate("window.longestPause")) as number;
    const shown = await page.locator("dl.facts dd").allInnerTexts();
    const [train = 0, validation = 0, test = 0] = shown.map((text) => Number(text.replaceAll(",", "")));
    if (train + validation + test !== count)
      throw new Error(`${what}: ${shown.join(" + ")} images, not ${count}.`);
    const held = (await bytesHeld(page)) - before;
    return { what, count, seconds, held, longestPause, pixels: count * SIDE * SIDE * 3 };
  } finally {
    await browser.close();
    await clearProfile(profile);
  }
}

function report(outcomes: readonly Outcome[]): { lines: string[]; complaints: string[] } {
  const { model = "unknown" } = cpus()[0] ?? {};
  const lines = [
    `${SIDE} × ${SIDE} pixels, JPEG, on ${cpus().length} cores (${model.trim()}):`,
    "",
    "| images | seconds | size of the pixels | memory afterwards, page and workers | longest time without a frame |",
    "|---|---|---|---|---|",
    ...outcomes.map(({ what, count, seconds, pixels, held, longestPause }) =>
      [
        `| ${count.toLocaleString("en")} ${what}`,
        seconds.toFixed(1),
        `${(pixels / MIB).toFixed(0)} MiB`,
        `${(held / MIB).toFixed(0)} MiB (× ${(held / pixels).toFixed(2)})`,
        `${Math.round(longestPause)} ms |`,
      ].join(" | "),
    ),
  ];
  const complaints = outcomes.flatMap(({ what, held, pixels }) =>
    held <= MOST_HELD * pixels
      ? []
      : [`${what}: ${(held / pixels).toFixed(2)} times the pixels' bytes are held`],
  );
  return { lines, complaints };
}

const served = await servePage(4494, "warn");
const folder = mkdtempSync(join(tmpdir(), "retort-many-"));
try {
  const address = new URL(
    addressOf({ dataset: { source: "files", resolution: SIDE } }, "webgpu"),
    served.address,
  ).href;
  const outcomes: Outcome[] = [];
  for (const [count, what, make] of [
    [images, "in a zip file", packedImages],
    [files, "as dropped files", unpackedImages],
  ] as const) {
    if (count === 0) continue;
    const path = make(folder, count);
    outcomes.push(await measure(address, what, count, (driven) => driven.drop([path])));
    console.info(JSON.stringify(outcomes.at(-1)));
  }
  const { lines, complaints } = report(outcomes);
  console.info(lines.join("\n"));
  for (const complaint of complaints) console.error(`Failed: ${complaint}.`);
  if (values.write) writeFigures(PAGE, "scale", lines);
  process.exitCode = complaints.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
  await served.close();
}
