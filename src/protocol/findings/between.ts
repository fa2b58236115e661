import type { Finding, FindingSource } from "./finding";

/** Between offline and online, with labels and without, from the study at equal compute. */

const metric = "finalKnn";
const studies = ["offline-online-between"];

const findings: readonly Finding[] = [
  {
    id: "labels-lead-between",
    record: "offline-online-between",
    question:
      "At equal compute, do peers that learn from labels lead a student that learns from a teacher without?",
    reported: "Not compared there; that labels lead is what every source takes for granted.",
    predicts: "more",
    difference: { arm: "DML", against: "SimDis-Off", metric },
    studies,
  },
  {
    id: "shake-peers",
    record: "offline-online-between",
    question: "At equal compute, is a shadow head between offline and online (SHAKE) ahead of peers (DML)?",
    reported:
      "Li and Jin 2022 report SHAKE ahead of online distillation, with a teacher whose training is not counted.",
    predicts: "more",
    difference: { arm: "SHAKE", against: "DML", metric },
    studies,
  },
  {
    id: "on-off-between",
    record: "offline-online-between",
    question:
      "At equal compute and without labels, is a teacher that learns alongside level with a finished one?",
    reported: "Gu et al. 2021 report 66.78 and 67.18 after 1,000 epochs (ImageNet top-1 of ResNet-18)",
    predicts: "same",
    difference: { arm: "SimDis-On", against: "SimDis-Off", metric },
    studies,
  },
];

export const betweenFindings: FindingSource = {
  id: "between",
  name: "between offline and online: Gu et al. 2021, Li and Jin 2022 (SHAKE), Zhang et al. 2018 (DML)",
  findings,
};
