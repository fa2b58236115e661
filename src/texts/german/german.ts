import type { Texts } from "../english/english";
import { notices } from "./notices";
import { header, page, shortcuts } from "./page";
import { run } from "./run";

export const german: Texts = {
  locale: "de",
  page,
  header,
  shortcuts,
  run,
  notices,
};
