import { formatPercent } from "../../charts/format";
import type { Look } from "../../protocol/messages";
import { texts } from "../../texts/texts";
import { imageAt } from "../controls/image-strip";
import { PixelImage } from "../controls/pixel-image";
import { softened } from "../schemes/softened";

/** Classes of an answer that are named. */
const NAMED = 3;

/** Each view with the classes that the networks see in it. */
export function AnsweredViews({
  look,
  temperature,
  nameOf,
}: {
  look: Look;
  temperature: number;
  nameOf: (label: number) => string;
}) {
  const words = texts().look;
  const { views, seen } = look;
  return (
    <>
      <ul className="look-views" aria-label={words.views}>
        {Array.from({ length: views.count }, (_, at) => {
          const view = `${at % 2 === 0 ? "v" : "v′"}${subscript(Math.floor(at / 2) + 1)}`;
          return (
            <li key={view}>
              <PixelImage rgba={imageAt(views, at)} size={views.size} />
              <span className="look-view-name">{view}</span>
              {seen.map(({ role, logits }) => (
                <Answer
                  key={role}
                  label={words.answers(words.roles[role], view)}
                  heading={words.roles[role]}
                  shares={softened(logits[at] ?? [], temperature)}
                  nameOf={nameOf}
                />
              ))}
            </li>
          );
        })}
      </ul>
      <p className="small muted">{words.source}</p>
    </>
  );
}

function Answer({
  label,
  heading,
  shares,
  nameOf,
}: {
  label: string;
  heading: string;
  shares: readonly number[];
  nameOf: (label: number) => string;
}) {
  const first = [...shares.keys()].sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0)).slice(0, NAMED);
  return (
    <div className="look-answer small">
      <p aria-hidden="true">{heading}</p>
      <ol aria-label={label}>
        {first.map((at) => (
          <li key={at} style={{ "--share": shares[at] ?? 0 }}>
            <span>{nameOf(at)}</span> <span>{formatPercent(shares[at] ?? 0, 0)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

const subscript = (number: number) => String.fromCodePoint(0x2080 + number);
