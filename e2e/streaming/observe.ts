import type { Browser, Page } from "playwright";

/** Activity of the page's main thread and charts during an observation. */
export interface Observed {
  readonly seconds: number;
  /** Wall time of each task over 50 ms, in milliseconds. */
  readonly longTasks: readonly number[];
  /** CPU time of the longest task in milliseconds, which does not depend on other load. */
  readonly longestBusy: number;
  /** The number of times that each chart's lines were redrawn, by the chart's title. */
  readonly drawn: Readonly<Record<string, number>>;
}

interface Watched {
  longTasks: { start: number; duration: number }[];
  drawn: { title: string; at: number }[];
}

/** Records long tasks and changes of charts' lines. Call before the page's scripts run. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched: Watched = { longTasks: [], drawn: [] };
    Object.assign(window, { watched });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        watched.longTasks.push({ start: startTime, duration });
    }).observe({ type: "longtask", buffered: true });
    // No named function here: the compiler would add a helper call that the page does not have.
    new MutationObserver((changes) => {
      const at = performance.now();
      const titles = changes.map(({ target }) =>
        target instanceof Element && target.classList.contains("chart-line")
          ? target.closest("figure.chart")?.querySelector(".chart-title")?.textContent
          : undefined,
      );
      for (const title of new Set(titles)) if (title) watched.drawn.push({ title, at });
    }).observe(document, { subtree: true, attributes: true, attributeFilter: ["d"] });
  });
}

/** Observes the page for a number of seconds. */
export const observe = (browser: Browser, page: Page, seconds: number): Promise<Observed> =>
  observeDuring(browser, page, () => page.waitForTimeout(1_000 * seconds));

/** Observes the page until something has been done. */
export async function observeDuring(
  browser: Browser,
  page: Page,
  work: () => Promise<unknown>,
): Promise<Observed> {
  await browser.startTracing(page, { categories: ["toplevel", "__metadata"] });
  const from = await page.evaluate(() => performance.now());
  await work();
  const seen = await page.evaluate((since) => {
    const { watched } = window as unknown as { watched: Watched };
    const titles = [...document.querySelectorAll("figure.chart .chart-title")].map((it) => it.textContent);
    const drawn = watched.drawn.filter(({ at }) => at >= since);
    return {
      seconds: (performance.now() - since) / 1_000,
      longTasks: watched.longTasks.filter(({ start }) => start >= since).map(({ duration }) => duration),
      drawn: Object.fromEntries(
        titles.map((title) => [title, drawn.filter((one) => one.title === title).length]),
      ),
    };
  }, from);
  return { ...seen, longestBusy: longestTask(await browser.stopTracing()) };
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** CPU time in microseconds. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * The longest task of the page's main thread, which is the busiest of all renderers' main threads. Threads of the
 * browser, of workers and of spare renderer processes do not count.
 */
function longestTask(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] };
  const threads = traceEvents.filter(
    ({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain",
  );
  const timesOf = (thread: TraceEvent) =>
    traceEvents.flatMap(({ pid, tid, tdur }) =>
      pid === thread.pid && tid === thread.tid && tdur !== undefined ? [tdur / 1_000] : [],
    );
  const sum = (times: readonly number[]) => times.reduce((all, time) => all + time, 0);
  const [busiest = []] = threads.map(timesOf).sort((a, b) => sum(b) - sum(a));
  if (busiest.length === 0) throw new Error("The trace contains no task of the page.");
  return busiest.reduce((most, time) => Math.max(most, time), 0);
}
