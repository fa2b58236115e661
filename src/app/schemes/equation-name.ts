import type { Scheme } from "../../protocol/experiment";

/** Which of the equations in equations.tex the scheme minimises, as its settings are. */
export function equationName(scheme: Scheme): string {
  switch (scheme.method) {
    case "kd":
      return scheme.scaling === "hinton" ? "kd-hinton" : "kd";
    case "funmatch": {
      const consistent = scheme.input.startsWith("consistent") || scheme.input === "functionMatching";
      const alike = consistent && !(scheme.input === "functionMatching" && scheme.mixup === "separate");
      return `funmatch${scheme.teachers > 1 ? "-ensemble" : ""}${alike ? "" : "-apart"}`;
    }
    case "ssld":
      return `ssld-${scheme.divergence}`;
    case "simdis-off":
    case "simdis-on":
      return scheme.heads === "two" ? `${scheme.method}-two` : scheme.method;
    case "moco":
      return scheme.symmetric ? "moco-symmetric" : "moco";
    case "compress":
      return `compress-${scheme.queues}`;
    case "s2bnn":
      return `s2bnn-${scheme.strategy}`;
    default:
      return scheme.method;
  }
}

/** What the letters of an equation mean, in the order of its reading; the texts say it. */
export function notationOf(scheme: Scheme): readonly Notation[] {
  switch (scheme.method) {
    case "supervised":
      return ["y"];
    case "kd":
      return ["y", "H", "D", "softened"];
    case "dml":
      return ["y", "H", "D", "sg", "members"];
    case "funmatch":
      return ["softened", "D", ...(equationName(scheme).endsWith("apart") ? (["inputs"] as const) : [])];
    case "ssld":
      return scheme.divergence === "CEsoft" ? ["H"] : ["D"];
    case "detection":
      return ["boxes"];
    case "byol":
      return ["z", "q", "n", "sg"];
    case "simdis-off":
    case "simdis-on":
      return ["V", "t", scheme.heads === "two" ? "twoHeads" : "heads", "n", "sg"];
    case "moco":
      return ["keys"];
    case "seed":
      return ["H", "embeddings", "C"];
    case "compress":
      return ["D", "embeddings", scheme.queues === "two" ? "twoQueues" : "oneQueue"];
    case "dino":
      return ["H", "globals", "centre"];
    case "s2bnn":
      if (scheme.strategy === "contrast") return ["keys"];
      return ["H", "channels", ...(scheme.strategy === "both" ? (["keys"] as const) : [])];
    default:
      return scheme satisfies never;
  }
}

export type Notation =
  | "y"
  | "H"
  | "D"
  | "softened"
  | "sg"
  | "members"
  | "inputs"
  | "boxes"
  | "z"
  | "q"
  | "n"
  | "V"
  | "t"
  | "heads"
  | "twoHeads"
  | "keys"
  | "embeddings"
  | "C"
  | "twoQueues"
  | "oneQueue"
  | "globals"
  | "centre"
  | "channels";
