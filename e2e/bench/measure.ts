import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright";
import { createServer } from "vite";
import { chromiumArguments, requireChromium } from "../commands/chromium.ts";
import { asBefore, type ContenderId } from "./contenders.ts";
import type { Opened, Profile, Timed } from "./page/main.ts";
import type { KernelTraffic } from "./page/traffic.ts";
import type { WorkloadId } from "./workloads.ts";

/** A contender with one workload, in its own page. */
export interface Seat {
  readonly contender: ContenderId;
  readonly opened: Opened;
  readonly turns: Timed[];
  run(steps: number): Promise<void>;
  profile(): Promise<Profile>;
  traffic(): Promise<KernelTraffic[]>;
  close(): Promise<void>;
}

export interface Arena {
  seat(contender: ContenderId, workload: WorkloadId | number): Promise<Seat>;
  /** A page of the benchmark, loaded. */
  page(): Promise<Page>;
  readonly browserVersion: string;
  close(): Promise<void>;
}

interface ServedSources {
  readonly address: string;
  close(): Promise<void>;
}

/** Serves a checkout of this project. */
async function serveSources(root: string): Promise<ServedSources> {
  const server = await createServer({
    root,
    // Vite would take the configuration of the folder in which the command was called.
    configFile: join(root, "vite.config.ts"),
    logLevel: "error",
    // Editing a file must not reload a page that is being measured.
    server: { hmr: false, watch: null },
    cacheDir: "node_modules/.cache/vite-bench",
    optimizeDeps: {
      // The package finds its files relative to itself.
      exclude: ["onnxruntime-web"],
      include: ["@jax-js/jax", "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js"],
    },
  });
  await server.listen();
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error("The server started without an address.");
  return { address, close: () => server.close() };
}

const thisCheckout = fileURLToPath(new URL("../..", import.meta.url));

/** Starts headless Chromium and serves the sources. @param before the folder of another checkout that takes part */
export async function openArena(
  browserArguments: readonly string[] = chromiumArguments,
  before?: string,
): Promise<Arena> {
  const here = await serveSources(thisCheckout);
  const there = before === undefined ? undefined : await serveSources(resolve(before));
  const browser: Browser = await chromium.launch({
    executablePath: requireChromium(),
    args: [...browserArguments],
  });
  const page = async ({ address } = here): Promise<Page> => {
    const opened = await browser.newPage();
    opened.on("pageerror", (error) => console.error(error.message));
    opened.setDefaultTimeout(0);
    await opened.goto(`${address}e2e/bench/page/index.html`);
    await opened.waitForFunction(() => "bench" in globalThis);
    return opened;
  };
  return {
    page: () => page(),
    browserVersion: browser.version(),
    seat: async (contender, workload) => {
      const earlier = asBefore(contender);
      const own = await page(earlier && there);
      const opened = await own.evaluate(([c, w]) => bench.open(c, w), [
        earlier ?? contender,
        workload,
      ] as const);
      const turns: Timed[] = [];
      return {
        contender,
        opened,
        turns,
        run: async (steps) => {
          turns.push(await own.evaluate((count) => bench.run(count), steps));
        },
        profile: () => own.evaluate(() => bench.profile()),
        // Another checkout may not count it yet.
        traffic: () => own.evaluate(() => bench.traffic?.() ?? []),
        close: () => own.close(),
      };
    },
    close: async () => {
      await browser.close();
      await here.close();
      await there?.close();
    },
  };
}
