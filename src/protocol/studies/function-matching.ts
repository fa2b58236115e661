import {
  type ArmInput,
  adamW,
  fullArm,
  fullSetting,
  labeled,
  overLengths,
  quickArm,
  type Study,
  sizesOf,
} from "./study";

/** Studies of function matching: inputs of both networks, training length, and optimizers. */

const source = "Beyer et al. 2022, A good teacher is patient and consistent";

const consistent = { method: "funmatch", input: "consistentInception" } as const;

export const functionMatchingStudies: readonly Study[] = [
  {
    id: "funmatch-inputs",
    name: "Function matching: which inputs?",
    source,
    asks: "All seven ways of showing images to teacher and student.",
    expects:
      "Consistent inputs lead fixed and independent ones; a teacher that sees the whole image comes last.",
    refutedBy: "A fixed or independent teacher ahead over several seeds.",
    ...sizesOf(
      (
        [
          ["Fixed, whole", "fixedResize"],
          ["Fixed, center", "fixedCentre"],
          ["Fixed, windows", "fixedMultiCrop"],
          ["Independent", "independent"],
          ["Consistent, square", "consistentRandom"],
          ["Consistent", "consistentInception"],
          ["Function matching", "functionMatching"],
        ] as const
      ).map(([name, input]): ArmInput => ({ ...labeled, name, scheme: { method: "funmatch", input } })),
    ),
  },
  {
    id: "funmatch-cached",
    name: "Function matching: a teacher that is asked only once",
    source,
    asks: "A teacher with a fixed input, asked at every step or only once, compared with one that sees what the student sees.",
    expects:
      "Asked once, a fixed teacher gives exactly the same curves in less time; both stay behind the consistent one.",
    refutedBy: "Curves of the two fixed teachers that diverge, or that lead the consistent one.",
    ...sizesOf([
      { ...labeled, name: "Fixed, live", scheme: { method: "funmatch", input: "fixedResize" } },
      {
        ...labeled,
        name: "Fixed, asked once",
        scheme: { method: "funmatch", input: "fixedResize", cachedTeacher: true },
      },
      { ...labeled, name: "Consistent", scheme: { method: "funmatch", input: "consistentInception" } },
    ]),
  },
  {
    id: "funmatch-out-of-domain",
    name: "Function matching: images from another domain",
    source,
    asks: "A student trained on the training images, on Shapes of another seed, on backgrounds alone, and on noise.",
    expects:
      "Training on other images beats chance but not the training images; the closer the images, the better.",
    refutedBy: "Other images that do no better than chance, or an order that does not follow closeness.",
    ...sizesOf(
      (
        [
          ["Training images", "own"],
          ["Other Shapes", "shapes"],
          ["Backgrounds", "backgrounds"],
          ["Noise", "noise"],
        ] as const
      ).map(([name, images]): ArmInput => ({ ...labeled, name, scheme: { method: "funmatch", images } })),
    ),
  },
  {
    id: "funmatch-patience",
    name: "Function matching: patience",
    source,
    asks: "Labels alone, consistent inputs and function matching, for two lengths of training.",
    expects: "Function matching is behind in the short runs and ahead in the long ones.",
    refutedBy: "The same order at both lengths.",
    figures: {
      setting: "ImageNet top-1 of ResNet-50 at 224 pixels",
      columns: ["epochs", "top-1"],
      rows: [
        ["160", "80.5"],
        ["9600", "82.8"],
      ],
      caveats: ["The paper's long run is sixty times as long as the short one; here it is four times."],
    },
    ...(() => {
      const arms: readonly ArmInput[] = [
        { ...labeled, name: "Labels", scheme: { method: "supervised" } },
        { ...labeled, name: "Consistent", scheme: { method: "funmatch", input: "consistentInception" } },
        { ...labeled, name: "Function matching", scheme: { method: "funmatch" } },
      ];
      return {
        quick: { arms: overLengths(arms, { ...quickArm, steps: 200 }, [1, 4]) },
        full: { ...fullSetting, seeds: [1, 2, 3], arms: overLengths(arms, fullArm, [1, 4]) },
      };
    })(),
  },
  {
    id: "funmatch-architecture",
    name: "Independent views: a CNN and a transformer",
    source,
    asks: "Consistent and independent crops for a convolutional student and for a transformer.",
    expects: "Consistent crops lead for both; independent ones may hurt a transformer less.",
    refutedBy: "Independent crops ahead for either.",
    ...sizesOf(
      (
        [
          { network: "R18", width: 0.125 },
          { network: "ViT", width: 0.5 },
        ] as const
      ).flatMap((student) =>
        (["consistentInception", "independent"] as const).map((input): ArmInput => {
          const name = `${student.network}, ${input === "independent" ? input : "consistent"}`;
          const schedule = { optimiser: adamW, warmup: 0.1 };
          return { ...schedule, name, student, scheme: { method: "funmatch", input } };
        }),
      ),
    ),
  },
  {
    id: "funmatch-teachers",
    name: "Function matching: larger input, more teachers",
    source,
    asks: "A teacher that sees the same crops as its student, sees them at one and a half times the size, and is one of two or three.",
    expects: "A teacher with larger images and several teachers help a little.",
    refutedBy: "One teacher at the student's size ahead over several seeds.",
    ...sizesOf(
      (
        [
          ["Consistent", {}],
          ["Larger teacher's input", { teacherSize: 1.5 }],
          ["Two teachers", { teachers: 2 }],
          ["Three teachers", { teachers: 3 }],
          ["Two teachers, larger input", { teachers: 2, teacherSize: 1.5 }],
        ] as const
      ).map(([name, of]): ArmInput => ({ ...labeled, name, scheme: { ...consistent, ...of } })),
    ),
  },
  {
    id: "funmatch-temperature",
    name: "Function matching: which temperature?",
    source,
    asks: "The four temperatures that the paper tried, equal for teacher and student.",
    expects: "Temperatures differ little.",
    refutedBy: "A temperature far behind the others over several seeds.",
    ...sizesOf(
      ([1, 2, 5, 10] as const).map(
        (temperature): ArmInput => ({
          ...labeled,
          name: `τ = ${temperature}`,
          scheme: { ...consistent, temperature },
        }),
      ),
    ),
  },
  {
    id: "shampoo",
    name: "Function matching: Shampoo against Adam",
    source,
    asks: "The same student and teacher with three optimizers, compared by steps and by time.",
    expects: "Shampoo needs fewer steps, but each takes longer.",
    refutedBy: "No gain per step.",
    ...sizesOf(
      (["adamw", "adam", "shampoo"] as const).map((kind): ArmInput => {
        const scheme = { method: "funmatch", input: "consistentInception" } as const;
        return { name: kind, scheme, optimiser: { ...adamW, kind, clip: "global" } };
      }),
    ),
  },
];
