import type { FieldProblem } from "../../protocol/problems";

/** Why a setting cannot be so, for the field beside it. */
export const refusalText = (problem: FieldProblem | undefined): string | undefined =>
  problem && `Not possible here: ${problem.allowed}.`;
