import type { Scheme } from "../../protocol/experiment";
import { texts } from "../../texts/texts";
import { type Source, sourcesOf } from "./sources";

const WIDTH = 340;
const ROW = 48;
const STUDENT_RIGHT = 56;
const SOURCE_LEFT = 116;
const SOURCE_WIDTH = 56;

/** The student, and those it learns from; the double bar is where gradients stop. */
export function SourcesDiagram({ scheme }: { scheme: Scheme }) {
  const sources = sourcesOf(scheme);
  const height = ROW * sources.length + 26;
  const middle = (ROW * sources.length) / 2 + 4;
  const { name } = texts().methods[scheme.method];
  const each = sources.map((source) => `${source.name} (${source.gives})`);
  const told = new Intl.ListFormat(texts().locale).format(each);
  return (
    <svg
      className="scheme-diagram"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={texts().schemes.learnsFrom(name, told)}
    >
      {sources.map((source, at) => (
        <SourceLine key={source.name} source={source} y={4 + ROW * at + ROW / 2} from={middle} />
      ))}
      <rect className="diagram-student" x={8} y={middle - 18} width={STUDENT_RIGHT - 8} height={36} rx={7} />
      <text className="diagram-text" x={(STUDENT_RIGHT + 8) / 2} y={middle + 5} textAnchor="middle">
        S
      </text>
      <text className="diagram-small" x={WIDTH / 2} y={height - 4} textAnchor="middle">
        {footnote(sources)}
      </text>
    </svg>
  );
}

function footnote(sources: readonly Source[]): string {
  const { footnotes } = texts().schemes;
  if (sources.some(({ kind }) => kind === "peer")) return footnotes.peers;
  const teacher = sources.find(({ kind }) => kind === "teacher");
  if (!teacher) return footnotes.oneStage;
  return teacher.frozen ? footnotes.frozenTeacher : footnotes.together;
}

function SourceLine({ source, y, from }: { source: Source; y: number; from: number }) {
  const bend = (STUDENT_RIGHT + SOURCE_LEFT) / 2;
  const end = SOURCE_LEFT - 4;
  return (
    <g className="diagram-target" data-lit="true">
      <path d={`M${STUDENT_RIGHT} ${from} C${bend} ${from} ${bend} ${y} ${end} ${y}`} />
      {source.kind !== "labels" && <path d={`M${end - 12} ${y - 5}v10M${end - 8} ${y - 5}v10`} />}
      <rect
        className={source.kind === "teacher" ? "diagram-teacher" : "diagram-other"}
        data-copy={source.kind === "copy" || source.kind === "memory"}
        x={SOURCE_LEFT}
        y={y - 15}
        width={SOURCE_WIDTH}
        height={30}
        rx={6}
      />
      <text className="diagram-name" x={SOURCE_LEFT + SOURCE_WIDTH / 2} y={y + 4} textAnchor="middle">
        {source.name}
        {source.kind === "teacher" && source.frozen ? " ❄" : ""}
      </text>
      <text className="diagram-gives" x={SOURCE_LEFT + SOURCE_WIDTH + 8} y={y + 4}>
        {source.gives}
      </text>
    </g>
  );
}
