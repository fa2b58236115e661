import type { Request } from "../protocol/messages";
import { type FieldProblem, parseExperiment } from "../protocol/problems";
import { EngineFailure, experimentInvalid } from "./failures";

/**
 * The request with an experiment that has passed the schema, where it carries one.
 *
 * @throws EngineFailure that names the first setting that the schema refuses
 */
export function checked<Asked extends Request>(request: Asked): Asked {
  if (!("experiment" in request)) return request;
  const parsed = parseExperiment(request.experiment);
  if (parsed.ok) return { ...request, experiment: parsed.experiment };
  const [first] = parsed.problems as [FieldProblem];
  throw new EngineFailure(experimentInvalid(first));
}
