import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { setTimeout } from "node:timers/promises";
import { type ContenderId, isCompiled, isOurs } from "./contenders.ts";
import { type Arena, openArena, type Seat } from "./measure.ts";
import { type BenchOptions, parseOptions, usage } from "./options.ts";
import type { Peak } from "./page/peak.ts";
import { commandOf, type Growth, median, type Report, type Result, summarize } from "./results.ts";
import { asTable } from "./tables.ts";
import { torchSeat } from "./torch/torch-seat.ts";
import { growths, macsOf, type WorkloadId, workloads } from "./workloads.ts";

/** The approximate length of a contender's turn, so that a fast contender is measured over several steps. */
const turnMs = 700;
/** The longest time for all turns of a contender; a slow one gets fewer turns, but at least two. */
const contenderMs = 45_000;

/** Before every turn: threads of the contender before still wait for work for a while, each on a core. */
const restMs = 1_000;

/** Plans a contender's turns from its first turn. */
function planOf(seat: Seat, rounds: number): { readonly steps: number; readonly rounds: number } {
  const stepMs = seat.turns[0]?.msPerStep ?? turnMs;
  const steps = Math.max(1, Math.min(50, Math.round(turnMs / stepMs)));
  // A first turn of one step counts if the others also have one step.
  if (steps > 1) seat.turns.length = 0;
  const affordable = Math.ceil(contenderMs / (steps * stepMs)) - seat.turns.length;
  return { steps, rounds: Math.max(2 - seat.turns.length, Math.min(rounds, affordable)) };
}

async function seatOrFailure(
  arena: Arena,
  contender: ContenderId,
  workload: WorkloadId,
): Promise<Seat | string> {
  try {
    const described = workloads[workload];
    if (contender === "torch-cpu" && described.kind === "supervised") return await torchSeat(described);
    return await arena.seat(contender, workload);
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "failed") : String(error);
  }
}

/** Workloads that are compared are measured in turns with each other; the others are measured separately. */
function groupsOf(chosen: readonly WorkloadId[]): readonly (readonly WorkloadId[])[] {
  const related: readonly WorkloadId[] = ["W4", "W5"];
  const together = related.filter((id) => chosen.includes(id));
  if (together.length < 2) return chosen.map((id) => [id]);
  return [...chosen.filter((id) => !related.includes(id)).map((id) => [id]), together];
}

/** Runs all contenders in turns, A B A B, so that other load on the machine affects all equally. */
async function compare(
  arena: Arena,
  group: readonly WorkloadId[],
  { peers, rounds }: Pick<BenchOptions, "peers" | "rounds">,
): Promise<Result[]> {
  const results: Result[] = [];
  const seated: { readonly workload: WorkloadId; readonly seat: Seat }[] = [];
  for (const workload of group) {
    const able = workloads[workload].kind === "supervised" ? peers : peers.filter(isOurs);
    for (const contender of able) {
      console.error(`${workload}: ${contender} …`);
      const seat = await seatOrFailure(arena, contender, workload);
      if (typeof seat === "string") results.push({ workload, contender, failure: seat });
      else seated.push({ workload, seat });
    }
  }
  for (const { seat } of seated) await seat.run(1);
  const plans = seated.map(({ seat }) => ({ seat, plan: planOf(seat, rounds) }));
  for (let round = 0; round < rounds; round++) {
    for (const { seat, plan } of plans) {
      if (round >= plan.rounds) continue;
      await setTimeout(restMs);
      await seat.run(plan.steps);
    }
  }
  for (const { workload, seat } of seated) {
    const described = workloads[workload];
    const macs = seat.opened.macs ?? (described.kind === "supervised" ? macsOf(described) : 0);
    const traffic = await seat.traffic();
    const together = group.length > 1 ? { together: group } : {};
    const summary = summarize(workload, seat.contender, seat.opened, seat.turns, macs, traffic);
    results.push({ ...summary, ...together });
    await seat.close();
  }
  return results;
}

/** In a page of its own: its threads end with it. */
async function peakOf(arena: Arena): Promise<Peak> {
  const page = await arena.page();
  const peak = await page.evaluate(() => bench.peak());
  await page.close();
  return peak;
}

/** Whatever else the machine does makes a peak lower than it is. */
const higher = (known: Peak | undefined, found: Peak): Peak =>
  known && known.gflops > found.gflops ? known : found;

async function growthOfOurs(arena: Arena, rounds: number): Promise<Growth[]> {
  const grownTo: Growth[] = [];
  for (const [i, { what, value, workload }] of growths.entries()) {
    console.error(`${what} ${value} …`);
    const seat = await arena.seat("ours", i);
    await seat.run(1);
    const plan = planOf(seat, rounds);
    for (let round = 0; round < plan.rounds; round++) await seat.run(plan.steps);
    const medianMs = median(seat.turns.map(({ msPerStep }) => msPerStep));
    const macs = seat.opened.macs ?? (workload.kind === "supervised" ? macsOf(workload) : 0);
    const jsMs = median(seat.turns.map(({ jsMsPerStep }) => jsMsPerStep));
    const dispatches = seat.turns.at(-1)?.counts.dispatches ?? 0;
    grownTo.push({ what, value, medianMs, gflops: (2 * macs) / medianMs / 1e6, dispatches, jsMs });
    await seat.close();
  }
  return grownTo;
}

/** The commit of a checkout, shortened. */
const commitOf = (folder: string): string =>
  execFileSync("git", ["-C", folder, "rev-parse", "--short=8", "HEAD"], { encoding: "utf8" }).trim();

/** Measures, and reports results after every part, so that an interrupted run is not lost. */
async function measure(
  { kernels, workloads: chosen, growth, before, ...options }: BenchOptions,
  args: readonly string[],
  keep: (report: Report) => void,
): Promise<Report> {
  const arena = await openArena(undefined, before);
  try {
    const page = await arena.page();
    let report: Report = {
      command: commandOf("bench", args),
      date: new Date().toISOString().slice(0, 10),
      device: await page.evaluate(() => bench.device()),
      cores: availableParallelism(),
      ...(before !== undefined && { before: commitOf(before) }),
      browser: `Chromium ${arena.browserVersion}`,
      results: [],
      kernels: [],
      matmul: [],
      growth: [],
    };
    const add = (part: Partial<Report>) => {
      report = { ...report, ...part };
      keep(report);
    };
    if (kernels) {
      console.error("kernels …");
      add(await page.evaluate(() => bench.kernels()));
    }
    await page.close();
    for (const group of groupsOf(chosen)) {
      if (options.peers.some(isCompiled)) add({ peak: higher(report.peak, await peakOf(arena)) });
      const results = await compare(arena, group, options);
      add({ results: [...report.results, ...results] });
    }
    if (growth) add({ growth: await growthOfOurs(arena, options.rounds) });
    return report;
  } finally {
    await arena.close();
  }
}

const args = process.argv.slice(2);
let options: BenchOptions;
try {
  options = parseOptions(args);
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n${usage}`);
  process.exit(2);
}
const { json } = options;
const measured = await measure(options, args, (report) => {
  if (json) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
});
console.log(asTable(measured));
