import type { FieldProblem } from "../../protocol/problems";
import { texts } from "../../texts/texts";

/** Why a value is not possible, for the field next to it. */
export const refusalText = (problem: FieldProblem | undefined): string | undefined =>
  problem && texts().settings.notPossible(texts().problems.allowed(problem.allowed));
