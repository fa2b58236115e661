import { existsSync, mkdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BrowserContext } from "playwright";
import { chromiumArguments, hardwareArguments, requireChromium } from "../commands/chromium";

/** The page's address in every process: what a browser stores belongs to an origin. */
export const lastingAddress = "http://retort.localhost/";

/** So low that no chart is in view: the page seldom draws what nobody sees, which leaves its time to the training. */
export const unwatched = { width: 1440, height: 250 };

const END_MS = 10_000;

/**
 * Starts a browser whose stored data stay in `profile`. The page at `port` has the same address whatever the port. The
 * caller has locked the folder, so a browser that uses the profile is the orphan of a process that was killed.
 */
export async function openProfile(profile: string, port: number, gpu: boolean): Promise<BrowserContext> {
  mkdirSync(profile, { recursive: true });
  await endOrphan(profile);
  // Commands that start no browser start sooner without it.
  const { chromium } = await import("playwright");
  return chromium.launchPersistentContext(profile, {
    executablePath: requireChromium(),
    args: [
      ...(gpu ? hardwareArguments : chromiumArguments),
      `--host-resolver-rules=MAP retort.localhost:80 127.0.0.1:${port}`,
    ],
    viewport: unwatched,
    // The runner saves first.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** Chromium marks a profile in use by a link to "host-pid". */
function userOf(profile: string): { readonly host: string; readonly pid: number } | undefined {
  try {
    const [, host = "", pid = ""] = /^(.*)-(\d+)$/.exec(readlinkSync(join(profile, "SingletonLock"))) ?? [];
    return { host, pid: Number(pid) };
  } catch {
    return undefined;
  }
}

function isBrowserOf(pid: number, profile: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(profile);
  } catch {
    return false;
  }
}

async function endOrphan(profile: string): Promise<void> {
  const user = userOf(profile);
  if (user && user.host === hostname() && isBrowserOf(user.pid, profile)) {
    process.kill(user.pid, "SIGKILL");
    for (const end = Date.now() + END_MS; Date.now() < end && existsSync(`/proc/${user.pid}`); )
      await sleep(50);
  }
  for (const name of ["SingletonLock", "SingletonCookie", "SingletonSocket"]) {
    rmSync(join(profile, name), { force: true });
  }
}
