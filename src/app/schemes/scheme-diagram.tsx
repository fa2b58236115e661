import { useId } from "react";
import { significant } from "../../charts/format";
import type { Scheme } from "../../protocol/experiment";
import type { LiveRun } from "../../series/live-run";
import { teacherModelTexts } from "../../texts/teacher-model";
import { texts } from "../../texts/texts";
import { LanesDiagram } from "./lanes-diagram";
import { LossValue } from "./loss-value";
import type { Diagram } from "./method-card-data";
import { cardOf } from "./methods/cards";
import { motionOf } from "./motion";
import { type NetworkRole, type TargetView, targetViews } from "./target-views";

const WIDTH = 340;
const ROW = 46;
const TOP = 26;
const PORTS = { same: 196, other: 248 } as const;
const NETWORK_X = 296;
const PREDICTION_X = 58;

interface Row {
  readonly role: NetworkRole;
  readonly y: number;
}

/** The networks of a scheme, and the targets between them; while it trains, what flows at present. */
export function SchemeDiagram({
  scheme,
  model,
  live,
}: {
  scheme: Scheme;
  /** The name of a model that teaches. */
  model?: string | undefined;
  live?: LiveRun | undefined;
}) {
  const ofScheme = cardOf(scheme).diagram(scheme);
  const diagram =
    model === undefined ? ofScheme : { ...ofScheme, footnote: teacherModelTexts().footnote(model) };
  return diagram.kind === "targets" ? (
    <TargetDiagram scheme={scheme} diagram={diagram} live={live} />
  ) : (
    <LanesDiagram scheme={scheme} diagram={diagram} live={live} />
  );
}

/** The student's prediction, its target embeddings, and the stop-gradients. */
function TargetDiagram({
  scheme,
  diagram,
  live,
}: {
  scheme: Scheme;
  diagram: Extract<Diagram, { readonly kind: "targets" }>;
  live: LiveRun | undefined;
}) {
  const motion = motionOf(live);
  const rows = diagram.networks.map((role, at) => ({ role, y: TOP + ROW * at + ROW / 2 }));
  const lit = diagram.selected;
  const height = TOP + ROW * rows.length + 20;
  const middle = TOP + (ROW * rows.length) / 2;
  const drawn = targetViews.filter(({ network }) => rows.some(({ role }) => role === network));
  // Highlighted lines last, so that they are on top.
  const ordered = drawn.toSorted((a, b) => Number(lit.includes(a.number)) - Number(lit.includes(b.number)));
  const words = texts().schemes;
  const names = drawn.filter(({ number }) => lit.includes(number)).map(({ name }) => name);
  return (
    <svg
      className="scheme-diagram"
      data-moves={motion.moves}
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={words.predicts(texts().methods[scheme.method].name, names.join(", "))}
    >
      <text className="diagram-small" x={PORTS.same} y={14} textAnchor="middle">
        {words.ofView("v")}
      </text>
      <text className="diagram-small" x={PORTS.other} y={14} textAnchor="middle">
        {words.ofView("v′")}
      </text>
      {ordered.map((target) => (
        <TargetLine
          key={target.number}
          target={target}
          y={rows.find(({ role }) => role === target.network)?.y ?? 0}
          from={middle}
          lit={lit.includes(target.number)}
          flows={motion.student}
          term={live?.valueOf(`viewLoss${target.number}`)}
        />
      ))}
      <Prediction y={middle} now={motion.student} />
      <LossValue x={PREDICTION_X / 2 + 4} y={middle + 34} live={live} />
      {rows.map((row) => (
        <Network
          key={row.role}
          {...row}
          frozen={diagram.frozenTeacher && row.role.startsWith("T")}
          now={(row.role === "T" && motion.teacher) || (row.role === "S" && motion.student)}
        />
      ))}
      <Ema rows={rows} from="T" to="T̂" moves={motion.teacher} />
      <Ema rows={rows} from="S" to="Ŝ" moves={motion.student} />
      <text className="diagram-small" x={WIDTH / 2} y={height - 4} textAnchor="middle">
        {diagram.footnote}
      </text>
    </svg>
  );
}

function Prediction({ y, now }: { y: number; now: boolean }) {
  return (
    <>
      <text className="diagram-small" x={12} y={y - 28}>
        {texts().schemes.studentsView}
      </text>
      <rect
        className="diagram-student"
        data-now={now}
        x={8}
        y={y - 18}
        width={PREDICTION_X - 8}
        height={36}
        rx={7}
      />
      <text className="diagram-text" x={(PREDICTION_X + 8) / 2} y={y + 5} textAnchor="middle">
        S → q
      </text>
    </>
  );
}

interface TargetLineProps {
  readonly target: TargetView;
  readonly y: number;
  readonly from: number;
  readonly lit: boolean;
  readonly flows: boolean;
  /** Its current part of the loss. */
  readonly term: number | undefined;
}

/**
 * Dashed where the target is not selected. The double bar is the stop-gradient: while the student learns, the gradient
 * moves from there to the prediction.
 */
function TargetLine({ target, y, from, lit, flows, term }: TargetLineProps) {
  const port = PORTS[target.view];
  const end = port - 11;
  const bend = (PREDICTION_X + end) / 2;
  const offset = target.view === "same" ? -7 : 7;
  const lineTo = (x: number) =>
    `M${PREDICTION_X} ${from} C${bend} ${from} ${bend} ${y + offset} ${x} ${y + offset}`;
  return (
    <g className="diagram-target" data-lit={lit}>
      <path d={lineTo(end)} />
      {lit && flows && <path className="diagram-gradient" d={lineTo(end - 15)} />}
      {lit && <path d={`M${end - 13} ${y + offset - 5}v10M${end - 9} ${y + offset - 5}v10`} />}
      <circle cx={port} cy={y + offset} r={9.5} />
      <text x={port} y={y + offset + 4} textAnchor="middle">
        {target.number}
      </text>
      {lit && term !== undefined && (
        <text className="diagram-value" x={port} y={y + offset + 18} textAnchor="middle">
          {significant(term, 2)}
        </text>
      )}
    </g>
  );
}

function Network({ role, y, frozen, now }: Row & { frozen: boolean; now: boolean }) {
  const student = role === "S" || role === "Ŝ";
  return (
    <>
      <rect
        className={student ? "diagram-student" : "diagram-teacher"}
        data-copy={role === "T̂" || role === "Ŝ"}
        data-now={now}
        x={NETWORK_X - 18}
        y={y - 14}
        width={36}
        height={28}
        rx={6}
      />
      <text className="diagram-text" x={NETWORK_X} y={y + 5} textAnchor="middle">
        {role}
      </text>
      {frozen && (
        <text className="diagram-small" x={NETWORK_X + 22} y={y + 4}>
          <title>{texts().schemes.frozen}</title>❄
        </text>
      )}
    </>
  );
}

interface EmaProps {
  readonly rows: readonly Row[];
  readonly from: NetworkRole;
  readonly to: NetworkRole;
  readonly moves: boolean;
}

function Ema({ rows, from, to, moves }: EmaProps) {
  const id = useId();
  const [start, end] = [rows.find(({ role }) => role === from), rows.find(({ role }) => role === to)];
  if (!start || !end) return null;
  const x = NETWORK_X + 8;
  return (
    <g>
      <marker id={id} viewBox="0 0 6 6" refX="5" refY="3" markerWidth="5" markerHeight="5" orient="auto">
        <path className="diagram-arrow" d="M0 0 6 3 0 6z" />
      </marker>
      <path
        className="diagram-ema-line"
        data-flows={moves}
        d={`M${x} ${start.y + 14}V${end.y - 15}`}
        markerEnd={`url(#${id})`}
      />
      <text className="diagram-small" x={x + 5} y={(start.y + end.y) / 2 + 4}>
        EMA
      </text>
    </g>
  );
}
