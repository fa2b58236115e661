import { useEffect } from "react";
import type { AppState } from "../../store/app-store";
import { overallProgress } from "../../store/progress";
import { useApp } from "../app-context";

const PLAIN = "Retort — knowledge distillation in your browser";

function titleOf({ run }: AppState): string {
  const percent = Math.floor(100 * overallProgress(run.runs).share);
  switch (run.status) {
    case "training":
      return `${percent} % · Retort`;
    case "paused":
      return `Paused at ${percent} % · Retort`;
    case "finished":
      return "Finished · Retort";
    case "failed":
      return "Failed · Retort";
    default:
      return PLAIN;
  }
}

/** So that a tab in the background says how far it is. */
export function usePageTitle(): void {
  const title = useApp(titleOf);
  useEffect(() => {
    document.title = title;
  }, [title]);
}
