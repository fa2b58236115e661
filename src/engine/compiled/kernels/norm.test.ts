import fc from "fast-check";
import { expect, test } from "vitest";
import { KernelTrial, numbers, relativeError } from "../kernel-trial.test-support";
import { backwardCoefficients, coefficientCount, forwardCoefficients } from "./norm-coefficients";

const norms = fc.record({
  groups: fc.integer({ min: 1, max: 3 }),
  channels: fc.constantFrom(1, 5, 8, 12),
  perGroup: fc.integer({ min: 1, max: 3 }),
  rows: fc.integer({ min: 5, max: 9 }),
});

test("coefficients of batch norm and of its gradient, by group and channel", () => {
  fc.assert(
    fc.property(norms, ({ groups, channels, perGroup, rows }) => {
      const trial = new KernelTrial();
      const padded = Math.ceil(channels / 8) * 8;
      const chunkBytes = 16 * padded + 64;
      const chunks = groups * perGroup;
      const norm = { groups, channels, rows: rows * perGroup, epsilon: 1e-5, chunks, chunkBytes };
      const [x, g] = [numbers(chunks * rows * channels, 1), numbers(chunks * rows * channels, 2)];
      const [gamma, beta] = [numbers(channels, 3), numbers(channels, 4)];
      const count = coefficientCount(norm);
      const at = (chunk: number, row: number, c: number) => (chunk * rows + row) * channels + c;
      const each = (group: number, c: number) =>
        Array.from({ length: perGroup * rows }, (_, i) =>
          at(group * perGroup + Math.floor(i / rows), i % rows, c),
        );
      const statistics = Array.from({ length: groups * channels }, (_, i) => {
        const places = each(Math.floor(i / channels), i % channels);
        const mean = places.reduce((sum, place) => sum + (x[place] as number), 0) / places.length;
        const variance =
          places.reduce((sum, place) => sum + ((x[place] as number) - mean) ** 2, 0) / places.length;
        return { mean, variance, inverse: 1 / Math.sqrt(variance + 1e-5) };
      });
      const sumsOf = (first: (place: number) => number, second: (place: number, mean: number) => number) => {
        const bytes = new Float64Array((chunks * chunkBytes) / 8);
        for (let chunk = 0; chunk < chunks; chunk++)
          for (let row = 0; row < rows; row++)
            for (let c = 0; c < channels; c++) {
              const [base, place] = [(chunk * chunkBytes) / 8, at(chunk, row, c)];
              const { mean } = statistics[Math.floor(chunk / perGroup) * channels + c] as { mean: number };
              bytes[base + c] = (bytes[base + c] as number) + first(place);
              bytes[base + padded + c] = (bytes[base + padded + c] as number) + second(place, mean);
            }
        return new Float32Array(bytes.buffer);
      };
      const value = (of: Float32Array, place: number) => of[place] as number;
      const [gammas, betas] = [trial.put(gamma), trial.put(beta)];
      const forwardSums = trial.put(
        sumsOf(
          (p) => value(x, p),
          (p) => value(x, p) ** 2,
        ),
      );
      const backwardSums = trial.put(
        sumsOf(
          (p) => value(g, p),
          (p, mean) => value(g, p) * (value(x, p) - mean),
        ),
      );
      const forwardOut = trial.room(16 * count);
      const backwardOut = trial.room(12 * count);
      const [means, variances] = [trial.room(4 * groups * channels), trial.room(4 * groups * channels)];
      const [dGamma, dBeta] = [trial.room(4 * channels), trial.room(4 * channels)];
      const forward = trial.kernel((module) => forwardCoefficients(module, norm));
      const backward = trial.kernel((module) => backwardCoefficients(module, norm));
      trial.run(forward, forwardSums, gammas, betas, forwardOut, means, variances);
      trial.run(backward, backwardSums, gammas, forwardOut, backwardOut, dGamma, dBeta);
      expect(
        relativeError(
          trial.floats(means, groups * channels),
          statistics.map(({ mean }) => mean),
        ),
      ).toBeLessThan(1e-6);
      expect(
        relativeError(
          trial.floats(variances, groups * channels),
          statistics.map(({ variance }) => variance),
        ),
      ).toBeLessThan(1e-5);
      const [y, dx] = [trial.floats(forwardOut, 4 * count), trial.floats(backwardOut, 3 * count)];
      const [foundY, wantedY, foundX, wantedX] = [[], [], [], []] as number[][] as [
        number[],
        number[],
        number[],
        number[],
      ];
      const [wantedGamma, wantedBeta] = [new Float64Array(channels), new Float64Array(channels)];
      statistics.forEach(({ mean, inverse }, i) => {
        const [group, c] = [Math.floor(i / channels), i % channels];
        const k = group * padded + c;
        const places = each(group, c);
        const xHat = (place: number) => (value(x, place) - mean) * inverse;
        const [sum, product] = [
          places.reduce((total, place) => total + value(g, place), 0),
          places.reduce((total, place) => total + value(g, place) * xHat(place), 0),
        ];
        wantedGamma[c] = (wantedGamma[c] as number) + product;
        wantedBeta[c] = (wantedBeta[c] as number) + sum;
        for (const place of places) {
          foundY.push(value(x, place) * (y[k] as number) + (y[count + k] as number));
          wantedY.push(xHat(place) * (gamma[c] as number) + (beta[c] as number));
          const fromMean = value(x, place) - (y[2 * count + k] as number);
          foundX.push(
            value(g, place) * (dx[k] as number) +
              fromMean * (dx[count + k] as number) +
              (dx[2 * count + k] as number),
          );
          const centred = value(g, place) - sum / places.length - (xHat(place) * product) / places.length;
          wantedX.push((gamma[c] as number) * inverse * centred);
        }
      });
      expect(relativeError(foundY, wantedY)).toBeLessThan(1e-5);
      expect(relativeError(foundX, wantedX)).toBeLessThan(1e-5);
      expect(relativeError(trial.floats(dGamma, channels), wantedGamma)).toBeLessThan(1e-5);
      expect(relativeError(trial.floats(dBeta, channels), wantedBeta)).toBeLessThan(1e-5);
      for (let k = 0; k < 4 * count; k++) if (k % padded >= channels) expect(y[k]).toBe(0);
    }),
    { numRuns: 40 },
  );
});
