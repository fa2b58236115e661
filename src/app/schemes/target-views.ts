import type { TargetViewNumber } from "../../protocol/experiment";

/** Whose embedding a target view is, and of which view, for the student's prediction from v. */
export interface TargetView {
  readonly number: TargetViewNumber;
  readonly network: NetworkRole;
  /** "same": of the view that the student predicts from. */
  readonly view: "same" | "other";
  readonly name: string;
}

export const networkRoles = ["T", "T̂", "S", "Ŝ"] as const;
export type NetworkRole = (typeof networkRoles)[number];

export const roleNames: Readonly<Record<NetworkRole, string>> = {
  T: "teacher",
  T̂: "teacher's momentum copy",
  S: "student",
  Ŝ: "student's momentum copy",
};

export const targetViews: readonly TargetView[] = [
  { number: 1, network: "S", view: "other", name: "S-v′" },
  { number: 2, network: "Ŝ", view: "same", name: "Ŝ-v" },
  { number: 3, network: "Ŝ", view: "other", name: "Ŝ-v′" },
  { number: 4, network: "T", view: "same", name: "T-v" },
  { number: 5, network: "T", view: "other", name: "T-v′" },
  { number: 6, network: "T̂", view: "same", name: "T̂-v" },
  { number: 7, network: "T̂", view: "other", name: "T̂-v′" },
];

export const targetPresets: readonly {
  readonly label: string;
  readonly title: string;
  readonly targets: readonly TargetViewNumber[];
}[] = [
  { label: "1", title: "The student's own momentum copy only: plain BYOL", targets: [3] },
  { label: "2", title: "Both momentum copies, other view: SimDis", targets: [3, 7] },
  { label: "3", title: "The other view of both momentum copies and of the teacher", targets: [3, 5, 7] },
  {
    label: "5",
    title: "Both views of the teacher's networks, and the student's momentum copy",
    targets: [3, 4, 5, 6, 7],
  },
  { label: "7", title: "All that there are: SimDis-7v", targets: [1, 2, 3, 4, 5, 6, 7] },
];
