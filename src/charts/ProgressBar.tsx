import "./charts.css";
import "./results.css";
import type { CSSProperties } from "react";
import type { ProgressBarProps } from "./types";

/** Progress; without a value it is indeterminate. */
export function ProgressBar({ label, value, text, color }: ProgressBarProps) {
  const share = value === undefined || !Number.isFinite(value) ? undefined : Math.min(1, Math.max(0, value));
  const percent = share === undefined ? undefined : Math.floor(100 * share);
  const style: CSSProperties = {
    ...(share === undefined ? {} : { width: `${100 * share}%` }),
    ...(color === undefined ? {} : { background: color }),
  };
  return (
    <div className="progress">
      <div
        className="progress-track"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={text}
      >
        <div className="progress-bar" data-unknown={share === undefined} style={style} />
      </div>
      {text === undefined ? null : <span className="progress-text">{text}</span>}
    </div>
  );
}
