import { betweenFindings } from "./between";
import { binaryFindings, binaryRecords } from "./binary";
import type { Finding, FindingRecord, FindingSource } from "./finding";
import { functionFindings, functionRecords } from "./function-matching";
import { mutualFindings, mutualRecords } from "./mutual";
import { simdisFindings, simdisRecords } from "./simdis";
import { ssldFindings, ssldRecords } from "./ssld";

export type { Difference, Finding } from "./finding";

/** The register of findings, by source. German texts are in `texts/german/findings`. */
export const findingSources: readonly FindingSource[] = [
  simdisFindings,
  binaryFindings,
  mutualFindings,
  functionFindings,
  ssldFindings,
  betweenFindings,
];

export const findings: readonly Finding[] = findingSources.flatMap((source) => source.findings);

/** What is recorded for them, in the gallery's order. */
export const findingRecords: readonly FindingRecord[] = [
  ...simdisRecords,
  ...mutualRecords,
  ...functionRecords,
  ...ssldRecords,
  ...binaryRecords,
];

/** Those of one record, which are judged together. */
export const findingsOf = (record: string): readonly Finding[] =>
  findings.filter((finding) => finding.record === record);
