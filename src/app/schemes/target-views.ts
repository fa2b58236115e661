import type { TargetViewNumber } from "../../protocol/experiment";

/** The network and the view of a target embedding, for the student's prediction from v. */
export interface TargetView {
  readonly number: TargetViewNumber;
  readonly network: NetworkRole;
  /** "same": of the view that the student predicts from. */
  readonly view: "same" | "other";
  readonly name: string;
}

export const networkRoles = ["T", "T̂", "S", "Ŝ"] as const;
export type NetworkRole = (typeof networkRoles)[number];

export const targetViews: readonly TargetView[] = [
  { number: 1, network: "S", view: "other", name: "S-v′" },
  { number: 2, network: "Ŝ", view: "same", name: "Ŝ-v" },
  { number: 3, network: "Ŝ", view: "other", name: "Ŝ-v′" },
  { number: 4, network: "T", view: "same", name: "T-v" },
  { number: 5, network: "T", view: "other", name: "T-v′" },
  { number: 6, network: "T̂", view: "same", name: "T̂-v" },
  { number: 7, network: "T̂", view: "other", name: "T̂-v′" },
];

/** Presets by number of target views; the texts describe them. */
export const targetPresets = [
  { label: "1", targets: [3] },
  { label: "2", targets: [3, 7] },
  { label: "3", targets: [3, 5, 7] },
  { label: "5", targets: [3, 4, 5, 6, 7] },
  { label: "7", targets: [1, 2, 3, 4, 5, 6, 7] },
] as const satisfies readonly { readonly label: string; readonly targets: readonly TargetViewNumber[] }[];
