import type { Scheme } from "../../protocol/experiment";
import { texts } from "../../texts/texts";

/** One network, or another source, with what of it goes into the student's loss. */
export interface Lane {
  readonly name: string;
  readonly kind: "student" | "copy" | "teacher" | "peer" | "labels" | "memory";
  /** What it is shown; other sources are shown nothing. */
  readonly sees?: string;
  /** What of it the loss is made of; without it, it only feeds the next lane. */
  readonly gives?: string;
  /** Trained before, and moved no more. */
  readonly frozen?: boolean;
  /** What the lane above does to this one: moves it slowly, or adds its embeddings. */
  readonly fromAbove?: "ema" | "enqueue";
  /** The same from the lane below. */
  readonly fromBelow?: "enqueue";
}

const words = () => texts().schemes.sources;
const round = (value: number) => Number(value.toFixed(3));

const student = (sees: string, gives: string): Lane => ({ name: "S", kind: "student", sees, gives });
const copy = (sees: string, gives?: string): Lane => ({
  name: "Ŝ",
  kind: "copy",
  sees,
  ...(gives !== undefined && { gives }),
  fromAbove: "ema",
});
const teacher = (sees: string, gives: string, frozen = true): Lane => ({
  name: "T",
  kind: "teacher",
  sees,
  gives,
  frozen,
});
const labels = (gives: string): Lane => ({ name: words().labels, kind: "labels", gives });
const queue = (gives: string, from: Pick<Lane, "fromAbove" | "fromBelow">): Lane => ({
  name: words().queue,
  kind: "memory",
  gives,
  ...from,
});

/** What the student's loss is made of, top to bottom; a queue stands beside the network that fills it. */
export function lanesOf(scheme: Scheme): readonly Lane[] {
  switch (scheme.method) {
    case "supervised":
      return [student("v", "p"), labels(words().class)];
    case "kd":
      return [
        student("v", words().softenedToo(scheme.temperature)),
        teacher("v", words().softened(scheme.temperature, round(scheme.alpha))),
        labels(words().weight(round(1 - scheme.alpha))),
      ];
    case "dml":
      return [student("v", "p¹"), ...peersOf(scheme.members), labels(words().classForAll)];
    case "funmatch":
      return functionMatching(scheme);
    case "ssld":
      return [student("v", "p"), teacher("v", words().probabilities)];
    case "detection":
      return [student("▦", words().heatAndSides), labels(words().boxes)];
    case "moco":
      return contrast();
    case "seed":
      return [
        student("v", words().similarities),
        teacher("v", words().similarities),
        queue(words().bothCompare, { fromAbove: "enqueue" }),
      ];
    case "compress":
      return compressed(scheme);
    case "dino":
      return [student(words().allViews, words().ofOtherViews), copy("v, v′", words().centred)];
    case "s2bnn":
      return binary(scheme);
    default:
      return [student("v", words().prediction), copy("v′", words().slowCopy)];
  }
}

function peersOf(members: number): readonly Lane[] {
  return Array.from({ length: members - 1 }, (_, at) => ({
    name: `S${"₂₃₄"[at] ?? ""}`,
    kind: "peer",
    sees: "v",
    gives: words().bothWays(`p${"²³⁴"[at] ?? ""}`),
  }));
}

const contrast = (): readonly Lane[] => [
  student("v", words().query),
  copy("v′", words().findOtherView),
  queue(words().notThese, { fromAbove: "enqueue" }),
];

type Of<Method extends Scheme["method"]> = Extract<Scheme, { readonly method: Method }>;

function functionMatching({ input, mixup, teachers, temperature }: Of<"funmatch">): readonly Lane[] {
  const whole = input === "fixedResize" || input === "fixedCentre" || input === "fixedMultiCrop";
  const apart = whole || input === "independent" || (input === "functionMatching" && mixup === "separate");
  const seen = whole ? words().fixedCrop : apart ? "x_T" : "x";
  const softened = words().softenedToo(temperature);
  return [
    student(apart ? "x_S" : "x", softened),
    ...Array.from({ length: teachers }, (_, at): Lane => {
      const lane = teacher(seen, apart ? softened : words().samePixels);
      return teachers > 1 ? { ...lane, name: `T${"₁₂₃"[at] ?? ""}` } : lane;
    }),
  ];
}

function compressed({ queues, studentQueue }: Of<"compress">): readonly Lane[] {
  const taught = teacher("v", words().similarities);
  const own = student("v", words().similarities);
  if (queues === "one") {
    return [own, queue("Q_T", { fromBelow: "enqueue" }), taught];
  }
  const both = queue("Q_S, Q_T", { fromAbove: "enqueue", fromBelow: "enqueue" });
  return studentQueue === "momentum" ? [own, copy("v"), both, taught] : [own, both, taught];
}

/** Contrast, distillation, or both. */
function binary({ strategy, teacherTiming }: Of<"s2bnn">): readonly Lane[] {
  if (strategy === "contrast") return contrast();
  const taught = teacher("v", words().embedding, teacherTiming === "offline");
  return strategy === "distillation" ? [student("v", words().embedding), taught] : [...contrast(), taught];
}
