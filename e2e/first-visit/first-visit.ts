/**
 * npm run first-visit -- [--write]: opens the built page as nobody has before, waits for the recorded comparison to be in
 * sight, presses Start and nothing else, and says when the page said what, and when its first own point was seen. --write puts the figures into docs/responsiveness.md.
 */
import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { chromium } from "playwright";
import { servePage } from "../build/serve";
import { browserArguments, chromiumArguments, requireChromium } from "../commands/chromium.ts";
import { writeFigures } from "../commands/write-figures";

const LONGEST_MS = 180_000;

const { values } = parseArgs({ options: { write: { type: "boolean", default: false } } });

interface Visit {
  /** Seconds since the address was opened. */
  readonly recorded: number;
  readonly started: number;
  readonly device: number;
  readonly training: number;
  readonly point: number;
  /** Most seconds for which the page said and showed nothing new. */
  readonly silence: number;
  readonly by: string;
}

interface Seen {
  readonly recorded?: number;
  readonly device?: number;
  readonly training?: number;
  readonly point?: number;
  readonly changes: readonly number[];
}

/** Before the page's own scripts: what the run bar says and how far its progress is, and the first drawn line or point. */
function watch(): void {
  const seen: { recorded?: number; device?: number; training?: number; point?: number; changes: number[] } = {
    changes: [],
  };
  Object.assign(window, { seen });
  let before = "";
  setInterval(() => {
    const bar = document.querySelector(".run-bar");
    if (!bar) return;
    const at = performance.now() / 1_000;
    const progress = bar.querySelector("[role=progressbar]")?.getAttribute("aria-valuenow");
    const now = `${bar.textContent} ${progress}`;
    if (now !== before) seen.changes.push(at);
    before = now;
    if (bar.querySelector(".run-device p")?.textContent !== "No device yet") seen.device ??= at;
    if (bar.getAttribute("data-status") === "training") seen.training ??= at;
    const arrival = document.querySelector(".arrival");
    const recorded = arrival?.querySelector("path.chart-line")?.getBoundingClientRect();
    if (recorded && recorded.top >= 0 && recorded.bottom <= window.innerHeight) seen.recorded ??= at;
    const drawn = [...document.querySelectorAll("path.chart-line, circle.chart-dot")];
    if (drawn.some((curve) => !arrival?.contains(curve))) seen.point ??= at;
  }, 20);
}

async function visit(address: string, args: readonly string[]): Promise<Visit> {
  const browser = await chromium.launch({ executablePath: requireChromium(), args: [...args] });
  try {
    const page = await browser.newPage({ viewport: { width: 1_280, height: 900 } });
    await page.addInitScript(watch);
    await page.goto(address);
    await page
      .locator(".arrival path.chart-line")
      .first()
      .waitFor({ state: "attached", timeout: LONGEST_MS });
    await page.getByRole("button", { name: "Start", exact: true }).click();
    const started = await page.evaluate(() => performance.now() / 1_000);
    const isSeen = () => (window as unknown as { seen: Seen }).seen.point !== undefined;
    await page.waitForFunction(isSeen, undefined, { timeout: LONGEST_MS });
    const seen = await page.evaluate(() => (window as unknown as { seen: Seen }).seen);
    const { recorded = Number.NaN, device = Number.NaN, training = Number.NaN, point = Number.NaN } = seen;
    const moments = [started, ...seen.changes.filter((at) => at > started && at < point), point];
    const silence = Math.max(...moments.map((at, i) => at - (moments[i - 1] ?? at)));
    const by = (await page.locator(".run-device p").textContent()) ?? "";
    return { recorded, started, device, training, point, silence, by };
  } finally {
    await browser.close();
  }
}

const seconds = (value: number) => `${value.toFixed(1)} s`;

function row(what: string, { by, recorded, started, device, training, point, silence }: Visit): string {
  const cells = [
    what,
    by,
    seconds(recorded),
    seconds(started),
    seconds(device),
    seconds(training),
    seconds(point),
    seconds(silence),
  ];
  return `| ${cells.join(" | ")} |`;
}

const served = await servePage(4493, "warn");
try {
  const rows = [
    row("has no WebGPU", await visit(served.address, browserArguments)),
    row("has software WebGPU", await visit(served.address, chromiumArguments)),
  ];
  const { model = "unknown" } = cpus()[0] ?? {};
  const lines = [
    `\`npm run first-visit\`, headless Chromium on ${cpus().length} cores (${model.trim()}), the default experiment; seconds since the page was opened, load average ${(loadavg()[0] ?? 0).toFixed(0)}:`,
    "",
    "| the browser | trains on | recorded curve in sight | Start pressed | device known | training | first own point | longest time without a change |",
    "|---|---|---|---|---|---|---|---|",
    ...rows,
  ];
  console.info(lines.join("\n"));
  if (values.write) writeFigures("docs/responsiveness.md", "first-visit", lines);
} finally {
  await served.close();
}
