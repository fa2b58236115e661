import { RequestFailed } from "../client/engine-client";
import type { Failure } from "../protocol/messages";

export function failureOf(error: unknown): Failure {
  if (error instanceof RequestFailed) return error.failure;
  return {
    kind: "internal",
    title: "Something went wrong on this page",
    cause: error instanceof Error ? error.message : String(error),
    action: "Reload the page; the link in the address bar keeps the experiment.",
  };
}

export const noFiles = (name: string): Failure => ({
  kind: "dataset-missing",
  title: "The images are not here yet",
  cause: `This experiment trains on “${name}”, images of its author's that never travel in a link.`,
  action: "Drop the same folder or zip file below, or change to the built-in Shapes.",
});

export const notFetched = (id: string): Failure => ({
  kind: "dataset-missing",
  title: "The images are not here yet",
  cause: `This experiment trains on “${id}” of the Hugging Face hub. Nothing is fetched unless you ask for it.`,
  action: "Press “Fetch” beside its name below, or change to the built-in Shapes.",
});
