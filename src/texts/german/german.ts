import type { Texts } from "../english/english";
import { arms } from "./arms";
import { charts, resultsTable } from "./charts";
import { fields } from "./fields";
import { gathering } from "./gathering";
import { history } from "./history";
import { metrics } from "./metrics";
import { notes } from "./notes";
import { notices } from "./notices";
import { header, page, shortcuts } from "./page";
import { chartOptions, curveList, curves, floors, ledger, reproduction, results, welcome } from "./results";
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
  notes,
  history,
  arms,
  fields,
  settings,
  views,
  schemes,
  charts,
  resultsTable,
  metrics,
  curves,
  welcome,
  chartOptions,
  curveList,
  results,
  floors,
  ledger,
  reproduction,
  gathering,
};
