import type { MetricRow } from "../../../protocol/metrics/metrics";
import { compiledSteps } from "../../compiled/in-use";
import type { StepCompiler } from "../../compiled/step-compiler";
import type { JoinedSteps } from "./joined-steps";
import type { Stage, StepReport } from "./stage";
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

/** Takes steps of several stages at the same time, each on its share of the threads. No number depends on it. */
function takeCompiled(compiler: StepCompiler, stages: readonly Stage[], steps: number): void {
  for (let step = 0; step < steps; step++) {
    compiler.runEach(
      stages.map(({ apart }) => {
        if (!apart?.step) throw new Error("A stage takes its steps by itself.");
        return { ...apart, step: apart.step };
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
export async function turnSideBySide(
  sharers: readonly Sharer[],
  joined: JoinedSteps,
): Promise<readonly TurnOutcome[]> {
  const begun = await inTurn(sharers, ({ runner, events }) => runner.begin(events));
  const sound = sharers.filter((_, at) => "rows" in (begun[at] as TurnOutcome));
  const together = sound.filter(({ runner }) => runner.options.stage.apart !== undefined);
  const share = together.length > 1 ? await taken(together, joined) : undefined;
  const ended = await inTurn(sound, async (sharer) => {
    const { runner, events } = sharer;
    const at = together.indexOf(sharer);
    if (!share || at < 0) return runner.turn(events);
    if ("error" in share) throw share.error;
    return runner.end(events, share.reports[at] ?? [], share.steps);
  });
  const after = new Map(sound.map((sharer, at) => [sharer, ended[at]]));
  return sharers.map((sharer, at) => {
    const [first, last] = [begun[at] as TurnOutcome, after.get(sharer)];
    return "rows" in first && last && "rows" in last
      ? { rows: [...first.rows, ...last.rows] }
      : (last ?? first);
  });
}

interface Taken {
  readonly steps: TakenSteps;
  /** Of each stage. */
  readonly reports: readonly (readonly StepReport[])[];
}

/** Takes as many steps as fit into a turn. Each stage's time is its share of the machine's. */
async function taken(
  sharers: readonly Sharer[],
  joined: JoinedSteps,
): Promise<Taken | { readonly error: unknown }> {
  const count = sharers.length;
  const stages = sharers.map(({ runner }) => runner.options.stage);
  const steps = Math.min(...sharers.map(({ runner }) => runner.affordable(count)));
  const start = performance.now();
  const sinceStart = () => (performance.now() - start) / count;
  const compiler = compiledSteps();
  try {
    if (compiler) takeCompiled(compiler, stages, steps);
    else await joined.take(stages, steps);
    const encoded = sinceStart();
    const reports: (readonly StepReport[])[] = [];
    for (const stage of stages) reports.push(await stage.report());
    return { reports, steps: { steps, took: sinceStart(), encoded } };
  } catch (error) {
    return { error };
  }
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
