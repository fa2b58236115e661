import type { RunState } from "../store/run-state";

/** The arms' names as they were when training started. */
export const armNames = ({ experiment }: RunState): readonly string[] =>
  experiment?.arms.map(({ name }) => name) ?? [];
