import { useRef, useState } from "react";
import { failureOf } from "../../store/failures";
import { texts } from "../../texts/texts";
import { useActions, useApp, useEngine } from "../app-context";
import { refusalText } from "../controls/refusal";

/** A safetensors file that the arm's student or teacher starts from: checked against its network, then stored here. */
export function WeightsFile({ index, network: role }: { index: number; network: "student" | "teacher" }) {
  const arm = useApp((state) => state.experiment.arms[index]);
  const { takeWeights } = useEngine();
  const { set } = useActions();
  const picker = useRef<HTMLInputElement>(null);
  const [message, setMessage] = useState<string>();
  const [isRead, setRead] = useState(false);
  if (!arm) return null;
  const words = texts().settings.weights;
  const hash = role === "student" ? arm.start.file : arm.start.teacherFile;
  const { file, teacherFile, from, ...start } = arm.start;

  /** Both at once, so that an experiment never names a file that is missing. */
  const put = (given: string | undefined) => {
    const ofStudent = { ...(given && { file: given }), ...(teacherFile && { teacherFile }) };
    const ofTeacher = { ...(file && { file }), ...(given && { teacherFile: given }) };
    const next =
      role === "student"
        ? { ...start, from: given ? "file" : from === "file" ? "scratch" : from, ...ofStudent }
        : { ...start, from, ...ofTeacher };
    return refusalText(set(["arms", index, "start"], next));
  };

  async function take(chosen: File): Promise<void> {
    if (!arm) return;
    setRead(true);
    try {
      setMessage(put(await takeWeights(chosen, arm[role])) ?? words.taken(chosen.name));
    } catch (error) {
      const { title, cause, action } = texts().failures.explain(failureOf(error));
      setMessage(`${title}. ${cause} ${action}`);
    } finally {
      setRead(false);
    }
  }

  return (
    <div className="weights-file">
      <div className="row">
        <button
          type="button"
          className="button button-small"
          disabled={isRead}
          onClick={() => picker.current?.click()}
        >
          {isRead ? words.reading : words.choose[role]}
        </button>
        {hash && (
          <>
            <code title={hash}>{hash.slice(0, 12)}</code>
            <button
              type="button"
              className="button button-small"
              aria-label={words.removeOf[role]}
              onClick={() => setMessage(put(undefined))}
            >
              {words.remove}
            </button>
          </>
        )}
      </div>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".safetensors"
        aria-label={words.input[role]}
        onChange={(event) => {
          const [chosen] = event.currentTarget.files ?? [];
          if (chosen) void take(chosen);
          event.currentTarget.value = "";
        }}
      />
      {message && (
        <p className="small" role="status">
          {message}
        </p>
      )}
    </div>
  );
}
