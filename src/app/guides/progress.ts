import { useState } from "react";
import type { GuideStep, Prediction } from "../../protocol/guides/guide";
import { optionsOf } from "../../protocol/guides/guide";

/** Where the visitor is in the guided experiments; kept in the browser, so that a reload changes nothing. */
export interface GuideProgress {
  /** The guide that is open. */
  readonly guide?: string;
  /** The step that is shown, by guide. */
  readonly steps: Readonly<Record<string, number>>;
  /** Predictions by guide and step, as "guide/step": their results have been shown. */
  readonly predictions: Readonly<Record<string, string>>;
}

const KEY = "retort.guides";
const nothing: GuideProgress = { steps: {}, predictions: {} };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Of what was written by another version, or by another page of this address, only what fits is used. */
export function parseProgress(text: string | null): GuideProgress {
  try {
    const found: unknown = JSON.parse(text ?? "{}");
    if (!isRecord(found)) return nothing;
    const only = <Value>(values: unknown, fits: (value: unknown) => value is Value) =>
      Object.fromEntries(
        Object.entries(isRecord(values) ? values : {}).filter((entry): entry is [string, Value] =>
          fits(entry[1]),
        ),
      );
    const { guide } = found;
    return {
      ...(typeof guide === "string" && { guide }),
      steps: only(
        found["steps"],
        (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0,
      ) as Record<string, number>,
      predictions: only(found["predictions"], (value): value is string => typeof value === "string"),
    };
  } catch {
    return nothing;
  }
}

function stored(): GuideProgress {
  try {
    return parseProgress(localStorage.getItem(KEY));
  } catch {
    return nothing;
  }
}

export function useProgress(): readonly [GuideProgress, (change: Partial<GuideProgress>) => void] {
  const [progress, setProgress] = useState(stored);
  const change = (changes: Partial<GuideProgress>) => {
    const next = { ...progress, ...changes };
    setProgress(next);
    try {
      localStorage.setItem(KEY, JSON.stringify(next));
    } catch {
      // It lasts until the page is closed.
    }
  };
  return [progress, change];
}

const keyOf = (guide: string, { id }: Pick<GuideStep, "id">) => `${guide}/${id}`;

/** The visitor's prediction, if the step still has it among its options. */
export function predictionOf(
  { predictions }: GuideProgress,
  guide: string,
  step: GuideStep,
): Prediction | undefined {
  const chosen = predictions[keyOf(guide, step)];
  return optionsOf(step.question).find((option) => option === chosen);
}

export const withPrediction = (
  { predictions }: GuideProgress,
  guide: string,
  step: Pick<GuideStep, "id">,
  prediction: Prediction,
): Pick<GuideProgress, "predictions"> => ({
  predictions: { ...predictions, [keyOf(guide, step)]: prediction },
});

/** Without everything about one guide. */
export const forgotten = (
  { predictions, steps }: GuideProgress,
  guide: string,
): Pick<GuideProgress, "predictions" | "steps"> => ({
  steps: { ...steps, [guide]: 0 },
  predictions: Object.fromEntries(
    Object.entries(predictions).filter(([key]) => !key.startsWith(`${guide}/`)),
  ),
});
