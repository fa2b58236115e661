/** Rules that translate English sentences built where the language is not known. */
export type Rules = readonly (readonly [english: RegExp, german: string])[];

/** Undefined where no rule matches. Numbers and names are kept. */
export function translated(text: string, rules: Rules): string | undefined {
  const rule = rules.find(([english]) => english.test(text));
  return rule && text.replace(rule[0], rule[1]);
}

/** Sentences without a rule stay in English. */
export const translatedOrSame = (text: string, rules: Rules): string => translated(text, rules) ?? text;
