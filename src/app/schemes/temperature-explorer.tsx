import { formatPercent } from "../../charts/format";
import { exampleLogits, softened } from "./softened";

const logits = exampleLogits.map(({ logit }) => logit);

/** What the arm's temperature makes of a teacher's answer: made-up logits, real arithmetic. */
export function TemperatureExplorer({ temperature }: { temperature: number }) {
  const plain = softened(logits, 1);
  const soft = softened(logits, temperature);
  return (
    <table className="temperature-table small">
      <caption className="muted">
        An example of a teacher's answer, and what τ = {temperature} makes of it
      </caption>
      <thead>
        <tr>
          <th scope="col">class</th>
          <th scope="col">at τ = 1</th>
          <th scope="col">at τ = {temperature}</th>
        </tr>
      </thead>
      <tbody>
        {exampleLogits.map(({ name }, at) => (
          <tr key={name}>
            <th scope="row">{name}</th>
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
