import { RequestFailed } from "../client/engine-client";
import type { Failure } from "../protocol/failures";
import { texts } from "../texts/texts";

export function failureOf(error: unknown): Failure {
  if (error instanceof RequestFailed) return error.failure;
  return {
    kind: "internal",
    title: texts().failures.page.title,
    cause: error instanceof Error ? error.message : String(error),
    action: texts().failures.page.action,
  };
}

export const noFiles = (name: string): Failure => ({
  kind: "dataset-missing",
  name,
  title: texts().failures.notHere.title,
  cause: texts().failures.notHere.ofAuthor(name),
  action: texts().failures.notHere.drop,
});

export const notFetched = (id: string): Failure => ({
  kind: "dataset-missing",
  hub: id,
  title: texts().failures.notHere.title,
  cause: texts().failures.notHere.ofHub(id),
  action: texts().failures.notHere.fetch,
});
