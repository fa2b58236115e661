import type { Texts } from "../english/english";
import { arms } from "./arms";
import { fields } from "./fields";
import { notices } from "./notices";
import { header, page, shortcuts } from "./page";
import { run } from "./run";
import { schemes } from "./schemes";
import { settings, views } from "./settings";

export const german: Texts = {
  locale: "de",
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
