import { type Arrangement, arrangedSlots } from "../../store/arrangement";
import type { RunState } from "../../store/run-state";
import { texts } from "../../texts/texts";
import { armNames } from "../arm-names";
import { runsOfSlot } from "../runs-of-slot";

/** An arm's validation accuracy at one learning rate of the linear probe. */
export interface ProbeRateCell {
  readonly learningRate: number;
  /** On validation images, mean over seeds. */
  readonly accuracy: number;
  /** In [0, 1], from the worst to the best value of any arm. */
  readonly share: number;
  readonly isBest: boolean;
}

export interface ProbeRateRow {
  readonly slot: number;
  readonly name: string;
  /** Number of evaluated seeds. */
  readonly seeds: number;
  readonly cells: readonly ProbeRateCell[];
}

type Shown = Pick<Arrangement, "order" | "pinnedSlots">;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Arms with a final linear evaluation, with every rate tried, in ascending order. */
export function probeRateRows(run: RunState, arrangement: Shown): readonly ProbeRateRow[] {
  const names = armNames(run);
  const evaluated = arrangedSlots(run.armSlots, arrangement).flatMap((slot) => {
    const sweeps = runsOfSlot(run, slot).flatMap(({ final }) =>
      final?.linearSweep ? [final.linearSweep] : [],
    );
    const [first] = sweeps;
    if (!first) return [];
    const rates = first.map(({ learningRate }) => learningRate).sort((a, b) => a - b);
    const figures = rates.map((rate) => {
      const found = sweeps.flatMap((sweep) => sweep.filter(({ learningRate }) => learningRate === rate));
      return { learningRate: rate, accuracy: mean(found.map(({ validationTop1 }) => validationTop1)) };
    });
    return [{ slot, seeds: sweeps.length, figures }];
  });
  const all = evaluated.flatMap(({ figures }) => figures.map(({ accuracy }) => accuracy));
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return evaluated.map(({ slot, seeds, figures }) => {
    const best = Math.max(...figures.map(({ accuracy }) => accuracy));
    return {
      slot,
      seeds,
      name: names[run.armSlots.indexOf(slot)] ?? texts().run.arm,
      cells: figures.map(({ learningRate, accuracy }) => ({
        learningRate,
        accuracy,
        share: most > least ? (accuracy - least) / (most - least) : 1,
        isBest: accuracy === best,
      })),
    };
  });
}
