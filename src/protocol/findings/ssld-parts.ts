import { labeledArm } from "./finding";

/** What all findings on SSLD share. */

export const source = "Cui et al. 2021 (SSLD)";
export const metric = "finalClassifier";
export const ssld = { method: "ssld" } as const;
export const arm = { ...labeledArm, scheme: ssld } as const;
export const large = (figures: string) => `${figures} (ImageNet top-1 of MobileNetV3-large)`;
