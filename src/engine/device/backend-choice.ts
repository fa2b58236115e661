import * as tf from "@tensorflow/tfjs-core";
import { type BackendName, type BackendTime, backendNames } from "../../protocol/messages";
import { EngineFailure, noBackend, noSuchBackend } from "../failures";
import { BackendMemory, machineKey } from "./backend-memory";
import { tryLayer } from "./backend-trial";
import { type StartedBackend, startBackend } from "./start";

/** The best way to compute that there is, and what it was measured against. */
export interface ChosenBackend extends StartedBackend {
  /** Fastest first; absent where there was nothing to choose. */
  readonly measured?: readonly BackendTime[];
}

export interface ChoiceOptions {
  /** A backend's name: that one is taken, whatever it is like. */
  readonly wanted?: string | undefined;
  /** Measure, whatever is known from earlier visits. */
  readonly anew?: boolean | undefined;
  readonly memory?: BackendMemory;
  /** How the backend in use is timed. */
  readonly trial?: typeof tryLayer;
}

/** The one that mostly wins comes first: the others need only be measured until they have lost. */
const candidates = ["wasm", "webgpu", "webgl"] as const satisfies readonly BackendName[];

/**
 * A GPU by WebGPU is taken at once. Where the processor would have to draw it, or there is none, what this machine has is
 * measured and the fastest taken; plain JavaScript only where there is nothing else. What was measured is remembered.
 *
 * @throws EngineFailure when there is no such backend, or none that works
 */
export async function chooseBackend(options: ChoiceOptions = {}): Promise<ChosenBackend> {
  const { wanted = "auto", anew = false, memory = new BackendMemory(), trial = tryLayer } = options;
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

/** Fastest first. Those that do not work are left out. */
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
