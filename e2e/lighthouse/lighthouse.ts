import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import lighthouse, { desktopConfig } from "lighthouse";
import { type BrowserContext, chromium } from "playwright";
import { build, resolveConfig } from "vite";
import { browserArguments, requireChromium } from "../commands/chromium";
import { serveCompressed } from "./compressed-server";

/**
 * `npm run lighthouse`: judges the built page and writes docs/lighthouse.md. Fails where a score is too low, or where the
 * browser would not install the page.
 */

const LEAST = 95;
/** Times that a page is judged as each form: a machine that does something else for a moment costs points. */
const RUNS = 3;
const PORT = 9_555;
const categories = ["performance", "accessibility", "best-practices"] as const;
const forms = { desktop: desktopConfig, phone: undefined } as const;

interface Judgement {
  readonly form: string;
  /** Performance of each time, rising. */
  readonly performances: readonly number[];
  readonly scores: readonly number[];
  /** Audits that cost points, worst first. */
  readonly lost: readonly string[];
  readonly version: string;
}

/** The one in the middle of several times, by performance, as Lighthouse advises. */
async function judge(form: keyof typeof forms, address: string): Promise<Judgement> {
  const times: Omit<Judgement, "performances">[] = [];
  for (let run = 0; run < RUNS; run += 1) times.push(await judgeOnce(form, address));
  const performanceOf = ({ scores }: Pick<Judgement, "scores">) => scores[0] ?? 0;
  times.sort((a, b) => performanceOf(a) - performanceOf(b));
  const middle = times[Math.floor(RUNS / 2)];
  if (!middle) throw new Error("The page was not judged.");
  return { ...middle, performances: times.map(performanceOf) };
}

async function judgeOnce(
  form: keyof typeof forms,
  address: string,
): Promise<Omit<Judgement, "performances">> {
  const flags = { port: PORT, onlyCategories: [...categories], logLevel: "error" as const };
  const result = await lighthouse(address, flags, forms[form]);
  if (!result) throw new Error("Lighthouse gave no result.");
  const { lhr } = result;
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  const scores = categories.map((id) => Math.round(100 * (lhr.categories[id]?.score ?? 0)));
  const lost = Object.values(lhr.audits)
    .filter(
      ({ score, scoreDisplayMode }) => score !== null && score < 0.9 && scoreDisplayMode !== "informative",
    )
    .sort((a, b) => (a.score ?? 0) - (b.score ?? 0))
    .map(({ title, displayValue }) => `${title}${displayValue ? ` (${displayValue})` : ""}`);
  return { form, scores, lost, version: lhr.lighthouseVersion };
}

/** What keeps the browser from installing the page, in its own words: Lighthouse has no such check any more (since 12). */
async function installability(context: BrowserContext, address: string): Promise<string[]> {
  const page = await context.newPage();
  try {
    await page.goto(address);
    const session = await context.newCDPSession(page);
    const { errors } = await session.send("Page.getAppManifest");
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
    return [...errors.map(({ message }) => message), ...installabilityErrors.map(({ errorId }) => errorId)];
  } finally {
    await page.close();
  }
}

function report(judgements: readonly Judgement[], obstacles: readonly string[]): string {
  const rows = judgements.map(
    ({ form, scores, performances }) => `| ${form} | ${scores.join(" | ")} | ${performances.join(", ")} |`,
  );
  const lost = judgements.flatMap((one) => one.lost.map((audit) => `- ${one.form}: ${audit}`));
  return `# Lighthouse

Written by \`npm run lighthouse\`: Lighthouse ${judgements[0]?.version} on the built page, served compressed and with the headers of
docs/hosting.md, in headless Chromium without a GPU. Scores are out of 100, from the median of ${RUNS} runs; below ${LEAST} the
script fails.

| form | ${categories.join(" | ")} | performance of each run |
|---|${categories.map(() => "---").join("|")}|---|
${rows.join("\n")}

Obstacles to installing the page, according to the browser: ${obstacles.join(", ") || "none"}. \`e2e/specs/offline.spec.ts\` tests
visits without a network.

Audits below 90:

${lost.join("\n") || "None."}
`;
}

// As production: asking for the server's settings would else have the page built for development.
const { preview } = await resolveConfig({ logLevel: "warn" }, "serve", "production", "production");
if (!process.argv.includes("--built")) await build({ logLevel: "warn" });
const server = await serveCompressed("dist", (preview.headers ?? {}) as Record<string, string>);
// A browser's own profile: a page opened privately cannot be installed.
const profile = mkdtempSync(join(tmpdir(), "lighthouse-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: requireChromium(),
  args: [...browserArguments, `--remote-debugging-port=${PORT}`],
});
try {
  const judgements: Judgement[] = [];
  for (const form of ["desktop", "phone"] as const) judgements.push(await judge(form, server.address));
  const obstacles = await installability(context, server.address);
  const written = report(judgements, obstacles);
  writeFileSync("docs/lighthouse.md", written);
  console.log(written);
  const tooLow = judgements.some(({ scores }) => scores.some((score) => score < LEAST));
  if (tooLow || obstacles.length > 0) process.exitCode = 1;
} finally {
  await context.close();
  server.close();
  rmSync(profile, { recursive: true, force: true });
}
