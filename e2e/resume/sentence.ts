/** Whether a command was called with options that it does not have. */
export const isWrongOption = (error: unknown): error is Error =>
  error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");

/** What the terminal shows of an error. Node adds a hint on positional arguments to an unknown option. */
export function sentenceOf(error: unknown): string {
  if (isWrongOption(error)) {
    return `${error.message.split(". ")[0]}: \`npm run experiment -- --help\` lists the options.`;
  }
  return error instanceof Error ? error.message : String(error);
}
