import { useEffect, useState } from "react";
import { formatValue } from "../../charts/format";
import { answersBudget } from "../../protocol/answers";
import { keptAnswersTexts } from "../../texts/kept-answers";
import { useEngine } from "../app-context";

/** The bytes of teachers' answers that this browser keeps, and what frees them. Nothing where there are none. */
export function KeptAnswers() {
  const { request } = useEngine();
  const [bytes, setBytes] = useState(0);
  const [freed, setFreed] = useState<number>();
  useEffect(() => {
    request({ type: "kept-answers", action: "count" }).then(
      (kept) => setBytes(kept.bytes),
      () => undefined,
    );
  }, [request]);
  const words = keptAnswersTexts();
  const remove = () =>
    request({ type: "kept-answers", action: "delete" }).then(
      (deleted) => {
        setFreed(deleted.bytes);
        setBytes(0);
      },
      () => undefined,
    );
  if (bytes === 0 && freed === undefined) return null;
  return (
    <p className="small kept-answers" role="status">
      {freed === undefined
        ? words.held(formatValue("bytes", bytes), formatValue("bytes", answersBudget))
        : words.freed(formatValue("bytes", freed))}{" "}
      {bytes > 0 && (
        <button
          type="button"
          className="button button-small"
          title={words.removeHint}
          onClick={() => void remove()}
        >
          {words.remove}
        </button>
      )}
    </p>
  );
}
