import type { MetricRow } from "../../../protocol/metrics/metrics";
import { compiledSteps } from "../../compiled/in-use";
import type { Stage } from "./stage";
import type { RunnerEvents, StageRunner, TakenSteps } from "./stage-runner";

/**
 * Two threads on one step take two thirds of the time of one, four less than half, and so on: they wait for each other at
 * its barriers. Of small networks on two threads this was measured.
 */
const threadsHelp = 0.6;

/** How much faster a step is on so many threads. */
const speedOn = (threads: number): number => threads ** threadsHelp;

/** How many of these runs should take their steps side by side, each on its share of the threads. */
export function bestSharing(threads: number, runs: number): number {
  let [best, most] = [1, 0];
  for (let sharing = 1; sharing <= Math.min(threads, runs); sharing++) {
    const speed = sharing * speedOn(Math.floor(threads / sharing));
    if (speed > most) [best, most] = [sharing, speed];
  }
  return best;
}

/**
 * Takes steps of several stages at the same time, each on its share of the threads. No number depends on it.
 * @throws Error where a stage has to take its steps by itself, which `apart` says
 */
export function takeSideBySide(stages: readonly Stage[], steps: number): void {
  const compiler = compiledSteps();
  if (!compiler) throw new Error("Only compiled steps run side by side.");
  for (let step = 0; step < steps; step++) {
    compiler.runEach(
      stages.map(({ apart }) => {
        if (!apart) throw new Error("A stage takes its steps by itself.");
        return apart;
      }),
    );
  }
}

/** A stage whose turn it is. */
export interface Sharer {
  readonly runner: StageRunner;
  readonly events: RunnerEvents;
}

/** What came of its turn. */
export type TurnOutcome = { readonly rows: readonly MetricRow[] } | { readonly error: unknown };

/** A turn of several stages: those that can take their steps side by side, the others one after another. */
export async function turnSideBySide(sharers: readonly Sharer[]): Promise<readonly TurnOutcome[]> {
  const begun = await inTurn(sharers, ({ runner, events }) => runner.begin(events));
  const sound = sharers.filter((_, at) => "rows" in (begun[at] as TurnOutcome));
  const together = sound.filter(({ runner }) => runner.options.stage.apart !== undefined);
  const share = together.length > 1 ? taken(together) : undefined;
  const ended = await inTurn(sound, async (sharer) => {
    const { runner, events } = sharer;
    if (!share || !together.includes(sharer)) return runner.turn(events);
    if ("error" in share) throw share.error;
    return runner.end(events, await runner.options.stage.report(), share);
  });
  const after = new Map(sound.map((sharer, at) => [sharer, ended[at]]));
  return sharers.map((sharer, at) => {
    const [first, last] = [begun[at] as TurnOutcome, after.get(sharer)];
    return "rows" in first && last && "rows" in last
      ? { rows: [...first.rows, ...last.rows] }
      : (last ?? first);
  });
}

/** Takes as many steps as fit into a turn. Each stage's time is its share of the machine's. */
function taken(sharers: readonly Sharer[]): TakenSteps | { readonly error: unknown } {
  const count = sharers.length;
  const steps = Math.min(...sharers.map(({ runner }) => runner.affordable(count)));
  const start = performance.now();
  try {
    takeSideBySide(
      sharers.map(({ runner }) => runner.options.stage),
      steps,
    );
  } catch (error) {
    return { error };
  }
  const took = (performance.now() - start) / count;
  return { steps, took, encoded: took };
}

async function inTurn(
  sharers: readonly Sharer[],
  act: (sharer: Sharer) => Promise<readonly MetricRow[]>,
): Promise<readonly TurnOutcome[]> {
  const outcomes: TurnOutcome[] = [];
  for (const sharer of sharers) {
    try {
      outcomes.push({ rows: await act(sharer) });
    } catch (error) {
      outcomes.push({ error });
    }
  }
  return outcomes;
}
