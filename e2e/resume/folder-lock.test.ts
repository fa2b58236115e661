import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FolderBusy, lockFolder, ownerOf } from "./folder-lock";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "retort-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const quick = { beatMs: 20, patienceMs: 400 };
const silent = () => undefined;
/** An owner on another machine, which this one cannot ask whether it lives. */
const elsewhere = (attempt: number) => {
  const path = join(folder, `lock-${String(attempt).padStart(6, "0")}`);
  writeFileSync(path, JSON.stringify({ host: "elsewhere", pid: 7, born: "" }));
  return path;
};

test("a locked folder is refused with the owner's process and machine", async () => {
  const lock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(
    `Process ${process.pid} on ${hostname()} is working on ${folder}`,
  );
  expect(ownerOf(folder)).toMatchObject({ pid: process.pid, attempt: 1 });
  lock.release();
  expect(ownerOf(folder)).toBeUndefined();
});

test("attempts are counted, and one lock file is left", async () => {
  for (const attempt of [1, 2, 3]) {
    const lock = await lockFolder(folder);
    expect(lock.attempt).toBe(attempt);
    lock.release();
  }
  expect(readdirSync(folder)).toHaveLength(1);
});

test("of many processes that want a free folder, one gets it", async () => {
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
  const got = all.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  expect(got).toHaveLength(1);
  for (const one of all) if (one.status === "rejected") expect(one.reason).toBeInstanceOf(FolderBusy);
  got[0]?.release();
});

test("the lock of a process that was killed is taken over at once", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  const path = join(folder, "lock-000004");
  writeFileSync(path, JSON.stringify({ host: hostname(), pid: child.pid, born: birthOf(child.pid ?? 0) }));
  await expect(lockFolder(folder)).rejects.toThrow(FolderBusy);
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGKILL");
  await ended;
  const lock = await lockFolder(folder);
  expect(lock.attempt).toBe(5);
  lock.release();
});

test("a process id that another process has by now does not hold a lock", async () => {
  writeFileSync(
    join(folder, "lock-000001"),
    JSON.stringify({ host: hostname(), pid: process.pid, born: "x 1" }),
  );
  const lock = await lockFolder(folder);
  lock.release();
});

test("an owner elsewhere that gives signs of life is refused, a silent one is replaced", async () => {
  const path = elsewhere(1);
  const beating = setInterval(() => utimesSync(path, new Date(), new Date()), quick.beatMs);
  await expect(lockFolder(folder, silent, quick)).rejects.toThrow("Process 7 on elsewhere is working on");
  clearInterval(beating);
  const said: string[] = [];
  const lock = await lockFolder(folder, (sentence) => said.push(sentence), quick);
  expect(said.join()).toContain("There was none: taking over.");
  lock.release();
});

test("an owner that was replaced notices, and does not release the new owner's lock", async () => {
  const lock = await lockFolder(folder);
  const path = elsewhere(2);
  expect(lock.isHeld()).toBe(false);
  lock.release();
  expect(JSON.parse(readFileSync(path, "utf8"))).not.toHaveProperty("released");
});

function birthOf(pid: number): string {
  const ticks = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ")[19];
  return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${ticks}`;
}
