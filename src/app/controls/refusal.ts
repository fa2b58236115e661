import type { FieldProblem } from "../../protocol/problems";
import { texts } from "../../texts/texts";

/** Why a setting cannot be so, for the field beside it. */
export const refusalText = (problem: FieldProblem | undefined): string | undefined =>
  problem && texts().settings.notPossible(texts().problems.allowed(problem.allowed));
