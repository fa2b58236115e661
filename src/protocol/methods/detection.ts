import { defineMethod, none, noTeacher } from "./method";
import { labelRates } from "./shared/rates";

export const detection = defineMethod({
  name: "Detection",
  summary:
    "A downstream task for an encoder: one to three images are pasted onto a canvas twice as large, to be found and named. Start it from a distilled encoder and compare.",
  paper: {
    title: "Objects as Points",
    authors: "Zhou, Wang, Krähenbühl",
    year: 2019,
    arxiv: "1904.07850",
  },
  caveats: [
    "It stands in for SSLD's detection on COCO but is far smaller and easier: its figures cannot be compared with SSLD's.",
    "Items are squares that do not overlap, on noise; the head uses the encoder's last stage alone.",
    "Canvases are made of at most 2,000 training images and are not augmented.",
  ],
  knobs: {},
  words: {
    heatAndSides: "centers and sides",
    boxes: "classes and boxes",
    letters: "a: side of a box, o: offset of its center; the first term is a focal loss",
  },
  needsLabels: true,
  hasClassifier: false,
  rates: labelRates,
  smallest: {},
  teacher: noTeacher,
  targetViews: none,
  queues: none,
  peers: none,
  idle: none,
  refusals: none,
});
