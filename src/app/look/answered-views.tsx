import { type ReactNode, useMemo } from "react";
import { formatPercent, significant } from "../../charts/format";
import type { Look, Seen } from "../../protocol/messages";
import { integer } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { imageAt } from "../controls/image-strip";
import { PixelImage } from "../controls/pixel-image";
import { useImages } from "../controls/use-images";
import { distillationLoss, softened } from "../schemes/softened";
import { AnswersTable } from "./answers-table";
import { viewName } from "./view-name";

/** Number of classes or images of an answer that are shown. */
const SHOWN = 3;

/** The content of an answer: class probabilities, or the most similar training images. */
export const answerKinds = ["classes", "neighbors"] as const;
export type AnswerKind = (typeof answerKinds)[number];

interface Answering {
  readonly look: Look;
  readonly temperature: number;
  readonly nameOf: (label: number) => string;
}

/** Each view with the networks' answers. */
export function AnsweredViews({ kind, ...answering }: Answering & { readonly kind: AnswerKind }) {
  const Answered = kind === "classes" ? ClassesOfViews : NeighborsOfViews;
  return <Answered {...answering} />;
}

function ClassesOfViews({ look, temperature, nameOf }: Answering) {
  return (
    <>
      <Views look={look} below={(at) => <Loss look={look} view={at} temperature={temperature} />}>
        {({ logits }, at) =>
          greatest(softened(logits[at] ?? [], temperature)).map(({ at: label, share }) => (
            <Share key={label} share={share}>
              <span>{nameOf(label)}</span>
            </Share>
          ))
        }
      </Views>
      <AnswersTable look={look} temperature={temperature} nameOf={nameOf} />
      <p className="small muted">{texts().look.source}</p>
    </>
  );
}

/** The distance of the student's answer from its teacher's, as distillation measures it. */
function Loss({ look: { seen }, view, temperature }: { look: Look; view: number; temperature: number }) {
  const of = (role: Seen["role"]) => seen.find((one) => one.role === role)?.logits[view];
  const [teacher, student] = [of("teacher"), of("student")];
  if (!teacher || !student) return null;
  const loss = distillationLoss(teacher, student, temperature);
  return (
    <p className="small muted" title={texts().look.lossHelp}>
      {texts().look.loss(significant(loss, 2))}
    </p>
  );
}

/** For methods that do not learn classes: distillation compares similarities to other images instead. */
function NeighborsOfViews({ look, temperature, nameOf }: Answering) {
  const { bank, seen } = look;
  const nearest = useMemo(
    () =>
      new Map(
        seen.map(({ role, cosines }) => [role, cosines.map((row) => greatest(softened(row, temperature)))]),
      ),
    [seen, temperature],
  );
  const indices = useMemo(() => {
    const places = [...nearest.values()].flat(2).map(({ at }) => bank[at] ?? -1);
    return [...new Set(places)].sort((a, b) => a - b);
  }, [nearest, bank]);
  const samples = useImages("train", indices);
  return (
    <>
      <Views look={look}>
        {({ role }, view) =>
          nearest.get(role)?.[view]?.map(({ at, share }) => {
            const sample = samples.find(({ index }) => index === bank[at]);
            return (
              <Share key={at} share={share}>
                {sample ? (
                  <PixelImage rgba={sample.rgba} size={sample.size} />
                ) : (
                  <span className="pixel-image" aria-hidden="true" />
                )}
                <span>{sample ? nameOf(sample.label) : ""}</span>
              </Share>
            );
          })
        }
      </Views>
      <p className="small muted">{texts().look.neighborsSource(integer(bank.length))}</p>
    </>
  );
}

function Views({
  look: { views, seen },
  below,
  children,
}: {
  look: Look;
  /** A caption for the view as a whole. */
  below?: (view: number) => ReactNode;
  children: (seen: Seen, view: number) => ReactNode;
}) {
  const words = texts().look;
  return (
    <ul className="look-views" aria-label={words.views}>
      {Array.from({ length: views.count }, (_, at) => {
        const view = viewName(at);
        return (
          <li key={view}>
            <PixelImage rgba={imageAt(views, at)} size={views.size} />
            <span className="look-view-name">{view}</span>
            {seen.map((one) => (
              <div key={one.role} className="look-answer small">
                <p aria-hidden="true">{words.roles[one.role]}</p>
                <ol aria-label={words.answers(words.roles[one.role], view)}>{children(one, at)}</ol>
              </div>
            ))}
            {below?.(at)}
          </li>
        );
      })}
    </ul>
  );
}

function Share({ share, children }: { share: number; children: ReactNode }) {
  return (
    <li style={{ "--share": share }}>
      {children}
      <span>{formatPercent(share, 0)}</span>
    </li>
  );
}

/** The largest few, with their positions. */
function greatest(shares: readonly number[]): readonly { readonly at: number; readonly share: number }[] {
  const order = [...shares.keys()].sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0));
  return order.slice(0, SHOWN).map((at) => ({ at, share: shares[at] ?? 0 }));
}
