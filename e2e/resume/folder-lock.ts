import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { writeWhole } from "./whole-file";

/**
 * A lock on a folder that processes of several machines share. It holds no open file, since a network's file system may
 * not tell others about these: its owner touches a file from time to time.
 *
 * Every owner has a number of its own, one higher than the previous owner's: a file of that number can be created only
 * once. So of several processes that find a lock stale, one gets it; and an owner that was taken for dead notices that
 * there is a higher number.
 */
export interface FolderLock {
  /** 1 for the first owner of this folder, then one more each time. */
  readonly attempt: number;
  /** False once another process has taken over. */
  readonly isHeld: () => boolean;
  readonly release: () => void;
}

/** Another process works on the folder. */
export class FolderBusy extends Error {
  constructor(folder: string, { host, pid }: Pick<Owner, "host" | "pid">) {
    super(`Process ${pid} on ${host} is working on ${folder}; wait for it, or stop it first.`);
    this.name = "FolderBusy";
  }
}

interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When the process was started, as the system counts: process ids are used again. */
  readonly born: string;
  readonly released?: true;
}

interface LockTimes {
  readonly beatMs: number;
  /** An owner on another machine that gives no sign of life for so long is dead. */
  readonly patienceMs: number;
}

const usual: LockTimes = { beatMs: 5_000, patienceMs: 30_000 };
const name = /^lock-(\d{6})$/;
const nameOf = (attempt: number) => `lock-${String(attempt).padStart(6, "0")}`;

const highestIn = (folder: string): number =>
  Math.max(0, ...readdirSync(folder).map((file) => Number(name.exec(file)?.[1] ?? 0)));

/** Linux counts in ticks since the start of the machine; elsewhere process ids have to do. */
function birthOf(pid: number): string {
  try {
    const ticks = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ")[19];
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${ticks}`;
  } catch {
    return "";
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function readOwner(path: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Owner;
  } catch {
    // Being written, or cut off by a full disk: only the file's age tells.
    return undefined;
  }
}

const touchedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** The owner at this moment; undefined if the folder is free, or its owner is known to have died. */
export function ownerOf(folder: string): (Owner & { readonly attempt: number }) | undefined {
  const attempt = highestIn(folder);
  const owner = attempt > 0 ? readOwner(join(folder, nameOf(attempt))) : undefined;
  if (!owner || owner.released || isKnownDead(owner)) return undefined;
  return { ...owner, attempt };
}

const isKnownDead = ({ host, pid, born }: Owner): boolean =>
  host === hostname() && (!isAlive(pid) || born !== birthOf(pid));

/** Waits for a sign of life of an owner on another machine, whose clock may differ. */
async function isBeating(path: string, { beatMs, patienceMs }: LockTimes): Promise<boolean> {
  const before = touchedAt(path);
  for (const end = Date.now() + patienceMs; Date.now() < end; ) {
    await sleep(Math.min(beatMs, 500));
    if (touchedAt(path) !== before) return true;
  }
  return false;
}

/** @throws FolderBusy */
export async function lockFolder(
  folder: string,
  say: (sentence: string) => void = () => undefined,
  times: LockTimes = usual,
): Promise<FolderLock> {
  mkdirSync(folder, { recursive: true });
  const last = highestIn(folder);
  if (last > 0) await requireFree(folder, last, say, times);
  const attempt = last + 1;
  const path = join(folder, nameOf(attempt));
  try {
    closeSync(openSync(path, "wx"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new FolderBusy(folder, readOwner(path) ?? { host: "another machine", pid: 0 });
  }
  const higher = highestIn(folder);
  if (higher > attempt) {
    rmSync(path, { force: true });
    throw new FolderBusy(
      folder,
      readOwner(join(folder, nameOf(higher))) ?? { host: "another machine", pid: 0 },
    );
  }
  const owner: Owner = { host: hostname(), pid: process.pid, born: birthOf(process.pid) };
  writeWhole(path, JSON.stringify(owner));
  rmSync(join(folder, nameOf(last)), { force: true });
  return held(folder, attempt, owner, times);
}

async function requireFree(
  folder: string,
  last: number,
  say: (sentence: string) => void,
  times: LockTimes,
): Promise<void> {
  const path = join(folder, nameOf(last));
  const owner = readOwner(path);
  if (owner?.released || (owner && isKnownDead(owner))) return;
  if (owner?.host === hostname()) throw new FolderBusy(folder, owner);
  const { host, pid } = owner ?? { host: "another machine", pid: 0 };
  say(`Waiting for a sign of life of process ${pid} on ${host}, which was last working on ${folder} …`);
  if (await isBeating(path, times)) throw new FolderBusy(folder, { host, pid });
  say("There was none: taking over.");
}

function held(folder: string, attempt: number, owner: Owner, { beatMs }: LockTimes): FolderLock {
  const path = join(folder, nameOf(attempt));
  const isHeld = () => highestIn(folder) === attempt;
  const beat = setInterval(() => {
    const now = new Date();
    // Touching needs no room on the disk. A file system that is away for a moment comes back.
    try {
      utimesSync(path, now, now);
    } catch {}
  }, beatMs);
  beat.unref();
  return {
    attempt,
    isHeld,
    release: () => {
      clearInterval(beat);
      if (isHeld()) writeWhole(path, JSON.stringify({ ...owner, released: true }));
    },
  };
}
