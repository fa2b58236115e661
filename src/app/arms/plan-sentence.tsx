import { formatMacs } from "../../charts/format";
import { plannedMacs } from "../../store/progress";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";

/** "4 arms × 1 seed: 2,000 steps, 9.41 TMAC." */
export function PlanSentence() {
  const arms = useApp((state) => state.experiment.arms.length);
  const seeds = useApp((state) => state.experiment.seeds.length);
  const plan = useApp((state) => state.plan);
  const words = texts().arms;
  const head = words.plan(arms, seeds);
  if (!plan) return <PlanLine>{head}</PlanLine>;
  const steps = plan.reduce(
    (sum, { stages }) => sum + stages.reduce((all, stage) => all + stage.steps, 0),
    0,
  );
  const macs = plan.reduce((sum, run) => sum + plannedMacs(run), 0);
  return <PlanLine>{words.planCosts(head, steps, formatMacs(macs))}</PlanLine>;
}

/** Keeps the final height from the start, before the costs are known. */
const PlanLine = ({ children }: { children: string }) => <span className="plan-line">{children}</span>;
