import "../styles/findings.css";
import { answerTo } from "../../protocol/findings/answers";
import type { Finding } from "../../protocol/findings/findings";
import {
  fallenSentence,
  findingInWords,
  findingWords,
  meaningOf,
  measuredSentence,
} from "../../series/findings/sentences";

/** Findings that have been recorded: question, verdict, the measured difference and what the source says. */
export function FindingList({
  findings,
  onOpen,
}: {
  findings: readonly Finding[];
  /** Opens a recorded comparison by its id. */
  onOpen?: (record: string) => void;
}) {
  const words = findingWords();
  return (
    <ul className="findings" aria-label={words.title}>
      {findings.map((finding) => (
        <FindingEntry key={finding.id} finding={finding} onOpen={onOpen} />
      ))}
    </ul>
  );
}

function FindingEntry({
  finding,
  onOpen,
}: {
  finding: Finding;
  onOpen: ((record: string) => void) | undefined;
}) {
  const answer = answerTo(finding);
  if (!answer) return null;
  const words = findingWords();
  const { question, reported } = findingInWords(finding);
  return (
    <li className="finding">
      <p>
        {question} <strong data-verdict={answer.verdict}>{words.verdicts[answer.verdict]}</strong>
      </p>
      <p className="small">
        {measuredSentence(finding, answer)} {fallenSentence(finding, answer)} {meaningOf(finding, answer)}
      </p>
      <p className="small muted">{words.reported(reported)}</p>
      {onOpen && (
        <button
          type="button"
          className="button button-small"
          aria-label={words.openNamed(question)}
          onClick={() => onOpen(finding.record)}
        >
          {words.open}
        </button>
      )}
    </li>
  );
}
