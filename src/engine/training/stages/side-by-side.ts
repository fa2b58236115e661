import type { MetricRow } from "../../../protocol/metrics/metrics";
import { compiledSteps } from "../../compiled/in-use";
import type { CompiledStep, Provided, StepCompiler } from "../../compiled/step-compiler";
import type { JoinedSteps } from "./joined-steps";
import type { StepReport } from "./stage";
import { type RunnerEvents, type StageRunner, type TakenSteps, turnMs } from "./stage-runner";

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
 * Takes steps of several stages at the same time, each on its share of the threads, for a turn or until one of them is to be
 * evaluated. No number depends on it.
 * @returns how many of each
 */
function takeCompiled(compiler: StepCompiler, sharers: readonly Sharer[]): readonly number[] {
  const steps = sharers.map(() => 0);
  const laneOf = ({ runner }: Sharer, at: number) => {
    const limit = runner.untilEvaluation;
    return (): Provided | undefined => {
      const taken = steps[at] as number;
      const { apart } = runner.options.stage;
      if (taken === limit || !apart?.step) return undefined;
      return {
        step: apart.step,
        provide: apart.provide,
        taken: () => {
          apart.taken();
          steps[at] = taken + 1;
        },
      };
    };
  };
  const lanes = sharers.map((sharer, at) => ({ lane: laneOf(sharer, at), ms: sharer.runner.msPerStep ?? 0 }));
  const shortestFirst = lanes.toSorted((a, b) => a.ms - b.ms);
  compiler.runSideBySide(
    shortestFirst.map(({ lane }) => lane),
    turnMs,
  );
  return steps;
}

/** Those that can take steps beside each other: not if one's step overwrites what another one's knows. */
function together(sharers: readonly Sharer[]): readonly Sharer[] {
  const compiler = compiledSteps();
  const steps: CompiledStep[] = [];
  return sharers.filter(({ runner }) => {
    const { apart } = runner.options.stage;
    if (!compiler || !apart) return apart !== undefined;
    const { step } = apart;
    if (!step || !steps.every((other) => compiler.areApart(step, other))) return false;
    steps.push(step);
    return true;
  });
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
  const sharing = together(sound);
  const share = sharing.length > 1 ? await taken(sharing, joined) : undefined;
  const ended = await inTurn(sound, async (sharer) => {
    const { runner, events } = sharer;
    const at = sharing.indexOf(sharer);
    if (!share || at < 0) return runner.turn(events);
    if ("error" in share) throw share.error;
    const { reports, steps } = share[at] as Taken;
    return steps.steps === 0 ? [] : runner.end(events, reports, steps);
  });
  const after = new Map(sound.map((sharer, at) => [sharer, ended[at]]));
  return sharers.map((sharer, at) => {
    const [first, last] = [begun[at] as TurnOutcome, after.get(sharer)];
    return "rows" in first && last && "rows" in last
      ? { rows: [...first.rows, ...last.rows] }
      : (last ?? first);
  });
}

/** What a stage took. */
interface Taken {
  readonly steps: TakenSteps;
  readonly reports: readonly StepReport[];
}

/** Takes as many steps as fit into a turn. Each stage's time is its share of the machine's. */
async function taken(
  sharers: readonly Sharer[],
  joined: JoinedSteps,
): Promise<readonly Taken[] | { readonly error: unknown }> {
  const count = sharers.length;
  const stages = sharers.map(({ runner }) => runner.options.stage);
  const start = performance.now();
  const sinceStart = () => (performance.now() - start) / count;
  const compiler = compiledSteps();
  try {
    let steps: readonly number[];
    if (compiler) steps = takeCompiled(compiler, sharers);
    else {
      const each = Math.min(...sharers.map(({ runner }) => runner.affordable(count)));
      await joined.take(stages, each);
      steps = stages.map(() => each);
    }
    const encoded = sinceStart();
    const reports: (readonly StepReport[])[] = [];
    for (const stage of stages) reports.push(await stage.report());
    const took = sinceStart();
    return stages.map((_, at) => ({
      reports: reports[at] ?? [],
      steps: { steps: steps[at] as number, took, encoded },
    }));
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
