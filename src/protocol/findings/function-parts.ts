import { labeledArm } from "./finding";

/** What all findings on function matching share. */

export const source = "Beyer et al. 2022 (FunMatch)";
export const metric = "finalClassifier";
export const noFigure = "without a figure that could be compared";
export const consistency = `Consistent inputs lead in all of the paper's runs, ${noFigure}.`;
export const fourTemperatures = "The paper tries 1, 2, 5 and 10; none is named here as the best.";

export const input = (
  name: "independent" | "consistentInception" | "consistentRandom" | "functionMatching",
) => ({ method: "funmatch", input: name }) as const;
export const consistent = input("consistentInception");
export const mixed = input("functionMatching");
export const arm = { ...labeledArm, scheme: consistent } as const;
