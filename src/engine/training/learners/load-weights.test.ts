import { expect, test } from "vitest";
import { encoderParameters, encoderStatistics, planEncoder } from "../../networks/encoders";
import type { NamedNumbers } from "../../networks/parameters";
import { checkEncoderWeights, WeightsMismatch } from "./load-weights";

const plan = planEncoder("R8", 0.125);
const whole: readonly NamedNumbers[] = [...encoderParameters(plan), ...encoderStatistics(plan)].map(
  ({ name, shape }) => ({
    name,
    shape,
    values: new Float32Array(shape.reduce((product, length) => product * length, 1)),
  }),
);
const check = (tensors: readonly NamedNumbers[]) => () => checkEncoderWeights(plan, tensors);

test("an encoder's weights fit its plan, whatever else the file contains", () => {
  expect(check(whole)).not.toThrow();
  expect(check([...whole, { name: "x", shape: [1], values: new Float32Array(1) }])).not.toThrow();
});

test("a missing tensor, another shape or a non-finite number is reported by name", () => {
  const [first, second] = whole as [NamedNumbers, NamedNumbers];
  const others = whole.slice(1);
  expect(check(others)).toThrow(`${first.name} is missing`);
  expect(check([{ ...first, shape: [7] }, ...others])).toThrow(`${first.name} is [7] where [${first.shape}]`);
  const broken = { ...second, values: second.values.map(() => Number.NaN) };
  expect(check([first, broken, ...whole.slice(2)])).toThrow(WeightsMismatch);
  expect(() => checkEncoderWeights(planEncoder("R8", 0.25), whole)).toThrow(WeightsMismatch);
});
