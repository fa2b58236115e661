import { useState } from "react";
import { type FieldPath, valueAt } from "../../protocol/field-path";
import { useActions, useApp } from "../app-context";
import { refusalText } from "./refusal";

export interface Setting {
  readonly value: unknown;
  /** Why the last input was invalid. */
  readonly problem: string | undefined;
  /** Changes the setting, or stores why it cannot be changed. */
  readonly take: (input: unknown) => void;
  readonly forget: () => void;
}

/** One setting of the experiment, with the error of the last input. The experiment itself stays valid. */
export function useSetting(path: FieldPath): Setting {
  const value = useApp((state) => valueAt(state.experiment, path));
  const { set } = useActions();
  const [problem, setProblem] = useState<string>();
  const take = (input: unknown) => {
    setProblem(refusalText(set(path, input)));
  };
  return { value, problem, take, forget: () => setProblem(undefined) };
}
