import { arms } from "./arms";
import { fields } from "./fields";
import { notices } from "./notices";
import { header, page, shortcuts } from "./page";
import { run } from "./run";
import { schemes } from "./schemes";
import { settings, views } from "./settings";

/** All words of the page, part by part. */
export const english = {
  /** For numbers and dates. */
  locale: "en",
  page,
  header,
  shortcuts,
  run,
  notices,
  arms,
  fields,
  settings,
  views,
  schemes,
};

/** What every language has to say: a text that is missing is a type error. */
export type Texts = typeof english;
