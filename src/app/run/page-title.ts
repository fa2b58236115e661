import { useEffect } from "react";
import type { Experiment } from "../../protocol/experiment";
import { openingExperiment } from "../../protocol/presets";
import type { AppState } from "../../store/app-store";
import { overallProgress } from "../../store/progress";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";

const SHOWN_ARMS = 3;

/** "BYOL vs SimDis-Off and 2 more": tabs, bookmarks and link previews show only short titles. */
export function armsInTitle({ arms }: Pick<Experiment, "arms">): string {
  const { against, andMore } = texts().page.titles;
  const names = arms.map(({ name }) => name);
  // "… and 1 more" would be longer than the name.
  const shown = names.length > SHOWN_ARMS + 1 ? names.slice(0, SHOWN_ARMS) : names;
  const joined = shown.join(` ${against} `);
  return names.length > shown.length ? andMore(joined, names.length - shown.length) : joined;
}

const usual = JSON.stringify(openingExperiment().arms);
const isUsual = ({ arms }: Experiment) => JSON.stringify(arms) === usual;

/** Status and arms; while no experiment has been chosen, the page's name. */
export function titleOf({
  run,
  experiment,
  recorded,
}: Pick<AppState, "run" | "experiment" | "recorded">): string {
  const percent = Math.floor(100 * overallProgress(run.runs).share);
  const { titles, title } = texts().page;
  const arms = armsInTitle(run.experiment ?? experiment);
  switch (run.status) {
    case "training":
      return titles.training(percent, arms);
    case "paused":
      return titles.paused(percent, arms);
    case "finished":
    case "stopped":
      return titles.finished(arms);
    case "failed":
      return titles.failed(arms);
    default:
      return isUsual(experiment) && !recorded ? title : titles.idle(arms);
  }
}

/** Shows progress in the title of a background tab. */
export function usePageTitle(): void {
  const title = useApp(titleOf);
  useEffect(() => {
    document.title = title;
  }, [title]);
}
