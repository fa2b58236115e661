import type { Knob } from "./knobs";

/** Settings of an arm's optimiser beside its rates, momentum and weight decay, as data for schema and page. */
export const optimiserKnobs = {
  kind: {
    kind: "choice",
    options: ["sgd", "lars", "adam", "adamw", "shampoo"],
    default: "sgd",
    optionLabels: {
      sgd: "SGD",
      lars: "LARS",
      adam: "Adam",
      adamw: "AdamW",
      shampoo: "Shampoo",
    },
    label: "Optimiser",
    help: "SGD with momentum is the most forgiving here. LARS scales each layer's rate by its norms. Adam and AdamW want rates of about a thousandth; AdamW's weight decay stands beside the step. Shampoo evens out a layer's directions, as long as AdamW's step.",
  },
  larsRule: {
    kind: "choice",
    options: ["simdis", "solo"],
    default: "simdis",
    optionLabels: { simdis: "SimDis", solo: "Solo" },
    label: "LARS rule",
    help: "SimDis: no scaling for biases and batch norm, weight decay stays. Solo: neither scaling nor decay, and the local rate is clipped.",
  },
  nesterov: {
    kind: "toggle",
    default: false,
    label: "Nesterov's momentum",
    help: "With SGD: the step looks ahead along the momentum.",
  },
  decayed: {
    kind: "choice",
    options: ["all", "weights"],
    default: "all",
    optionLabels: { all: "Everything", weights: "Weights alone" },
    label: "Weight decay on",
    help: "Everything, as most papers here have it, or all but biases and batch norm's scales and shifts.",
  },
  clip: {
    kind: "choice",
    options: ["none", "global", "each"],
    default: "none",
    optionLabels: { none: "Not at all", global: "All together", each: "Each parameter by itself" },
    label: "Clip gradients",
    help: "Shortens gradients that are longer than the limit: all of a network's together, as function matching does at 1, or each parameter's by itself, as DINO does at 3.",
  },
  clipNorm: {
    kind: "real",
    min: 0.001,
    max: 1_000,
    default: 1,
    step: 0.5,
    label: "Longest gradient",
    help: "The limit of clipping.",
  },
} as const satisfies Readonly<Record<string, Knob>>;

/** How the learning rate goes over a stage. */
export const scheduleKnobs = {
  schedule: {
    kind: "choice",
    options: ["cosine", "oneCycle", "linear", "step", "constant"],
    default: "cosine",
    optionLabels: {
      cosine: "Warm-up, then cosine to zero",
      oneCycle: "One cycle",
      linear: "Linear to zero, epoch by epoch",
      step: "A tenth after 60 % and 80 %",
      constant: "Constant",
    },
    label: "Schedule",
    help: "One cycle rises to the peak at the end of the warm-up and falls far below its start. Linear is what S2-BNN's code does under the name of cosine. Constant is the setting under which mutual learning was seen to crash.",
  },
} as const satisfies Readonly<Record<string, Knob>>;
