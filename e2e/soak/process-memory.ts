import { readFileSync } from "node:fs";
import type { Browser } from "playwright";

/** What Linux says of a process's resident memory: now, or at most so far. */
const fields = { now: "VmRSS", most: "VmHWM" } as const;

/** Resident memory, in bytes, of the process that the page and its workers share, and of the GPU's. Only Linux tells. */
export async function residentMemory(
  browser: Browser,
  when: keyof typeof fields,
): Promise<{ readonly page: number; readonly gpu: number }> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const largest = (type: string) => {
    const sizes = processInfo
      .filter((one) => one.type === type)
      .map(({ id }) =>
        new RegExp(`${fields[when]}:\\s*(\\d+) kB`).exec(readFileSync(`/proc/${id}/status`, "utf8")),
      );
    return 1_024 * Math.max(0, ...sizes.map((size) => Number(size?.[1])));
  };
  return { page: largest("renderer"), gpu: largest("GPU") };
}
