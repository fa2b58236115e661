import { useId } from "react";
import { significant } from "../../charts/format";
import type { Scheme } from "../../protocol/experiment";
import type { LiveRun } from "../../series/live-run";
import { texts } from "../../texts/texts";
import type { Lane } from "./lanes";
import { LossValue } from "./loss-value";
import type { Diagram } from "./method-card-data";
import { type Motion, motionOf, termOf } from "./motion";

const WIDTH = 340;
const ROW = 50;
const TOP = 8;
const INPUT = { x: 4, width: 46 } as const;
const BOX = { x: 78, width: 58 } as const;
const BOX_END = BOX.x + BOX.width;
const LOSS = { x: 318, r: 14 } as const;
/** The x-coordinate where lines start to turn toward the loss. */
const TURN = 262;

const yOf = (at: number) => TOP + ROW * at + ROW / 2;

/**
 * The inputs and terms of the student's loss; a double bar marks a stop-gradient. While the method trains, what flows
 * moves, the gradient moves back to the networks that learn from it, and each term has its current value.
 */
export function LanesDiagram({
  scheme,
  diagram: { lanes, footnote },
  live,
}: {
  scheme: Scheme;
  diagram: Extract<Diagram, { readonly kind: "lanes" }>;
  live?: LiveRun | undefined;
}) {
  const motion = motionOf(live);
  const height = TOP + ROW * lanes.length + 22;
  const middle = TOP + (ROW * lanes.length) / 2;
  const words = texts().schemes;
  return (
    <svg
      className="scheme-diagram"
      data-moves={motion.moves}
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={words.learnsFrom(texts().methods[scheme.method].name, sourceNames(lanes))}
    >
      {lanes.map((lane, at) => (
        <LaneRow
          key={`${lane.name} ${lane.kind}`}
          lane={lane}
          y={yOf(at)}
          middle={middle}
          motion={motion}
          term={termOf(lane.kind, live)}
        />
      ))}
      {lanes.map((lane, at) => (
        <Feeds key={`${lane.name} ${lane.kind}`} lane={lane} y={yOf(at)} moves={motion.student} />
      ))}
      <circle className="diagram-loss" cx={LOSS.x} cy={middle} r={LOSS.r} />
      <text className="diagram-text" x={LOSS.x} y={middle + 5} textAnchor="middle">
        ℒ
      </text>
      <LossValue x={LOSS.x} y={middle + LOSS.r + 13} live={live} />
      <text className="diagram-small" x={WIDTH / 2} y={height - 5} textAnchor="middle">
        {footnote}
      </text>
    </svg>
  );
}

/** All lanes except the student's that contribute to the loss. */
function sourceNames(lanes: readonly Lane[]): string {
  const each = lanes.flatMap(({ name, gives, kind }) =>
    kind === "student" || gives === undefined ? [] : [`${name} (${gives})`],
  );
  return new Intl.ListFormat(texts().locale).format(each);
}

interface LaneRowProps {
  readonly lane: Lane;
  readonly y: number;
  readonly middle: number;
  readonly motion: Motion;
  /** Its current part of the loss. */
  readonly term: number | undefined;
}

function LaneRow({ lane, y, middle, motion, term }: LaneRowProps) {
  const { kind, sees, gives } = lane;
  const learns = kind === "student";
  const towardLoss = `M${BOX_END} ${y}H${TURN - 20}C${TURN + 14} ${y} ${TURN + 8} ${middle} ${LOSS.x - LOSS.r} ${middle}`;
  const stopped = !learns && kind !== "labels";
  return (
    <g className="diagram-lane" data-learns={learns} data-flows={motion.student}>
      {sees !== undefined && (
        <>
          <rect className="diagram-input" x={INPUT.x} y={y - 11} width={INPUT.width} height={22} rx={11} />
          <text className="diagram-small" x={INPUT.x + INPUT.width / 2} y={y + 4} textAnchor="middle">
            {sees}
          </text>
          <path className="diagram-flow" d={`M${INPUT.x + INPUT.width} ${y}H${BOX.x}`} />
        </>
      )}
      {gives !== undefined && (
        // Its label is on the side from which the line turns away.
        <>
          <path className="diagram-flow" d={towardLoss} />
          {learns && motion.student && <path className="diagram-gradient" d={towardLoss} />}
          {stopped && (
            <path className="diagram-stop" d={`M${BOX_END + 7} ${y - 6}v12M${BOX_END + 11} ${y - 6}v12`}>
              <title>{texts().schemes.noGradient}</title>
            </path>
          )}
          <text className="diagram-small" x={BOX_END + 18} y={y > middle ? y + 14 : y - 6}>
            {gives}
          </text>
          {term !== undefined && (
            <text className="diagram-value" x={TURN + 8} y={y > middle ? y - 6 : y + 14} textAnchor="end">
              {significant(term, 3)}
            </text>
          )}
        </>
      )}
      <LaneBox lane={lane} y={y} now={isLearning(lane, motion)} />
    </g>
  );
}

/** Peers learn with the student, a frozen teacher in its own stage only; copies, labels and queues do not learn. */
function isLearning({ kind, frozen = false }: Lane, { student, teacher }: Motion): boolean {
  if (kind === "teacher") return teacher || (student && !frozen);
  return student && (kind === "student" || kind === "peer");
}

interface LaneBoxProps {
  readonly lane: Lane;
  readonly y: number;
  /** It learns at this moment. */
  readonly now: boolean;
}

function LaneBox({ lane: { name, kind, frozen = false }, y, now }: LaneBoxProps) {
  const of = kind === "teacher" ? "teacher" : kind === "labels" || kind === "memory" ? "other" : "student";
  return (
    <>
      <rect
        className={`diagram-${of}`}
        data-copy={kind === "copy" || kind === "memory"}
        data-now={now}
        x={BOX.x}
        y={y - 15}
        width={BOX.width}
        height={30}
        rx={6}
      />
      <text className="diagram-text" x={BOX.x + BOX.width / 2} y={y + 5} textAnchor="middle">
        {name}
        {frozen ? " ❄" : ""}
      </text>
      {frozen && <title>{texts().schemes.frozen}</title>}
    </>
  );
}

/** Between neighboring lanes: a momentum copy, or embeddings that enter a queue. */
function Feeds({ lane, y, moves }: { lane: Lane; y: number; moves: boolean }) {
  const words = texts().schemes;
  return (
    <>
      {lane.fromAbove !== undefined && (
        <Feed from={y - ROW + 15} to={y - 16} says={words.feeds[lane.fromAbove]} moves={moves} />
      )}
      {lane.fromBelow !== undefined && (
        <Feed from={y + ROW - 15} to={y + 16} says={words.feeds[lane.fromBelow]} moves={moves} />
      )}
    </>
  );
}

interface FeedProps {
  readonly from: number;
  readonly to: number;
  readonly says: string;
  readonly moves: boolean;
}

function Feed({ from, to, says, moves }: FeedProps) {
  const id = useId();
  const x = BOX.x + 14;
  return (
    <>
      <marker id={id} viewBox="0 0 6 6" refX="5" refY="3" markerWidth="5" markerHeight="5" orient="auto">
        <path className="diagram-arrow" d="M0 0 6 3 0 6z" />
      </marker>
      <path
        className="diagram-ema-line"
        data-flows={moves}
        d={`M${x} ${from}V${to}`}
        markerEnd={`url(#${id})`}
      />
      <text className="diagram-small diagram-feed" x={x + 6} y={(from + to) / 2 + 3.5}>
        {says}
      </text>
    </>
  );
}
