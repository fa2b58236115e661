import type { Scheme } from "../../protocol/experiment";
import { methods } from "../../protocol/methods";
import { texts } from "../../texts/texts";

/** One of those that the student learns from, where these are not SimDis's target views. */
export interface Source {
  readonly name: string;
  /** What of it the student is drawn to. */
  readonly gives: string;
  readonly kind: "labels" | "teacher" | "copy" | "memory" | "peer";
  /** Trained before, and moved no more. */
  readonly frozen: boolean;
}

const words = () => texts().schemes.sources;
const labels = (gives = words().class): Source => ({
  name: words().labels,
  gives,
  kind: "labels",
  frozen: false,
});
const frozenTeacher = (gives: string): Source => ({ name: "T", gives, kind: "teacher", frozen: true });
const copy = (gives: string): Source => ({ name: "Ŝ", gives, kind: "copy", frozen: false });
const queue = (gives: string): Source => ({ name: words().queue, gives, kind: "memory", frozen: false });

/** Who teaches the student. */
export function sourcesOf(scheme: Scheme): readonly Source[] {
  switch (scheme.method) {
    case "supervised":
      return [labels()];
    case "kd":
      return [
        labels(words().weight(round(1 - scheme.alpha))),
        frozenTeacher(words().softened(scheme.temperature, round(scheme.alpha))),
      ];
    case "dml":
      return [
        labels(),
        {
          name: scheme.members > 2 ? words().peers(scheme.members - 1) : words().peer,
          gives: words().bothWays,
          kind: "peer",
          frozen: false,
        },
      ];
    case "funmatch":
      return [frozenTeacher(words().samePixels)];
    case "ssld":
      return [frozenTeacher(words().probabilities)];
    case "detection":
      return [labels(words().boxes)];
    case "moco":
      return [copy(words().findOtherView), queue(words().notThese)];
    case "seed":
      return [frozenTeacher(words().similarities), queue(words().bothCompare)];
    case "compress":
      return [frozenTeacher(words().similarities), queue(words().bothCompare)];
    case "dino":
      return [copy(words().centred)];
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
  const contrast = [copy(words().findOtherView), queue(words().notThese)];
  const taught: Source = {
    name: "T",
    gives: words().embedding,
    kind: "teacher",
    frozen: teacherTiming === "offline",
  };
  if (strategy === "contrast") return contrast;
  return strategy === "distillation" ? [taught] : [taught, ...contrast];
}

function usualSources({ method }: Scheme): readonly Source[] {
  const { stages, needsLabels } = methods[method];
  const [first] = stages;
  if (first === "teacher") return [frozenTeacher(words().whatItMakes)];
  if (first === "student") return needsLabels ? [labels()] : [copy(words().slowCopy)];
  return [{ name: "T", gives: words().alongside, kind: "teacher", frozen: false }];
}

const round = (value: number) => Number(value.toFixed(3));
