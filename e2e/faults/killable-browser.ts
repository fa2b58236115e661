import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium, type Page } from "playwright";
import { chromiumArguments, requireChromium } from "../commands/chromium";

/** A browser that can be killed, as by an operating system, and started again with the same profile. */
export interface KillableBrowser {
  readonly page: Page;
  kill(): Promise<void>;
  close(): Promise<void>;
}

const START_MS = 60_000;

export async function startBrowser(profile: string): Promise<KillableBrowser> {
  const flags = ["--headless=new", `--user-data-dir=${profile}`, "--remote-debugging-port=0", "about:blank"];
  const child = spawn(requireChromium(), [...chromiumArguments, ...flags], {
    stdio: ["ignore", "ignore", "pipe"],
    // A process group of its own, so that child processes that outlive the browser can be ended.
    detached: true,
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const browser = await chromium.connectOverCDP(await endpointOf(child));
  const page = await firstPage(browser);
  await page.setViewportSize({ width: 1440, height: 1000 });
  const end = async (signal: "SIGKILL" | "SIGTERM") => {
    child.kill(signal);
    await exited;
    endGroup(child);
  };
  return { page, kill: () => end("SIGKILL"), close: () => end("SIGTERM") };
}

/** Kills child processes that outlive the browser; they keep writing into the profile for a moment. */
function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // No process is left.
  }
}

/**
 * Removes the profile of a browser that has ended. Failing to do so is no error: the folder is in the temporary
 * directory.
 */
export async function clearProfile(profile: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      return rmSync(profile, { recursive: true, force: true });
    } catch {
      await sleep(250);
    }
  }
}

async function firstPage(browser: Browser): Promise<Page> {
  const context = browser.contexts()[0] ?? (await browser.newContext());
  return context.pages()[0] ?? context.newPage();
}

/** Chromium writes the address of its debugger to the terminal. */
function endpointOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => reject(new Error(`The browser did not start:\n${said}`)), START_MS);
    child.once("exit", () => reject(new Error(`The browser exited immediately:\n${said}`)));
    child.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (!found) return;
      clearTimeout(timer);
      resolve(found);
    });
  });
}
