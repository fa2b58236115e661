import type { ReactNode } from "react";
import { significant } from "../../charts/format";
import type { Arm } from "../../protocol/experiment";
import { type LiveRun, queueFill } from "../../series/live-run";
import { texts } from "../../texts/texts";
import { useApp } from "../app-context";
import { cardOf } from "./methods/cards";

/**
 * The numbers behind the picture: where the training is, the learning rate, how far the momentum copy lags, and how full
 * the queue is. Before the training they are those of the settings, in the same places.
 */
export function LiveFigures({ arm, live }: { arm: Arm; live: LiveRun | undefined }) {
  const batchSize = useApp((state) => state.experiment.batchSize);
  const { run, metrics, schemes } = texts();
  const words = schemes.live;
  const queue = queueFill(arm.scheme, { batchSize }, live?.learns.student ? live.step : 0);
  const rate = live?.valueOf("learningRate");
  const peak = (arm.optimiser.learningRate * batchSize) / 256;
  return (
    <dl className="live-figures small">
      <Figure
        name={words.now}
        wide
        share={live && { done: live.step / Math.max(1, live.steps) }}
        text={
          live
            ? words.place(run.learners[live.stage], live.seed, run.shortPosition(live.step, live.steps))
            : words.notYet
        }
      />
      <Figure
        name={metrics.learningRate.label}
        text={rate === undefined ? words.atMost(significant(peak, 3)) : significant(rate, 3)}
      />
      {queue && (
        <Figure
          name={words.queue}
          share={{ done: queue.filled / queue.entries }}
          text={words.filled(queue.filled, queue.entries)}
        />
      )}
      {hasCopy(arm) && <CopyFigure arm={arm} live={live} />}
    </dl>
  );
}

/** The student's or the teacher's momentum copy, on a line from the first step of the stage to its last. */
function CopyFigure({ arm, live }: { arm: Arm; live: LiveRun | undefined }) {
  const words = texts().schemes.live;
  const tau = live?.valueOf("tau");
  const { lag } = live ?? {};
  const name = texts().metrics.tau.label;
  if (!live || tau === undefined || lag === undefined) {
    return <Figure name={name} wide text={words.from(significant(arm.tau0, 3))} />;
  }
  const share = (step: number) => Math.max(0, step) / Math.max(1, live.steps);
  return (
    <Figure
      name={name}
      wide
      share={{ done: share(live.step), behind: share(live.step - lag) }}
      text={words.behind(significant(tau, 4), Math.round(lag))}
    />
  );
}

/** The diagram says whether there is a network that follows another one. */
function hasCopy({ scheme }: Arm): boolean {
  const diagram = cardOf(scheme).diagram(scheme);
  return diagram.kind === "targets" || diagram.lanes.some(({ fromAbove }) => fromAbove === "ema");
}

interface FigureProps {
  readonly name: string;
  readonly text: ReactNode;
  /** Takes a row of its own. */
  readonly wide?: boolean;
  /** Shares of a line: of the network, and of the copy behind it. */
  readonly share?: { readonly done: number; readonly behind?: number } | undefined;
}

function Figure({ name, text, wide, share }: FigureProps) {
  return (
    <div className={wide ? "live-wide" : undefined}>
      <dt>{name}</dt>
      <dd>
        {text}
        <span className="live-line" data-empty={share === undefined} aria-hidden="true">
          {share && <span className="live-done" style={{ width: percent(share.behind ?? share.done) }} />}
          {share?.behind !== undefined && (
            <>
              <span
                className="live-lag"
                style={{ left: percent(share.behind), width: percent(share.done - share.behind) }}
              />
              <span className="live-copy" style={{ left: percent(share.behind) }} />
              <span className="live-network" style={{ left: percent(share.done) }} />
            </>
          )}
        </span>
      </dd>
    </div>
  );
}

const percent = (share: number) => `${100 * Math.min(1, Math.max(0, share))}%`;
