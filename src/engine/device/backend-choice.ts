import * as tf from "@tensorflow/tfjs-core";
import { type BackendName, type BackendTime, backendNames } from "../../protocol/messages";
import { EngineFailure, noBackend, noSuchBackend } from "../failures";
import { tryLayer } from "./backend-trial";
import { MachineMemory, machineKey } from "./machine-memory";
import { type StartedBackend, startBackend } from "./start";

/** The fastest backend of this machine, with the measurements that it was chosen by. */
export interface ChosenBackend extends StartedBackend {
  /** Measured times, fastest first; absent if nothing was measured. */
  readonly measured?: readonly BackendTime[];
}

/** The times that a backend was chosen by, fastest first. */
export const backendMemory = (name = "retort-backends") => new MachineMemory<readonly BackendTime[]>(name);

export interface ChoiceOptions {
  /** The name of a backend to use without measuring, or "auto" (default). */
  readonly wanted?: string | undefined;
  /** If true, measures even if the times of an earlier visit are known. */
  readonly anew?: boolean | undefined;
  readonly memory?: MachineMemory<readonly BackendTime[]>;
  /** The function that times the backend in use. */
  readonly trial?: typeof tryLayer;
}

/** The usual winner comes first: the others need only be measured until they are slower. */
const candidates = ["wasm", "webgpu", "webgl"] as const satisfies readonly BackendName[];

/**
 * Chooses and starts a backend. A GPU with WebGPU is used at once. If WebGPU is emulated on the CPU or missing, the
 * available backends are measured and the fastest is used; plain JavaScript is the last resort. The measurements are
 * remembered.
 *
 * @throws EngineFailure when the wanted backend does not exist or no backend works
 */
export async function chooseBackend(options: ChoiceOptions = {}): Promise<ChosenBackend> {
  const { wanted = "auto", anew = false, memory = backendMemory(), trial = tryLayer } = options;
  const reasons: string[] = [];
  const noteReason = (name: BackendName, error: unknown) =>
    void reasons.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  const started = async (name: BackendName) => {
    try {
      return await startBackend(name);
    } catch (error) {
      noteReason(name, error);
      return undefined;
    }
  };
  if (wanted !== "auto") {
    const named = backendNames.find((name) => name === wanted);
    if (!named) throw new EngineFailure(noSuchBackend(wanted, ["auto", ...backendNames]));
    const only = await started(named);
    if (!only) throw new EngineFailure(noBackend(reasons.join(" ")));
    return only;
  }
  const drawn = await started("webgpu");
  if (drawn && !drawn.software) return drawn;
  const machine = machineKey(drawn?.device ?? "no WebGPU");
  const fastestOf = async (measured: readonly BackendTime[]): Promise<ChosenBackend | undefined> => {
    for (const { backend } of measured) {
      const chosen = backend === "webgpu" && tf.getBackend() === "webgpu" ? drawn : await started(backend);
      if (chosen) return { ...chosen, measured };
    }
    return undefined;
  };
  const known = anew ? undefined : await memory.recall(machine);
  const remembered = known && (await fastestOf(known));
  if (remembered) return remembered;
  const measured = await measure(drawn ? candidates : ["wasm", "webgl"], trial, noteReason);
  const chosen = await fastestOf(measured);
  if (chosen) {
    await memory.remember(machine, measured);
    return chosen;
  }
  const last = await started("cpu");
  if (!last) throw new EngineFailure(noBackend(reasons.join(" ")));
  return last;
}

/** Times these backends, fastest first in the result. Those that do not work are left out. */
async function measure(
  names: readonly BackendName[],
  trial: typeof tryLayer,
  noteReason: (name: BackendName, error: unknown) => void,
): Promise<readonly BackendTime[]> {
  const measured: BackendTime[] = [];
  for (const backend of names) {
    try {
      await startBackend(backend);
      measured.push({ backend, ...(await trial(Math.min(...measured.map(({ ms }) => ms)))) });
    } catch (error) {
      noteReason(backend, error);
    }
  }
  return measured.sort((a, b) => a.ms - b.ms);
}
