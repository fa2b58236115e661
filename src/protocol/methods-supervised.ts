import type { MethodDescription } from "./method-description";

/** Schemes whose teacher or student learns from labels. */

export const supervisedMethods = {
  supervised: {
    name: "Supervised",
    summary:
      "The student learns from labels alone: what the same network can do when it is told the classes.",
    caveats: [],
    stages: ["student"],
    needsLabels: true,
  },
  kd: {
    name: "Knowledge distillation",
    summary:
      "A supervised teacher is trained first; the student learns from the labels and from its softened outputs.",
    paper: {
      title: "Distilling the Knowledge in a Neural Network",
      authors: "Hinton, Vinyals, Dean",
      year: 2015,
      arxiv: "1503.02531",
    },
    caveats: [
      "The article gives no temperature and no factor τ²; Hinton's paper multiplies by τ². Both forms can be chosen.",
      "The article's best figure on Fashion-MNIST, 89.5 %, is well below what public convolutional networks reach: gains are over a low start.",
      "Ten classes say little beyond the label: gains are small, and a teacher that knows its training images by heart teaches one-hot targets.",
    ],
    stages: ["teacher", "student"],
    needsLabels: true,
  },
  dml: {
    name: "Deep mutual learning",
    summary:
      "Several untrained networks learn from the labels and from each other's outputs; there is no teacher.",
    paper: {
      title: "Deep Mutual Learning",
      authors: "Zhang et al.",
      year: 2018,
      arxiv: "1706.00384",
    },
    caveats: [
      "The same loss is H(y, pⁱ) + H(p̄, pⁱ) − mean H(pʲ): a member learns from its peers' mean, and their own entropy has no gradient.",
      "How many members the article had is not said; two are assumed. “Initialised identically” must mean the same across methods: members that start alike would stay alike.",
      "The published code updates one network after the other on different batches; the paper's algorithm does so on the same one.",
      "With Adam at a constant rate of 0.01 members are reported to crash to chance. The run goes on, and says when it happened.",
    ],
    stages: ["student"],
    needsLabels: true,
  },
  funmatch: {
    name: "Function matching",
    summary:
      "The student matches a frozen teacher as a function: on the same distorted images, without labels, with patience.",
    paper: {
      title: "Knowledge distillation: A good teacher is patient and consistent",
      authors: "Beyer et al.",
      year: 2022,
      arxiv: "2106.05237",
    },
    caveats: [
      "A summary of the article says that mixup is applied twice, separately; its code applies it once, to both. Default: once.",
      "Gains over merely consistent inputs show in long runs only.",
      "The article's teachers have group norm; how a teacher's batch norm should behave is not said there.",
    ],
    stages: ["teacher", "student"],
    needsLabels: true,
  },
  ssld: {
    name: "SSLD",
    summary: "The student imitates a frozen supervised teacher's probabilities and sees no label itself.",
    paper: {
      title:
        "Beyond Self-Supervision: A Simple Yet Effective Network Distillation Alternative to Improve Backbones",
      authors: "Cui et al.",
      year: 2021,
      arxiv: "2103.05959",
    },
    caveats: [
      "What the published code calls JS is half of Jeffreys' divergence, which has no upper bound; the Jensen–Shannon divergence is another one. Both can be chosen.",
      "With a frozen teacher KL and soft cross-entropy have the same gradient: a gain of one over the other can only be chance.",
      "The document's table of the teacher's batch norm has no row labels; which figure belongs to which mode is taken from its text.",
      "For the fix strategy the document says images 1.15 times as large, but its own run went from 224 to 320 pixels, 1.43 times.",
      "One of its sentences has small and large the wrong way round: it is the large network that teaches.",
    ],
    stages: ["teacher", "student"],
    needsLabels: true,
  },
  detection: {
    name: "Detection",
    summary:
      "A use of an encoder: one to three images are pasted onto a canvas twice as large, and are to be found and named. Start it from a distilled encoder and compare.",
    paper: {
      title: "Objects as Points",
      authors: "Zhou, Wang, Krähenbühl",
      year: 2019,
      arxiv: "1904.07850",
    },
    caveats: [
      "A stand-in for SSLD's detection on COCO (34.8, 34.3 and 36.3 mAP), far smaller and easier: nothing of its figures can be compared.",
      "Items are squares that do not overlap, on noise; the head stands on the encoder's last stage alone.",
      "Canvases are made of training images, at most 2,000 of them, and are not augmented.",
    ],
    stages: ["student"],
    needsLabels: true,
  },
} as const satisfies Record<string, MethodDescription>;
