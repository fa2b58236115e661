import { defineMethod, none, noTeacher } from "./method";
import { labelRates } from "./shared/rates";

export const supervised = defineMethod({
  name: "Supervised",
  summary: "The student learns from labels alone: what the same network can do when it is given the classes.",
  paper: undefined,
  caveats: [],
  knobs: {},
  words: {},
  needsLabels: true,
  hasClassifier: true,
  rates: labelRates,
  smallest: {},
  teacher: noTeacher,
  targetViews: none,
  queues: none,
  peers: none,
  idle: none,
  refusals: none,
});
