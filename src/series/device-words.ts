import { readCpuDescription } from "../protocol/device/cpu-description";
import { texts } from "../texts/texts";

/** A kept description of a device in the current language; names of GPUs are the same in all. */
export function deviceWords(description: string): string {
  const known = readCpuDescription(description);
  if (!known) return description;
  const { threads, kind } = known.cpu;
  const words = texts().run;
  return ["CPU", words.threads(threads), ...(kind ? [words.cpuKinds[kind]] : [])].join(", ") + known.rest;
}
