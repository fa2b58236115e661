import { writeFileSync } from "node:fs";
import lighthouse, { desktopConfig } from "lighthouse";
import { chromium } from "playwright";
import { build, resolveConfig } from "vite";
import { browserArguments, requireChromium } from "../tooling/chromium";
import { serveCompressed } from "./compressed-server";

/** `npm run lighthouse`: judges the built page and writes docs/lighthouse.md. Fails where a score is too low. */

const LEAST = 95;
const PORT = 9_555;
const categories = ["performance", "accessibility", "best-practices"] as const;
const forms = { desktop: desktopConfig, phone: undefined } as const;

interface Judgement {
  readonly form: string;
  readonly scores: readonly number[];
  /** Audits that cost points, worst first. */
  readonly lost: readonly string[];
  readonly version: string;
}

async function judge(form: keyof typeof forms, address: string): Promise<Judgement> {
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

function page(judgements: readonly Judgement[]): string {
  const rows = judgements.map(({ form, scores }) => `| ${form} | ${scores.join(" | ")} |`);
  const lost = judgements.flatMap((one) => one.lost.map((audit) => `- ${one.form}: ${audit}`));
  return `# Lighthouse

Written by \`npm run lighthouse\`: Lighthouse ${judgements[0]?.version} on the built page, served packed and with the headers of
docs/hosting.md, in headless Chromium without a GPU. A score is of 100; below ${LEAST} on a desktop the script fails.

| as a | ${categories.join(" | ")} |
|---|${categories.map(() => "---").join("|")}|
${rows.join("\n")}

What costs points:

${lost.join("\n") || "Nothing."}
`;
}

const { preview } = await resolveConfig({ logLevel: "warn" }, "serve");
if (!process.argv.includes("--built")) await build({ logLevel: "warn" });
const server = await serveCompressed("dist", (preview.headers ?? {}) as Record<string, string>);
const browser = await chromium.launch({
  executablePath: requireChromium(),
  args: [...browserArguments, `--remote-debugging-port=${PORT}`],
});
try {
  const judgements: Judgement[] = [];
  for (const form of ["desktop", "phone"] as const) judgements.push(await judge(form, server.address));
  const written = page(judgements);
  writeFileSync("docs/lighthouse.md", written);
  console.log(written);
  const desktop = judgements.find(({ form }) => form === "desktop");
  if (!desktop || desktop.scores.some((score) => score < LEAST)) process.exitCode = 1;
} finally {
  await browser.close();
  server.close();
}
