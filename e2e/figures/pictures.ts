/**
 * Makes the pictures for link previews (public/preview.png), for installing the page (public/screenshot-*.png) and for the
 * README (docs/screenshot.png). All of them show the comparison that the page opens with. npx vite build && npx vite
 * preview & npx tsx e2e/figures/pictures.ts http://localhost:4173/
 */
import { resolve } from "node:path";
import { chromium, type Page } from "playwright";
import { recordPlans } from "../../src/protocol/records/catalog";
import { previewSize } from "../build/link-preview";
import { browserArguments, requireChromium } from "../commands/chromium";

const [address = "http://localhost:4173/"] = process.argv.slice(2);
const [{ id = "" } = {}] = recordPlans;
const pathOf = (name: string, folder = "public") => resolve(import.meta.dirname, "../..", folder, name);

const browser = await chromium.launch({ executablePath: requireChromium(), args: browserArguments });

async function opened(width: number, height: number, scale: number): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale });
  await page.goto(`${address}?record=${id}`);
  await page.locator("figure.chart .chart-line").first().waitFor({ state: "attached" });
  // Waits for the offer of the tour, the table and all charts.
  await page.waitForTimeout(2_500);
  return page;
}

/** The first two charts, at the size of a picture. */
async function preview(): Promise<void> {
  // One column, so that the chart has the proportions of the card.
  const page = await opened(1_280, 1_000, 2);
  const charts = await page.locator("figure.chart .recharts-surface").evaluateAll((found) =>
    found
      .filter((svg) => svg.clientWidth > 200)
      .slice(0, 1)
      .map((svg) => `<svg viewBox="0 0 ${svg.clientWidth} ${svg.clientHeight}">${svg.innerHTML}</svg>`),
  );
  const legend = await page
    .locator(".chart-legend")
    .first()
    .locator("button")
    .evaluateAll((found) => found.map((button) => button.innerHTML));
  await page.evaluate(
    ({ charts: drawn, legend: names }) => {
      document.body.innerHTML = `
        <div id="card">
          <header><img src="icon.svg" alt=""><div><h1>Retort</h1><p>Watch networks teach networks, live in your browser</p></div></header>
          <div class="plot"><p>kNN top-1 on held-out images, while they learn</p>${drawn.join("")}</div>
          <footer>${names.map((name) => `<span>${name.replace(", recorded", "")}</span>`).join("")}</footer>
        </div>`;
      const style = new CSSStyleSheet();
      style.replaceSync(`
        body { margin: 0; background: var(--bg); }
        #card { box-sizing: border-box; width: ${1_200}px; height: ${630}px; padding: 32px 48px 28px; display: grid; grid-template-rows: auto 1fr auto; gap: 16px; overflow: hidden; background: var(--bg); }
        #card header { display: flex; gap: 24px; align-items: center; }
        #card header img { width: 84px; height: 84px; }
        #card h1 { margin: 0; font-size: 56px; line-height: 1; letter-spacing: -0.02em; }
        #card header p { margin: 6px 0 0; font-size: 28px; color: var(--muted); }
        #card .plot { background: var(--surface); border: 1px solid var(--grid); border-radius: 16px; padding: 14px 20px 0; min-height: 0; }
        #card .plot p { margin: 0; font-size: 22px; font-weight: 650; }
        #card .plot svg { width: 100%; height: 326px; display: block; }
        #card .plot svg .chart-line { stroke-width: 2.5; }
        #card footer { display: flex; gap: 36px; font-size: 26px; font-weight: 600; }
        #card footer span { display: inline-flex; align-items: center; gap: 10px; }
        #card footer svg { zoom: 1.7; }`);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
    },
    { charts, legend },
  );
  await page.setViewportSize(previewSize);
  await page.waitForTimeout(300);
  await page.screenshot({ path: pathOf("preview.png"), scale: "css" });
  await page.close();
}

async function screenshots(): Promise<void> {
  for (const [name, width, height, scale] of [
    ["screenshot-wide.png", 1_280, 800, 1],
    ["screenshot-narrow.png", 390, 844, 2],
  ] as const) {
    const page = await opened(width, height, scale);
    await page.locator(".curves-panel").evaluate((panel) => {
      const bar = document.querySelector(".run-bar")?.clientHeight ?? 0;
      window.scrollTo(0, window.scrollY + panel.getBoundingClientRect().top - bar - 14);
    });
    await page.waitForTimeout(300);
    await page.screenshot({ path: pathOf(name) });
    await page.close();
  }
}

/** What a visitor sees first. */
async function readme(): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1_366, height: 768 } });
  await page.goto(address);
  await page.locator(".arrival .chart-line").first().waitFor({ state: "attached" });
  // The estimate and sizes come after the curves.
  await page.locator(".size-panel [data-ms]").waitFor();
  await page.screenshot({ path: pathOf("screenshot.png", "docs") });
  await page.close();
}

await preview();
await screenshots();
await readme();
await browser.close();
