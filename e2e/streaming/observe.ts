import type { Browser, Page } from "playwright";

/** What happened on the page's main thread, and to its curves, between two moments. */
export interface Observed {
  readonly seconds: number;
  /** Milliseconds of each task that took more than 50, by the clock. */
  readonly longTasks: readonly number[];
  /** Milliseconds of processor time of the longest task: what it takes where nothing else runs. */
  readonly longestBusy: number;
  /** Times that each chart's lines were drawn anew, by the chart's title. */
  readonly drawn: Readonly<Record<string, number>>;
}

interface Watched {
  longTasks: { start: number; duration: number }[];
  drawn: { title: string; at: number }[];
}

/** Before the page's own scripts: keeps what browsers tell of long tasks, and every time that a chart's lines change. */
export async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched: Watched = { longTasks: [], drawn: [] };
    Object.assign(window, { watched });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        watched.longTasks.push({ start: startTime, duration });
    }).observe({ type: "longtask", buffered: true });
    // No function of its own: tools that name functions would call what the page does not have.
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

/** Everything from now on, for so many seconds. */
export async function observe(browser: Browser, page: Page, seconds: number): Promise<Observed> {
  await browser.startTracing(page, { categories: ["toplevel", "__metadata"] });
  const from = await page.evaluate(() => performance.now());
  await page.waitForTimeout(1_000 * seconds);
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
  /** Microseconds of processor time. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * Of the page's main thread; the browser's own, those of workers, and that of the process which the browser keeps for a
 * page to come are left out: of all main threads it is the busiest.
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
  if (busiest.length === 0) throw new Error("The trace has no task of the page.");
  return busiest.reduce((most, time) => Math.max(most, time), 0);
}
