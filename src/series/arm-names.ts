import type { RunState } from "../store/run-state";

/** The arms' names at the time training started. */
export const armNames = ({ experiment }: RunState): readonly string[] =>
  experiment?.arms.map(({ name }) => name) ?? [];
