import type { Scheme } from "../../protocol/experiment";
import { methods } from "../../protocol/methods";

/** One of those that the student learns from, where these are not SimDis's target views. */
export interface Source {
  readonly name: string;
  /** What of it the student is drawn to. */
  readonly gives: string;
  readonly kind: "labels" | "teacher" | "copy" | "memory" | "peer";
  /** Trained before, and moved no more. */
  readonly frozen: boolean;
}

const labels = (gives = "the image's class"): Source => ({
  name: "labels",
  gives,
  kind: "labels",
  frozen: false,
});
const frozenTeacher = (gives: string): Source => ({ name: "T", gives, kind: "teacher", frozen: true });
const copy = (gives: string): Source => ({ name: "Ŝ", gives, kind: "copy", frozen: false });
const queue = (gives: string): Source => ({ name: "queue", gives, kind: "memory", frozen: false });

/** Who teaches the student. */
export function sourcesOf(scheme: Scheme): readonly Source[] {
  switch (scheme.method) {
    case "supervised":
      return [labels()];
    case "kd":
      return [
        labels(`weight ${round(1 - scheme.alpha)}`),
        frozenTeacher(`p at τ = ${scheme.temperature}, × ${round(scheme.alpha)}`),
      ];
    case "dml":
      return [
        labels(),
        {
          name: scheme.members > 2 ? `${scheme.members - 1} peers` : "peer",
          gives: "probabilities, both ways",
          kind: "peer",
          frozen: false,
        },
      ];
    case "funmatch":
      return [frozenTeacher("p of the same pixels")];
    case "ssld":
      return [frozenTeacher("its probabilities")];
    case "moco":
      return [copy("the other view: find it"), queue("earlier images: not these")];
    case "seed":
      return [frozenTeacher("its similarities"), queue("what both compare with")];
    case "compress":
      return [frozenTeacher("its similarities"), queue("what both compare with")];
    case "dino":
      return [copy("its centred, sharp outputs")];
    case "s2bnn":
      return binarySources(scheme);
    default:
      return usualSources(scheme);
  }
}

/** Contrast, distillation, or both. */
function binarySources({
  strategy,
  teacherTiming,
}: Extract<Scheme, { readonly method: "s2bnn" }>): readonly Source[] {
  const contrast = [copy("the other view: find it"), queue("earlier images: not these")];
  const taught: Source = {
    name: "T",
    gives: "its embedding",
    kind: "teacher",
    frozen: teacherTiming === "offline",
  };
  if (strategy === "contrast") return contrast;
  return strategy === "distillation" ? [taught] : [taught, ...contrast];
}

function usualSources({ method }: Scheme): readonly Source[] {
  const { stages, needsLabels } = methods[method];
  const [first] = stages;
  if (first === "teacher") return [frozenTeacher("what it makes of it")];
  if (first === "student") return needsLabels ? [labels()] : [copy("its slow copy's outputs")];
  return [{ name: "T", gives: "learns alongside", kind: "teacher", frozen: false }];
}

const round = (value: number) => Number(value.toFixed(3));
