import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { installPackages } from "../commands/debian-packages";

/**
 * For tests: Slurm on this machine, with configuration, state and sockets in one folder. It needs no root files, cgroups
 * or database, and leaves nothing behind but Debian's packages.
 */
export interface Slurm {
  /** The environment in which sbatch, squeue and scontrol know this cluster. */
  readonly environment: NodeJS.ProcessEnv;
  /** Runs one of Slurm's commands and returns what it prints. */
  readonly ask: (command: string, ...words: string[]) => string;
  /** Kills the node's daemon and the supervisors of its tasks, like a crash; the tasks' processes become orphans. */
  readonly crashNode: () => Promise<void>;
  readonly startNode: () => void;
  readonly stop: () => Promise<void>;
}

const [controllerPort, nodePort] = [26_817, 26_818];
const READY_MS = 60_000;

/** Installs Debian's packages if they are missing and this process may. Returns whether they are there. */
export function installSlurm(): boolean {
  return installPackages(["slurmctld", "slurmd", "slurm-client", "munge"], () =>
    ["/usr/sbin/slurmctld", "/usr/sbin/slurmd", "/usr/sbin/munged", "/usr/bin/sbatch"].every(existsSync),
  );
}

/** The first lines are needed; the others keep state out of /var and make failures a matter of seconds. */
const configuration = (folder: string, host: string) => `ClusterName=retort
SlurmctldHost=${host}(127.0.0.1)
SlurmUser=root
AuthInfo=socket=${folder}/munge.socket,cred_expire=5
SlurmctldPort=${controllerPort}
SlurmdPort=${nodePort}
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/slurmd.log
ProctrackType=proctrack/linuxproc
MpiDefault=none
ReturnToService=2
SlurmdTimeout=5
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
NodeName=${host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=2000
PartitionName=main Nodes=${host} Default=YES
`;

/** @throws Error with the daemons' logs if the node does not become idle */
export async function startSlurm(): Promise<Slurm> {
  const folder = mkdtempSync(join(tmpdir(), "retort-slurm-"));
  chmodSync(folder, 0o755);
  for (const name of ["state", "spool"]) mkdirSync(join(folder, name));
  writeFileSync(join(folder, "munge.key"), randomBytes(128), { mode: 0o600 });
  const host = hostname().split(".")[0] ?? "localhost";
  writeFileSync(join(folder, "slurm.conf"), configuration(folder, host));
  const environment = { ...process.env, SLURM_CONF: join(folder, "slurm.conf") };
  const ask = (command: string, ...words: string[]) =>
    execFileSync(command, words, { env: environment, encoding: "utf8" }).trim();

  const daemons: ChildProcess[] = [];
  const start = (program: string, ...words: string[]) => {
    const log = openSync(join(folder, "output.log"), "a");
    const child = spawn(program, words, { env: environment, stdio: ["ignore", log, log] });
    daemons.push(child);
    return child;
  };
  const files = ["key", "socket", "pid", "log", "seed"].map((kind) => {
    const option = kind === "socket" ? "socket" : `${kind}-file`;
    return `--${option}=${join(folder, `munge.${kind}`)}`;
  });
  start("/usr/sbin/munged", "--foreground", ...files);
  await until(() => existsSync(join(folder, "munge.socket")));
  start("/usr/sbin/slurmctld", "-D");
  let node: ChildProcess | undefined;
  const startNode = () => {
    node = start("/usr/sbin/slurmd", "-D");
  };
  startNode();
  const stop = async () => {
    for (const daemon of daemons.reverse()) {
      if (daemon.exitCode !== null || daemon.signalCode !== null) continue;
      const ended = new Promise((resolve) => daemon.once("exit", resolve));
      daemon.kill("SIGTERM");
      await Promise.race([ended, sleep(10_000).then(() => daemon.kill("SIGKILL"))]);
    }
    for (const pid of supervisors(folder)) process.kill(pid, "SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  const isIdle = () => {
    try {
      return ask("sinfo", "-h", "-o", "%T").startsWith("idle");
    } catch {
      return false;
    }
  };
  try {
    await until(isIdle);
  } catch (error) {
    const said = readdirSync(folder)
      .filter((name) => name.endsWith(".log"))
      .map((name) => readFileSync(join(folder, name), "utf8"));
    await stop();
    throw new Error(`${error instanceof Error ? error.message : error}\n${said.join("\n")}`);
  }
  const crashNode = async () => {
    const crashed = node;
    const ended = new Promise((resolve) => crashed?.once("exit", resolve));
    for (const pid of supervisors(folder)) process.kill(pid, "SIGKILL");
    crashed?.kill("SIGKILL");
    await ended;
  };
  return { environment, ask, crashNode, startNode, stop };
}

/** The processes `slurmstepd` of this cluster: their environment names its configuration. */
function supervisors(folder: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const isSupervisor = readFileSync(`/proc/${pid}/comm`, "utf8").startsWith("slurmstepd");
        return isSupervisor && readFileSync(`/proc/${pid}/environ`, "utf8").includes(folder);
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function until(isIt: () => boolean): Promise<void> {
  for (const end = Date.now() + READY_MS; Date.now() < end; ) {
    if (isIt()) return;
    await sleep(200);
  }
  throw new Error("Slurm did not start.");
}
