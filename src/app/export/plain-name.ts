/** A file name that every operating system accepts. */
export const plainName = (name: string): string =>
  name.replace(/[^\p{L}\p{N} ._-]+/gu, "_").slice(0, 60) || "arm";
