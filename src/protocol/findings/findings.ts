import { againRecords, askedAgain } from "./again";
import { betweenFindings } from "./between";
import { binaryFindings, binaryRecords } from "./binary";
import type { Finding, FindingRecord, FindingSource } from "./finding";
import { functionFindings, functionRecords } from "./function-matching";
import { mutualFindings, mutualRecords } from "./mutual";
import { simdisFindings, simdisRecords } from "./simdis";
import { ssldFindings, ssldRecords } from "./ssld";

export type { Difference, Finding } from "./finding";

function withMore(source: FindingSource, more: readonly Finding[]): FindingSource {
  return { ...source, findings: [...source.findings, ...more] };
}

/** The register of findings, by source. German texts are in `texts/german/findings`. */
export const findingSources: readonly FindingSource[] = [
  withMore(simdisFindings, askedAgain.simdis),
  binaryFindings,
  withMore(mutualFindings, askedAgain.mutual),
  withMore(functionFindings, askedAgain.funmatch),
  withMore(ssldFindings, askedAgain.ssld),
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
  ...againRecords,
];

/** Those of one record, which are judged together. */
export const findingsOf = (record: string): readonly Finding[] =>
  findings.filter((finding) => finding.record === record);
