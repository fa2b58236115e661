import { Suspense, useState } from "react";
import { formatPercent } from "../../charts/format";
import { fixedDigits } from "../../texts/numbers";
import { texts } from "../../texts/texts";
import { PlainSlider } from "../controls/plain-slider";
import { lazy } from "../lazy";
import { entropyBits, exampleLogits, softened } from "./softened";

const TemperatureExports = lazy(() =>
  import("./temperature-exports").then(({ TemperatureExports: Loaded }) => ({ default: Loaded })),
);

const logitRange = { min: -5, max: 10, step: 0.5 } as const;
const temperatureRange = { min: 0.5, max: 20, step: 0.5 } as const;

/** The effect of temperature on a teacher's output, with adjustable logits. It does not affect training. */
export function TemperatureExplorer({ temperature }: { temperature: number }) {
  const [logits, setLogits] = useState<readonly number[]>(exampleLogits.map(({ logit }) => logit));
  const [tried, setTried] = useState(temperature);
  const words = texts().schemes.temperature;
  const [plain, soft] = [softened(logits, 1), softened(logits, tried)];
  const best = logits.indexOf(Math.max(...logits));
  const others = (shares: readonly number[]) => formatPercent(1 - (shares[best] ?? 0));
  return (
    <div className="temperature-explorer small">
      <p className="muted">{words.caption}</p>
      <p className="temperature-choice">
        <span>{words.tried}</span>
        <PlainSlider
          label={words.tried}
          value={tried}
          shown={fixedDigits(tried, 1)}
          onChange={setTried}
          {...temperatureRange}
        />
        {tried !== temperature && (
          <button type="button" className="button button-small" onClick={() => setTried(temperature)}>
            {words.back(temperature)}
          </button>
        )}
      </p>
      <table className="temperature-table">
        <thead>
          <tr>
            <th scope="col">{words.class}</th>
            <th scope="col">{words.logit}</th>
            <th scope="col">{words.at(1)}</th>
            <th scope="col">{words.at(tried)}</th>
          </tr>
        </thead>
        <tbody>
          {exampleLogits.map(({ name }, at) => (
            <tr key={name}>
              <th scope="row">{words.examples[name]}</th>
              <td className="temperature-logit">
                <PlainSlider
                  label={words.logitOf(words.examples[name])}
                  value={logits[at] ?? 0}
                  shown={fixedDigits(logits[at] ?? 0, 1).replace("-", "−")}
                  onChange={(logit) => setLogits(logits.with(at, logit))}
                  {...logitRange}
                />
              </td>
              <Share value={plain[at] ?? 0} />
              <Share value={soft[at] ?? 0} />
            </tr>
          ))}
        </tbody>
      </table>
      <Suspense>
        <TemperatureExports {...{ logits, plain, soft, tried }} />
      </Suspense>
      <p className="muted">
        {words.others(others(plain), others(soft))}{" "}
        {words.entropy(fixedDigits(entropyBits(plain), 2), fixedDigits(entropyBits(soft), 2))}
      </p>
    </div>
  );
}

function Share({ value }: { value: number }) {
  return (
    <td>
      <span className="share-bar" style={{ width: `${2.5 * value}rem` }} /> {formatPercent(value)}
    </td>
  );
}
