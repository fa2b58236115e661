/** Sentences that are made where no language is known, as they are in English, and the same in German. */
export type Rules = readonly (readonly [english: RegExp, german: string])[];

/** Undefined where no rule knows it. Numbers and names stay as they are. */
export function translated(text: string, rules: Rules): string | undefined {
  const rule = rules.find(([english]) => english.test(text));
  return rule && text.replace(rule[0], rule[1]);
}

/** What no rule knows stays in English: better that than nothing. */
export const translatedOrSame = (text: string, rules: Rules): string => translated(text, rules) ?? text;
