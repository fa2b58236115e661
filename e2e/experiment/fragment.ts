import { readFileSync } from "node:fs";
import type { Experiment, ExperimentInput } from "../../src/protocol/experiment";
import { decodeFragment, encodeExperiment } from "../../src/protocol/links/codec";
import { openingExperiment } from "../../src/protocol/presets";
import { parseExperiment } from "../../src/protocol/problems";

/** @throws Error that names every invalid field */
export function completed(input: ExperimentInput | unknown, where: string): Experiment {
  const parsed = parseExperiment(input);
  if (parsed.ok) return parsed.experiment;
  const problems = parsed.problems.map(
    ({ field, given, allowed }) => `  ${field || "the experiment"}: given ${given}, allowed ${allowed}`,
  );
  throw new Error(`${where} does not contain an experiment:\n${problems.join("\n")}`);
}

function ofLink(link: string): Experiment {
  const decoded = decodeFragment(/#.*$/s.exec(link)?.[0] ?? "");
  if (decoded.kind === "experiment") return decoded.experiment;
  if (decoded.kind === "none") return openingExperiment();
  if (decoded.problem.kind === "wrong-fields") return completed(decoded.problem.input, "The link");
  throw new Error(decoded.problem.message);
}

function ofFile(path: string): Experiment {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new Error(`${path} is neither a link nor a readable file.`);
  }
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    throw new Error(`${path} is not JSON.`);
  }
  return completed(input, path);
}

/** Reads the experiment of a link or a file. @throws Error with a message for the terminal */
export function readExperiment(linkOrPath: string): Experiment {
  return linkOrPath.includes("#") || /^https?:/.test(linkOrPath) ? ofLink(linkOrPath) : ofFile(linkOrPath);
}

/** The page's address with the experiment and the backend. */
export function addressWith(experiment: Experiment, address: string, backend = "auto"): string {
  return `${address}?backend=${backend}${encodeExperiment(experiment)}`;
}
