/** Experiments to start from. Texts state what each shows and what was observed. */
export const presets = {
  small: {
    name: "Quick look",
    shows: "All four schemes on easy images: about 0.8 TFLOP, a minute without a GPU.",
    expect: "The paper has the offline student ahead of BYOL; one seed is a hint, not a result.",
  },
  default: {
    name: "Offline versus online",
    shows:
      "A student alone, with a teacher trained first, with one trained alongside, and with all seven targets.",
    expect:
      "Every student ends far above its untrained self. Which is ahead differs from seed to seed: recorded studies have five or more.",
  },
  seeds: {
    name: "Is it luck?",
    shows: "SimDis offline against online over five seeds: bands and paired differences. About 19 TFLOP.",
    expect: "Single short runs differ by tens of points. Five pairs tell more, not everything.",
  },
  noise: {
    name: "A teacher against wrong labels",
    shows:
      "Labels alone against KD, where more than half of the training labels are wrong. Five seeds, about 3 TFLOP.",
    expect:
      "The student with a teacher ends higher, though its teacher learned from the same labels: recorded over five seeds.",
  },
  targets: {
    name: "Which targets help?",
    shows: "The frozen teacher and its momentum copy as targets, in the same view and in the other view.",
    expect: "The paper found that cross-view targets matter offline. Watch the loss of each target view.",
  },
  labels: {
    name: "How far from labels?",
    shows: "The same student trained with labels, compared with BYOL and SimDis-Off, which use none.",
    expect: "Labels win by a wide margin at this size: an upper bound to keep in mind.",
  },
  families: {
    name: "Ways to learn without labels",
    shows:
      "Five students of the same size: BYOL and MoCo-v2 without a teacher; SEED, CompRess and SimDis with a frozen one.",
    expect:
      "The SimDis paper finds distilled students ahead of students without a teacher; a recorded study compares them.",
  },
  teachers: {
    name: "What can a teacher add to labels?",
    shows:
      "The same student with labels alone, with a teacher (KD, SSLD, function matching), and with a peer.",
    expect:
      "With correct labels a teacher adds little; the gains of patient training need longer runs than this.",
  },
  photographs: {
    name: "Your photographs",
    shows: "Settings for your own small photographs, one folder per class: 32 px, weaker color jitter.",
    expect: "Photographs need longer runs than built-in images: the first few hundred steps show little.",
  },
};
