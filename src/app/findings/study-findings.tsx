import { answerTo } from "../../protocol/findings/answers";
import { findings } from "../../protocol/findings/findings";
import { countSentence } from "../../series/findings/sentences";
import { useActions } from "../app-context";
import { FindingList } from "./finding-list";

/** What recorded comparisons say about a study's question. */
export function StudyFindings({ study }: { study: string }) {
  const { openRecord } = useActions();
  const own = findings.filter((finding) => finding.studies.includes(study) && answerTo(finding));
  if (own.length === 0) return null;
  return (
    <>
      <p className="muted">{countSentence(own.flatMap((finding) => answerTo(finding) ?? []))}</p>
      <FindingList findings={own} onOpen={(record) => void openRecord(record)} />
    </>
  );
}
