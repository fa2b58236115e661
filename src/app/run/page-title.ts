import { useEffect } from "react";
import type { AppState } from "../../store/app-store";
import { overallProgress } from "../../store/progress";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";

function titleOf({ run }: AppState): string {
  const percent = Math.floor(100 * overallProgress(run.runs).share);
  const { titles, title } = texts().page;
  switch (run.status) {
    case "training":
      return titles.training(percent);
    case "paused":
      return titles.paused(percent);
    case "finished":
      return titles.finished;
    case "failed":
      return titles.failed;
    default:
      return title;
  }
}

/** So that a tab in the background says how far it is. */
export function usePageTitle(): void {
  const title = useApp(titleOf);
  useEffect(() => {
    document.title = title;
  }, [title]);
}
