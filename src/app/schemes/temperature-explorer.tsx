import { formatPercent } from "../../charts/format";
import { texts } from "../../texts/texts";
import { exampleLogits, softened } from "./softened";

const logits = exampleLogits.map(({ logit }) => logit);

/** What the arm's temperature makes of a teacher's answer: made-up logits, real arithmetic. */
export function TemperatureExplorer({ temperature }: { temperature: number }) {
  const plain = softened(logits, 1);
  const words = texts().schemes.temperature;
  const soft = softened(logits, temperature);
  return (
    <table className="temperature-table small">
      <caption className="muted">{words.caption(temperature)}</caption>
      <thead>
        <tr>
          <th scope="col">{words.class}</th>
          <th scope="col">{words.at(1)}</th>
          <th scope="col">{words.at(temperature)}</th>
        </tr>
      </thead>
      <tbody>
        {exampleLogits.map(({ name }, at) => (
          <tr key={name}>
            <th scope="row">{words.examples[name]}</th>
            <Share value={plain[at] ?? 0} />
            <Share value={soft[at] ?? 0} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Share({ value }: { value: number }) {
  return (
    <td>
      <span className="share-bar" style={{ width: `${4 * value}rem` }} /> {formatPercent(value)}
    </td>
  );
}
