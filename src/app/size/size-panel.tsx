import "../styles/size.css";
import { Popover } from "radix-ui";
import { aboutDuration } from "../../charts/about-duration";
import { formatValue } from "../../charts/format";
import { answersBudget } from "../../protocol/answers";
import { type Estimate, type FittingSize, sizeMinutes } from "../../protocol/estimate";
import { sizeChanges } from "../../series/size-changes";
import { isRunning } from "../../store/engine-actions";
import { type ChosenSize, currentSize } from "../../store/size-state";
import { texts } from "../../texts/texts";
import { useApp, useSizes } from "../app-context";
import { Segmented } from "../controls/segmented";
import { KeptAnswers } from "./kept-answers";

/** How long the settings take on this machine, and the same comparison at sizes that take longer or less. */
export function SizePanel() {
  const busy = useApp(isRunning);
  const isFailed = useApp(({ engine }) => engine.status === "failed");
  const size = useApp(currentSize);
  const words = texts().size;
  if (busy || isFailed) return null;
  return (
    <section className="size-panel" aria-label={words.region}>
      {size?.estimate ? (
        <Known estimate={size.estimate} />
      ) : (
        <p className="muted">{size ? words.measuring : words.soon}</p>
      )}
      {size?.estimate?.answerBytes !== undefined && (
        <p className="small">
          {words.answers(
            formatValue("bytes", size.estimate.answerBytes),
            formatValue("bytes", answersBudget),
          )}
        </p>
      )}
      <KeptAnswers />
      {size?.estimate && <Sizes sizes={size.sizes} chosen={size.chosen} />}
      <p className="size-changes small">
        {size?.chosen ? <Changes chosen={size.chosen} /> : words.unchanged}
      </p>
    </section>
  );
}

function Known({ estimate: { ms, parts } }: { estimate: Estimate }) {
  const words = texts().size;
  const { estimate: measure } = useSizes();
  return (
    <p className="size-time">
      <strong data-ms={Math.round(ms)}>{words.about(aboutDuration(ms))}</strong>
      <Popover.Root>
        <Popover.Trigger className="button button-small">{words.how}</Popover.Trigger>
        <Popover.Portal>
          <Popover.Content className="popover" aria-label={words.how} sideOffset={4} collisionPadding={12}>
            <dl className="size-parts">
              {(Object.keys(words.parts) as (keyof typeof parts)[]).map((part) => (
                <div key={part}>
                  <dt>{words.parts[part]}</dt>
                  <dd>{parts[part] > 0 ? aboutDuration(parts[part]) : "–"}</dd>
                </div>
              ))}
            </dl>
            <p className="small">{words.source}</p>
            <button type="button" className="button button-small" onClick={() => void measure(true)}>
              {words.again}
            </button>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </p>
  );
}

function Sizes({
  sizes,
  chosen,
}: {
  sizes: readonly FittingSize[] | undefined;
  chosen: ChosenSize | undefined;
}) {
  const words = texts().size;
  const { choose, leave } = useSizes();
  const experiment = useApp((state) => state.experiment);
  if (!sizes) return <p className="muted">{words.finding}</p>;
  if (sizes.length === 0) return null;
  const current = chosen?.minutes ?? sizes.find((size) => size.experiment === experiment)?.minutes;
  return (
    <div className="size-choice">
      <span aria-hidden="true">{words.sizes}</span>
      <Segmented
        label={words.sizes}
        value={current === undefined ? undefined : String(current)}
        options={sizes.map(({ minutes, estimate }) => ({
          value: String(minutes),
          label: words.option(minutes),
          title: words.optionTitle(aboutDuration(estimate.ms)),
        }))}
        onChange={(value) => {
          const minutes = sizeMinutes.find((one) => String(one) === value);
          if (minutes) choose(minutes);
        }}
      />
      {chosen && (
        <button type="button" className="button button-small" title={words.backTitle} onClick={leave}>
          {words.back}
        </button>
      )}
    </div>
  );
}

function Changes({ chosen: { before } }: { chosen: ChosenSize }) {
  const experiment = useApp((state) => state.experiment);
  return <span title={texts().size.unchanged}>{sizeChanges(before, experiment).join(" · ")}</span>;
}
