import type { Scheme } from "../../protocol/experiment";
import { methods } from "../../protocol/methods";

/** One of those that the student learns from, where these are not SimDis's target views. */
export interface Source {
  readonly name: string;
  /** What of it the student is drawn to. */
  readonly gives: string;
  readonly kind: "labels" | "teacher" | "copy" | "memory";
  readonly frozen: boolean;
}

const labels = (gives: string): Source => ({ name: "labels", gives, kind: "labels", frozen: true });
const frozenTeacher = (gives: string): Source => ({ name: "T", gives, kind: "teacher", frozen: true });

/** Who teaches the student. */
export function sourcesOf(scheme: Scheme): readonly Source[] {
  switch (scheme.method) {
    case "supervised":
      return [labels("the class of the image")];
    case "kd":
      return [
        labels(`the class, weight ${round(1 - scheme.alpha)}`),
        frozenTeacher(`p at τ = ${scheme.temperature}, weight ${round(scheme.alpha)}`),
      ];
    case "ssld":
      return [frozenTeacher("its probabilities")];
    default:
      return usualSources(scheme);
  }
}

function usualSources({ method }: Scheme): readonly Source[] {
  const { stages, needsLabels } = methods[method];
  const [first] = stages;
  const fromLabels = needsLabels ? [labels("the class of the image")] : [];
  if (first === "teacher") return [...fromLabels, frozenTeacher("what it makes of the image")];
  const copy: Source = { name: "Ŝ", gives: "its own slow copy", kind: "copy", frozen: false };
  if (first === "student") return needsLabels ? fromLabels : [copy];
  return [...fromLabels, { name: "T", gives: "learns alongside", kind: "teacher", frozen: false }];
}

const round = (value: number) => Number(value.toFixed(3));
