/** Experiments to begin with. Texts say what each shows and what was seen, not what one would like to see. */
export const presets = {
  small: {
    name: "Quick look",
    shows: "All four schemes on easy images: about 0.8 TFLOP, minutes without a GPU.",
    expect: "The offline student should leave plain BYOL behind; with one seed that is a hint, not a result.",
  },
  default: {
    name: "Offline against online",
    shows:
      "A student alone, with a teacher trained first, with one trained alongside, and with all seven targets.",
    expect: "A ready teacher speeds up a short training clearly. Online gains were not seen at this size.",
  },
  seeds: {
    name: "Is it luck?",
    shows: "BYOL against SimDis-Off over five seeds, with a cheaper teacher: bands and paired differences.",
    expect: "Single short runs differ by tens of points; five pairs begin to tell.",
  },
  targets: {
    name: "Which targets help?",
    shows: "The frozen teacher's two networks as targets, seen in the same and in the other view.",
    expect: "The paper found cross-view targets to matter offline. Watch the loss of each target view.",
  },
  labels: {
    name: "How far from labels?",
    shows: "The same student told the classes, beside BYOL and SimDis-Off that never see one.",
    expect: "Labels win by a wide margin at this size: an upper bound to keep in sight.",
  },
  families: {
    name: "Ways to learn without labels",
    shows:
      "Five students of one size: alone by BYOL and MoCo-v2, from a frozen teacher by SEED, CompRess and SimDis.",
    expect: "The paper that compares them finds distilled students ahead of lone ones; not measured here.",
  },
  teachers: {
    name: "What can a teacher add to labels?",
    shows:
      "The same student told the classes, and with a teacher by KD, SSLD and function matching, or with a peer.",
    expect: "On easy tasks a teacher adds little; gains that patience brings need longer runs than this.",
  },
  photographs: {
    name: "Your photographs",
    shows: "Settings for small photographs of your own, one folder per class: 32 px, gentler colours.",
    expect: "On CIFAR-10 the teacher gained one to two points in 300 steps.",
  },
};
