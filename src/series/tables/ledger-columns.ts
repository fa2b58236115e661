import { formatMacs, formatPercent, significant } from "../../charts/format";
import type { Column } from "../../charts/tables/sorting";
import type { PlannedRun, PlannedStage } from "../../protocol/messages";
import { plannedMacs } from "../../store/progress";
import type { RunState } from "../../store/run-state";
import { integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { armNames } from "../arm-names";

/** One stage of an arm's run. */
export interface LedgerRow {
  readonly slot: number;
  readonly name: string;
  readonly planned: PlannedRun;
  readonly stage: PlannedStage;
}

/** Every stage of one run per arm. */
export function ledgerRows(run: RunState): readonly LedgerRow[] {
  const names = armNames(run);
  return run.armSlots.flatMap((slot, arm): LedgerRow[] => {
    const planned = run.runs.find((record) => record.planned.arm === arm)?.planned;
    const name = names[arm] ?? texts().run.arm;
    return planned?.stages.map((stage) => ({ slot, name, planned, stage })) ?? [];
  });
}

const NOTHING = "–";
const macsOf = (macs: number | undefined) => (macs === undefined ? NOTHING : formatMacs(macs));

/** @param classes number of classes, which determines the probe's cost */
export function ledgerColumns(
  rows: readonly LedgerRow[],
  classes: number | undefined,
): readonly Column<LedgerRow>[] {
  const least = Math.min(...rows.map(({ planned }) => plannedMacs(planned)));
  const words = texts().ledger;
  const macs = (
    id: string,
    label: string,
    value: (row: LedgerRow) => number | undefined,
  ): Column<LedgerRow> => ({
    id,
    label,
    value,
    text: (row) => macsOf(value(row)),
  });
  const share = (part: "forward" | "backward" | "momentum"): Column<LedgerRow> => ({
    id: `${part}_macs_per_step`,
    label: words[part],
    value: ({ stage }) => stage.work?.[part],
    text: ({ stage: { work, macsPerStep } }) =>
      work && macsPerStep > 0 ? formatPercent(work[part] / macsPerStep, 0) : NOTHING,
  });
  const parametersOf = ({ planned }: LedgerRow) =>
    planned.parameters.student + (planned.parameters.teacher ?? 0);
  return [
    { id: "arm", label: words.arm, value: ({ name }) => name, text: ({ name }) => name },
    {
      id: "stage",
      label: words.stage,
      value: ({ stage }) => stage.stage,
      text: ({ stage }) => words.stages[stage.stage],
    },
    {
      id: "steps",
      label: words.steps,
      value: ({ stage }) => stage.steps,
      text: ({ stage }) => integer(stage.steps),
    },
    macs("macs_per_step", words.perStep, ({ stage }) => stage.macsPerStep),
    share("forward"),
    share("backward"),
    share("momentum"),
    macs("probe_macs_per_step", words.probe, ({ stage: { work } }) =>
      work && classes ? work.probePerClass * classes : undefined,
    ),
    macs("stage_macs", words.stageInAll, ({ stage }) => stage.steps * stage.macsPerStep),
    macs("run_macs", words.runInAll, ({ planned }) => plannedMacs(planned)),
    {
      id: "times_cheapest",
      label: words.timesCheapest,
      value: ({ planned }) => (least > 0 ? plannedMacs(planned) / least : undefined),
      text: ({ planned }) => (least > 0 ? `× ${significant(plannedMacs(planned) / least, 3)}` : NOTHING),
    },
    macs("paper_macs_per_image", words.papers, ({ planned }) => planned.paperMacs),
    {
      id: "parameters",
      label: words.parameters,
      value: parametersOf,
      text: ({ planned: { parameters } }) =>
        parameters.teacher === undefined
          ? integer(parameters.student)
          : `${integer(parameters.student)} + ${integer(parameters.teacher)}`,
    },
  ];
}
